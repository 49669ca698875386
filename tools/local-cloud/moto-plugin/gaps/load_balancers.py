"""Elastic Load Balancing: load balancers and listeners that AWS refuses.

AWS: a name has at most 32 characters and does not begin with "internal-"; an application load balancer
has subnets in at least two zones, one per zone, and security groups that exist; a listener that ends TLS
has a certificate. moto takes all of them.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
"""

from types import ModuleType

from .refusals import check_first, refuse


def fill(module: ModuleType) -> None:
    responses = module.ELBV2Response
    check_first(responses, "create_load_balancer", _name, _zones, _security_groups)
    check_first(responses, "set_security_groups", _security_groups)
    check_first(responses, "create_listener", _certificate)


def _name(request) -> None:
    name = request._get_param("Name")
    if len(name) > 32:
        refuse(
            "ValidationError",
            f"The load balancer name '{name}' cannot be longer than '32' characters",
        )
    if name.startswith("internal-"):
        refuse(
            "ValidationError", f"The load balancer name '{name}' cannot begin with 'internal-'"
        )


def _zones(request) -> None:
    if request._get_param("Type", "application") != "application":
        return
    mapped = [mapping["SubnetId"] for mapping in request._get_param("SubnetMappings", [])]
    chosen = [*request._get_param("Subnets", []), *mapped]
    # A missing subnet is an error of its own, which moto reports.
    ec2 = request.elbv2_backend.ec2_backend
    zones = [ec2.get_subnet(subnet).availability_zone for subnet in chosen]
    if len(set(zones)) < len(zones):
        refuse(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        )
    if len(zones) < 2:
        refuse(
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
        )


def _security_groups(request) -> None:
    ec2 = request.elbv2_backend.ec2_backend
    for group in request._get_param("SecurityGroups", []):
        if not ec2.get_security_group_from_id(group):
            refuse("InvalidSecurityGroup", f"The security group '{group}' does not exist")


def _certificate(request) -> None:
    protocol = request._get_param("Protocol")
    if protocol in ("HTTPS", "TLS") and not request._get_param("Certificates"):
        refuse("ValidationError", f"A certificate must be specified for {protocol} listeners")
