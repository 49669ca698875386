"""moto lists its services from disk at each request, a sixth of its work. Here, it lists them once."""

from types import ModuleType


def fill(module: ModuleType) -> None:
    names = tuple(module.list_of_moto_modules())
    module.list_of_moto_modules = lambda: names
