"""Intake takes what offices hold: workbooks, mail with its attachments, scans within bounds."""

import shutil

import pytest

from diemcau.accounts.models import Role
from diemcau.documents.models import Document
from diemcau.review.intake import reread, take_in
from diemcau.review.outcomes import describe, try_take_in_all
from tests.diemcau.people import make_person
from tests.vanban.files import scanned_pdf
from tests.vanban.test_formats import REPORT, TABLE, mail, scan
from vanban import DocumentError

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(Role.REPORTER)


def take_all(person, name, data):
    return try_take_in_all(person, name=name, size=len(data), read=lambda: data)


def test_the_attachments_of_a_mail_are_taken_in_as_documents(person):
    data = mail()
    outcomes = take_all(person, "thu.eml", data)
    assert [o.name for o in outcomes] == ["thu.eml", "bảng 1.docx", "thu-kem-2.eml"]
    assert all(o.intake.is_new for o in outcomes)
    assert set(Document.objects.values_list("name", flat=True)) == {o.name for o in outcomes}
    attached = outcomes[1].intake.document
    assert attached.statements.filter(rule__startswith="task.row").count() == 7
    again = take_all(person, "thu.eml", data)
    assert [o.intake.is_new for o in again] == [False] * 3


def test_an_attachment_that_cannot_be_read_leaves_the_mail(person):
    torn = mail().replace(b"UEsDBB", b"AAAAAA", 1)
    outcomes = take_all(person, "thu.eml", torn)
    assert [o.refusal is None for o in outcomes] == [True, False, True]
    assert "«bảng 1.docx»" in describe(outcomes[1])


def test_a_scan_without_the_program_says_what_to_do(person, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as refused:
        take_in(person, data=scanned_pdf(2), name="quet.pdf")
    assert refused.value.code == "scanned"
    assert "Nhận dạng chữ (OCR) rồi tải lại" in refused.value.vi


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_recognised_where_the_program_is_and_the_setting_allows(person, settings):
    data = scan(REPORT, pages=1)
    settings.OCR_PAGES = 0
    with pytest.raises(DocumentError) as refused:
        take_in(person, data=data, name="quet.pdf")
    assert refused.value.code == "scanned"
    settings.OCR_PAGES = 1
    document = take_in(person, data=data, name="quet.pdf").document
    version = document.texts.get()
    assert "3,207 tỷ USD" in version.text
    assert reread(None, document).n_kept > 0
    assert document.texts.count() == 1


def test_a_task_table_of_a_workbook_is_read_to_statements(person):
    taken = take_in(person, data=TABLE.read_bytes(), name="bang.docx")
    rows = taken.document.statements.filter(kind="tasks", rule__startswith="task.row")
    assert {s.data["deadline"] for s in rows} == {
        *("2025-12-31", None, "2025-08-30", "2025-08-25", "2025-09-10", "2025-10-31")
    }
