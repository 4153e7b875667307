"""Another deadline that was asked for may be taken back by who asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0014_answers_by_index")]

    operations = [
        migrations.AlterField(
            model_name="slip",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Asked for"),
                    ("approved", "Approved"),
                    ("refused", "Refused"),
                    ("withdrawn", "Taken back"),
                ],
                default="asked",
                max_length=12,
            ),
        ),
    ]
