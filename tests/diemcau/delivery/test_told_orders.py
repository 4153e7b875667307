"""What an order was told by a report is found again by that report, whatever changes of it."""

import datetime as dt
import re
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    join_matters,
    part_matter,
    undo_thread_change,
    write_progress,
)
from diemcau.delivery.board import board_of_all
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.matters.reported import waiting_reports
from diemcau.delivery.models import (
    Progress,
    ProgressState,
    ReportRequest,
    Saying,
    TakeOver,
    Task,
    Transition,
)
from diemcau.delivery.periods import read_span
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.refusals import Refused
from diemcau.delivery.row_reports import asks, is_report, with_words
from diemcau.delivery.states import Move, Status
from diemcau.delivery.statistics.sixfields import fill_six_fields
from diemcau.delivery.words import unanswered_requests
from diemcau.documents.models import Document, Statement
from diemcau.exchange.writing import exported_tasks
from diemcau.reports.histories import say_word
from diemcau.review.actions import accept_statement, reject_statement, undo_decision
from diemcau.urging.history import histories_of
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.delivery.test_tied_reports import (
    RESULT,
    TODAY,
    WORK,
    correct,
    order,
    report,
    tie,
    today,
)
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document, make_statement

SPAN = read_span("2026-Q4", DueRule.CALENDAR)

pytestmark = pytest.mark.django_db

__all__ = ["today"]


@pytest.fixture
def on_the_next_day():
    """Call it to go on to the day after; the test that asks for it comes back."""
    later = time_machine.travel(TODAY + dt.timedelta(days=1), tick=False)
    yield later.start
    later.stop()


def words_of(task, by=None):
    rows = with_words(by, task.progress.filter(state=ProgressState.RELEASED))
    return [one.words for one in rows.order_by("pk")]


def moves_of(task):
    return [one.move for one in task.transitions.exclude(move="").order_by("pk")]


def refreshed(*tasks):
    for one in tasks:
        one.refresh_from_db()
    return tasks


def test_a_report_rejected_by_mistake_is_told_again_once_that_is_undone():
    first, row = order(), report()
    tie(first, row)
    reject_statement(None, row.statement_id)
    assert (refreshed(first)[0].status, words_of(first)) == (Status.IN_PROGRESS, [])
    undo_decision(None, row.statement_id)
    refreshed(first, row)
    assert (first.status, first.delivered_on) == (Status.AWAITING, dt.date(2026, 9, 25))
    assert (words_of(first), row.replaced_by_id) == ([RESULT], first.pk)


def test_taking_a_report_back_is_no_word_of_who_does_the_task():
    first, row = order(), report()
    asked = ReportRequest.objects.create(task=first, asked_at=timezone.now(), note="Báo cáo")
    undo_thread_change(None, change=tie(first, row).pk)
    assert first.transitions.filter(move=Move.TAKE_BACK).exists()
    assert unanswered_requests().get() == asked
    assert refreshed(first)[0].last_word_at is None


def test_a_report_without_a_day_is_taken_back_on_another_day(on_the_next_day):
    first, row = order(), report(document=make_document())
    tie(first, row)
    on_the_next_day()
    reject_statement(None, row.statement_id)
    assert (refreshed(first)[0].status, words_of(first)) == (Status.IN_PROGRESS, [])


def test_a_report_without_a_day_accepted_anew_moves_nothing(on_the_next_day):
    first, row = order(), report(document=make_document())
    tie(first, row)
    told = first.progress.get().released_at
    on_the_next_day()
    correct(row, given_in="319/TB-VPCP")
    assert (moves_of(first), first.progress.get().released_at) == ([Move.SUBMIT], told)


