"""People and roles in a real browser: accessible, within the screen, by keyboard alone."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from diemcau.accounts.models import Delegation, Denial, Grant, Role
from diemcau.directory.models import Body
from diemcau.directory.shipped import ensure_shipped_rows
from tests.diemcau.ledgers import fill_one
from tests.diemcau.people import give_role, make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    """An administrator, and somebody who holds, lent, borrowed and is denied something."""
    ensure_shipped_rows()
    administrator = make_person(Role.ADMINISTRATOR, name="Quản trị")
    give_role(administrator, Role.SECRETARIAT, sees_closed=True)
    lan = make_person(Role.APPROVER, name="Lan", body=Body.objects.get(ref="mpi"), sees_closed=True)
    minh = make_person(Role.REPORTER, name="Minh", body=Body.objects.get(ref="mofa"))
    today = timezone.localdate()
    for person, to in ((lan, minh), (minh, lan)):
        Delegation.objects.create(
            grant=Grant.objects.filter(person=person).first(),
            to=to,
            starts_on=today,
            ends_on=today + dt.timedelta(days=9),
            reason="Đi công tác dài ngày ở cơ quan đại diện",
            made_at=timezone.now(),
        )
    Denial.objects.create(
        person=lan,
        body=Body.objects.get(ref="mof-2025"),
        starts_on=today,
        reason="Có lợi ích liên quan đến dự án",
        made_by=administrator,
        made_at=timezone.now(),
    )
    document = fill_one(0)
    document.owner, document.is_closed = Body.objects.get(ref="mofa"), True
    document.save()
    document.shared_with.add(Body.objects.get(ref="mof-2025"))
    return administrator, lan, document


@in_two_ways
def test_every_page_is_accessible_and_fits(open_page, people, language, width, scheme):
    administrator, lan, document = people
    page = open_page(language=language, width=width, color_scheme=scheme, person=administrator)
    addresses = {
        "people": reverse("accounts"),
        "person": reverse("account", args=[lan.pk]),
        "self": reverse("account", args=[administrator.pk]),
        "why": reverse("account_why", args=[lan.pk]) + f"?tai-lieu={document.pk}",
        "document": reverse("document", args=[document.pk]),
        "upload": reverse("upload"),
    }
    assert faults_of(page, addresses, opens=True) == {}


def test_a_role_is_granted_by_keyboard_alone(open_page, people):
    administrator, lan, _document = people
    page = open_page(reverse("account", args=[lan.pk]), person=administrator)
    page.locator('[name="role"]').first.focus()
    for _role in (Role.REPORTER, Role.APPROVER, Role.COORDINATOR):
        page.keyboard.press("ArrowDown")
    says = page.get_by_role("radio", name="Điều phối", exact=True)
    expect(says).to_have_accessible_description(re.compile("quy tắc đôn đốc"))
    page.keyboard.press("Tab")
    page.keyboard.type("Bộ Ngoại giao")
    page.locator('.sheet[action*="giao-quyen"] [name="reason"]').focus()
    page.keyboard.type("Quyết định 5")
    page.keyboard.press("Enter")
    expect(page.locator(".note.success")).to_contain_text("Bộ Ngoại giao")
    assert Grant.objects.filter(person=lan, role=Role.COORDINATOR, body__ref="mofa").exists()
