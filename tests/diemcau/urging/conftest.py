"""Rules of urging, and a ministry with the people who hear of its work."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery.models import Assignment
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.urging.shipped import ensure_rules
from tests.diemcau.counted import make_task
from tests.diemcau.people import make_person


def instant(text):
    """A local instant, aware: "2026-03-02 09:00"."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


MONDAY = instant("2026-03-02 09:00")


@pytest.fixture
def clock():
    """Monday, 2 March 2026, nine in the morning; tests move it."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(db, clock, settings):
    """A ministry with a department under it, who reports and approves, and the desk."""
    settings.DEFAULT_FROM_EMAIL = "Điểm Cầu <diem-cau@example.vn>"
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://diemcau.example"
    ensure_rules()
    made = SimpleNamespace(clock=clock)
    for ref, name, parent in (
        ("bo-thu", "Bộ Thử nghiệm", ""),
        ("vu-thu", "Vụ Thử nghiệm", "bo-thu"),
        ("bo-khac", "Bộ Khác", ""),
    ):
        cells = {"id": ref, "kind": "ministry", "name": name, "parent": parent}
        save_body(None, cells, reason="thử")
    made.ministry = Body.objects.get(ref="bo-thu")
    made.unit = Body.objects.get(ref="vu-thu")
    made.other = Body.objects.get(ref="bo-khac")
    early = dt.date(2020, 1, 1)

    def person(role, name, **grant):
        one = make_person(role, name=name, starts_on=early, **grant)
        one.email = f"{name}@example.vn"
        one.save()
        return one

    made.person = person
    made.reporter = person(Role.REPORTER, "chuyen-vien", body=made.unit)
    made.approver = person(Role.APPROVER, "vu-truong", body=made.unit)
    made.above = person(Role.APPROVER, "thu-truong", body=made.ministry)
    made.desk = person(Role.COORDINATOR, "dieu-phoi")

    def task(due="", status="new", ref="vu-thu", **fields):
        one = make_task(status, due=due, **fields)
        Assignment.objects.create(task=one, as_written="Vụ Thử nghiệm", body_ref=ref)
        one.lead = ref
        one.save()
        return one

    made.task = task
    return made
