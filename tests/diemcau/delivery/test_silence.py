"""One rule of silence: the register, the boards, the ladder and the letters answer alike."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from diemcau.delivery.actions import answer_assignment, ask_confirmation
from diemcau.delivery.models import Answer, Task
from diemcau.delivery.narrowing import TaskFilter, silent_since, unheard_for
from diemcau.delivery.queries import find_tasks

pytestmark = pytest.mark.django_db


def test_silence_is_one_answer_today_and_of_the_same_day_later(task, people):
    def silent(on):
        return find_tasks(None, TaskFilter(silent=30), on=on).filter(pk=task.pk).exists()

    asked_on = dt.date(2026, 6, 3)
    with time_machine.travel(dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC), tick=False):
        held = task.assignments.first()
        answer_assignment(people["writes"], assignment=held.pk, answer=Answer.ACCEPTED)
    with time_machine.travel(dt.datetime(2026, 6, 3, 3, tzinfo=dt.UTC), tick=False):
        today = silent(asked_on)
    with time_machine.travel(dt.datetime(2026, 6, 4, 3, tzinfo=dt.UTC), tick=False):
        ask_confirmation(people["judges"], task=task.pk, asked_of="Công ty A")
        assert silent(asked_on) == today is False
        assert not silent(dt.date(2026, 6, 4))
    with time_machine.travel(dt.datetime(2026, 6, 5, 3, tzinfo=dt.UTC), tick=False):
        assert not silent(dt.date(2026, 6, 4))
        assert silent(dt.date(2026, 5, 31))


def test_silence_is_counted_alike_by_the_register_the_ladder_and_the_letters(task):
    recorded = timezone.localdate(task.recorded_at)
    task.said_on = recorded - dt.timedelta(days=100)
    assert silent_since(task, None) == task.said_on
    assert silent_since(task, recorded) == recorded
    task.save()
    # The register learned of it late; who was given it has been silent all the same.
    for days, expected in ((100, True), (101, False)):
        assert find_tasks(None, TaskFilter(silent=days), on=recorded).exists() == expected
        assert Task.objects.filter(unheard_for(days, recorded)).exists() == expected
    task.said_on = None
    assert silent_since(task, None) == recorded
