"""What queues, tables, logs, alarms, backups, stacks and models refuse, and what they just take."""

import json
import unittest

from moto_client import ACCOUNT, REGION, Refusals, client


class Messages(Refusals):
    def setUp(self):
        self.sqs = client("sqs")
        self.queue = self.sqs.create_queue(QueueName="characters")["QueueUrl"]

    def test_a_body_has_the_characters_of_xml(self):
        self.sqs.send_message(QueueUrl=self.queue, MessageBody="\t\r\n ä \U0001f319")
        for character, code in (("\x07", "7"), ("\x1b", "1B"), ("\uffff", "FFFF")):
            self.assert_refused(
                "InvalidMessageContents",
                f"Invalid binary character '#x{code}' was found in the message body",
                self.sqs.send_message,
                QueueUrl=self.queue,
                MessageBody=f"a{character}b",
            )

    def test_a_batch_sends_the_others(self):
        def send(*bodies):
            entries = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)]
            answer = self.sqs.send_message_batch(QueueUrl=self.queue, Entries=entries)
            failed = [(each["Id"], each["Code"]) for each in answer.get("Failed", [])]
            return [each["Id"] for each in answer.get("Successful", [])], failed

        self.assertEqual(send("a", "b"), (["0", "1"], []))
        self.assertEqual(send("a", "\x00", "c"), (["0", "2"], [("1", "InvalidMessageContents")]))
        self.assertEqual(send("\x00"), ([], [("0", "InvalidMessageContents")]))


class Tables(Refusals):
    def test_a_batch_has_25_items(self):
        dynamodb = client("dynamodb")
        for name in ("one", "two"):
            dynamodb.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )

        def puts(number):
            return [{"PutRequest": {"Item": {"pk": {"S": f"{number}-{n}"}}}} for n in range(number)]

        dynamodb.batch_write_item(RequestItems={"one": puts(12), "two": puts(13)})
        for too_many in ({"one": puts(26)}, {"one": puts(12), "two": puts(14)}):
            self.assert_refused(
                "ValidationException",
                "Too many items requested for the BatchWriteItem call",
                dynamodb.batch_write_item,
                RequestItems=too_many,
            )


class Logs(Refusals):
    def setUp(self):
        self.logs = client("logs")

    def test_retention_is_one_of_a_list(self):
        group = {"logGroupName": "retained"}
        self.logs.create_log_group(**group)
        for days in (1, 400, 3653):
            self.logs.put_retention_policy(**group, retentionInDays=days)
        self.assert_refused(
            "InvalidParameterException",
            "Value '17' at 'retentionInDays' failed to satisfy constraint: "
            "Member must satisfy enum value set: [1, 3, 5,",
            self.logs.put_retention_policy,
            **group,
            retentionInDays=17,
        )

    def test_an_event_has_1_mb(self):
        stream = {"logGroupName": "large", "logStreamName": "s"}
        self.logs.create_log_group(logGroupName="large")
        self.logs.create_log_stream(**stream)

        def put(size):
            event = {"timestamp": 1_700_000_000_000, "message": "x" * size}
            self.logs.put_log_events(**stream, logEvents=[event])

        put(1_048_576)
        message = "Log event too large: 1048577 bytes exceeds limit of 1048576"
        self.assert_refused("InvalidParameterException", message, put, size=1_048_577)

    def test_its_key_exists(self):
        arn = client("kms").create_key()["KeyMetadata"]["Arn"]
        self.logs.create_log_group(logGroupName="encrypted", kmsKeyId=arn)
        self.assert_refused(
            "InvalidParameterException",
            "The specified KMS key does not exist or is not allowed to be used with LogGroup "
            f"'arn:aws:logs:{REGION}:{ACCOUNT}:log-group:lost'",
            self.logs.create_log_group,
            logGroupName="lost",
            kmsKeyId=arn[:-12] + "000000000000",
        )


class Alarms(Refusals):
    def setUp(self):
        self.cloudwatch = client("cloudwatch")

    def alarm(self, name, **settings):
        self.cloudwatch.put_metric_alarm(
            **{
                "AlarmName": name,
                "Namespace": "N",
                "MetricName": "M",
                "Statistic": "Sum",
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": 1,
                "Threshold": 1,
                "Period": 60,
                **settings,
            }
        )

    def test_a_period_is_short_or_whole_minutes(self):
        for period in (10, 20, 30, 60, 300):
            self.alarm("period", Period=period)
        message = "Period must be 10, 20, 30 or a multiple of 60"
        for period in (7, 45, 90):
            self.assert_refused("ValidationError", message, self.alarm, name="p", Period=period)

    def test_actions_are_arns(self):
        topic = f"arn:aws:sns:{REGION}:{ACCOUNT}:alerts"
        self.alarm("acting", AlarmActions=[topic], OKActions=[topic])
        message = "Invalid arn syntax: alerts"
        for kind in ("AlarmActions", "OKActions", "InsufficientDataActions"):
            wrong = {kind: ["alerts"]}
            self.assert_refused("ValidationError", message, self.alarm, name="a", **wrong)

    def test_alarms_of_a_rule_exist(self):
        self.alarm("one")
        put = self.cloudwatch.put_composite_alarm
        arn = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:one"
        for known in ("ALARM(one)", f'OK("{arn}") AND NOT ALARM("one")', "TRUE"):
            put(AlarmName="all", AlarmRule=known)
        self.assert_refused(
            "ValidationError",
            "Could not save the composite alarm as alarms [two] in the alarm rule do not exist",
            put,
            AlarmName="all",
            AlarmRule='ALARM(one) OR INSUFFICIENT_DATA("two")',
        )


