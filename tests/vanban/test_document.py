"""The document's laws: text only normalised, anchors exact."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import Document, read


@given(st.text())
def test_text_is_nfc_and_blocks_cover_every_visible_character(text):
    document = Document.from_text(text)
    assert unicodedata.is_normalized("NFC", document.text)
    outside = list(document.text)
    for block in document.blocks:
        outside[block.start : block.end] = [""] * (block.end - block.start)
    assert "".join(outside).strip() == ""


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
