"""Fills in what the statements from before are found by, a few hundred at a time."""

from django.db import migrations, transaction

from diemcau.documents.sought import sought_of

_AT_ONCE = 200


def fill(apps, schema_editor):
    """Each batch is a transaction of its own, so that who writes meanwhile waits for one batch."""
    statements = apps.get_model("documents", "Statement").objects
    last = 0
    wanted = statements.filter(sought="").order_by("pk").only("quote", "data", "corrected")
    while batch := list(wanted.filter(pk__gt=last)[:_AT_ONCE]):
        for one in batch:
            one.sought = sought_of(one.quote, one.data if one.corrected is None else one.corrected)
        with transaction.atomic(using=statements.db):
            statements.bulk_update(batch, ["sought"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("documents", "0004_statement_commitments")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
