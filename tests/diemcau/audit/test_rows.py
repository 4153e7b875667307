"""Rows written in one stroke are the rows `bulk_create` writes; each leaves its entry."""

import datetime as dt
import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError
from django.forms import model_to_dict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit import chain
from diemcau.audit.actions import ACTIONS, EACH, action, record_action, record_each
from diemcau.audit.chain import text_of, verify
from diemcau.audit.models import AuditEntry
from diemcau.audit.rows import insert, insert_columns, json_text, update
from diemcau.delivery import recording
from diemcau.delivery.deadlines import read_deadline
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Slip,
    SlipReason,
    Task,
    Transition,
)
from diemcau.delivery.states import Move, Status
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.exchange.models import RowKind, TaskImport, TaskRow
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document

pytestmark = pytest.mark.django_db

# What a text column of PostgreSQL refuses is refused by every way of writing.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
CELLS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def document():
    return make_document()


def a_task(document, **fields):
    return Task(document=document, title="x", recorded_at=timezone.now(), **fields)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=WORDS,
    day=st.none() | st.dates(dt.date(1, 1, 1)),
    at=st.datetimes(timezones=st.just(dt.UTC)).filter(lambda at: at.year >= 1900),
    status=st.sampled_from(Status),
    cells=st.dictionaries(WORDS, CELLS, max_size=3),
)
def test_every_value_is_stored_as_one_by_one(document, words, day, at, status, cells):
    fields = {"action": words, "said_on": day, "status": status}
    pair = [Task(document=document, title="x", recorded_at=at, **fields) for _ in range(2)]
    pair[0].save()
    insert(pair[1:])
    batch = TaskImport.objects.create(document=document, made_at=at)
    rows = [TaskRow(batch=batch, number=n, kind=RowKind.NEW, wanted=cells) for n in range(2)]
    rows[0].save()
    insert(rows[1:])
    for one, other in (pair, rows):
        kept = [type(one).objects.get(pk=each.pk) for each in (one, other)]
        alike = [model_to_dict(each, exclude=["id", "number"]) for each in kept]
        assert alike[0] == alike[1]


def test_ids_go_on_from_either_way_of_writing(document):
    ones = [a_task(document) for _ in range(3)]
    insert(ones)
    after = a_task(document)
    after.save()
    more = [a_task(document)]
    insert(more)
    pks = [one.pk for one in (*ones, after, *more)]
    assert pks == sorted(set(pks))
    assert Task.objects.filter(pk__in=pks).count() == 5
    insert([])


