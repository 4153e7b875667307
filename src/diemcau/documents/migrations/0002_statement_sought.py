"""Adds what a statement is found by, and fills it in for the statements that are there."""

from django.db import migrations, models

from diemcau.documents.sought import sought_of


def fill(apps, schema_editor):
    statements = apps.get_model("documents", "Statement")
    batch = []
    for one in statements.objects.only("quote", "data", "corrected").iterator(chunk_size=500):
        one.sought = sought_of(one.quote, one.data if one.corrected is None else one.corrected)
        batch.append(one)
        if len(batch) == 500:
            statements.objects.bulk_update(batch, ["sought"])
            batch = []
    statements.objects.bulk_update(batch, ["sought"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField("statement", "sought", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
