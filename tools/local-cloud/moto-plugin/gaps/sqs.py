"""SQS: redrive policies, and attributes that wipe each other.

AWS: RedrivePolicy comes back as compact JSON, RedriveAllowPolicy is an attribute like any other,
and SetQueueAttributes touches only what it names. moto adds white space to RedrivePolicy (so the
provider sees a difference), never shows RedriveAllowPolicy (so the provider waits forever), and
drops the queue's Policy whenever any other attribute is set.
"""

import json
from types import ModuleType


def fill(module: ModuleType) -> None:
    queue = module.Queue
    set_attributes = queue._set_attributes
    show = queue.attributes.fget

    def _set_attributes(self, attributes, now=None):
        policy = getattr(self, "policy", None)
        set_attributes(self, attributes, now)
        if "Policy" not in attributes:
            self.policy = policy

    def attributes(self):
        shown = show(self)
        if self.redrive_policy:
            shown["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
        if not self.redrive_allow_policy:
            shown.pop("RedriveAllowPolicy", None)
        return shown

    queue.BASE_ATTRIBUTES.append("RedriveAllowPolicy")
    queue.redrive_allow_policy = None
    queue._set_attributes = _set_attributes
    queue.attributes = property(attributes)
