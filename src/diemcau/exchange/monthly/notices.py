"""The number of the document that gives a task, where nobody recorded that document by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Greatest, Least, Substr

from diemcau.delivery.models import Task
from diemcau.documents.models import Statement, StatementKind, StatementState, TextVersion
from diemcau.indicators.periods import read_day
from vanban.letters import fold

__all__ = ["SaidNotice", "said_notices"]

_REACH = 40
"""Code points of the line before a number that tell whether it is the document's own: "Số: …"."""

_GIVE_NOTHING = frozenset({"bao cao", "to trinh", "bien ban"})
"""Kinds that tell or ask, folded: a task read in one is given by another paper, not known."""


@dataclass(frozen=True, slots=True)
class SaidNotice:
    """A number that was read and accepted.

    Args:
        words: "Thông báo 240/TB-VPCP ngày 12/05/2026".
        is_own: the document itself bears it; else a row of its table names it.
    """

    words: str
    is_own: bool


def said_notices(tasks: Iterable[Task]) -> dict[int, SaidNotice]:
    """The numbers of what gives some tasks, as people accepted them; by the task's id.

    A conclusions notice that the row of the task names comes before the number its document bears.
    Of two in one row neither is taken: which of them gives the task is for a person to say.
    """
    tasks = list(tasks)
    rows = list(
        Statement.objects.filter(
            document__in={task.document_id for task in tasks},
            kind=StatementKind.INSTRUMENT,
            state=StatementState.ACCEPTED,
        )
        .annotate(
            before=Substr(
                "text_version__text",
                Greatest(F("start") - _REACH + 1, Value(1)),
                Least(F("start"), Value(_REACH)),
            )
        )
        .order_by("document", "start", "pk")
    )
    if not rows:
        return {}
    own: dict[int, Statement] = {}
    for one in rows:
        is_own = fold(one.before.rpartition("\n")[2]).startswith("so")
        if is_own and fold(str(one.values.get("kind") or "")) not in _GIVE_NOTHING:
            own.setdefault(one.document_id, one)
    beside = _named_in_rows(tasks, [one for one in rows if "/TB" in _number(one).upper()])
    found = {}
    for task in tasks:
        named = beside.get(task.pk)
        if (said := named or own.get(task.document_id)) is not None:
            found[task.pk] = SaidNotice(_words(said), is_own=named is None)
    return found


def _named_in_rows(tasks: Sequence[Task], notices: Sequence[Statement]) -> dict[int, Statement]:
    """The one notice the table row of a task names."""
    if not notices:
        return {}
    places = {
        pk: (version, start)
        for pk, version, start in Statement.objects.filter(
            pk__in=[task.statement_id for task in tasks if task.statement_id]
        ).values_list("pk", "text_version", "start")
    }
    lines: dict[int, list[tuple[int, int]]] = {
        pk: [(start, end) for start, end, kind, *_rest in blocks if kind == "row"]
        for pk, blocks in TextVersion.objects.filter(
            pk__in={one.text_version_id for one in notices}
        ).values_list("pk", "blocks")
    }
    found = {}
    for task in tasks:
        version, at = places.get(task.statement_id or 0, (0, 0))
        line = next((one for one in lines.get(version, ()) if one[0] <= at < one[1]), None)
        if line is None:
            continue
        named = {
            _number(one): one
            for one in notices
            if one.text_version_id == version and line[0] <= one.start < line[1]
        }
        if len(named) == 1:
            found[task.pk] = next(iter(named.values()))
    return found


def _number(statement: Statement) -> str:
    return str(statement.values.get("number") or "")


def _words(statement: Statement) -> str:
    values = statement.values
    kind = str(values.get("kind") or "")
    day = read_day(values.get("date"))
    words = f"{kind[:1].upper()}{kind[1:]} {_number(statement)}".strip()
    return f"{words} ngày {day:%d/%m/%Y}" if day else words
