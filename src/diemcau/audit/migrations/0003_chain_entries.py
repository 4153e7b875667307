from datetime import date

from django.db import migrations, transaction
from django.utils import timezone

from diemcau.audit.chain import GENESIS, digest_of


def chain(apps, schema_editor):
    """Put the entries that stand already into the chain, in the order they were written."""
    # Each batch is a transaction of its own, so that who writes meanwhile waits for one batch, not
    # for all; begun again after a failure, it comes to the same digests.
    entries = apps.get_model("audit", "AuditEntry").objects
    day, position, total, digest = date.min, 0, 0, GENESIS
    # By batches of ids: a cursor left open over the table would see its own updates.
    last = 0
    while batch := list(entries.filter(pk__gt=last).order_by("pk")[:200]):
        for entry in batch:
            on = max(day, timezone.localdate(entry.at))
            position = position + 1 if on == day else 1
            day, total = on, total + 1
            entry.day, entry.position = day, position
            row = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields}
            entry.digest = digest = digest_of(digest, row)
        with transaction.atomic(using=schema_editor.connection.alias):
            entries.bulk_update(batch, ["day", "position", "digest"])
        last = batch[-1].pk
    if total:
        head = apps.get_model("audit", "AuditHead").objects
        said = {"day": day, "position": position, "total": total, "digest": digest}
        head.update_or_create(pk=1, defaults=said)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("audit", "0002_chain_columns")]

    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
