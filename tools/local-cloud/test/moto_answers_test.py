"""Answers that AWS fills with defaults: what Terraform and the pipeline read back."""

import hashlib
import json
import unittest

from moto_client import Refusals, client


class GuardDuty(Refusals):
    def setUp(self):
        # One detector per account and region.
        self.guardduty = client("guardduty", "eu-west-3")
        self.detector = self.guardduty.create_detector(Enable=True)["DetectorId"]
        self.addCleanup(self.guardduty.delete_detector, DetectorId=self.detector)

    def features(self):
        shown = self.guardduty.get_detector(DetectorId=self.detector)["Features"]
        return {each["Name"]: each for each in shown}

    def update(self, *features):
        self.guardduty.update_detector(DetectorId=self.detector, Features=list(features))

    def test_a_detector_lists_every_feature(self):
        statuses = {name: each["Status"] for name, each in self.features().items()}
        on = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS", "S3_DATA_EVENTS", "EKS_AUDIT_LOGS")
        on += ("EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS")
        off = ("EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING")
        self.assertEqual(statuses, {**dict.fromkeys(on, "ENABLED"), **dict.fromkeys(off, "DISABLED")})

    def test_runtime_monitoring_has_three_parts_in_aws_order(self):
        part = {"Name": "ECS_FARGATE_AGENT_MANAGEMENT", "Status": "ENABLED"}
        self.update(
            {"Name": "RUNTIME_MONITORING", "Status": "ENABLED", "AdditionalConfiguration": [part]}
        )
        feature = self.features()["RUNTIME_MONITORING"]
        self.assertEqual(feature["Status"], "ENABLED")
        self.assertEqual(
            [(each["Name"], each["Status"]) for each in feature["AdditionalConfiguration"]],
            [
                ("EKS_ADDON_MANAGEMENT", "DISABLED"),
                ("ECS_FARGATE_AGENT_MANAGEMENT", "ENABLED"),
                ("EC2_AGENT_MANAGEMENT", "DISABLED"),
            ],
        )

    def test_an_update_changes_only_what_it_names(self):
        self.update({"Name": "S3_DATA_EVENTS", "Status": "DISABLED"})
        self.update({"Name": "EBS_MALWARE_PROTECTION", "Status": "DISABLED"})
        statuses = {name: each["Status"] for name, each in self.features().items()}
        self.assertEqual(statuses["S3_DATA_EVENTS"], "DISABLED")
        self.assertEqual(statuses["EBS_MALWARE_PROTECTION"], "DISABLED")
        self.assertEqual(statuses["EKS_AUDIT_LOGS"], "ENABLED")

    def test_a_region_has_one_detector(self):
        self.assert_refused(
            "BadRequestException",
            "The request is rejected because a detector already exists for the current account.",
            self.guardduty.create_detector,
            Enable=True,
        )


class IdentityProvider(Refusals):
    def setUp(self):
        self.iam = client("iam")

    def create(self, url, **thumbprints):
        provider = {"Url": url, "ClientIDList": ["sts.amazonaws.com"], **thumbprints}
        return self.iam.create_open_id_connect_provider(**provider)["OpenIDConnectProviderArn"]

    def thumbprints(self, arn):
        shown = self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        return shown["ThumbprintList"]

    def test_iam_retrieves_a_missing_thumbprint(self):
        [retrieved] = self.thumbprints(self.create("https://issuer.example.com"))
        self.assertRegex(retrieved, "^[0-9a-f]{40}$")
        given = ["0123456789" * 4]
        self.assertEqual(
            self.thumbprints(self.create("https://pinned.example.com", ThumbprintList=given)), given
        )

    def test_a_url_has_one_provider(self):
        url = "https://once.example.com"
        self.create(url)
        self.assert_refused(
            "EntityAlreadyExists", f"Provider with url {url} already exists.", self.create, url=url
        )


class Registry(unittest.TestCase):
    def test_images_have_the_media_type_and_digest_of_their_manifest(self):
        ecr = client("ecr")
        ecr.create_repository(repositoryName="typed")
        oci = "application/vnd.oci.image.index.v1+json"
        docker = "application/vnd.docker.distribution.manifest.v2+json"
        index = json.dumps({"schemaVersion": 2, "mediaType": oci, "manifests": []})
        manifest = json.dumps({"schemaVersion": 2, "config": {}, "layers": []})
        ecr.put_image(repositoryName="typed", imageTag="index", imageManifest=index)
        put = ecr.put_image(
            repositoryName="typed",
            imageTag="plain",
            imageManifest=manifest,
            imageManifestMediaType=docker,
        )["image"]
        self.assertEqual(put["imageManifestMediaType"], docker)
        digest = hashlib.sha256(manifest.encode()).hexdigest()
        self.assertEqual(put["imageId"]["imageDigest"], f"sha256:{digest}")
        found = ecr.batch_get_image(
            repositoryName="typed", imageIds=[{"imageTag": "index"}, {"imageTag": "plain"}]
        )["images"]
        shown = [(each["imageManifest"], each["imageManifestMediaType"]) for each in found]
        self.assertEqual(shown, [(index, oci), (manifest, docker)])


