"""Who gave a task judges it: the issuer of the order and the desk, not who keeps the document."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery import queries
from diemcau.delivery.actions import (
    ask_slip,
    assign_body,
    choose_due_rule,
    decide_slip,
    move_task,
)
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import AssignmentRole, SlipReason, Task
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import giver, parties_of
from diemcau.delivery.states import Move, Party, Status
from diemcau.directory.models import Body
from diemcau.exchange.parties import Rights
from diemcau.review.actions import (
    accept_statement,
    correct_statement,
    reject_statement,
    undo_decision,
)
from diemcau.review.corrections import InvalidValues
from diemcau.review.deadlines import correct_deadline
from diemcau.review.queries import next_document
from diemcau.review.refusals import DecisionRefused
from tests.diemcau.delivery.parties import GIVEN, make_body
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

_ORDER = "Bộ Làm việc trình đề án trong quý III năm 2026"


@pytest.fixture
def bodies():
    province = make_body("tinh-thu", "Tỉnh Thử")
    made = {"province": province, "ministry": make_body("bo-lam", "Bộ Làm việc")}
    made["keeper"] = make_body("so-thu", "Sở Thử", parent="tinh-thu")
    made["below"] = make_body("phong-thu", "Phòng Thử", parent="so-thu")
    # The Government Office speaks for the Government and its leaders.
    made["office"] = Body.objects.filter(ref="government-office").first() or make_body(
        "government-office", "Văn phòng Chính phủ"
    )
    return made


@pytest.fixture
def people(bodies):
    def approver(name):
        return make_person(Role.APPROVER, name=name, body=bodies[name])

    made = {name: approver(name) for name in ("keeper", "ministry", "office", "province")}
    return made | {"desk": make_person(Role.COORDINATOR, name="desk")}


def kept_task(bodies, *, issuer="Phó Thủ tướng", assignees=("Bộ Làm việc",), **values):
    """A task in a document that the department "Sở Thử" keeps."""
    document = make_document(event_on="2026-01-10")
    document.owner = bodies["keeper"]
    document.save()
    wanted = {
        "action": "trình đề án",
        "issuer": issuer,
        "assignees": list(assignees),
        "deadline": "2026-Q3",
        **values,
    }
    with time_machine.travel(GIVEN, tick=False):
        row = record_task(make_statement(document, "tasks", _ORDER, **wanted))
        accept_statement(None, row.statement_id)
    row.refresh_from_db()
    return row


def test_who_keeps_the_document_does_not_stand_for_who_gave_the_order(bodies, people):
    task = kept_task(bodies)
    assert giver(task) == bodies["office"].pk
    for who in ("keeper", "province", "ministry"):
        assert Party.ASSIGNER not in parties_of(people[who], task)
    for who in ("office", "desk"):
        assert Party.ASSIGNER in parties_of(people[who], task)
    with pytest.raises(PermissionDenied):
        move_task(people["keeper"], task=task.pk, move=Move.SUSPEND, reason="thử")
    with pytest.raises(PermissionDenied):
        assign_body(
            people["keeper"],
            task=task.pk,
            body="so-thu",
            role=AssignmentRole.LEAD,
            earlier_lead=EarlierLead.ENDED,
        )
    with pytest.raises(PermissionDenied):
        choose_due_rule(people["keeper"], task=task, rule=DueRule.ADMINISTRATIVE)
    move_task(people["office"], task=task.pk, move=Move.SUSPEND, reason="thử")
    task.refresh_from_db()
    assert task.status == Status.SUSPENDED


def test_another_deadline_is_approved_by_who_gave_the_order_only(bodies, people):
    task = kept_task(bodies)
    slip = ask_slip(
        people["ministry"],
        task=task.pk,
        deadline="2030-12-31",
        reason_code=SlipReason.PARTNER,
        reason="chờ bạn",
    )
    today = timezone.localdate()
    to_confirm = TaskFilter(to_confirm=True)
    assert not queries.find_tasks(people["keeper"], to_confirm, on=today).exists()
    assert queries.find_tasks(people["office"], to_confirm, on=today).get() == task
    with pytest.raises(PermissionDenied):
        decide_slip(people["keeper"], slip=slip.pk, approve=True)
    decide_slip(people["office"], slip=slip.pk, approve=True)


def test_page_and_api_refuse_who_only_keeps_the_document(bodies, people):
    task = kept_task(bodies)
    move = {"move": Move.SUSPEND.value, "reason": "thử"}
    web = client_of(people["keeper"])
    page = web.get(reverse("task", args=[task.pk])).content.decode()
    assert f'value="{Move.SUSPEND.value}"' not in page
    assert web.post(reverse("task_move", args=[task.pk]), move).status_code == 403
    answer = web.post(
        f"/api/v1/tasks/{task.pk}/moves", {**move, "version": 0}, content_type="application/json"
    )
    assert answer.status_code in (403, 409)
    task.refresh_from_db()
    assert task.status == Status.NEW


def test_without_an_issuer_the_keeper_gives_only_to_bodies_below_it(bodies, people):
    task = kept_task(bodies, issuer="", assignees=["Phòng Thử"])
    assert giver(task) == bodies["keeper"].pk
    with pytest.raises(Refused, match=r"thư ký|secretariat"):
        assign_body(people["keeper"], task=task.pk, body="bo-lam", role=AssignmentRole.COORDINATING)
    task.refresh_from_db()
    assert giver(task) == bodies["keeper"].pk
    assign_body(people["desk"], task=task.pk, body="bo-lam", role=AssignmentRole.COORDINATING)
    task.refresh_from_db()
    # It now has a body above or beside the keeper, over which the keeper says nothing.
    assert giver(task) is None
    assert Party.ASSIGNER not in parties_of(people["keeper"], task)


@pytest.mark.parametrize(
    ("issuer", "assignees"), [("", ["Bộ Làm việc"]), ("", ["các bộ, ngành"]), ("Hai bên", [])]
)
def test_an_unknown_giver_of_what_others_do_leaves_it_to_the_desk(
    bodies, people, issuer, assignees
):
    task = kept_task(bodies, issuer=issuer, assignees=assignees)
    assert giver(task) is None
    assert [who for who in people if Party.ASSIGNER in parties_of(people[who], task)] == ["desk"]


def test_a_file_is_judged_by_the_same_rule(bodies, people):
    tasks = [
        kept_task(bodies),
        kept_task(bodies, issuer=""),
        kept_task(bodies, issuer="", assignees=["Phòng Thử"]),
    ]
    for person in people.values():
        rows = Task.objects.filter(pk__in=[one.pk for one in tasks]).order_by("pk")
        for row in rows:
            row.given_now = list(row.assignments.filter(ended_at=None))
            assert set(Rights(person).sides([row])[row.pk]) == parties_of(person, row)


def test_a_correction_is_no_way_round_approval(bodies, people):
    task = kept_task(bodies, assignees=["Sở Thử"])
    for deadline in ("2027-12-31", ""):
        with pytest.raises(Refused):
            correct_deadline(people["keeper"], task=task.pk, deadline=deadline, reason="ghi sai")
    values = {**task.statement.data, "deadline": "2027-12-31"}
    with pytest.raises(InvalidValues) as refused:
        correct_statement(people["keeper"], task.statement_id, values=values)
    assert set(refused.value.problems) == {"deadline"}
    task.refresh_from_db()
    assert task.deadline == "2026-Q3"
    correct_deadline(people["office"], task=task.pk, deadline="2027-12-31", reason="đính chính")
    task.refresh_from_db()
    assert task.due_to == dt.date(2027, 12, 31)


def test_the_keeper_puts_in_what_the_text_says(bodies, people):
    task = kept_task(bodies, deadline="2026-06-30")
    correct_deadline(people["keeper"], task=task.pk, deadline="quý III/2026", reason="điểm 1")
    task.refresh_from_db()
    assert task.deadline == "2026-Q3"


def test_the_keeper_names_no_giver_the_text_does_not_name(bodies, people):
    task = kept_task(bodies)
    values = {**task.statement.data, "issuer": "Sở Thử"}
    with pytest.raises(InvalidValues) as refused:
        correct_statement(people["keeper"], task.statement_id, values=values)
    assert set(refused.value.problems) == {"issuer"}
    correct_statement(people["desk"], task.statement_id, values=values)
    task.refresh_from_db()
    # Even so, the department decides for no ministry.
    assert Party.ASSIGNER not in parties_of(people["keeper"], task)


def test_a_rule_of_counting_waits_while_another_deadline_does(bodies, people):
    task = kept_task(bodies)
    slip = ask_slip(
        people["ministry"],
        task=task.pk,
        deadline="2030-Q4",
        reason_code=SlipReason.PARTNER,
        reason="chờ bạn",
    )
    with pytest.raises(Refused):
        choose_due_rule(people["office"], task=task, rule=DueRule.ADMINISTRATIVE)
    # One chosen before that was refused: the days and the rule of a deadline fit each other.
    Task.objects.filter(pk=task.pk).update(due_rule=DueRule.ADMINISTRATIVE)
    decide_slip(people["office"], slip=slip.pk, approve=True)
    task.refresh_from_db()
    assert (task.due_rule, task.due_to) == (DueRule.ADMINISTRATIVE, dt.date(2030, 12, 14))
    slip.refresh_from_db()
    assert slip.due_after == task.due_to


def test_who_only_follows_a_task_is_asked_for_no_answer(bodies, people):
    task = kept_task(bodies)
    assign_body(people["desk"], task=task.pk, body="so-thu", role=AssignmentRole.FOLLOWING)
    found = queries.find_tasks(
        people["keeper"], TaskFilter(to_answer=True), on=timezone.localdate()
    )
    assert not found.exists()


def test_the_review_leads_to_what_one_is_to_decide(bodies, people):
    theirs = kept_task(bodies).document
    make_statement(theirs, "tasks", "rà soát thỏa thuận", action="rà soát")
    assert next_document(people["keeper"]) == theirs
    assert next_document(people["ministry"]) is None
    assert queries.n_tasks_to_review(people["ministry"]) == 0
    client = client_of(people["ministry"])
    assert client.get(reverse("review")).status_code == 200
    page = client.get(reverse("review_document", args=[theirs.pk])).content.decode()
    assert "Sở Thử" in page


@pytest.mark.parametrize("day", ["2025-02-30", "30/02/2025", "mai"])
def test_a_day_that_is_none_is_refused_in_words(bodies, people, day):
    task = kept_task(bodies, assignees=["các bộ"])
    many = task.assignments.get()
    said = {"do": "expand", "assignment": many.pk, "on": day, "bodies": "x", "completion": "all"}
    client = client_of(people["desk"])
    assert client.post(reverse("assigning", args=[task.pk]), said).status_code == 422
    Task.objects.filter(pk=task.pk).update(deadline="", due_to=None)
    answer = client.post(reverse("set_due_rule", args=[task.pk]), {"rule": "calendar"})
    assert answer.status_code == 302


def test_what_others_work_on_is_not_taken_out_by_rejecting_its_sentence(bodies, people):
    task = kept_task(bodies)
    reject_statement(people["keeper"], task.statement_id)
    undo_decision(people["keeper"], task.statement_id)
    move_task(people["ministry"], task=task.pk, move=Move.START)
    for take_out in (reject_statement, undo_decision):
        with pytest.raises(DecisionRefused):
            take_out(people["keeper"], task.statement_id)
    reject_statement(people["desk"], task.statement_id)
    task.refresh_from_db()
    assert task.withdrawn_at is not None
