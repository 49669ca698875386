"""Batch: compute environments without a service role.

AWS: if none is given, Batch acts through its service-linked role, which it makes itself when it is
first needed. moto refuses such an environment.
"""

from types import ModuleType

SERVICE = "batch.amazonaws.com"
ROLE = "AWSServiceRoleForBatch"


def fill(module: ModuleType) -> None:
    from moto.iam.models import SERVICE_NAME_CONVERSION

    backend = module.BatchBackend
    create = backend.create_compute_environment

    def create_compute_environment(self, *args, service_role=None, **kwargs):
        role = service_role or _service_linked_role(self.iam_backend)
        return create(self, *args, service_role=role, **kwargs)

    SERVICE_NAME_CONVERSION["batch"] = "Batch"
    backend.create_compute_environment = create_compute_environment


def _service_linked_role(iam) -> str:
    made = next((role for role in iam.roles.values() if role.name == ROLE), None)
    return (made or iam.create_service_linked_role(SERVICE, "", "")).arn
