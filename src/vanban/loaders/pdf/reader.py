"""PDF with a text layer: lines joined to paragraphs again, page headers and numbers set aside."""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from math import hypot
from threading import Lock

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from vanban.blocks import Piece
from vanban.document import Document
from vanban.loaders.cells import DITTO
from vanban.loaders.legacy import SOFT_HYPHEN, note_of, repair
from vanban.loaders.limits import PAGE_LIMIT, STREAM_LIMIT, TEXT_LIMIT
from vanban.loaders.ocr import (
    DPI,
    UNREADABLE,
    Ocr,
    OcrMissingError,
    RecognisedPage,
    certainty_of,
    notes_of,
    open_engine,
    recognise,
    unmark,
)
from vanban.loaders.pdf.line import Line, TablePart
from vanban.loaders.pdf.lines import join_lines, join_pages
from vanban.loaders.pdf.rows import settle_tables
from vanban.loaders.pdf.streams import largest_stream
from vanban.loaders.pdf.tables import Grid, find_grids
from vanban.loaders.refusals import refuse
from vanban.pages.provenance import choose_title
from vanban.patterns import regex

__all__ = ["load_pdf"]

MEDIA_TYPE = "application/pdf"

_LOCK = Lock()
"""PDFium is one machine for the whole process: two threads in it crash."""

_VISIBLE_LINE = regex(r"[^\s][^\r\n]*(?<!\s)")
_FEWEST_LETTERS_PER_PAGE = 40
_WIDE = 1.0
"""A gap between two words that no line set to both edges has, in sizes of type."""
_MOST_OF_A_GAP = 20
"""A line shorter than this, in sizes of type, does not cross two columns."""
_MOST_DOTS = 25_000_000
_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5


def load_pdf(data: bytes, *, name: str, ocr: Ocr | None = None) -> Document:
    """Make a document of a PDF file.

    Args:
        data: the whole file.
        name: its file name, for messages.
        ocr: recognise pages that are pictures; None reads the text layer only.
    Raises:
        DocumentError: the file is locked, damaged, too long, or scanned without a text layer.
    """
    if largest_stream(data, limit=STREAM_LIMIT) > STREAM_LIMIT:
        raise refuse("bomb", name=name)
    with _LOCK:
        pages, given_title, has_pictures = _read_pages(data, name)
    letters = [sum(map(_letters, page)) for page in pages]
    # A scan may carry a few words: a digital signature, a stamp of the scanner.
    few = _FEWEST_LETTERS_PER_PAGE * len(pages)
    scanned = not any(letters) or (has_pictures and sum(letters) < few)
    recognised: dict[int, RecognisedPage] = {}
    if ocr is not None:
        wanted = [
            number
            for number, count in enumerate(letters, start=1)
            if ocr.pages == "all" or not count or (scanned and count < _FEWEST_LETTERS_PER_PAGE)
        ]
        recognised = _recognise(data, wanted, len(pages), name=name, ocr=ocr, scanned=scanned)
        for number, page in recognised.items():
            if page.words:
                pages[number - 1] = list(page.lines)
        if scanned and not any(page.words for page in recognised.values()):
            raise refuse("ocr-nothing", name=name, pages=len(pages))
        if scanned and (certainty := certainty_of(recognised.values())) < UNREADABLE:
            raise refuse("ocr-unsure", name=name, certainty=f"{certainty:.0f}")
    elif scanned:
        raise refuse("scanned", name=name, pages=len(pages))
    pieces, notes = _unify(list(join_pages(settle_tables(pages))))
    if recognised:
        notes += notes_of(recognised, len(pages))
    bare = [str(n) for n, page in enumerate(pages, start=1) if not page]
    if bare:
        listed = ", ".join(bare[:10]) + (" …" if len(bare) > 10 else "")
        notes += (f"Không có lớp chữ ở {len(bare)}/{len(pages)} trang: {listed}.",)
    title = choose_title([p.text for p in pieces], given_title)
    document = Document.from_pieces(
        pieces, name=name, media_type=MEDIA_TYPE, notes=notes, title=title
    )
    return unmark(document) if recognised else document


def _letters(line: Line) -> int:
    return sum(c.isalpha() for words in (line.text, *line.cells) for c in words)