def test_another_day_of_the_report_moves_what_was_told(on_the_next_day):
    document = make_document()
    said = {"date": "2026-11-16", "name": "Hội nghị", "type": "conference"}
    event = make_statement(document, "events", "Hội nghị ngày 16/11/2026", **said)
    first, row = order(), report(document=document)
    tie(first, row)
    on_the_next_day()
    accept_statement(None, event.pk)
    refreshed(first, row)
    assert row.document.spoken_on == dt.date(2026, 11, 16)
    for one in (first, row):
        assert words_of(one) == [RESULT]
        assert timezone.localdate(one.progress.get().released_at) == dt.date(2026, 11, 16)
    assert (first.status, row.replaced_by_id) == (Status.AWAITING, first.pk)


def test_words_corrected_are_the_only_ones_that_stand():
    first, row = order(), report()
    tie(first, row)
    correct(row, reported_result="Đã trình Chính phủ")
    assert (words_of(first), words_of(row)) == (["Đã trình Chính phủ"],) * 2
    assert moves_of(first) == [Move.SUBMIT]


def test_a_row_that_reports_nothing_any_more_takes_back_what_it_told():
    first, row = order(), report()
    tie(first, row)
    correct(row, reported_result="", reported_state="", delivered_on="")
    refreshed(first, row)
    assert (first.status, words_of(first)) == (Status.IN_PROGRESS, [])
    assert (row.status, words_of(row), row.replaced_by_id) == (Status.IN_PROGRESS, [], None)


def test_rows_of_one_report_are_told_once_each():
    document = make_document(event_on="2026-11-16")
    first = order()
    rows = [report(document=document), report(document=document, delivered_on="2026-10-02")]
    tie(first, *rows)
    tie(first, report("2026-11-18", reported_state="in_progress", delivered_on=None))
    assert (first.status, moves_of(first)) == (Status.AWAITING, [Move.SUBMIT])
    assert (first.delivered_on, len(words_of(first))) == (dt.date(2026, 9, 25), 3)
    correct(rows[1], reported_result="Xong phần việc")
    assert moves_of(refreshed(first)[0]) == [Move.SUBMIT]
    reject_statement(None, rows[0].statement_id)
    assert refreshed(first)[0].status == Status.AWAITING
    assert first.delivered_on == dt.date(2026, 10, 2)


def test_what_the_desk_writes_itself_is_no_draft_of_a_report_taken_back():
    first, row = order(), report()
    undo_thread_change(None, change=tie(first, row).pk)
    desk = make_person(Role.COORDINATOR)
    made = write_progress(desk, task=first.pk, done="Đang xin ý kiến")
    assert (made.report_id, made.done) == (None, "Đang xin ý kiến")


@pytest.fixture
def closed():
    document = make_document(event_on="2026-11-16")
    first, row = order(), report(document=document)
    tie(first, row)
    Document.objects.filter(pk=document.pk).update(is_closed=True)
    return first


def test_a_report_closed_after_it_was_told_keeps_its_words(closed):
    reader = make_person(Role.READER, body=make_body("bo-lam", "Bộ Lam"))
    with translation.override("vi"):
        assert words_of(closed, reader) == ["Kết quả nêu trong một báo cáo hạn chế người xem."]
    with translation.override("en"):
        assert words_of(closed, reader) == ["What came of it stands in a closed report."]
    assert words_of(closed) == [RESULT]
    assert not Progress.objects.exclude(done="").exists()


def told_everywhere(by, task):
    """What every place that shows progress tells somebody of a task, one after the other."""
    client, on = client_of(by), TODAY.date()
    yield client.get(reverse("task", args=[task.pk])).content.decode()
    rows = fill_six_fields(by, list(list_tasks(by, on=on).filter(pk=task.pk)), SPAN, on=on)
    yield " ".join(one.progress.words for one in rows)
    yield str(client.get(f"/api/v1/tasks/{task.pk}/progress").json())
    yield str(client.get(f"/api/v1/tasks/{task.pk}/timeline").json())
    yield str([one.words for one in board_of_all(by, on=on).reports])
    yield str(list(exported_tasks(by)))
    histories = histories_of(by, [task.pk], to="ministry/moit", at=TODAY)
    yield " ".join(say_word(one, TODAY) for history in histories for one in history.answered)


