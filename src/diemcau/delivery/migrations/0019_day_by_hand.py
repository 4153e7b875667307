"""The day a person enters for a task whose text fixes none."""

from django.db import migrations, models


def take_the_day_of_ties(apps, schema_editor):
    """Promises without a day that were tied to an occasion or an agreement take theirs."""
    promises = apps.get_model("delivery", "Commitment").objects.filter(task__said_on=None)
    for one in promises.select_related("task", "occasion", "agreement"):
        day = one.occasion and one.occasion.on or one.agreement and one.agreement.signed_on
        if day:
            one.task.said_on = day
            one.task.save(update_fields=["said_on"])


class Migration(migrations.Migration):
    dependencies = [("delivery", "0018_who_gave_it")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="day_by_hand",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(take_the_day_of_ties, migrations.RunPython.noop),
    ]
