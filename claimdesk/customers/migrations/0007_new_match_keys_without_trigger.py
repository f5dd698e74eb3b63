"""New customers are filed by the index itself on SQLite: a trigger doubled the time that their keys take."""

from django.db import migrations

from claimdesk.customers.matching.index import sqlite


def drop_trigger(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(sqlite.NO_TRIGGER_OF_NEW)


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_one_index_of_representatives")]

    operations = [migrations.RunPython(drop_trigger, migrations.RunPython.noop)]
