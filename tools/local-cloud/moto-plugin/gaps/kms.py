"""KMS: the rotation period.

AWS: EnableKeyRotation takes RotationPeriodInDays (90 to 2560, default 365) and
GetKeyRotationStatus gives it back. moto ignores it, and every aws_kms_key drifts on the second plan.
"""

import json
from types import ModuleType

from .kept import kept

DEFAULT_DAYS = 365


def fill(module: ModuleType) -> None:
    responses = module.KmsResponse
    enable, status = responses.enable_key_rotation, responses.get_key_rotation_status

    def key_of(self):
        return self.kms_backend.get_key_id(self._get_param("KeyId"))

    def enable_key_rotation(self):
        response = enable(self)
        days = self._get_param("RotationPeriodInDays") or DEFAULT_DAYS
        kept(self.kms_backend, "rotation_days")[key_of(self)] = days
        return response

    def get_key_rotation_status(self):
        answer = json.loads(status(self))
        if answer["KeyRotationEnabled"]:
            days = kept(self.kms_backend, "rotation_days").get(key_of(self), DEFAULT_DAYS)
            answer.update({"KeyId": key_of(self), "RotationPeriodInDays": days})
        return json.dumps(answer)

    responses.enable_key_rotation = enable_key_rotation
    responses.get_key_rotation_status = get_key_rotation_status
