"""Many tasks changed at once: the same as one by one, one entry in the log, refusals told."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Delegation, Grant, Role, User
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import Change, ChangeKind, assign_body, edit_many, move_task
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.actions.bulk import MOST, ONE_BY_ONE
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    BulkEdit,
    Evidence,
    ReportRequest,
    Task,
    Transition,
)
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move
from tests.diemcau.bodies import make_tree
from tests.diemcau.delivery.register import at, make_task
from tests.diemcau.people import LONG_AGO, give_role, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db):
    return make_tree()


STATUSES = ["new", "in_progress", "awaiting", "redo", "suspended", "refused", "done"]
drawn = st.lists(
    st.tuples(
        st.sampled_from(["bo", "tinh", None]),
        st.sampled_from(["vu", "so"]),
        st.sampled_from(STATUSES),
        st.booleans(),
        st.sampled_from(["me", "other"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(
    made=drawn,
    move=st.sampled_from(list(Move)),
    held=st.sampled_from([(None, Role.SECRETARIAT), ("bo", Role.APPROVER), ("vu", Role.REPORTER)]),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_bulk_move_does_what_the_moves_one_by_one_do(bodies, made, move, held):
    with transaction.atomic():
        _compare(bodies, made, move, held)
        transaction.set_rollback(True)


def _compare(bodies, made, move, held):
    person, other = (User.objects.create(username=name) for name in ("lam", "khac"))
    body, role = held
    give_role(person, role, body=bodies.get(body))
    people = {"me": person, "other": other}
    pks = [_make(bodies, one, people).pk for one in made]
    point = transaction.savepoint()
    single = {}
    for pk in pks:
        try:
            move_task(person, task=pk, move=move, reason="vì thế", seen=0)
            single[pk] = True
        except (Refused, PermissionDenied):
            single[pk] = False
    expected = _rows(pks)
    transaction.savepoint_rollback(point)
    before = AuditEntry.objects.count()
    change = Change(ChangeKind.MOVE, move=move, reason="vì thế")
    edit = edit_many(person, tasks=dict.fromkeys(pks, 0), change=change)
    assert _rows(pks) == expected
    assert edit.n_done == sum(single.values())
    assert {pk for pk, _title, why in edit.refused if why} == {
        pk for pk, moved in single.items() if not moved
    }
    entry = AuditEntry.objects.order_by("-pk").first()
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.target_id) == ("delivery.edit_many", str(edit.pk))
    assert entry.detail["tasks"] == [pk for pk in pks if single[pk]]


def _make(bodies, one, people):
    owner, given_to, status, closed, reporter, has_evidence = one
    task = make_task(bodies.get(owner), given=[f"{given_to}-thu"], status=status)
    if has_evidence:
        Evidence.objects.create(task=task, kind="product", what="sách", added_at=at(-1))
    if status == "awaiting":
        Transition.objects.create(
            task=task,
            move="submit",
            after="awaiting",
            by=people[reporter],
            at=at(-1),
            delivered_on=dt.date(2025, 3, 1),
        )
    task.document.is_closed = closed
    task.document.save()
    return task


def _rows(pks):
    """What a move writes, without the instants."""
    tasks = Task.objects.filter(pk__in=pks).order_by("pk")
    moves = Transition.objects.filter(task__in=pks).order_by("task", "pk")
    fields = ("task", "move", "before", "after", "reason", "delivered_on", "by", "body")
    return (
        list(tasks.values_list("pk", "status", "delivered_on", "version")),
        list(moves.values_list(*fields)),
    )


def test_who_looked_at_an_earlier_version_overwrites_nothing(bodies):
    one, two = make_task(given=["vu-thu"]), make_task(given=["vu-thu"])
    Task.objects.filter(pk=two.pk).update(version=3, programme="cũ")
    change = Change(ChangeKind.PROGRAMME, programme="  Chương trình   A ")
    edit = edit_many(None, tasks={one.pk: 0, two.pk: 2, 10_000: None}, change=change)
    assert edit.n_done == 1
    assert [row[0] for row in edit.refused] == [two.pk, 10_000]
    found = dict(Task.objects.values_list("pk", "programme"))
    assert found == {one.pk: "Chương trình A", two.pk: "cũ"}


def test_asking_for_reports(bodies):
    owed, closed = make_task(given=["vu-thu"]), make_task(given=["vu-thu"], status="done")
    judge = make_person(Role.SECRETARIAT)
    day = timezone.localdate() + dt.timedelta(days=5)
    change = Change(ChangeKind.REPORT, by_day=day, note="nêu rõ vướng mắc")
    edit = edit_many(judge, tasks={owed.pk: None, closed.pk: None}, change=change)
    asked = ReportRequest.objects.get()
    assert (asked.task, asked.by_day, asked.note, asked.edit) == (owed, day, change.note, edit)
    assert [row[0] for row in edit.refused] == [closed.pk]


@pytest.mark.parametrize(
    ("change", "n"),
    [
        (Change(ChangeKind.REPORT), 0),
        (Change(ChangeKind.REPORT), MOST + 1),
        (Change(ChangeKind.MOVE, move=Move.SUBMIT), ONE_BY_ONE + 1),
        (Change(ChangeKind.MOVE), 1),
        (Change(ChangeKind.MOVE, move=Move.SUSPEND, reason=" "), 1),
        (Change(ChangeKind.REPORT, by_day=dt.date(2020, 1, 1)), 1),
        (Change(ChangeKind.PROGRAMME, programme="x" * 201), 1),
    ],
)
def test_what_cannot_be_asked_is_refused_as_a_whole(db, change, n):
    with pytest.raises(Refused):
        edit_many(None, tasks=dict.fromkeys(range(1, n + 1)), change=change)
    assert not BulkEdit.objects.exists()


@pytest.mark.parametrize("n", [3, 60])
def test_many_take_no_more_statements_than_few(bodies, n):
    document = make_task(bodies["bo"], given=["vu-thu"]).document
    for _ in range(n):
        make_task(document=document, given=["vu-thu"])
    judge = make_person(Role.APPROVER, body=bodies["bo"])
    pks = dict.fromkeys(Task.objects.values_list("pk", flat=True), 0)
    change = Change(ChangeKind.MOVE, move=Move.SUSPEND, reason="chờ luật")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        edit = edit_many(judge, tasks=pks, change=change)
    assert edit.n_done == n + 1
    assert len(asked) <= 16


def test_a_lent_right_is_looked_up_once_not_for_each_task(bodies):
    document = make_task(bodies["bo"], given=["vu-thu"]).document
    for _ in range(11):
        make_task(document=document, given=["vu-thu"])
    judge = make_person(Role.APPROVER, body=bodies["bo"])
    absent = Grant.objects.get(person=judge)
    other = make_person(Role.REPORTER, name="đứng thay", body=bodies["so"])
    Delegation.objects.create(
        grant=absent,
        to=other,
        starts_on=LONG_AGO,
        ends_on=dt.date(2099, 1, 1),
        reason="đi vắng",
        made_at=timezone.now(),
    )
    pks = list(Task.objects.values_list("pk", flat=True))
    told = []
    for part in (pks[:2], pks):
        change = Change(ChangeKind.PROGRAMME, programme=f"Chương trình {len(part)}")
        with CaptureQueriesContext(connection) as asked:
            edit = edit_many(
                User.objects.get(pk=other.pk), tasks=dict.fromkeys(part), change=change
            )
        assert edit.n_done == len(part)
        told.append(len(asked))
    assert told[1] <= told[0]


@pytest.mark.parametrize("role", list(AssignmentRole))
@pytest.mark.parametrize("earlier", [None, *EarlierLead])
def test_giving_many_does_what_giving_one_by_one_does(bodies, role, earlier):
    """Led by another, by the same, by nobody, done, another's: each alone and all at once."""
    theirs = bodies["tinh"]
    tasks = [
        make_task(bodies["bo"], given=["so-thu"]),
        make_task(bodies["bo"], given=["vu-thu"]),
        make_task(bodies["bo"], given=[("vu-thu", "coordinating")]),
        make_task(bodies["bo"]),
        make_task(bodies["bo"], given=["so-thu"], status="done"),
        make_task(theirs, given=["so-thu"]),
    ]
    person = make_person(Role.APPROVER, body=bodies["bo"])
    pks = [task.pk for task in tasks]
    point = transaction.savepoint()
    single = {}
    for pk in pks:
        try:
            with transaction.atomic():
                assign_body(person, task=pk, body="vu-thu", role=role, earlier_lead=earlier, seen=0)
            single[pk] = ""
        except Refused as refused:
            single[pk] = str(refused)
        except PermissionDenied:
            single[pk] = "another's"
    expected = _given(pks)
    transaction.savepoint_rollback(point)
    before = AuditEntry.objects.count()
    change = Change(ChangeKind.ASSIGN, body="vu-thu", role=role, earlier_lead=earlier)
    edit = edit_many(person, tasks=dict.fromkeys(pks, 0), change=change)
    assert _given(pks) == expected
    refused = {pk: why for pk, _title, why in edit.refused}
    assert refused.keys() == {pk for pk, why in single.items() if why}
    assert all(refused[pk] == why for pk, why in single.items() if why and why != "another's")
    assert AuditEntry.objects.count() == before + 1


def _given(pks):
    rows = Assignment.objects.filter(task__in=pks).order_by("task", "role", "body_ref", "pk")
    fields = ("task", "role", "body_ref", "by_hand", "ended_because")
    tasks = Task.objects.filter(pk__in=pks).order_by("pk")
    return list(rows.values_list(*fields)), list(tasks.values_list("pk", "lead", "version"))


def test_a_body_nobody_knows_is_refused_before_anything_is_given(bodies):
    task = make_task(bodies["bo"])
    with pytest.raises(Refused):
        edit_many(None, tasks={task.pk: 0}, change=Change(ChangeKind.ASSIGN, body="bo-nao"))
    assert not BulkEdit.objects.exists()
