"""The four cells and what they cannot hold: a task is in one, rows sum, shares have a base."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.delivery.models import Handover
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.states import Status
from diemcau.delivery.statistics.cells import CELLS, Cells, count_by_body, count_cells, shares_of
from diemcau.directory.actions import record_succession
from tests.diemcau.counted import at, day, make_task
from tests.diemcau.delivery.parties import make_body

pytestmark = pytest.mark.django_db

ON = "2025-10-20"


def counted(on=ON):
    return count_cells(list_tasks(None, on=day(on)))


def test_every_cell_holds_what_it_says():
    make_task(Status.DONE, due="2025-06-30", delivered="2025-06-30")
    make_task(Status.DONE, due="2025-06-30", delivered="2025-07-01")
    make_task(due="2025-12-31")
    make_task(due="2025-10-25")
    make_task(due="2025-10-19")
    make_task(Status.AWAITING, due="2025-10-19", delivered="2025-10-18")
    make_task(Status.DONE, delivered="2025-06-30")
    make_task()
    make_task(Status.SUSPENDED, due="2025-06-30")
    make_task(Status.REFUSED)
    cells = counted()
    assert dict(cells.counts) == {
        "done_on_time": 1,
        "done_late": 1,
        "in_time": 3,
        "overdue": 1,
        "done_no_deadline": 1,
        "no_deadline": 1,
        "suspended": 1,
        "refused": 1,
    }
    assert (cells.total, cells.awaiting, cells.done, cells.fell_due) == (10, 1, 3, 3)


def test_both_bases_of_punctuality_are_told():
    """The year 2017 and October 2025, with the numbers the reports had."""
    year = Cells({"done_on_time": 14_068, "done_late": 1_983, "in_time": 5_640, "overdue": 223})
    assert year.total == 21_914
    shares = {(one.what, one.base): (one.part, one.whole) for one in shares_of(year)}
    assert shares["done", "fell_due"] == (16_051, 16_274)
    assert shares["overdue", "fell_due"] == (223, 16_274)
    assert shares["done", "all"] == (16_051, 21_914)
    october = Cells({"done_on_time": 7_892, "in_time": 1_620, "overdue": 319})
    shares = {(one.what, one.base): (one.part, one.whole) for one in shares_of(october)}
    assert shares["done", "all"] == (7_892, 9_831)
    assert shares["overdue", "all"] == (319, 9_831)


@pytest.fixture
def bodies(db):
    make_body("bo-a", "Bộ A")
    make_body("bo-cu", "Bộ Cũ")
    make_body("vu-a", "Vụ A", kind="unit", parent="bo-a")
    cells = {"from": "bo-cu", "to": "bo-a", "kind": "merged", "on": "2025-03-01"}
    record_succession(None, cells, reason="thử")
    make_body("bo-b", "Bộ B")


def rows(under=""):
    found = count_by_body(list_tasks(None, on=day(ON)), under=under)
    return {row.ref: (row.how, row.cells.total) for row in found}


def test_rows_are_the_bodies_that_answer_and_sum(bodies):
    for lead in ("bo-a", "vu-a", "vu-a", "bo-cu", "bo-b", "", "?", "?"):
        make_task(lead=lead)
    assert rows() == {
        "bo-a": ("reach", 4),
        "bo-b": ("reach", 1),
        "?": ("reach", 2),
        "": ("reach", 1),
    }


def test_one_body_opens_into_its_own_those_under_it_and_those_it_took_over(bodies):
    for lead in ("bo-a", "vu-a", "vu-a", "bo-cu", "bo-cu", "bo-cu"):
        make_task(lead=lead)
    assert rows("bo-a") == {"bo-a": ("own", 1), "vu-a": ("under", 2), "bo-cu": ("inherited", 3)}


def test_word_on_who_answers_for_a_divided_body_is_followed(bodies):
    task = make_task(lead="bo-cu", status=Status.AWAITING)
    make_task(lead="bo-cu")
    Handover.objects.create(
        task=task, from_ref="bo-cu", to_ref="bo-b", reason="thử", decided_at=at(ON)
    )
    found = count_by_body(list_tasks(None, on=day(ON)))
    assert {row.ref: (row.cells.total, row.cells.awaiting) for row in found} == {
        "bo-a": (1, 0),
        "bo-b": (1, 1),
    }


_TASKS = st.lists(
    st.tuples(
        st.sampled_from([Status.NEW, Status.AWAITING, Status.DONE, Status.SUSPENDED]),
        st.sampled_from(["", "2025-06-30", "2025-10-20", "2025-12-31"]),
        st.sampled_from(["2025-05-01", "2025-07-15"]),
        st.sampled_from(["bo-a", "vu-a", "bo-cu", "bo-b", "", "?"]),
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TASKS, st.sampled_from(["2025-03-01", "2025-06-30", "2025-07-01", ON]))
def test_cells_and_rows_sum_on_any_day(bodies, tasks, on):
    with transaction.atomic():
        for status, due, delivered, lead in tasks:
            make_task(status, due=due, delivered=delivered, lead=lead)
        listed = list_tasks(None, on=day(on))
        cells = count_cells(listed)
        assert cells.total == len(tasks) == listed.count()
        by_body = sum((row.cells for row in count_by_body(listed)), start=Cells())
        assert {c: by_body.of(c) for c in CELLS} == {c: cells.of(c) for c in CELLS}
        assert by_body.awaiting == cells.awaiting
        transaction.set_rollback(True)
