"""Adds what tells a table of the register from a document of the library."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_fill_sought")]

    operations = [
        migrations.AddField(
            model_name="document", name="is_table", field=models.BooleanField(default=False)
        )
    ]
