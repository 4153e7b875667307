"""The pages of urging in a real browser: read by axe at both widths; a letter by keyboard."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from diemcau.accounts.models import Role
from diemcau.delivery.models import Assignment, ReportRequest
from diemcau.delivery.states import Status
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.urging.actions import draft_reminder, save_exception, urge
from diemcau.urging.models import Duty, Hours, Reminder, Rule
from diemcau.urging.shipped import ensure_rules
from tests.diemcau.counted import make_task
from tests.diemcau.people import make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    """A body with late and silent tasks that was reminded of them, and the desk that gave them."""
    ensure_rules()
    Hours.objects.update(opens=dt.time(0), closes=dt.time(23, 59))
    today = timezone.localdate()
    Duty.objects.filter(key="month").update(is_on=True, starts_on=today - dt.timedelta(days=90))
    save_body(None, {"id": "vu-thu", "kind": "unit", "name": "Vụ Thử nghiệm"}, reason="thử")
    body = Body.objects.get(ref="vu-thu")
    for n in range(1, 4):
        due = (today - dt.timedelta(days=10 * n)).isoformat() if n < 3 else ""
        task = make_task(
            Status.IN_PROGRESS, said="2025-02-03", due=due, title=f"Việc {n}", lead="vu-thu"
        )
        Assignment.objects.create(task=task, as_written="Vụ Thử nghiệm", body_ref="vu-thu")
    ReportRequest.objects.create(
        task=task, asked_at=timezone.now(), by_day=today, note="nêu rõ nguyên nhân chậm"
    )
    save_exception(
        None, duty=Duty.objects.get(key="month").pk, body=body, n_days=5, reason="xa trụ sở"
    )
    desk = make_person(Role.COORDINATOR, name="dieu-phoi", starts_on=dt.date(2020, 1, 1))
    reporter = make_person(
        Role.REPORTER, name="chuyen-vien", body=body, starts_on=dt.date(2020, 1, 1)
    )
    with time_machine.travel(_working_day()):
        urge(None)
    return desk, reporter


def _working_day():
    """Noon of a working day not after today."""
    noon = timezone.localtime().replace(hour=12)
    while noon.weekday() > 4:
        noon -= dt.timedelta(days=1)
    return noon


@in_two_ways
def test_the_pages_are_accessible_and_fit(open_page, people, language, width, scheme):
    desk, reporter = people
    tasks = list(Assignment.objects.values_list("task", flat=True))
    by_day = timezone.localdate() + dt.timedelta(days=5)
    made = draft_reminder(desk, body="vu-thu", tasks=tasks, answer_by=by_day, demand="nêu kinh phí")
    calendar = reverse("report_calendar", args=["vu-thu"])
    addresses = {
        "rules": reverse("urging_rules"),
        "rule": reverse("urging_rule", args=[Rule.objects.get(key="late").pk]),
        "duty": reverse("urging_duty", args=[Duty.objects.get(key="month").pk]),
        "preview": reverse("urging_preview"),
        "ways": reverse("ways"),
        "calendar": f"{calendar}?che-do=month",
        "calendar-asked": f"{calendar}?che-do=duoc-yeu-cau",
        "letters": reverse("reminders"),
        "letter-new": f"{reverse('reminder_new')}?co-quan=vu-thu",
        "letter": reverse("reminder", args=[made.pk]),
        "board": reverse("body_board", args=["vu-thu"]),
    }
    look = {"width": width, "color_scheme": scheme, "language": language}
    assert faults_of(open_page(person=desk, **look), addresses) == {}
    notices = {"notices": reverse("notices")}
    assert faults_of(open_page(person=reporter, **look), notices) == {}


def test_a_letter_is_drafted_from_the_board_and_issued_by_keyboard(open_page, people):
    desk, _reporter = people
    page = open_page(reverse("body_board", args=["vu-thu"]), person=desk)
    write = page.get_by_role("link", name="Soạn công văn đôn đốc")
    write.focus()
    page.keyboard.press("Enter")
    boxes = page.get_by_role("checkbox", name="Việc 1")
    expect(boxes).to_be_checked()
    boxes.focus()
    page.keyboard.press("Space")
    expect(boxes).not_to_be_checked()
    page.get_by_label("Nội dung đề nghị thêm").fill("báo cáo cả kinh phí")
    page.get_by_role("button", name="Soạn công văn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Công văn đôn đốc gửi Vụ Thử nghiệm")).to_be_visible()
    made = Reminder.objects.get()
    assert made.items.count() == 2
    page.get_by_label("Cơ quan ban hành").fill("Bộ Thử nghiệm")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải văn bản").press("Enter")
    assert download.value.suggested_filename.startswith("cong-van-don-doc-vu-thu")
    page.get_by_label("Số và ký hiệu").fill("12/BTN-VP")
    page.get_by_role("button", name="Ghi nhận").press("Enter")
    expect(page.get_by_text("Đã phát hành số 12/BTN-VP")).to_be_visible()
    page.goto(reverse("directory_body", args=["vu-thu"]))
    page.get_by_role("link", name="Lịch báo cáo").press("Enter")
    page.get_by_role("link", name="Báo cáo được yêu cầu").press("Enter")
    expect(page.get_by_text("Công văn số 12/BTN-VP")).to_have_count(2)


def test_a_notice_is_read_by_keyboard(open_page, people):
    _desk, reporter = people
    page = open_page(reverse("notices"), person=reporter)
    buttons = page.get_by_role("button", name="Đánh dấu đã đọc", exact=True)
    expect(buttons.first).to_be_visible()
    n = buttons.count()
    buttons.first.press("Enter")
    expect(buttons).to_have_count(n - 1)
