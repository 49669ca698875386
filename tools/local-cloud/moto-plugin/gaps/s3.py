"""S3: bucket policies that ask for TLS, and names of buckets.

AWS: a statement applies only where its Condition holds. moto ignores conditions, so the usual
"deny whatever does not come by TLS" denies everything. Requests to the embedded AWS stand for
requests that came by TLS (loopback has none), so such a statement never applies here.

AWS: a name consists of lower-case letters, digits, dots and hyphens. moto takes capitals too.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
"""

import json
import re
from types import ModuleType


def fill(module: ModuleType) -> None:
    def get_permission(self, action, resource):
        # Not before: access_control itself imports this module of moto.
        from moto.iam.access_control import IAMPolicy, PermissionResult

        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy)
        applying = [s for s in policy["Statement"] if not asks_for_no_tls(s)]
        iam_policy = IAMPolicy(json.dumps({**policy, "Statement": applying}))
        return iam_policy.is_action_permitted(action, resource)

    create = module.S3Backend.create_bucket

    def create_bucket(self, bucket_name, *args, **kwargs):
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", bucket_name):
            raise module.InvalidBucketName()
        return create(self, bucket_name, *args, **kwargs)

    module.FakeBucket.get_permission = get_permission
    module.S3Backend.create_bucket = create_bucket


def asks_for_no_tls(statement: dict) -> bool:
    condition = statement.get("Condition", {}).get("Bool", {})
    return str(condition.get("aws:SecureTransport", "")).lower() == "false"
