"""The directory's pages in a real browser: accessible, within the screen, and the slider moves."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.delivery.ledger import record_task
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.indicators.ledger import record_figure
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(transactional_db):
    """A person of the secretariat, the shipped rows, some tasks and figures."""
    ensure_shipped_rows()
    for assignee in ("Bộ KH&ĐT", "Bộ LĐ-TB&XH", "Bộ Tài chính"):
        action = f"hoàn thiện hồ sơ với {assignee}"
        document = make_document(event_on="2024-12-20")
        record_task(make_statement(document, "tasks", action, action=action, assignees=[assignee]))
    for subject, value in (("Bắc Ninh", 5), ("Bắc Giang", 3), ("Hà Nam", 1)):
        claim = make_statement(
            make_document(event_on="2024-12-20"),
            "figures",
            f"{subject} thu hút {value}",
            value=value,
            unit="USD",
            bound="eq",
            measure="fdi_registered",
            subject=subject,
            period="2024",
            role="actual",
        )
        record_figure(claim)
    return make_person(Role.SECRETARIAT, name="Lan")


def complaints_of(page):
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.response["passes"], "axe looked at nothing"
    return [
        (violation["id"], node["html"][:160])
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("vi", 1280, "light"), ("en", 360, "dark")]
)
def test_every_page_is_accessible_and_fits(open_page, person, language, width, scheme):
    page = open_page(language=language, width=width, color_scheme=scheme, person=person)
    addresses = [
        reverse("directory"),
        reverse("directory") + "?ngay=2024-12-20",
        reverse("directory") + "?q=bac+ninh",
        reverse("directory_body", args=["mof-2025"]),
        reverse("directory_body", args=["molisa"]),
        reverse("directory_body", args=["tinh-bac-ninh-2025"]),
        reverse("directory_edit", args=["mofa"]),
        reverse("directory_add"),
        reverse("directory_partners"),
        reverse("directory_partner", args=["fr"]),
        reverse("directory_partner", args=["evipa"]),
        reverse("directory_look_up") + "?ten=Congo",
        reverse("directory_by_body"),
        reverse("directory_unconfirmed"),
        reverse("directory_import"),
        reverse("figures_by_unit"),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        if complaints := complaints_of(page):
            found[address] = complaints
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[f"{address} is wider than the screen"] = wide
    assert found == {}


def test_the_slider_shows_the_bodies_of_its_month(open_page, person):
    page = open_page(reverse("directory"), person=person)
    assert page.locator("#tree").get_by_text("Bộ Kế hoạch và Đầu tư").count() == 0
    page.locator("input[type=range]").focus()
    page.evaluate(
        "s => { s.value = 35; s.dispatchEvent(new Event('change', {bubbles: true})) }",
        page.locator("input[type=range]").element_handle(),
    )
    page.wait_for_url("**/danh-ba/?thang=35")
    assert page.locator("#tree").get_by_text("Bộ Kế hoạch và Đầu tư").count() == 1
    assert page.locator("input[type=range]").evaluate("s => s === document.activeElement")
