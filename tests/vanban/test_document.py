"""The document's laws: text only normalised, anchors exact."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import Document, read
from vanban.blocks import Piece


@given(st.text())
def test_text_is_nfc_and_blocks_cover_every_visible_character(text):
    document = Document.from_text(text)
    assert unicodedata.is_normalized("NFC", document.text)
    outside = list(document.text)
    for block in document.blocks:
        outside[block.start : block.end] = [""] * (block.end - block.start)
    # Stars at the ends of a block are marks of bold type, hashes before it those of a heading.
    assert "".join("".join(outside).split()).strip("*#") == ""


@given(st.lists(st.tuples(st.text(), st.sampled_from(["paragraph", "heading", "row", "caption"]))))
def test_pieces_become_blocks_in_order_that_cover_every_visible_character(pieces):
    document = Document.from_pieces([Piece(text, kind) for text, kind in pieces])
    assert unicodedata.is_normalized("NFC", document.text)
    assert all(block.start < block.end for block in document.blocks)
    assert all(a.end <= b.start for a, b in pairwise(document.blocks))
    visible = "".join(document.text.split())
    given_text = unicodedata.normalize("NFC", "\n".join(text for text, _ in pieces))
    assert visible == "".join(given_text.split())
    kept = "".join(document.text[b.start : b.end] for b in document.blocks)
    assert "".join(kept.split()) == visible


@given(st.text(min_size=1), st.data())
def test_an_anchor_quotes_its_run(text, data):
    document = Document.from_text(text)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    assert document.anchor(start, end).quote == document.text[start:end]


@pytest.mark.parametrize("span", [(-1, 2), (0, 0), (2, 1), (0, 99)])
def test_no_anchor_outside_the_text(span):
    with pytest.raises(ValueError, match="no run"):
        Document.from_text("văn bản").anchor(*span)


@settings(deadline=None)
@given(st.text())
def test_every_record_of_any_text_is_anchored(text):
    reading = read(Document.from_text(text))
    for record in reading.records:
        anchor = record.anchor
        assert reading.document.text[anchor.start : anchor.end] == anchor.quote


def test_lines_of_blanks_are_no_blocks_however_long():
    blanks = " \t" * 500_000
    document = Document.from_text(f"{blanks}\n  Một dòng. \n{blanks}\nDòng khác.")
    lines = [document.text[b.start : b.end].strip() for b in document.blocks]
    assert lines == ["Một dòng.", "Dòng khác."]


WRAPPED = """CÔNG ĐIỆN
VỀ THÚC ĐẨY XUẤT KHẨU NÔNG SẢN

Trước tình hình mới của thị trường, Thủ tướng Chính
phủ yêu cầu các bộ, cơ quan tập trung vào những việc
sau đây:

1. **Bộ Công Thương:**
a) Chỉ đạo hệ thống thương vụ ở nước ngoài cập nhật
quy định mới về nhãn mác, bao bì và kiểm dịch của nước
sở tại; gửi các hiệp hội trước ngày 15 tháng 8 năm
2025.
b) Nối lại các phiên họp về thương mại với đối tác ở
Nam Á.
2. Bộ Ngoại giao:
- Vận động các nước ở vùng Vịnh sớm công nhận chứng
nhận Halal của Việt Nam;
- Cử cán bộ chuyên trách theo dõi từng thị trường mới.
"""


def test_lines_cut_at_a_width_are_one_paragraph():
    document = Document.from_text(WRAPPED)
    paragraphs = [document.text[b.start : b.end] for b in document.blocks]
    assert len(paragraphs) == 9
    assert paragraphs[2].endswith("những việc\nsau đây:")
    tasks = read(document).of("tasks")
    assert [t.assignees for t in tasks] == [("Bộ Công Thương",)] * 3 + [("Bộ Ngoại giao",)] * 2
    assert tasks[1].deadline == "2025-08-15"
    assert tasks[0].anchor.quote.endswith("kiểm dịch của nước\nsở tại")


def test_short_lines_of_their_own_are_paragraphs_of_their_own():
    lines = [f"Mục thứ {n} của bản tin thị trường" for n in range(30)]
    assert len(Document.from_text("\n".join(lines)).blocks) == 30
    poem = "\n".join(["Kính gửi: các cơ quan đại diện,", "các thương vụ ở nước ngoài,"] * 20)
    assert len(Document.from_text(poem).blocks) == 40


def test_a_long_wrapped_text_runs_as_one_in_no_time():
    paragraph = (
        "Bộ Công Thương yêu cầu các địa phương rà soát toàn bộ\ncác thỏa thuận đã ký và báo cáo.\n"
    )
    document = Document.from_text(paragraph * 20_000)
    begun = time.perf_counter()
    flow = document.flow
    # A text made anew for each of its blocks took half a minute for this one.
    assert time.perf_counter() - begun < 5
    assert flow.replace("\n", " ") == document.text.replace("\n", " ")
    assert flow.count("\n") == 20_000
