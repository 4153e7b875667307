"""Numbered documents of the ledger: their clauses with the tasks, and what of them is covered."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from diemcau.delivery.models import Directive, Echo, EchoState, Instrument, Task
from diemcau.delivery.orders.clauses import clauses_in
from diemcau.delivery.queries import standing_assignments, with_standing
from diemcau.delivery.states import Status
from diemcau.documents.models import LIVE, Document, Statement, StatementKind, StatementState
from diemcau.documents.rules import Reader, seen
from vanban.letters import fold

__all__ = [
    "Coverage",
    "Piece",
    "asks_after",
    "coverage_of",
    "list_instruments",
    "list_orders",
    "list_take_overs",
    "own_number",
    "period_in",
    "seen_instruments",
]

_SOON = dt.timedelta(days=180)
"""So long before its time ends it is asked what follows."""
_SHOWN = 160


def seen_instruments(by: Reader) -> QuerySet[Instrument]:
    """The instruments whose text, and whose sentence, a person may see."""
    return Instrument.objects.filter(seen(by), seen(by, "statement__document"))


def list_instruments(
    by: Reader, *, on: dt.date, words: str = "", only: str = ""
) -> QuerySet[Instrument]:
    """The instruments, the latest first, with `n_orders`, `n_tasks` and `n_done`.

    Args:
        words: all of them stand in its kind, number, issuer or subject.
        only: "ending" keeps those whose time ends soon or ended, with no successor named.
    """
    standing = Q(directives__tasks__withdrawn_at=None, directives__tasks__replaced_by=None)
    hidden = ~seen(by, "directives__document") if by is not None else Q(pk__in=[])
    tasks = standing & Q(directives__tasks__isnull=False) & ~hidden
    rows = seen_instruments(by).annotate(
        n_orders=Count("directives", filter=~hidden, distinct=True),
        n_tasks=Count("directives__tasks", filter=tasks, distinct=True),
        n_done=Count(
            "directives__tasks",
            filter=tasks & Q(directives__tasks__status=Status.DONE),
            distinct=True,
        ),
    )
    for word in words.split():
        rows = rows.filter(
            Q(kind__icontains=word)
            | Q(number__icontains=word)
            | Q(issuer__icontains=word)
            | Q(subject__icontains=word)
        )
    if only == "ending":
        rows = rows.filter(ends_on__lte=on + _SOON, succeeded_by=None)
    return rows.select_related("document", "succeeded_by").order_by(
        F("issued_on").desc(nulls_last=True), "number", "pk"
    )


def own_number(document: Document) -> Statement | None:
    """The statement of the number a document itself bears, read in its line "Số: …".

    Source: the place of number and symbol in Nghị định 30/2020/NĐ-CP, Annex I.
    """
    rows = Statement.objects.filter(
        document=document, kind=StatementKind.INSTRUMENT, state__in=LIVE
    ).select_related("text_version", "document")
    for one in rows.order_by("start", "pk"):
        text = one.text_version.text
        line = text[text.rfind("\n", 0, one.start) + 1 : one.start]
        if fold(line).startswith("so"):
            return one
    return None


def asks_after(instrument: Instrument, on: dt.date) -> bool:
    """Whether its time ends soon, or ended, and nobody said what follows."""
    ends = instrument.ends_on
    return ends is not None and ends <= on + _SOON and instrument.succeeded_by_id is None


_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")


def period_in(subject: str) -> str:
    """The years a subject names, "2022/2026", for a person to confirm; "" if it names none."""
    match = _YEARS.search(subject)
    return f"{match[1]}/{match[2]}" if match and match[1] <= match[2] else ""


@dataclass(slots=True)
class Piece:
    """A clause of an instrument: its orders, their tasks, and sentences that wait for a decision.

    Args:
        words: its first words; "" where its text is not stored here.
        start: where it begins in the text; None outside of any numbered clause.
    """

    label: str
    words: str = ""
    start: int | None = None
    orders: list[Directive] = field(default_factory=list)
    waiting: list[Statement] = field(default_factory=list)

    @property
    def tasks(self) -> list[Task]:
        """The tasks of its orders."""
        return [task for one in self.orders for task in one.shown]  # type: ignore[attr-defined]

    @property
    def is_done(self) -> bool:
        """Whether it has tasks and all of them are done."""
        tasks = self.tasks
        return bool(tasks) and all(task.status == Status.DONE for task in tasks)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of an instrument with what became of each.

    Args:
        n_clauses: numbered clauses that hold no smaller one.
        n_with_task, n_done: of these, how many have a task, and how many only done ones.
        n_waiting: of these, how many have no task, but a sentence that waits for a decision.
    """

    pieces: list[Piece]
    n_clauses: int
    n_with_task: int
    n_done: int
    n_waiting: int


