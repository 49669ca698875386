"""GuardDuty: UpdateDetector with features.

AWS: changes the features that are named and keeps the others. moto replaces the whole list, so that
of two aws_guardduty_detector_feature resources only the last one survives.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    replace = module.Detector.update

    def update(self, enable, finding_publishing_frequency, data_sources, features):
        merged = {feature["name"]: feature for feature in self.features}
        merged.update({feature["name"]: feature for feature in features or []})
        replace(self, enable, finding_publishing_frequency, data_sources, list(merged.values()))

    module.Detector.update = update
