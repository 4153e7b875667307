"""An index that finds what bodies sent back without walking every assignment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0013_lists_by_index")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["answer", "task"], name="assignment_by_answer"),
        ),
    ]
