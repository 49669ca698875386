"""What EC2, Elastic Load Balancing and the services in front of them refuse, and what they just take."""

import unittest

from moto_client import Refusals, client


class LoadBalancers(Refusals):
    def setUp(self):
        self.elb, self.ec2 = client("elbv2"), client("ec2")
        filters = [{"Name": "default-for-az", "Values": ["true"]}]
        subnets = self.ec2.describe_subnets(Filters=filters)["Subnets"]
        self.network = subnets[0]["VpcId"]
        self.subnets = [each["SubnetId"] for each in subnets[:2]]

    def balancer(self, name, subnets=None, **settings):
        made = self.elb.create_load_balancer(
            Name=name, Subnets=subnets or self.subnets, **settings
        )
        return made["LoadBalancers"][0]["LoadBalancerArn"]

    def test_a_name_has_32_characters(self):
        self.balancer("n" * 32)
        self.assert_refused(
            "ValidationError",
            f"The load balancer name '{'n' * 33}' cannot be longer than '32' characters",
            self.balancer,
            name="n" * 33,
        )

    def test_a_name_does_not_begin_with_internal(self):
        self.balancer("internal")
        self.assert_refused("ValidationError", "'internal-'", self.balancer, name="internal-api")

    def test_an_application_load_balancer_has_two_zones(self):
        one = self.subnets[:1]
        self.balancer("network", one, Type="network")
        self.assert_refused(
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            self.balancer,
            name="one-zone",
            subnets=one,
        )

    def test_a_zone_has_one_subnet(self):
        network = self.ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        self.addCleanup(self.ec2.delete_vpc, VpcId=network)
        subnets = [
            self.ec2.create_subnet(
                VpcId=network, CidrBlock=f"10.7.{n}.0/24", AvailabilityZone="us-east-1a"
            )["Subnet"]["SubnetId"]
            for n in range(2)
        ]
        for subnet in subnets:
            self.addCleanup(self.ec2.delete_subnet, SubnetId=subnet)
        self.assert_refused(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            self.balancer,
            name="twice",
            subnets=subnets,
        )

    def test_security_groups_exist(self):
        group = self.ec2.create_security_group(
            GroupName="front", Description="-", VpcId=self.network
        )["GroupId"]
        arn = self.balancer("secured", SecurityGroups=[group])
        missing = ["sg-0123456789abcdef0"]
        message = f"The security group '{missing[0]}' does not exist"
        self.assert_refused(
            "InvalidSecurityGroup", message, self.balancer, name="open", SecurityGroups=missing
        )
        change = self.elb.set_security_groups
        self.assert_refused(
            "InvalidSecurityGroup", message, change, LoadBalancerArn=arn, SecurityGroups=missing
        )

    def test_https_needs_a_certificate(self):
        certificate = client("acm").request_certificate(DomainName="api.clarity.example")
        fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}
        listener = {
            "LoadBalancerArn": self.balancer("certified"),
            "Protocol": "HTTPS",
            "Port": 443,
            "DefaultActions": [fixed],
        }
        self.assert_refused(
            "ValidationError",
            "A certificate must be specified for HTTPS listeners",
            self.elb.create_listener,
            **listener,
        )
        arn = {"CertificateArn": certificate["CertificateArn"]}
        self.elb.create_listener(**listener, Certificates=[arn])


if __name__ == "__main__":
    unittest.main()
