"""A number of a thousand digits, in an address, a form or a file, is refused in a sentence."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery.actions import write_progress
from diemcau.delivery.models import ProgressState, Task
from diemcau.delivery.statistics.reported import read_reported
from diemcau.directory.models import Body
from diemcau.exchange.models import RowKind
from diemcau.exchange.monthly.rows import fill_monthly
from diemcau.exchange.signing import read_signature
from diemcau.exchange.taking import bring
from diemcau.exchange.writing import exported_tasks, write_csv
from tests.diemcau.delivery.parties import make_people, make_task
from tests.diemcau.people import client_of, signed_in

pytestmark = pytest.mark.django_db
NUMBERS = ["9" * 30, "9" * 5000]


def register(by=None, **cells):
    rows = list(exported_tasks(by))
    rows[0] |= cells
    return "".join(write_csv(rows)).encode()


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("column", ["id", "parent"])
def test_in_a_file(column, number):
    make_task()
    batch, _new = bring(None, data=register(**{column: number}), name="so.csv")
    assert [row.kind for row in batch.rows.all()] == [RowKind.FAULT]


@pytest.mark.parametrize("number", NUMBERS)
def test_in_an_address_or_a_form(number):
    task, people = make_task(), make_people()
    desk = client_of(people["desk"])
    address = reverse("document", args=[task.document_id])
    assert desk.get(address, {"v": number}).status_code == 200
    assert desk.get(reverse("directory"), {"thang": number}).status_code == 200
    assert desk.get(reverse("tasks"), {"im-lang": number}).status_code == 200
    asked = {"cau": f"đã hoàn thành {number} nhiệm vụ"}
    assert desk.get(reverse("checked_figures"), asked).status_code == 200
    batch, _new = bring(people["desk"], data=register(people["desk"], title="Khác"), name="so.csv")
    recognised = desk.post(reverse("exchange_recognise", args=[batch.pk]), {"row": number})
    assert recognised.status_code < 500
    token = {"name": "x", "scope": "read", "days": number}
    assert desk.post(reverse("tokens"), token).status_code < 500
    writer = client_of(people["writes"])
    said = {"done": "Đã làm", "percent": number}
    assert writer.post(reverse("task_report", args=[task.pk]), said).status_code < 500


def test_in_the_mark_of_a_workbook_a_count_or_the_directory():
    assert not read_signature([["mark", "x"], ["²", "³"], ["9" * 5000, "1"]]).is_whole
    assert read_reported(f"đã hoàn thành {'9' * 5000} nhiệm vụ").counts == {}
    client = signed_in(Role.ADMINISTRATOR)
    file = SimpleUploadedFile("danh-ba.json", b'{"bodies": ' + b"9" * 5000 + b"}")
    answer = client.post(reverse("directory_import"), {"file": file})
    assert answer.status_code < 500
    assert "quá dài" in answer.content.decode()


def test_a_report_of_the_night_is_of_its_own_day():
    task, people = make_task(), make_people()
    with time_machine.travel(dt.datetime(2026, 3, 1, 18, 30, tzinfo=dt.UTC), tick=False):
        write_progress(people["approves"], task=task.pk, done="Xong", to=ProgressState.RELEASED)
        assert timezone.localdate() == dt.date(2026, 3, 2)
    row = fill_monthly(None, Task.objects.filter(pk=task.pk), Body.objects.get(ref="bo-lam"))[0]
    assert row.reported_on == dt.date(2026, 3, 2)
