"""What EC2, load balancing, Auto Scaling, Route 53, WAF and S3 refuse, and what they just take."""

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


class Quotas(Refusals):
    def setUp(self):
        # A region of its own, which has the default network only.
        self.ec2 = client("ec2", "ap-southeast-2")

    def test_a_region_has_5_networks(self):
        for n in range(4):
            self.ec2.create_vpc(CidrBlock=f"10.{n}.0.0/16")
        self.assert_refused(
            "VpcLimitExceeded",
            "The maximum number of VPCs has been reached.",
            self.ec2.create_vpc,
            CidrBlock="10.4.0.0/16",
        )

    def test_a_region_has_5_addresses(self):
        made = [self.ec2.allocate_address(Domain="vpc") for _ in range(5)]
        message = "The maximum number of addresses has been reached."
        self.assert_refused(
            "AddressLimitExceeded", message, self.ec2.allocate_address, Domain="vpc"
        )
        self.ec2.release_address(AllocationId=made[0]["AllocationId"])
        self.ec2.allocate_address(Domain="vpc")


class Instances(Refusals):
    def test_their_image_exists(self):
        ec2 = client("ec2")
        image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        start = {"MinCount": 1, "MaxCount": 1, "InstanceType": "t3.micro"}
        ec2.run_instances(ImageId=image, **start)
        missing = "ami-0123456789abcdef0"
        message = f"The image id '[{missing}]' does not exist"
        self.assert_refused(
            "InvalidAMIID.NotFound", message, ec2.run_instances, ImageId=missing, **start
        )
        data = {"ImageId": missing, "InstanceType": "t3.micro"}
        ec2.create_launch_template(LaunchTemplateName="unchecked", LaunchTemplateData=data)


class AutoScalingGroups(Refusals):
    def setUp(self):
        self.scaling, ec2 = client("autoscaling"), client("ec2")
        self.template = {"LaunchTemplateName": "bounded", "Version": "$Latest"}
        image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        data = {"ImageId": image, "InstanceType": "t3.micro"}
        ec2.create_launch_template(LaunchTemplateName="bounded", LaunchTemplateData=data)

    def test_bounds_agree(self):
        group = {"AutoScalingGroupName": "bounded"}
        create, update = (
            self.scaling.create_auto_scaling_group,
            self.scaling.update_auto_scaling_group,
        )
        placed = {"LaunchTemplate": self.template, "AvailabilityZones": ["us-east-1a"]}
        below = "Max bound, 1, must be greater than or equal to min bound, 2"
        outside = "Desired capacity:3 must be between the specified min size:0 and max size:2"

        def refused(message, call, **parameters):
            self.assert_refused("ValidationError", message, call, **group, **parameters)

        refused(below, create, MinSize=2, MaxSize=1, **placed)
        refused(outside, create, MinSize=0, MaxSize=2, DesiredCapacity=3, **placed)
        create(**group, MinSize=0, MaxSize=2, DesiredCapacity=2, **placed)
        refused(outside, update, DesiredCapacity=3)
        refused("Max bound, 2, must be greater", update, MinSize=3)
        refused(outside, self.scaling.set_desired_capacity, DesiredCapacity=3)
        update(**group, MaxSize=3, DesiredCapacity=3)


class HostedZones(Refusals):
    def test_the_apex_has_no_cname(self):
        route53 = client("route53")
        zone = route53.create_hosted_zone(Name="clarity.example", CallerReference="-")
        zone_id = zone["HostedZone"]["Id"]

        def put(name):
            record = {"Name": name, "Type": "CNAME", "TTL": 60}
            record["ResourceRecords"] = [{"Value": "elsewhere.example"}]
            changes = [{"Action": "UPSERT", "ResourceRecordSet": record}]
            route53.change_resource_record_sets(
                HostedZoneId=zone_id, ChangeBatch={"Changes": changes}
            )

        put("api.clarity.example")
        self.assert_refused(
            "InvalidChangeBatch",
            "RRSet of type CNAME with DNS name clarity.example. is not permitted at apex "
            "in zone clarity.example.",
            put,
            name="clarity.example",
        )


class WebAcls(Refusals):
    def test_a_rate_limit_is_in_range(self):
        # boto3 would refuse the limit itself.
        waf = client("wafv2", parameter_validation=False)
        metric = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True}

        def create(limit):
            rate = {"Limit": limit, "AggregateKeyType": "IP"}
            rule = {
                "Name": "rate",
                "Priority": 1,
                "Action": {"Block": {}},
                "Statement": {"RateBasedStatement": rate},
                "VisibilityConfig": {**metric, "MetricName": "rate"},
            }
            waf.create_web_acl(
                Name=f"limit-{limit}",
                Scope="REGIONAL",
                DefaultAction={"Allow": {}},
                VisibilityConfig={**metric, "MetricName": "all"},
                Rules=[rule],
            )

        create(10)
        create(2_000_000_000)
        name = "rules.1.member.statement.rateBasedStatement.limit"
        for limit, side in ((9, "greater"), (2_000_000_001, "less")):
            self.assert_refused(
                "ValidationException",
                f"Value '{limit}' at '{name}' failed to satisfy constraint: "
                f"Member must have value {side} than or equal to",
                create,
                limit=limit,
            )


class Buckets(Refusals):
    def test_a_name_has_no_capitals(self):
        s3 = client("s3")
        s3.create_bucket(Bucket="lower.case-1")
        message = "The specified bucket is not valid."
        for name in ("Clarity", "under_score", "hyphen-"):
            self.assert_refused("InvalidBucketName", message, s3.create_bucket, Bucket=name)


if __name__ == "__main__":
    unittest.main()
