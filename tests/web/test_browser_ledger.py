"""The ledger's pages in a real browser: accessible in both languages, wide and narrow; keys."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.indicators.models import Comparison
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    *("home", "tasks", "echoes", "figures", "clashes", "events", "people", "instruments"),
    *("partners", "shortcomings", "search"),
]


@pytest.fixture
def person(transactional_db):
    return make_person(name="Lan")


@in_two_ways
def test_every_page_is_accessible_and_fits(open_page, person, language, width, scheme):
    fill_ledger(3)
    page = open_page(language=language, width=width, color_scheme=scheme, person=person)
    addresses = [reverse(name) + ("?q=thoa" if name == "search" else "") for name in PAGES]
    addresses.append(reverse("clash", args=[Comparison.objects.first().pk]))
    addresses.append(reverse("figure", args=[Comparison.objects.first().left_id]))
    assert faults_of(page, addresses) == {}


@pytest.mark.parametrize("name", ["tasks", "documents"])
def test_a_list_of_many_columns_fits_a_laptop_and_its_titles_have_room(open_page, person, name):
    fill_ledger(3)
    page = open_page(reverse(name), width=1280, person=person)
    table = page.locator("table.list")
    columns = table.locator("thead th, thead td")
    right = columns.last.bounding_box()
    assert right["x"] + right["width"] <= 1280
    titles = table.locator("tbody tr > .main, tbody tr > th").first.bounding_box()
    assert titles["width"] >= 220


def test_the_keyboard_searches_walks_and_opens(open_page, person):
    fill_ledger(3)
    page = open_page(person=person)
    page.keyboard.press("/")
    page.keyboard.type("thoa thuan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=thoa+thuan")
    expect(page.locator("mark").first).to_have_text("thỏa", ignore_case=True)
    page.goto(reverse("tasks"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-row]").nth(1)
    expect(second).to_be_focused()
    title = second.locator("a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/so-theo-doi/*/")
    expect(page.locator("h1")).to_have_text(title)


def test_a_drop_down_of_filters_closes_by_escape_and_by_a_click_outside(open_page, person):
    fill_ledger(3)
    page = open_page(reverse("figures"), person=person)
    down = page.locator("details.chips").first
    down.locator("summary").click()
    down.locator("ul").click(position={"x": 2, "y": 2})
    expect(down).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(down).not_to_have_attribute("open", "")
    expect(down.locator("summary")).to_be_focused()
    down.locator("summary").click()
    page.click("h1")
    expect(down).not_to_have_attribute("open", "")


def test_x_ticks_the_row_and_the_ticked_ones_are_changed(open_page, person):
    fill_ledger(3)
    page = open_page(reverse("tasks"), person=person)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-tick]").first).to_be_checked()
    page.get_by_role("button", name="Sửa các nhiệm vụ đã chọn").click()
    page.wait_for_url("**/sua-nhieu?chon=*")
    expect(page.locator("h1")).to_have_text("Sửa 1 nhiệm vụ")
    expect(page.locator("[data-of=report]")).to_be_hidden()
