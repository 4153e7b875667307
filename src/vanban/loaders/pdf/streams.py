"""How far the streams of a PDF unpack, measured before the reader is let near them."""

import base64
import re
import zlib
from collections.abc import Iterator

__all__ = ["largest_stream"]

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 1_000


def largest_stream(data: bytes, *, limit: int) -> int:
    """Size of the largest drawing or text stream once unpacked, in bytes.

    Pictures are left out: they are not unpacked to read a text layer. A stream packed in a way
    this does not know counts as it stands.

    Args:
        data: the PDF.
        limit: stop unpacking a stream here; the answer is then above it.
    """
    return max((_unpacked(packed, filters, limit) for packed, filters in _streams(data)), default=0)


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Packed bytes and dictionary of every stream that is not a picture."""
    for start in _STREAM.finditer(data):
        if data[max(0, start.start() - 3) : start.start()] == b"end":
            continue
        before = data[max(0, start.start() - _DICTIONARY) : start.start()]
        dictionary = before[before.rfind(b"obj") + 3 :]
        if re.search(rb"/Subtype\s*/Image", dictionary):
            continue
        end = data.find(b"endstream", start.end())
        yield data[start.end() : end if end >= 0 else len(data)], dictionary


def _unpacked(packed: bytes, dictionary: bytes, limit: int) -> int:
    try:
        if b"ASCII85" in dictionary:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>").removeprefix(b"<~"))
        for _ in range(dictionary.count(b"Flate")):
            packed = zlib.decompressobj().decompress(packed, limit + 1)
    except (ValueError, zlib.error):
        return len(packed)
    return len(packed)
