import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("position", models.PositiveIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField("auditentry", "day", models.DateField(null=True)),
        migrations.AddField("auditentry", "position", models.PositiveIntegerField(null=True)),
        migrations.AddField("auditentry", "digest", models.CharField(max_length=64, null=True)),
        migrations.AddField(
            "auditentry", "address", models.CharField(blank=True, default="", max_length=45), preserve_default=False
        ),
        migrations.AddField(
            "auditentry",
            "on_behalf_of",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
