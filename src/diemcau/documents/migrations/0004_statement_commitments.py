"""Adds commitments to the kinds of statement."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_custody")]

    operations = [
        migrations.AlterField(
            "statement",
            "kind",
            models.CharField(
                choices=[
                    ("events", "Event"),
                    ("people", "Person"),
                    ("instruments", "Instrument"),
                    ("figures", "Figure"),
                    ("tasks", "Task"),
                    ("partners", "Partner"),
                    ("shortcomings", "Shortcoming"),
                    ("commitments", "Commitment"),
                ],
                max_length=20,
            ),
        ),
    ]