def test_no_place_tells_words_of_a_closed_report_to_who_may_not_see_it(closed):
    reader = make_person(Role.REPORTER, body=make_body("bo-lam", "Bộ Lam"), name="ngoai")
    sees = make_person(Role.COORDINATOR, sees_closed=True)
    word = "7011"
    with translation.override("vi"):
        for mine, theirs in zip(
            told_everywhere(sees, closed), told_everywhere(reader, closed), strict=True
        ):
            assert word in mine
            assert word not in theirs
            assert "hạn chế người xem" in theirs


VALUES = [
    ({}, {}, False),
    ({"reported_state": "done"}, None, True),
    ({"reported_state": None, "reported_result": None}, None, False),
    ({"reported_state": "", "reported_result": ""}, None, False),
    ({"reported_state": "", "reported_result": "Đã trình"}, None, True),
    ({"reported_state": "done"}, {"reported_state": ""}, False),
    ({"reported_state": "done"}, {}, False),
    ({}, {"reported_result": "Đã trình"}, True),
    ({"reported_state": None}, {"reported_state": None, "reported_result": "x"}, True),
]


@pytest.mark.parametrize(("read", "corrected", "reports"), VALUES)
def test_one_rule_says_what_reports(read, corrected, reports):
    statement = make_statement(make_document(), "tasks", WORK, action=WORK, **read)
    statement.corrected = None if corrected is None else {"action": WORK} | corrected
    statement.save()
    assert is_report(statement) is reports
    assert Statement.objects.filter(~asks("")).exists() is reports


@pytest.fixture
def of_two_bodies():
    """An order one body gave and keeps, and what a province reports of it; an approver of each."""
    giver, province = make_body("bo-giao", "Bộ Giao việc"), make_body("tinh-bao", "Tỉnh Báo cáo")
    first, row = order(issuer="Bộ Giao việc"), report()
    for task, owner in ((first, giver), (row, province)):
        Document.objects.filter(pk=task.document_id).update(owner=owner)
        Task.objects.filter(pk=task.pk).update(assigner=owner)
    people = {
        one.ref: make_person(Role.APPROVER, name=f"duyet-{one.ref}", body=one)
        for one in (giver, province)
    }
    first.refresh_from_db()
    row.refresh_from_db()
    return first, row, people["bo-giao"], people["tinh-bao"]


def joined(by, first, row):
    pks = first.statement_id, row.statement_id
    made = join_matters(by, first=pks[0], second=pks[1], reason="cùng một việc")
    refreshed(first, row)
    return made


def told_entries(task):
    return AuditEntry.objects.filter(action="delivery.tell_order", target_id=str(task.pk))


def test_who_stands_on_no_side_of_an_order_ties_a_report_that_waits(of_two_bodies):
    first, row, _giver, stranger = of_two_bodies
    joined(stranger, first, row)
    assert Saying.objects.count() == 2
    assert (first.status, words_of(first), row.replaced_by_id) == (Status.NEW, [], None)
    assert [one.pk for one in waiting_reports(first)] == [row.statement_id]
    assert not told_entries(first).exists()


def test_who_stands_on_its_side_tells_it_in_their_own_name(of_two_bodies):
    first, row, giver, stranger = of_two_bodies
    joined(giver, first, row)
    assert (first.status, row.replaced_by_id) == (Status.AWAITING, first.pk)
    assert first.progress.get().released_by == first.transitions.last().by == giver
    assert told_entries(first).get().actor == giver
    assert told_entries(first).get().detail == {
        "before": "new",
        "after": "awaiting",
        "reports": [row.statement_id],
    }
    thread = Saying.objects.get(statement=first.statement).thread_id
    with pytest.raises(PermissionDenied):
        part_matter(stranger, thread=thread, apart=[row.statement_id], reason="việc khác")
    assert refreshed(first)[0].status == Status.AWAITING


def test_what_was_told_follows_the_report_whoever_decides_on_it(of_two_bodies):
    first, row, giver, province = of_two_bodies
    joined(giver, first, row)
    reject_statement(province, row.statement_id)
    assert (refreshed(first)[0].status, words_of(first)) == (Status.IN_PROGRESS, [])
    assert told_entries(first).latest("pk").actor == province


