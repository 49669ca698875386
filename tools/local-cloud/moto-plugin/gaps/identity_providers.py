"""IAM: thumbprints of an OpenID Connect provider, and a second provider with the same URL.

AWS: "If it is not included, IAM will retrieve and use the top intermediate certificate authority (CA)
thumbprint of the OpenID Connect identity provider server certificate." moto keeps an empty list, which
hides that `thumbprint_list = []` is a change in every plan; its error reads "Unknown".

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
"""

import hashlib
from types import ModuleType


def fill(module: ModuleType) -> None:
    from moto.iam.exceptions import EntityAlreadyExists

    backend = module.IAMBackend
    create = backend.create_open_id_connect_provider

    def create_open_id_connect_provider(self, url, thumbprint_list, *args, **kwargs):
        try:
            return create(self, url, thumbprint_list or [_retrieved(url)], *args, **kwargs)
        except EntityAlreadyExists as error:
            raise EntityAlreadyExists(f"Provider with url {url} already exists.") from error

    backend.create_open_id_connect_provider = create_open_id_connect_provider


def _retrieved(url: str) -> str:
    """Stands for the SHA-1 of a certificate, for which IAM would connect to the issuer."""
    return hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
