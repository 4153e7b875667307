"""Rows of task tables: a row whose columns are headed as the content, the lead and the deadline.

Ministries report each month in such tables: number, the paper that gave the task, its content, who
leads, when it is due, what came of it. A row says by its columns what prose says by its grammar, so
a row is read by the heading of its columns, and only if it has no more cells than the heading. The
rows are those of an office file or a page, or lines of plain text with bars between their cells.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from operator import itemgetter
from typing import Literal, NamedTuple

from vanban.blocks import Block
from vanban.data import load
from vanban.letters import fold
from vanban.patterns import alternation, regex
from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.official import issuer_of_symbol
from vanban.readers.tasks.people import split_assignees
from vanban.records import Task
from vanban.scan import Scan
from vanban.values.times import PERIODS, Time, iso, last_day

__all__ = ["RowTask", "TaskTables", "read_task_tables"]

_CONFIDENCE = 0.92
_CONFIDENCE_WITHOUT_LEAD = 0.85
_MOST_HEAD_ROWS = 4
"""Rows of a table among which its heading stands."""
_MOST_HEAD_WORDS = 14
_MOST_ACTION_WORDS = 16
_PLACE = regex(r"table \d+(?=, row \d+)")
_FEWEST_BARS = 2
_BRACKETED = regex(r"\([^()]*\)")
_LETTER = regex(r"[^\W\d_]")


Reported = Literal["done", "in_progress", "not_started"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTask(Task):
    """A task whose row also names the order that gave it, or reports what came of it."""

    given_in: str | None = None
    """Number of the order, as written: "9901/TB-BNG"."""
    given_on: str | None = None
    """Day of the order, where the row dates it."""
    reported_state: Reported | None = None
    """What the report says came of it; None if it does not, or says only how the deadline fares."""
    reported_result: str | None = None
    """The words of the cells of result and state; None if both are empty."""
    delivered_on: str | None = None
    """The one day that the cells of a task reported done name."""


class TaskTables(NamedTuple):
    """What the task tables of a document hold.

    Args:
        tasks: in text order.
        spans: half-open runs of the text that were read as rows, in order; nothing else is a task
            there.
    """

    tasks: tuple[Task, ...]
    spans: tuple[tuple[int, int], ...]

    def covers(self, at: int) -> bool:
        """Whether an offset stands in a row that was read."""
        index = bisect_right(self.spans, at, key=itemgetter(0)) - 1
        return index >= 0 and at < self.spans[index][1]


class _Cell(NamedTuple):
    start: int
    end: int


def read_task_tables(scan: Scan) -> TaskTables:
    """The tasks that a document's tables list, one per clause of the cell that tells the task.

    Source: `data/tables.yml`. The lead is taken from its column, the deadline from its column, the
    issuer from its column, from the line across the table above the row, or from the symbol of the
    paper that gave the task ("9923/TB-BNG"). An empty cell is unknown; a cell that says "as above"
    is the one above.
    """
    tasks: list[Task] = []
    spans: list[tuple[int, int]] = []
    for rows in _tables(scan):
        heading = _heading(scan, rows)
        if heading is None:
            continue
        at, columns = heading
        spans.append((rows[0].start, rows[-1].end))
        tasks += _read_rows(scan, rows[at + 1 :], columns, count=len(_cells(scan, rows[at])))
    return TaskTables(tuple(tasks), tuple(spans))


def _tables(scan: Scan) -> Iterator[list[Block]]:
    """The rows of each table, and the lines with bars that follow each other."""
    if " | " not in scan.text:
        return
    rows: list[Block] = []
    of = ""
    for block in scan.document.content:
        table = _table_of(scan, block, after=of)
        if table != of and rows:
            yield rows
            rows = []
        of = table
        if table:
            rows.append(block)
    if rows:
        yield rows


_LINES = "lines"


def _table_of(scan: Scan, block: Block, *, after: str) -> str:
    """Which table a block is a row of; "" if of none.

    Args:
        after: the table of the block before.
    """
    if block.kind == "row" and (place := _PLACE.match(block.place)) is not None:
        return place[0]
    if scan.text.count(" | ", block.start, block.end) >= _FEWEST_BARS:
        return _LINES
    # A line across a table that its file gave no place.
    return after if block.kind == "row" and after == _LINES else ""


def _cells(scan: Scan, row: Block) -> list[_Cell]:
    """The cells of a row, in the way of `loaders.cells.join_row`."""
    text, cells = scan.text, []
    begin = row.start
    while True:
        bar = text.find("|", begin, row.end)
        while bar > 0 and not _is_border(text, bar, row):
            bar = text.find("|", bar + 1, row.end)
        end = bar if bar >= 0 else row.end
        cells.append(_trimmed(text, begin, end))
        if bar < 0:
            return cells
        begin = bar + 1


def _is_border(text: str, bar: int, row: Block) -> bool:
    before = bar == row.start or text[bar - 1] == " "
    return before and (bar + 1 == row.end or text[bar + 1] == " ")


def _trimmed(text: str, start: int, end: int) -> _Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _Cell(start, end)


def _heading(scan: Scan, rows: list[Block]) -> tuple[int, dict[str, int]] | None:
    """Which row is the heading, and the index of each column it names; None if none is."""
    for at, row in enumerate(rows[:_MOST_HEAD_ROWS]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(_cells(scan, row)):
            kind = _column(scan.text[cell.start : cell.end])
            if kind is not None:
                columns.setdefault(kind, index)
        told_by = {"lead", "deadline"} & columns.keys()
        if "task" in columns and told_by and len(columns) >= 3:
            return at, columns
    return None


@cache
def _headings() -> list[tuple[str, str]]:
    columns: dict[str, list[str]] = load("tables")["columns"]
    pairs = [(word, kind) for kind, words in columns.items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _column(heading: str) -> str | None:
    """What a column holds, by the longest known words its heading begins with."""
    plain = " ".join(fold(_BRACKETED.sub(" ", heading)).replace("/", " ").split())
    if not plain or len(plain.split()) > _MOST_HEAD_WORDS:
        return None
    return next((kind for word, kind in _headings() if f"{plain} ".startswith(f"{word} ")), None)


def _read_rows(
    scan: Scan, rows: list[Block], columns: dict[str, int], *, count: int
) -> Iterator[Task]:
    issuer: str | None = None
    above: dict[str, _Cell] = {}
    for row in rows:
        cells = _cells(scan, row)
        if len(cells) == 1:
            issuer = _given_by(scan, cells[0]) or issuer
            continue
        if len(cells) > count or len(cells) <= columns["task"]:
            continue
        # Empty cells at the end of a row are often not there at all.
        cells += [_Cell(row.end, row.end)] * (count - len(cells))
        filled = {kind: cells[index] for kind, index in columns.items()}
        for kind, cell in filled.items():
            if _is_ditto(scan.text[cell.start : cell.end]) and kind in above and kind != "task":
                filled[kind] = above[kind]
        above = filled
        task = filled["task"]
        if _LETTER.search(scan.text, task.start, task.end) is None:
            continue
        yield from _tasks(scan, filled, issuer)


def _is_ditto(text: str) -> bool:
    return text.lower() in load("tables")["dittos"]


def _tasks(scan: Scan, cells: dict[str, _Cell], issuer: str | None) -> Iterator[Task]:
    lead = cells.get("lead")
    assignees = _bodies(scan.text[lead.start : lead.end]) if lead else ()
    support = cells.get("support")
    helping = _bodies(scan.text[support.start : support.end]) if support else ()
    if lead and (said := _SUPPORT.search(scan.text, lead.start, lead.end)) is not None:
        helping = helping or _bodies(_HELPS.sub("", said[0], count=1))
    if giver := cells.get("issuer"):
        issuer = _issuer(scan, giver) or issuer
    if issuer is None and (paper := cells.get("document")):
        issuer = _by_symbol(scan.text[paper.start : paper.end])
    due = _deadline(scan, cells.get("deadline"))
    period = iso(due) if due is not None else None
    deadline = last_day(period)
    told = _told(scan, cells)
    for start, end in split_clauses(scan.text, cells["task"].start, cells["task"].end):
        run = _trimmed(scan.text, start, end)
        while run.end > run.start and scan.text[run.end - 1] in ".;,":
            run = _Cell(run.start, run.end - 1)
        if _LETTER.search(scan.text, run.start, run.end) is None:
            continue
        words = scan.text[run.start : run.end].split()
        task = Task(
            anchor=scan.document.anchor(run.start, run.end),
            rule="task.row" if assignees else "task.row.unled",
            confidence=_CONFIDENCE if assignees else _CONFIDENCE_WITHOUT_LEAD,
            action=" ".join(words[:_MOST_ACTION_WORDS]).rstrip(" ,;:(-–"),
            issuer=issuer,
            assignees=assignees,
            coordinating=tuple(name for name in helping if name not in assignees),
            deadline=deadline,
            deadline_period=period if period != deadline else None,
            deadline_quote=scan.document.text[due.start : due.end] if due is not None else None,
        )
        yield told.joined(task) if told else task


_LED_BY = regex(r"(?i)(?:đơn vị |cơ quan )?chủ trì ?:|^[-–+•] *")
_HELPS = regex(r"(?i)^[;,. (]*(?:đơn vị |cơ quan )?phối hợp(?: với)?[: ]*")
_SUPPORT = regex(r"(?i)[;,.]? *\(?(?:đơn vị |cơ quan )?phối hợp\b.*$")


def _bodies(text: str) -> tuple[str, ...]:
    """The bodies of a cell: those that lead, as written, without those that only help."""
    led = _SUPPORT.sub("", _LED_BY.sub("", " ".join(text.split()), count=1))
    found: list[str] = []
    for part in re.split(r" *; *", led):
        found += split_assignees(part) or ([part] if _LETTER.search(part) else [])
    return tuple(dict.fromkeys(name.strip(" .,;:-–") for name in found if name.strip(" .,;:-–")))


def _deadline(scan: Scan, cell: _Cell | None) -> Time | None:
    """The last day or period of the deadline's cell; None if it gives none."""
    if cell is None:
        return None
    times = scan.times_between(cell.start, cell.end)
    return next((t for t in reversed(times) if t.kind == "date" or t.kind in PERIODS), None)


