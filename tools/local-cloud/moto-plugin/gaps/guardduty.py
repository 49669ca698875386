"""GuardDuty: the features of a detector, and one detector per region.

AWS: GetDetector lists every feature, each with its parts. A new detector has all of them enabled except
runtime monitoring; UpdateDetector changes those that it names. The lists are ordered, and Terraform
compares them in order. moto lists only what the last update named, and takes any number of detectors.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html (the defaults)
https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfigurationResult.html
"""

from types import ModuleType

from .refusals import refuse

#: Every feature in the order of GetDetector: its status in a new detector, and its parts.
FEATURES = {
    "CLOUD_TRAIL": ("ENABLED", ()),
    "DNS_LOGS": ("ENABLED", ()),
    "FLOW_LOGS": ("ENABLED", ()),
    "S3_DATA_EVENTS": ("ENABLED", ()),
    "EKS_AUDIT_LOGS": ("ENABLED", ()),
    "EBS_MALWARE_PROTECTION": ("ENABLED", ()),
    "RDS_LOGIN_EVENTS": ("ENABLED", ()),
    "EKS_RUNTIME_MONITORING": ("DISABLED", ("EKS_ADDON_MANAGEMENT",)),
    "LAMBDA_NETWORK_LOGS": ("ENABLED", ()),
    "RUNTIME_MONITORING": (
        "DISABLED",
        ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"),
    ),
}


def fill(module: ModuleType) -> None:
    detector, backend = module.Detector, module.GuardDutyBackend
    start, replace, create = detector.__init__, detector.update, backend.create_detector

    def __init__(self, *args, features=None, **kwargs):
        start(self, *args, features=_merged(_defaults(), features), **kwargs)

    def update(self, enable, finding_publishing_frequency, data_sources, features):
        merged = _merged(self.features, features)
        replace(self, enable, finding_publishing_frequency, data_sources, merged)

    def create_detector(self, *args, **kwargs):
        if self.detectors:
            refuse(
                "BadRequestException",
                "The request is rejected because a detector already exists for the current account.",
            )
        return create(self, *args, **kwargs)

    detector.__init__, detector.update = __init__, update
    backend.create_detector = create_detector


def _defaults() -> list[dict]:
    return [
        {
            "name": name,
            "status": status,
            "additionalConfiguration": [{"name": part, "status": "DISABLED"} for part in parts],
        }
        for name, (status, parts) in FEATURES.items()
    ]


def _merged(features: list[dict], changes: list[dict] | None) -> list[dict]:
    """Features or parts of one, in the order of `features`: what no change names stays."""
    changed = {change["name"]: change for change in changes or []}
    return [_changed(feature, changed.get(feature["name"], {})) for feature in features]


def _changed(feature: dict, change: dict) -> dict:
    status = change.get("status") or feature["status"]
    if "additionalConfiguration" not in feature:
        return {**feature, "status": status}
    parts = _merged(feature["additionalConfiguration"], change.get("additionalConfiguration"))
    return {**feature, "status": status, "additionalConfiguration": parts}
