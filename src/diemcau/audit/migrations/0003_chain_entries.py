from datetime import date

from django.db import migrations
from django.utils import timezone

from diemcau.audit.chain import GENESIS, digest_of


def chain(apps, schema_editor):
    """Put the entries that stand already into the chain, in the order they were written."""
    entries = apps.get_model("audit", "AuditEntry").objects
    day, position, total, digest = date.min, 0, 0, GENESIS
    # By batches of ids: a cursor left open over the table would see its own updates.
    last = 0
    while batch := list(entries.filter(pk__gt=last).order_by("pk")[:1000]):
        for entry in batch:
            on = max(day, timezone.localdate(entry.at))
            position = position + 1 if on == day else 1
            day, total = on, total + 1
            entry.day, entry.position = day, position
            row = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields}
            entry.digest = digest = digest_of(digest, row)
        entries.bulk_update(batch, ["day", "position", "digest"])
        last = batch[-1].pk
    if total:
        head = apps.get_model("audit", "AuditHead").objects
        head.create(pk=1, day=day, position=position, total=total, digest=digest)


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_chain_columns")]

    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
