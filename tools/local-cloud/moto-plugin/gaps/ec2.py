"""EC2: default quotas, and images that do not exist.

AWS: a region has 5 networks and 5 elastic IP addresses unless the quotas were raised, and RunInstances
needs an image that exists. (Launch templates are not checked before an instance starts.) moto takes any.

https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
"""

from types import ModuleType

from .refusals import check_first, refuse

NETWORKS = ADDRESSES = 5


def fill(module: ModuleType) -> None:
    responses = module.EC2Response
    check_first(responses, "create_vpc", _another_network)
    check_first(responses, "allocate_address", _another_address)
    check_first(responses, "run_instances", _image)


def _another_network(request) -> None:
    if len(request.ec2_backend.vpcs) >= NETWORKS:
        refuse("VpcLimitExceeded", "The maximum number of VPCs has been reached.")


def _another_address(request) -> None:
    if len(request.ec2_backend.describe_addresses()) >= ADDRESSES:
        refuse("AddressLimitExceeded", "The maximum number of addresses has been reached.")


def _image(request) -> None:
    # Others are aliases of parameters: resolve:ssm:…
    image = request._get_param("ImageId") or ""
    if image.startswith("ami-") and image not in request.ec2_backend.amis:
        refuse("InvalidAMIID.NotFound", f"The image id '[{image}]' does not exist")
