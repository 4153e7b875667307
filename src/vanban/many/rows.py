"""One document to one row of plain values; a document that cannot be read is a row as well."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vanban.document import Document
from vanban.errors import DocumentError
from vanban.loaders import attachments, load_bytes, packed
from vanban.reading import ENGINE_VERSION, read

if TYPE_CHECKING:
    from vanban.loaders.options import Ocr

__all__ = ["Row", "failed_row", "read_file", "read_text"]

_OWN = ("kind", "quote", "start", "end", "rule", "confidence")


@dataclass(frozen=True, slots=True)
class Row:
    """What was read in one document, in plain values.

    Args:
        id: what the document is called where it came from.
        status: "read"; "refused" if it holds no text that can be read; "failed" if reading it
            broke the program.
        message: why it was not read, one sentence in Vietnamese; "" if it was.
        title, published, media_type, notes: as in `Document`.
        engine: version of the reader.
        records: kind, quote, start, end, rule, confidence, and `data`: the rest as JSON.
        text: the text the offsets count in.
    """

    id: str
    status: Literal["read", "refused", "failed"]
    message: str = ""
    title: str = ""
    published: str | None = None
    media_type: str = ""
    notes: tuple[str, ...] = ()
    engine: str = ENGINE_VERSION
    records: tuple[dict[str, Any], ...] = ()
    text: str = ""


def read_text(id: str, text: str | None) -> Row:
    """Read one text; never raises, whatever the text is."""
    if not text or not text.strip():
        return Row(id, "refused", "Văn bản không có chữ nào.")
    try:
        return _row(id, Document.from_text(text, name=id))
    except Exception as e:
        return failed_row(id, e)


def read_file(id: str, data: bytes, *, ocr: "Ocr | None" = None) -> Iterator[Row]:
    """Read one file and the files in it, if it is a mail or a ZIP; never raises.

    Args:
        id: its name or address; a file in it is "<id>/<its name>".
        data: the whole file.
        ocr: as in `vanban.load`.
    """
    yield from _read_file(id, data, ocr, 0)


_DEEPEST = 4
"""Mails and ZIPs within each other: a ZIP may hold itself."""


def _read_file(id: str, data: bytes, ocr: "Ocr | None", depth: int) -> Iterator[Row]:
    name = id.rpartition("/")[2] or id
    is_empty = True
    try:
        for file in packed(data, name=name) if depth < _DEEPEST else ():
            is_empty = False
            yield from _read_file(f"{id}/{file.name}", file.data, ocr, depth + 1)
        if not is_empty:
            return
        yield _row(id, load_bytes(data, name=name, ocr=ocr))
        attached = attachments(data, name=id)
    except DocumentError as e:
        yield Row(id, "refused", e.vi)
        return
    except Exception as e:
        yield failed_row(id, e)
        return
    for file in attached:
        yield from _read_file(f"{id}/{file.name}", file.data, ocr, depth + 1)


def failed_row(id: str, error: BaseException) -> Row:
    """The row of a document that broke the program: what was raised, for whoever repairs it."""
    return Row(id, "failed", f"Chương trình lỗi khi đọc: {type(error).__name__}: {error}"[:500])


def _row(id: str, document: Document) -> Row:
    reading = read(document)
    return Row(
        id=id,
        status="read",
        title=document.title,
        published=document.published,
        media_type=document.media_type,
        notes=document.notes,
        records=tuple(_record(r.kind, r.to_dict()) for r in reading.records),
        text=document.text,
    )


def _record(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """A record as the columns that all kinds share, and the rest as JSON."""
    own = {"kind": kind, **{k: data[k] for k in _OWN if k != "kind"}}
    rest = {k: v for k, v in data.items() if k not in _OWN or (k == "kind" and v != kind)}
    return own | {"data": _encode(rest)}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""`json.dumps` makes an encoder at every call that does not want its defaults."""
