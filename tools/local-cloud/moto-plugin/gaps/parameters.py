"""Systems Manager: the size of a standard parameter.

AWS: 4,096 bytes, and more only in the advanced tier. moto takes any.

https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
"""

from types import ModuleType

from .refusals import check_first, refuse

LENGTH = 4_096


def fill(module: ModuleType) -> None:
    check_first(module.SimpleSystemManagerResponse, "put_parameter", _value)


def _value(request) -> None:
    tier = request._get_param("Tier") or request.ssm_backend.default_parameter_tier
    if tier == "Standard" and len(request._get_param("Value").encode()) > LENGTH:
        refuse(
            "ValidationException",
            f"Standard tier parameters support a maximum parameter value of {LENGTH} characters. "
            "To create a larger parameter value, upgrade the parameter to use the "
            "advanced-parameter tier.",
        )