@cache
def _gives() -> re.Pattern[str]:
    words = alternation(load("tables")["given_by"])
    return regex(rf"(?:do|của|theo) +(?P<who>[^|;]{{3,80}}) +(?:đã +)?(?:{words})(?!\w)")


def _given_by(scan: Scan, cell: _Cell) -> str | None:
    """Who gave the tasks below a line such as "I. Nhiệm vụ do Bộ Ngoại giao đề nghị"."""
    found = _gives().search(scan.text, cell.start, cell.end)
    if found is None:
        return None
    return _issuer(scan, _Cell(*found.span("who")))


class _Told(NamedTuple):
    """What a row says beside the task itself; the fields of `RowTask`."""

    given_in: str | None
    given_on: str | None
    reported_state: Reported | None
    reported_result: str | None
    delivered_on: str | None

    def joined(self, task: Task) -> RowTask:
        own = {one.name: getattr(task, one.name) for one in fields(task)}
        return RowTask(**own, **self._asdict())


def _told(scan: Scan, cells: dict[str, _Cell]) -> _Told | None:
    """The order a row names and what it reports; None if it does neither."""
    paper, state, result = (cells.get(kind) for kind in ("document", "state", "result"))
    number = _NUMBER.search(scan.text, paper.start, paper.end) if paper else None
    ordered = _days(scan, paper)
    words = " – ".join(said for cell in (result, state) if (said := _words(scan, cell)))
    reported = _state(_words(scan, state)) or _state(_words(scan, result))
    days = _days(scan, state) or _days(scan, result) if reported == "done" else []
    told = _Told(
        given_in=number[0].rstrip(".") if number else None,
        given_on=ordered[0] if ordered else None,
        reported_state=reported,
        reported_result=words or None,
        # Of several days none is known to be that of the result.
        delivered_on=days[0] if len(days) == 1 else None,
    )
    return told if any(told) else None