class Backups(Refusals):
    def test_a_schedule_is_a_cron_expression(self):
        backup = client("backup")
        backup.create_backup_vault(BackupVaultName="scheduled")

        def document(schedule):
            rule = {"RuleName": "r", "TargetBackupVaultName": "scheduled"}
            rule["ScheduleExpression"] = schedule
            return {"BackupPlanName": schedule, "Rules": [rule]}

        for schedule in ("cron(0 5 * * ? *)", "cron(0/15 6 ? * SUN#1,MON *)"):
            plan = backup.create_backup_plan(BackupPlan=document(schedule))["BackupPlanId"]
        for wrong in ("cron(0 5 * * *)", "cron(0 5 * * * *)", "cron(0 five * * ? *)", "daily"):
            code, change = "InvalidParameterValueException", document(wrong)
            self.assert_refused(code, wrong, backup.create_backup_plan, BackupPlan=change)
            update = {"BackupPlanId": plan, "BackupPlan": change}
            self.assert_refused(code, wrong, backup.update_backup_plan, **update)


class Stacks(Refusals):
    CLUSTER = {"Type": "AWS::ECS::Cluster", "Properties": {"ClusterName": "of-a-stack"}}

    def setUp(self):
        self.stacks, self.s3 = client("cloudformation"), client("s3")

    def template(self, **resources):
        return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources})

    def assert_unsupported(self, kind, call, **parameters):
        message = f"{kind} in a CloudFormation template is not supported by the embedded AWS."
        self.assert_refused("UnsupportedFeatureException", message, call, **parameters)

    def test_have_no_services_in_them(self):
        service = {"Type": "AWS::ECS::Service", "Properties": {"Cluster": "c", "TaskDefinition": "t"}}
        with_service = self.template(Service=service)
        kind = "AWS::ECS::Service"
        create = self.stacks.create_stack
        self.assert_unsupported(kind, create, StackName="a", TemplateBody=with_service)
        yaml = "Resources: {Service: {Type: 'AWS::ECS::Service', Properties: {Cluster: !Ref C}}}"
        self.assert_unsupported(kind, create, StackName="a", TemplateBody=yaml)
        self.assert_unsupported(
            kind,
            self.stacks.create_change_set,
            StackName="a",
            ChangeSetName="a",
            ChangeSetType="CREATE",
            TemplateBody=with_service,
        )
        self.assert_unsupported(
            kind, self.stacks.create_stack_set, StackSetName="a", TemplateBody=with_service
        )
        self.s3.create_bucket(Bucket="templates-of-stacks")
        self.s3.put_object(Bucket="templates-of-stacks", Key="a.json", Body=with_service)
        url = "https://templates-of-stacks.s3.amazonaws.com/a.json"
        self.assert_unsupported(kind, create, StackName="a", TemplateURL=url)
        nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
        self.assert_unsupported(kind, create, StackName="n", TemplateBody=self.template(N=nested))
        self.assertNotIn("a", [each["StackName"] for each in self.stacks.list_stacks()["StackSummaries"]])

    def test_keep_the_clusters_that_they_have_without_a_service(self):
        self.stacks.create_stack(StackName="kept", TemplateBody=self.template(C=self.CLUSTER))
        self.addCleanup(self.stacks.delete_stack, StackName="kept")
        changed = self.template(C=self.CLUSTER, T={"Type": "AWS::ECS::TaskSet", "Properties": {}})
        self.assert_unsupported(
            "AWS::ECS::TaskSet", self.stacks.update_stack, StackName="kept", TemplateBody=changed
        )
        described = client("ecs").describe_clusters(clusters=["of-a-stack"])["clusters"]
        self.assertEqual([each["status"] for each in described], ["ACTIVE"])


class Models(Refusals):
    def test_an_image_has_a_docker_manifest(self):
        ecr, sagemaker = client("ecr"), client("sagemaker")
        ecr.create_repository(repositoryName="model")
        repository = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/model"

        def push(tag, media_type, **content):
            manifest = json.dumps({"schemaVersion": 2, "mediaType": media_type, **content})
            pushed = ecr.put_image(
                repositoryName="model", imageTag=tag, imageManifest=manifest
            )["image"]
            return pushed["imageId"]["imageDigest"]

        def create(image):
            role = f"arn:aws:iam::{ACCOUNT}:role/model"
            sagemaker.create_model(
                ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": image}
            )
            sagemaker.delete_model(ModelName="m")

        digest = push("index", "application/vnd.oci.image.index.v1+json", manifests=[])
        push("plain", "application/vnd.oci.image.manifest.v1+json", layers=[])
        push("docker", "application/vnd.docker.distribution.manifest.v2+json", layers=[])
        create(f"{repository}:docker")
        create("elsewhere.example/model:index")
        for image in (f"{repository}@{digest}", f"{repository}:index", f"{repository}:plain"):
            kind = "manifest" if image.endswith("plain") else "index"
            self.assert_refused(
                "ValidationException",
                f"Unsupported manifest media type application/vnd.oci.image.{kind}.v1+json",
                create,
                image=image,
            )


if __name__ == "__main__":
    unittest.main()
