"""EC2 Auto Scaling: the longest life of an instance, and bounds that contradict each other.

AWS: CreateAutoScalingGroup and UpdateAutoScalingGroup take MaxInstanceLifetime in seconds (0 for none),
and DescribeAutoScalingGroups gives it back. moto ignores it, and such a group drifts on the second
plan.

AWS: the least size is at most the greatest, and a desired capacity is between them. moto takes any.
https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html
"""

from types import ModuleType

from .refusals import check_first, refuse


def fill(module: ModuleType) -> None:
    responses = module.AutoScalingResponse
    for action in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(responses, action, _keeping_lifetime(getattr(responses, action)))
        check_first(responses, action, _bounds)
    check_first(responses, "set_desired_capacity", _bounds)


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


def _bounds(request) -> None:
    name = request._get_param("AutoScalingGroupName")
    group = request.autoscaling_backend.autoscaling_groups.get(name)

    def bound(parameter: str, attribute: str):
        given = request._get_int_param(parameter)
        return getattr(group, attribute, None) if given is None else given

    least, greatest = bound("MinSize", "min_size"), bound("MaxSize", "max_size")
    if least is None or greatest is None:
        return  # moto reports a group that does not exist.
    if least > greatest:
        refuse(
            "ValidationError",
            f"Max bound, {greatest}, must be greater than or equal to min bound, {least}",
        )
    desired = request._get_int_param("DesiredCapacity")
    if desired is not None and not least <= desired <= greatest:
        refuse(
            "ValidationError",
            f"Desired capacity:{desired} must be between the specified min size:{least} "
            f"and max size:{greatest}",
        )
