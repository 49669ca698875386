"""S3: server access logs.

AWS: the target's policy may name several places in a list, and TargetObjectKeyFormat is kept. moto
takes only a policy whose resource is one string, and drops the format, which then drifts.
"""

import json
from types import ModuleType

SERVICE = "logging.s3.amazonaws.com"


def fill(module: ModuleType) -> None:
    from moto.core.responses import ActionResult
    from moto.s3.models import FakeBucket

    responses = module.S3Response
    show = responses.get_bucket_logging

    def get_bucket_logging(self):
        logging = self.backend.get_bucket_logging(self.bucket_name) or {}
        if "TargetObjectKeyFormat" not in logging:
            return show(self)
        formats = logging["TargetObjectKeyFormat"]
        kept = ("TargetBucket", "TargetPrefix")
        enabled = {
            **{key: logging[key] for key in kept},
            "TargetObjectKeyFormat": {name: value or {} for name, value in formats.items()},
        }
        self.data["Action"] = "GetBucketLogging"
        return self.serialized(ActionResult({"LoggingEnabled": enabled}))

    def may_deliver(target_bucket, target_prefix):
        policy = json.loads(target_bucket.policy) if target_bucket.policy else {"Statement": []}
        place = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}"
        wanted = {place, f"{place}/*", f"{place}/{target_prefix or ''}*"}
        return any(
            statement["Effect"] == "Allow"
            and isinstance(statement.get("Principal"), dict)
            and SERVICE in _listed(statement["Principal"].get("Service"))
            and "s3:PutObject" in _listed(statement.get("Action"))
            and wanted.intersection(_listed(statement.get("Resource")))
            for statement in policy["Statement"]
        )

    responses.get_bucket_logging = get_bucket_logging
    FakeBucket._log_permissions_enabled_policy = staticmethod(may_deliver)


def _listed(value) -> list[str]:
    return value if isinstance(value, list) else [value]
