"""The documents of a web archive (WARC): answers with text in them, as they were before packing."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vanban.loaders.limits import FILE_LIMIT

__all__ = ["Page", "TornArchiveError", "pages_of"]

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_TYPES = frozenset({
    "", "application/pdf", "application/xhtml+xml", "application/msword", "application/rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip


class Page(NamedTuple):
    """One answer: its address and its bytes; one byte over the limit of a file if it is larger."""

    address: str
    content: bytes


class TornArchiveError(Exception):
    """An archive ends in the middle of a page, or goes on with what is no archive."""


def pages_of(path: Path) -> Iterator[Page]:
    """The HTML, PDF and Office answers of an archive, in order.

    Raises:
        TornArchiveError: behind the last whole page, if the archive is cut off or damaged there.
        OSError: it cannot be opened.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as stream:
        try:
            answers = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)
            for record in answers:
                content = record.reader.read(FILE_LIMIT + 1)
                if len(content) < min(record.content_length, FILE_LIMIT + 1):
                    raise TornArchiveError
                answer = record.http_headers
                if answer is None or answer.status_code not in (200, None):
                    continue
                if _is_document(record.http_content_type or ""):
                    packings = answer.get("Transfer-Encoding"), answer.get("Content-Encoding")
                    address = record.headers.get("WARC-Target-URI") or record.record_id
                    yield Page(address, _unpacked(content, *packings))
        except OSError as e:
            raise TornArchiveError from e


def _is_document(kind: str) -> bool:
    plain = kind.partition(";")[0].strip().lower()
    return plain.startswith("text/") or plain in _TYPES


def _unpacked(content: bytes, transfer: str | None, packing: str | None) -> bytes:
    """An answer as its browser showed it; crawlers keep it as sent, or only its head."""
    if "chunked" in (transfer or "").lower():
        content = _joined_chunks(content)
    if (packing or "").strip().lower() in ("gzip", "x-gzip", "deflate"):
        try:
            # 47: either of the two, told by its first bytes.
            return zlib.decompressobj(47).decompress(content, FILE_LIMIT + 1)
        except zlib.error:
            return content
    return content


def _joined_chunks(content: bytes) -> bytes:
    chunks = []
    at = 0
    while size := _CHUNK.match(content, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(chunks)
        chunks.append(content[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if content.startswith(b"\r\n", at) else 0
    # Not in chunks after all, or the last of them is missing.
    return b"".join(chunks) if chunks and at >= len(content) else content