def test_generated_columns_and_checks_are_the_databases(document):
    task = a_task(document)
    task.save()
    given = Assignment(
        task=task, role=AssignmentRole.LEAD, as_written="x", body_ref="minister@moit"
    )
    insert([given])
    assert Assignment.objects.get(pk=given.pk).body == "moit"
    batch = TaskImport.objects.create(document=document, made_at=timezone.now())
    twice = [TaskRow(batch=batch, number=1, kind=RowKind.NEW) for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(twice)


def test_update_saves_the_columns_named_and_no_other(document):
    tasks = [a_task(document, product="cũ") for _ in range(3)]
    insert(tasks)
    for n, one in enumerate(tasks):
        one.title, one.due_to, one.product, one.status = (
            f"v{n}",
            dt.date(2026, 1, n + 1),
            "y",
            "done",
        )
    update(tasks, ["title", "due_to", "status"])
    kept = Task.objects.filter(document=document).order_by("pk")
    assert list(kept.values_list("title", "due_to", "status", "product")) == [
        (f"v{n}", dt.date(2026, 1, n + 1), "done", "cũ") for n in range(3)
    ]
    update([], ["title"])


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written(document):
    with pytest.raises(TransactionManagementError):
        insert([a_task(document)])
    with pytest.raises(TransactionManagementError):
        update([document], ["name"])
    assert not Task.objects.exists()


@pytest.fixture
def mark_all():
    @action("test.mark_all", may=can_manage_accounts, each=["test.mark"])
    def mark_all(actor, documents, *, fails=False, name="test.mark"):
        for one in documents:
            Document.objects.filter(pk=one.pk).update(title="đã xem")
            record_each(name, Document, one.pk, detail={"row": one.pk}, reason="vì")
        if fails:
            raise ValueError("no")
        record_action(documents[0], detail={"rows": len(documents)})

    yield mark_all
    del ACTIONS["test.mark_all"], EACH["test.mark"]


def test_a_stroke_leaves_an_entry_for_each_row_and_one_of_its_own(mark_all):
    documents = [make_document(name=f"{n}.txt") for n in range(3)]
    mark_all(None, documents)
    entries = list(AuditEntry.objects.order_by("pk"))
    assert [e.action for e in entries] == ["test.mark"] * 3 + ["test.mark_all"]
    assert [e.target_id for e in entries[:3]] == [str(d.pk) for d in documents]
    assert [e.position for e in entries] == [1, 2, 3, 4]
    assert verify().is_whole
    with pytest.raises(ValueError, match="no"):
        mark_all(None, documents, fails=True)
    assert AuditEntry.objects.count() == 4


def test_what_is_no_part_of_the_running_action_is_not_recorded(mark_all):
    document = make_document()
    with pytest.raises(RuntimeError, match="inside"):
        record_each("test.mark", Document, document.pk)
    with pytest.raises(RuntimeError, match="inside"):
        mark_all(None, [document], name="exchange.record_task")
    assert not AuditEntry.objects.exists()


AT = dt.datetime(2026, 11, 22, 8, 15, tzinfo=dt.UTC)


def test_what_recording_derives_is_one_row_however_it_is_saved(document):
    """Typed tasks are saved as models, those of a file as columns: no column may drift."""
    person = make_person(Role.COORDINATOR)
    save_body(None, {"id": "bo-a", "kind": "ministry", "name": "Bộ A"}, reason="thử")
    body = Body.objects.get(ref="bo-a")
    due = read_deadline("2026-Q2")
    task = recording.task_by_hand(
        document.pk,
        **{"title": "Việc", "text": "Làm việc", "issuer": "Thủ tướng", "names": ["Bộ A"]},
        **{"deadline": "2026-Q2", "due": due, "by": person, "at": AT, "place": "dòng 2"},
        status=Status.IN_PROGRESS.value,
    )
    kept = Task.objects.create(**task)
    given = {"name": "Bộ A", "ref": "minister@bo-a", "by": person, "at": AT}
    for model, columns in [
        (Task, task),
        (Assignment, recording.given_by_hand(kept.pk, AssignmentRole.LEAD, **given)),
        (Transition, recording.first_state(kept.pk, "new", at=AT, by=person)),
        (
            Transition,
            recording.step(
                kept.pk, Move.START, before="new", by=person, body=body, at=AT, reason="vì"
            ),
        ),
        (
            Slip,
            recording.another_deadline(
                kept,
                "2026-12-31",
                reason_code=SlipReason.PARTNER,
                reason="vì",
                by=person,
                body=body.pk,
                at=AT,
                is_decided=True,
            ),
        ),
    ]:
        one = model.objects.create(**columns)
        insert_columns(model, [columns, columns])
        names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
        first, *others = model.objects.filter(pk__gte=one.pk).order_by("pk").values(*names)
        assert others == [first, first]


def test_a_column_that_is_not_there_is_refused(document):
    with pytest.raises(TypeError, match="nothing"):
        insert_columns(Task, [{"document_id": document.pk, "nothing": 1}])


@given(st.dictionaries(WORDS, CELLS | st.floats(allow_nan=False, allow_infinity=False)))
def test_the_digest_is_over_the_text_the_slow_way_makes(detail):
    row = dict.fromkeys(
        ["position", "actor_id", "on_behalf_of_id", "action", "target_type", "target_id"], 1
    )
    row |= {"reason": "vì “x”\u0007", "origin": "web", "address": "", "at": AT, "day": AT.date()}
    said = text_of(row | {"detail": detail})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "_BROKEN", re.compile(b""))
        assert text_of(row | {"detail": detail}) == said
    assert json.loads(said)["at"] == AT.isoformat()


@given(CELLS | st.floats())
def test_json_is_what_the_standard_library_reads(value):
    read = json.loads(json_text(value))
    assert read == json.loads(json.dumps(value)) or read != read
