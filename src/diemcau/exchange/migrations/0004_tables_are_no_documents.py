"""Marks the tables that were brought before, and takes back what was read in them as proposals."""

from django.db import migrations


def mark(apps, schema_editor):
    """A table was stored with a reading of no time; a document brought again as a table was read."""
    documents = apps.get_model("documents", "Document").objects
    read_as_table = apps.get_model("documents", "Reading").objects.filter(
        text_version__number=1, seconds=0
    )
    tables = documents.filter(
        task_imports__isnull=False, pk__in=read_as_table.values("text_version__document")
    )
    pks = list(tables.order_by().values_list("pk", flat=True).distinct())
    for at in range(0, len(pks), 500):
        some = pks[at : at + 500]
        documents.filter(pk__in=some).update(is_table=True)
        proposed = apps.get_model("documents", "Statement").objects.filter(
            document__in=some, state="proposed"
        )
        proposed.update(state="superseded")


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_monthly_table"),
        ("documents", "0006_document_is_table"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
