"""The shape of every write: permission, one transaction, exactly one entry."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit import append_only as triggers
from diemcau.audit.actions import ACTIONS, action, came_from, origin, record_action
from diemcau.audit.chain import GENESIS, head, verify
from diemcau.audit.models import AuditEntry
from tests.diemcau.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename():
    @action("test.rename", may=can_manage_accounts)
    def rename(actor, person, *, to, entries=1):
        person.first_name = str(to)[:20]
        person.save()
        for _ in range(entries):
            record_action(person, detail={"to": to})

    yield rename
    del ACTIONS["test.rename"]


@pytest.fixture
def administrator():
    return make_person(Role.ADMINISTRATOR, name="admin")


def test_an_action_leaves_one_entry_with_who_and_from_where(rename, administrator):
    with origin("web"), came_from("192.0.2.7"):
        rename(administrator, administrator, to="Lan")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.origin) == ("test.rename", administrator, "web")
    assert (entry.address, entry.on_behalf_of) == ("192.0.2.7", None)
    assert (entry.target_type, entry.target_id) == ("accounts.user", str(administrator.pk))


@pytest.mark.parametrize("entries", [0, 2])
def test_an_action_that_does_not_record_exactly_once_changes_nothing(
    rename, administrator, entries
):
    with pytest.raises(RuntimeError, match="entries"):
        rename(administrator, administrator, to="Lan", entries=entries)
    administrator.refresh_from_db()
    assert administrator.first_name == "admin"
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


def test_the_chain_walks_and_agrees_with_its_head(rename, administrator):
    assert (verify().is_whole, verify().total, head().digest) == (True, 0, GENESIS)
    for name in ("Lan", "Minh", "Hoa"):
        rename(administrator, administrator, to=name)
    report = verify()
    assert (report.is_whole, report.total, report.days) == (True, 3, 1)
    assert (head().total, head().digest) == (3, report.digest)
    assert list(AuditEntry.objects.values_list("position", flat=True)) == [1, 2, 3]


_FORGERIES = {
    "changed": lambda rows: rows.filter(pk=rows[1].pk).update(detail={"to": "Kẻ khác"}),
    "other actor": lambda rows: rows.filter(pk=rows[1].pk).update(actor=None),
    "removed inside": lambda rows: rows.filter(pk=rows[1].pk)._raw_delete("default"),
    "cut off": lambda rows: rows.filter(pk=rows.last().pk)._raw_delete("default"),
    "two exchanged": lambda rows: [
        rows.filter(pk=rows[1].pk).update(position=9),
        rows.filter(pk=rows[2].pk).update(position=2),
        rows.filter(pk=rows[1].pk).update(position=3),
    ],
}


@pytest.mark.parametrize("forge", _FORGERIES.values(), ids=_FORGERIES)
def test_what_somebody_did_to_the_log_shows(rename, administrator, forge):
    for name in ("Lan", "Minh", "Hoa"):
        rename(administrator, administrator, to=name)
    forge(AuditEntry.objects.order_by("pk"))
    assert not verify().is_whole


def test_a_clock_set_back_puts_nothing_before_what_was_there(rename, administrator, monkeypatch):
    now = timezone.now()
    for days in (0, 1, -3, 2):
        monkeypatch.setattr(timezone, "now", lambda days=days: now + dt.timedelta(days=days))
        rename(None, administrator, to=f"Lan {days}")
    entries = list(AuditEntry.objects.order_by("pk").values_list("day", "position"))
    assert entries == sorted(entries)
    assert (verify().is_whole, verify().days) == (True, 3)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.floats(-1e30, 1e30)
            | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
        max_size=4,
    )
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_entry_holds_comes_back_with_its_digest(rename, administrator, detail):
    rename(administrator, administrator, to=detail)
    assert verify().is_whole


@pytest.fixture
def append_only(db):
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.mark.usefixtures("append_only")
def test_the_database_itself_refuses_to_change_or_delete_an_entry(rename, administrator):
    rename(administrator, administrator, to="Lan")
    assert triggers.is_installed(connection)
    for forge in (
        lambda rows: rows.update(reason="khác"),
        lambda rows: rows._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            forge(AuditEntry.objects.all())
    rename(administrator, administrator, to="Minh")
    assert verify().is_whole
