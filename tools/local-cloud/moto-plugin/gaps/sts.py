"""STS: roles that do not exist.

AWS: AssumeRole answers AccessDenied, as for a role that does not trust the caller. moto gives
credentials of any name that looks like a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html
"""

from types import ModuleType

from .refusals import check_first, refuse


def fill(module: ModuleType) -> None:
    check_first(module.TokenResponse, "assume_role", _role_exists)


def _role_exists(request) -> None:
    from moto.iam.models import iam_backends

    arn = request._get_param("RoleArn")
    account = arn.split(":")[4]
    if any(role.arn == arn for role in iam_backends[account][request.partition].get_roles()):
        return
    _, caller, _ = request.backend.get_caller_identity(request.get_access_key(), request.region)
    refuse(
        "AccessDenied",
        f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}",
    )
