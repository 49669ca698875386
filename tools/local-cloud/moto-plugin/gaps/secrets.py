"""Secrets Manager: values that are too long, and keys that do not exist.

AWS: a value has at most 65,536 bytes. moto takes any length, and any key.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
"""

import base64
from types import ModuleType

from .kms_keys import key_exists
from .refusals import check_first, refuse, refuse_value

LENGTH = 65_536


def fill(module: ModuleType) -> None:
    responses = module.SecretsManagerResponse
    for action in ("create_secret", "put_secret_value", "update_secret"):
        check_first(responses, action, _value, _key)


def _value(request) -> None:
    values = {
        "secretString": (request._get_param("SecretString") or "").encode(),
        "secretBinary": base64.b64decode(request._get_param("SecretBinary") or ""),
    }
    for name, value in values.items():
        if len(value) > LENGTH:
            constraint = f"have length less than or equal to {LENGTH}"
            # AWS does not repeat a secret in an error.
            refuse_value("ValidationException", None, name, constraint)


def _key(request) -> None:
    key = request._get_param("KmsKeyId")
    if key and not key_exists(request, key):
        refuse("InvalidParameterException", f"Key '{key}' does not exist")
