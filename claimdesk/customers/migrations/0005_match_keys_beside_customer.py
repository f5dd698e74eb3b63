"""Keys stand in the customer's entry, and each database's index follows it; a worker files everybody anew."""

import django.db.models.deletion
from django.db import migrations, models

import claimdesk.customers.models.matching
from claimdesk.customers.matching.index import postgresql, sqlite


def drop_index(apps, schema_editor):
    for statement in _module(schema_editor).NO_TABLES:
        schema_editor.execute(statement)


def create_index(apps, schema_editor):
    for statement in _module(schema_editor).TABLES:
        schema_editor.execute(statement)


def forget_counts(apps, schema_editor):
    apps.get_model("customers", "MatchRarity").objects.all().delete()


def _module(schema_editor):
    return postgresql if schema_editor.connection.vendor == "postgresql" else sqlite


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_indexes_of_lists")]

    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.RunPython(forget_counts, migrations.RunPython.noop),
        migrations.DeleteModel("MatchEntry"),
        migrations.CreateModel(
            name="MatchEntry",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("keys", claimdesk.customers.models.matching.Keys()),
            ],
        ),
        migrations.RunPython(create_index, drop_index),
    ]
