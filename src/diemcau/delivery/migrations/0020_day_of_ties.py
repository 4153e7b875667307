"""Promises without a day that were tied to an occasion or an agreement take theirs."""

from django.db import migrations

_AT_ONCE = 300


def take_the_day_of_ties(apps, schema_editor):
    """In batches; run again, it comes to the same."""
    task = apps.get_model("delivery", "Task")
    promises = apps.get_model("delivery", "Commitment").objects.filter(task__said_on=None)
    dated = []
    for one in promises.select_related("task", "occasion", "agreement").iterator(_AT_ONCE):
        day = (one.occasion and one.occasion.on) or (one.agreement and one.agreement.signed_on)
        if day:
            one.task.said_on = day
            dated.append(one.task)
    for at in range(0, len(dated), _AT_ONCE):
        task.objects.bulk_update(dated[at : at + _AT_ONCE], ["said_on"])


class Migration(migrations.Migration):
    dependencies = [("delivery", "0019_day_by_hand")]

    operations = [migrations.RunPython(take_the_day_of_ties, migrations.RunPython.noop)]
