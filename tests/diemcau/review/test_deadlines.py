"""A deadline recorded wrongly is put right by who confirms, with a reason, and is no slip."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from diemcau.audit.models import AuditEntry
from diemcau.delivery import queries
from diemcau.delivery.actions import ask_slip, decide_slip, record_typed_task
from diemcau.delivery.models import DeadlineCorrection, Slip, SlipReason
from diemcau.delivery.promises import record_commitment
from diemcau.delivery.refusals import Refused, TaskMoved
from diemcau.delivery.states import Standing
from diemcau.delivery.timeline import entries_of
from diemcau.review.actions import accept_statement, undo_decision
from diemcau.review.deadlines import correct_deadline
from tests.diemcau.people import client_of
from tests.diemcau.statements import make_statement

pytestmark = pytest.mark.django_db


def held(task):
    task.refresh_from_db()
    return task.deadline, task.due_to


def standing_on(task, day):
    return queries.list_tasks(None, on=day).get(pk=task.pk).standing


def test_the_coordinator_puts_a_misread_deadline_right_with_a_reason(task, people):
    correct_deadline(
        people["judges"],
        task=task.pk,
        deadline="quý III/2026",
        reason="điểm 3b ghi quý III",
        seen=task.version,
    )
    assert held(task) == ("2026-Q3", dt.date(2026, 9, 30))
    statement = task.statement
    statement.refresh_from_db()
    # The reading stays beside the correction, for who judges readings.
    assert (statement.data["deadline"], statement.corrected["deadline"]) == (
        "2026-06-30",
        "2026-Q3",
    )
    made = DeadlineCorrection.objects.get()
    assert (made.before, made.due_after, made.by) == (
        "2026-06-30",
        dt.date(2026, 9, 30),
        people["judges"],
    )
    entry = AuditEntry.objects.get(action="review.correct_deadline")
    assert (entry.reason, entry.detail["after"]["deadline"]) == ("điểm 3b ghi quý III", "2026-Q3")
    assert not Slip.objects.exists()


def test_no_past_day_is_late_by_the_wrong_deadline(task, people):
    with time_machine.travel(dt.datetime(2026, 7, 10, tzinfo=dt.UTC), tick=False):
        assert standing_on(task, dt.date(2026, 7, 5)) == Standing.LATE
        correct_deadline(None, task=task.pk, deadline="2026-Q3", reason="đọc sai")
        assert standing_on(task, dt.date(2026, 7, 5)) == Standing.IN_TIME
        assert standing_on(task, timezone.localdate()) == Standing.IN_TIME


def test_who_was_given_the_task_cannot(task, people):
    for who in ("writes", "approves", "outside", "reads"):
        with pytest.raises(PermissionDenied):
            correct_deadline(people[who], task=task.pk, deadline="2027", reason="đọc sai")
    assert held(task) == ("2026-06-30", dt.date(2026, 6, 30))


@pytest.mark.parametrize(
    ("deadline", "reason"), [("mai", "thử"), ("2026-06-30", "thử"), ("2027", " ")]
)
def test_what_is_no_correction_is_refused(task, people, deadline, reason):
    with pytest.raises(Refused):
        correct_deadline(people["judges"], task=task.pk, deadline=deadline, reason=reason)
    assert not DeadlineCorrection.objects.exists()


def test_a_deadline_that_was_agreed_or_asked_for_is_not_corrected(task, people):
    def refused():
        with pytest.raises(Refused):
            correct_deadline(people["judges"], task=task.pk, deadline="2027", reason="đọc sai")

    slip = ask_slip(
        people["writes"],
        task=task.pk,
        deadline="2031",
        reason_code=SlipReason.OWN,
        reason="chậm",
    )
    refused()
    decide_slip(people["judges"], slip=slip.pk, approve=True)
    refused()


def test_a_typed_task_gets_the_deadline_it_lacked_and_loses_one_it_never_had(task, people):
    row = record_typed_task(None, document=task.document, place="điểm 9", text="rà soát đường bay")
    correct_deadline(None, task=row.pk, deadline="6 tháng đầu năm 2031", reason="điểm 9")
    assert held(row) == ("2031-H1", dt.date(2031, 6, 30))
    with pytest.raises(TaskMoved):
        correct_deadline(None, task=row.pk, deadline="2032", reason="điểm 9", seen=0)
    correct_deadline(None, task=row.pk, deadline="", reason="điểm 9 không nêu thời hạn")
    assert held(row) == ("", None)


def test_the_deadline_of_a_commitment_is_put_right_in_its_statement(task):
    statement = make_statement(
        task.document,
        "commitments",
        "xây trung tâm trong năm 2027",
        state="accepted",
        what="xây trung tâm",
        deadline="2027",
        parties=["Bộ Làm việc"],
        counterparts=["Malaysia"],
    )
    row = record_commitment(statement)
    correct_deadline(None, task=row.pk, deadline="2028", reason="khoản 3 ghi năm 2028")
    statement.refresh_from_db()
    assert statement.corrected["deadline"] == "2028"
    record_commitment(statement)
    assert held(row) == ("2028", dt.date(2028, 12, 31))


def test_undone_in_the_review_the_reading_holds_again(task, people):
    accept_statement(None, task.statement_id)
    correct_deadline(people["judges"], task=task.pk, deadline="", reason="văn bản không nêu")
    assert held(task) == ("", None)
    undo_decision(people["judges"], task.statement_id)
    assert held(task) == ("2026-06-30", dt.date(2026, 6, 30))


def test_a_correction_undone_in_the_review_is_told_as_taken_back(task, people):
    judge = people["judges"]
    correct_deadline(judge, task=task.pk, deadline="2026-Q3", reason="điểm 3b")
    correct_deadline(judge, task=task.pk, deadline="2026-Q4", reason="điểm 3c")
    undo_decision(judge, task.statement_id)
    assert held(task) == ("2026-Q3", dt.date(2026, 9, 30))
    first, second = DeadlineCorrection.objects.order_by("pk")
    assert (first.undone_at, second.undone_by) == (None, judge)
    assert second.undone_at is not None
    page = client_of(judge).get(reverse("task", args=[task.pk])).content.decode()
    assert page.count("việc sửa thời hạn đã được hoàn tác khi rà soát") == 1
    assert page.count("không còn hiệu lực.") == 1
    entries = [one for one in entries_of(judge, task.pk) if one.kind == "correction"]
    assert [one.second for one in entries] == ["", str(judge)]
