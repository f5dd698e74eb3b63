"""The causes that come along; the seller edits them."""

from django.db import migrations

FIRST = (
    {"en": "does not fit", "de": "passt nicht"},
    {"en": "wants another article", "de": "möchte einen anderen Artikel"},
    {"en": "faulty", "de": "defekt"},
    {"en": "damaged", "de": "beschädigt"},
    {"en": "missing", "de": "fehlt"},
    {"en": "wrong article", "de": "falscher Artikel"},
    {"en": "more parts needed", "de": "weitere Teile nötig"},
)


def add_causes(apps, schema_editor):
    cause = apps.get_model("aftersales", "ReclamationCause")
    cause.objects.bulk_create(cause(names=names, position=n) for n, names in enumerate(FIRST, start=1))


class Migration(migrations.Migration):
    dependencies = [("aftersales", "0001_causes")]

    operations = [migrations.RunPython(add_causes, migrations.RunPython.noop)]
