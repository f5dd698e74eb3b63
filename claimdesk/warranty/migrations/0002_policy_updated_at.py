from django.db import migrations, models

import claimdesk.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("warranty", "0001_units_policies_and_rates"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="updated_at",
            field=models.DateTimeField(default=claimdesk.kernel.clock.now),
        ),
    ]
