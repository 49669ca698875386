"""What each module of moto-plugin/gaps closes, asked for through boto3."""

import json
import time
import unittest

from moto_client import REGION, client


def compute_environment(name):
    batch, ec2, iam = client("batch"), client("ec2"), client("iam")
    subnet = ec2.describe_subnets()["Subnets"][0]
    group = ec2.create_security_group(
        GroupName=f"hosts-of-{name}", Description="-", VpcId=subnet["VpcId"]
    )
    profile = iam.create_instance_profile(InstanceProfileName=f"host-of-{name}")
    batch.create_compute_environment(
        computeEnvironmentName=name,
        type="MANAGED",
        computeResources={
            "type": "SPOT",
            "minvCpus": 0,
            "maxvCpus": 8,
            "instanceTypes": ["g5.xlarge"],
            "instanceRole": profile["InstanceProfile"]["Arn"],
            "subnets": [subnet["SubnetId"]],
            "securityGroupIds": [group["GroupId"]],
        },
    )


def place(pk, sk):
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def entry(pk, sk, n):
    return {**place(pk, sk), "n": {"N": str(n)}}


def create_ledger(dynamodb, name):
    """A table with a partition key, a sort key and a stream; the ARN of its stream."""
    keys = {"pk": "HASH", "sk": "RANGE"}
    return dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in keys.items()],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )["TableDescription"]["LatestStreamArn"]


def stream_of(arn):
    """All records of a stream."""
    streams = client("dynamodbstreams")
    shards = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    found = []
    for shard in shards:
        position = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        found += streams.get_records(ShardIterator=position)["Records"]
    return found


