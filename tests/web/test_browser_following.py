"""The page of a task in a real browser: read by axe; the report by keyboard; the link."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from diemcau.delivery.actions import ask_confirmation, ask_slip
from diemcau.delivery.models import Confirmation, Progress, SlipReason
from tests.diemcau.delivery.parties import make_people, make_task
from tests.diemcau.web.test_following import live_through
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task(transactional_db):
    return make_task()


@pytest.fixture
def people(task):
    return make_people()


@in_two_ways
def test_the_pages_are_accessible_and_fit(open_page, task, people, language, width, scheme):
    with time_machine.travel(timezone.now() - dt.timedelta(days=40)):
        live_through(task, people)
    other = make_task()
    ask_slip(
        people["writes"],
        task=other.pk,
        deadline="2027-H1",
        reason_code=SlipReason.MONEY,
        reason="chờ bố trí kinh phí",
    )
    _made, secret = ask_confirmation(people["writes"], task=other.pk, asked_of="Hội A")
    task_page, other_page = (reverse("task", args=[row.pk]) for row in (task, other))
    looked_at = {
        "judges": {"task": task_page, "task-decides": other_page},
        "approves": {
            "task-approves": other_page,
            "report": reverse("task_report", args=[other.pk]),
            "obstacles": reverse("obstacles"),
        },
        "": {"answer": reverse("confirmation_answer", args=[secret])},
    }
    found = {}
    for who, addresses in looked_at.items():
        page = open_page(
            next(iter(addresses.values())),
            width=width,
            color_scheme=scheme,
            language=language,
            person=people.get(who),
        )
        found |= faults_of(page, addresses, opens=True)
        found |= faults_of(page, {f"{name}-folded": one for name, one in addresses.items()})
    assert found == {}


def test_a_report_is_written_and_sent_by_the_keyboard(open_page, task, people):
    page = open_page(reverse("task", args=[task.pk]), person=people["writes"])
    page.get_by_role("link", name="Báo cáo tiến độ").click()
    done = page.get_by_label("Kết quả đã thực hiện")
    expect(done).to_be_focused()
    page.keyboard.type("đã họp với bạn")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã trình người duyệt của cơ quan")).to_be_visible()
    assert Progress.objects.get().done == "đã họp với bạn"


def test_who_benefits_answers_by_the_link(open_page, task, people):
    _made, secret = ask_confirmation(people["writes"], task=task.pk, asked_of="Hội A")
    page = open_page(reverse("confirmation_answer", args=[secret]))
    page.get_by_label("Đã hoàn thành").first.check()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("heading", name="Xin cảm ơn")).to_be_visible()
    assert Confirmation.objects.get().evidence is not None
    again = page.request.get(reverse("confirmation_answer", args=[secret]))
    assert again.status == 410


def test_a_refused_form_stands_open_with_what_was_typed(open_page, task, people):
    page = open_page(reverse("task", args=[task.pk]), person=people["writes"])
    page.get_by_text("Đề nghị lùi hạn").click()
    page.get_by_label("Thời hạn mới").fill("sang năm")
    page.locator("#slip select").select_option("partner")
    page.locator("#slip textarea").fill("bạn đổi lịch")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.locator("#slip .fault")).to_contain_text("không phải là ngày hay kỳ")
    expect(page.get_by_label("Thời hạn mới")).to_have_value("sang năm")
    expect(page.get_by_label("Thời hạn mới")).to_be_focused()


def test_a_request_for_another_deadline_is_taken_back_where_it_waits(open_page, task, people):
    page = open_page(reverse("task", args=[task.pk]), person=people["writes"])
    page.get_by_text("Đề nghị lùi hạn").click()
    page.get_by_label("Thời hạn mới").fill("31/3/2031")
    page.locator("#slip select").select_option("money")
    page.locator("#slip textarea").fill("chờ bố trí kinh phí")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Đề nghị lùi hạn đến 31/3/2031 đang chờ quyết định")).to_be_visible()
    page.locator("summary", has_text="Rút đề nghị lùi hạn").click()
    page.get_by_role("button", name="Rút đề nghị lùi hạn").click()
    expect(page.get_by_text("Đã rút đề nghị lùi hạn; thời hạn giữ nguyên.")).to_be_visible()
    expect(page.locator(".k-slip_decided h3")).to_contain_text("đã rút đề nghị lùi hạn")
    expect(page.locator("#slip")).to_have_count(1)


def test_a_misread_deadline_is_put_right_on_the_page_of_the_task(open_page, task, people):
    page = open_page(reverse("task", args=[task.pk]), person=people["judges"])
    page.locator("#deadline summary").click()
    page.locator("#deadline").get_by_label("Thời hạn nêu trong văn bản").fill("sang năm")
    page.locator("#deadline").get_by_label("Căn cứ trong văn bản").fill("điểm 3b")
    page.get_by_role("button", name="Sửa thời hạn").click()
    expect(page.locator("#deadline .fault")).to_contain_text("không phải là ngày hay kỳ")
    page.locator("#deadline").get_by_label("Thời hạn nêu trong văn bản").fill("quý III/2031")
    page.get_by_role("button", name="Sửa thời hạn").click()
    expect(page.get_by_text("không tính là lùi hạn")).to_be_visible()
    expect(page.locator(".k-correction")).to_contain_text("điểm 3b")
    expect(page.locator(".drawn.slips")).to_have_count(0)
