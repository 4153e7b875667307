"""Decisions: what is accepted stands in the ledger, what is undone is as it was, all is logged."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied

import vanban
from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Task
from diemcau.documents.models import StatementState
from diemcau.indicators.models import Figure
from diemcau.review.actions import (
    accept_batch,
    accept_statement,
    correct_statement,
    merge_statements,
    reject_statement,
    undo_batch,
    undo_decision,
)
from diemcau.review.corrections import InvalidValues, shown_value
from diemcau.review.fields import FIELDS
from diemcau.review.models import Decision
from diemcau.review.queries import last_batch, merge_choices, next_document, progress_of
from diemcau.review.refusals import DecisionRefused, StatementMoved
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT, read_by_hand, store_report
from vanban.letters import fold
from vanban.records import Task as ReadTask

pytestmark = pytest.mark.django_db


def in_ledger(model):
    """The rows of the ledger that are not withdrawn."""
    return model.objects.filter(withdrawn_at=None)


def typed(statement, **changes):
    """What the form of a statement sends when some fields are typed over."""
    values = {f.name: shown_value(f, statement.values) for f in FIELDS[statement.kind]}
    return values | changes


def test_an_accepted_task_stands_in_the_ledger(person, statement_with):
    statement = statement_with("cơ chế")
    accept_statement(person, statement.pk, seen=statement.version)
    task = in_ledger(Task).get()
    assert task.statement == statement
    assert task.due_to == dt.date(2025, 6, 30)
    statement.refresh_from_db()
    assert (statement.state, statement.decided_by) == (StatementState.ACCEPTED, person)
    assert statement.version == 1


def test_every_decision_leaves_one_entry_and_one_row(person, statement_with):
    statement = statement_with("cơ chế")
    other = statement_with("hằng quý")
    accept_statement(person, statement.pk)
    correct_statement(person, statement.pk, values=typed(statement, deadline="2025-H2"))
    reject_statement(person, statement.pk)
    merge_statements(person, statement.pk, into=other.pk)
    undo_decision(person, statement.pk)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "review.accept",
        "review.correct",
        "review.reject",
        "review.merge",
        "review.undo",
    ]
    assert Decision.objects.count() == 4
    assert AuditEntry.objects.filter(actor=person, target_id=str(statement.pk)).count() == 5


def test_a_correction_stands_beside_what_was_read(person, statement_with):
    statement = statement_with("120")
    correct_statement(
        person, statement.pk, values=typed(statement, value="1.120", bound="eq"), seen=0
    )
    statement.refresh_from_db()
    assert (statement.data["value"], statement.corrected["value"]) == (120, 1120)
    assert statement.corrected["quote"] == statement.quote
    assert in_ledger(Figure).get().value == 1120
    assert AuditEntry.objects.get().detail["fields"] == ["bound", "value"]


def test_saving_the_form_untouched_is_accepting(person, report):
    for statement in report.statements.all():
        correct_statement(person, statement.pk, values=typed(statement))
        statement.refresh_from_db()
        assert (statement.state, statement.corrected) == (StatementState.ACCEPTED, None)
    assert set(Decision.objects.values_list("verb", flat=True)) == {"accept"}


def test_what_was_said_about_a_value_goes_with_it(person, statement_with):
    task, partner = statement_with("cơ chế"), statement_with("Brazil")
    correct_statement(person, task.pk, values=typed(task, deadline="31/12/2025"))
    correct_statement(person, partner.pk, values=typed(partner, name="Chile"))
    task.refresh_from_db()
    partner.refresh_from_db()
    assert task.corrected["deadline"] == "2025-12-31"
    assert task.corrected["deadline_quote"] is None
    assert partner.corrected["ref"] is None


def test_wrong_values_change_nothing_and_say_what_was_expected(person, statement_with):
    statement = statement_with("120")
    with pytest.raises(InvalidValues) as refused:
        correct_statement(person, statement.pk, values=typed(statement, value="nhiều"))
    assert set(refused.value.problems) == {"value"}
    assert "nhiều" in refused.value.problems["value"]
    statement.refresh_from_db()
    assert (statement.state, statement.version) == (StatementState.PROPOSED, 0)
    assert not AuditEntry.objects.exists()


def test_a_deadline_a_century_off_is_refused_with_its_field(person, statement_with):
    statement = statement_with("cơ chế")
    with pytest.raises(InvalidValues) as refused:
        correct_statement(person, statement.pk, values=typed(statement, deadline="30/9/1926"))
    assert "30/9/1926" in refused.value.problems["deadline"]
    statement.refresh_from_db()
    assert statement.state == StatementState.PROPOSED


def test_correcting_an_event_moves_the_day_of_the_document_and_of_its_tasks(
    person, report, statement_with
):
    accept_statement(person, statement_with("cơ chế").pk)
    event = statement_with("91 điểm cầu")
    correct_statement(person, event.pk, values=typed(event, date="19/12/2024"))
    report.refresh_from_db()
    assert report.event_on == dt.date(2024, 12, 19)
    assert Task.objects.get().said_on == dt.date(2024, 12, 19)


@pytest.mark.parametrize("words", ["cơ chế", "120"])
def test_rejecting_merging_and_undoing_take_the_item_out_of_the_ledger(
    person, report, statement_with, words
):
    statement = statement_with(words)
    other = report.statements.filter(kind=statement.kind).exclude(pk=statement.pk).get()
    model = Task if statement.kind == "tasks" else Figure
    accept_statement(person, statement.pk)
    reject_statement(person, statement.pk)
    assert not in_ledger(model).exists()
    undo_decision(person, statement.pk)
    assert in_ledger(model).count() == 1
    merge_statements(person, statement.pk, into=other.pk)
    assert not in_ledger(model).exists()
    undo_decision(person, statement.pk)
    undo_decision(person, statement.pk)
    assert not in_ledger(model).exists()


def test_undo_goes_back_one_decision_at_a_time(person, statement_with):
    statement = statement_with("120")
    correct_statement(person, statement.pk, values=typed(statement, value="121"))
    reject_statement(person, statement.pk)
    undo_decision(person, statement.pk)
    statement.refresh_from_db()
    assert (statement.state, statement.values["value"]) == (StatementState.ACCEPTED, 121)
    undo_decision(person, statement.pk)
    statement.refresh_from_db()
    assert (statement.state, statement.corrected) == (StatementState.PROPOSED, None)
    assert (statement.decided_by, statement.decided_at) == (None, None)
    with pytest.raises(DecisionRefused):
        undo_decision(person, statement.pk)


def test_the_second_of_two_reviewers_is_told_who_was_first(person, statement_with):
    second = make_person(name="Minh")
    statement = statement_with("cơ chế")
    accept_statement(person, statement.pk, seen=statement.version)
    with pytest.raises(StatementMoved, match="Lan"):
        reject_statement(second, statement.pk, seen=statement.version)
    statement.refresh_from_db()
    assert statement.state == StatementState.ACCEPTED
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("decide", [accept_statement, reject_statement])
def test_the_same_decision_twice_is_refused(person, statement_with, decide):
    pk = statement_with("cơ chế").pk
    decide(person, pk)
    with pytest.raises(DecisionRefused):
        decide(person, pk)


def test_a_merge_needs_another_of_the_same_kind_that_stands(person, report, statement_with):
    task, other, figure = map(statement_with, ["cơ chế", "hằng quý", "120"])
    for into in (task.pk, figure.pk, 0, foreign_task().pk):
        with pytest.raises(DecisionRefused):
            merge_statements(person, task.pk, into=into)
    reject_statement(person, other.pk)
    with pytest.raises(DecisionRefused, match="hằng quý"):
        merge_statements(person, task.pk, into=other.pk)
    undo_decision(person, other.pk)
    merge_statements(person, task.pk, into=other.pk)
    with pytest.raises(DecisionRefused):
        merge_statements(person, other.pk, into=task.pk)


def foreign_task():
    text = "Báo cáo khác.\n" + read_by_hand().document.text
    other = store_report(text, reading=read_by_hand(text))
    return other.statements.filter(kind="tasks").first()


def test_a_merge_is_not_undone_into_something_rejected(person, statement_with):
    task, other = statement_with("cơ chế"), statement_with("hằng quý")
    merge_statements(person, task.pk, into=other.pk)
    accept_statement(person, task.pk)
    reject_statement(person, other.pk)
    with pytest.raises(DecisionRefused, match="hằng quý"):
        undo_decision(person, task.pk)


def test_a_batch_takes_what_passes_the_filter_in_one_entry(person, report):
    batch = accept_batch(person, document=report, kinds=["tasks", "figures"], minimum=0.8)
    assert batch.n_statements == 3
    assert in_ledger(Task).count() == 2
    assert in_ledger(Figure).count() == 1
    assert AuditEntry.objects.get().detail == {
        "document": report.pk,
        "kinds": ["figures", "tasks"],
        "minimum": 0.8,
        "n": 3,
    }
    assert (progress_of(report).n_decided, progress_of(report).n_all) == (3, 9)


def test_a_batch_is_undone_in_one_but_for_what_was_decided_since(person, report, statement_with):
    batch = accept_batch(person, document=report, kinds=[], minimum=0)
    reject_statement(person, statement_with("cơ chế").pk)
    assert last_batch(report) == batch
    batch, undone = undo_batch(person, batch.pk)
    assert (batch.n_statements, undone) == (9, 8)
    assert statement_with("cơ chế").state == StatementState.REJECTED
    assert report.statements.filter(state=StatementState.PROPOSED).count() == 8
    assert last_batch(report) is None
    with pytest.raises(DecisionRefused):
        undo_batch(person, batch.pk)


def test_an_empty_batch_is_still_one_entry(person, report):
    assert accept_batch(person, document=report, kinds=["people"], minimum=1).n_statements == 0
    assert AuditEntry.objects.count() == 1


def test_who_may_not_confirm_is_refused(report, statement_with):
    pk = statement_with("cơ chế").pk
    for role in (Role.READER, Role.REPORTER, Role.AUDITOR):
        stranger = make_person(role)
        for attempt in (
            lambda who: accept_statement(who, pk),
            lambda who: reject_statement(who, pk),
            lambda who: correct_statement(who, pk, values={}),
            lambda who: merge_statements(who, pk, into=pk),
            lambda who: undo_decision(who, pk),
            lambda who: undo_batch(who, 1),
            lambda who: accept_batch(who, document=report, kinds=[], minimum=0),
        ):
            with pytest.raises(PermissionDenied):
                attempt(stranger)
    assert not Decision.objects.exists()


def test_a_superseded_statement_cannot_be_decided_on(person, report, statement_with):
    statement = statement_with("Brazil")
    report.statements.filter(pk=statement.pk).update(state=StatementState.SUPERSEDED)
    with pytest.raises(DecisionRefused):
        accept_statement(person, statement.pk)


def test_the_next_document_goes_round(person, report):
    other = store_report("Một câu.\n" + read_by_hand().document.text)
    assert next_document(None) == report
    assert next_document(None, report) == other
    assert next_document(None, other) == report
    accept_batch(person, document=report, kinds=[], minimum=0)
    assert next_document(None, other) is None


def test_what_says_most_of_the_same_is_offered_first_to_merge_with():
    text = REPORT + "".join(f"Vụ {i} xem xét việc {i}.\n" for i in range(20))
    opened = read_by_hand(text)
    more = [
        ReadTask(anchor=opened.document.anchor(m.start(), m.end()), rule="test", action="xem xét")
        for m in re.finditer(r"xem xét việc \d+", text)
    ]
    again = "lập cơ chế trao đổi với các đối tác"
    other = store_report(text, reading=vanban.Reading(opened.document, (*opened.records, *more)))
    statement = other.statements.get(quote__contains="cơ chế")
    close = other.statements.filter(kind="tasks", quote__contains="việc 7").first()
    other.statements.filter(pk=close.pk).update(folded=fold(again))
    choices = merge_choices(statement)
    assert (choices.first[0], choices.likely) == (close, close.pk)
    assert len(choices.first) == 8
    everything = set(other.statements.filter(kind="tasks")) - {statement}
    assert {*choices.first, *choices.others} == everything
    assert choices.n_more == 0


def test_the_other_half_of_a_sentence_is_offered_to_merge_with_and_nothing_ticked():
    halves = "Giao Sở Công Thương phối hợp với Đại sứ quán, báo cáo kết quả trước 31/10.\n"
    opened = read_by_hand(
        REPORT + halves + "".join(f"Vụ {i} đôn đốc kết quả {i}.\n" for i in range(20))
    )
    text = opened.document.text
    tasks = [
        ReadTask(anchor=opened.document.anchor(m.start(), m.end()), rule="test", action=m[0])
        for m in re.finditer(r"phối hợp với Đại sứ quán|báo cáo .*10|đôn đốc .*\d", text)
    ]
    stored = store_report(text, reading=vanban.Reading(opened.document, (*opened.records, *tasks)))
    one, two = stored.statements.filter(quote__regex="phối hợp với Đại sứ quán|báo cáo kết quả")
    for half, rest in ((one, two), (two, one)):
        choices = merge_choices(half)
        assert choices.first[0] == rest
        assert rest.pk in choices.beside
        assert choices.likely is None