class Gaps(unittest.TestCase):
    def test_kms_shows_the_rotation_period(self):
        kms = client("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
        self.assertEqual(kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"], 180)

    def test_service_quotas_has_those_of_gpus(self):
        quotas = client("service-quotas")
        spot = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-3819A6DF")["Quota"]
        self.assertEqual(spot["QuotaName"], "All G and VT Spot Instance Requests")
        listed = quotas.list_service_quotas(ServiceCode="sagemaker")["Quotas"]
        self.assertIn("ml.g5.xlarge for endpoint usage", [each["QuotaName"] for each in listed])
        vpcs = quotas.get_service_quota(ServiceCode="vpc", QuotaCode="L-F678F1CE")["Quota"]
        self.assertEqual(vpcs["Value"], 5.0)

    def test_event_rules_give_topics_what_their_targets_ask_for(self):
        events, sns, sqs = client("events"), client("sns"), client("sqs")
        topic = sns.create_topic(Name="inputs")["TopicArn"]
        allowed = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": topic,
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
        url = sqs.create_queue(QueueName="inputs")["QueueUrl"]
        queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        raw = {"RawMessageDelivery": "true"}
        sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=queue["QueueArn"], Attributes=raw
        )
        template = '{"text": "<who>: <none><tags>", "tags": <tags>, "rule": <aws.events.rule-name>}'
        inputs = [
            {},
            {"Input": '"constant"'},
            {"InputPath": "$.detail.tags"},
            {
                "InputTransformer": {
                    "InputPathsMap": {
                        "who": "$.detail.who",
                        "tags": "$.detail.tags",
                        "none": "$.detail.none",
                    },
                    "InputTemplate": template,
                }
            },
        ]
        targets = [{"Id": str(i), "Arn": topic, **each} for i, each in enumerate(inputs)]
        for name, state in (("silent", "DISABLED"), ("loud", "ENABLED")):
            pattern = json.dumps({"source": ["test"]})
            events.put_rule(Name=name, EventPattern=pattern, State=state)
            events.put_targets(Rule=name, Targets=targets)
        detail = {"who": 'a "quoted" one', "tags": ["x"]}
        events.put_events(
            Entries=[{"Source": "test", "DetailType": "T", "Detail": json.dumps(detail)}]
        )
        received = []
        deadline = time.time() + 60
        while len(received) < len(inputs) and time.time() < deadline:
            messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", [])
            received += [json.loads(each["Body"]) for each in messages]
        whole, *others = received
        self.assertEqual((whole["source"], whole["detail"]), ("test", detail))
        self.assertRegex(whole["time"], r"^\d{4}-\d\d-\d\dT")
        text = 'a "quoted" one: ["x"]'
        self.assertEqual(others, ["constant", ["x"], {"text": text, "tags": ["x"], "rule": "loud"}])

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

    def test_subnets_are_found_by_their_ipv6_blocks(self):
        ec2 = client("ec2")
        made = ec2.create_vpc(CidrBlock="10.8.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
        blocks = ec2.describe_vpcs(VpcIds=[made["VpcId"]])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
        block = blocks[0]["Ipv6CidrBlock"].replace("/56", "/64")
        subnet = ec2.create_subnet(
            VpcId=made["VpcId"], CidrBlock="10.8.0.0/20", Ipv6CidrBlock=block
        )["Subnet"]
        association = subnet["Ipv6CidrBlockAssociationSet"][0]
        name = "ipv6-cidr-block-association.association-id"
        filters = [{"Name": name, "Values": [association["AssociationId"]]}]
        found = ec2.describe_subnets(Filters=filters)["Subnets"]
        self.assertEqual([each["SubnetId"] for each in found], [subnet["SubnetId"]])
        shown = found[0]["Ipv6CidrBlockAssociationSet"][0]
        self.assertEqual(shown["Ipv6CidrBlock"], block)
        self.assertEqual(shown["Ipv6CidrBlockState"], {"State": "associated"})

    def test_certificates_keep_the_algorithm_of_their_key(self):
        acm = client("acm")
        request = {"DomainName": "api.clarity.example", "ValidationMethod": "DNS"}
        for asked, shown in (({"KeyAlgorithm": "EC_prime256v1"}, "EC_prime256v1"), ({}, "RSA_2048")):
            arn = acm.request_certificate(**request, **asked)["CertificateArn"]
            certificate = acm.describe_certificate(CertificateArn=arn)["Certificate"]
            self.assertEqual(certificate["KeyAlgorithm"], shown)

    def test_auto_scaling_groups_keep_the_longest_life_of_an_instance(self):
        ec2, scaling = client("ec2"), client("autoscaling")
        data = {"InstanceType": "g5.xlarge", "ImageId": "ami-12c6146b"}
        ec2.create_launch_template(LaunchTemplateName="lived", LaunchTemplateData=data)
        group = {"AutoScalingGroupName": "lived", "MinSize": 0, "MaxSize": 1}
        template = {"LaunchTemplateName": "lived", "Version": "$Latest"}
        zones = [f"{REGION}a"]

        def shown():
            groups = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["lived"])
            return groups["AutoScalingGroups"][0].get("MaxInstanceLifetime")

        scaling.create_auto_scaling_group(
            **group, AvailabilityZones=zones, LaunchTemplate=template, MaxInstanceLifetime=86_400
        )
        self.assertEqual(shown(), 86_400)
        scaling.update_auto_scaling_group(**group, MaxInstanceLifetime=172_800)
        self.assertEqual(shown(), 172_800)
        scaling.update_auto_scaling_group(**group, MaxInstanceLifetime=0)
        self.assertIsNone(shown())

    def test_batch_makes_its_service_linked_role(self):
        for name in ("spot", "on-demand"):
            compute_environment(name)
        made = client("batch").describe_compute_environments(
            computeEnvironments=["spot", "on-demand"]
        )["computeEnvironments"]
        self.assertEqual(len(made), 2)
        for environment in made:
            self.assertTrue(environment["serviceRole"].endswith("/AWSServiceRoleForBatch"))

    def test_batch_keeps_what_an_update_changes(self):
        batch = client("batch")
        compute_environment("updated")
        policy = {"terminateJobsOnUpdate": False, "jobExecutionTimeoutMinutes": 60}
        batch.update_compute_environment(computeEnvironment="updated", updatePolicy=policy)
        batch.update_compute_environment(
            computeEnvironment="updated", computeResources={"maxvCpus": 16}
        )
        found = batch.describe_compute_environments(computeEnvironments=["updated"])
        [environment] = found["computeEnvironments"]
        self.assertEqual(environment["updatePolicy"], policy)
        self.assertEqual(environment["computeResources"]["maxvCpus"], 16)
        self.assertEqual(environment["computeResources"]["type"], "SPOT")

    def test_sagemaker_endpoints_move_to_another_configuration(self):
        sagemaker = client("sagemaker")
        role = "arn:aws:iam::123456789012:role/x"
        container = {"Image": "image"}
        sagemaker.create_model(ModelName="model", ExecutionRoleArn=role, PrimaryContainer=container)
        variant = {
            "VariantName": "main",
            "ModelName": "model",
            "InstanceType": "ml.g5.xlarge",
            "InitialInstanceCount": 1,
        }
        for name in ("one", "two"):
            sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
        sagemaker.create_endpoint(EndpointName="inference", EndpointConfigName="one")
        sagemaker.update_endpoint(EndpointName="inference", EndpointConfigName="two")
        shown = sagemaker.describe_endpoint(EndpointName="inference")
        self.assertEqual(shown["EndpointConfigName"], "two")
        self.assertEqual(shown["EndpointStatus"], "InService")

    def test_composite_alarms_and_query_definitions(self):
        cloudwatch, logs = client("cloudwatch"), client("logs")
        cloudwatch.put_composite_alarm(AlarmName="all", AlarmRule="NOT FALSE")
        alarms = cloudwatch.describe_alarms(AlarmNames=["all"], AlarmTypes=["CompositeAlarm"])
        self.assertEqual(alarms["CompositeAlarms"][0]["AlarmRule"], "NOT FALSE")
        made = logs.put_query_definition(name="errors", queryString="fields @message")
        found = logs.describe_query_definitions(queryDefinitionNamePrefix="err")
        self.assertEqual(found["queryDefinitions"][0]["queryString"], "fields @message")
        deleted = logs.delete_query_definition(queryDefinitionId=made["queryDefinitionId"])
        self.assertTrue(deleted["success"])

    def test_a_metric_is_listed_once_however_many_values_it_has(self):
        cloudwatch = client("cloudwatch")
        one, two = {"Name": "a", "Value": "1"}, {"Name": "b", "Value": "2"}
        for dimensions in ([], [], [one, two], [two, one], [one]):
            datum = {"MetricName": "listed", "Dimensions": dimensions, "Value": 1}
            for namespace in ("once", "other"):
                cloudwatch.put_metric_data(Namespace=namespace, MetricData=[datum])

        def listed(**wanted):
            metrics = cloudwatch.list_metrics(Namespace="once", **wanted)["Metrics"]
            return [metric["Dimensions"] for metric in metrics]

        self.assertEqual(listed(), [[], [one, two], [one]])
        self.assertEqual(listed(Dimensions=[two]), [[one, two]])
        self.assertEqual(listed(MetricName="unknown"), [])

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

    def test_xray_adds_traces_up(self):
        xray = client("xray")
        now = time.time()
        trace = f"1-{int(now):08x}-0123456789abcdef01234567"
        api = {
            "id": "00f067aa0ba902b7",
            "trace_id": trace,
            "name": "api",
            "start_time": now - 2,
            "end_time": now - 0.5,
            "http": {"request": {"method": "POST"}, "response": {"status": 202}},
            "annotations": {"http.route": "/v1/analyses"},
        }
        call = {
            **api,
            "id": "00f067aa0ba902b8",
            "parent_id": api["id"],
            "type": "subsegment",
            "name": "S3",
            "start_time": now - 1.5,
            "end_time": now - 1,
            "fault": True,
        }
        put = xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(api), json.dumps(call)])
        self.assertEqual(put["UnprocessedTraceSegments"], [])
        read = xray.batch_get_traces(TraceIds=[trace, "1-00000000-0"])
        self.assertEqual(read["UnprocessedTraceIds"], ["1-00000000-0"])
        self.assertEqual(read["Traces"][0]["Duration"], 1.5)
        self.assertEqual(len(read["Traces"][0]["Segments"]), 2)
        window = {"StartTime": now - 60, "EndTime": now + 60}
        [summary] = xray.get_trace_summaries(**window)["TraceSummaries"]
        self.assertEqual(summary["Id"], trace)
        self.assertEqual((summary["HasFault"], summary["HasError"]), (True, False))
        self.assertEqual(summary["Http"], {"HttpMethod": "POST", "HttpStatus": 202})
        self.assertEqual([each["Name"] for each in summary["ServiceIds"]], ["api"])
        [first, *_] = summary["Annotations"]["http.route"]
        self.assertEqual(first["AnnotationValue"], {"StringValue": "/v1/analyses"})
        with self.assertRaises(xray.exceptions.InvalidRequestException):
            xray.get_trace_summaries(**window, FilterExpression="fault")

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

    def test_cognito_keeps_risk_configurations(self):
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="p")["UserPool"]["Id"]
        empty = cognito.describe_risk_configuration(UserPoolId=pool)["RiskConfiguration"]
        self.assertEqual(empty, {"UserPoolId": pool})
        block = {"EventFilter": ["SIGN_IN"], "Actions": {"EventAction": "BLOCK"}}
        cognito.set_risk_configuration(
            UserPoolId=pool, CompromisedCredentialsRiskConfiguration=block
        )
        shown = cognito.describe_risk_configuration(UserPoolId=pool)["RiskConfiguration"]
        self.assertEqual(shown["CompromisedCredentialsRiskConfiguration"], block)
        cognito.set_risk_configuration(UserPoolId=pool)
        gone = cognito.describe_risk_configuration(UserPoolId=pool)["RiskConfiguration"]
        self.assertEqual(gone, empty)

    def test_a_cancelled_transaction_leaves_items_and_stream_as_they_were(self):
        dynamodb = client("dynamodb")
        created = create_ledger(dynamodb, "cancelled")
        held = [entry("a", "1", 1), entry("a", "2", 2), entry("b", "1", 3)]
        for item in held:
            dynamodb.put_item(TableName="cancelled", Item=item)
        update = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "9"}}}
        only_if_there = {"ConditionExpression": "attribute_exists(pk)"}
        operations = [
            ("Update", {"Key": place("a", "1"), **update}),
            ("Update", {"Key": place("d", "1"), **update}),
            ("Put", {"Item": entry("a", "2", 9)}),
            ("Put", {"Item": entry("c", "1", 9)}),
            ("Delete", {"Key": place("b", "1")}),
            ("ConditionCheck", {"Key": place("a", "3"), **only_if_there}),
        ]
        transaction = [{kind: {"TableName": "cancelled", **rest}} for kind, rest in operations]
        twice = [*transaction[:-1], transaction[0]]
        for refused in (transaction, twice):
            with self.assertRaises(dynamodb.exceptions.ClientError):
                dynamodb.transact_write_items(TransactItems=refused)
            self.assertEqual(dynamodb.scan(TableName="cancelled")["Items"], held)
            self.assertEqual(len(stream_of(created)), len(held))

        dynamodb.transact_write_items(TransactItems=transaction[:-1])
        kept = [entry("a", "1", 9), entry("a", "2", 9), entry("c", "1", 9), entry("d", "1", 9)]
        self.assertEqual(dynamodb.scan(TableName="cancelled")["Items"], kept)
        self.assertGreater(len(stream_of(created)), len(held))

    def test_a_query_finds_what_its_partition_holds(self):
        dynamodb = client("dynamodb")
        create_ledger(dynamodb, "queried")
        for pk in "ab":
            for sk in "312":
                dynamodb.put_item(TableName="queried", Item=entry(pk, sk, 0))

        def queried(pk, condition="pk = :pk", **more):
            values = {":pk": {"S": pk}, **more.pop("values", {})}
            found = dynamodb.query(
                TableName="queried",
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                **more,
            )
            keys = [(item["pk"]["S"], item["sk"]["S"]) for item in found["Items"]]
            return keys, found.get("LastEvaluatedKey")

        self.assertEqual(queried("b"), ([("b", "1"), ("b", "2"), ("b", "3")], None))
        self.assertEqual(queried("c"), ([], None))
        first, last = queried("a", Limit=2, ScanIndexForward=False)
        self.assertEqual((first, last), ([("a", "3"), ("a", "2")], place("a", "2")))
        rest, _ = queried("a", ScanIndexForward=False, ExclusiveStartKey=last)
        self.assertEqual(rest, [("a", "1")])
        later = queried("a", "pk = :pk AND sk > :sk", values={":sk": {"S": "2"}})
        self.assertEqual(later, ([("a", "3")], None))

    def test_contributor_insights_of_tables_and_indexes(self):
        dynamodb = client("dynamodb")
        key = {"AttributeName": "pk", "KeyType": "HASH"}
        dynamodb.create_table(
            TableName="hot",
            KeySchema=[key],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        before = dynamodb.describe_contributor_insights(TableName="hot")
        self.assertEqual(before["ContributorInsightsStatus"], "DISABLED")
        index = {"TableName": "hot", "IndexName": "gsi1"}
        dynamodb.update_contributor_insights(**index, ContributorInsightsAction="ENABLE")
        shown = dynamodb.describe_contributor_insights(**index)
        self.assertEqual(shown["ContributorInsightsStatus"], "ENABLED")
        self.assertEqual(len(shown["ContributorInsightsRuleList"]), 4)
        listed = dynamodb.list_contributor_insights(TableName="hot")
        self.assertEqual(len(listed["ContributorInsightsSummaries"]), 1)
        with self.assertRaises(dynamodb.exceptions.ResourceNotFoundException):
            dynamodb.describe_contributor_insights(TableName="cold")

    def test_backup_selections_plans_and_tags(self):
        backup = client("backup")
        vault = backup.create_backup_vault(BackupVaultName="v", BackupVaultTags={"a": "b"})
        tags = backup.list_tags(ResourceArn=vault["BackupVaultArn"])["Tags"]
        self.assertEqual(tags, {"a": "b"})
        points = backup.list_recovery_points_by_backup_vault(BackupVaultName="v")
        self.assertEqual(points["RecoveryPoints"], [])
        rule = {"RuleName": "daily", "TargetBackupVaultName": "v"}
        document = {"BackupPlanName": "p", "Rules": [rule]}
        plan = {"BackupPlanId": backup.create_backup_plan(BackupPlan=document)["BackupPlanId"]}
        renamed = {**document, "Rules": [{**rule, "RuleName": "nightly"}]}
        backup.update_backup_plan(**plan, BackupPlan=renamed)
        shown = backup.get_backup_plan(**plan)["BackupPlan"]["Rules"]
        self.assertEqual([each["RuleName"] for each in shown], ["nightly"])
        role = "arn:aws:iam::123456789012:role/backup"
        wanted = {"SelectionName": "s", "IamRoleArn": role, "Resources": ["arn:aws:s3:::bucket"]}
        made = backup.create_backup_selection(**plan, BackupSelection=wanted)
        selection = {**plan, "SelectionId": made["SelectionId"]}
        self.assertEqual(backup.get_backup_selection(**selection)["BackupSelection"], wanted)
        listed = backup.list_backup_selections(**plan)["BackupSelectionsList"]
        self.assertEqual([each["SelectionName"] for each in listed], ["s"])
        with self.assertRaises(backup.exceptions.InvalidRequestException):
            backup.delete_backup_plan(**plan)
        backup.delete_backup_selection(**selection)
        with self.assertRaises(backup.exceptions.InvalidParameterValueException):
            backup.get_backup_selection(**selection)
        backup.delete_backup_plan(**plan)
        with self.assertRaises(backup.exceptions.ResourceNotFoundException):
            backup.get_backup_plan(**plan)
        backup.create_backup_plan(BackupPlan=document)

    def test_s3_takes_access_logs_by_a_policy_with_lists(self):
        s3 = client("s3")
        for name in ("watched", "logs"):
            s3.create_bucket(Bucket=name)
        deliver = {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": ["arn:aws:s3:::logs/watched/*"],
        }
        policy = {"Version": "2012-10-17", "Statement": [deliver]}
        by_day = {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}
        enabled = {
            "TargetBucket": "logs",
            "TargetPrefix": "watched/",
            "TargetObjectKeyFormat": by_day,
        }
        log = {"Bucket": "watched", "BucketLoggingStatus": {"LoggingEnabled": enabled}}
        with self.assertRaises(s3.exceptions.ClientError):
            s3.put_bucket_logging(**log)
        s3.put_bucket_policy(Bucket="logs", Policy=json.dumps(policy))
        s3.put_bucket_logging(**log)
        self.assertEqual(s3.get_bucket_logging(Bucket="watched")["LoggingEnabled"], enabled)

    def test_sns_shows_the_signature_version(self):
        sns = client("sns")
        arn = sns.create_topic(Name="signed", Attributes={"SignatureVersion": "2"})["TopicArn"]
        shown = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
        self.assertEqual(shown["SignatureVersion"], "2")

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
    unittest.main()
