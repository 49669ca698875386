"""CloudWatch: PutCompositeAlarm, and alarms that AWS refuses.

AWS: a composite alarm has a rule over other alarms instead of a metric. moto's store and its
DescribeAlarms know such alarms, and put_metric_alarm reads AlarmRule, but no action leads there:
PutCompositeAlarm is a 500.

AWS: the period of an alarm is 10, 20, 30 or a multiple of 60 seconds, an action is an ARN, and the
alarms of a rule exist. moto takes any.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
"""

import re
from types import ModuleType

from .refusals import check_first, refuse

ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")
#: A state of another alarm, by its name or ARN, quoted or not.
CONDITION = re.compile(r"\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:\"([^\"]+)\"|([^\")\s]+))\s*\)")


def fill(module: ModuleType) -> None:
    responses = module.CloudWatchResponse
    responses.put_composite_alarm = responses.put_metric_alarm
    check_first(responses, "put_metric_alarm", _period, _actions)
    check_first(responses, "put_composite_alarm", _actions, _rule)


def _period(request) -> None:
    period = request._get_param("Period")
    if period and int(period) not in (10, 20, 30) and int(period) % 60:
        refuse("ValidationError", "Period must be 10, 20, 30 or a multiple of 60")


def _actions(request) -> None:
    for action in sum((request._get_param(name, []) for name in ACTIONS), []):
        if not action.startswith("arn:"):
            refuse("ValidationError", f"Invalid arn syntax: {action}")


def _rule(request) -> None:
    alarms = request.cloudwatch_backend.alarms
    rule = request._get_param("AlarmRule") or ""
    named = [(quoted or plain).split(":alarm:")[-1] for quoted, plain in CONDITION.findall(rule)]
    missing = [name for name in named if name not in alarms]
    if missing:
        refuse(
            "ValidationError",
            f"Could not save the composite alarm as alarms [{', '.join(missing)}] "
            "in the alarm rule do not exist",
        )
