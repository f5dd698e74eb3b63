from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0006_invitations_a_day")]

    operations = [
        migrations.AlterField(
            model_name="company",
            name="signed_in_after_creation",
            field=models.BooleanField(default=False),
        ),
    ]
