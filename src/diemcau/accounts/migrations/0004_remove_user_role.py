from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_roles_to_grants")]

    operations = [migrations.RemoveField("user", "role")]
