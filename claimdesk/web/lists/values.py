"""Read a value of a row by an attribute path or a function."""

from collections.abc import Callable
from typing import Any


def read(row: Any, way: str | Callable[[Any], Any]) -> Any:
    """Return what lies at `way`: "customer.name" follows attributes and stops at None; calls what is callable."""
    if callable(way):
        return way(row)
    value = row
    for part in way.split("."):
        if value is None:
            return None
        value = getattr(value, part)
    return value() if callable(value) else value
