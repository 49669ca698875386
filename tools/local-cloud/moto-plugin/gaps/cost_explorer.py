"""Cost Explorer: anomaly monitors and subscriptions.

AWS: Create, Get, Update and Delete for both, with tags at creation; an unknown ARN in a Get is an
UnknownMonitorException or UnknownSubscriptionException. moto has none of these actions (500). Tags
go through moto's own tag store, whose actions exist.
"""

import json
import uuid
from types import ModuleType

from .kept import kept


def fill(module: ModuleType) -> None:
    _fill_kind(module.CostExplorerResponse, "Monitor")
    _fill_kind(module.CostExplorerResponse, "Subscription")


def _fill_kind(responses: type, kind: str) -> None:
    """`kind` is Monitor or Subscription: the two differ in little else."""
    from moto.core.exceptions import JsonRESTError

    document, arn_key = f"Anomaly{kind}", f"{kind}Arn"

    def stored(self):
        return kept(self.ce_backend, document)

    def find(self, arn):
        if arn not in stored(self):
            raise JsonRESTError(f"Unknown{kind}Exception", f"{arn} does not exist.")
        return stored(self)[arn]

    def create(self):
        account = self.current_account
        arn = f"arn:{self.partition}:ce::{account}:anomaly{kind.lower()}/{uuid.uuid4()}"
        owner = {"AccountId": account} if kind == "Subscription" else {}
        stored(self)[arn] = {**self._get_param(document), arn_key: arn, **owner}
        self.ce_backend.tag_resource(arn, self._get_param("ResourceTags") or [])
        return json.dumps({arn_key: arn})

    def get(self):
        wanted = self._get_param(f"{kind}ArnList") or list(stored(self))
        return json.dumps({f"{document}s": [find(self, arn) for arn in wanted]})

    def update(self):
        arn = self._get_param(arn_key)
        changes = {
            key: value
            for key, value in json.loads(self.body).items()
            if key != arn_key
        }
        find(self, arn).update(changes)
        return json.dumps({arn_key: arn})

    def delete(self):
        stored(self).pop(self._get_param(arn_key), None)
        return "{}"

    name = f"anomaly_{kind.lower()}"
    setattr(responses, f"create_{name}", create)
    setattr(responses, f"get_{name}s", get)
    setattr(responses, f"update_{name}", update)
    setattr(responses, f"delete_{name}", delete)
