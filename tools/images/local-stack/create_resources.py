"""Makes what the API and the worker of docker-compose.yml need in its embedded AWS, and puts the model
into its bucket. What is there already stays: it may run any number of times.

The identifiers of the user pool and its client follow from the names here (moto's HASH strategy), so
that docker-compose.yml can name them before they exist: USER_POOL_ID and USER_POOL_CLIENT_ID.
"""

import json
import os
import pathlib
import sys

import boto3

KEYS = ["pk", "sk", "gsi1pk", "gsi1sk"]


def key_schema(hash_key: str, range_key: str) -> list:
    return [
        {"AttributeName": hash_key, "KeyType": "HASH"},
        {"AttributeName": range_key, "KeyType": "RANGE"},
    ]


def table() -> None:
    dynamo = boto3.client("dynamodb")
    if "clarity-local-health" in dynamo.list_tables()["TableNames"]:
        return
    dynamo.create_table(
        TableName="clarity-local-health",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in KEYS],
        KeySchema=key_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": "gsi1",
                "KeySchema": key_schema("gsi1pk", "gsi1sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    dynamo.update_time_to_live(
        TableName="clarity-local-health",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"},
    )


def model_bucket(bundle: pathlib.Path) -> None:
    bucket = boto3.resource("s3").Bucket("clarity-local-data-123456789012")
    bucket.create()
    manifest = bundle / "manifest.json"
    # The manifest goes last, so that a worker never reads one whose graph is not there yet.
    for file in [*(each for each in bundle.iterdir() if each != manifest), manifest]:
        bucket.upload_file(str(file), f"models/pat-s/{file.name}")


def jobs_of_events() -> None:
    sqs, sns = boto3.client("sqs"), boto3.client("sns")
    url = sqs.create_queue(
        QueueName="clarity-local-analysis-jobs", Attributes={"VisibilityTimeout": "120"}
    )["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    topic = sns.create_topic(Name="clarity-local-health-events")["TopicArn"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=arn,
        Attributes={
            "RawMessageDelivery": "true",
            "FilterPolicy": json.dumps({"type": ["analysis.requested"]}),
        },
    )


def users() -> None:
    cognito = boto3.client("cognito-idp")
    if cognito.list_user_pools(MaxResults=1)["UserPools"]:
        return
    pool = cognito.create_user_pool(PoolName="clarity-local-users")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="clarity-local-users-api",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]["ClientId"]
    named = (os.environ.get("USER_POOL_ID"), os.environ.get("USER_POOL_CLIENT_ID"))
    if named != (pool, client):
        sys.exit(f"docker-compose.yml has to name the user pool {pool} and its client {client}")


if __name__ == "__main__":
    table()
    model_bucket(pathlib.Path("/models/pat-s"))
    jobs_of_events()
    users()
