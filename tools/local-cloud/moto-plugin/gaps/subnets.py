"""EC2 subnets: IPv6 addresses.

AWS: a subnet shows each of its IPv6 blocks with a state, and DescribeSubnets finds it by the id of that
association. moto stores the block, answers 500 to the filter, and shows a state within a state, so
that the provider never sees "associated".
"""

from types import ModuleType

FILTER = "ipv6-cidr-block-association.association-id"


def fill(module: ModuleType) -> None:
    subnet = module.Subnet
    value_of = subnet.get_filter_value
    show = subnet.ipv6_cidr_block_association_set.fget

    def get_filter_value(self, filter_name, method_name=None):
        if filter_name == FILTER:
            return [shown["associationId"] for shown in show(self)]
        return value_of(self, filter_name, method_name)

    def ipv6_cidr_block_association_set(self):
        return [
            {**shown, "ipv6CidrBlockState": shown["ipv6CidrBlockState"]["state"]}
            for shown in show(self)
        ]

    subnet.get_filter_value = get_filter_value
    subnet.ipv6_cidr_block_association_set = property(ipv6_cidr_block_association_set)
