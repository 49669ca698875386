"""EC2 Auto Scaling: the longest life of an instance.

AWS: CreateAutoScalingGroup and UpdateAutoScalingGroup take MaxInstanceLifetime in seconds (0 for none),
and DescribeAutoScalingGroups gives it back. moto ignores it, and such a group drifts on the second
plan.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    responses = module.AutoScalingResponse
    for action in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(responses, action, _keeping_lifetime(getattr(responses, action)))


def _keeping_lifetime(act):
    def keep(self):
        response = act(self)
        lifetime = self._get_int_param("MaxInstanceLifetime")
        if lifetime is not None:
            name = self._get_param("AutoScalingGroupName")
            group = self.autoscaling_backend.autoscaling_groups[name]
            # Shown under this name by moto's serialiser.
            group.max_instance_lifetime = lifetime or None
        return response

    return keep
