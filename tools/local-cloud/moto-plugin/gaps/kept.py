"""Where a gap keeps what moto has no place for."""

from typing import Any


def kept(backend: Any, name: str) -> dict[str, Any]:
    """A dictionary that lives as long as the backend, which is one account's in one region."""
    return backend.__dict__.setdefault(f"_kept_{name}", {})
