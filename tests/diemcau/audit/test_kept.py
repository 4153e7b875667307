"""Answers kept in the process: the same as asked anew, until somebody writes, and no longer."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from diemcau.accounts.models import Role
from diemcau.audit import kept as room
from diemcau.delivery import queries
from diemcau.delivery.actions import move_task
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Task
from diemcau.delivery.states import Move
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db(transaction=True)

DAY = dt.date(2100, 1, 1)
"""Later than the tests run: a past day has none of what is recorded today."""


@pytest.fixture
def keeps(settings):
    settings.KEEPS_ANSWERS = True
    room._answers.clear()
    yield
    room._answers.clear()


def count(by):
    return queries.count_by_lead(by, on=DAY)[""]["all"]


def test_an_answer_holds_until_somebody_writes(keeps, django_assert_num_queries):
    person = make_person(Role.COORDINATOR)
    document = make_document()
    tasks = [record_task(make_statement(document, "tasks", f"việc {n}")) for n in range(3)]
    assert count(person) == 3
    with django_assert_num_queries(1):
        assert count(person) == 3
    Task.objects.filter(pk=tasks[0].pk).update(withdrawn_at="2026-01-01T00:00Z")
    assert count(person) == 3, "no action moved the log"
    move_task(None, task=tasks[1].pk, move=Move.START)
    assert count(person) == 2


def test_what_is_kept_for_one_is_not_told_another(keeps):
    document = make_document()
    record_task(make_statement(document, "tasks", "việc kín"))
    document.is_closed = True
    document.save()
    sees = make_person(Role.COORDINATOR, name="thay", sees_closed=True)
    other = make_person(Role.COORDINATOR, name="khong-thay")
    assert count(sees) == 1
    assert queries.count_by_lead(other, on=DAY) == {}


def asked_at_once(find, people=6):
    """What each of several threads is told, all under one head of the log."""
    ready = Barrier(people)

    def ask(_number):
        with room.one_head():
            room.hold_head("ab12")
            ready.wait(10)
            try:
                return room.kept("trang", "ai", find)
            except ValueError as problem:
                return str(problem)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(ask, range(people)))


def test_asked_by_many_at_once_it_is_worked_out_once(keeps):
    found = []

    def find():
        time.sleep(0.05)
        found.append(1)
        return len(found)

    assert asked_at_once(find) == [1] * 6


def test_what_cannot_be_worked_out_fails_for_each_and_holds_nobody_up(keeps):
    def find():
        time.sleep(0.05)
        raise ValueError("không tính được")

    assert asked_at_once(find) == ["không tính được"] * 6
    assert asked_at_once(lambda: "tính được") == ["tính được"] * 6
