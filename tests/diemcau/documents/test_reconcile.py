"""A later reading touches nothing decided, keeps ids, supersedes what is gone, never doubles."""

import re
import time
from dataclasses import replace

import pytest

import vanban
from diemcau.documents.models import Reading, Statement, StatementState
from diemcau.documents.reconcile import record_reading
from diemcau.documents.store import add_text_version
from tests.diemcau.readings import REPORT, read_by_hand, store_report
from vanban.records import Shortcoming

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return store_report()


def read_again(document, reading):
    version = add_text_version(document, reading.document)
    return record_reading(version, reading, seconds=0.01)


def state_of(document):
    """Everything that must not change when the same is read again."""
    fields = ("pk", "kind", "start", "end", "quote", "state", "corrected", "data")
    return list(document.statements.order_by("pk").values_list(*fields))


def decide(document, quote, state, **fields):
    Statement.objects.filter(document=document, quote__contains=quote).update(state=state, **fields)
    return Statement.objects.get(document=document, quote__contains=quote)


def test_the_same_reading_again_changes_nothing(document):
    before = state_of(document)
    again = read_again(document, read_by_hand())
    assert (again.n_kept, again.n_added, again.n_superseded) == (9, 0, 0)
    assert state_of(document) == before
    assert Reading.objects.count() == 2


def test_a_kept_statement_takes_the_new_rule_and_confidence(document):
    read_again(document, read_by_hand(growth={"confidence": 0.95, "rule": "better"}))
    growth = document.statements.get(quote__startswith="tăng")
    assert (growth.confidence, growth.rule) == (0.95, "better")
    assert growth.data["rule"] == "better"
    assert growth.reading == Reading.objects.last()


def test_what_is_gone_is_superseded_and_what_comes_back_keeps_its_id(document):
    gone = document.statements.get(kind="partners")
    once = read_again(document, read_by_hand(without=["partners"]))
    gone.refresh_from_db()
    assert (once.n_superseded, gone.state) == (1, StatementState.SUPERSEDED)
    back = read_again(document, read_by_hand())
    gone.refresh_from_db()
    assert (back.n_added, gone.state) == (1, StatementState.PROPOSED)
    assert document.statements.count() == 9


def test_other_values_are_another_statement(document):
    again = read_again(document, read_by_hand(mechanism={"deadline": "2025-12-31"}))
    assert (again.n_kept, again.n_added, again.n_superseded) == (8, 1, 1)


@pytest.mark.parametrize("state", ["accepted", "rejected"])
@pytest.mark.parametrize(
    ("quote", "key", "change"),
    [
        ("cơ chế", "mechanism", {"deadline": "2025-12-31"}),
        ("120", "agreements", {"period": None}),
        ("15,5%", "growth", {"compares": None}),
        ("Nguyễn Văn An", "people", {"titles": ()}),
        ("Brazil", "partners", {"relation": "negotiating"}),
        ("93/NQ-CP", "instruments", {"date": "2023-02-20"}),
        ("91 điểm cầu", "events", {"chair": None}),
        ("còn chậm", "shortcomings", {"what": "chậm"}),
    ],
)
def test_what_a_person_decided_is_neither_touched_nor_proposed_again(
    document, state, quote, key, change
):
    decided = decide(document, quote, state)
    before = state_of(document)
    again = read_again(document, read_by_hand(**{key: change}))
    assert (again.n_decided, again.n_added) == (1, 0)
    assert state_of(document) == before
    decided.refresh_from_db()
    assert decided.state == state


def test_a_gone_record_does_not_take_its_decided_statement_along(document):
    accepted = decide(document, "Brazil", StatementState.ACCEPTED)
    again = read_again(document, read_by_hand(without=["partners"]))
    accepted.refresh_from_db()
    assert (again.n_superseded, accepted.state) == (0, StatementState.ACCEPTED)


def test_another_figure_in_the_words_of_a_decided_one_is_proposed(document):
    decide(document, "120", StatementState.ACCEPTED)
    again = read_again(document, read_by_hand(agreements={"value": 12}))
    assert (again.n_decided, again.n_added) == (0, 1)


def test_a_corrected_value_covers_a_reader_that_learned_it(document):
    figure = document.statements.get(quote__contains="120")
    decide(document, "120", StatementState.ACCEPTED, corrected=figure.data | {"value": 12})
    assert read_again(document, read_by_hand(agreements={"value": 12})).n_decided == 1


def test_a_statement_others_were_merged_into_stays(document):
    kept = document.statements.get(quote__contains="báo cáo hằng quý")
    decide(document, "cơ chế", StatementState.MERGED, merged_into=kept)
    again = read_again(document, read_by_hand(without=["quarterly"]))
    kept.refresh_from_db()
    assert (again.n_superseded, kept.state) == (0, StatementState.PROPOSED)


def test_a_new_text_version_moves_what_is_undecided_and_leaves_what_is_decided(document):
    accepted = decide(document, "cơ chế", StatementState.ACCEPTED)
    again = read_again(document, read_by_hand("Lời đầu trang\n\n" + REPORT))
    assert document.texts.count() == 2
    assert (again.n_kept, again.n_added, again.n_superseded, again.n_decided) == (8, 0, 0, 1)
    accepted.refresh_from_db()
    assert accepted.text_version.number == 1
    for statement in document.statements.select_related("text_version"):
        text = statement.text_version.text
        assert text[statement.start : statement.end] == statement.quote


def test_thousands_of_decided_statements_are_settled_in_little_time():
    text = "\n".join(f"Việc thứ {i} còn chậm." for i in range(2000))
    opened = vanban.Document.from_text(text)
    records = tuple(
        Shortcoming(anchor=opened.anchor(m.start(), m.end()), rule="test", what="chậm")
        for m in re.finditer(r"thứ \d+ còn chậm", text)
    )
    document = store_report(text, reading=vanban.Reading(opened, records))
    document.statements.update(state=StatementState.ACCEPTED)
    shorter = tuple(replace(r, what="còn chậm") for r in records)
    began = time.process_time()
    again = read_again(document, vanban.Reading(opened, shorter))
    assert again.n_decided == 2000
    assert time.process_time() - began < 5
