"""Moving a task by the one table: who may, what it needs, and what a past day saw."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery import queries
from diemcau.delivery.actions import (
    add_evidence,
    ask_slip,
    decide_slip,
    move_task,
    withdraw_evidence,
    withdraw_slip,
)
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Assignment, EvidenceKind, SlipReason, SlipState, Transition
from diemcau.delivery.refusals import Refused, TaskMoved
from diemcau.delivery.states import MOVES, Move, Standing, Status, moves_from
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

_GIVEN = dt.datetime(2026, 1, 10, 9, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def giver():
    return make_body("bo-giao", "Bộ Giao việc")


@pytest.fixture
def doer():
    return make_body("bo-lam", "Bộ Làm việc")


@pytest.fixture
def task(giver, doer):
    document = make_document(event_on="2026-01-10")
    document.owner = giver
    document.save()
    with time_machine.travel(_GIVEN, tick=False):
        row = record_task(
            make_statement(
                document,
                "tasks",
                "trình đề án trước 30/6",
                action="trình đề án",
                issuer="Bộ Giao việc",
                assignees=["Bộ Làm việc"],
                deadline="2026-06-30",
            )
        )
    Assignment.objects.filter(task=row).update(body_ref="bo-lam")
    row.lead = "bo-lam"
    row.save()
    return row


@pytest.fixture
def people(giver, doer):
    start = dt.date(2026, 1, 1)
    return {
        "does": make_person(Role.REPORTER, name="nguoi-lam", body=doer, starts_on=start),
        "judges": make_person(Role.APPROVER, name="nguoi-giao", body=giver, starts_on=start),
        "other": make_person(
            Role.APPROVER,
            name="nguoi-ngoai",
            body=make_body("bo-khac", "Bộ Khác"),
            starts_on=start,
        ),
    }


def show(task, by):
    return add_evidence(by, task=task.pk, kind=EvidenceKind.PRODUCT, what="Đề án đã trình")


def standing_on(task, day):
    return queries.list_tasks(None, on=day).get(pk=task.pk).standing


def test_the_way_from_given_to_done_with_a_second_person(task, people):
    with time_machine.travel(dt.datetime(2026, 3, 2, tzinfo=dt.UTC), tick=False):
        move_task(people["does"], task=task.pk, move=Move.START)
        with pytest.raises(Refused, match=r"minh chứng|evidence"):
            move_task(people["does"], task=task.pk, move=Move.SUBMIT)
        show(task, people["does"])
        move_task(people["does"], task=task.pk, move=Move.SUBMIT)
    with time_machine.travel(dt.datetime(2026, 7, 20, tzinfo=dt.UTC), tick=False):
        done = move_task(people["judges"], task=task.pk, move=Move.CONFIRM)
        assert done.delivered_on == dt.date(2026, 3, 2)
        assert standing_on(task, dt.date(2026, 7, 20)) == Standing.DONE_ON_TIME
        # Reported within its deadline, it was not late while it waited for the second person.
        assert standing_on(task, dt.date(2026, 7, 19)) == Standing.IN_TIME
        assert standing_on(task, dt.date(2026, 2, 1)) == Standing.IN_TIME
    written = task.transitions.values_list("before", "after")
    assert list(written) == [
        ("", "new"),
        ("new", "in_progress"),
        ("in_progress", "awaiting"),
        ("awaiting", "done"),
    ]


@pytest.mark.parametrize("who", ["does", "other"])
def test_only_who_gave_it_judges_the_result(task, people, who):
    show(task, people["does"])
    move_task(people["does"], task=task.pk, move=Move.SUBMIT)
    with pytest.raises(PermissionDenied):
        move_task(people[who], task=task.pk, move=Move.CONFIRM)
    task.refresh_from_db()
    assert task.status == Status.AWAITING


def test_a_stranger_to_the_task_moves_nothing(task, people):
    before = AuditEntry.objects.count()
    for move in Move:
        with pytest.raises(PermissionDenied):
            move_task(people["other"], task=task.pk, move=move, reason="thử")
    assert AuditEntry.objects.count() == before
    assert task.transitions.count() == 1


def test_who_reported_it_done_does_not_confirm_it(task, people):
    coordinator = make_person(Role.COORDINATOR, name="dieu-phoi", starts_on=dt.date(2026, 1, 1))
    show(task, coordinator)
    move_task(coordinator, task=task.pk, move=Move.SUBMIT)
    with pytest.raises(Refused):
        move_task(coordinator, task=task.pk, move=Move.CONFIRM)
    move_task(people["judges"], task=task.pk, move=Move.CONFIRM)


def test_a_returned_result_is_to_be_done_again(task, people):
    show(task, people["does"])
    move_task(people["does"], task=task.pk, move=Move.SUBMIT)
    with pytest.raises(Refused):
        move_task(people["judges"], task=task.pk, move=Move.RETURN)
    moved = move_task(people["judges"], task=task.pk, move=Move.RETURN, reason="thiếu phụ lục")
    assert (moved.status, moved.delivered_on) == (Status.REDO, None)


def test_every_move_the_table_does_not_list_is_refused(task, people):
    for move in set(Move) - set(moves_from(Status.NEW)):
        by = people["does" if MOVES[move].by == "assignee" else "judges"]
        with pytest.raises(Refused):
            move_task(by, task=task.pk, move=move, reason="thử")
    assert not Transition.objects.filter(task=task).exclude(before="").exists()


def test_the_second_editor_is_told(task, people):
    move_task(people["does"], task=task.pk, move=Move.START, seen=task.version)
    with pytest.raises(TaskMoved):
        move_task(people["does"], task=task.pk, move=Move.START, seen=task.version)


def test_a_new_deadline_holds_once_approved_and_the_past_keeps_the_old(task, people):
    with time_machine.travel(dt.datetime(2026, 6, 20, tzinfo=dt.UTC), tick=False):
        slip = ask_slip(
            people["does"],
            task=task.pk,
            deadline="2026-12-31",
            reason_code=SlipReason.PARTNER,
            reason="đối tác chưa thống nhất lịch",
        )
        task.refresh_from_db()
        assert task.due_to == dt.date(2026, 6, 30)
        with pytest.raises(PermissionDenied):
            decide_slip(people["does"], slip=slip.pk, approve=True)
    with time_machine.travel(dt.datetime(2026, 7, 10, tzinfo=dt.UTC), tick=False):
        assert standing_on(task, timezone.localdate()) == Standing.LATE
        decide_slip(people["judges"], slip=slip.pk, approve=True)
        assert standing_on(task, timezone.localdate()) == Standing.IN_TIME
        assert standing_on(task, dt.date(2026, 7, 9)) == Standing.LATE
    task.refresh_from_db()
    assert (task.deadline, task.due_to) == ("2026-12-31", dt.date(2026, 12, 31))


def test_an_earlier_deadline_is_no_request_to_move_it_later(task, people):
    with (
        time_machine.travel(dt.datetime(2026, 5, 20, tzinfo=dt.UTC), tick=False),
        pytest.raises(Refused, match=r"29/06?/2026|29/6/2026"),
    ):
        ask_slip(
            people["does"],
            task=task.pk,
            deadline="29/6/2026",
            reason_code=SlipReason.PARTNER,
            reason="đối tác chưa thống nhất lịch",
        )
    assert not task.slips.exists()


def test_a_request_for_another_deadline_ends_with_the_work(task, people):
    show(task, people["does"])
    slip = ask_slip(
        people["does"],
        task=task.pk,
        deadline="2037-03-31",
        reason_code=SlipReason.MONEY,
        reason="chờ kinh phí",
    )
    move_task(people["does"], task=task.pk, move=Move.SUBMIT)
    move_task(people["judges"], task=task.pk, move=Move.CONFIRM)
    slip.refresh_from_db()
    assert (slip.state, slip.decided_by) == (SlipState.WITHDRAWN, people["judges"])
    assert slip.decided_because
    # One that stayed open from before is not approved any more.
    task.slips.update(state=SlipState.ASKED, decided_by=None, decided_at=None)
    with pytest.raises(Refused):
        decide_slip(people["judges"], slip=slip.pk, approve=True)
    assert (
        decide_slip(people["judges"], slip=slip.pk, approve=False, reason="đã xong").state
        == SlipState.REFUSED
    )


def test_a_request_for_another_deadline_is_taken_back_by_the_body_that_asked(task, people):
    def ask(day):
        return ask_slip(
            people["does"],
            task=task.pk,
            deadline=day,
            reason_code=SlipReason.MONEY,
            reason="chờ kinh phí",
        )

    first = ask("2037-03-31")
    with pytest.raises(PermissionDenied):
        withdraw_slip(people["judges"], slip=first.pk)
    withdraw_slip(people["does"], slip=first.pk, reason="kinh phí đã có")
    first.refresh_from_db()
    assert (first.state, first.decided_because) == (SlipState.WITHDRAWN, "kinh phí đã có")
    for late in (
        lambda: decide_slip(people["judges"], slip=first.pk, approve=True),
        lambda: withdraw_slip(people["does"], slip=first.pk),
    ):
        with pytest.raises(Refused):
            late()
    task.refresh_from_db()
    assert task.due_to == dt.date(2026, 6, 30)
    second = ask("2037-04-30")
    decide_slip(people["judges"], slip=second.pk, approve=True)
    with pytest.raises(Refused):
        withdraw_slip(people["does"], slip=second.pk)


def test_the_evidence_a_result_rests_on_is_not_taken_from_under_it(task, people):
    first = show(task, people["does"])
    move_task(people["does"], task=task.pk, move=Move.SUBMIT)
    with pytest.raises(Refused):
        withdraw_evidence(people["does"], evidence=first.pk, reason="nhầm tệp")
    show(task, people["does"])
    withdraw_evidence(people["does"], evidence=first.pk, reason="nhầm tệp")
    assert task.evidence.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://a.vn/x", "kho tài liệu"])
def test_a_link_is_an_address(task, people, url):
    with pytest.raises(Refused):
        add_evidence(
            people["does"], task=task.pk, kind=EvidenceKind.LINK, what="trang công bố", url=url
        )
    assert not task.evidence.exists()
