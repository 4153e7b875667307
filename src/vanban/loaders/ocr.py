"""Text recognition (OCR) by the program tesseract: pages as pictures in, lines with places out.

Words the program is unsure of are marked while the text is put together, and told by `unmark`.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import fmean, median

from vanban.document import Document
from vanban.errors import VanbanError
from vanban.loaders.options import Ocr
from vanban.loaders.pdf.line import Line
from vanban.loaders.programs import ProgramError, find_program, run_program
from vanban.loaders.refusals import refuse

__all__ = [
    "DPI",
    "UNREADABLE",
    "Ocr",
    "OcrMissingError",
    "RecognisedPage",
    "certainty_of",
    "is_installed",
    "notes_of",
    "open_engine",
    "recognise",
    "unmark",
]

DPI = 300
"""Dots per inch a page is drawn with: on clean pages 0.03 % wrong letters against 0.08 % at 150."""

UNSURE = 60.0
"""Certainty in percent below which a word is marked."""

MARK = "\ue002"
"""Stands behind an unsure word until `unmark`; from the private use area, so no page holds it."""

_POINTS = 72 / DPI
UNREADABLE = 50.0
"""Mean certainty in percent below which what was recognised is no text: a drawing, or noise."""

_LANGUAGE = "vie"
_TURNS = "osd"
"""Data that tells which way up a page is; a package of its own."""
_MOST_TOLD = 12
_SNAP = 4.0
_PUNCTUATION = ".,;:!?)]”"


@dataclass(frozen=True)
class RecognisedPage:
    """What was recognised on one page.

    Args:
        lines: in reading order; unsure words carry a mark.
        words: number of words.
        certainty: mean certainty of its words in percent; 0 for an empty page.
        unsure: the words below `UNSURE`, as recognised.
    """

    lines: tuple[Line, ...]
    words: int
    certainty: float
    unsure: tuple[str, ...]


class OcrMissingError(VanbanError):
    """Text recognition cannot run here.

    Args:
        code: "no-ocr" without the program, "no-ocr-language" without its Vietnamese data.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_engine() -> str:
    """The path of tesseract, with Vietnamese data.

    Raises:
        OcrMissingError: the program or its Vietnamese data is not installed.
    """
    program = find_program("tesseract")
    if program is None:
        raise OcrMissingError("no-ocr")
    if _LANGUAGE not in _languages(program):
        raise OcrMissingError("no-ocr-language")
    return program


def is_installed() -> bool:
    """Whether text can be recognised here."""
    try:
        return bool(open_engine())
    except OcrMissingError:
        return False


@lru_cache(maxsize=4)
def _languages(program: str) -> frozenset[str]:
    try:
        listed = run_program([program, "--list-langs"], seconds=20)
    except ProgramError:
        return frozenset()
    return frozenset(listed.decode("utf-8", "replace").split())


def recognise(program: str, picture: bytes, *, name: str, seconds: float) -> list[RecognisedPage]:
    """Recognise the pages of one picture file: one, or as many as a TIFF holds.

    Args:
        program: the path of tesseract.
        picture: a file in a format it reads (PGM, PNG, JPEG, TIFF, BMP).
        name: the document's name, for messages.
        seconds: how long it may take.
    Raises:
        DocumentError: it took too long, or the picture cannot be opened.
    """
    # 3 finds columns, as in a letterhead; it gives up on a bad scan, where 6 still reads something.
    for layout in ("3", "6"):
        pages = _recognise(program, picture, layout, name, seconds)
        if any(page.words for page in pages):
            break
    if _TURNS in _languages(program) and 0 < certainty_of(pages) < UNSURE:
        # It may stand on its side or on its head; 1 looks which way up the letters are.
        turned = _recognise(program, picture, "1", name, seconds)
        if certainty_of(turned) > certainty_of(pages):
            return turned
    return pages


def certainty_of(pages: Iterable[RecognisedPage]) -> float:
    """Mean certainty in percent of all words of some pages; 0 without words."""
    told = [(page.words, page.certainty) for page in pages]
    return sum(n * certainty for n, certainty in told) / max(1, sum(n for n, _ in told))


def _recognise(
    program: str, picture: bytes, layout: str, name: str, seconds: float
) -> list[RecognisedPage]:
    command = [
        program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", layout, "--dpi", str(DPI), "tsv",
    ]  # fmt: skip
    try:
        table = run_program(command, data=picture, seconds=seconds)
    except ProgramError as e:
        code = "ocr-slow" if e.timeout else "ocr-failed"
        raise refuse(code, name=name, seconds=f"{seconds:.0f}") from e
    return _pages(table.decode("utf-8", "replace"))


