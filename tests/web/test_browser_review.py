"""The review in a real browser: keys, focus, no jump, narrow screens, accessibility."""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.delivery.models import Task
from diemcau.documents.models import Statement, StatementState
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT, read_by_hand, store_report
from tests.web.accessibility import ALL_RULES, faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = '.card[aria-current="true"]'


@pytest.fixture
def person(transactional_db):
    return make_person(name="Lan")


@pytest.fixture
def report(transactional_db):
    return store_report()


def review_of(report):
    return reverse("review_document", args=[report.pk])


def in_focus(page):
    return int(page.locator(FOCUS).get_attribute("data-id"))


def state_of(pk):
    return Statement.objects.get(pk=pk).state


def wait_for(page, pk, state):
    page.wait_for_selector(f'#c{pk}[data-state="{state}"]')


_IS_SEEN = """(pk) => {
  const box = document.getElementById(`s${pk}`).getBoundingClientRect();
  const pane = document.querySelector('.text').getBoundingClientRect();
  return box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1;
}"""


def until(holds, *, seconds=30):
    """Wait until something holds; the page's own policy forbids Playwright's way of waiting."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_keys_walk_accept_reject_and_undo(open_page, person, report):
    page = open_page(review_of(report), person=person)
    first, second, third = report.statements.values_list("pk", flat=True)[:3]
    assert in_focus(page) == first
    page.keyboard.press("j")
    expect(page.locator(f"#c{second}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(f"#c{first}")).to_be_focused()
    page.keyboard.press("a")
    wait_for(page, first, "accepted")
    page.wait_for_selector(f'#c{second}[aria-current="true"]')
    page.keyboard.press("x")
    wait_for(page, second, "rejected")
    page.wait_for_selector(f'#c{third}[aria-current="true"]')
    expect(page.locator("#progress")).to_contain_text("2 trên 9")
    page.keyboard.press("u")
    wait_for(page, second, "proposed")
    page.wait_for_selector(f'#c{second}[aria-current="true"]')
    assert [state_of(pk) for pk in (first, second)] == [
        StatementState.ACCEPTED,
        StatementState.PROPOSED,
    ]
    expect(page.locator(f"#s{first}")).to_contain_text("✓")
    expect(page.locator(f"#s{second}")).not_to_contain_text("✕")


_ANOTHER_ANSWER = """() => document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.closest(".card") === null) return;
  // As the count of unread notices does when it comes in while a card settles.
  const other = document.querySelector("header");
  other.dispatchEvent(new CustomEvent("htmx:beforeSwap", {bubbles: true}));
})"""


def test_the_focus_goes_on_though_another_answer_comes_in_at_once(open_page, person, report):
    page = open_page(review_of(report), person=person)
    page.evaluate(_ANOTHER_ANSWER)
    first, second = report.statements.values_list("pk", flat=True)[:2]
    page.keyboard.press("a")
    wait_for(page, first, "accepted")
    expect(page.locator(f"#c{second}")).to_be_focused()


def test_the_focus_is_on_the_card_its_run_is_lit_and_seen(open_page, person, report):
    page = open_page(review_of(report), person=person)
    for pk in report.statements.values_list("pk", flat=True):
        expect(page.locator(f"#c{pk}")).to_be_focused()
        assert page.locator(f'.text mark.here[data-s~="{pk}"]').count() >= 1
        until(lambda pk=pk: page.evaluate(_IS_SEEN, pk))
        page.keyboard.press("j")


def test_a_correction_by_keyboard_keeps_the_focus_and_says_what_is_wrong(open_page, person, report):
    figure = report.statements.get(quote__contains="120")
    page = open_page(f"{review_of(report)}?s={figure.pk}#c{figure.pk}", person=person)
    page.keyboard.press("e")
    page.wait_for_selector(f'#c{figure.pk}[data-mode="edit"]')
    expect(page.locator('[name="bound"]')).to_be_focused()
    page.fill('[name="value"]', "nhiều lắm")
    page.press('[name="value"]', "Enter")
    problem = page.wait_for_selector(f"#p{figure.pk}-value")
    assert "nhiều lắm" in problem.inner_text()
    expect(page.locator('[name="value"]')).to_be_focused()
    page.fill('[name="value"]', "1.250")
    page.press('[name="value"]', "Enter")
    wait_for(page, figure.pk, "accepted")
    assert "1.250" in page.inner_text(f"#c{figure.pk}")
    assert "120" in page.inner_text(f"#c{figure.pk} del")
    figure.refresh_from_db()
    assert figure.corrected["value"] == 1250


def test_escape_closes_a_form_without_deciding(open_page, person, report):
    page = open_page(review_of(report), person=person)
    pk = in_focus(page)
    page.keyboard.press("e")
    page.wait_for_selector(f'#c{pk}[data-mode="edit"]')
    page.keyboard.press("Escape")
    expect(page.locator(f'#c{pk}[data-mode=""]')).to_be_focused()
    assert state_of(pk) == StatementState.PROPOSED


def test_letters_typed_into_a_field_decide_nothing(open_page, person, report):
    task = report.statements.get(quote__contains="cơ chế")
    page = open_page(f"{review_of(report)}?edit={task.pk}#c{task.pk}", person=person)
    page.click('[name="action"]')
    page.keyboard.type("axuakj")
    expect(page.locator('[name="action"]')).to_have_value(re.compile("axuakj"))
    assert state_of(task.pk) == StatementState.PROPOSED


def test_a_merge_by_keyboard(open_page, person, report):
    one, two = report.statements.filter(kind="tasks")
    page = open_page(f"{review_of(report)}?s={two.pk}#c{two.pk}", person=person)
    page.keyboard.press("m")
    page.wait_for_selector(f'#c{two.pk}[data-mode="merge"]')
    expect(page.locator('[name="into"]')).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for(page, two.pk, "merged")
    two.refresh_from_db()
    assert two.merged_into == one


def test_a_second_reviewer_is_told_in_place(open_page, person, report):
    page = open_page(review_of(report), person=person)
    other = open_page(review_of(report), person=make_person(name="Minh"))
    pk = in_focus(page)
    page.keyboard.press("a")
    wait_for(page, pk, "accepted")
    other.keyboard.press("x")
    alert = other.wait_for_selector(f'#c{pk} [role="alert"]')
    assert "Lan" in alert.inner_text()
    assert state_of(pk) == StatementState.ACCEPTED


@pytest.mark.parametrize("cookies", [["sessionid"], ["sessionid", "csrftoken"], ["csrftoken"]])
def test_an_ended_session_is_said_and_what_was_typed_comes_back(
    open_page, person, report, cookies, live_server
):
    person.set_password("mua-xuan-Ha-Noi")
    person.save()
    task = report.statements.get(quote__contains="cơ chế")
    page = open_page(f"{review_of(report)}?edit={task.pk}#c{task.pk}", person=person)
    page.fill('[name="action"]', "việc gõ dở")
    for name in cookies:
        page.context.clear_cookies(name=name)
    page.click('button[value="correct"]')
    link = page.locator("#trouble a")
    link.wait_for()
    if "sessionid" in cookies:
        assert "Phiên đã hết, đăng nhập lại" in page.inner_text("#trouble")
    assert page.locator("#id_password").count() == 0
    assert page.input_value('[name="action"]') == "việc gõ dở"
    link.click()
    if "sessionid" in cookies:
        page.fill("#id_username", person.username)
        page.fill("#id_password", "mua-xuan-Ha-Noi")
        page.click("button.primary")
    page.wait_for_url(f"**{review_of(report)}?edit={task.pk}#c{task.pk}")
    page.wait_for_selector("#trouble:empty", state="attached")
    until(lambda: page.input_value('[name="action"]') == "việc gõ dở")
    page.click('button[value="correct"]')
    wait_for(page, task.pk, "accepted")
    task.refresh_from_db()
    assert task.corrected["action"] == "việc gõ dở"


def test_accepting_does_not_move_the_page(open_page, person, report):
    page = open_page(review_of(report), person=person)
    before = page.evaluate("[scrollX, scrollY, document.documentElement.scrollHeight]")
    pk = in_focus(page)
    page.keyboard.press("a")
    wait_for(page, pk, "accepted")
    expect(page.locator(f"#c{pk}")).not_to_be_focused()
    assert page.evaluate("[scrollX, scrollY, document.documentElement.scrollHeight]") == before


def test_the_keys_are_told_and_n_goes_to_the_next_document(open_page, person, report):
    text = "Hội nghị khác\n" + REPORT
    other = store_report(text, reading=read_by_hand(text))
    page = open_page(review_of(report), person=person)
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.keys")).to_be_hidden()
    page.keyboard.press("n")
    page.wait_for_url(f"**{review_of(other)}")


def test_the_batch_button_counts_as_the_filter_changes(open_page, person, report):
    page = open_page(review_of(report), person=person)
    expect(page.locator("#batch-button")).to_contain_text("(2)")
    page.check('input[name="kinds"][value="tasks"]')
    page.wait_for_selector("#batch-button:has-text('(4)')")
    page.click("#batch-button")
    page.wait_for_selector(".note.success")
    expect(page.locator("#progress")).to_contain_text("4 trên 9")


def test_a_mark_in_the_text_leads_to_its_card(open_page, person, report):
    task = report.statements.get(quote__contains="cơ chế")
    page = open_page(review_of(report), person=person)
    page.click(f'.text mark[data-s~="{task.pk}"]')
    expect(page.locator(f"#c{task.pk}")).to_be_focused()


def test_everything_works_without_scripts(open_page, person, report):
    page = open_page(review_of(report), person=person, java_script_enabled=False)
    task = report.statements.get(quote__contains="cơ chế")
    page.click(f'#c{task.pk} a[data-verb="edit"]')
    page.fill(f"#c{task.pk} [name=deadline]", "quý sau")
    page.click(f'#c{task.pk} button[value="correct"]')
    expect(page.locator(".problem")).to_contain_text("quý sau")
    page.fill("[name=deadline]", "2025-Q4")
    page.click('button[value="correct"]')
    wait_for(page, task.pk, "accepted")
    task.refresh_from_db()
    assert (task.state, task.corrected["deadline"]) == (StatementState.ACCEPTED, "2025-Q4")
    page.click(f'#c{task.pk} button[value="undo"]')
    wait_for(page, task.pk, "proposed")
    assert state_of(task.pk) == StatementState.PROPOSED


@in_two_ways
def test_pages_are_accessible_and_fit_the_screen(
    open_page, person, report, language, width, scheme
):
    store_report(REPORT + "\n", name="ban-sao.txt", reading=read_by_hand(REPORT + "\n"))
    figure = report.statements.get(quote__contains="120")
    paths = [
        reverse("documents"),
        reverse("document", args=[report.pk]),
        reverse("upload"),
        review_of(report),
        f"{review_of(report)}?edit={figure.pk}",
        f"{review_of(report)}?merge={figure.pk}",
    ]
    page = open_page(person=person, language=language, width=width, color_scheme=scheme)
    assert faults_of(page, paths, rules=ALL_RULES) == {}


def test_the_last_decision_says_what_came_of_it_and_leads_there(open_page, person, report):
    page = open_page(review_of(report), person=person)
    proposed = Statement.objects.filter(document=report, state=StatementState.PROPOSED)
    # A form that accepts many counts anew after each decision made one by one.
    many = page.locator("#batch-button")
    before = many.inner_text()
    expect(page.locator("#finished .note")).to_have_count(0)
    for pk in list(proposed.values_list("pk", flat=True)):
        page.locator(f'#c{pk} [data-verb="accept"]').click()
        wait_for(page, pk, StatementState.ACCEPTED)
    assert "(0)" not in before
    expect(many).to_contain_text("(0)")
    expect(many).to_be_disabled()
    page.get_by_role("link", name=re.compile("nhiệm vụ của tài liệu đã vào sổ")).click()
    n = Task.objects.filter(document=report).count()
    expect(page.get_by_text(f"{n} nhiệm vụ", exact=True)).to_be_visible()
