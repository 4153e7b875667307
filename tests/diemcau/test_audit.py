"""The shape of every write: permission, one transaction, exactly one entry."""

import pytest
from django.core.exceptions import PermissionDenied

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.actions import ACTIONS, action, origin, record_action
from diemcau.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename():
    @action("test.rename", may=can_manage_accounts)
    def rename(actor, person, *, to, entries=1):
        person.first_name = to
        person.save()
        for _ in range(entries):
            record_action(person, detail={"to": to})

    yield rename
    del ACTIONS["test.rename"]


@pytest.fixture
def administrator():
    return User.objects.create(username="admin", role=Role.ADMINISTRATOR)


def test_an_action_leaves_one_entry_with_who_and_from_where(rename, administrator):
    with origin("web"):
        rename(administrator, administrator, to="Lan")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.origin) == ("test.rename", administrator, "web")
    assert (entry.target_type, entry.target_id) == ("accounts.user", str(administrator.pk))


@pytest.mark.parametrize("entries", [0, 2])
def test_an_action_that_does_not_record_exactly_once_changes_nothing(
    rename, administrator, entries
):
    with pytest.raises(RuntimeError, match="entries"):
        rename(administrator, administrator, to="Lan", entries=entries)
    administrator.refresh_from_db()
    assert administrator.first_name == ""
    assert not AuditEntry.objects.exists()


def test_who_may_not_is_refused_before_anything_happens(rename):
    reader = User.objects.create(username="reader")
    with pytest.raises(PermissionDenied):
        rename(reader, reader, to="Lan")
    assert not AuditEntry.objects.exists()


def test_an_entry_cannot_be_changed_or_deleted(rename, administrator):
    rename(None, administrator, to="Lan")
    entry = AuditEntry.objects.get()
    with pytest.raises(TypeError, match="never"):
        entry.save()
    with pytest.raises(TypeError, match="never"):
        entry.delete()


def test_recording_outside_an_action_is_refused(administrator):
    with pytest.raises(RuntimeError, match="inside"):
        record_action(administrator)
