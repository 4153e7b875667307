"""Marks of secrecy: the corpus is the specification; nothing open of the samples is stopped."""

import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import vanban
import vanban.blocks
from tests.shared import SHARED, needs_shared
from vanban import secrecy
from vanban.secrecy import find_marks

ROWS = yaml.safe_load((Path(__file__).parent / "corpus/secrecy.yml").read_text("utf-8"))["rows"]
SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.*"))


def _marks(text, name=""):
    return find_marks(vanban.Document.from_text(text, name=name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["note"])
def test_a_text_is_marked_as_the_corpus_says(row):
    found = _marks(row["text"], row.get("name", ""))
    assert [[m.rule.removeprefix("secrecy."), m.level] for m in found] == row["marks"]


@pytest.mark.parametrize("row", [r for r in ROWS if "name" in r], ids=lambda row: row["note"])
def test_a_name_is_read_alike_with_its_marks_apart_from_their_letters(row):
    """macOS keeps names so."""
    found = secrecy.marks_of_name(unicodedata.normalize("NFD", row["name"]))
    assert [[m.rule.removeprefix("secrecy."), m.level] for m in found] == row["marks"]


def test_what_a_file_says_of_itself_is_read_alike_with_its_marks_apart_from_their_letters():
    said = unicodedata.normalize("NFD", "TỐI MẬT")
    assert [m.level for m in secrecy.marks_in_words([said])] == ["secret"]


@pytest.mark.parametrize(
    "title", ["CÔNG ĐIỆN MẬT", "BÁO CÁO TỐI MẬT KHẨN", "MẬT", "(Mật)", "Số: 1/BC"]
)
@pytest.mark.parametrize("sign", [".", "- ", "_", "(", "\u00a0"])
def test_a_line_eight_times_as_long_takes_no_more_than_twenty_times_as_long(title, sign):
    def seconds(n):
        document = vanban.Document.from_text(f"{title} {sign * n}x")
        began = time.process_time()
        find_marks(document)
        return time.process_time() - began

    least = min(seconds(2_000) for _ in range(3))
    assert seconds(16_000) < 20 * max(least, 0.005)


def test_no_note_and_no_text_of_the_corpus_stands_twice():
    assert len({row["note"] for row in ROWS}) == len(ROWS)
    assert len({(row["text"], row.get("name")) for row in ROWS}) == len(ROWS)


def test_what_is_open_stays_open_within_a_report():
    """All open rows together, in one document below a letterhead, raise nothing."""
    lines = [row["text"] for row in ROWS if not row["marks"] and "name" not in row]
    assert _marks("\n".join(["BỘ NGOẠI GIAO", *lines])) == []


def test_marks_are_found_wherever_in_a_report_they_stand():
    stamped = [r for r in ROWS if r["marks"] and r["marks"][0][0] != "name"]
    lines = ["Báo cáo"] * 3
    for row in stamped:
        found = _marks("\n".join([*lines, row["text"], *lines]))
        assert [[m.rule.removeprefix("secrecy."), m.level] for m in found] == row["marks"]


def test_a_stamp_in_the_header_of_every_page_is_found(docx_with_header):
    document = vanban.load_bytes(docx_with_header("TỐI MẬT"), name="a.docx")
    assert [(m.rule, m.level) for m in find_marks(document)] == [("secrecy.stamp", "secret")]


@pytest.fixture
def docx_with_header():
    import io

    import docx

    def make(words):
        made = docx.Document()
        made.sections[0].header.paragraphs[0].text = words
        for n in range(60):
            made.add_paragraph(f"Đoạn {n} của báo cáo.")
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return make


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_the_samples_are_open(path):
    try:
        document = vanban.load(path)
    except vanban.DocumentError:
        return
    assert find_marks(document) == []


@needs_shared
def test_the_real_reports_are_open():
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        assert find_marks(vanban.load(path)) == [], path.name


@given(st.text(alphabet="MẬTmật TỐIUYệt:|()[]-/15BCSố.\n\t", max_size=200))
def test_every_mark_stands_where_it_says(text):
    document = vanban.Document.from_text(text)
    for mark in find_marks(document):
        assert mark.anchor is not None
        assert document.text[mark.anchor.start : mark.anchor.end] == mark.quote


FRAGMENTS = [
    *(row["text"] for row in ROWS),
    *("M Ậ T", "m  ậ t", "T O P  S E C R E T", "TỐI-MẬT", "mat", "(Mật)", "nội  bộ", "한국 Mật"),
    *(" | ", "  ", "\t", "\u00a0", "\n", "/BNG-m", "Số 12/BC ( m )", "İ", "Ð", "\u0301", "lưu"),
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=8).map("".join))
def test_no_line_that_holds_a_mark_is_passed_over(text):
    document = vanban.Document.from_text(text)
    found = find_marks(document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrecy, "_worth_a_look", lambda _text, starts: range(len(starts)))
        assert find_marks(document) == found


@given(st.lists(st.sampled_from([r["text"] for r in ROWS if "\n" not in r["text"]]), max_size=90))
def test_rows_piece_by_piece_have_the_marks_of_the_document(rows):
    rows = [" ".join(row.split(" ")) for row in rows]
    document = vanban.Document.from_pieces([vanban.blocks.Piece(row, "row") for row in rows])
    whole = [(m.rule, m.level, m.quote) for m in find_marks(document)]
    lines = document.text.split("\n") if document.text else []
    pieces = [
        (m.rule, m.level, m.quote)
        for at in range(0, len(lines), 7)
        for m in secrecy.marks_in_rows(lines[at : at + 7], first=at)
    ]
    assert pieces == whole
