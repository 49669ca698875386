"""SageMaker: images that a model cannot have.

AWS: CreateModel takes an image with a Docker manifest only, not an OCI manifest or index. moto does not
look at the image. One that is not in a registry of this account and region is taken here.

https://github.com/aws/amazon-sagemaker-feedback/issues/180
"""

import re

from .refusals import check_first, refuse

IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/(?P<repository>[^:@]+)"
    r"(?::(?P<tag>[^@]+))?(?:@(?P<digest>.+))?"
)


def check_requests(responses: type) -> None:
    check_first(responses, "create_model", _images)


def _images(request) -> None:
    containers = [request._get_param("PrimaryContainer"), *(request._get_param("Containers") or [])]
    for uri in [container.get("Image") for container in containers if container]:
        media_type = _media_type(uri or "")
        if media_type.startswith("application/vnd.oci."):
            refuse(
                "ValidationException",
                f"Unsupported manifest media type {media_type} for image {uri}. Ensure that valid "
                "manifest media type is used for specified image.",
            )


def _media_type(uri: str) -> str:
    """Of an image in a registry of the embedded AWS; empty for any other."""
    from moto.ecr.models import ecr_backends

    named = IMAGE.fullmatch(uri)
    if not named:
        return ""
    registry = ecr_backends[named["account"]][named["region"]]
    repository = registry.repositories.get(named["repository"])
    for image in repository.images if repository else []:
        if named["digest"] == image.get_image_digest() or (
            not named["digest"] and (named["tag"] or "latest") in image.image_tags
        ):
            return image.image_manifest_media_type or ""
    return ""
