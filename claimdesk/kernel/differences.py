"""What a change changes, as events keep it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models


def set_differences(row: models.Model, fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs in `row` and return it as JSON values, before and after; nothing is saved."""
    before, after = {}, {}
    for name, value in fields.items():
        old = getattr(row, name)
        if old != value:
            before[name], after[name] = _plain(old), _plain(value)
            setattr(row, name, value)
    return before, after


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
