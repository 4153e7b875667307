from django.db import migrations, models

from diemcau.audit.append_only import install, remove


class Migration(migrations.Migration):

    dependencies = [("audit", "0003_chain_entries")]

    operations = [
        migrations.AlterField("auditentry", "day", models.DateField()),
        migrations.AlterField("auditentry", "position", models.PositiveIntegerField()),
        migrations.AlterField("auditentry", "digest", models.CharField(max_length=64)),
        migrations.AddConstraint(
            "auditentry", models.UniqueConstraint(fields=["day", "position"], name="audit_place_once")
        ),
        migrations.RunPython(
            lambda apps, editor: install(editor.connection),
            lambda apps, editor: remove(editor.connection),
        ),
    ]
