"""Files of tasks and the monthly table in a real browser: read by axe, fitting, by the keyboard."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role
from diemcau.delivery.actions import write_progress
from diemcau.delivery.models import ProgressState, Task
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.exchange.models import RowKind, TaskImport
from diemcau.exchange.taking import bring
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def approver(transactional_db):
    """Approver of the ministry the tasks of the ledger are given to, with a word on one of them."""
    save_body(None, {"id": "mofa", "kind": "ministry", "name": "Bộ Ngoại giao"}, reason="thử")
    fill_ledger(3)
    person = make_person(Role.APPROVER, name="duyet", body=Body.objects.get(ref="mofa"))
    task = Task.objects.order_by("pk").first()
    write_progress(person, task=task.pk, done="Đã gửi công hàm.", to=ProgressState.RELEASED)
    return person


def brought(person, lines, name):
    return bring(person, data=f"title,lead,deadline\n{lines}".encode(), name=name)[0]


def monthly_file(person):
    """A monthly table with a row that is new, one that is only like a task, one of no task."""
    Task.objects.exclude(pk=Task.objects.order_by("pk").first().pk).update(action="Việc khác hẳn")
    words = Task.objects.order_by("pk").first().action
    data = f"Bộ Ngoại giao\nTháng 11/2026\nNội dung,Kết quả\n{words},Đã họp.\nTrồng rừng,Xong\n"
    return bring(person, data=data.encode(), name="bieu.csv")[0]


@in_two_ways
def test_the_pages_are_accessible_and_fit(open_page, approver, language, width, scheme):
    mixed = brought(approver, "Việc mới,Bộ Ngoại giao,2027\nViệc hỏng,Bộ Lạ,mai\n", "a.csv")
    monthly = monthly_file(approver)
    addresses = {
        "files": reverse("exchange"),
        "file": f"{reverse('exchange_file', args=[mixed.pk])}?loai=tat-ca",
        "monthly-file": f"{reverse('exchange_file', args=[monthly.pk])}?loai=tat-ca",
        "month": f"{reverse('exchange_month')}?co-quan=mofa",
        "month-unknown": f"{reverse('exchange_month')}?co-quan=xyz",
    }
    page = open_page(width=width, color_scheme=scheme, person=approver)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}
    page.context.add_cookies([cookie])
    assert faults_of(page, addresses, opens=True) == {}


def test_a_file_is_brought_and_looked_at_by_the_keyboard(open_page, approver, tmp_path):
    path = tmp_path / "viec.csv"
    path.write_text("title,deadline\nViệc một,2027\nViệc hai,mai\n", encoding="utf-8")
    page = open_page(reverse("exchange"), person=approver)
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    button = page.get_by_role("button", name="Đối chiếu với sổ")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="viec.csv")).to_be_visible()
    page.get_by_role("link", name="Không hợp lệ").focus()
    page.keyboard.press("Enter")
    expect(page.locator("p.fault")).to_contain_text("mai")
    assert TaskImport.objects.get().n_rows == 2


def test_a_proposed_task_is_ticked_and_reported_by_the_keyboard(open_page, approver):
    batch = monthly_file(approver)
    page = open_page(f"{reverse('exchange_file', args=[batch.pk])}?loai=proposed", person=approver)
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Xác nhận nhiệm vụ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Lưu làm dự thảo")).to_be_checked()
    assert batch.rows.filter(kind=RowKind.CHANGED).count() == 1
    page.get_by_role("radio", name="Lưu làm dự thảo").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Trình người duyệt")).to_be_checked()
    page.get_by_role("button", name="Ghi báo cáo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    batch.refresh_from_db()
    assert batch.report_to == ProgressState.SUBMITTED
