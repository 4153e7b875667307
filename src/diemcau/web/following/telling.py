"""What happened to a task as a reader sees it: one column, oldest first, codes as words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.models import (
    Answer,
    DecidingLevel,
    EvidenceKind,
    ProgressState,
    Received,
    Side,
    SlipReason,
    SlipState,
    Task,
    UnderKind,
    Without,
)
from diemcau.delivery.row_reports import is_report
from diemcau.delivery.states import Move, Status
from diemcau.delivery.timeline import Entry
from diemcau.directory.models import Body
from diemcau.documents.models import Statement

__all__ = ["Moment", "moments_of"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing in the column.

    Args:
        kind: names the part of a template that shows it.
        day: its day; None if no text fixes it.
        entry: the row it comes from, if it is one.
        body: the body it was done for, by name.
        who: the person, by name.
        is_new: it came since the person opened the page.
        words: the codes of the entry in words, by name.
        statement: the sentence, for what was said.
    """

    kind: str
    day: dt.date | None
    entry: Entry | None = None
    body: str = ""
    who: str = ""
    is_new: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)
    statement: Statement | None = None


def moments_of(
    entries: Iterable[Entry],
    sayings: Iterable[Statement],
    bodies: Mapping[int, Body],
    *,
    due: dt.date | None = None,
    opened: dt.datetime | None = None,
    spoken: Sequence[Statement] = (),
    official: Task | None = None,
) -> list[Moment]:
    """The column of a task; what was answered, resolved or taken back stands twice.

    Args:
        due: the last day of the deadline that holds, in its place among the rest.
        bodies: the bodies the entries name, by id.
        opened: when the person opened the page; what came later is marked.
        spoken: the sentences the task was known from before a notice took it over.
        official: the task, where its own sentence is that notice's.
    """
    found: list[tuple[tuple, Moment]] = []
    for number, statement in enumerate([*spoken, *sayings]):
        day = statement.document.spoken_on
        words = {"again": number > 0, "official": False, "reported": is_report(statement)}
        if official is not None and statement.pk == official.statement_id:
            # The order is official from the day the notice was issued, not from the meeting.
            instrument = official.directive.instrument if official.directive else None
            day = (instrument.issued_on if instrument else None) or day
            words = {"again": False, "official": True, "reported": False}
        key = (day or dt.date.min, 0, dt.datetime.min.replace(tzinfo=dt.UTC), False, number)
        found.append((key, Moment("said", day, statement=statement, words=words)))
    for entry in entries:
        if entry.kind in ("party", "serving"):
            continue
        for number, (kind, at, who) in enumerate(_turns(entry)):
            day = timezone.localtime(at).date()
            moment = Moment(
                kind,
                day,
                entry,
                # Who answers does not do it for the body that asked.
                str(bodies[entry.body]) if entry.body in bodies and not number else "",
                who,
                opened is not None and at > opened,
                _words(entry),
            )
            found.append(((day, 1, at, kind != "progress", entry.pk), moment))
    if due is not None:
        key = (due, 2, dt.datetime.min.replace(tzinfo=dt.UTC), False, 0)
        found.append((key, Moment("due", due)))
    return [moment for _key, moment in sorted(found, key=lambda one: one[0])]


def _turns(entry: Entry) -> list[tuple[str, dt.datetime, str]]:
    """The moments one row makes: its kind, when, and by whom."""
    first = [(entry.kind, entry.at, entry.person)]
    if entry.at2 is None:
        return first
    match entry.kind:
        case "obstacle":
            return [*first, ("resolved", entry.at2, entry.second)]
        case "slip":
            return [*first, ("slip_decided", entry.at2, entry.second)]
        case "correction":
            return [*first, ("correction_undone", entry.at2, entry.second)]
        case "evidence":
            return [*first, ("withdrawn", entry.at2, entry.second)]
        case "confirmation":
            return [*first, ("answered", entry.at2, "")]
        case "takeover":
            return [*first, ("takeover_undone", entry.at2, entry.second)]
    return first


def _words(entry: Entry) -> dict[str, Any]:
    match entry.kind:
        case "moved":
            label = Move(entry.a).label if entry.a else _("Recorded")
            return {"move": label, "after": Status(entry.b).label}
        case "progress":
            return {
                "state": ProgressState(entry.a).label,
                "is_released": entry.a == ProgressState.RELEASED,
            }
        case "obstacle":
            return {
                "cause": SlipReason(entry.b).label,
                "side": Side(entry.c).label,
                "level": DecidingLevel(entry.d).label,
            }
        case "slip":
            return {"cause": SlipReason(entry.c).label, "state": SlipState(entry.e).label}
        case "evidence":
            return {"kind": EvidenceKind(entry.a).label}
        case "confirmation":
            return {
                "verdict": Received(entry.c).label if entry.c else "",
                "without": Without(entry.d).label if entry.d else "",
                "is_open": entry.at2 is None
                and not entry.n
                and entry.at3 is not None
                and entry.at3 > timezone.now(),
            }
        case "answer":
            return {"answer": Answer(entry.a).label}
        case "part":
            return {
                "under": UnderKind(entry.c).label if entry.c else "",
                "status": Status(entry.b).label,
            }
    return {}
