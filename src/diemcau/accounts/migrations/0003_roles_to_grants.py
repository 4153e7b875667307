from django.db import migrations
from django.utils import timezone

_SEE_CLOSED = ("coordinator", "secretariat")


def grant(apps, schema_editor):
    """The role each person had everywhere becomes a grant over the whole installation."""
    people = apps.get_model("accounts", "User").objects.order_by("pk")
    grants = apps.get_model("accounts", "Grant").objects
    now = timezone.now()
    grants.bulk_create(
        grants.model(
            person=person,
            role=person.role,
            sees_closed=person.role in _SEE_CLOSED,
            starts_on=timezone.localdate(person.date_joined),
            made_at=now,
        )
        for person in people
    )


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_grants")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
