"""From signed to delivered, told from the rows of a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemcau.delivery.models import Commitment, DecidingLevel, Obstacle, Progress, SlipReason
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.states import Move, Status
from diemcau.delivery.statistics.funnel import AGES, Step, age_bucket, count_funnel
from diemcau.documents.models import StatementState
from tests.diemcau.counted import at, day, make_agreement, make_commitment, make_task, move, show
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


def funnel(on="2025-12-31"):
    return count_funnel(None, list_tasks(None, on=day(on)), on=day(on))


def reached(on="2025-12-31"):
    return {one.step: (one.n, one.of) for one in funnel(on).steps}


def test_each_step_is_counted_of_the_one_before():
    make_commitment()
    make_commitment(Status.IN_PROGRESS)
    show(make_commitment(Status.IN_PROGRESS), on="2025-03-01")
    make_commitment(Status.DONE, delivered="2025-04-01")
    make_task(Status.DONE, delivered="2025-04-01")
    assert reached() == {
        Step.SIGNED: (4, 4),
        Step.STARTED: (3, 4),
        Step.DELIVERING: (2, 3),
        Step.DELIVERED: (1, 2),
    }


def test_a_sentence_that_only_counts_is_told_apart():
    make_commitment()
    Commitment.objects.filter(task=make_commitment(Status.DONE)).update(n_texts=253)
    for n in (253, 253, 1, None):
        make_statement(
            make_document(event_on="2025-07-24"),
            "commitments",
            "ký 253 thỏa thuận",
            state=StatementState.ACCEPTED,
            n_texts=n,
        )
    told = funnel()
    assert told.counted == 2
    assert funnel("2025-07-23").counted == 0
    assert [one.n for one in told.steps] == [1, 0, 0, 0]


def test_a_past_day_knows_nothing_of_what_came_later():
    task = make_commitment(Status.IN_PROGRESS)
    show(task, on="2025-03-01")
    move(task, Move.SUBMIT, on="2025-04-01", delivered="2025-03-20")
    move(task, Move.CONFIRM, on="2025-04-10", delivered="2025-03-20")
    counts = {
        on: [n for n, _of in reached(on).values()]
        for on in ("2025-01-09", "2025-02-28", "2025-03-15", "2025-04-09", "2025-04-10")
    }
    assert counts == {
        "2025-01-09": [0, 0, 0, 0],
        "2025-02-28": [1, 1, 0, 0],
        "2025-03-15": [1, 1, 1, 0],
        "2025-04-09": [1, 1, 1, 0],
        "2025-04-10": [1, 1, 1, 1],
    }


def test_reopened_it_is_delivered_no_more():
    task = make_commitment(Status.DONE, delivered="2025-04-01")
    move(task, Move.REOPEN, on="2025-05-01")
    assert reached("2025-04-30")[Step.DELIVERED][0] == 1
    assert reached("2025-05-01")[Step.DELIVERED][0] == 0
    assert reached("2025-05-01")[Step.DELIVERING][0] == 1


def test_evidence_taken_back_counts_until_the_day_it_was():
    task = make_commitment()
    shown = show(task, on="2025-03-01")
    shown.withdrawn_at = at("2025-05-01")
    shown.save()
    assert reached("2025-04-30")[Step.DELIVERING][0] == 1
    assert reached("2025-05-02")[Step.DELIVERING][0] == 0


def test_days_to_a_step_run_from_the_signing_of_the_agreement():
    agreement = make_agreement("2025-01-01")
    for delivered in ("2025-01-11", "2025-01-21", "2025-01-31"):
        make_commitment(Status.DONE, signed="2025-01-10", delivered=delivered, agreement=agreement)
    last = funnel().steps[-1].days
    assert (last.n, last.lower, last.median, last.upper) == (3, 15, 20, 25)


def test_commitment_of_unknown_day_is_counted_but_has_no_days():
    make_commitment(Status.DONE, signed="", delivered="2025-04-01")
    told = funnel()
    assert len(told.undated) == 1
    assert told.steps[-1].n == 1
    assert told.steps[-1].days is None


def obstacle(task, side, *, on="2025-02-01", **fields):
    return Obstacle.objects.create(
        task=task,
        what="chờ bạn",
        cause=SlipReason.PARTNER,
        side=side,
        level=DecidingLevel.MINISTRY,
        opened_at=at(on),
        **fields,
    )


def test_open_ones_are_aged_by_the_side_their_obstacle_lies_on():
    obstacle(make_commitment(signed="2025-12-01"), "partner")
    both = make_commitment(signed="2025-05-01")
    obstacle(both, "ours")
    obstacle(both, "partner")
    make_commitment(signed="2024-01-01")
    make_commitment(signed="")
    make_commitment(Status.DONE, signed="2024-01-01", delivered="2024-02-01")
    make_commitment(Status.SUSPENDED, signed="2024-01-01")
    told = funnel()
    rows = {row.side: (*row.n, row.unknown) for row in told.ageing}
    assert rows == {
        "ours": (0, 0, 0, 0, 0),
        "partner": (1, 0, 0, 0, 0),
        "both": (0, 0, 1, 0, 0),
        "": (0, 0, 0, 1, 1),
    }
    assert sum(row.total for row in told.ageing) == told.open == 4
    assert told.stopped == 1


def test_obstacle_of_an_unreleased_report_is_not_told_to_others():
    task = make_commitment()
    draft = Progress.objects.create(task=task, written_at=at("2025-02-01"))
    obstacle(task, "partner", progress=draft)
    reader = make_person("reader")
    on = day("2025-12-31")
    told = count_funnel(reader, list_tasks(reader, on=on), on=on)
    assert {row.side: row.total for row in told.ageing}[""] == 1


def test_agreements_nobody_follows_are_told():
    make_commitment(agreement=make_agreement())
    make_agreement()
    make_agreement("2026-01-01")
    assert funnel().unfollowed == 1


@given(st.integers(0, 10_000))
def test_every_age_lies_in_one_bucket(days):
    first, last = AGES[age_bucket(days)]
    assert first <= days
    assert last is None or days <= last


def test_statements_do_not_grow_with_the_commitments(django_assert_num_queries):
    for n in range(12):
        show(make_commitment(Status.IN_PROGRESS), on=str(dt.date(2025, 3, n + 1)))
    with django_assert_num_queries(6):
        funnel()
