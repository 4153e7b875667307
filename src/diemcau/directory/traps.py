"""Workbooks that are made to harm the server that opens them, found before they are opened."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vanban.errors import DocumentError
from vanban.loaders.inside import look_inside

__all__ = ["pieces_of", "trap_in"]

_MOST_ROWS = 100_000
_BESIDE = 20
"""Rows a table has beside those: title and headings, or what the hidden sheet says of the file."""
_PIECE = 1 << 20
_OVERLAP = 256


def trap_in(data: bytes) -> str:
    """Why a workbook must not be opened, in a sentence; "" if nothing speaks against it.

    The reader of workbooks holds every cell up to the last one, so that two cells far apart take
    the whole memory; and a ZIP of some kilobytes may unpack to gigabytes.
    """
    try:
        look_inside(data, name="")
    except DocumentError as refusal:
        return refusal.en if get_language() == "en" else refusal.vi
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = [p for p in book.namelist() if p.startswith("xl/worksheets/")]
            is_wide = any(_is_wide(book, part) for part in sheets)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError):
        # Whatever is wrong with it, the reader says better.
        return ""
    if not is_wide:
        return ""
    sentence = _("A sheet has more than %(rows)s rows, or more than 702 columns.")
    return sentence % {"rows": f"{_MOST_ROWS:,}".replace(",", ".")}


def pieces_of(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part of a workbook piece by piece, each beginning with the last bytes of the one before, so
    that no tag of usual length is cut in all of them."""
    with book.open(part) as file:
        rest = b""
        while read := file.read(_PIECE):
            piece = rest + read
            yield piece
            rest = piece[-_OVERLAP:]


def _is_wide(book: zipfile.ZipFile, part: str) -> bool:
    most = _MOST_ROWS + _BESIDE
    # Only a number of as many digits can be larger, which spares looking at all the others.
    far = re.compile(rb'r="(?<=\br=")(?:[A-Z]{3}\d{1,9}|[A-Z]{0,2}(\d{%d,9}))"' % len(str(most)))
    return any(
        m[1] is None or int(m[1]) > most
        for piece in pieces_of(book, part)
        for m in far.finditer(piece)
    )
