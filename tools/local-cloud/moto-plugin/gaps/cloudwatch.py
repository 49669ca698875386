"""CloudWatch: PutCompositeAlarm.

AWS: a composite alarm has a rule over other alarms instead of a metric. moto's store and its
DescribeAlarms know such alarms, and put_metric_alarm reads AlarmRule, but no action leads there:
PutCompositeAlarm is a 500.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    responses = module.CloudWatchResponse
    responses.put_composite_alarm = responses.put_metric_alarm
