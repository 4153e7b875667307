"""The directory's pages in a real browser: accessible, within the screen, and the slider moves."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role
from diemcau.delivery.ledger import record_task
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.indicators.ledger import record_figure
from diemcau.web.directory.urls import urlpatterns as directory_patterns
from diemcau.web.documents.urls import urlpatterns as documents_patterns
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import give_role, make_person
from tests.diemcau.statements import make_document, make_statement
from tests.web.accessibility import faults_of, in_two_ways

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


@in_two_ways
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
        reverse("directory_look_up") + "?ten=UBND+t%E1%BB%89nh&ngay=2024-12-20",
        reverse("directory_partner", args=["opec"]),
        # No mission, no level: only sentences that say so.
        reverse("directory_partner", args=["af"]),
        reverse("directory_partner", args=["au"]),
        reverse("directory_measures"),
        reverse("directory_by_body"),
        reverse("directory_unconfirmed"),
        reverse("directory_import"),
        reverse("figures_by_unit"),
    ]
    assert faults_of(page, addresses) == {}


def test_the_slider_shows_the_bodies_of_its_month(open_page, person):
    page = open_page(reverse("directory"), person=person)
    old = page.locator("#tree").get_by_text("Bộ Kế hoạch và Đầu tư")
    expect(old).to_have_count(0)
    page.locator("input[type=range]").focus()
    page.evaluate(
        "s => { s.value = 35; s.dispatchEvent(new Event('change', {bubbles: true})) }",
        page.locator("input[type=range]").element_handle(),
    )
    page.wait_for_url("**/danh-ba/?ngay=2024-12-01")
    expect(page.locator("#ngay")).to_have_value("2024-12-01")
    expect(old).to_have_count(1)
    expect(page.locator("input[type=range]")).to_be_focused()
    page.click(".asof-day button")
    page.wait_for_url("**/danh-ba/?ngay=2024-12-01")
    expect(old).to_have_count(1)
    expect(page.locator("input[type=range]")).to_have_value("35")
    page.fill("#q", "ke hoach")
    page.click(".narrow-by button")
    page.wait_for_url("**/danh-ba/?ngay=2024-12-01&q=ke+hoach")
    expect(page.locator("#ngay")).to_have_value("2024-12-01")
    page.click("#to-today a")
    expect(old).to_have_count(0)


_SQUEEZED = """() => [...document.querySelectorAll('main input, main select, main label')]
  .filter((e) => e.checkVisibility() && !/^(checkbox|radio|hidden)$/.test(e.type))
  .filter((e) => !e.closest('.unseen') && e.getBoundingClientRect().width
    < (e.matches('label') ? e.firstChild && 20 : 90))
  .map((e) => e.outerHTML.slice(0, 90))"""
_OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('main form :is(input, select, button, label)')]
    .filter((e) => e.checkVisibility() && e.type !== 'hidden' && !e.matches('.unseen'))
    .map((e) => [e, e.getBoundingClientRect()]);
  const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap(([e, a], i) => boxes.slice(i + 1)
    .filter(([f, b]) => !e.contains(f) && cross(a, b))
    .map(([f]) => `${e.outerHTML.slice(0, 60)} over ${f.outerHTML.slice(0, 60)}`));
}"""


def test_no_list_is_wider_than_a_telephone(open_page, person):
    fill_ledger(2)
    give_role(person, Role.ADMINISTRATOR)
    page = open_page(width=360, person=person)
    names = [p.name for p in get_resolver("diemcau.web.urls").url_patterns if hasattr(p, "name")]
    names += [p.name for p in directory_patterns + documents_patterns]
    addresses = []
    for name in dict.fromkeys(names):
        try:
            addresses.append(reverse(name))
        except NoReverseMatch:
            continue
    addresses += [
        f"{reverse('directory_partners')}?loai={kind}" for kind in ("bloc", "region", "agreement")
    ]
    addresses += [
        f"{reverse('directory_look_up')}?ten=Congo&ngay=2024-12-20",
        f"{reverse('directory')}?q=bac+ninh&ngay=2024-12-20",
        f"{reverse('figures')}?q=thoa&nam=2024",
        f"{reverse('search')}?q=thoa",
    ]
    found = {}
    for address in addresses:
        answer = page.request.get(address)
        is_file = "content-disposition" in answer.headers
        if not answer.ok or is_file or address.endswith("dang-xuat"):
            continue
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems = [f"{wide} px wide"] if wide > 360 else []
        problems += page.evaluate(_SQUEEZED) + page.evaluate(_OVERLAPS)
        if problems:
            found[address] = problems
    assert found == {}
    assert len(addresses) > 20
