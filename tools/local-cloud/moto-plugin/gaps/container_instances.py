"""ECS: container instances of the size that registers.

AWS: RegisterContainerInstance takes `totalResources` from the agent. moto gives every instance 4096 CPU units and
7482 MiB. Which tasks are on an instance is decided in the front before moto.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html
"""

import copy
from types import ModuleType


def fill(module: ModuleType) -> None:
    responses = module.EC2ContainerServiceResponse
    register = responses.register_container_instance

    def register_container_instance(self):
        answer = register(self)
        resources = self._get_param("totalResources")
        if resources:
            instance = answer.result["containerInstance"]
            instance.registered_resources = resources
            instance.remaining_resources = copy.deepcopy(resources)
        return answer

    responses.register_container_instance = register_container_instance
