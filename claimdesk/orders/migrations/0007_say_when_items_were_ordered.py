from django.db import migrations
from django.db.models import OuterRef, Subquery


def say_when(apps, schema_editor):
    """Give each item the instant at which its order was placed."""
    orders = apps.get_model("orders", "Order").objects.filter(pk=OuterRef("order_id"))
    items = apps.get_model("orders", "OrderItem").objects.all()
    items.update(ordered_at=Subquery(orders.values("ordered_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_items_know_when_they_were_ordered")]

    operations = [migrations.RunPython(say_when, migrations.RunPython.noop)]
