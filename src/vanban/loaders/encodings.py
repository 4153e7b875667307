"""Bytes of a text file to Unicode, with a note on everything that was not plain UTF-8."""

import codecs
import re

from vanban.loaders.legacy import from_legacy_bytes, note_of
from vanban.loaders.refusals import refuse
from vanban.loaders.sniff import utf16_order

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ACCENTED = re.compile(rb"[\xc3-\xc6\xe1][\x80-\xbf]")
_WINDOWS_PUNCTUATION = bytes(
    b for b in range(0x80, 0xC0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
)


def decode(data: bytes, *, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Turn the bytes of a text into Unicode.

    Args:
        data: the whole text.
        name: the file's name, for messages.
        declared: the encoding the text itself names, as an HTML page does.
    Returns:
        The text and notes on how it was obtained.
    Raises:
        DocumentError: the bytes are in no encoding that gives Vietnamese with certainty.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if order := utf16_order(data):
        return _lenient(data, order)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return _lenient(data, "utf-8")
    if found := from_legacy_bytes(data):
        text, encoding = found
        return text, (note_of(encoding),)
    if declared and (text_or_none := _declared(data, declared)) is not None:
        return text_or_none, (f"Đọc theo bảng mã ghi trong tệp: {declared}.",)
    if not data.translate(None, bytes(range(0x80)) + _WINDOWS_PUNCTUATION):
        return data.decode("cp1252"), ("Dấu câu theo bảng mã windows-1252.",)
    raise refuse(
        "encoding", name=name, what="8-bit cũ không rõ loại", what_en="an unknown 8-bit encoding"
    )


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    if broken > 0:
        return text, (f"{broken} chỗ có byte hỏng, hiện thành ký tự \ufffd.",)
    return text, ()


def _nearly_utf8(data: bytes) -> bool:
    """A text cut inside a letter or with a stray byte: hundreds of good letters for each bad."""
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    return broken * 200 <= len(_ACCENTED.findall(data))


def _declared(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
