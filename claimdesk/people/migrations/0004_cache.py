"""A cache that all processes share, where no other is configured: used one-time codes must not be used again."""

from django.core.management import call_command
from django.db import migrations

TABLE = "claimdesk_cache"


def create_cache(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_cache(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_indexes_of_lists")]

    operations = [migrations.RunPython(create_cache, drop_cache)]
