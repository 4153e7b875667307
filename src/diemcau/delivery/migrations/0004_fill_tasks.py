"""Gives the tasks from before their document, title, directive, lead and first state."""

from django.db import migrations, transaction

_AT_ONCE = 300
_LONGEST = 160


def _title(task):
    statement = task.statement
    words = " ".join(statement.quote.split())
    corrected = statement.corrected
    if corrected is not None and corrected.get("action") != statement.data.get("action"):
        words = task.action
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return (words[:1].upper() + words[1:])[:200]


def _lead(task):
    leads = [one for one in task.assignments.all() if one.role == "lead" and not one.is_collective]
    if len(leads) != 1:
        return ""
    return leads[0].body_ref.rpartition("@")[2] or "?"


def fill(apps, schema_editor):
    """Each batch is a transaction of its own; run again, it goes on where it stopped."""
    tasks = apps.get_model("delivery", "Task").objects
    directives = apps.get_model("delivery", "Directive").objects
    transitions = apps.get_model("delivery", "Transition").objects
    wanted = (
        tasks.filter(document=None)
        .select_related("statement")
        .prefetch_related("assignments")
        .order_by("pk")
    )
    while batch := list(wanted[:_AT_ONCE]):
        with transaction.atomic(using=tasks.db):
            made = directives.bulk_create(
                directives.model(
                    document_id=task.statement.document_id,
                    statement=task.statement,
                    text=task.statement.quote,
                    issuer=task.issuer,
                    said_on=task.said_on,
                    recorded_at=task.recorded_at,
                )
                for task in batch
            )
            transitions.bulk_create(
                transitions.model(task=task, after="new", at=task.recorded_at) for task in batch
            )
            for task, directive in zip(batch, made, strict=True):
                task.document_id = task.statement.document_id
                task.directive = directive
                task.title = _title(task)
                task.lead = _lead(task)
            tasks.bulk_update(batch, ["document", "directive", "title", "lead"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("delivery", "0003_what_became_of_it")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
