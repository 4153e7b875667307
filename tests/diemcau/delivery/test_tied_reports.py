"""A report's row tied to the order it is about: one matter, one state, told wherever it stands."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from docx import Document as open_docx

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    add_evidence,
    join_matters,
    move_task,
    part_matter,
    undo_thread_change,
)
from diemcau.delivery.ledger import record_task
from diemcau.delivery.matters.conferences import Part, compare_conferences
from diemcau.delivery.matters.told import Outcome, get_line, list_threads, outcome_of
from diemcau.delivery.models import EvidenceKind, ProgressState, Saying, Task, ThreadChange
from diemcau.delivery.narrowing import SILENT_DAYS, is_silent
from diemcau.delivery.queries import count_tasks, list_tasks
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.states import Move, Standing, Status
from diemcau.delivery.statistics.cells import count_cells
from diemcau.documents.models import StatementState
from diemcau.reports.official import Head, Signing
from diemcau.reports.reminders import reminder_letter
from diemcau.review.actions import correct_statement, reject_statement
from diemcau.review.settling import settle_ties
from diemcau.urging.history import histories_of
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

TODAY = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
WORK = "Trình phương án đàm phán với GCC"
CORRECTABLE = (
    "action",
    "deadline",
    "given_in",
    "reported_result",
    "reported_state",
    "delivered_on",
)
RESULT = "Tờ trình số 7011/TTr-BCT ngày 25/9/2026 – Hoàn thành đúng hạn"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def order(on="2026-07-10", **values):
    wanted = {"action": WORK, "assignees": ["Bộ Công Thương"], "deadline": "2026-09-30"} | values
    return accepted(make_document(event_on=on), f"{WORK} trước ngày 30/9/2026", wanted)


def report(on="2026-11-16", *, document=None, **values):
    wanted = {
        "action": WORK,
        "assignees": [],
        "deadline": "2026-09-30",
        "given_in": "318/TB-VPCP",
        "given_on": None,
        "reported_state": "done",
        "reported_result": RESULT,
        "delivered_on": "2026-09-25",
    }
    return accepted(document or make_document(event_on=on), WORK, wanted | values)


def accepted(document, words, values):
    statement = make_statement(document, "tasks", words, state=StatementState.ACCEPTED, **values)
    statement.decided_at = timezone.now()
    statement.save()
    return record_task(statement)


def tie(first, *others):
    for other in others:
        pks = first.statement_id, other.statement_id
        made = join_matters(None, first=pks[0], second=pks[1], reason="cùng một việc")
    for one in (first, *others):
        one.refresh_from_db()
    return made


def correct(row, **values):
    said = row.statement.values
    known = {name: said.get(name) or "" for name in CORRECTABLE}
    correct_statement(None, row.statement_id, values=known | values)
    row.refresh_from_db()


def listed(on=None):
    return list_tasks(None, on=on or TODAY.date())


def test_an_order_whose_report_says_done_awaits_confirmation_and_is_counted_once():
    first, row = order(), report()
    tie(first, row)
    assert (first.status, first.delivered_on) == (Status.AWAITING, dt.date(2026, 9, 25))
    assert row.replaced_by_id == first.pk
    found = listed().get()
    assert (found.pk, found.standing, found.n_said) == (first.pk, Standing.IN_TIME, 1)
    cells = count_cells(listed())
    assert (cells.total, cells.of("overdue"), cells.awaiting) == (1, 0, 1)
    counts = count_tasks(None, on=TODAY.date())
    assert (counts["again"], counts["matters"]) == (0, 1)


def test_nobody_confirmed_by_that_and_a_second_person_may():
    first, row = order(), report()
    tie(first, row)
    assert not first.transitions.filter(move=Move.CONFIRM).exists()
    desk, second = (make_person(Role.COORDINATOR, name=name) for name in ("ghi", "xac-nhan"))
    add_evidence(desk, task=first.pk, kind=EvidenceKind.PRODUCT, what="tờ trình")
    done = move_task(second, task=first.pk, move=Move.CONFIRM)
    assert (done.status, done.delivered_on) == (Status.DONE, dt.date(2026, 9, 25))
    assert listed().get().standing == Standing.DONE_ON_TIME


@pytest.mark.parametrize(
    ("state", "status"), [("in_progress", Status.IN_PROGRESS), ("not_started", Status.NEW)]
)
def test_an_order_reported_on_is_not_silent_whatever_the_report_says(state, status):
    first, row = order(), report(reported_state=state, delivered_on=None)
    silent = is_silent(SILENT_DAYS, TODAY.date())
    assert first.pk in {one.pk for one in listed().filter(silent)}
    tie(first, row)
    assert (first.status, first.last_word_at.date()) == (status, dt.date(2026, 11, 16))
    assert not listed().filter(silent).exists()
    assert with_words(None, first.progress).get().words == RESULT


def test_set_apart_the_order_stands_as_before_and_joined_again_as_reported():
    first, row = order(), report()
    made = tie(first, row)
    undo_thread_change(None, change=made.pk)
    first.refresh_from_db()
    row.refresh_from_db()
    assert (first.status, first.delivered_on) == (Status.IN_PROGRESS, None)
    assert not first.progress.filter(state=ProgressState.RELEASED).exists()
    assert (row.replaced_by_id, row.status) == (None, Status.AWAITING)
    assert {one.pk: one.standing for one in listed()} == {
        first.pk: Standing.LATE,
        row.pk: Standing.IN_TIME,
    }
    tie(first, row)
    assert (first.status, first.delivered_on) == (Status.AWAITING, dt.date(2026, 9, 25))
    assert first.progress.get().state == ProgressState.RELEASED
    assert (row.replaced_by_id, listed().get().pk) == (first.pk, first.pk)


def test_a_row_parted_from_one_order_still_tells_the_other():
    first, other, row = order(), order("2026-08-10"), report()
    tie(first, other, row)
    assert {first.status, other.status} == {Status.AWAITING}
    thread = Saying.objects.get(statement=first.statement).thread_id
    part_matter(None, thread=thread, apart=[other.statement_id], reason="việc khác")
    for one in (first, other, row):
        one.refresh_from_db()
    assert (first.status, other.status) == (Status.AWAITING, Status.IN_PROGRESS)
    assert row.replaced_by_id == first.pk
    assert ThreadChange.objects.count() == 3


def test_what_is_asked_for_again_after_the_report_is_still_owed():
    first, row, again = order(), report(), order("2026-11-20", deadline="2026-12-31")
    tie(first, row, again)
    assert (first.status, again.status) == (Status.AWAITING, Status.NEW)


def test_the_furthest_of_several_reports_holds_and_each_is_a_word():
    first = order()
    early = report("2026-08-20", reported_state="in_progress", delivered_on=None)
    row = report()
    tie(first, row, early)
    assert first.status == Status.AWAITING
    assert [one.released_at.month for one in first.progress.order_by("released_at")] == [8, 11]
    assert early.replaced_by_id == row.replaced_by_id == first.pk


def test_what_people_did_since_holds():
    first, row = order(), report()
    desk = make_person(Role.COORDINATOR)
    move_task(desk, task=first.pk, move=Move.SUSPEND, reason="chờ đối tác")
    tie(first, row)
    assert first.status == Status.SUSPENDED


def test_a_row_that_people_worked_on_stays_in_sight_and_its_order_is_told():
    first, row = order(), report()
    desk = make_person(Role.COORDINATOR)
    add_evidence(desk, task=row.pk, kind=EvidenceKind.PRODUCT, what="tờ trình")
    move_task(desk, task=row.pk, move=Move.CONFIRM)
    tie(first, row)
    assert (first.status, row.status, row.replaced_by_id) == (Status.AWAITING, Status.DONE, None)


def test_a_row_accepted_or_rejected_after_the_tie_is_followed():
    first, row = order(), report()
    tie(first, row)
    reject_statement(None, row.statement_id)
    first.refresh_from_db()
    assert first.status == Status.IN_PROGRESS
    correct(row, reported_state="in_progress", delivered_on="")
    first.refresh_from_db()
    assert (first.status, row.replaced_by_id) == (Status.IN_PROGRESS, first.pk)
    reject_statement(None, first.statement_id)
    row.refresh_from_db()
    assert (row.replaced_by_id, row.status) == (None, Status.IN_PROGRESS)


def test_a_correction_of_the_row_is_followed_by_the_order():
    first, row = order(), report()
    tie(first, row)
    correct(row, reported_state="in_progress", delivered_on="")
    first.refresh_from_db()
    assert first.status == Status.IN_PROGRESS


def test_list_page_and_api_of_matters_say_the_same():
    first, row = order(), report()
    tie(first, row)
    listed_thread = list_threads(None).get()
    line = get_line(None, listed_thread)
    assert (line.times, line.outcome) == (1, Outcome.WAITING)
    assert (listed_thread.times, outcome_of(listed_thread)) == (1, Outcome.WAITING)
    assert not list_threads(None, nothing_yet=True).exists()
    client = client_of(make_person(Role.COORDINATOR))
    words = "đã báo cáo hoàn thành, chờ xác nhận"
    for url in (reverse("threads"), reverse("thread", args=[listed_thread.pk])):
        page = client.get(url).content.decode()
        assert words in page
        assert "lần từ tháng 7/2026, chưa có kết quả" not in page


def test_the_page_of_the_order_tells_the_result_and_leads_to_the_report():
    first, row = order(), report()
    tie(first, row)
    client = client_of(make_person(Role.COORDINATOR))
    page = client.get(reverse("task", args=[first.pk])).content.decode()
    assert "báo cáo hoàn thành ngày 25/9/2026, chờ xác nhận" in page
    assert "nhắc lại" not in page
    assert "Đã có báo cáo: <a" in page
    behind = client.get(reverse("task", args=[row.pk]))
    assert (behind.status_code, behind.url) == (302, reverse("task", args=[first.pk]))


def test_ties_of_an_earlier_version_are_settled_once():
    first, row = order(), report()
    tie(first, row)
    # As they stood before orders were told.
    first.progress.all().delete()
    first.transitions.exclude(move="").delete()
    Task.objects.filter(pk=first.pk).update(status=Status.NEW, delivered_on=None, last_word_at=None)
    Task.objects.filter(pk=row.pk).update(replaced_by=None)
    known = first.version
    settle_ties(None)
    first.refresh_from_db()
    assert (first.status, first.version) == (Status.AWAITING, known + 1)
    settle_ties(None)
    first.refresh_from_db()
    assert first.version == known + 1
    told = AuditEntry.objects.filter(action="delivery.tell_order", target_id=str(first.pk))
    assert told.count() == 2


def test_what_was_reported_late_is_late_by_the_day_the_report_names():
    first, row = order(), report(delivered_on="2026-10-12")
    tie(first, row)
    assert listed().get().standing == Standing.LATE
    client = client_of(make_person(Role.COORDINATOR))
    page = client.get(reverse("task", args=[first.pk])).content.decode()
    assert "báo cáo hoàn thành ngày 12/10/2026, chờ xác nhận; chậm 12 ngày" in page


def test_between_two_conferences_what_was_reported_done_was_not_dropped():
    first, row, other = order(), report(), order()
    tie(first, row)
    order("2026-11-20")
    days = {"earlier": dt.date(2026, 7, 10), "later": dt.date(2026, 11, 20)}
    parts = {one.earlier.pk: one.part for one in compare_conferences(None, **days) if one.earlier}
    assert parts == {first.statement_id: Part.REPORTED, other.statement_id: Part.DROPPED}


@pytest.mark.parametrize(
    ("delivered", "part"), [(None, Part.DROPPED), ("2026-09-25", Part.REPORTED)]
)
def test_a_conference_before_the_report_knows_of_it_only_where_the_day_is_said(delivered, part):
    first = order()
    tie(first, report(delivered_on=delivered))
    order("2026-10-20")
    days = {"earlier": dt.date(2026, 7, 10), "later": dt.date(2026, 10, 20)}
    (found,) = (one for one in compare_conferences(None, **days) if one.earlier)
    assert (found.earlier.pk, found.part) == (first.statement_id, part)


def test_the_letter_of_urging_tells_what_was_reported():
    rows = [order(), order(deadline="2026-10-30")]
    tie(rows[0], report())
    tie(
        rows[1], report(reported_state="in_progress", delivered_on=None, reported_result="Đang làm")
    )
    histories = histories_of(None, [one.pk for one in rows], to="ministry/moit", at=TODAY)
    letter = reminder_letter(
        head=Head(issuer="Bộ Ngoại giao"),
        signing=Signing(office="VỤ TRƯỞNG"),
        to="Bộ Công Thương",
        histories=histories,
        answer_by=dt.date(2026, 12, 1),
        on=TODAY.date(),
        site="",
    )
    paper = open_docx(io.BytesIO(letter))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = " ".join([*(one.text for one in paper.paragraphs), *cells])
    assert "chưa ghi nhận thông tin nào" not in text
    assert "01 nhiệm vụ đã quá thời hạn, chưa hoàn thành" in text
    assert "01 nhiệm vụ đã được báo cáo hoàn thành, đang chờ xác nhận" in text
