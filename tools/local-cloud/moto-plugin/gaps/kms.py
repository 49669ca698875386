"""KMS: the rotation period, keys that cannot be used, and policies that lock their author out.

AWS: EnableKeyRotation takes RotationPeriodInDays (90 to 2560, default 365) and
GetKeyRotationStatus gives it back. moto ignores it, and every aws_kms_key drifts on the second plan.

AWS: a disabled key or one that waits for its deletion encrypts and decrypts nothing, and a key policy
has to let its author change it again. moto uses such a key and takes such a policy.

https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
"""

import json
import struct
from types import ModuleType

from .kept import kept
from .key_policies import allows_change
from .kms_keys import find_key
from .refusals import check_first, refuse

DEFAULT_DAYS = 365

USES = (
    "encrypt",
    "generate_data_key",
    "generate_mac",
    "sign",
    "verify",
    "verify_mac",
)


def fill(module: ModuleType) -> None:
    responses = module.KmsResponse
    _fill_rotation(responses)
    for action in USES:
        check_first(responses, action, _usable)
    check_first(responses, "decrypt", _usable_for_ciphertext)
    check_first(responses, "re_encrypt", _usable_for_ciphertext, _usable)
    for action in ("create_key", "put_key_policy"):
        check_first(responses, action, _policy_keeps_access)


def _fill_rotation(responses: type) -> None:
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


def _usable(request) -> None:
    named = request._get_param("DestinationKeyId") or request._get_param("KeyId")
    _enabled(request, named)


def _usable_for_ciphertext(request) -> None:
    from moto.kms.utils import _deserialize_ciphertext_blob

    try:
        name = _deserialize_ciphertext_blob(request._get_param("CiphertextBlob")).key_id
    except (struct.error, UnicodeDecodeError):
        return  # moto refuses what is not a ciphertext.
    _enabled(request, name)


def _enabled(request, name: str) -> None:
    key = find_key(request.kms_backend, name)
    if key and key.key_state == "Disabled":
        refuse("DisabledException", f"{key.arn} is disabled.")
    if key and key.key_state == "PendingDeletion":
        refuse("KMSInvalidStateException", f"{key.arn} is pending deletion.")


def _policy_keeps_access(request) -> None:
    from moto.sts.models import sts_backends

    policy = request._get_param("Policy")
    if not policy or request._get_param("BypassPolicyLockoutSafetyCheck"):
        return
    sts = sts_backends[request.current_account][request.partition]
    _, caller, _ = sts.get_caller_identity(request.get_access_key(), request.region)
    if not allows_change(json.loads(policy), caller):
        refuse(
            "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future.",
        )
