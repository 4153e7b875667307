"""Open a file that came in: its hash, its text, what is read in it; nothing is stored yet.

Opening is the slow part, so it happens outside any transaction.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from time import perf_counter

from django.conf import settings

import vanban
from vanban.loaders.limits import FILE_LIMIT
from vanban.loaders.ocr import Ocr, is_installed
from vanban.loaders.refusals import refuse

__all__ = [
    "OpenedFile",
    "check_size",
    "fitting_name",
    "hash_bytes",
    "load_file",
    "open_file",
    "plain_name",
    "read_timed",
]

_OCR_SECONDS = 30.0
"""Seconds one page may take to be recognised."""


@dataclass(frozen=True)
class OpenedFile:
    """A file's bytes with everything the machine makes of them.

    Args:
        seconds: how long reading took, without loading.
    """

    data: bytes
    name: str
    sha256: str
    document: vanban.Document
    reading: vanban.Reading
    seconds: float


def hash_bytes(data: bytes) -> str:
    """The identity of a file: hexadecimal SHA-256 of its bytes."""
    return sha256(data).hexdigest()


def plain_name(name: str) -> str:
    """The last part of a file name, without folders and control characters, at most 255 long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-255:] or "document"


_ENDINGS = {
    "text/plain": (".txt", ".text", ".md", ".csv"),
    "text/csv": (".csv", ".tsv", ".tab"),
    "text/html": (".html", ".htm", ".xhtml"),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
}
"""Endings that fit a content, the usual one first."""
_OTHERS = (
    *(".doc", ".rtf", ".odt", ".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp", ".mht", ".eml"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".zip"),
)


def fitting_name(name: str, media_type: str) -> str:
    """The name with an ending that fits the content, so that nobody's machine runs the download.

    "bao-cao.hta" with a page in it becomes "bao-cao.hta.html".
    Args:
        name: as `plain_name` gives it.
        media_type: what the content is.
    """
    ending = PurePosixPath(name).suffix.lower()
    fitting = _ENDINGS.get(media_type, _OTHERS)
    if ending in fitting:
        return name
    added = fitting[0] if media_type in _ENDINGS else ".bin"
    return f"{name[: 255 - len(added)]}{added}"


def check_size(size: int, *, name: str, limit: int = FILE_LIMIT) -> None:
    """Refuse a file that is too large before it is taken into memory.

    Args:
        size: bytes.
        limit: bytes that are taken; as many as the loaders take, where nothing else is said.
    Raises:
        vanban.DocumentError: it is larger.
    """
    if size > limit:
        mb = 1024 * 1024
        shown = f"{size / mb:.1f}"
        raise refuse(
            "too-large",
            name=name,
            size=shown.replace(".", ","),
            size_en=shown,
            limit=limit // mb,
        )


def open_file(data: bytes, *, name: str) -> OpenedFile:
    """Load and read a file.

    Args:
        data: the whole file.
        name: its file name; folders in it are dropped.
    Raises:
        vanban.DocumentError: it holds no text that can be read; says what was found, what to do.
    """
    name = plain_name(name)
    document = load_file(data, name=name)
    reading, seconds = read_timed(document)
    fitted = fitting_name(name, document.media_type)
    return OpenedFile(data, fitted, hash_bytes(data), document, reading, seconds)


def load_file(data: bytes, *, name: str) -> vanban.Document:
    """The text of a file, recognised from pictures of pages where tesseract is installed.

    Somebody waits for the answer, so that pages are few; longer scans are recognised beforehand by
    `diemcau read --ocr` or another program.

    Args:
        data: the whole file.
        name: its file name.
    Raises:
        vanban.DocumentError: as `open_file`.
    """
    pages = settings.OCR_PAGES
    wanted = Ocr(most_pages=pages, seconds=_OCR_SECONDS) if pages and is_installed() else None
    return vanban.load_bytes(data, name=name, ocr=wanted)


def read_timed(document: vanban.Document) -> tuple[vanban.Reading, float]:
    """Read a document; returns the reading and the seconds it took."""
    began = perf_counter()
    reading = vanban.read(document)
    return reading, perf_counter() - began