def list_orders(by: Reader, instrument: Instrument, *, on: dt.date) -> list[Directive]:
    """The directives of an instrument a person may see, each with its tasks as `shown`."""
    orders = list(
        Directive.objects.filter(seen(by), instrument=instrument)
        .select_related("statement", "document")
        .order_by("document", F("statement__start").asc(nulls_last=True), "pk")
    )
    rows = Task.objects.filter(
        seen(by), directive__in=orders, withdrawn_at=None, replaced_by=None
    ).prefetch_related(standing_assignments())
    under: dict[int | None, list[Task]] = defaultdict(list)
    for task in with_standing(rows, on=on).order_by("pk"):
        under[task.directive_id].append(task)
    for one in orders:
        one.shown = under[one.pk]  # type: ignore[attr-defined]
    return orders


def coverage_of(by: Reader, instrument: Instrument, *, on: dt.date) -> Coverage:
    """What each clause of an instrument led to, in the order of the text.

    Clauses come from the stored text; without one, from what the directives say. A clause with no
    task is not thereby at fault: many only judge or inform.
    """
    document = instrument.document
    pieces: list[Piece] = []
    if document is not None and _is_seen(by, document):
        text = document.texts.latest("number").text
        for one in clauses_in(text):
            words = " ".join(text[one.start : min(one.end, one.start + 2 * _SHOWN)].split())
            pieces.append(Piece(one.label, words[:_SHOWN], one.start))
    n_clauses = len(pieces)
    by_label = {one.label: one for one in reversed(pieces)}

    def piece(label: str) -> Piece:
        if label not in by_label:
            by_label[label] = Piece(label)
            pieces.append(by_label[label])
        return by_label[label]

    for order in list_orders(by, instrument, on=on):
        piece(_label(order.clause, by_label)).orders.append(order)
    if document is not None and pieces:
        text_pieces = [one for one in pieces if one.start is not None]
        for statement in _waiting(by, document):
            holder = next(
                (one for one in reversed(text_pieces) if (one.start or 0) <= statement.start), None
            )
            (holder or piece("")).waiting.append(statement)
    counted = [one for one in pieces if one.start is not None] if n_clauses else pieces
    return Coverage(
        pieces,
        len(counted),
        sum(bool(one.tasks) for one in counted),
        sum(one.is_done for one in counted),
        sum(bool(one.waiting) and not one.tasks for one in counted),
    )


_PLACE = re.compile(r"^(?:điểm|khoản|mục|phần)\s+", re.IGNORECASE)


def _label(clause: str, known: dict[str, Piece]) -> str:
    """The clause a directive names, where a person typed it: "điểm 3b" is 3.b."""
    if clause in known:
        return clause
    plain = _PLACE.sub("", clause).strip().rstrip(".)")
    dotted = re.sub(r"^(\d+)\s*([a-zđ])$", r"\1.\2", plain)
    return dotted if dotted in known else clause


def _is_seen(by: Reader, document: Document) -> bool:
    return Document.objects.filter(seen(by, "pk"), pk=document.pk).exists()


def _waiting(by: Reader, document: Document) -> QuerySet[Statement]:
    return Statement.objects.filter(
        seen(by), document=document, kind=StatementKind.TASK, state=StatementState.PROPOSED
    ).order_by("start")


def list_take_overs(by: Reader) -> list[tuple[Echo, Task, Task]]:
    """Pairs of one meeting in which a notice's task says what a task known from speech says.

    Returns:
        The proposal that the two are one matter, the task known from speech, the notice's.
    """
    same = Q(earlier__document__event_on=F("later__document__event_on"))
    live = {"earlier__state__in": LIVE, "later__state__in": LIVE}
    echoes = (
        Echo.objects.filter(
            seen(by, "earlier__document"), seen(by, "later__document"), same, **live
        )
        .exclude(state=EchoState.DISMISSED)
        .filter(_stands("earlier") & _stands("later"))
        .filter(
            Q(earlier__task__directive__instrument=None)
            & Q(later__task__directive__instrument__isnull=False)
            | Q(later__task__directive__instrument=None)
            & Q(earlier__task__directive__instrument__isnull=False)
        )
        .select_related(
            *(f"{side}__task__directive__instrument" for side in ("earlier", "later")),
            *(f"{side}__document" for side in ("earlier", "later")),
        )
        .order_by("-n_shared", "-score", "pk")
    )
    found = []
    for echo in echoes:
        first, second = echo.earlier.task, echo.later.task
        official = first if first.directive.is_official else second
        found.append((echo, second if official is first else first, official))
    return found


def _stands(side: str) -> Q:
    return Q(
        **{
            f"{side}__task__isnull": False,
            f"{side}__task__withdrawn_at": None,
            f"{side}__task__replaced_by": None,
        }
    )
