"""A People's Committee hands on to the departments of its province, by the names they go by."""

import datetime as dt

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.delivery import actions
from diemcau.delivery.doers.naming import body_named
from diemcau.delivery.ledger import record_task
from diemcau.delivery.refusals import Refused
from diemcau.directory.models import Body
from diemcau.directory.reach import reaches, runs
from tests.diemcau.people import signed_in
from tests.diemcau.shipped import shipped_rows_in_between
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 23)
COMMITTEE = "ubnd.tinh-nghe-an"
FOREIGN_AFFAIRS = "so-ngoai-vu.tinh-nghe-an"


@pytest.fixture(scope="module", autouse=True)
def shipped_rows(django_db_setup, django_db_blocker):
    yield from shipped_rows_in_between(django_db_blocker)


@pytest.fixture
def given():
    """The assignment of a task of the committee of Nghệ An."""
    action = "rà soát các thỏa thuận"
    document = make_document(event_on="2026-10-10")
    names = ["UBND tỉnh Nghệ An"]
    statement = make_statement(document, "tasks", action, action=action, assignees=names)
    return record_task(statement).assignments.get()


def body(ref):
    return Body.objects.get(ref=ref)


def test_a_committee_runs_the_departments_of_its_province_that_stand_that_day():
    run = runs(body(COMMITTEE), on=DAY)
    assert {body(FOREIGN_AFFAIRS).pk, body("so-tai-chinh-2025.tinh-nghe-an").pk} <= run
    others = ("tinh-nghe-an", "tinh-uy.tinh-nghe-an", "hdnd.tinh-nghe-an", COMMITTEE)
    assert not {body(ref).pk for ref in (*others, "so-ngoai-vu.tinh-ha-tinh")} & run
    before = runs(body(COMMITTEE), on=dt.date(2024, 12, 20))
    assert body("so-ke-hoach-dau-tu.tinh-nghe-an").pk in before
    assert body("so-tai-chinh-2025.tinh-nghe-an").pk not in before
    # They belong to the province: whoever holds the committee is not thereby let into them.
    assert body(FOREIGN_AFFAIRS).pk not in reaches([body(COMMITTEE).pk])[body(COMMITTEE).pk]


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("Sở Ngoại vụ Nghệ An", FOREIGN_AFFAIRS),
        ("sở ngoại vụ tỉnh nghệ an", FOREIGN_AFFAIRS),
        ("SCT Nghệ An", "so-cong-thuong.tinh-nghe-an"),
        ("UBND tỉnh Nghệ An", COMMITTEE),
        ("Ủy ban nhân dân tỉnh Nghệ An", COMMITTEE),
    ],
)
def test_a_body_of_a_province_is_found_by_its_name(words, ref):
    assert body_named(words, on=DAY).ref == ref


def test_a_department_of_any_province_is_asked_for_by_its_province():
    with pytest.raises(Refused, match="Sở Công Thương"):
        body_named("Sở Công Thương", on=DAY)


def test_a_committee_passes_a_task_on_to_its_departments_and_no_others(given):
    chair = signed_in(Role.APPROVER, name="chủ tịch", body=body(COMMITTEE)).person
    child = actions.pass_on(chair, assignment=given.pk, to="Sở Ngoại vụ Nghệ An")
    assert (child.lead, child.assigner.ref) == (FOREIGN_AFFAIRS, COMMITTEE)
    # Of its own departments the province need not be said.
    other = actions.pass_on(chair, assignment=given.pk, to="Sở Công Thương")
    assert other.lead == "so-cong-thuong.tinh-nghe-an"
    for name in ("Sở Ngoại vụ Hà Tĩnh", "Tỉnh ủy Nghệ An", "Bộ Công Thương"):
        with pytest.raises(Refused, match="Ủy ban nhân dân tỉnh Nghệ An"):
            actions.pass_on(chair, assignment=given.pk, to=name)


def test_only_those_are_suggested_that_may_be_chosen(given):
    chair = signed_in(Role.APPROVER, name="chủ tịch", body=body(COMMITTEE))
    page = chair.get(reverse("assigning", args=[given.task_id])).content.decode()
    assert f"duoi={COMMITTEE}" in page
    asked = {"truong": "co-quan", "o": "to", "to": "sở ngoại vụ", "duoi": COMMITTEE}
    offered = chair.get(reverse("task_suggestions"), asked).content.decode()
    assert offered.count("<option") == 1
    assert "Sở Ngoại vụ Nghệ An" in offered
    unknown = chair.get(reverse("task_suggestions"), {**asked, "duoi": "không có"})
    assert unknown.content == b""
