"""Finds KMS keys, for KMS itself and for the services that encrypt with them."""

from moto.kms.models import Key, KmsBackend, kms_backends


def key_exists(request, name: str) -> bool:
    """@param name: a key's id, an alias, or the ARN of either, in any account"""
    region, account = request.region, request.current_account
    if name.startswith("arn:"):
        _, _, _, region, account, _ = name.split(":", 5)
    kms = kms_backends[account][region]
    # AWS makes its own keys when they are first used.
    return kms.get_alias_name(name).startswith("alias/aws/") or bool(find_key(kms, name))


def find_key(kms: KmsBackend, name: str) -> Key | None:
    alias = kms.get_alias_name(name)
    if alias.startswith("alias/"):
        return next((key for key in kms.keys.values() if alias in key.aliases), None)
    return kms.keys.get(kms.get_key_id(name))
