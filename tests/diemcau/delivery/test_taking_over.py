"""A notice takes over what was known from speech; nothing done is lost, and it can be undone."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role
from diemcau.delivery import actions
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.ledger import record_task, withdraw_task
from diemcau.delivery.models import (
    Answer,
    AssignmentRole,
    Echo,
    EvidenceKind,
    SlipReason,
    TakeOver,
    Task,
)
from diemcau.delivery.orders.instruments import list_take_overs
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move, Status
from diemcau.directory.actions import save_body
from diemcau.documents.models import StatementState
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement
from vanban.directory.resolve import resolve

SPEECH = "khẩn trương rà soát các thỏa thuận đã ký với đối tác"
NOTICE = "Bộ Ngoại giao rà soát các thỏa thuận đã ký với đối tác, báo cáo Thủ tướng"


def said(words, names, deadline, *, day="2026-01-10", sentence=""):
    statement = make_statement(
        make_document(event_on=day),
        "tasks",
        words,
        state=StatementState.ACCEPTED,
        sentence=sentence,
        action=words,
        assignees=names,
        deadline=deadline,
        issuer="Thủ tướng",
    )
    return record_task(statement)


def pair(ours=("Bộ Ngoại giao", "các bộ"), theirs=("Bộ Ngoại giao", "Bộ Công Thương")):
    speech = said(SPEECH, list(ours), "2026")
    notice = said(NOTICE, list(theirs), "2026-06-30")
    actions.record_instrument(
        None,
        fields=InstrumentFields("Thông báo", "65/TB-VPCP", dt.date(2026, 2, 4)),
        document=notice.document,
    )
    return speech, notice


def fresh(task):
    return Task.objects.select_related("statement", "document", "directive").get(pk=task.pk)


def picture(task):
    """Everything a task says, and whom it is given to with what they answered."""
    row = fresh(task)
    fields = ("statement_id", "document_id", "directive_id", "action", "title", "issuer")
    fields += ("said_on", "deadline", "due_from", "due_to", "due_rule", "status", "lead")
    fields += ("replaced_by_id", "withdrawn_at", "product", "folded", "place")
    given_to = sorted(
        (one.pk, one.as_written, one.role, one.body_ref, one.answer, one.ended_at)
        for one in row.assignments.all()
    )
    done = (row.transitions.count(), row.evidence.count(), row.slips.count())
    return {name: getattr(row, name) for name in fields}, given_to, done


def standing(task):
    return {one.as_written for one in task.assignments.filter(ended_at=None)}


@pytest.mark.django_db
def test_the_notice_takes_over_and_what_was_done_stays():
    speech, notice = pair()
    lead = speech.assignments.get(as_written="Bộ Ngoại giao")
    actions.answer_assignment(None, assignment=lead.pk, answer=Answer.ACCEPTED)
    actions.add_evidence(None, task=speech.pk, kind=EvidenceKind.PRODUCT, what="báo cáo")
    actions.move_task(None, task=speech.pk, move=Move.START)
    actions.take_over(None, task=speech.pk, official=notice.pk)
    task, behind = fresh(speech), fresh(notice)
    assert (task.action, task.deadline) == (NOTICE, "2026-06-30")
    assert task.directive.is_official
    assert (task.status, task.evidence.count()) == (Status.IN_PROGRESS, 1)
    assert standing(task) == {"Bộ Ngoại giao", "Bộ Công Thương"}
    lead.refresh_from_db()
    assert (lead.task_id, lead.answer) == (task.pk, Answer.ACCEPTED)
    assert (behind.replaced_by, behind.action) == (task, SPEECH)
    assert list(Task.objects.filter(replaced_by=None, withdrawn_at=None)) == [task]


@pytest.mark.django_db
def test_a_correction_of_the_speech_does_not_put_its_words_back():
    speech, notice = pair()
    spoken, noticed = speech.statement, notice.statement
    actions.take_over(None, task=speech.pk, official=notice.pk)
    spoken.corrected = {**spoken.data, "action": "việc khác", "assignees": ["Bộ Công an"]}
    spoken.save()
    record_task(spoken)
    task = fresh(speech)
    assert (task.action, standing(task)) == (NOTICE, {"Bộ Ngoại giao", "Bộ Công Thương"})
    noticed.corrected = {**noticed.data, "deadline": "2026-09-30"}
    noticed.save()
    record_task(noticed)
    assert fresh(speech).deadline == "2026-09-30"
    actions.undo_take_over(None, take_over=TakeOver.objects.get().pk, reason="nhầm")
    assert (fresh(speech).action, standing(speech)) == ("việc khác", {"Bộ Công an"})
    assert (fresh(notice).deadline, fresh(notice).replaced_by) == ("2026-09-30", None)


@pytest.mark.django_db
def test_a_notice_whose_sentence_is_rejected_gives_the_order_back_to_the_speech():
    speech, notice = pair()
    noticed = notice.statement
    actions.take_over(None, task=speech.pk, official=notice.pk)
    actions.add_evidence(None, task=speech.pk, kind=EvidenceKind.PRODUCT, what="báo cáo")
    noticed.state = StatementState.REJECTED
    noticed.save()
    withdraw_task(noticed)
    task = fresh(speech)
    assert (task.action, task.withdrawn_at, task.evidence.count()) == (SPEECH, None, 1)
    assert fresh(notice).withdrawn_at is not None
    assert TakeOver.objects.get().undone_at is not None


@pytest.mark.django_db
def test_an_approved_deadline_holds_through_take_over_and_undoing():
    speech, notice = pair()

    def slip(deadline):
        made = actions.ask_slip(
            None, task=speech.pk, deadline=deadline, reason_code=SlipReason.OWN, reason="chậm"
        )
        actions.decide_slip(None, slip=made.pk, approve=True)

    slip("2037-03-31")
    made = actions.take_over(None, task=speech.pk, official=notice.pk)
    assert fresh(speech).deadline == "2037-03-31"
    actions.undo_take_over(None, take_over=made.pk, reason="nhầm")
    assert (fresh(speech).deadline, fresh(notice).deadline) == ("2037-03-31", "2026-06-30")


@pytest.mark.django_db
def test_a_deadline_approved_since_stays_with_the_work():
    speech, notice = pair()
    made = actions.take_over(None, task=speech.pk, official=notice.pk)
    slip = actions.ask_slip(
        None, task=speech.pk, deadline="2037-12-31", reason_code=SlipReason.OWN, reason="chậm"
    )
    actions.decide_slip(None, slip=slip.pk, approve=True)
    actions.undo_take_over(None, take_over=made.pk, reason="nhầm")
    assert (fresh(speech).deadline, fresh(notice).deadline) == ("2037-12-31", "2026-06-30")


@pytest.mark.django_db
def test_a_body_only_the_notice_names_keeps_its_answer_when_that_is_undone():
    speech, notice = pair()
    made = actions.take_over(None, task=speech.pk, official=notice.pk)
    other = speech.assignments.get(as_written="Bộ Công Thương")
    actions.answer_assignment(None, assignment=other.pk, answer=Answer.ACCEPTED)
    actions.undo_take_over(None, take_over=made.pk, reason="nhầm")
    other.refresh_from_db()
    assert (other.task_id, other.answer, other.ended_at) == (speech.pk, Answer.ACCEPTED, None)
    assert standing(notice) == {"Bộ Ngoại giao", "Bộ Công Thương"}


@pytest.mark.django_db
def test_what_cannot_be_taken_over_is_said():
    speech, notice = pair()
    with pytest.raises(Refused):
        actions.take_over(None, task=notice.pk, official=speech.pk)
    actions.add_evidence(None, task=notice.pk, kind=EvidenceKind.PRODUCT, what="báo cáo")
    with pytest.raises(Refused, match=r"\(1\)"):
        actions.take_over(None, task=speech.pk, official=notice.pk)
    reader = make_person(Role.REPORTER, name="chuyên viên")
    with pytest.raises(PermissionDenied):
        actions.take_over(reader, task=speech.pk, official=notice.pk)


@pytest.mark.django_db
def test_a_pair_of_one_meeting_is_proposed_until_it_is_taken_over(django_assert_num_queries):
    speech, notice = pair()
    echo = Echo.objects.create(
        earlier=speech.statement, later=notice.statement, score=0.9, shared="rà soát", n_shared=9
    )
    with django_assert_num_queries(1):
        found = list_take_overs(None)
    assert found == [(echo, speech, notice)]
    made = actions.take_over(None, task=speech.pk, official=notice.pk)
    assert list_take_overs(None) == []
    actions.undo_take_over(None, take_over=made.pk, reason="nhầm")
    assert len(list_take_overs(None)) == 1
    other = said(SPEECH, ["Bộ Y tế"], "2026", day="2026-07-01")
    Echo.objects.create(
        earlier=other.statement, later=notice.statement, score=0.9, shared="rà soát", n_shared=9
    )
    assert len(list_take_overs(None)) == 1


NAMES = st.lists(
    st.sampled_from(["Bộ Ngoại giao", "Bộ Công Thương", "các bộ, ngành", "Bộ Y tế", "Nhóm X"]),
    unique=True,
    max_size=3,
)


@pytest.mark.django_db
@settings(max_examples=25)
@given(
    ours=NAMES,
    theirs=NAMES,
    deadlines=st.tuples(*[st.sampled_from(["", "2026", "2026-06-30"])] * 2),
    done=st.sets(st.sampled_from(["answer", "evidence", "start", "slip", "give"])),
)
def test_taken_over_and_undone_everything_is_as_before(ours, theirs, deadlines, done):
    with transaction.atomic():
        speech, notice = said(SPEECH, ours, deadlines[0]), said(NOTICE, theirs, deadlines[1])
        actions.record_instrument(
            None, fields=InstrumentFields("Thông báo", "65/TB-VPCP"), document=notice.document
        )
        _work(speech, done)
        before = picture(speech), picture(notice)
        taken = actions.take_over(None, task=speech.pk, official=notice.pk)
        assert picture(speech)[2] == before[0][2]
        named = {one.body_ref or one.as_written for one in notice_named(speech)}
        assert set(resolved(theirs)) <= named
        actions.undo_take_over(None, take_over=taken.pk, reason="nhầm")
        assert (picture(speech), picture(notice)) == before
        transaction.set_rollback(True)


def _work(task, done):
    first = task.assignments.filter(is_collective=False).first()
    if "answer" in done and first is not None:
        actions.answer_assignment(None, assignment=first.pk, answer=Answer.ACCEPTED)
    if "evidence" in done:
        actions.add_evidence(None, task=task.pk, kind=EvidenceKind.PRODUCT, what="báo cáo")
    if "start" in done:
        actions.move_task(None, task=task.pk, move=Move.START)
    if "slip" in done:
        made = actions.ask_slip(
            None, task=task.pk, deadline="2027", reason_code=SlipReason.OWN, reason="chậm"
        )
        actions.decide_slip(None, slip=made.pk, approve=True)
    if "give" in done:
        save_body(None, {"id": "bo-moi", "kind": "ministry", "name": "Bộ Mới"}, reason="thử")
        role = AssignmentRole.COORDINATING
        actions.assign_body(None, task=task.pk, body="bo-moi", role=role)


def notice_named(task):
    return task.assignments.filter(ended_at=None)


def resolved(names):
    day = dt.date(2026, 1, 10)
    return [resolve(name, on=day, kinds=("body", "office")).id or name for name in names]
