from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0005_money")]

    operations = [
        migrations.AddField(
            model_name="company",
            name="invitations_a_day",
            field=models.PositiveIntegerField(default=50),
        ),
    ]