def _recognise(
    data: bytes, wanted: list[int], total: int, *, name: str, ocr: Ocr, scanned: bool
) -> dict[int, RecognisedPage]:
    """The wanted pages recognised, by number; none if the rest can be read without the program."""
    if not wanted:
        return {}
    if len(wanted) > ocr.most_pages:
        if not scanned and ocr.pages == "bare":
            return {}
        raise refuse("ocr-too-long", name=name, pages=len(wanted), limit=ocr.most_pages)
    try:
        program = open_engine()
    except OcrMissingError as e:
        if not scanned and ocr.pages == "bare":
            return {}  # A note tells which pages have no text.
        what = f"PDF quét ảnh, {total} trang", f"a scanned PDF of {total} pages"
        raise refuse(e.code, name=name, what=what[0], what_en=what[1]) from e
    found: dict[int, RecognisedPage] = {}
    for done, number in enumerate(wanted, start=1):
        picture = _draw(data, number - 1, name)
        found[number] = recognise(program, picture, name=name, seconds=ocr.seconds)[0]
        if ocr.tell is not None:
            ocr.tell(done, len(wanted))
    return found


def _draw(data: bytes, index: int, name: str) -> bytes:
    """One page as a grey picture in the PGM format."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
            try:
                page = document[index]
                width, height = page.get_size()
                # A plan drawn on A0 would take more memory than a page of text is worth.
                scale = min(DPI / 72, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
                bitmap = page.render(scale=scale, grayscale=True)
                rows = memoryview(bitmap.buffer)
                dots = b"".join(
                    rows[y * bitmap.stride : y * bitmap.stride + bitmap.width]
                    for y in range(bitmap.height)
                )
                header = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
                bitmap.close()
                page.close()
                return header + dots
            finally:
                document.close()
        except pdfium.PdfiumError as e:
            raise refuse("damaged", name=name, what="PDF", what_en="PDF") from e


def _read_pages(data: bytes, name: str) -> tuple[list[list[Line]], str, bool]:
    """Lines by page, the title in the properties, whether pages hold pictures."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        code = pdfium_c.FPDF_GetLastError()
        if code in (_PASSWORD_ERROR, _SECURITY_ERROR) or "assword" in str(e):
            raise refuse("encrypted", name=name, what="PDF", what_en="PDF") from e
        raise refuse("damaged", name=name, what="PDF", what_en="PDF") from e
    try:
        if len(document) > PAGE_LIMIT:
            raise refuse("too-many-pages", name=name, pages=len(document), limit=PAGE_LIMIT)
        pages: list[list[Line]] = []
        before: tuple[float, ...] = ()
        size = 0
        for index in range(len(document)):
            pages.append(list(_page_lines(document, index, before)))
            tables = [line.table for line in pages[-1] if line.table]
            before = max(tables, key=lambda t: t.bottom).edges if tables else ()
            size += sum(len(words) for line in pages[-1] for words in (line.text, *line.cells))
            if size > TEXT_LIMIT:
                raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
        few = size < _FEWEST_LETTERS_PER_PAGE * len(pages) * 2
        has_pictures = few and any(_has_picture(document, i) for i in range(len(document)))
        return pages, _title(document), has_pictures
    except pdfium.PdfiumError as e:
        raise refuse("damaged", name=name, what="PDF", what_en="PDF") from e
    finally:
        document.close()


def _title(document: pdfium.PdfDocument) -> str:
    try:
        return document.get_metadata_value("Title") or ""
    except UnicodeDecodeError:
        return ""


def _has_picture(document: pdfium.PdfDocument, index: int) -> bool:
    page = document[index]
    try:
        pictures = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
        return next(iter(pictures), None) is not None
    finally:
        page.close()


def _page_lines(
    document: pdfium.PdfDocument, index: int, before: tuple[float, ...]
) -> Iterator[Line]:
    """The lines and table rows of one page, in the order the page draws them.

    Args:
        before: column edges of the last table on the page before.
    """
    page = document[index]
    text_page = page.get_textpage()
    try:
        height = page.get_height()
        characters = _characters(text_page)
        grids = find_grids(page, like=before)
        cells: dict[Grid, dict[tuple[int, int], list[str]]] = {grid: {} for grid in grids}
        for start, end in _runs(characters):
            line = _line(text_page, characters, start, end, height)
            grid = next((g for g in grids if g.holds(line.left + 1, height - line.baseline)), None)
            if grid is None:
                yield line
                continue
            if not cells[grid]:
                # Its rows come out where its first line stands; the cells fill up to the end.
                _fill(text_page, characters, grid, cells[grid])
                yield from _rows(grid, cells[grid], line)
    finally:
        text_page.close()
        page.close()


def _runs(characters: str) -> Iterator[tuple[int, int]]:
    """Offsets of the visible part of each line."""
    for match in _VISIBLE_LINE.finditer(characters):
        yield match.span()


