"""Intake takes what offices hold: workbooks, mail with its attachments, scans within bounds."""

import io
import shutil
import zipfile

import pytest

from diemcau.accounts.models import Role
from diemcau.documents.models import Document
from diemcau.review.intake import reread, take_in
from diemcau.review.outcomes import describe, try_take_in_all
from tests.diemcau.people import make_person
from tests.vanban.files import REPORT, TABLE, mail, pdf_of_lines, scan, scanned_pdf, zip_of
from vanban import DocumentError
from vanban.loaders import archives
from vanban.loaders.mail import Attachment

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


def test_the_files_of_a_zip_are_taken_in_each_for_itself(person):
    data = zip_of({
        "thang 9/bảng.docx": TABLE.read_bytes(),
        "thang 9/thư.eml": mail(),
        "ghi âm.ogg": b"OggS\0\2\0\0\0\0",
        "ghi.txt": "Hai bên nhất trí lập tổ công tác.",
    })  # fmt: skip
    outcomes = take_all(person, "gửi.zip", data)
    assert [(o.name, o.intake is not None) for o in outcomes] == [
        ("gửi.zip/bảng.docx", True),
        ("gửi.zip/thư.eml", True),
        ("gửi.zip/bảng 1.docx", True),
        ("gửi.zip/thu-kem-2.eml", True),
        ("gửi.zip/ghi âm.ogg", False),
        ("gửi.zip/ghi.txt", True),
    ]
    # The table of the mail is the one that lay beside it.
    assert outcomes[2].intake.document == outcomes[0].intake.document
    assert set(Document.objects.values_list("name", flat=True)) == {
        *("bảng.docx", "thư.eml", "thu-kem-2.eml", "ghi.txt")
    }


def test_a_marked_file_of_a_zip_is_stopped_and_the_others_are_taken_in(person):
    data = zip_of({
        "a.txt": "MẬT\nKính gửi: Bộ Công Thương\nYêu cầu báo cáo trước ngày 20/11/2025.",
        "b.txt": "Hai bên nhất trí lập tổ công tác.",
    })  # fmt: skip
    stopped, taken = take_all(person, "gửi.zip", data)
    assert stopped.stopped is not None
    assert taken.intake.is_new


def test_what_cannot_be_read_of_a_small_zip_is_named_and_the_others_are_taken_in(person):
    files = {
        "tot.txt": "Hai bên nhất trí lập tổ công tác.",
        "rong.txt": "",
        "mat.txt": "MẬT\nKính gửi: Bộ Công Thương",
        "khoa.pdf": pdf_of_lines([["Hai bên nhất trí."]], password="a"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    data = buffer.getvalue()
    assert b"%PDF-" in data[:1024]
    told = {one.name: one for one in take_all(person, "nhieu.zip", data)}
    assert list(told) == [f"nhieu.zip/{name}" for name in files]
    assert told["nhieu.zip/tot.txt"].intake.is_new
    assert told["nhieu.zip/rong.txt"].refusal.code == "empty"
    assert told["nhieu.zip/mat.txt"].stopped is not None
    assert "«khoa.pdf»: PDF có mật khẩu" in describe(told["nhieu.zip/khoa.pdf"])


def test_a_broken_or_harmful_file_of_a_zip_is_named_and_the_others_are_taken_in(person):
    whole = TABLE.read_bytes()
    data = zip_of({
        "tot.txt": "Hai bên nhất trí lập tổ công tác.",
        "cut.docx": whole[: len(whole) // 2],
        "hong.docx": b"PK\x03\x04 hong",
        "may.exe": b"MZ\x90\0\3\0\0\0",
        "nen.rar": b"Rar!\x1a\x07\x01\0\1\2\3",
        "trong.zip": zip_of({"sau.txt": "Hai bên nhất trí mở cửa thị trường.", "x.bin": b"\0\1"}),
        "bang.docx": whole,
    })  # fmt: skip
    told = {one.name: one for one in take_all(person, "gửi.zip", data)}
    taken = [name for name, one in told.items() if one.intake is not None]
    assert taken == ["gửi.zip/tot.txt", "gửi.zip/trong.zip/sau.txt", "gửi.zip/bang.docx"]
    for name in ("cut.docx", "hong.docx"):
        words = describe(told[f"gửi.zip/{name}"])
        assert f"«{name}»: tệp DOCX bị hỏng hoặc tải về chưa hết" in words
    refused = {name: one.refusal.code for name, one in told.items() if one.refusal is not None}
    assert refused == {
        "gửi.zip/cut.docx": "damaged",
        "gửi.zip/hong.docx": "damaged",
        "gửi.zip/may.exe": "binary",
        "gửi.zip/nen.rar": "archive",
        "gửi.zip/trong.zip/x.bin": "binary",
    }


def test_zips_within_a_zip_are_counted_together(person):
    inner = [
        zip_of({f"{k}{n:02}.bin": bytes([0, 1, 60 * k + n]) for n in range(60)}) for k in range(2)
    ]
    data = zip_of({"a.zip": inner[0], "b.zip": inner[1], "c.txt": "Hai bên nhất trí."})
    outcomes = take_all(person, "gửi.zip", data)
    assert [o.refusal.code for o in outcomes[:-1]] == ["binary"] * 98
    assert "«gửi.zip» có hơn 100 tệp" in describe(outcomes[-1])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("gửi.zip", zip_of({}), "archive"),
        ("Báo cáo (MẬT).zip", zip_of({"b.txt": "Hai bên nhất trí."}), "archive"),
        ("gửi.zip", zip_of({"b.txt": "Hai bên nhất trí."})[:-30], "damaged"),
        ("gửi.rar", b"Rar!\x1a\x07\x01\x00\x01\x02\x03", "archive"),
    ],
)
def test_a_zip_that_is_not_unpacked_is_told_in_one_sentence(person, name, data, code):
    (outcome,) = take_all(person, name, data)
    assert outcome.refusal.code == code
    assert f"«{name}»" in describe(outcome)
    assert not Document.objects.exists()


def test_of_a_zip_of_too_many_files_the_first_hundred_are_taken_in(person):
    data = zip_of({f"{n:03}.bin": bytes([0, 1, n]) for n in range(101)})
    outcomes = take_all(person, "gửi.zip", data)
    assert len(outcomes) == 101
    assert [o.refusal.code for o in outcomes[-2:]] == ["binary", "too-many-members"]


def test_a_zip_that_holds_itself_comes_to_an_end(person, monkeypatch):
    monkeypatch.setattr(archives, "members_of", lambda data, name: [Attachment("a.zip", data)])
    (outcome,) = take_all(person, "a.zip", zip_of({"a": b"1"}))
    assert outcome.refusal.code == "archive"


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
