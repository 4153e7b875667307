"""Which notices still hold: the same causes as a round finds, in a few statements of any page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from diemcau.delivery.models import (
    Answer,
    Assignment,
    Progress,
    ProgressState,
    ReportRequest,
    Slip,
    SlipReason,
    SlipState,
    Task,
)
from diemcau.delivery.states import Status
from diemcau.urging.expected import working_time
from diemcau.urging.holding import holding
from diemcau.urging.models import Duty, Kind, Notice, Rule
from diemcau.urging.plan import list_items
from tests.diemcau.people import client_of
from tests.diemcau.urging.conftest import MONDAY, instant

pytestmark = pytest.mark.django_db


@pytest.fixture
def noticed(house):
    """A notice of every kind, each of its own task, said by what a round finds."""
    Duty.objects.filter(key="month").update(is_on=True, starts_on=dt.date(2026, 1, 1))
    house.task("2026-03-05", status=Status.IN_PROGRESS, said="2026-02-01", title="near")
    house.task("2026-02-27", status=Status.IN_PROGRESS, said="2026-02-01", title="late")
    house.task(status=Status.IN_PROGRESS, said="2025-06-01", title="silent")
    house.task(status=Status.AWAITING, said="2026-02-01", title="awaiting")
    moved = house.task("2026-12-01", status=Status.IN_PROGRESS, said="2026-02-01", title="slip")
    Slip.objects.create(
        task=moved,
        after="2027",
        due_after=dt.date(2027, 12, 31),
        reason_code=SlipReason.OWN,
        reason="thử",
        asked_at=instant("2026-02-20 09:00"),
    )
    asked = house.task("2026-12-01", status=Status.IN_PROGRESS, said="2026-02-01", title="asked")
    for day in ("2026-02-20", "2026-02-26"):
        ReportRequest.objects.create(
            task=asked, asked_at=instant(f"{day} 09:00"), by_day=dt.date(2026, 2, 27)
        )
    house.task("2026-12-01", said="2026-02-01", title="not answered")
    rules = {rule.pk: rule for rule in Rule.objects.all()}
    Notice.objects.bulk_create(
        Notice(
            person=house.desk,
            task=item.task,
            rule=rules[item.rule.pk],
            kind=item.rule.kind,
            step=1,
            to="desk",
            is_escalation=True,
            about=item.about,
            words=item.words,
            anchor=item.anchor,
            day=MONDAY.date(),
            days=1,
            made_at=MONDAY,
        )
        for item in list_items(MONDAY.date(), time=working_time())
    )
    assert set(Notice.objects.values_list("kind", flat=True)) == set(Kind)
    return house


def all_notices():
    return Notice.objects.select_related("task", "rule").order_by("pk")


def as_a_round_sees():
    """The notices whose cause a round would find today."""
    keys = {item.key for item in list_items(timezone.localdate(), time=working_time())}
    return {
        one.pk for one in all_notices() if (one.rule_id, one.task_id, one.about, one.anchor) in keys
    }


def report(task, **fields):
    at = instant("2026-03-02 08:00")
    Progress.objects.create(
        task=task, state=ProgressState.RELEASED, written_at=at, released_at=at, **fields
    )


CHANGES = {
    "nothing": lambda house: None,
    "all are done": lambda house: Task.objects.update(status=Status.DONE),
    "all are withdrawn": lambda house: Task.objects.update(withdrawn_at=MONDAY),
    "a deadline moved": lambda house: Task.objects.exclude(due_to=None).update(
        due_to=dt.date(2026, 3, 1)
    ),
    "the result came back": lambda house: Task.objects.filter(status=Status.AWAITING).update(
        status=Status.REDO
    ),
    "the slip was decided": lambda house: Slip.objects.update(
        state=SlipState.APPROVED, decided_at=MONDAY
    ),
    "the slip was taken back": lambda house: Slip.objects.update(
        state=SlipState.WITHDRAWN, decided_at=MONDAY
    ),
    "the assignments were answered": lambda house: Assignment.objects.update(
        answer=Answer.ACCEPTED
    ),
    "the assignments ended": lambda house: Assignment.objects.filter(
        task__title="not answered"
    ).update(ended_at=MONDAY),
    "a word came": lambda house: Task.objects.update(last_word_at=MONDAY),
    "reports came": lambda house: [report(one, body=house.unit) for one in Task.objects.all()],
    "reports of the desk came": lambda house: [report(one) for one in Task.objects.all()],
    "reports of another body came": lambda house: [
        report(one, body=house.other) for one in Task.objects.all()
    ],
    "reports of another month came": lambda house: [
        report(one, body=house.unit, period="2025-11") for one in Task.objects.all()
    ],
    "rules were turned off": lambda house: Rule.objects.filter(
        kind__in=[Kind.LATE, Kind.SILENT]
    ).update(is_on=False),
    "the duty was turned off": lambda house: Duty.objects.update(is_on=False),
    "two days passed": lambda house: house.clock.move_to(MONDAY + dt.timedelta(days=2)),
    "a month passed": lambda house: house.clock.move_to(MONDAY + dt.timedelta(days=31)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_notice_holds_as_long_as_a_round_finds_its_cause(noticed, change):
    CHANGES[change](noticed)
    assert holding(all_notices()) == as_a_round_sees()


def test_a_page_of_every_kind_asks_few_statements(noticed, django_assert_num_queries):
    client = client_of(noticed.desk)
    client.get(reverse("notices"))
    with django_assert_num_queries(11):
        page = client.get(reverse("notices")).content.decode()
    assert page.count("<tr data-row") == Notice.objects.count()
    assert "Đã giải quyết" not in page
