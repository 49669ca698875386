"""SageMaker: instance types, and blocks nobody asked for.

AWS: endpoint configurations accept the GPU types of the g5 and later families, and Describe leaves
out VpcConfig and DataCaptureConfig if none was given. moto has a fixed list of old types, and
shows both blocks empty, which forces a replacement at every plan.
"""

from types import ModuleType

OPTIONAL_BLOCKS = ("VpcConfig", "DataCaptureConfig")


def fill(module: ModuleType) -> None:
    module.FakeEndpointConfig.validate_instance_type = _validate_instance_type
    for shown in (module.Model, module.FakeEndpointConfig):
        shown.response_object = property(_without_empty_blocks(shown.response_object.fget))


def _validate_instance_type(self, instance_type: str) -> None:
    from moto.sagemaker.exceptions import ValidationError

    if not instance_type.startswith("ml."):
        raise ValidationError(
            message=f"Value '{instance_type}' at 'instanceType' failed to satisfy constraint: "
            "Member must satisfy enum value set"
        )


def _without_empty_blocks(describe):
    def response_object(self):
        response = dict(describe(self))
        for block in OPTIONAL_BLOCKS:
            value = response.get(block)
            if not value or (isinstance(value, dict) and not any(value.values())):
                response.pop(block, None)
        return response

    return response_object
