"""Adds what a statement is found by; 0005 fills it in for the statements that are there.

The filling stood here first, and held the table for as long as it took.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField("statement", "sought", models.TextField(default="", editable=False)),
    ]
