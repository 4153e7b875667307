"""Giving a task to bodies, their answers, collectives, parts, passing on; as the table allows."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery import actions
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.actions.evidence import Shown
from diemcau.delivery.actions.expanding import Group
from diemcau.delivery.actions.parts import Part
from diemcau.delivery.doers.handovers import confirm_successor
from diemcau.delivery.doers.tree import DEEPEST, depth_of, tree_of
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import (
    Answer,
    AssignmentRole,
    Completion,
    EvidenceKind,
    Task,
    UnderKind,
)
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move, Status
from diemcau.directory.actions import record_succession, save_body
from diemcau.directory.models import Body
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

LEAD, COORDINATING, FOLLOWING = AssignmentRole


@pytest.fixture
def bodies(db):
    """Three ministries, a department below the first, two provinces."""
    rows = [
        ("bo-a", "ministry", "Bộ Giáp", ""),
        ("bo-b", "ministry", "Bộ Ất", ""),
        ("bo-c", "ministry", "Bộ Bính", ""),
        ("vu-a", "unit", "Vụ Một", "bo-a"),
        ("phong-a", "unit", "Phòng Một", "vu-a"),
        ("tinh-a", "province", "Tỉnh Giáp", ""),
        ("tinh-b", "province", "Tỉnh Ất", ""),
    ]
    for ref, kind, name, parent in rows:
        cells = {"id": ref, "kind": kind, "name": name, "parent": parent}
        save_body(None, cells, reason="thử")
    return {one.ref: one for one in Body.objects.filter(ref__in=[row[0] for row in rows])}


@pytest.fixture
def desk(db):
    return make_person(Role.COORDINATOR, name="văn phòng")


@pytest.fixture
def of(bodies):
    """Somebody of a body, by default one who approves for it."""
    return lambda ref, role=Role.APPROVER: make_person(role, name=f"{role}-{ref}", body=bodies[ref])


def task_of(*assignees, deadline="2026-H2", event_on="2026-01-10", action="hoàn thiện hồ sơ"):
    document = make_document(event_on=event_on)
    statement = make_statement(
        document, "tasks", action, action=action, assignees=list(assignees), deadline=deadline
    )
    return record_task(statement)


def standing(task):
    rows = task.assignments.filter(ended_at=None).order_by("pk")
    return [(one.as_written, one.role) for one in rows]


def test_a_body_is_given_a_task_by_its_name_and_the_lead_stands_beside_it(bodies, desk):
    task = task_of("các bộ, ngành")
    entries = AuditEntry.objects.count()
    made = actions.assign_body(desk, task=task.pk, body="bộ giáp", role=LEAD)
    assert (made.body, made.by_hand, made.given_by) == ("bo-a", True, desk)
    task.refresh_from_db()
    assert (task.lead, task.version) == ("bo-a", 1)
    assert AuditEntry.objects.count() == entries + 1


def test_a_new_lead_never_displaces_another_silently(bodies, desk):
    task = task_of("Bộ Giáp")
    with pytest.raises(Refused, match="Bộ Giáp"):
        actions.assign_body(desk, task=task.pk, body="bo-b", role=LEAD)
    assert standing(task) == [("Bộ Giáp", "lead")]
    coordinating = EarlierLead.COORDINATING
    actions.assign_body(desk, task=task.pk, body="bo-b", role=LEAD, earlier_lead=coordinating)
    assert sorted(standing(task)) == [("Bộ Giáp", "coordinating"), ("Bộ Ất", "lead")]
    actions.assign_body(desk, task=task.pk, body="bo-c", role=LEAD, earlier_lead=EarlierLead.ENDED)
    assert sorted(standing(task)) == [("Bộ Bính", "lead"), ("Bộ Giáp", "coordinating")]
    assert Task.objects.get().lead == "bo-c"


def test_what_a_person_said_outlives_a_correction_of_the_sentence(bodies, desk):
    task = task_of("Bộ Giáp", "Bộ Bính")
    lead = task.assignments.get(as_written="Bộ Giáp")
    actions.end_assignment(desk, assignment=lead.pk, reason="ghi nhầm")
    actions.assign_body(desk, task=task.pk, body="bo-b", role=COORDINATING)
    record_task(task.statement)
    assert sorted(standing(task)) == [("Bộ Bính", "lead"), ("Bộ Ất", "coordinating")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Bộ Đinh", "Bộ Đinh"),
        ("các bộ, ngành", "các bộ, ngành"),
        ("Bộ Cũ", "Bộ Giáp"),
        (" ", "danh bạ"),
    ],
)
def test_a_name_that_is_no_one_body_today_is_refused_with_what_was_found(bodies, desk, name, told):
    cells = {"id": "bo-cu", "kind": "ministry", "name": "Bộ Cũ", "valid_to": "2025-02-28"}
    save_body(None, cells, reason="thử")
    step = {"from": "bo-cu", "to": "bo-a", "kind": "merged", "on": "2025-03-01"}
    record_succession(None, step, reason="thử")
    task = task_of("Bộ Bính")
    with pytest.raises(Refused, match=told):
        actions.assign_body(desk, task=task.pk, body=name, role=COORDINATING)
    assert standing(task) == [("Bộ Bính", "lead")]


def test_a_body_that_could_not_see_the_document_is_not_given_the_task(bodies, desk):
    task = task_of("Bộ Giáp")
    task.document.is_closed = True
    task.document.save()
    closed = make_person(Role.COORDINATOR, name="mật", sees_closed=True)
    with pytest.raises(Refused, match="Bộ Ất"):
        actions.assign_body(closed, task=task.pk, body="bo-b", role=COORDINATING)
    task.document.shared_with.add(bodies["bo-b"])
    actions.assign_body(closed, task=task.pk, body="bo-b", role=COORDINATING)


def test_only_who_gave_a_task_gives_it_to_others(bodies, of):
    task = task_of("Bộ Giáp")
    for person in (of("bo-a"), of("bo-b")):
        with pytest.raises(PermissionDenied):
            actions.assign_body(person, task=task.pk, body="bo-b", role=COORDINATING)


# Answers


def test_the_body_asked_answers_and_nobody_else(bodies, of):
    task = task_of("Bộ Giáp")
    lead = task.assignments.get()
    with pytest.raises(PermissionDenied):
        actions.answer_assignment(of("bo-b"), assignment=lead.pk, answer=Answer.ACCEPTED)
    person = of("bo-a", Role.REPORTER)
    said = actions.answer_assignment(person, assignment=lead.pk, answer=Answer.ACCEPTED)
    lead.refresh_from_db()
    assert (lead.answer, said.by, said.body) == (Answer.ACCEPTED, person, bodies["bo-a"])
    with pytest.raises(Refused):
        actions.answer_assignment(person, assignment=lead.pk, answer=Answer.ACCEPTED)
    with pytest.raises(Refused):
        actions.answer_assignment(person, assignment=lead.pk, answer=Answer.RETURNED, reason=" ")
    actions.answer_assignment(
        person, assignment=lead.pk, answer=Answer.RETURNED, reason="không đúng chức năng"
    )
    assert Task.objects.get().status == Status.NEW
    assert [one.answer for one in lead.answers.all()] == [Answer.ACCEPTED, Answer.RETURNED]


def test_the_leads_refusal_is_the_tasks_and_given_again_it_waits_for_an_answer(bodies, of, desk):
    task = task_of("Bộ Giáp")
    lead = task.assignments.get()
    person = of("bo-a")
    entries = AuditEntry.objects.count()
    actions.answer_assignment(
        person, assignment=lead.pk, answer=Answer.REFUSED, reason="ngoài thẩm quyền"
    )
    assert AuditEntry.objects.count() == entries + 1
    task.refresh_from_db()
    assert task.status == Status.REFUSED
    assert [one.move for one in task.transitions.all()] == ["", Move.REFUSE]
    actions.move_task(desk, task=task.pk, move=Move.INSIST, reason="đúng thẩm quyền")
    lead.refresh_from_db()
    assert (lead.answer, lead.answers.count()) == (Answer.WAITING, 1)


def test_a_coordinating_bodys_refusal_leaves_the_task_and_it_cannot_refuse_the_whole(bodies, of):
    task = task_of("Bộ Giáp")
    actions.assign_body(None, task=task.pk, body="bo-b", role=COORDINATING)
    person = of("bo-b")
    theirs = task.assignments.get(body="bo-b")
    actions.answer_assignment(
        person, assignment=theirs.pk, answer=Answer.REFUSED, reason="không liên quan"
    )
    assert Task.objects.get().status == Status.NEW
    with pytest.raises(PermissionDenied):
        actions.move_task(person, task=task.pk, move=Move.REFUSE, reason="không làm")


def test_who_only_follows_a_task_does_nothing_in_it(bodies, of):
    task = task_of("Bộ Giáp")
    actions.assign_body(None, task=task.pk, body="bo-b", role=FOLLOWING)
    with pytest.raises(PermissionDenied):
        actions.move_task(of("bo-b"), task=task.pk, move=Move.START)


# Successors


def test_the_successor_of_a_merged_body_acts_in_its_place(bodies, of):
    task = task_of("Bộ Giáp", event_on="2024-12-20")
    Body.objects.filter(ref="bo-a").update(valid_to="2025-02-28")
    record_succession(
        None, {"from": "bo-a", "to": "bo-b", "kind": "merged", "on": "2025-03-01"}, reason="thử"
    )
    lead = task.assignments.get()
    person = of("bo-b")
    said = actions.answer_assignment(person, assignment=lead.pk, answer=Answer.ACCEPTED)
    assert said.body == bodies["bo-b"]
    moved = actions.move_task(person, task=task.pk, move=Move.START)
    assert moved.transitions.last().body == bodies["bo-b"]
    lead.refresh_from_db()
    assert (lead.as_written, lead.body) == ("Bộ Giáp", "bo-a")


def test_of_a_divided_body_a_person_says_first_who_answers(bodies, of, desk):
    task = task_of("Bộ Giáp", event_on="2024-12-20")
    Body.objects.filter(ref="bo-a").update(valid_to="2025-02-28")
    for to in ("bo-b", "bo-c"):
        step = {"from": "bo-a", "to": to, "kind": "split", "on": "2025-03-01"}
        record_succession(None, step, reason="thử")
    lead = task.assignments.get()
    person = of("bo-b")
    with pytest.raises(Refused, match="Bộ Giáp"):
        actions.answer_assignment(person, assignment=lead.pk, answer=Answer.ACCEPTED)
    with pytest.raises(PermissionDenied):
        actions.move_task(person, task=task.pk, move=Move.START)
    confirm_successor(desk, task=task, from_ref="bo-a", to_ref="bo-b", reason="theo nghị định")
    actions.answer_assignment(person, assignment=lead.pk, answer=Answer.ACCEPTED)
    with pytest.raises(PermissionDenied):
        actions.move_task(of("bo-c"), task=task.pk, move=Move.START)


# Collectives


@pytest.fixture
def shared(bodies):
    """A task of Bộ Giáp with "các bộ, ngành" beside it, and the collective."""
    task = task_of("Bộ Giáp", "các bộ, ngành")
    return task, task.assignments.get(is_collective=True)


def test_a_collective_is_expanded_by_a_person_to_the_bodies_of_a_day(shared, desk):
    task, collective = shared
    members = actions.expand_collective(
        desk,
        assignment=collective.pk,
        groups=[Group.MINISTRIES],
        bodies=["tinh-b"],
        completion=Completion.ALL,
    )
    # The one that has the task in a role of its own is not given it twice.
    assert {one.body for one in members} == {"bo-b", "bo-c", "tinh-b"}
    assert {one.expanded_from for one in members} == {collective}
    task.refresh_from_db()
    assert task.lead == "bo-a"
    record_task(task.statement)
    assert collective.members.filter(ended_at=None).count() == 3
    with pytest.raises(Refused):
        actions.expand_collective(
            desk,
            assignment=collective.pk,
            groups=[Group.PROVINCES],
            completion=Completion.ANY,
        )


def test_the_bodies_of_an_earlier_day_may_be_meant(shared, desk):
    _task, collective = shared
    cells = {"id": "bo-cu", "kind": "ministry", "name": "Bộ Cũ", "valid_to": "2025-02-28"}
    save_body(None, cells, reason="thử")
    members = actions.expand_collective(
        desk,
        assignment=collective.pk,
        groups=[Group.MINISTRIES],
        completion=Completion.ALL,
        on=dt.date(2024, 12, 20),
    )
    assert "bo-cu" in {one.body for one in members}


def test_an_expansion_is_taken_back_while_nobody_answered(shared, desk, of):
    task, collective = shared
    expand = {"assignment": collective.pk, "groups": [Group.MINISTRIES]}
    actions.expand_collective(desk, **expand, completion=Completion.ALL)
    actions.undo_expansion(desk, assignment=collective.pk)
    assert len(standing(task)) == 2
    actions.expand_collective(desk, **expand, completion=Completion.ANY)
    member = collective.members.get(body="bo-b", ended_at=None)
    actions.answer_assignment(of("bo-b"), assignment=member.pk, answer=Answer.ACCEPTED)
    with pytest.raises(Refused, match="Bộ Ất"):
        actions.undo_expansion(desk, assignment=collective.pk)
    assert len(standing(task)) == 4


@pytest.mark.parametrize(
    ("completion", "enough"),
    [(Completion.ALL, 2), (Completion.ANY, 1), (Completion.EACH_REPORTS, 2)],
)
def test_each_member_shows_its_part_and_the_whole_waits_by_the_rule(shared, of, completion, enough):
    task, collective = shared
    actions.expand_collective(
        None, assignment=collective.pk, groups=[Group.MINISTRIES], completion=completion
    )
    lead = of("bo-a")
    link = {"kind": EvidenceKind.PRODUCT, "what": "đề án"}
    actions.add_evidence(lead, task=task.pk, **link)
    refs = ["bo-b", "bo-c"]
    for n, ref in enumerate(refs):
        if n < enough:
            with pytest.raises(Refused):
                actions.move_task(lead, task=task.pk, move=Move.SUBMIT)
            member = collective.members.get(body=ref)
            person = of(ref)
            with pytest.raises(Refused):
                actions.deliver_part(person, assignment=member.pk)
            with pytest.raises(PermissionDenied):
                actions.deliver_part(lead, assignment=member.pk)
            actions.deliver_part(person, assignment=member.pk, shown=Shown(**link))
    actions.move_task(lead, task=task.pk, move=Move.SUBMIT)
    assert Task.objects.get().status == Status.AWAITING


def test_a_delivered_part_is_returned_and_its_only_evidence_not_withdrawn(shared, of, desk):
    task, collective = shared
    actions.expand_collective(
        None, assignment=collective.pk, bodies=["bo-b"], completion=Completion.ALL
    )
    member, person = collective.members.get(), of("bo-b")
    shown = Shown(EvidenceKind.PRODUCT, "báo cáo")
    actions.deliver_part(person, assignment=member.pk, shown=shown)
    with pytest.raises(Refused):
        actions.withdraw_evidence(person, evidence=task.evidence.get().pk, reason="nhầm")
    actions.return_part(desk, assignment=member.pk, reason="thiếu số liệu")
    member.refresh_from_db()
    assert member.delivered_at is None
    # What was shown still stands, so the part can be delivered again with it.
    actions.deliver_part(person, assignment=member.pk)


# Parts and the cascade


def test_a_task_is_done_only_after_its_parts(bodies, of, desk):
    task = task_of("Bộ Giáp")
    parts = [Part("Xây dựng đề án", product="đề án"), Part("Lấy ý kiến", "bo-b", "2026-Q3")]
    first, second = actions.split_task(desk, task=task.pk, parts=parts)
    assert (first.lead, second.lead) == ("bo-a", "bo-b")
    assert (first.due_to, second.due_to) == (task.due_to, dt.date(2026, 9, 30))
    assert {first.under, second.under} == {UnderKind.PART}
    lead = of("bo-a")
    actions.add_evidence(lead, task=task.pk, kind=EvidenceKind.PRODUCT, what="đề án")
    with pytest.raises(Refused, match="Lấy ý kiến"):
        actions.move_task(lead, task=task.pk, move=Move.SUBMIT)


def test_the_lead_splits_its_own_work_and_judges_the_parts(bodies, of):
    task = task_of("Bộ Giáp")
    (part,) = actions.split_task(of("bo-a"), task=task.pk, parts=[Part("Phần một", "vu-a")])
    assert part.assigner == bodies["bo-a"]
    with pytest.raises(PermissionDenied):
        actions.split_task(of("bo-b"), task=task.pk, parts=[Part("Phần hai")])


def test_a_part_does_not_end_after_the_whole(bodies, desk):
    task = task_of("Bộ Giáp", deadline="2026-06-30")
    with pytest.raises(Refused, match="30/6/2026"):
        actions.split_task(desk, task=task.pk, parts=[Part("Phần", deadline="31/12/2026")])
    assert Task.objects.count() == 1


@time_machine.travel(dt.datetime(2026, 7, 20, 3, tzinfo=dt.UTC))
def test_a_task_is_passed_on_downwards_by_who_approves_for_the_body(bodies, of):
    task = task_of("Bộ Giáp")
    lead = task.assignments.get()
    approver = of("bo-a")
    for person in (of("bo-b"), of("bo-a", Role.REPORTER)):
        with pytest.raises(PermissionDenied):
            actions.pass_on(person, assignment=lead.pk, to="vu-a")
    with pytest.raises(Refused, match="Bộ Ất"):
        actions.pass_on(approver, assignment=lead.pk, to="bo-b")
    child = actions.pass_on(approver, assignment=lead.pk, to="vu-a", deadline="15/12/2026")
    assert (child.parent, child.under, child.assigner) == (task, "cascade", bodies["bo-a"])
    assert (child.lead, child.due_to, child.document) == (
        "vu-a",
        dt.date(2026, 12, 15),
        task.document,
    )
    with pytest.raises(Refused):
        actions.pass_on(approver, assignment=lead.pk, to="vu-a")
    below = actions.pass_on(of("vu-a"), assignment=child.assignments.get().pk, to="phong-a")
    # The body that passed it on judges the result, not who gave the whole.
    worker = of("phong-a")
    actions.add_evidence(worker, task=below.pk, kind=EvidenceKind.PRODUCT, what="dự thảo")
    actions.move_task(worker, task=below.pk, move=Move.SUBMIT)
    judge = make_person(Role.APPROVER, name="vụ trưởng", body=bodies["vu-a"])
    assert actions.move_task(judge, task=below.pk, move=Move.CONFIRM).status == Status.DONE
    tree = tree_of(approver, child, on=timezone.localdate())
    assert [tree.task, tree.children[0].task, tree.children[0].children[0].task] == [
        task,
        child,
        below,
    ]
    assert [tree.level, tree.children[0].level, tree.children[0].is_own] == [0, 1, True]
    assert tree.children[0].children[0].task.standing == "done_on_time"


def test_the_tree_ends_where_rows_make_a_ring(bodies, django_assert_num_queries):
    one, two = task_of("Bộ Giáp"), task_of("Bộ Ất")
    Task.objects.filter(pk=one.pk).update(parent=two)
    Task.objects.filter(pk=two.pk).update(parent=one)
    assert depth_of(one) == 1
    task = Task.objects.get(pk=one.pk)
    with django_assert_num_queries(1):
        tree = tree_of(None, task, on=timezone.localdate())
    assert {tree.task.pk, *(node.task.pk for node in tree.children)} == {one.pk, two.pk}


def test_tasks_stand_so_many_levels_under_each_other_and_no_more(bodies):
    task = task_of("Bộ Giáp")
    for _n in range(DEEPEST):
        (task,) = actions.split_task(None, task=task.pk, parts=[Part("Phần nhỏ hơn")])
    with pytest.raises(Refused, match=str(DEEPEST)):
        actions.split_task(None, task=task.pk, parts=[Part("Phần nhỏ nữa")])
