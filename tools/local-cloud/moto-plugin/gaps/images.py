"""ECR: the digest of an image.

AWS: it is the SHA-256 of the manifest. moto hashes the layers, and gives an index one of 101 random
digests, so that two releases may share one.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
"""

import hashlib
from types import ModuleType


def fill(module: ModuleType) -> None:
    def create_digest(self):
        self._image_digest = f"sha256:{hashlib.sha256(self.image_manifest.encode()).hexdigest()}"

    module.Image._create_digest = create_digest
