"""Tables of tasks: a row is a task, its cells say when it is due, who does it and who gave it."""

import re
from dataclasses import dataclass

from vanban.data import load
from vanban.letters import fold
from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.people import split_assignees
from vanban.scan import Scan

__all__ = ["read_task_tables"]

_CELL = " | "
_FEWEST_CELLS = 3
_LONGEST_GROUP = 120
"""Code points of a row that only says whose tasks follow."""
_GROUP = re.compile(
    r"(?:do|của) (?P<who>.{3,60}) (?:giao|đề nghị|yêu cầu|chỉ đạo|kiến nghị)(?!\w)[^|]*$"
)
_SYMBOL = re.compile(r"\d+[-/](?P<symbol>[^\s,;|]+)")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a table holds what; None where it has no such column."""

    action: int
    due: int | None
    lead: int | None
    source: int | None


def read_task_tables(scan: Scan) -> tuple[list[Found], frozenset[int]]:
    """The tasks in the tables of a document, and the blocks that are rows of one.

    A table of tasks is known by its header: a column of what is to be done beside one of when, or
    of who. Rows that name nothing to be done say whose tasks follow ("Nhiệm vụ do Bộ A giao").

    Source: `data/tasks.yml`, section `tables`; the monthly tables of ministries and provinces.
    """
    found: list[Found] = []
    rows: set[int] = set()
    if _CELL not in scan.text:
        return found, frozenset()
    columns: _Columns | None = None
    group: str | None = None
    for number, block in enumerate(scan.document.blocks):
        line = scan.text[block.start : block.end]
        cells = line.split(_CELL)
        if len(cells) < _FEWEST_CELLS:
            if columns is not None and block.kind == "row" and len(line) < _LONGEST_GROUP:
                m = _GROUP.search(line)
                group = " ".join(m["who"].split()) if m is not None else None
                rows.add(number)
            elif block.kind != "row":
                columns, group = None, None
            continue
        header = _columns(cells)
        if header is not None:
            columns, group = header, None
            rows.add(number)
        elif columns is not None and len(cells) > columns.action:
            rows.add(number)
            found += _row(scan, block.start, cells, columns, group)
    return found, frozenset(rows)


def _columns(cells: list[str]) -> _Columns | None:
    """The columns of a header; None if the row is no header of a table of tasks."""
    names: dict[str, list[str]] = load("tasks")["tables"]
    heads = [fold(cell).strip() for cell in cells]

    def at(name: str) -> int | None:
        words = [fold(word) for word in names[name]]
        return next((n for n, head in enumerate(heads) if head.startswith(tuple(words))), None)

    action, due, lead = at("action"), at("due"), at("lead")
    if action is None or (due is None and lead is None):
        return None
    return _Columns(action, due, lead, at("source"))


def _row(
    scan: Scan, start: int, cells: list[str], columns: _Columns, group: str | None
) -> list[Found]:
    """The tasks of one row: one for each clause of what is to be done."""
    begins = [start]
    for cell in cells[:-1]:
        begins.append(begins[-1] + len(cell) + len(_CELL))
    begin, action = begins[columns.action], cells[columns.action]
    if len(action.split()) < _FEWEST_WORDS:
        return []
    due = None
    if columns.due is not None and columns.due < len(cells):
        at = begins[columns.due]
        due = next(iter(scan.times_between(at, at + len(cells[columns.due]))), None)
    leading = " ".join(_cell(cells, columns.lead).split()).strip(" -")
    lead = split_assignees(leading) or ((leading,) if leading else ())
    issuer = group or _issuer(_cell(cells, columns.source))
    return [
        Found(a, b, "task.table", issuer, lead, due, 0.85)
        for a, b in split_clauses(scan.text, begin, begin + len(action))
    ]


_FEWEST_WORDS = 3


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _issuer(source: str) -> str | None:
    """The body whose number a row cites: "9923/TB-BNG" is the Ministry of Foreign Affairs'."""
    m = _SYMBOL.search(source)
    if m is None:
        return None
    for row in load("tasks")["official"]["issuers"]:
        if row["symbol"] in m["symbol"]:
            return str(row["name"])
    return None
