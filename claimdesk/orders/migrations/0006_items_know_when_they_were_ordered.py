from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_few_among_many")]

    operations = [
        migrations.AddField(
            model_name="orderitem",
            name="ordered_at",
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
    ]