class LoadBalancers(unittest.TestCase):
    def setUp(self):
        self.elb, ec2 = client("elbv2"), client("ec2")
        subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])
        self.subnets = [each["SubnetId"] for each in subnets["Subnets"]][:2]
        self.network = subnets["Subnets"][0]["VpcId"]

    def attributes(self, name, scheme):
        made = self.elb.create_load_balancer(Name=name, Subnets=self.subnets, Scheme=scheme)
        arn = made["LoadBalancers"][0]["LoadBalancerArn"]
        change = [{"Key": "idle_timeout.timeout_seconds", "Value": "61"}]
        self.elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=change)
        shown = self.elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        return {each["Key"]: each["Value"] for each in shown}

    def test_a_load_balancer_lists_every_attribute(self):
        outside = self.attributes("outside", "internet-facing")
        self.assertEqual(len(outside), 23)
        self.assertEqual(outside["idle_timeout.timeout_seconds"], "61")
        self.assertEqual(outside["load_balancing.cross_zone.enabled"], "true")
        self.assertEqual(outside["routing.http.desync_mitigation_mode"], "defensive")
        self.assertEqual(outside["ipv6.deny_all_igw_traffic"], "false")
        inside = self.attributes("inside", "internal")
        self.assertEqual(inside, {**outside, "ipv6.deny_all_igw_traffic": "true"})

    def test_a_target_group_lists_every_attribute(self):
        group = self.elb.create_target_group(
            Name="targets", Protocol="HTTP", Port=80, VpcId=self.network, TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]
        change = [{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}]
        self.elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=change)
        shown = self.elb.describe_target_group_attributes(TargetGroupArn=group)["Attributes"]
        attributes = {each["Key"]: each["Value"] for each in shown}
        self.assertEqual(len(attributes), 14)
        self.assertEqual(attributes["deregistration_delay.timeout_seconds"], "60")
        self.assertEqual(attributes["stickiness.lb_cookie.duration_seconds"], "86400")
        prefix = "target_group_health.unhealthy_state_routing.minimum_healthy_targets"
        self.assertEqual(attributes[f"{prefix}.count"], "1")
        self.assertEqual(attributes[f"{prefix}.percentage"], "off")


class UserPools(unittest.TestCase):
    def setUp(self):
        self.cognito = client("cognito-idp")

    def pool(self, **settings):
        made = self.cognito.create_user_pool(PoolName="pool", **settings)["UserPool"]
        return made["Id"]

    def shown(self, pool):
        return self.cognito.describe_user_pool(UserPoolId=pool)["UserPool"]

    def test_a_pool_shows_its_defaults(self):
        pool = self.shown(self.pool())
        self.assertEqual(pool["UserPoolTier"], "ESSENTIALS")
        self.assertEqual(pool["DeletionProtection"], "INACTIVE")
        self.assertEqual(pool["EmailConfiguration"], {"EmailSendingAccount": "COGNITO_DEFAULT"})
        self.assertEqual(
            pool["Policies"]["SignInPolicy"], {"AllowedFirstAuthFactors": ["PASSWORD"]}
        )

    def test_defaults_complete_what_is_given(self):
        pool = self.shown(
            self.pool(
                UserPoolTier="PLUS",
                Policies={
                    "PasswordPolicy": {"MinimumLength": 12, "TemporaryPasswordValidityDays": 1}
                },
                AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
            )
        )
        self.assertEqual(pool["UserPoolTier"], "PLUS")
        self.assertEqual(
            pool["Policies"]["SignInPolicy"], {"AllowedFirstAuthFactors": ["PASSWORD"]}
        )
        created_by_administrators = pool["AdminCreateUserConfig"]
        self.assertIs(created_by_administrators["AllowAdminCreateUserOnly"], True)
        self.assertEqual(created_by_administrators["UnusedAccountValidityDays"], 1)

    def test_an_update_keeps_how_users_sign_in(self):
        pool = self.pool(
            UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False}
        )
        self.cognito.update_user_pool(UserPoolId=pool, DeletionProtection="ACTIVE")
        shown = self.shown(pool)
        self.assertEqual(shown["DeletionProtection"], "ACTIVE")
        self.assertEqual(shown["UsernameAttributes"], ["email"])
        self.assertEqual(shown["UsernameConfiguration"], {"CaseSensitive": False})


if __name__ == "__main__":
    unittest.main()
