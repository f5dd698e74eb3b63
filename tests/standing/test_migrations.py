"""Migrations are complete and named."""

import contextlib
from io import StringIO

import pytest
from django.core.management import call_command

from tests.standing.conftest import HOUSE


@pytest.mark.django_db
def test_models_and_migrations_agree():
    missing = StringIO()

    with contextlib.suppress(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=missing)

    assert missing.getvalue() == "No changes detected\n"


def test_every_migration_has_a_name_of_its_own():
    migrations = (HOUSE / "claimdesk").rglob("migrations/0*.py")

    assert [path.name for path in migrations if "_auto_" in path.name] == []
