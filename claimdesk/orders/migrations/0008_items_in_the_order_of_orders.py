from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_say_when_items_were_ordered")]

    operations = [
        migrations.AddIndex(
            model_name="orderitem",
            index=models.Index(fields=["state", "-ordered_at", "order"], name="order_item_state_ordered"),
        ),
    ]
