"""Application Auto Scaling: tags of scalable targets, and services moto does not know.

AWS: RegisterScalableTarget takes Tags (a map); ListTagsForResource, TagResource and UntagResource
work on the target's ARN. moto has none of them and answers 500, which ends every read of an
aws_appautoscaling_target.

AWS also refuses a target for an ECS service that does not exist. moto looks for it among its own
services, and would refuse all of ours: those live in the front before moto, which checks them.
"""

import json
from types import ModuleType

from .kept import kept


def fill(module: ModuleType) -> None:
    responses = module.ApplicationAutoScalingResponse
    register = responses.register_scalable_target

    def tags_of(self, arn):
        return kept(self.applicationautoscaling_backend, "tags").setdefault(arn, {})

    def register_scalable_target(self):
        response = register(self)
        arn = json.loads(response)["ScalableTargetARN"]
        tags_of(self, arn).update(self._get_param("Tags") or {})
        return response

    def list_tags_for_resource(self):
        return json.dumps({"Tags": tags_of(self, self._get_param("ResourceARN"))})

    def tag_resource(self):
        tags_of(self, self._get_param("ResourceARN")).update(self._get_param("Tags") or {})
        return "{}"

    def untag_resource(self):
        tags = tags_of(self, self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys") or []:
            tags.pop(key, None)
        return "{}"

    from moto.applicationautoscaling.models import ApplicationAutoscalingBackend

    ApplicationAutoscalingBackend._ecs_service_exists_for_target = lambda self, r_id: True
    responses.register_scalable_target = register_scalable_target
    responses.list_tags_for_resource = list_tags_for_resource
    responses.tag_resource = tag_resource
    responses.untag_resource = untag_resource
