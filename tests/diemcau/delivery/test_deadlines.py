"""A deadline is an interval; late only after its last day; none is a state of its own."""

import datetime as dt

import pytest

from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import choose_due_rule
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.ledger import record_task
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Standing, Status, standing
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement


@pytest.mark.parametrize(
    ("text", "calendar", "administrative", "precision"),
    [
        ("2025-06-30", ("2025-06-30", "2025-06-30"), ("2025-06-30", "2025-06-30"), "day"),
        ("2025-02", ("2025-02-01", "2025-02-28"), ("2025-01-15", "2025-02-14"), "month"),
        ("2024-Q3", ("2024-07-01", "2024-09-30"), ("2024-06-15", "2024-09-14"), "quarter"),
        ("2025-H1", ("2025-01-01", "2025-06-30"), ("2024-12-15", "2025-06-14"), "half"),
        ("2025-H2", ("2025-07-01", "2025-12-31"), ("2025-06-15", "2025-12-14"), "half"),
        ("2025", ("2025-01-01", "2025-12-31"), ("2024-12-15", "2025-12-14"), "year"),
        ("2022/2026", ("2022-01-01", "2026-12-31"), ("2021-12-15", "2026-12-14"), "years"),
        ("2025-01/2025-10", ("2025-01-01", "2025-10-31"), ("2024-12-15", "2025-10-14"), "month"),
    ],
)
def test_both_rules_say_their_days(text, calendar, administrative, precision):
    for rule, days in ((DueRule.CALENDAR, calendar), (DueRule.ADMINISTRATIVE, administrative)):
        due = read_deadline(text, rule=rule)
        assert (due.due_from.isoformat(), due.due_to.isoformat()) == days
        assert (due.precision, due.rule) == (precision, rule)


@pytest.mark.parametrize("text", [None, "", "sớm", "2025-02-30", "2025-13", "2026/2022", "0000"])
def test_what_names_no_day_has_no_interval(text):
    assert read_deadline(text) is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-12-01", Standing.IN_TIME),
        ("2025-12-02", Standing.NEAR),
        ("2025-12-31", Standing.NEAR),
        ("2026-01-01", Standing.LATE),
    ],
)
def test_late_only_after_the_last_day(day, state):
    on = dt.date.fromisoformat(day)
    assert standing(Status.NEW, dt.date(2025, 12, 31), None, on=on) == state


def test_no_deadline_is_never_late():
    assert standing(Status.NEW, None, None, on=dt.date.max) == Standing.NONE


@pytest.fixture
def task(db):
    statement = make_statement(
        make_document(event_on="2025-07-22"), "tasks", "rà soát thỏa thuận", deadline="2025-H2"
    )
    return record_task(statement)


def test_a_person_chooses_the_administrative_periods(task):
    lan = make_person(name="lan")
    changed = choose_due_rule(lan, task=task, rule=DueRule.ADMINISTRATIVE)
    assert changed.due_to == dt.date(2025, 12, 14)
    entry = AuditEntry.objects.get()
    assert entry.detail["before"] == {"rule": "calendar", "due_to": "2025-12-31"}
    # Accepting the corrected statement again keeps the person's choice.
    assert record_task(task.statement).due_to == dt.date(2025, 12, 14)


def test_without_a_deadline_there_is_no_rule_to_choose(task):
    task.deadline = ""
    task.save()
    with pytest.raises(Refused):
        choose_due_rule(None, task=task, rule=DueRule.ADMINISTRATIVE)
