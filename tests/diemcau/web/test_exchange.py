"""The pages of files of tasks: what they ask the database and give out, and the monthly round."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Word

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import write_progress
from diemcau.delivery.models import Progress, ProgressState, Task
from diemcau.directory.models import Body
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.exchange.models import TaskImport
from diemcau.exchange.reading import MOST_BYTES, read_table
from diemcau.exchange.taking import bring
from diemcau.jobs.models import Job
from diemcau.jobs.worker import run_job
from tests.diemcau.exchange.test_monthly import foreign, refilled
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import client_of, make_person
from tests.diemcau.sheets import take_sheet
from vanban.loaders.limits import FILE_LIMIT

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver():
    ensure_shipped_rows()
    fill_ledger(3)
    return make_person(Role.APPROVER, name="duyet", body=Body.objects.get(ref="mofa"))


@pytest.fixture
def client(approver):
    return client_of(approver)


def month(client, **more):
    asked = {"co-quan": "mofa", "thang": "2026-11", **more}
    return client.get(reverse("exchange_month"), asked)


def month_as(client, form):
    return take_sheet(client, "exchange_month", form, {"co-quan": "mofa", "thang": "2026-11"})


def content_of(response):
    return b"".join(response.streaming_content)


COUNTS = {"exchange": 5, "file": 7, "month": 12, "month-of-another": 11}


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("name", COUNTS)
def test_questions_do_not_grow_with_the_rows(client, approver, n, name, django_assert_num_queries):
    for at in range(n):
        lines = "".join(f"Việc {at}.{row},Bộ Ngoại giao\n" for row in range(n))
        bring(approver, data=f"title,lead\n{lines}".encode(), name=f"{at}.csv")
    pk = TaskImport.objects.latest("pk").pk
    addresses = {
        "exchange": reverse("exchange"),
        "file": reverse("exchange_file", args=[pk]),
        "month": f"{reverse('exchange_month')}?co-quan=mofa&thang=2026-11",
        "month-of-another": f"{reverse('exchange_month')}?co-quan=moit&thang=2026-11",
    }
    with django_assert_num_queries(COUNTS[name]):
        assert client.get(addresses[name]).status_code == 200


def test_the_monthly_table_makes_its_round(client, approver):
    first = Task.objects.order_by("pk").first()
    write_progress(approver, task=first.pk, done="Đã gửi công hàm.", to=ProgressState.RELEASED)
    page = month(client).content.decode()
    assert "Đã gửi công hàm." in page
    sent = refilled(content_of(month_as(client, "xlsx")), result_2="Đã họp với bạn.")
    answer = client.post(reverse("exchange"), {"file": SimpleUploadedFile("bieu.xlsx", sent)})
    batch = TaskImport.objects.get()
    assert answer["Location"] == reverse("exchange_file", args=[batch.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Đã họp với bạn." in page
    assert "Phát hành ngay" in page
    client.post(reverse("exchange_apply", args=[batch.pk]), {"mode": "good", "to": "released"})
    run_job(Job.objects.get())
    assert Progress.objects.order_by("pk").last().state == ProgressState.RELEASED
    assert "Đã họp với bạn." in month(client).content.decode()
    assert "Hoàn tác tệp này" not in client.get(answer["Location"]).content.decode()


def test_a_proposed_task_is_confirmed_on_the_page(client, approver):
    Task.objects.exclude(pk=Task.objects.order_by("pk").first().pk).update(action="Việc khác")
    words = Task.objects.order_by("pk").first().action
    data = foreign([[1, "", "", words, "Xong."]])
    client.post(reverse("exchange"), {"file": SimpleUploadedFile("bieu.xlsx", data)})
    batch = TaskImport.objects.get()
    page = client.get(reverse("exchange_file", args=[batch.pk])).content.decode()
    (number,) = re.findall(r'name="row" value="(\d+)"', page)
    client.post(reverse("exchange_recognise", args=[batch.pk]), {"row": number})
    assert batch.rows.get(number=number).kind == "changed"


def test_the_month_goes_out_as_an_official_document(client, approver):
    first = Task.objects.order_by("pk").first()
    write_progress(approver, task=first.pk, done="Đã gửi công hàm.", to=ProgressState.RELEASED)
    answer = month_as(client, "docx")
    paper = Word(io.BytesIO(content_of(answer)))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.detail) == (
        "exchange.take_list_out",
        {
            "list": "bao-cao-thang",
            "form": "docx",
            "filters": {"co-quan": "mofa", "thang": "2026-11"},
            "rows": 3,
        },
    )
    words = "\n".join(line.text for line in paper.paragraphs)
    assert "từ ngày 15 tháng 10 năm 2026 đến ngày 14 tháng 11 năm 2026" in words
    assert "Tổng số 3 nhiệm vụ" in words
    table = paper.tables[-1]
    assert [cell.text for cell in table.rows[0].cells][1:5] == [
        *("Số thông báo kết luận", "Trích yếu", "Nội dung nhiệm vụ"),
        "Kết quả thực hiện của đơn vị",
    ]
    assert any("Đã gửi công hàm. (báo cáo ngày" in row.cells[4].text for row in table.rows)


def test_an_unknown_body_is_said_so_and_another_ones_tasks_are_not_told(client):
    answer = client.get(reverse("exchange_month"), {"co-quan": "Bộ Không Có"})
    assert "Bộ Không Có" in answer.content.decode()
    assert answer.status_code == 200
    # Without a word asked, it is the person's own body.
    assert "Bộ Ngoại giao" in client.get(reverse("exchange_month")).content.decode()


def test_a_register_of_thirty_megabytes_comes_in_and_a_larger_one_is_refused(client, approver):
    wide = "Bảo đảm tiến độ. " * 800
    lines = "".join(f"Việc {n},{wide}\n" for n in range(900))
    data = f"title,action\n{lines}".encode()
    assert FILE_LIMIT < len(data) < MOST_BYTES
    answer = client.post(reverse("exchange"), {"file": SimpleUploadedFile("so.csv", data)})
    batch = TaskImport.objects.get()
    assert answer["Location"] == reverse("exchange_file", args=[batch.pk])
    assert (batch.n_rows, batch.rows.count()) == (900, 900)
    assert batch.document.size == len(data)
    # What is shown of it is cut and says so; what is in the last row is still looked at.
    text = batch.document.texts.get()
    assert len(text.text) <= 2_000_000
    assert text.notes == [f"Tệp có 900 dòng; ở đây hiển thị {len(text.blocks)} dòng đầu."]
    marked = f"{data.decode()}Việc cuối,Tài liệu này thuộc độ Tối mật.\n".encode()
    page = client.post(reverse("exchange"), {"file": SimpleUploadedFile("a.csv", marked)})
    assert "có dấu hiệu mật" in page.content.decode()
    assert TaskImport.objects.count() == 1
    larger = SimpleUploadedFile("b.csv", data + b"x" * (MOST_BYTES + 1 - len(data)))
    page = client.post(reverse("exchange"), {"file": larger})
    assert page.status_code == 422
    assert "giới hạn là 40 MB" in page.content.decode()


def test_what_is_brought_stays_off_the_disk(client, approver, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    rows = "x," * 8_000_000
    answer = client.post(
        reverse("exchange"), {"file": SimpleUploadedFile("a.csv", f"title,code\n{rows}".encode())}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_who_takes_the_register_out_is_in_the_log(client, approver, form):
    answer = client.post(reverse("exchange_take_out"), {"form": form})
    assert re.search(rf'filename="nhiem-vu-\d+-\d+\.{form}"', answer["Content-Disposition"])
    table = read_table(content_of(answer), name=f"a.{form}")
    assert len(list(table.rows())) == Task.objects.count() == 3
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.detail) == (
        *("exchange.take_out", approver),
        {"form": form, "filters": {}, "rows": 3},
    )
    assert client.get(reverse("exchange_take_out")).status_code == 405
    assert client.post(reverse("exchange_take_out"), {"form": "exe"}).status_code == 404
    assert AuditEntry.objects.latest("pk") == entry