def _pages(table: str) -> list[RecognisedPage]:
    """The pages of tesseract's table of words."""
    found: dict[int, list[list[str]]] = {}
    for row in table.split("\n")[1:]:
        columns = row.split("\t")
        if len(columns) == 12:
            found.setdefault(int(columns[1]), []).append(columns)
    return [_page(_upright(rows)) for _, rows in sorted(found.items())]


def _upright(rows: list[list[str]]) -> list[list[str]]:
    """The rows with their boxes as on a page the right way up: the table has them as it was lying.

    Which way it lay is told by the way from word to word within lines.
    """
    right = down = 0.0
    for row, after in pairwise(row for row in rows if row[0] == "5"):
        if row[2:5] == after[2:5]:
            (x, y, w, h), (x2, y2, w2, h2) = _box(row), _box(after)
            right += x2 + w2 / 2 - x - w / 2
            down += y2 + h2 / 2 - y - h / 2
    if right >= abs(down):
        return rows
    width, height = max(_box(r)[2] for r in rows), max(_box(r)[3] for r in rows)
    turned = []
    for row in rows:
        x, y, w, h = _box(row)
        if abs(down) <= -right:
            box = width - x - w, height - y - h, w, h
        elif down < 0:
            box = height - y - h, x, h, w
        else:
            box = y, width - x - w, h, w
        turned.append([*row[:6], *map(str, box), *row[10:]])
    return turned


def _box(row: list[str]) -> tuple[float, float, float, float]:
    x, y, w, h = map(float, row[6:10])
    return x, y, w, h


def _page(rows: list[list[str]]) -> RecognisedPage:
    height = max(float(r[9]) for r in rows) * _POINTS
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        if row[0] == "5" and row[11].strip():
            lines.setdefault(tuple(row[2:5]), []).append(row)
    words = [word for line in lines.values() for word in line]
    if not words:
        return RecognisedPage((), 0, 0.0, ())
    # Letters without ascenders make a low box: the usual line tells the size of type.
    size = median(max(float(w[9]) for w in line) for line in lines.values()) * _POINTS
    return RecognisedPage(
        lines=tuple(_line(line, size, height) for line in lines.values()),
        words=len(words),
        certainty=fmean(float(w[10]) for w in words),
        unsure=tuple(w[11] for w in words if float(w[10]) < UNSURE),
    )


def _line(words: list[list[str]], size: float, height: float) -> Line:
    return Line(
        text=" ".join(_marked(w[11], float(w[10])) for w in words),
        # A scan wobbles; edges a few dots apart are one edge.
        left=round(float(words[0][6]) * _POINTS / _SNAP) * _SNAP,
        right=(float(words[-1][6]) + float(words[-1][8])) * _POINTS,
        baseline=median(float(w[7]) + float(w[9]) for w in words) * _POINTS,
        size=size,
        page_height=height,
    )


def _marked(word: str, certainty: float) -> str:
    if certainty >= UNSURE:
        return word
    inner = word.rstrip(_PUNCTUATION) or word
    return inner + MARK + word[len(inner) :]


def notes_of(pages: dict[int, RecognisedPage], total: int) -> tuple[str, ...]:
    """The notes on what was recognised: how much, how surely, and the unsure words by page.

    Args:
        pages: by page number, from 1.
        total: pages of the document.
    """
    words = sum(page.words for page in pages.values())
    mean = certainty_of(pages.values())
    notes = [
        f"Nhận dạng chữ (OCR) {len(pages)}/{total} trang, {words} chữ, "
        f"độ chắc chắn trung bình {mean:.0f} %. Đối chiếu số liệu và tên riêng với bản gốc."
    ]
    for number, page in sorted(pages.items()):
        if page.unsure:
            told = ", ".join(f"«{word}»" for word in page.unsure[:_MOST_TOLD])
            more = " …" if len(page.unsure) > _MOST_TOLD else ""
            notes.append(
                f"Trang {number}: {len(page.unsure)}/{page.words} chữ không chắc: {told}{more}."
            )
    return tuple(notes)


def unmark(document: Document) -> Document:
    """A recognised document without marks, with the places of the words they stood behind."""
    text = document.text
    marks = [at for at, c in enumerate(text) if c == MARK]
    if not marks:
        return replace(document, recognised=True)

    def moved(at: int) -> int:
        return at - bisect_left(marks, at)

    unsure = []
    for at in marks:
        begin = at
        while begin > 0 and not text[begin - 1].isspace():
            begin -= 1
        unsure.append((moved(begin), moved(at)))
    blocks = tuple(b._replace(start=moved(b.start), end=moved(b.end)) for b in document.blocks)
    return replace(
        document,
        text=text.replace(MARK, ""),
        blocks=blocks,
        title=document.title.replace(MARK, ""),
        recognised=True,
        unsure=tuple(span for span in unsure if span[0] < span[1]),
    )
