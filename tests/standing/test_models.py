"""Columns say what they hold."""

from django.apps import apps
from django.db import models

DJANGOS_OWN = {"last_login", "date_joined"}
OURS = "claimdesk."
INSTANT = ("_at", ".at", "_until", ".since")


def fields() -> list[tuple[str, models.Field]]:
    """Every field of our own tables, with its name as `Table.field`."""
    tables = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return [
        (f"{table.__name__}.{field.name}", field)
        for table in tables
        for field in table._meta.local_fields
        if field.name not in DJANGOS_OWN
    ]


def test_instants_end_in_at_and_days_in_on():
    wrong = [
        name
        for name, field in fields()
        if (type(field) is models.DateTimeField and not name.endswith(INSTANT))
        or (type(field) is models.DateField and not name.endswith("_on"))
    ]

    assert fields()
    assert wrong == []
