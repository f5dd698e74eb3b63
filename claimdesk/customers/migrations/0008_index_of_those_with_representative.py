"""The index of representatives holds the customers who have one: an import of others need not write it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_new_match_keys_without_trigger")]

    operations = [
        migrations.RemoveIndex(model_name="customer", name="customer_representative"),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("representative__isnull", False)),
                fields=["representative", "name_folded", "id"],
                name="customer_representative",
            ),
        ),
    ]
