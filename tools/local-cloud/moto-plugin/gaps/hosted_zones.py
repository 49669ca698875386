"""Route 53: aliases at the apex of a zone.

AWS: a CNAME cannot be at the apex, where the zone's own records are; an alias record can. moto takes
both.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat
"""

from types import ModuleType

from .refusals import check_first, refuse


def fill(module: ModuleType) -> None:
    check_first(module.Route53, "change_resource_record_sets", _apex)


def _apex(request) -> None:
    apex = request.backend.get_hosted_zone(request._get_param("HostedZoneId")).name
    for change in request._get_param("ChangeBatch.Changes"):
        record = change["ResourceRecordSet"]
        name = record["Name"].rstrip(".") + "."
        if record["Type"] == "CNAME" and name.lower() == apex.lower():
            refuse(
                "InvalidChangeBatch",
                f"[RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {apex}]",
            )
