"""IAM: quotas, and permissions boundaries that do not exist.

AWS: names and policies have a greatest length, which leaves out white space, and a role has 10 managed
policies unless the quota was raised. A permissions boundary is a managed policy that exists. moto takes
any.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import re
from types import ModuleType

from .refusals import check_first, refuse, refuse_value

ROLE_NAME, TRUST_POLICY, MANAGED_POLICY, INLINE_POLICIES = 64, 2_048, 6_144, 10_240
MANAGED_POLICIES_PER_ROLE = 10


def fill(module: ModuleType) -> None:
    responses = module.IamResponse
    check_first(responses, "create_role", _role_name, _trust_policy, _boundary)
    check_first(responses, "update_assume_role_policy", _trust_policy)
    check_first(responses, "put_role_permissions_boundary", _boundary)
    check_first(responses, "put_role_policy", _inline_policies)
    check_first(responses, "attach_role_policy", _attached_policies)
    for action in ("create_policy", "create_policy_version"):
        check_first(responses, action, _managed_policy)


def _size(document: str) -> int:
    return len(re.sub(r"\s", "", document))


def _exceeded(quota: str, limit: int) -> None:
    refuse("LimitExceeded", f"Cannot exceed quota for {quota}: {limit}")


def _role_name(request) -> None:
    name = request._get_param("RoleName")
    if len(name) > ROLE_NAME:
        constraint = f"have length less than or equal to {ROLE_NAME}"
        refuse_value("ValidationError", name, "roleName", constraint)


def _trust_policy(request) -> None:
    # CreateRole and UpdateAssumeRolePolicy name it differently.
    created = request._get_param("AssumeRolePolicyDocument")
    if _size(created or request._get_param("PolicyDocument")) > TRUST_POLICY:
        _exceeded("ACLSizePerRole", TRUST_POLICY)


def _managed_policy(request) -> None:
    if _size(request._get_param("PolicyDocument")) > MANAGED_POLICY:
        _exceeded("PolicySize", MANAGED_POLICY)


def _inline_policies(request) -> None:
    role = request.backend.get_role(request._get_param("RoleName"))
    added = {request._get_param("PolicyName"): request._get_param("PolicyDocument")}
    if sum(map(_size, {**role.policies, **added}.values())) > INLINE_POLICIES:
        refuse(
            "LimitExceeded",
            f"Maximum policy size of {INLINE_POLICIES} bytes exceeded for role {role.name}",
        )


def _attached_policies(request) -> None:
    role = request.backend.get_role(request._get_param("RoleName"))
    attached = {*role.managed_policies, request._get_param("PolicyArn")}
    if len(attached) > MANAGED_POLICIES_PER_ROLE:
        _exceeded("PoliciesPerRole", MANAGED_POLICIES_PER_ROLE)


def _boundary(request) -> None:
    arn = request._get_param("PermissionsBoundary")
    if arn and arn not in request.backend.managed_policies:
        refuse("NoSuchEntity", f"Scope ARN: {arn} does not exist or is not attachable.")
