"""Files to documents: text, tables, HTML, DOCX, PDF, mail; pictures and old Office by programs.

What needs another program (tesseract, LibreOffice) is opened if it is installed and refused with
a sentence that names it if not.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.document import Document
from vanban.loaders.encodings import decode
from vanban.loaders.endings import misnamed
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import FILE_LIMIT, LINE_LIMIT, TEXT_LIMIT
from vanban.loaders.refusals import refuse
from vanban.loaders.sniff import Found, sniff

if TYPE_CHECKING:
    from vanban.loaders.mail import Attachment
    from vanban.loaders.options import Ocr

__all__ = ["attachments", "is_packed", "load", "load_bytes", "packed"]

_MB = 1024 * 1024
_ROWS = (".csv", ".tsv", ".tab")
"""Endings of texts that may hold rows of cells: nothing in the bytes tells them from prose."""


def load(path: str | Path, *, ocr: "Ocr | None" = None) -> Document:
    """Open a file as a document.

    Args:
        path: the file.
        ocr: recognise text in pictures of pages (`vanban.loaders.options.Ocr`); None refuses them.
    Raises:
        DocumentError: the file holds no text that can be read; says what was found and what to do.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    size = path.stat().st_size
    if size > FILE_LIMIT:
        raise _too_large(size, path.name)
    return load_bytes(path.read_bytes(), name=path.name, ocr=ocr)


def load_bytes(data: bytes, *, name: str, ocr: "Ocr | None" = None) -> Document:
    """Make a document of a file's bytes; the type is told from the content, not the name.

    Args:
        data: the whole file.
        name: its file name, for messages and as a hint of the type.
        ocr: as in `load`.
    Raises:
        DocumentError: as `load`.
    """
    if not data:
        raise refuse("empty", name=name)
    if len(data) > FILE_LIMIT:
        raise _too_large(len(data), name)
    found = sniff(data, name=name)
    document = _open(data, found, name, ocr)
    if said := misnamed(found, name):
        document = replace(document, notes=(*said, *document.notes))
    return document


def _open(data: bytes, found: Found, name: str, ocr: "Ocr | None") -> Document:
    # Each format's library is imported only by those who open such a file.
    match found.format:
        case "pdf":
            from vanban.loaders.pdf.reader import load_pdf

            return load_pdf(data, name=name, ocr=ocr)
        case "docx":
            from vanban.loaders.docx import load_docx

            return load_docx(data, name=name)
        case "xlsx":
            from vanban.loaders.xlsx import load_xlsx

            return load_xlsx(data, name=name)
        case "mail":
            from vanban.loaders.mail import load_mail

            return load_mail(data, name=name)
        case "image" if ocr is not None:
            from vanban.loaders.picture import load_picture

            return load_picture(data, name=name, kind=found.vi, ocr=ocr)
        case "convertible":
            from vanban.loaders.converted import load_converted

            return load_converted(data, name=name, found=found)
        case "html":
            from vanban.loaders.html import load_html

            return load_html(data, name=name)
        case "text":
            return _load_text(data, name=name)
        case code:
            raise refuse(code, name=name, what=found.vi, what_en=found.en, save=found.save)


def attachments(data: bytes, *, name: str) -> "tuple[Attachment, ...]":
    """The files that came with a mail, each to be loaded on its own; none if it is no mail.

    Args:
        data: the whole file.
        name: its file name, for messages.
    Raises:
        DocumentError: the mail holds more parts than a mail may.
    """
    if not data or len(data) > FILE_LIMIT or sniff(data, name=name).format != "mail":
        return ()
    from vanban.loaders.mail import attachments_of

    return attachments_of(data, name=name)


def packed(data: bytes, *, name: str) -> "Iterator[Attachment]":
    """The files packed in a ZIP, each to be loaded on its own; none if it is no such file.

    Args:
        data: the whole file.
        name: its file name, for messages.
    Raises:
        DocumentError: the ZIP is damaged, has a password, or unpacks to far more than it should.
    """
    if len(data) <= FILE_LIMIT and is_packed(data, name=name):
        from vanban.loaders.archives import members_of

        yield from members_of(data, name=name)


def is_packed(data: bytes, *, name: str) -> bool:
    """Whether a file is a ZIP of files, no document that is made of parts.

    Args:
        data: the whole file.
        name: its file name.
    """
    return data.startswith(b"PK\x03\x04") and sniff(data, name=name).format == "archive"


def _load_text(data: bytes, *, name: str) -> Document:
    if len(data) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // _MB)
    text, notes = decode(data, name=name)
    if (lines := text.count("\n") + text.count("\r")) > LINE_LIMIT:
        raise refuse("too-many-lines", name=name, lines=lines, limit=LINE_LIMIT)
    text, encoding = repair(text)
    if encoding:
        notes += (note_of(encoding),)
    if name.lower().endswith(_ROWS):
        from vanban.loaders.delimited import is_table, load_delimited

        if is_table(text):
            return load_delimited(text, name=name, notes=notes)
    document = Document.from_text(text, name=name, notes=notes)
    if not document.blocks:
        raise refuse("blank", name=name)
    return document


def _too_large(size: int, name: str) -> Exception:
    shown = f"{size / _MB:.1f}"
    limit = FILE_LIMIT // _MB
    return refuse("too-large", name=name, size=shown.replace(".", ","), size_en=shown, limit=limit)
