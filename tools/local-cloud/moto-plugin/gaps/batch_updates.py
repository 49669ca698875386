"""Batch: what UpdateComputeEnvironment changes.

AWS: it takes the update policy, which CreateComputeEnvironment does not, and new values for some of the
compute resources; DescribeComputeEnvironments shows both. moto keeps neither, so that the policy is a
change in every plan.
"""

import json
from types import ModuleType


def fill(module: ModuleType) -> None:
    from moto.batch.models import BatchBackend

    responses = module.BatchResponse
    update = responses.updatecomputeenvironment
    describe = BatchBackend.describe_compute_environments

    def updatecomputeenvironment(self):
        answer = update(self)
        environment = self.batch_backend.get_compute_environment(
            json.loads(answer)["computeEnvironmentArn"]
        )
        changes = self._get_param("computeResources") or {}
        environment.compute_resources = {**(environment.compute_resources or {}), **changes}
        environment.update_policy = self._get_param("updatePolicy") or _policy_of(environment)
        return answer

    def describe_compute_environments(self, environments=None):
        shown = describe(self, environments)
        for each in shown:
            policy = _policy_of(self.get_compute_environment(each["computeEnvironmentArn"]))
            if policy:
                each["updatePolicy"] = policy
        return shown

    responses.updatecomputeenvironment = updatecomputeenvironment
    BatchBackend.describe_compute_environments = describe_compute_environments


def _policy_of(environment):
    return getattr(environment, "update_policy", None)
