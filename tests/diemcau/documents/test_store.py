"""A document is stored whole or not at all, with its text, its reading and its statements."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

import vanban
from diemcau.documents.models import Document, Reading, SketchValue, Statement, TextVersion
from diemcau.documents.opening import hash_bytes, plain_name
from diemcau.documents.store import store_document, stored_document
from tests.diemcau.readings import REPORT, opened_report, store_report

pytestmark = pytest.mark.django_db


def test_a_document_keeps_its_bytes_text_reading_and_statements():
    document = store_report()
    assert document.file.read() == REPORT.encode()
    assert document.sha256 == hash_bytes(REPORT.encode())
    assert document.title == "Hội nghị ngoại giao kinh tế tổng kết năm"
    assert document.event_on == dt.date(2024, 12, 18)
    assert [v.text for v in document.texts.all()] == [REPORT]
    assert Reading.objects.get().counts["tasks"] == 2
    assert Statement.objects.count() == 9


def test_a_promise_is_proposed_once_and_an_order_stays_a_task():
    text = (
        "Hai bên nhất trí mở đường bay thẳng trong năm 2026.\n"
        "Bộ trưởng yêu cầu Cục Lãnh sự rà soát thủ tục.\n"
    )
    store_report(text, reading=vanban.read(vanban.Document.from_text(text, name="a.txt")))
    owed = Statement.objects.filter(kind__in=["tasks", "commitments"]).order_by("start")
    assert [(s.kind, s.data["deadline"]) for s in owed] == [
        ("commitments", "2026"),
        ("tasks", None),
    ]
    counts = Reading.objects.get().counts
    assert (counts["tasks"], counts["commitments"]) == (1, 1)


def test_a_text_cut_at_a_width_is_kept_as_it_is_and_told_on_one_line():
    text = (
        "Thủ tướng yêu cầu Bộ Công Thương chủ trì đàm phán\nmở cửa thị trường gạo với các đối tác\n"
        "mới trong năm 2026.\n\nBộ Tài chính được giao cân đối nguồn vốn cho các\nchương trình xúc "
        "tiến thương mại ở nước ngoài, nhất là\ntại các thị trường xa.\n"
    )
    document = store_report(
        text, reading=vanban.read(vanban.Document.from_text(text, name="a.txt"))
    )
    version = document.texts.get()
    assert (version.text, len(version.blocks)) == (text, 2)
    assert stored_document(version).flow == vanban.Document.from_text(text).flow
    first = Statement.objects.filter(kind="tasks").earliest("start")
    assert first.quote.startswith("chủ trì đàm phán\nmở cửa thị trường gạo")
    assert first.data["action"].startswith("chủ trì đàm phán mở cửa thị trường gạo")
    assert "\n" not in first.folded + version.folded[first.start : first.end]


def test_every_statement_stands_in_its_text():
    for statement in store_report().statements.select_related("text_version"):
        text = statement.text_version.text
        assert text[statement.start : statement.end] == statement.quote == statement.data["quote"]


def test_the_stored_text_is_the_document_the_engine_reads():
    document = store_report()
    assert stored_document(document.texts.get()) == opened_report().document


def test_a_failure_on_the_way_leaves_nothing(monkeypatch, tmp_path):
    settings_root = tmp_path / "full"
    settings_root.write_text("a file stands where the folder should be")
    monkeypatch.setattr(settings, "MEDIA_ROOT", settings_root)
    with pytest.raises(OSError, match="full"), transaction.atomic():
        store_document(opened_report(), added_by=None)
    for model in (Document, TextVersion, Reading, Statement, SketchValue):
        assert not model.objects.exists()


def test_a_file_is_named_by_its_hash_and_keeps_a_known_suffix_only():
    text, program = store_report(name="a.TXT"), store_report(REPORT + "\n", name="a.exe")
    assert Path(text.file.name).name == f"{text.sha256}.txt"
    assert Path(program.file.name).name == program.sha256


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("báo cáo.docx", "báo cáo.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\bao\\cao.txt", "cao.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_its_last_part(given, kept):
    assert plain_name(given) == kept


@pytest.mark.parametrize("given", ["", "Một tiêu đề " * 30])
def test_the_title_is_the_files_or_its_first_paragraph_and_never_longer_than_200(given):
    text = "Một tiêu đề rất dài " * 20
    block = vanban.Document.from_text(text).blocks[0]
    opened = vanban.Document(text, (block,), title=given)
    title = store_report(text, reading=vanban.Reading(opened, ())).title
    assert title.startswith("Một tiêu đề Một" if given else "Một tiêu đề rất dài Một")
    assert 150 < len(title) <= 200
    assert title.endswith("…")


def test_where_and_when_it_was_published_come_from_the_file():
    text = "Một câu."
    opened = vanban.Document.from_text(text)
    opened = vanban.Document(
        text, opened.blocks, published="2024-12-19", url="https://example.vn/hoi-nghi"
    )
    document = store_report(text, reading=vanban.Reading(opened, ()))
    assert document.published_on == dt.date(2024, 12, 19)
    assert document.url == "https://example.vn/hoi-nghi"
    assert stored_document(document.texts.get()).published == "2024-12-19"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a", "", None, "https://" + "a" * 1000]
)
def test_an_address_no_browser_should_follow_is_not_kept(url):
    opened = vanban.Document("Một câu.", (vanban.Block(0, 8),), url=url)
    assert store_report("Một câu.", reading=vanban.Reading(opened, ())).url == ""
