"""CloudFormation: no resources of ECS that would exist in moto only.

Services and tasks live in the front before moto. moto would create the service of a stack inside itself, so that
nothing runs and no action of ECS shows it, and leave the types that it lacks out of the stack without an error.
"""

import functools
import inspect
from types import ModuleType

from .refusals import refuse

#: what moto creates as its own ECS does, which keeps clusters and task definitions
KEPT_BY_MOTO = ("AWS::ECS::Cluster", "AWS::ECS::TaskDefinition")


def fill(module: ModuleType) -> None:
    def check(template) -> None:
        resources = (module.Stack.parse_template(template) or {}).get("Resources") or {}
        for resource in resources.values():
            kind = str(resource.get("Type")) if isinstance(resource, dict) else ""
            if kind.startswith("AWS::ECS::") and kind not in KEPT_BY_MOTO:
                refuse(
                    "UnsupportedFeatureException",
                    f"{kind} in a CloudFormation template is not supported by the embedded AWS.",
                )

    def checked(take):
        signature = inspect.signature(take)

        @functools.wraps(take)
        def take_checked(*args, **kwargs):
            template = signature.bind(*args, **kwargs).arguments.get("template")
            if template:
                check(template)
            return take(*args, **kwargs)

        return take_checked

    backend = module.CloudFormationBackend
    for action in (
        "create_stack",
        "update_stack",
        "create_change_set",
        "create_stack_set",
        "update_stack_set",
    ):
        setattr(backend, action, checked(getattr(backend, action)))
