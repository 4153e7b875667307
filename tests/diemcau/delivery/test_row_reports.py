"""What a report's table says of a task: carried into the ledger, dated, left to be confirmed."""

import datetime as dt

import pytest
import time_machine

from diemcau.accounts.models import Role
from diemcau.delivery.actions import add_evidence, move_task
from diemcau.delivery.ledger import record_task, withdraw_task
from diemcau.delivery.models import EvidenceKind, Progress, Task
from diemcau.delivery.queries import count_standings, list_tasks
from diemcau.delivery.refusals import Refused
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.states import Move, Standing, Status
from diemcau.delivery.statistics.cells import count_cells
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

TODAY = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
RESULT = "Đã gửi Đại sứ quán ngày 28/8/2026 – Hoàn thành"
DONE = {
    "deadline": "2026-08-31",
    "given_in": None,
    "given_on": None,
    "reported_state": "done",
    "reported_result": RESULT,
    "delivered_on": "2026-08-28",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def accept(by=None, *, event_on="2026-10-20", **values):
    document = make_document(event_on=event_on)
    wanted = {"action": "hoàn thiện danh mục", "assignees": ["Sở Tài chính"]} | DONE | values
    statement = make_statement(document, "tasks", "Hoàn thiện danh mục dự án", **wanted)
    statement.decided_by = by
    return record_task(statement)


def listed(task, on=None):
    return list_tasks(None, on=on or TODAY.date()).filter(pk=task.pk).first()


def test_a_finished_row_awaits_confirmation_and_is_not_overdue():
    task = accept()
    assert (task.status, task.delivered_on) == (Status.AWAITING, dt.date(2026, 8, 28))
    assert listed(task).standing == Standing.IN_TIME
    cells = count_cells(list_tasks(None, on=TODAY.date()))
    assert (cells.of("overdue"), cells.awaiting) == (0, 1)
    report = with_words(None, Progress.objects.filter(task=task)).get()
    assert (report.words, report.released_at.date()) == (RESULT, dt.date(2026, 10, 20))
    moved = task.transitions.get(move=Move.SUBMIT)
    assert moved.at.date() == dt.date(2026, 10, 20)
    assert task.last_word_at == moved.at


def test_the_report_gives_no_task_so_the_true_day_of_completion_is_taken():
    task = accept()
    assert task.said_on is task.directive.said_on is None
    desk, second = (make_person(Role.COORDINATOR, name=name) for name in ("ghi", "xac-nhan"))
    move_task(desk, task=task.pk, move=Move.TAKE_BACK)
    add_evidence(desk, task=task.pk, kind=EvidenceKind.PRODUCT, what="danh mục")
    move_task(desk, task=task.pk, move=Move.SUBMIT, delivered_on=dt.date(2026, 8, 28))
    move_task(second, task=task.pk, move=Move.CONFIRM)
    assert listed(task).standing == Standing.DONE_ON_TIME


def test_who_accepted_the_row_does_not_confirm_it():
    desk, second = (make_person(Role.COORDINATOR, name=name) for name in ("ghi", "xac-nhan"))
    task = accept(desk)
    add_evidence(desk, task=task.pk, kind=EvidenceKind.PRODUCT, what="danh mục")
    with pytest.raises(Refused):
        move_task(desk, task=task.pk, move=Move.CONFIRM)
    assert move_task(second, task=task.pk, move=Move.CONFIRM).delivered_on == dt.date(2026, 8, 28)


def test_an_order_that_the_row_names_gives_the_day():
    task = accept(given_in="9901/TB-BNG", given_on="2026-08-06")
    assert task.said_on == task.directive.said_on == dt.date(2026, 8, 6)
    assert accept(given_on="2026-02-31").said_on is None


@pytest.mark.parametrize(
    ("event_on", "said"), [("2026-08-01", dt.date(2026, 8, 1)), ("2026-09-01", None)]
)
def test_a_day_after_the_deadline_is_not_the_day_it_was_given(event_on, said):
    kept = {"reported_state": None, "reported_result": None, "delivered_on": None}
    assert accept(event_on=event_on, **kept).said_on == said


def test_a_report_that_names_no_day_is_neither_late_nor_confirmed_without_one():
    task = accept(reported_result="Hoàn thành đúng hạn", delivered_on=None)
    assert (task.status, task.delivered_on) == (Status.AWAITING, None)
    assert listed(task).standing == Standing.IN_TIME
    desk = make_person(Role.COORDINATOR)
    add_evidence(desk, task=task.pk, kind=EvidenceKind.PRODUCT, what="danh mục")
    with pytest.raises(Refused, match=r"no day|không nêu ngày"):
        move_task(desk, task=task.pk, move=Move.CONFIRM)
    done = move_task(desk, task=task.pk, move=Move.CONFIRM, delivered_on=dt.date(2026, 8, 30))
    assert (done.delivered_on, listed(task).standing) == (
        dt.date(2026, 8, 30),
        Standing.DONE_ON_TIME,
    )


@pytest.mark.parametrize("day", ["2026-10-21", "2026-02-31", "2026-08-01"])
def test_a_day_that_cannot_be_that_of_the_result_stays_unknown(day):
    assert accept(given_on="2026-08-06", delivered_on=day).delivered_on is None


def test_a_result_reported_late_is_late():
    task = accept(delivered_on="2026-09-02", reported_result="Hoàn thành quá hạn ngày 2/9/2026")
    assert listed(task).standing == Standing.LATE


@pytest.mark.parametrize(
    ("state", "status"),
    [("in_progress", Status.IN_PROGRESS), ("not_started", Status.NEW), (None, Status.NEW)],
)
def test_work_that_is_not_done_stands_as_reported_and_may_be_late(state, status):
    task = accept(reported_state=state, reported_result="Mới nhận ý kiến", delivered_on=None)
    assert (task.status, listed(task).standing) == (status, Standing.LATE)
    told = with_words(None, Progress.objects.filter(task=task)).get()
    assert told.words == "Mới nhận ý kiến"


def test_the_same_row_again_tells_nothing_twice_and_a_correction_is_followed():
    task = accept()
    statement = task.statement
    withdraw_task(statement)
    record_task(statement)
    assert (task.transitions.count(), task.progress.count()) == (2, 1)
    statement.corrected = statement.data | {"reported_state": "in_progress", "delivered_on": None}
    assert record_task(statement).status == Status.IN_PROGRESS
    statement.corrected = None
    again = record_task(statement)
    assert (again.status, again.delivered_on) == (Status.AWAITING, dt.date(2026, 8, 28))
    assert Task.objects.get(pk=task.pk).status == Status.AWAITING


def test_what_people_did_since_holds():
    task = accept()
    desk = make_person(Role.COORDINATOR)
    move_task(desk, task=task.pk, move=Move.RETURN, reason="thiếu phụ lục")
    assert record_task(task.statement).status == Status.REDO


def test_a_past_day_is_answered_as_the_report_of_that_day_said():
    task = accept(given_on="2026-08-06")
    found = {
        day: getattr(listed(task, dt.date.fromisoformat(day)), "standing", None)
        for day in ("2026-08-05", "2026-08-06", "2026-09-10", "2026-10-20")
    }
    assert list(found.values()) == [None, Standing.NEAR, Standing.LATE, Standing.IN_TIME]


def test_a_past_day_knows_only_what_was_given_by_then():
    accept(event_on="2025-07-17", deadline=None, reported_state=None, reported_result=None)
    accept()
    accept(event_on=None)

    def n(day):
        return count_standings(list_tasks(None, on=dt.date.fromisoformat(day)))["all"]

    days = ("1900-01-01", "2025-07-16", "2025-07-17", "2026-10-19", "2026-10-20", "2026-11-23")
    assert [n(day) for day in days] == [0, 0, 1, 1, 2, 3]


def test_a_past_day_has_the_last_word_of_that_day():
    task = accept(given_on="2026-08-06")
    desk = make_person(Role.COORDINATOR)
    move_task(desk, task=task.pk, move=Move.TAKE_BACK)
    words = [
        getattr(listed(task, dt.date.fromisoformat(day)), "held_word", None)
        for day in ("2026-10-19", "2026-11-01", "2026-11-23")
    ]
    assert [word and word.date().isoformat() for word in words] == [
        None,
        "2026-10-20",
        "2026-11-23",
    ]