def _words(scan: Scan, cell: _Cell | None) -> str:
    text = " ".join(scan.text[cell.start : cell.end].split()) if cell else ""
    return text if _LETTER.search(text) else ""


def _days(scan: Scan, cell: _Cell | None) -> list[str]:
    """The days a cell names, each once."""
    if cell is None:
        return []
    times = scan.times_between(cell.start, cell.end)
    return list(dict.fromkeys(day for t in times if t.kind == "date" and (day := iso(t))))


@cache
def _states() -> list[tuple[str, Reported]]:
    states: dict[Reported, list[str]] = load("tables")["states"]
    pairs = [(word, state) for state, words in states.items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _state(words: str) -> Reported | None:
    """What a cell says came of a task, by the longest known words it begins with."""
    plain = " ".join(re.findall(r"\w+", fold(words)))
    return next((state for word, state in _states() if f"{plain} ".startswith(f"{word} ")), None)


_NUMBER = regex(r"\d+[-/](?=[^\s,;|]*[^\W\d_])[^\s,;|]+")
_SYMBOL = regex(r"\d+[-/](?P<symbol>[^\s,;|]+)")


def _by_symbol(paper: str) -> str | None:
    """The body whose number a row cites: "9923/TB-BNG" is the Ministry of Foreign Affairs'."""
    m = _SYMBOL.search(paper)
    return issuer_of_symbol(m["symbol"]) if m is not None else None


def _issuer(scan: Scan, cell: _Cell) -> str | None:
    """The person named there, else the body as written."""
    if people := scan.people_between(cell.start, cell.end):
        return people[-1].name
    return next(iter(_bodies(scan.text[cell.start : cell.end])), None)
