"""The day a person enters for a task whose text fixes none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0018_who_gave_it")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="day_by_hand",
            field=models.DateField(blank=True, null=True),
        ),
    ]
