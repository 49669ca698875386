"""Whether a key policy lets its author change it again."""

from fnmatch import fnmatchcase

CHANGE = "kms:putkeypolicy"


def allows_change(policy: dict, caller: str) -> bool:
    """
    AWS judges the whole policy; here a statement that allows it is enough, whatever its conditions, unless one denies
    it: of conditions of those, only `ArnEquals` with `aws:PrincipalArn` is understood, and another one denies nothing.
    @param caller: the ARN of a user, or of a session of a role
    """
    effects = {
        statement.get("Effect")
        for statement in _listed(policy.get("Statement"))
        if _is_about(statement, caller)
        and (statement.get("Effect") == "Allow" or _holds(statement.get("Condition", {}), caller))
    }
    return effects == {"Allow"}


def _is_about(statement: dict, caller: str) -> bool:
    actions = _listed(statement.get("Action"))
    return any(fnmatchcase(CHANGE, action.lower()) for action in actions) and not _principals(
        statement
    ).isdisjoint(_names(caller))


def _holds(condition: dict, caller: str) -> bool:
    if not condition:
        return True
    arns = condition.get("ArnEquals", {}).get("aws:PrincipalArn")
    return len(condition) == 1 and not _names(caller).isdisjoint(_listed(arns))


def _principals(statement: dict) -> set[str]:
    principal = statement.get("Principal", {})
    return {"*"} if principal == "*" else set(_listed(principal.get("AWS")))


def _names(caller: str) -> set[str]:
    """Every principal that stands for the caller: itself, its role, its account, everyone."""
    _, partition, _, _, account, name = caller.split(":", 5)
    account_arn = f"arn:{partition}:iam::{account}"
    names = {caller, "*", account, f"{account_arn}:root"}
    if name.startswith("assumed-role/"):
        names.add(f"{account_arn}:role/{name.split('/')[1]}")
    return names


def _listed(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]
