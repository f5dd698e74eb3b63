"""The words by which customers and contacts are found, in what each database looks up beginnings best."""

from django.db import migrations

from claimdesk.customers.search.tables import postgresql, sqlite


def statements(schema_editor):
    return postgresql if schema_editor.connection.vendor == "postgresql" else sqlite


def create_words(apps, schema_editor):
    for statement in statements(schema_editor).CREATE:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    for statement in statements(schema_editor).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_match_index")]

    operations = [migrations.RunPython(create_words, drop_words)]
