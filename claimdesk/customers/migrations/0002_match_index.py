"""The matcher's index: a table of ours, and beside it what each database keeps keys best in."""

import django.db.models.deletion
from django.db import migrations, models

from claimdesk.customers.matching.index import postgresql, sqlite


def create_keys(apps, schema_editor):
    schema_editor.execute((postgresql if schema_editor.connection.vendor == "postgresql" else sqlite).CREATE)


def drop_keys(apps, schema_editor):
    schema_editor.execute((postgresql if schema_editor.connection.vendor == "postgresql" else sqlite).DROP)


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MatchRarity",
            fields=[
                ("key", models.IntegerField(primary_key=True, serialize=False)),
                ("customers", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="MatchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BigIntegerField()),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
        ),
        migrations.RunPython(create_keys, drop_keys),
    ]
