import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INDEX = "customers_customer_representative_id_e9582e86"


class Migration(migrations.Migration):
    """`customer_representative` begins with the same column. Only the index goes: AlterField would have SQLite
    write a table of a million customers anew."""

    dependencies = [
        ("customers", "0005_match_keys_beside_customer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX IF EXISTS "{INDEX}"',
                    f'CREATE INDEX "{INDEX}" ON "customers_customer" ("representative_id")',
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="customer",
                    name="representative",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
