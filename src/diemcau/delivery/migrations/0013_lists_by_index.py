"""Indexes that answer the register's first page and the counts by body without sorting."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0009_matters"),
        ("delivery", "0012_occasions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=Q(
                    status__in=("new", "in_progress", "awaiting", "redo"),
                    withdrawn_at=None,
                    replaced_by=None,
                ),
                fields=["due_to", "id"],
                name="task_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=Q(withdrawn_at=None, replaced_by=None),
                fields=["lead", "status", "due_to", "delivered_on", "document"],
                name="task_standings_of_lead",
            ),
        ),
    ]
