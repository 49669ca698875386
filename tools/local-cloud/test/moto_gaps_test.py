"""What each module of moto-plugin/gaps closes, asked for through boto3 (which moto brings along)."""

import json
import os
import unittest

import boto3
from botocore.config import Config

REGION = "us-east-1"


def client(service):
    return boto3.client(service, REGION, config=Config(retries={"max_attempts": 0}))


class Gaps(unittest.TestCase):
    def test_kms_shows_the_rotation_period(self):
        kms = client("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
        self.assertEqual(kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"], 180)

    def test_sqs_keeps_policies_apart_and_compact(self):
        sqs = client("sqs")
        dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
        url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
        redrive = {"deadLetterTargetArn": arn["Attributes"]["QueueArn"], "maxReceiveCount": 5}
        allow = json.dumps({"redrivePermission": "denyAll"})
        statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(redrive)})
        sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": allow})
        jobs = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        self.assertEqual(jobs["RedrivePolicy"], json.dumps(redrive, separators=(",", ":")))
        self.assertEqual(json.loads(jobs["Policy"]), policy)
        self.assertNotIn("RedriveAllowPolicy", jobs)
        shown = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["RedriveAllowPolicy"])
        self.assertEqual(shown["Attributes"]["RedriveAllowPolicy"], allow)

    def test_launch_template_keeps_its_own_tags_out_of_its_data(self):
        ec2 = client("ec2")
        tags = [{"Key": "Project", "Value": "clarity"}]
        template = ec2.create_launch_template(
            LaunchTemplateName="gpu",
            LaunchTemplateData={"InstanceType": "g5.xlarge"},
            TagSpecifications=[{"ResourceType": "launch-template", "Tags": tags}],
        )["LaunchTemplate"]
        versions = ec2.describe_launch_template_versions(LaunchTemplateName="gpu")
        data = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        self.assertNotIn("TagSpecifications", data)
        self.assertEqual(template["Tags"], tags)

    def test_composite_alarms_and_query_definitions(self):
        cloudwatch, logs = client("cloudwatch"), client("logs")
        cloudwatch.put_composite_alarm(AlarmName="all", AlarmRule="ALARM(one)")
        alarms = cloudwatch.describe_alarms(AlarmNames=["all"], AlarmTypes=["CompositeAlarm"])
        self.assertEqual(alarms["CompositeAlarms"][0]["AlarmRule"], "ALARM(one)")
        made = logs.put_query_definition(name="errors", queryString="fields @message")
        found = logs.describe_query_definitions(queryDefinitionNamePrefix="err")
        self.assertEqual(found["queryDefinitions"][0]["queryString"], "fields @message")
        deleted = logs.delete_query_definition(queryDefinitionId=made["queryDefinitionId"])
        self.assertTrue(deleted["success"])

    def test_cost_explorer_anomalies(self):
        ce = client("ce")
        monitor = {"MonitorName": "m", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
        tags = [{"Key": "a", "Value": "b"}]
        arn = ce.create_anomaly_monitor(AnomalyMonitor=monitor, ResourceTags=tags)["MonitorArn"]
        self.assertEqual(ce.list_tags_for_resource(ResourceArn=arn)["ResourceTags"], tags)
        ce.update_anomaly_monitor(MonitorArn=arn, MonitorName="renamed")
        found = ce.get_anomaly_monitors(MonitorArnList=[arn])["AnomalyMonitors"]
        self.assertEqual(found[0]["MonitorName"], "renamed")
        ce.delete_anomaly_monitor(MonitorArn=arn)
        with self.assertRaises(ce.exceptions.UnknownMonitorException):
            ce.get_anomaly_monitors(MonitorArnList=[arn])

    def test_xray_groups_and_sampling_rules(self):
        xray = client("xray")
        tags = [{"Key": "a", "Value": "b"}]
        group = xray.create_group(GroupName="g", FilterExpression="error", Tags=tags)["Group"]
        self.assertEqual(xray.get_group(GroupARN=group["GroupARN"])["Group"]["GroupName"], "g")
        shown = xray.list_tags_for_resource(ResourceARN=group["GroupARN"])["Tags"]
        self.assertEqual(shown, tags)
        xray.delete_group(GroupName="g")
        with self.assertRaises(xray.exceptions.InvalidRequestException):
            xray.get_group(GroupName="g")
        fields = ("ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath", "ResourceARN")
        rule = {"RuleName": "r", "Priority": 1, "FixedRate": 0.1, "ReservoirSize": 1, "Version": 1}
        rule.update({field: "*" for field in fields})
        xray.create_sampling_rule(SamplingRule=rule)
        xray.update_sampling_rule(SamplingRuleUpdate={"RuleName": "r", "FixedRate": 0.5})
        records = xray.get_sampling_rules()["SamplingRuleRecords"]
        self.assertEqual([each["SamplingRule"]["FixedRate"] for each in records], [0.5])
        xray.delete_sampling_rule(RuleName="r")
        self.assertEqual(xray.get_sampling_rules()["SamplingRuleRecords"], [])

    def test_guardduty_merges_features(self):
        guardduty = client("guardduty")
        detector = guardduty.create_detector(Enable=True)["DetectorId"]
        for name in ("S3_DATA_EVENTS", "EBS_MALWARE_PROTECTION"):
            features = [{"Name": name, "Status": "ENABLED"}]
            guardduty.update_detector(DetectorId=detector, Features=features)
        features = guardduty.get_detector(DetectorId=detector)["Features"]
        self.assertEqual(len(features), 2)

    def test_budgets_show_subscribers_and_tags(self):
        budgets = client("budgets")
        account = {"AccountId": "123456789012"}
        notification = {
            "NotificationType": "ACTUAL",
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": 80.0,
            "ThresholdType": "PERCENTAGE",
        }
        subscribers = [{"SubscriptionType": "EMAIL", "Address": "a@example.com"}]
        budgets.create_budget(
            **account,
            Budget={
                "BudgetName": "b",
                "BudgetType": "COST",
                "TimeUnit": "MONTHLY",
                "BudgetLimit": {"Amount": "1", "Unit": "USD"},
            },
            NotificationsWithSubscribers=[
                {"Notification": notification, "Subscribers": subscribers}
            ],
            ResourceTags=[{"Key": "a", "Value": "b"}],
        )
        found = budgets.describe_subscribers_for_notification(
            **account, BudgetName="b", Notification=notification
        )
        self.assertEqual(found["Subscribers"], subscribers)
        arn = "arn:aws:budgets::123456789012:budget/b"
        tags = budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"]
        self.assertEqual(tags, [{"Key": "a", "Value": "b"}])

    def test_cognito_deletes_resource_servers(self):
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="p")["UserPool"]["Id"]
        server = {"UserPoolId": pool, "Identifier": "https://api"}
        cognito.create_resource_server(**server, Name="api")
        cognito.delete_resource_server(**server)
        with self.assertRaises(cognito.exceptions.ResourceNotFoundException):
            cognito.describe_resource_server(**server)

    def test_sagemaker_takes_gpu_types_and_invents_no_blocks(self):
        sagemaker = client("sagemaker")
        role = "arn:aws:iam::123456789012:role/x"
        container = {"Image": "image"}
        sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer=container)
        self.assertNotIn("VpcConfig", sagemaker.describe_model(ModelName="m"))
        variant = {
            "VariantName": "v",
            "ModelName": "m",
            "InstanceType": "ml.g5.xlarge",
            "InitialInstanceCount": 1,
        }
        sagemaker.create_endpoint_config(EndpointConfigName="e", ProductionVariants=[variant])
        shown = sagemaker.describe_endpoint_config(EndpointConfigName="e")
        self.assertNotIn("DataCaptureConfig", shown)

    def test_s3_takes_requests_for_tls_ones(self):
        s3 = client("s3")
        s3.create_bucket(Bucket="clarity-gaps")
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
        no_tls = {**deny, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
        policy = {"Version": "2012-10-17", "Statement": [no_tls]}
        s3.put_bucket_policy(Bucket="clarity-gaps", Policy=json.dumps(policy))
        s3.put_object(Bucket="clarity-gaps", Key="k", Body=b"x")
        self.assertEqual(s3.get_object(Bucket="clarity-gaps", Key="k")["Body"].read(), b"x")
        policy = {"Version": "2012-10-17", "Statement": [deny]}
        s3.put_bucket_policy(Bucket="clarity-gaps", Policy=json.dumps(policy))
        with self.assertRaises(s3.exceptions.ClientError):
            s3.get_object(Bucket="clarity-gaps", Key="k")

    def test_scalable_targets_have_tags(self):
        scaling = client("application-autoscaling")
        target = {
            "ServiceNamespace": "dynamodb",
            "ResourceId": "table/t",
            "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
        }
        arn = scaling.register_scalable_target(
            **target, MinCapacity=1, MaxCapacity=2, Tags={"a": "b"}
        )["ScalableTargetARN"]
        scaling.tag_resource(ResourceARN=arn, Tags={"c": "d"})
        scaling.untag_resource(ResourceARN=arn, TagKeys=["a"])
        self.assertEqual(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"], {"c": "d"})


if __name__ == "__main__":
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    unittest.main()
