"""Word files of 1997 to 2003 (DOC): their paragraphs and tables, read without another program.

Of the format (MS-DOC) only what gives the text is read: the pieces it was saved in, and of the
properties of paragraphs those that make table rows. Numbers that Word draws before the items of a
list are not in the text, and words marked as deleted still are.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.document import Document
from vanban.loaders.cells import DITTO, join_cell
from vanban.loaders.legacy import SOFT_HYPHEN, note_of, repair
from vanban.loaders.limits import TEXT_LIMIT
from vanban.loaders.ole import streams_of
from vanban.loaders.refusals import refuse
from vanban.loaders.tables import TableRow, settled
from vanban.pages.provenance import choose_title
from vanban.patterns import regex

__all__ = ["DocFormatError", "load_doc"]

MEDIA_TYPE = "application/msword"

_WORD_97 = 0xC1
_LOCKED, _TABLE_ONE = 0x0100, 0x0200
_STREAMS = ("WordDocument", "0Table", "1Table", "Data")
_PAGE = 512
_IN_TABLE, _ENDS_ROW, _COLUMNS, _ELSEWHERE = 0x2416, 0x2417, 0xD608, (0x6645, 0x6646)
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_NEAR = 40
"""Edges of two rows nearer than this, in twentieths of a point, are one."""
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 4, 2
_FIELD = regex("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_OPEN_FIELD = regex("\x13[^\x13-\x15]*\x14")
_SHOWN = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: SOFT_HYPHEN, 0x09: "\t"}
_UNSEEN = dict.fromkeys([*range(9), 0x0D, 0x0C, *range(0x0F, 0x1F)], None)


class DocFormatError(Exception):
    """The file is no Word file of 1997 or later, or is damaged."""


def load_doc(data: bytes, *, name: str) -> Document:
    """Make a document of a DOC file.

    Raises:
        DocFormatError: it is of an older version, or damaged.
        DocumentError: it is locked, too long or holds no words.
    """
    try:
        pieces = list(_pieces(_Word(streams_of(data, _STREAMS), name)))
    except (ValueError, KeyError, IndexError, struct.error) as e:
        raise DocFormatError(str(e)) from e
    if sum(len(p.text) for p in pieces) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
    if not any(p.text.strip() for p in pieces):
        raise refuse("blank", name=name)
    converted, encoding = repair("\n".join(p.text.replace("\n", "\v") for p in pieces))
    converted = converted.replace(SOFT_HYPHEN, "")
    notes: tuple[str, ...] = ("Tệp là Word cũ (DOC).",)
    if encoding is not None:
        notes += (note_of(encoding),)
    lines = [line.replace("\v", "\n") for line in converted.split("\n")]
    pieces = [Piece(t, p.kind, p.page, p.place) for t, p in zip(lines, pieces, strict=True)]
    title = choose_title([p.text for p in pieces], "")
    return Document.from_pieces(pieces, name=name, media_type=MEDIA_TYPE, notes=notes, title=title)


class _Saved(NamedTuple):
    """A run of the text as it was saved: from a character on, at a place of the stream."""

    start: int
    end: int
    at: int
    width: int


class _Paragraph(NamedTuple):
    """A paragraph: its text, the character that ends it, and what makes it part of a table."""

    text: str
    mark: str
    in_table: bool
    ends_row: bool
    columns: bytes


class _Word:
    """The text of a file and the properties of its paragraphs."""

    def __init__(self, streams: dict[str, bytes], name: str) -> None:
        self.main = streams["WordDocument"]
        magic, version = struct.unpack_from("<HH", self.main, 0)
        (flags,) = struct.unpack_from("<H", self.main, 0x0A)
        if magic != 0xA5EC or version < _WORD_97:
            raise ValueError("older than Word 97")
        if flags & _LOCKED:
            raise refuse("encrypted", name=name, what="DOC", what_en="DOC")
        self.table = streams["1Table" if flags & _TABLE_ONE else "0Table"]
        self.data = streams.get("Data", b"")
        self.saved = list(self._saved())
        if sum(run.end - run.start for run in self.saved) > TEXT_LIMIT:
            raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
        self.text = "".join(map(self._decoded, self.saved))
        self.starts: list[int] = []
        self.properties: list[bytes] = []
        self._read_properties()
        counts = struct.unpack_from("<8i", self.main, 0x4C)
        self.counts = [max(0, n) for n in counts]

    def _part(self, at: int) -> bytes:
        start, length = struct.unpack_from("<II", self.main, at)
        return self.table[start : start + length]

    def _saved(self) -> Iterator[_Saved]:
        told = self._part(0x1A2)
        at = 0
        while told[at] == 1:
            at += 3 + struct.unpack_from("<H", told, at + 1)[0]
        if told[at] != 2:
            raise ValueError("no table of pieces")
        (length,) = struct.unpack_from("<I", told, at + 1)
        n = (length - 4) // 12
        edges = struct.unpack_from(f"<{n + 1}I", told, at + 5)
        for i in range(n):
            (where,) = struct.unpack_from("<I", told, at + 5 + 4 * (n + 1) + 8 * i + 2)
            packed = bool(where & 0x40000000)
            where &= 0x3FFFFFFF
            if edges[i + 1] < edges[i]:
                raise ValueError("pieces out of order")
            yield _Saved(
                edges[i], edges[i + 1], where // 2 if packed else where, 1 if packed else 2
            )

    def _decoded(self, run: _Saved) -> str:
        raw = self.main[run.at : run.at + (run.end - run.start) * run.width]
        if len(raw) < (run.end - run.start) * run.width:
            raise ValueError("a piece leaves the file")
        if run.width == 1:
            return raw.decode("cp1252", "replace")
        units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        return "".join("\ufffd" if 0xD800 <= u < 0xE000 else chr(u) for u in units)

    def _read_properties(self) -> None:
        pages = self._part(0x102)
        n = max(0, len(pages) - 4) // 8
        if n > len(self.main) // _PAGE:
            raise ValueError("more pages of properties than there are pages")
        for (number,) in struct.iter_unpack("<I", pages[4 * (n + 1) : 4 * (n + 1) + 4 * n]):
            page = self.main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            runs = page[_PAGE - 1]
            self.starts += struct.unpack_from(f"<{runs}I", page, 0)
            for i in range(runs):
                at = 2 * page[4 * (runs + 1) + 13 * i]
                length = 2 * page[at] - 1 if at and page[at] else 2 * page[at + 1] if at else 0
                begin = at + (1 if at and page[at] else 2)
                # The first two bytes name the style.
                self.properties.append(page[begin + 2 : begin + length])

    def paragraphs(self, start: int, end: int) -> Iterator[_Paragraph]:
        """The paragraphs of a run of the text."""
        begin = start
        firsts = [run.start for run in self.saved]
        for at in range(start, min(end, len(self.text))):
            mark = self.text[at]
            if mark not in "\r\x07\x0c":
                continue
            run = self.saved[bisect_right(firsts, at) - 1]
            told = self._told(run.at + (at - run.start) * run.width)
            yield _Paragraph(_shown(self.text[begin:at]), mark, *told)
            begin = at + 1
        if begin < end:
            yield _Paragraph(_shown(self.text[begin:end]), "\r", False, False, b"")

    def _told(self, place: int) -> tuple[bool, bool, bytes]:
        index = bisect_right(self.starts, place) - 1
        told = dict(self._sprms(self.properties[index])) if index >= 0 else {}
        yes = {code: bool(told.get(code, b"\0")[0]) for code in (_IN_TABLE, _ENDS_ROW)}
        return yes[_IN_TABLE], yes[_ENDS_ROW], told.get(_COLUMNS, b"")

    def _sprms(self, properties: bytes, *, deep: bool = True) -> Iterator[tuple[int, bytes]]:
        """Code and operand of each property."""
        at = 0
        while at + 3 <= len(properties):
            (code,) = struct.unpack_from("<H", properties, at)
            at += 2
            length = _OPERAND.get(code >> 13, 0)
            if code == _COLUMNS:
                length = 1 + struct.unpack_from("<H", properties, at)[0]
            elif not length:
                length = 1 + properties[at]
            operand = properties[at : at + length]
            if code in _ELSEWHERE and deep:
                # What is too long for its page is kept in a stream of its own.
                (where,) = struct.unpack("<I", operand)
                (size,) = struct.unpack_from("<H", self.data, where)
                yield from self._sprms(self.data[where + 2 : where + 2 + size], deep=False)
            yield code, operand
            at += length


def _shown(text: str) -> str:
    """A paragraph as its page shows it: the results of fields, without what marks them."""
    while "\x13" in text:
        shorter = _FIELD.sub(lambda m: m[1] or "", text)
        if shorter == text:
            break
        text = shorter
    # What a field gives may take several paragraphs, as a table of contents does.
    return _OPEN_FIELD.sub("", text).translate(_SHOWN).translate(_UNSEEN)


def _pieces(word: _Word) -> Iterator[Piece]:
    text, notes, margins, _, remarks, ends, boxes, _ = word.counts
    yield from _body(word.paragraphs(0, text))
    at = text
    seen: set[str] = set()
    for length, place in (
        *((notes, "footnote"), (margins, "header"), (remarks, ""), (ends, "endnote")),
        (boxes, "text box"),
    ):
        for paragraph in word.paragraphs(at, at + length) if place else ():
            words = paragraph.text.strip()
            if not words or (place == "header" and (words in seen or words.strip(" -–").isdigit())):
                continue
            seen.add(words)
            yield Piece(words, "furniture" if place == "header" else "paragraph", None, place)
        at += length


@dataclass
class _Row:
    """One row as it is saved: the paragraphs of its cells, and how its columns are laid."""

    cells: list[list[str]] = field(default_factory=list)
    columns: bytes = b""


def _body(paragraphs: Iterator[_Paragraph]) -> Iterator[Piece]:
    rows: list[_Row] = []
    row = _Row()
    cell: list[str] = []
    number = 0
    for paragraph in paragraphs:
        if not paragraph.in_table:
            if rows:
                number += 1
                yield from _table(rows, number)
                rows = []
            if paragraph.text.strip():
                yield Piece(paragraph.text)
            continue
        if paragraph.ends_row:
            row.columns = paragraph.columns
            rows.append(row)
            row, cell = _Row(), []
            continue
        cell.append(paragraph.text)
        if paragraph.mark == "\x07":
            row.cells.append(cell)
            cell = []
    if rows:
        yield from _table(rows, number + 1)


def _table(rows: Sequence[_Row], number: int) -> Iterator[Piece]:
    laid = [_cells(row) for row in rows]
    if _is_layout(laid):
        for index, row in enumerate(rows, start=1):
            for cell in row.cells:
                place = f"table {number}, row {index}"
                yield from (Piece(words, "paragraph", None, place) for words in cell)
        return
    edges = _edges(sorted(left for cells in laid for left, *_ in cells))
    found: list[TableRow] = []
    for index, cells in enumerate(laid, start=1):
        texts: list[str] = []
        for left, words, goes_on, _ in cells:
            # A wide cell leaves the following columns where the heading row has them.
            texts += [""] * (bisect_right(edges, left + _NEAR) - 1 - len(texts))
            texts.append(join_cell(words) or (DITTO if goes_on else ""))
        if any(text not in ("", DITTO) for text in texts):
            found.append(TableRow(texts, index))
    for line in settled(found):
        place = f"table {number}, row {line.number}"
        yield Piece(line.text(), "furniture" if line.is_furniture else "row", None, place)


def _cells(row: _Row) -> list[tuple[int, list[str], bool, bool]]:
    """Left edge, paragraphs, whether it goes on from above and whether it is ruled, by cell."""
    n = row.columns[2] if len(row.columns) > 2 else 0
    if not n or len(row.columns) < 3 + 2 * (n + 1):
        return [(1000 * i, words, False, True) for i, words in enumerate(row.cells)]
    lefts = struct.unpack_from(f"<{n + 1}h", row.columns, 3)
    kinds = row.columns[3 + 2 * (n + 1) :]
    found = []
    for i, (left, words) in enumerate(zip(lefts, row.cells, strict=False)):
        kind = kinds[20 * i : 20 * i + 20].ljust(20, b"\0")
        (flags,) = struct.unpack_from("<H", kind, 0)
        if not flags & 0x02:  # Else the right part of a wide cell.
            found.append((left, words, flags & 0x60 == 0x20, any(kind[4:])))
    return found


def _edges(lefts: Sequence[int]) -> list[int]:
    found: list[int] = []
    for left in lefts:
        if not found or left - found[-1] > _NEAR:
            found.append(left)
    return found


def _is_layout(laid: Sequence[Sequence[tuple[int, list[str], bool, bool]]]) -> bool:
    """Whether a table only sets two blocks side by side, as letterheads and signatures do."""
    return len(laid) <= _LAYOUT_ROWS and all(
        len(cells) <= _LAYOUT_COLUMNS and not any(ruled for *_, ruled in cells) for cells in laid
    )
