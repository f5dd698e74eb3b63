from django.db import migrations

ROLES = {"sales": "Sales", "service": "Service", "finance": "Finance", "administrator": "Administrator"}


def add_roles(apps, schema_editor):
    role = apps.get_model("people", "StaffRole")
    for key, name in ROLES.items():
        role.objects.get_or_create(key=key, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop, elidable=False)]
