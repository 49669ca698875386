"""CloudWatch Logs: retention, keys and sizes that AWS refuses.

AWS: retention is one of a list of days, a log group's key exists, and an event has at most 1 MB. moto
takes any.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
"""

from types import ModuleType

from .kms_keys import key_exists
from .refusals import check_first, refuse, refuse_value

CODE = "InvalidParameterException"
DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]
DAYS += [400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
EVENT_BYTES = 1_048_576


def check_requests(responses: type) -> None:
    check_first(responses, "create_log_group", _key)
    check_first(responses, "put_retention_policy", _retention)
    check_first(responses, "put_log_events", _events)


def _key(request) -> None:
    key = request._get_param("kmsKeyId")
    if key and not key_exists(request, key):
        name = request._get_param("logGroupName")
        group = f"arn:{request.partition}:logs:{request.region}:{request.current_account}"
        refuse(
            CODE,
            "The specified KMS key does not exist or is not allowed to be used with "
            f"LogGroup '{group}:log-group:{name}'",
        )


def _retention(request) -> None:
    days = request._get_param("retentionInDays")
    if days not in DAYS:
        refuse_value(CODE, days, "retentionInDays", f"satisfy enum value set: {DAYS}")


def _events(request) -> None:
    for event in request._get_param("logEvents"):
        size = len(event["message"].encode())
        if size > EVENT_BYTES:
            refuse(CODE, f"Log event too large: {size} bytes exceeds limit of {EVENT_BYTES}")
