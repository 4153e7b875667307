"""Says of each task from before which body gave it; its keeper is not asked any more."""

import datetime as dt
from collections import defaultdict

from django.db import migrations, transaction

from vanban.directory.names import key
from vanban.directory.resolve import resolve
from vanban.letters import fold

_AT_ONCE = 300
_SPEAKS_FOR = {"government": "government-office"}


def _reached(apps):
    """Ids of what each body reaches: itself, what stands under it, what it took over whole."""
    below = defaultdict(set)
    for pk, parent in apps.get_model("directory", "Body").objects.values_list("pk", "parent"):
        below[parent].add(pk)
    taken = apps.get_model("directory", "Succession").objects.filter(
        kind__in=("merged", "renamed"), what=""
    )
    for before, after in taken.values_list("before", "after"):
        below[after].add(before)

    def reach(body):
        found, edge = {body}, [body]
        while edge:
            edge = [pk for one in edge for pk in below[one] if pk not in found]
            found.update(edge)
        return found

    return reach


def _named(apps, issuer, on):
    bodies = apps.get_model("directory", "Body").objects
    found = resolve(issuer, on=on or dt.date.today(), kinds=("body", "office"))
    ref = (found.id or "").rpartition("@")[2]
    if ref:
        return bodies.filter(ref=_SPEAKS_FOR.get(ref, ref)).values_list("pk", flat=True).first()
    local = bodies.filter(is_local=True, names__key=key(issuer)).values_list("pk", flat=True)
    pks = set(local)
    return pks.pop() if len(pks) == 1 else None


def fill(apps, schema_editor):
    """Each batch is a transaction of its own; run again, it comes to the same."""
    tasks = apps.get_model("delivery", "Task").objects
    pk_of = dict(apps.get_model("directory", "Body").objects.values_list("ref", "pk"))
    reach, named = _reached(apps), {}

    def giver(task):
        body = None
        if task.issuer:
            wanted = task.issuer, task.said_on
            if wanted not in named:
                named[wanted] = _named(apps, *wanted)
            body = named[wanted]
            read = (task.statement.data.get("issuer") or "") if task.statement else ""
            owner = task.document.owner_id
            is_own = owner is not None and body in reach(owner)
            if body is None or not is_own or fold(read) == fold(task.issuer):
                return body
        keeper = body or task.document.owner_id
        doers = {
            pk_of.get(one.body_ref.rpartition("@")[2])
            for one in task.assignments.all()
            if one.ended_at is None and not one.completion and one.role != "following"
        }
        return keeper if keeper is not None and doers <= reach(keeper) else None

    last = 0
    while batch := list(
        tasks.filter(parent=None, pk__gt=last)
        .select_related("document", "statement")
        .prefetch_related("assignments")
        .order_by("pk")[:_AT_ONCE]
    ):
        with transaction.atomic(using=tasks.db):
            for task in batch:
                task.assigner_id = giver(task)
            tasks.bulk_update(batch, ["assigner"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("delivery", "0017_correction_undone"),
        ("directory", "0002_rows_by_id"),
        ("documents", "0005_fill_sought"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
