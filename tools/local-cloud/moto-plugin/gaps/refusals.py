"""How a gap refuses a request that moto would take."""

import functools
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import ServiceException


class Refusal(ServiceException):
    """A class of our own: moto looks for the errors of a service by the module of the class."""


def check_first(responses: type, action: str, *checks: Callable[[Any], None]) -> None:
    """Runs each check with the request before moto performs the action; a check refuses or returns."""
    perform = getattr(responses, action)

    @functools.wraps(perform)
    def checked(self):
        for check in checks:
            check(self)
        return perform(self)

    setattr(responses, action, checked)


def refuse(code: str, message: str) -> None:
    """Ends the request with an error, which moto writes in the protocol of the service."""
    raise Refusal(code, message)


def refuse_value(code: str, value: Any, name: str, constraint: str) -> None:
    """In the words that AWS has for a parameter outside its model: length, range, set of values."""
    given = f"Value '{value}'" if value is not None else "Value"
    refuse(
        code,
        f"1 validation error detected: {given} at '{name}' failed to satisfy constraint: "
        f"Member must {constraint}",
    )
