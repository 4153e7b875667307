"""The sample documents load, say what they should, and are what the script writes."""

import random
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from vanban import Document, DocumentError, load, load_bytes

SAMPLES = Path(__file__).parents[2] / "samples"
DOCUMENTS = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html", ".docx", ".pdf"))


def sample(number: str) -> Document:
    (path,) = [p for p in DOCUMENTS if p.name.startswith(number)]
    return load(path)


def content(document: Document) -> str:
    return "\n".join(document.text[b.start : b.end] for b in document.content)


def test_there_are_the_kinds_the_demonstration_needs():
    assert len(DOCUMENTS) >= 8
    assert {p.suffix for p in DOCUMENTS} == {".txt", ".html", ".docx", ".pdf"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name[:2])
def test_each_loads_with_a_title_and_is_marked_as_a_sample(path):
    document = load(path)
    assert document.title
    assert "\ufffd" not in document.text
    # A mark that is read as content would be a figure or a task one day.
    assert "dự án Điểm Cầu" not in content(document)
    source = path.read_text("utf-8") if path.suffix == ".html" else document.text
    assert "dự án Điểm Cầu" in source


@pytest.mark.parametrize(
    ("number", "published"),
    [
        ("01", "2024-12-19"),
        ("02", "2025-07-24"),
        ("03", "2025-07-25"),
        ("04", "2025-08-06"),
        ("05", "2024-12-25"),
        ("06", "2025-09-16"),
        ("07", "2025-11-13"),
        ("08", "2026-02-27"),
        ("09", "2025-10-03"),
        ("10", None),
    ],
)
def test_the_day_each_was_published(number, published):
    assert sample(number).published == published


def test_the_page_full_of_furniture_keeps_its_article_only():
    read = content(sample("02"))
    for outside in ("210 triệu", "120 triệu", "35 doanh nghiệp", "Giấy phép", "Họ tên", "412"):
        assert outside not in read
    assert "ký 253 thỏa thuận hợp tác, gấp đôi năm 2024" in read
    assert "Thỏa thuận hợp tác được ký | hơn 170 | 253" in read


def test_the_two_outlets_disagree():
    portal, magazine = content(sample("02")), content(sample("03"))
    assert "94 điểm cầu" in portal
    assert "79 điểm cầu" in magazine
    assert "với 10 nước" in portal
    assert "với 9 nước" in magazine


def test_the_notice_keeps_its_number_its_clauses_and_its_signature():
    document = sample("04")
    read = content(document)
    assert document.title.startswith("Thông báo Kết luận của Thứ trưởng Đỗ Hải Triều")
    assert "Số: 9901/TB-BNG" in read
    assert "a) Chủ trì, phối hợp với Vụ Luật pháp và Điều ước quốc tế" in read
    assert read.endswith("TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG\nNguyễn Thanh Bách")
    assert "Lưu: VT" not in read


def test_the_report_gives_paragraphs_a_table_and_pages():
    document = sample("05")
    rows = [b for b in document.blocks if b.kind == "row"]
    assert [b.place for b in rows] == [f"table 1, row {n}" for n in range(1, 6)]
    assert "ước đạt 3,207 tỷ USD, tăng 31,2% so với cùng kỳ năm 2023" in content(document)
    assert {b.page for b in document.blocks} == {1, 2}


def test_the_task_table_has_a_row_for_each_task():
    document = sample("06")
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind == "row"]
    assert [r.split(" | ")[0] for r in rows if r[0].isdigit()] == list("123456")
    assert all(r.count(" | ") == 6 for r in rows if r[0].isdigit())


def test_the_old_bulletin_is_converted():
    document = sample("10")
    assert document.title == "Bản tin thị trường của thương vụ, số tháng 5"
    assert document.notes == ("Chuyển từ bảng mã cũ TCVN3 (ABC) sang Unicode.",)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name[:2])
def test_damaged_copies_give_a_document_or_a_reason(path):
    whole = path.read_bytes()
    for seed in range(20):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.choice([1, 20, 200])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        del data[len(data) - chance.choice([0, 0, 100, 1000]) :]
        with suppress(DocumentError):
            assert load_bytes(bytes(data), name=path.name).blocks


def test_the_script_writes_the_same_texts(tmp_path, monkeypatch):
    pytest.importorskip("docx")
    monkeypatch.setattr(sys, "path", [str(SAMPLES), *sys.path])
    import build
    import report_pdf

    try:
        build.main(tmp_path)
    except FileNotFoundError as missing:
        pytest.skip(str(missing))
    # Letters of another width break lines and pages elsewhere.
    as_shipped = report_pdf.font_files()[0].name.startswith(("times", "Liberation", "Tinos"))
    for path in sorted(tmp_path.iterdir()):
        if path.suffix != ".pdf" or as_shipped:
            assert load(path).text == load(SAMPLES / path.name).text
    build.main(tmp_path / "again")
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()
