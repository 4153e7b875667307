"""The day a person enters for a task whose text fixes none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0017_correction_undone")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="day_by_hand",
            field=models.DateField(blank=True, null=True),
        ),
    ]
