"""Two bodies, a task one gave to the other, and people on every side of it."""

import datetime as dt

import time_machine

from diemcau.accounts.models import Role
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Assignment, DecidingLevel, Side, SlipReason
from diemcau.delivery.obstacles import Hindrance
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

__all__ = ["GIVEN", "HINDRANCE", "make_body", "make_people", "make_task"]

GIVEN = dt.datetime(2026, 1, 10, 9, tzinfo=dt.timezone(dt.timedelta(hours=7)))
_START = dt.date(2026, 1, 1)
HINDRANCE = Hindrance(
    "bạn chưa cử đầu mối", SlipReason.PARTNER, Side.PARTNER, DecidingLevel.MINISTRY, "đề nghị gặp"
)


def make_body(ref, name, **more):
    """A ministry of that id, made here if it is not there."""
    found = Body.objects.filter(ref=ref).first()
    if found is None:
        save_body(None, {"id": ref, "kind": "ministry", "name": name, **more}, reason="thử")
        found = Body.objects.get(ref=ref)
    return found


def make_task(**values):
    """A task of the body "bo-giao", said on 10/1/2026, given to "bo-lam", due on 30/6/2026."""
    document = make_document(event_on="2026-01-10")
    document.owner = make_body("bo-giao", "Bộ Giao việc")
    document.save()
    wanted = {
        "action": "trình đề án",
        "issuer": "Bộ Giao việc",
        "assignees": ["Bộ Làm việc"],
        "deadline": "2026-06-30",
        **values,
    }
    with time_machine.travel(GIVEN, tick=False):
        row = record_task(make_statement(document, "tasks", "trình đề án trước 30/6", **wanted))
    Assignment.objects.filter(task=row).update(body_ref="bo-lam")
    row.lead = "bo-lam"
    row.save()
    make_body("bo-lam", "Bộ Làm việc")
    return row


def make_people():
    """By what they are to the task: writes, approves, judges, keeps the desk, outside, reads."""
    doer, giver = make_body("bo-lam", "Bộ Làm việc"), make_body("bo-giao", "Bộ Giao việc")
    outside = make_body("bo-khac", "Bộ Khác")

    def person(role, name, body=None):
        return make_person(role, name=name, body=body, starts_on=_START)

    return {
        "writes": person(Role.REPORTER, "nguoi-soan", doer),
        "colleague": person(Role.REPORTER, "dong-nghiep", doer),
        "approves": person(Role.APPROVER, "nguoi-duyet", doer),
        "judges": person(Role.APPROVER, "nguoi-giao", giver),
        "desk": person(Role.COORDINATOR, "dau-moi"),
        "outside": person(Role.APPROVER, "nguoi-ngoai", outside),
        "reads": person(Role.READER, "nguoi-doc"),
    }
