"""Old Word files, with and without the programs that open them."""

import shutil
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vanban.files import (
    OLD_WORD,
    TABLE,
    lines,
    tasks,
)
from vanban import DocumentError, load
from vanban.loaders import doc

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)

needs_catdoc = pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")


@needs_office
def test_an_old_word_file_reads_as_the_new_one():
    old, new = load(OLD_WORD), load(TABLE)
    assert old.notes == ("Tệp là Word cũ (DOC), mở qua LibreOffice.",)
    values = ("quote", "issuer", "assignees", "deadline")
    assert [{k: t[k] for k in values} for t in tasks(old)] == [
        {k: t[k] for k in values} for t in tasks(new)
    ]


VALUES = ("quote", "issuer", "assignees", "coordinating", "deadline")


@pytest.fixture
def no_office(monkeypatch, tmp_path):
    """A machine without LibreOffice; catdoc is left if it is there."""
    if program := shutil.which("catdoc"):
        (tmp_path / "catdoc").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_office")
def test_an_old_word_file_without_libreoffice_reads_as_the_new_one():
    old, new = load(OLD_WORD), load(TABLE)
    assert old.notes == ("Tệp là Word cũ (DOC).",)
    assert [{k: t[k] for k in VALUES} for t in tasks(old)] == [
        {k: t[k] for k in VALUES} for t in tasks(new)
    ]
    assert lines(old, "row") == lines(new, "row")
    assert set(lines(new, "paragraph")) <= set(lines(old, "paragraph"))


@needs_catdoc
@pytest.mark.usefixtures("no_office")
def test_an_older_word_file_gives_its_words(monkeypatch):
    monkeypatch.setattr(doc, "_WORD_97", 0xFFFF)
    document = load(OLD_WORD)
    assert document.notes[0] == "Tệp là Word cũ (DOC), mở qua catdoc."
    assert "lưu thành DOCX" in document.notes[1]
    assert "Chủ trì đàm phán hiệp định thương mại tự do với khối MERCOSUR" in document.text
    assert any(b.kind == "row" for b in document.blocks)


def test_a_locked_old_word_file_says_so():
    data = bytearray(OLD_WORD.read_bytes())
    at = data.index(b"\xec\xa5", 512)
    data[at + 0x0B] |= 0x01
    with pytest.raises(DocumentError) as refused:
        doc.load_doc(bytes(data), name="a.doc")
    assert "DOC có mật khẩu" in refused.value.vi


def test_the_result_of_a_field_is_shown_and_its_words_are_not():
    link = 'Xem \x13 HYPERLINK "http://a.vn" \x14trang của Bộ\x15.'
    assert doc._shown(link) == "Xem trang của Bộ."
    assert doc._shown("\x13 TOC \\o \x14Mục 1\x13PAGEREF 1\x14 3\x15") == "Mục 1 3"


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=40), st.integers(0, 40_000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_old_word_file_is_told_as_one(at, noise, cut):
    data = bytearray(OLD_WORD.read_bytes())
    data[at : at + len(noise)] = noise
    with suppress(doc.DocFormatError, DocumentError):
        doc.load_doc(bytes(data[: len(data) - cut]), name="a.doc")
