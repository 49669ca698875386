"""AWS Backup: schedules that AWS refuses.

AWS: a cron expression has six fields, and one of the two days is "?". moto takes any text.

https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
"""

import json
import re

from .refusals import check_first, refuse


def check_requests(responses: type) -> None:
    for action in ("create_backup_plan", "update_backup_plan"):
        check_first(responses, action, _schedules)


def _schedules(request) -> None:
    for rule in json.loads(request.body)["BackupPlan"]["Rules"]:
        schedule = rule.get("ScheduleExpression")
        if schedule and not _is_valid(schedule):
            refuse("InvalidParameterValueException", f"Invalid schedule expression: {schedule}")


def _is_valid(schedule: str) -> bool:
    written = re.fullmatch(r"(cron|rate)\((.+)\)", schedule)
    if not written or written[1] == "rate":
        return bool(written)
    fields = written[2].split()
    days = (fields[2], fields[4]) if len(fields) == 6 else ()
    return all(re.fullmatch(r"[\dA-Z*?,/#-]+", field) for field in fields) and days.count("?") == 1
