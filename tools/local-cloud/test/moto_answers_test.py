"""Answers that AWS fills with defaults: what Terraform and the pipeline read back."""

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
    def test_images_keep_the_media_type_of_their_manifest(self):
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
        found = ecr.batch_get_image(
            repositoryName="typed", imageIds=[{"imageTag": "index"}, {"imageTag": "plain"}]
        )["images"]
        shown = [(each["imageManifest"], each["imageManifestMediaType"]) for each in found]
        self.assertEqual(shown, [(index, oci), (manifest, docker)])


if __name__ == "__main__":
    unittest.main()
