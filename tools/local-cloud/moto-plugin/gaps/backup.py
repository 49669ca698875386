"""AWS Backup: selections, updates of a plan, recovery points of a vault, names after a deletion.

AWS: a plan's selections are created, read, listed and deleted under the plan; UpdateBackupPlan replaces
the plan's rules under a new version; a vault lists its recovery points; a deleted plan can be read no
more and its name is free again. moto has none of these: 500, 404, or the deleted plan's ghost.
AWS: tags are read with or without a slash at the end of the path; moto wants the slash.
"""

import json
import time
import uuid
from types import ModuleType
from urllib.parse import unquote

from .backup_schedules import check_requests
from .kept import kept


def fill(module: ModuleType) -> None:
    responses = module.BackupResponse
    _fill_selections(responses)
    _fill_plans(responses)
    check_requests(responses)
    responses.list_tags = list_tags
    # Recovery points come from backup jobs, which nothing here runs.
    responses.list_recovery_points_by_backup_vault = lambda self: json.dumps({"RecoveryPoints": []})


def list_tags(self):
    arn = unquote(self.path.rstrip("/").split("/")[-1])
    return json.dumps({"Tags": self.backup_backend.list_tags(arn)})


def _plan_of(self):
    return self.path.split("/plans/")[-1].split("/")[0]


def _selections(self) -> dict:
    plan = _plan_of(self)
    self.backup_backend.get_backup_plan(plan, None)
    return kept(self.backup_backend, "selections").setdefault(plan, {})


def _fill_selections(responses: type) -> None:
    from moto.backup.exceptions import AlreadyExistsException, InvalidParameterValueException

    def find(self):
        identifier = self.path.rstrip("/").split("/")[-1]
        if identifier not in _selections(self):
            # AWS's answer, and the one that Terraform takes for "gone".
            raise InvalidParameterValueException(f"Cannot find Backup selection {identifier}")
        return _selections(self)[identifier]

    def create_backup_selection(self):
        selection = json.loads(self.body)["BackupSelection"]
        names = [each["BackupSelection"]["SelectionName"] for each in _selections(self).values()]
        if selection["SelectionName"] in names:
            raise AlreadyExistsException("Backup selection with the same name already exists")
        made = {
            "BackupPlanId": _plan_of(self),
            "SelectionId": str(uuid.uuid4()),
            "CreationDate": time.time(),
            "BackupSelection": selection,
        }
        _selections(self)[made["SelectionId"]] = made
        return json.dumps({key: made[key] for key in made if key != "BackupSelection"})

    def get_backup_selection(self):
        return json.dumps(find(self))

    def list_backup_selections(self):
        shown = [
            {
                "SelectionId": each["SelectionId"],
                "BackupPlanId": each["BackupPlanId"],
                "SelectionName": each["BackupSelection"]["SelectionName"],
                "IamRoleArn": each["BackupSelection"]["IamRoleArn"],
            }
            for each in _selections(self).values()
        ]
        return json.dumps({"BackupSelectionsList": shown})

    def delete_backup_selection(self):
        del _selections(self)[find(self)["SelectionId"]]
        return "{}"

    responses.create_backup_selection = create_backup_selection
    responses.get_backup_selection = get_backup_selection
    responses.list_backup_selections = list_backup_selections
    responses.delete_backup_selection = delete_backup_selection


def _fill_plans(responses: type) -> None:
    from moto.backup.exceptions import InvalidRequestException
    from moto.backup.models import Plan

    delete = responses.delete_backup_plan

    def update_backup_plan(self):
        backend = self.backup_backend
        old = backend.get_backup_plan(_plan_of(self), None)
        new = Plan(json.loads(self.body)["BackupPlan"], old.creator_request_id, backend)
        new.backup_plan_id, new.backup_plan_arn = old.backup_plan_id, old.backup_plan_arn
        backend.plans[old.backup_plan_id] = new
        return json.dumps(new.to_dict())

    def delete_backup_plan(self):
        if _selections(self):
            raise InvalidRequestException("Related backup plan selections must be deleted first")
        answer = delete(self)
        del self.backup_backend.plans[_plan_of(self)]
        return answer

    responses.update_backup_plan = update_backup_plan
    responses.delete_backup_plan = delete_backup_plan
