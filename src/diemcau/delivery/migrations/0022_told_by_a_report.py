"""What a report told a task has the report's row beside it: on its words, and on its move."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0021_stages_taken_back'),
        ('directory', '0002_rows_by_id'),
        ('documents', '0006_document_is_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='progress',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.statement'),
        ),
        migrations.AddField(
            model_name='transition',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.statement'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(fields=('task', 'report'), name='told_once_by_a_report'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(('report', None), ('done', ''), _connector='OR'), name='words_of_a_report_stand_there'),
        ),
    ]
