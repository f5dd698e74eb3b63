"""Beside the matcher's table of ours, what each database keeps keys best in."""

from django.db import migrations

from claimdesk.customers.matching.index import postgresql, sqlite


def create_keys(apps, schema_editor):
    schema_editor.execute((postgresql if schema_editor.connection.vendor == "postgresql" else sqlite).CREATE)


def drop_keys(apps, schema_editor):
    schema_editor.execute((postgresql if schema_editor.connection.vendor == "postgresql" else sqlite).DROP)


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [migrations.RunPython(create_keys, drop_keys)]
