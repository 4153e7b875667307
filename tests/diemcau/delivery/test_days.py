"""The day of a promise or a task: its text's, else a person's, else that of what it is tied to."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery.actions import (
    AgreementFields,
    give_day,
    place_commitment,
    save_agreement,
    write_commitment,
)
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import PromiseForm
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.promises import record_commitment
from diemcau.delivery.queries import find_tasks
from diemcau.delivery.refusals import Refused
from diemcau.documents.models import StatementState
from diemcau.engagements.actions import save_event
from diemcau.engagements.models import EventKind
from diemcau.review.actions import accept_statement
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

VISIT = dt.date(2026, 9, 20)
SIGNED = dt.date(2026, 9, 21)


@pytest.fixture
def document(db):
    return make_document()


@pytest.fixture
def visit(document):
    return save_event(
        None, document=document, kind=EventKind.VISIT_OUT, title="Thăm Nhật Bản", on=VISIT
    )


def promise(document, words="Nhật Bản sẽ hoàn tất thủ tục", **values):
    said = {"what": words, "parties": ["Nhật Bản"], "counterparts": [], "form": "said", **values}
    statement = make_statement(
        document, "commitments", words, state=StatementState.ACCEPTED, **said
    )
    return record_commitment(statement)


def day_of(task):
    task.refresh_from_db()
    return task.said_on


def test_a_promise_takes_the_day_of_its_occasion_and_keeps_it_when_decided_again(document, visit):
    task = promise(document)
    assert day_of(task) is None
    place_commitment(None, task=task.pk, agreement=None, occasion=visit)
    assert day_of(task) == VISIT
    record_commitment(task.statement)
    assert day_of(task) == VISIT
    found = find_tasks(None, TaskFilter(said="2026-Q3"), on=timezone.localdate())
    assert found.filter(pk=task.pk).exists()
    place_commitment(None, task=task.pk, agreement=None, occasion=None)
    assert day_of(task) is None


def test_without_an_occasion_it_takes_that_of_the_agreement(document):
    fields = AgreementFields(
        title="Bản ghi nhớ", ours=["Bộ Công Thương"], theirs=["Nhật Bản"], signed_on=SIGNED
    )
    agreement = save_agreement(None, document=document, fields=fields)
    task = promise(document)
    place_commitment(None, task=task.pk, agreement=agreement, occasion=None)
    assert day_of(task) == SIGNED


def test_the_day_a_text_tells_is_not_the_occasions(document, visit):
    task = promise(document, date="2026-09-22")
    place_commitment(None, task=task.pk, agreement=None, occasion=visit)
    assert day_of(task) == dt.date(2026, 9, 22)
    with pytest.raises(Refused, match="22/9/2026"):
        give_day(None, task=task.pk, day=SIGNED)


def test_a_typed_promise_takes_the_day_of_its_occasion(document, visit):
    made = write_commitment(
        None,
        document=document,
        content="Họp tổ công tác",
        form=PromiseForm.SAID,
        parties=["hai bên"],
        counterparts=[],
        occasion=visit,
    )
    assert made.task.said_on == VISIT


def test_a_day_entered_by_hand_stands_for_all_of_the_document(document, visit):
    first, second = promise(document), promise(document, words="Nhật Bản mở cửa cho quả bưởi")
    order = record_task(
        make_statement(document, "tasks", "Bộ A mở lớp", state=StatementState.ACCEPTED)
    )
    assert find_tasks(None, TaskFilter(undated=True), on=timezone.localdate()).count() == 3
    assert {one.pk for one in give_day(None, task=first.pk, day=SIGNED, of_document=True)} == {
        *(first.pk, second.pk, order.pk)
    }
    assert {day_of(one) for one in (first, second, order)} == {SIGNED}
    assert order.directive.said_on == SIGNED
    # Tied to an occasion, or decided again, it stays what the person entered.
    place_commitment(None, task=first.pk, agreement=None, occasion=visit)
    record_task(order.statement)
    assert (day_of(first), day_of(order)) == (SIGNED, SIGNED)
    give_day(None, task=second.pk, day=VISIT)
    assert day_of(second) == VISIT


@pytest.mark.parametrize("ahead", [None, 1])
def test_no_day_and_one_still_to_come_are_refused(document, ahead):
    task = promise(document)
    day = ahead and timezone.localdate() + dt.timedelta(days=ahead)
    with pytest.raises(Refused):
        give_day(None, task=task.pk, day=day)
    assert day_of(task) is None


def test_only_who_confirms_in_the_document_enters_its_day(document):
    task = promise(document)
    with pytest.raises(PermissionDenied):
        give_day(make_person(Role.REPORTER), task=task.pk, day=SIGNED)


def test_the_day_of_a_meeting_accepted_later_is_that_of_its_promises(document):
    task = promise(document)
    meeting = make_statement(document, "events", "hội đàm ngày 21/9/2026", date="2026-09-21")
    accept_statement(None, meeting.pk)
    assert day_of(task) == SIGNED


def test_the_page_takes_the_day_and_periods_open_what_has_none(document):
    task, other = promise(document), promise(document, words="Nhật Bản cấp vốn")
    client = client_of(make_person(Role.COORDINATOR))
    six = client.get(reverse("six_fields"), {"ky-bao-cao": "2026-Q3"}).content.decode()
    assert "2 cam kết chưa rõ ngày" in six
    for name in ("tasks", "statistics"):
        page = client.get(reverse(name), {"ky-noi": "2026"}).content.decode()
        assert "2 nhiệm vụ chưa rõ ngày giao" in page
        assert "chua-ro-ngay=1" in page
    listed = client.get(reverse("tasks"), {"chua-ro-ngay": "1"}).content.decode()
    assert reverse("task", args=[task.pk]) in listed
    funnel = client.get(reverse("funnel"), {"buoc": "chua-ro-ngay"}).content.decode()
    assert reverse("task", args=[other.pk]) in funnel
    form = client.get(reverse("task_ties", args=[task.pk])).content.decode()
    assert 'name="of_document"' in form
    address = reverse("task_day", args=[task.pk])
    for typed, said in (("31/02/2026", None), ("21/09/2026", SIGNED)):
        client.post(address, {"day": typed, "of_document": "1"}, follow=True)
        assert (day_of(task), day_of(other)) == (said, said)
    assert "chưa rõ ngày ký hoặc" not in (
        client.get(reverse("six_fields"), {"ky-bao-cao": "2026-Q3"}).content.decode()
    )
