"""The audit log, tokens and the API's page in a real browser: accessible and within the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.audit.actions import came_from, origin
from diemcau.audit.inspection import verify_log
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import choose_due_rule, confirm_echo
from diemcau.delivery.deadlines import DueRule
from tests.diemcau.everything import make_everything
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def everything(transactional_db):
    """One of everything, and some entries somebody asked for from a page."""
    made = make_everything()
    with origin("web"), came_from("10.20.30.40"):
        choose_due_rule(made.person, task=made.second, rule=DueRule.ADMINISTRATIVE)
        confirm_echo(made.person, echo=made.echo)
        verify_log(made.person)
    return made


@in_two_ways
def test_every_page_is_accessible_and_fits(open_page, everything, language, width, scheme):
    page = open_page(language=language, width=width, color_scheme=scheme, person=everything.person)
    rule = AuditEntry.objects.get(action="delivery.choose_due_rule")
    addresses = {
        "log": reverse("audit_log"),
        "history": f"{reverse('audit_log')}?ve=task:{everything.second.pk}&tu=2020-01-01&q=han",
        "entry": reverse("audit_entry", args=[rule.pk]),
        "tokens": reverse("tokens"),
        "api": reverse("api_docs"),
    }
    assert faults_of(page, addresses, opens=True) == {}


def test_a_token_is_made_shown_once_and_revoked(open_page, everything):
    page = open_page(reverse("tokens"), person=everything.other)
    page.get_by_label("Dùng cho việc gì").fill("Máy trạm tổng hợp")
    page.keyboard.press("Enter")
    expect(page.locator("code.secret")).to_contain_text("dcpat_")
    page.goto(reverse("tokens"))
    expect(page.locator("table.list")).to_contain_text("Máy trạm tổng hợp")
    expect(page.locator("code.secret")).to_have_count(0)
    page.get_by_role("button", name="Thu hồi Máy trạm tổng hợp").click()
    expect(page.locator(".note.success")).to_contain_text("không còn dùng được")
    expect(page.locator("table.list")).to_contain_text("đã thu hồi")
