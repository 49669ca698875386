"""AWS Backup: the paths of what backup.py adds; see there."""

from types import ModuleType


def fill(module: ModuleType) -> None:
    dispatch = module.response.dispatch
    module.url_paths["{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/$"] = dispatch