def _fill(
    text_page: pdfium.PdfTextPage,
    characters: str,
    grid: Grid,
    cells: dict[tuple[int, int], list[str]],
) -> None:
    """Give every character inside a table to its cell; a new line in a cell starts a new string."""
    for start, end in _runs(characters):
        previous: tuple[int, int] | None = None
        for at in range(start, end):
            left, bottom, right, top = text_page.get_charbox(at)
            x, y = (left + right) / 2, (bottom + top) / 2
            if right <= left or not grid.holds(x, y):
                # A space has no box; it belongs to what stands before it.
                if previous is not None and characters[at].isspace():
                    cells[previous][-1] += " "
                continue
            cell = grid.cell(x, y)
            if cell != previous:
                cells.setdefault(cell, []).append("")
                previous = cell
            cells[cell][-1] += characters[at]


def _rows(grid: Grid, cells: dict[tuple[int, int], list[str]], line: Line) -> Iterator[Line]:
    height = line.page_height
    part = TablePart(grid.xs, height - grid.ys[0], height - grid.ys[-1])
    for row in range(len(grid.ys) - 1):
        texts = [
            DITTO if (row - 1, column) in grid.below else join_lines(cells.get((row, column), []))
            for column in range(len(grid.xs) - 1)
        ]
        if any(text not in ("", DITTO) for text in texts):
            place = f"row {row + 1}"
            yield replace(line, text="", place=place, cells=tuple(texts), table=part, parts=())


def _characters(text_page: pdfium.PdfTextPage) -> str:
    """One character per index of PDFium, so that boxes can be asked by offset."""
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, i) for i in range(text_page.count_chars()))
    return "".join(_character(code) for code in codes)


def _character(code: int) -> str:
    if code in (0xFFFE, 0x02):
        return "-"  # PDFium's word for a hyphen at the end of a line; Vietnamese keeps it.
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return " "
    return chr(code)


def _line(
    text_page: pdfium.PdfTextPage, characters: str, start: int, end: int, height: float
) -> Line:
    """One line with its box, and its parts if wide gaps part it."""
    whole = _run(text_page, characters, start, end, height)
    if whole.right - whole.left < _MOST_OF_A_GAP * whole.size:
        return whole
    parts = []
    begin = start
    for at in range(start + 1, end - 1):
        if characters[at].isspace() and not characters[at + 1].isspace():
            before = at - 1
            while characters[before].isspace():
                before -= 1
            gap = text_page.get_charbox(at + 1)[0] - text_page.get_charbox(before)[2]
            if gap > _WIDE * whole.size:
                parts.append(_run(text_page, characters, begin, before + 1, height))
                begin = at + 1
    if not parts:
        return whole
    return replace(whole, parts=(*parts, _run(text_page, characters, begin, end, height)))


def _run(
    text_page: pdfium.PdfTextPage, characters: str, start: int, end: int, height: float
) -> Line:
    """Letters on one line; the box of the first and last visible character is enough."""
    box = text_page.get_charbox(start)
    last_box = text_page.get_charbox(end - 1)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page, start, x, y)
    # Some writers set type of size 1 and scale it; where they do not tell, the letters do.
    size = pdfium_c.FPDFText_GetFontSize(text_page, start)
    matrix = pdfium_c.FS_MATRIX()
    if pdfium_c.FPDFText_GetMatrix(text_page, start, matrix):
        size *= hypot(matrix.c, matrix.d)
    baseline = height - y.value
    pdfium_c.FPDFText_GetCharOrigin(text_page, end - 1, x, y)
    return Line(
        text=characters[start:end],
        left=box[0],
        right=last_box[2],
        baseline=baseline,
        ends_on=height - y.value if height - y.value > baseline + size / 2 else 0.0,
        size=size if size > 3 else 1.4 * max(1.0, box[3] - box[1]),
        page_height=height,
    )


def _unify(pieces: list[Piece]) -> tuple[list[Piece], tuple[str, ...]]:
    """Convert text drawn with fonts of before Unicode (.VnTime, VNI-Times)."""
    whole = "\n".join(p.text for p in pieces)
    converted, encoding = repair(whole)
    if encoding is None and SOFT_HYPHEN not in whole:
        return pieces, ()
    converted = converted.replace(SOFT_HYPHEN, "")
    unified = [
        Piece(line, p.kind, p.page, p.place)
        for p, line in zip(pieces, converted.split("\n"), strict=True)
    ]
    return unified, (note_of(encoding),) if encoding else ()