def test_the_page_names_what_waits_and_who_may_ties_it_again(of_two_bodies):
    first, row, giver, stranger = of_two_bodies
    joined(stranger, first, row)
    with pytest.raises(Refused):
        joined(stranger, first, row)
    address = reverse("task", args=[first.pk])
    again = f"{reverse('thread_join')}?viec={first.pk}&amp;voi={row.pk}"
    page = client_of(stranger).get(address).content.decode()
    assert "chưa ghi vào ý kiến chỉ đạo này" in page
    assert again not in page
    assert again in client_of(giver).get(address).content.decode()
    made = joined(giver, first, row)
    assert (first.status, row.replaced_by_id) == (Status.AWAITING, first.pk)
    assert "chưa ghi vào ý kiến chỉ đạo này" not in client_of(giver).get(address).content.decode()
    for who in (giver, stranger):
        with pytest.raises(Refused):
            joined(who, first, row)
    with pytest.raises(Refused):
        undo_thread_change(giver, change=made.pk)


def test_a_report_that_waits_is_told_when_who_may_decides_on_the_order(of_two_bodies):
    first, row, giver, stranger = of_two_bodies
    joined(stranger, first, row)
    correct(first, by=giver, issuer="Bộ Giao việc và đào tạo")
    refreshed(first, row)
    assert (first.status, row.replaced_by_id) == (Status.AWAITING, first.pk)
    assert not waiting_reports(first)


def test_rows_told_before_are_linked_and_may_be_let_go_again():
    moved = import_module("diemcau.delivery.migrations.0023_rows_told_before")
    document = make_document(event_on="2026-11-16")
    first, row = order(), report(document=document)
    bare = report(document=document, reported_result="")
    tie(first, row, bare)
    desk = make_person(Role.COORDINATOR)
    other = order()
    for task in (first, other):
        write_progress(desk, task=task.pk, done="Đã báo cáo miệng", to=ProgressState.RELEASED)
    told = Progress.objects.exclude(report=None).order_by("task", "report")
    went = Transition.objects.exclude(report=None).order_by("pk")
    before = list(told.values_list("task", "report")), list(went.values_list("pk", "report"))
    moved.unlink(apps, None)
    assert list(first.progress.values_list("done", flat=True)) == [RESULT, "Đã báo cáo miệng"]
    assert not told.exists()
    went.update(report=None)
    moved.link(apps, None)
    moved.link(apps, None)
    assert list(went.values_list("pk", "report")) == before[1]
    # That it was told without a word or a move left nothing to find it by.
    lost = (first.pk, bare.statement_id)
    assert list(told.values_list("task", "report")) == [one for one in before[0] if one != lost]
    assert words_of(first) == [RESULT, "Đã báo cáo miệng"]
    assert other.progress.get().report is None


def test_orders_behind_others_are_locked_at_once_in_one_order():
    first, row = order(), report()
    tie(first, row)
    chain = [order("2026-07-11"), order("2026-07-12")]
    Task.objects.filter(pk=first.pk).update(replaced_by=chain[0])
    Task.objects.filter(pk=chain[0].pk).update(replaced_by=chain[1])
    for notice, task in ((first, chain[0]), (chain[0], chain[1])):
        TakeOver.objects.create(
            official=notice, task=task, made_at=timezone.now(), before={}, reason="thông báo"
        )
    with CaptureQueriesContext(connection) as asked:
        correct(row, reported_result="Đã trình")
    refreshed(chain[1], row)
    assert (chain[1].status, row.replaced_by_id) == (Status.AWAITING, chain[1].pk)
    in_order = r'"delivery_task"."id" IN \(([\d, ]+)\) ORDER BY "delivery_task"."id" ASC'
    found = [m for one in asked for m in re.findall(in_order, one["sql"])]
    everyone = {str(one.pk) for one in (first, row, *chain)}
    assert [set(ids.split(", ")) for ids in found].count(everyone) == 1
