"""What stands in the way: opened with side and level, resolved with how, never forgotten."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from diemcau.delivery.actions import (
    Left,
    add_evidence,
    move_task,
    open_obstacle,
    resolve_obstacle,
    write_progress,
)
from diemcau.delivery.models import DecidingLevel, EvidenceKind, Obstacle, ProgressState, Side
from diemcau.delivery.obstacles import list_obstacles, still_open
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move, Status
from tests.diemcau.delivery.parties import HINDRANCE, make_task

pytestmark = pytest.mark.django_db


def report_done(people, task):
    add_evidence(people["writes"], task=task.pk, kind=EvidenceKind.PRODUCT, what="đề án")
    move_task(people["writes"], task=task.pk, move=Move.SUBMIT)


def test_an_obstacle_is_opened_by_who_does_the_work_and_resolved_by_either_side(task, people):
    for who in ("judges", "outside", "reads"):
        with pytest.raises(PermissionDenied):
            open_obstacle(people[who], task=task.pk, hindrance=HINDRANCE)
    first, second = (
        open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE) for _ in range(2)
    )
    with pytest.raises(Refused):
        resolve_obstacle(people["judges"], obstacle=first.pk, how=" ")
    resolve_obstacle(people["judges"], obstacle=first.pk, how="Bộ trưởng đã trao đổi")
    with pytest.raises(Refused):
        resolve_obstacle(people["writes"], obstacle=first.pk, how="lần nữa")
    with pytest.raises(PermissionDenied):
        resolve_obstacle(people["outside"], obstacle=second.pk, how="x")
    assert list(still_open(task)) == [second]


@pytest.mark.parametrize(
    "wrong",
    [{"what": " "}, {"side": Side.OURS, "level": DecidingLevel.PARTNER}],
)
def test_what_is_no_obstacle_is_refused(task, people, wrong):
    with pytest.raises(Refused):
        open_obstacle(people["writes"], task=task.pk, hindrance=replace(HINDRANCE, **wrong))
    assert not Obstacle.objects.exists()


@pytest.mark.parametrize(("left", "n_open"), [(Left.RESOLVED, 0), (Left.STAY, 1)])
def test_closing_a_task_asks_what_becomes_of_its_obstacles(task, people, left, n_open):
    open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE)
    report_done(people, task)
    with pytest.raises(Refused, match="bạn chưa cử đầu mối"):
        move_task(people["judges"], task=task.pk, move=Move.CONFIRM)
    task.refresh_from_db()
    assert task.status == Status.AWAITING
    move_task(people["judges"], task=task.pk, move=Move.CONFIRM, obstacles=left)
    listed = list_obstacles(people["judges"])
    assert listed.count() == n_open
    assert [one.task.status for one in listed] == [Status.DONE] * n_open
    with pytest.raises(Refused):
        open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE)


def test_a_draft_s_obstacle_holds_nothing_up_until_it_is_released(task, people):
    draft = write_progress(people["writes"], task=task.pk, done="đã họp", hindrance=HINDRANCE)
    (hidden,) = Obstacle.objects.all()
    with pytest.raises(PermissionDenied):
        resolve_obstacle(people["judges"], obstacle=hidden.pk, how="x")
    assert not list_obstacles(people["judges"]).exists()
    assert list_obstacles(people["colleague"]).exists()
    assert not still_open(task).exists()
    write_progress(people["approves"], task=task.pk, report=draft.pk, to=ProgressState.RELEASED)
    assert list_obstacles(people["judges"]).get() == hidden


def test_the_oldest_stands_first(task, people):
    other = make_task()
    for day, row in ((20, other), (5, task)):
        with time_machine.travel(dt.datetime(2026, 3, day, tzinfo=dt.UTC), tick=False):
            open_obstacle(people["writes"], task=row.pk, hindrance=HINDRANCE)
    assert [one.task for one in list_obstacles(people["reads"])] == [task, other]
