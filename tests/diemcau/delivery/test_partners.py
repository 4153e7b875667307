"""With whom a promise is: what its row shows, and under whom the register finds it."""

import datetime as dt
import unicodedata

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role
from diemcau.delivery.actions import AgreementFields, save_agreement, write_commitment
from diemcau.delivery.models import PromiseForm
from diemcau.delivery.partners import partners_of
from diemcau.delivery.promises import named_partners, names_partner
from diemcau.delivery.queries import TaskFilter, find_tasks
from diemcau.documents.models import Document
from diemcau.engagements.actions import save_event
from diemcau.engagements.models import Event, EventKind
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document

pytestmark = pytest.mark.django_db

SAID = dt.date(2025, 7, 1)
REFS = {"Ai Cập": "eg", "Ấn Độ": "in", "Singapore": "sg", "Công ty Alpha": ""}
_names = st.sampled_from(list(REFS))
_nobody = st.sampled_from(
    ["phía Bạn", "PHÍA  BẠN", "phia ban", unicodedata.normalize("NFD", "Nước bạn"), "Đối tác"]
)


def a_promise(others, met, sides, *, document=None):
    """A promise said to some, at an event with some, in an agreement with some; None is none."""
    occasion = agreement = None
    if met is not None:
        occasion = save_event(
            None,
            document=document or make_document(event_on="2025-07-01"),
            kind=EventKind.VISIT_OUT,
            title="Chuyến thăm",
            on=SAID,
            partners=met,
        )
    if sides is not None:
        agreement = save_agreement(
            None,
            document=make_document(event_on="2025-07-01"),
            fields=AgreementFields(title="Bản ghi nhớ", ours=["Bộ Công Thương"], theirs=sides),
            is_another=True,
        )
    return write_commitment(
        None,
        document=make_document(event_on="2025-07-01"),
        content="Lập nhóm công tác chung",
        form=PromiseForm.SAID,
        parties=["hai bên"],
        counterparts=others,
        agreement=agreement,
        occasion=occasion,
    )


def shown(by, made):
    names = [one.as_written for one in made.parties.filter(is_ours=False)]
    found = partners_of(by, [made], {made.pk: names})[made.pk]
    return {REFS.get(name, "") for name in found.names} - {""}


def found_under(by, made):
    tasks = {ref: find_tasks(by, TaskFilter(partner=ref), on=SAID) for ref in REFS.values() if ref}
    return {ref for ref, rows in tasks.items() if rows.filter(pk=made.task_id).exists()}


@pytest.mark.parametrize(
    ("others", "met", "sides", "refs"),
    [
        ([], ["Ấn Độ"], ["Singapore"], {"in"}),
        (["phía Bạn"], None, ["Singapore"], {"sg"}),
        (["Công ty Alpha"], None, ["Singapore"], set()),
        (["Ai Cập"], ["Ấn Độ"], ["Singapore"], {"eg"}),
        ([], ["Công ty Alpha"], ["Singapore"], set()),
        ([], [], ["Singapore"], {"sg"}),
    ],
)
def test_the_words_go_before_the_visit_and_the_visit_before_the_agreement(others, met, sides, refs):
    made = a_promise(others, met, sides)
    assert (shown(None, made), found_under(None, made)) == (refs, refs)


@given(
    others=st.lists(_names | _nobody, max_size=2, unique=True),
    met=st.none() | st.lists(_names, max_size=2, unique=True),
    sides=st.none() | st.lists(_names, min_size=1, max_size=2, unique=True),
    stands=st.sampled_from(["", "withdrawn", "closed"]),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_promise_is_found_under_the_partners_its_row_shows(others, met, sides, stands):
    with transaction.atomic():
        reader = make_person(Role.READER, name="nguoi-doc")
        document = make_document(event_on="2025-07-01")
        made = a_promise(others, met, sides, document=document)
        if stands == "withdrawn":
            Event.objects.update(withdrawn_at=timezone.now())
        Document.objects.filter(pk=document.pk).update(is_closed=stands == "closed")
        for by in (None, reader):
            assert found_under(by, made) == shown(by, made)
        parties = made.parties.filter(is_ours=False)
        expected = {one.pk for one in parties if names_partner(one.as_written)}
        assert {one.pk for one in named_partners().filter(commitment=made)} == expected
        transaction.set_rollback(True)
