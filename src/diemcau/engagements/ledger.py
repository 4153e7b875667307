"""From an accepted event statement to the event; called inside review's actions."""

import re
from collections.abc import Iterable

from django.utils import timezone

from diemcau.documents.models import Statement, StatementKind
from diemcau.engagements.models import Event, EventKind, EventReport
from diemcau.indicators.periods import read_day
from vanban.letters import fold

__all__ = ["record_event", "settle_words", "withdraw_event"]

_KINDS = (
    (EventKind.PROMOTION, re.compile(r"xuc tien|gap go|dien dan doanh nghiep|toa dam")),
    (
        EventKind.VISIT_OUT,
        re.compile(r"chuyen tham|tham (?:chinh thuc|cap nha nuoc|va lam)"),
    ),
    (EventKind.CONFERENCE, re.compile(r"hoi nghi|hoi thao|dien dan")),
    (EventKind.MEETING, re.compile(r"hop|hoi dam|tiep|gap|lam viec")),
)
"""What the words of an event say it is, the most telling first; a person may say otherwise."""

_LONGEST = 200
_NUMBER = re.compile(r"^(?:\d{1,3}|[IVX]{1,5}|[a-zđ])[.)]\s+")
"""The number of its clause, which is not part of the name."""


def record_event(statement: Statement) -> Event:
    """Make or refresh the event an accepted statement tells of.

    Raises:
        ValueError: the statement is of another kind.
    """
    if statement.kind != StatementKind.EVENT:
        raise ValueError(f"statement {statement.pk} is of kind {statement.kind}, not an event")
    report = EventReport.objects.select_related("event").filter(statement=statement).first()
    values = statement.values
    words = _NUMBER.sub("", " ".join(statement.quote.split()))
    fields = {
        "kind": _kind(words),
        "title": _title(_name_behind(statement) or words),
        "on": read_day(values.get("date")) or statement.document.event_on,
        "chair": (values.get("chair") or "")[:200],
    }
    if report is None:
        event = Event.objects.create(
            document=statement.document,
            recorded_by=statement.decided_by,
            recorded_at=timezone.now(),
            **fields,
        )
        EventReport.objects.create(event=event, statement=statement)
    else:
        event = report.event
        if not event.by_hand and event.document_id == statement.document_id:
            for name, value in fields.items():
                setattr(event, name, value)
        event.withdrawn_at = None
    settle_words(event, [] if report is None else [str(one) for one in event.partners.all()])
    event.version += 1
    event.save()
    return event


def withdraw_event(statement: Statement) -> None:
    """Take the event of a statement out, unless another accepted report tells of it too."""
    report = EventReport.objects.select_related("event").filter(statement=statement).first()
    if report is None:
        return
    others = report.event.reports.exclude(statement=statement).filter(statement__state="accepted")
    if not others.exists():
        Event.objects.filter(pk=report.event_id, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )


def settle_words(event: Event, partners: Iterable[str]) -> None:
    """Make anew what an event is found by.

    Args:
        partners: their names as written.
    """
    event.folded = fold(" ".join([event.title, event.place, event.chair, *partners]))


def _kind(words: str) -> EventKind:
    plain = fold(words)
    return next((kind for kind, cue in _KINDS if cue.search(plain)), EventKind.OTHER)


def _name_behind(statement: Statement) -> str:
    """The meeting's name where the quote ends with its first word; "" where it does not.

    "... đã chủ trì Hội nghị" is quoted; the text goes on "tổng kết công tác năm 2026 với ...".
    """
    bare = _BARE.search(statement.quote)
    if bare is None:
        return ""
    text = statement.text_version.text[statement.end : statement.end + _LONGEST]
    rest = " ".join(_STOP.split(text, maxsplit=1)[0].split())
    return f"{bare[0]} {rest}" if rest.count(" ") >= _FEWEST_BLANKS else ""


_BARE = re.compile(
    r"\b(?:Hội nghị|Hội thảo|Diễn đàn|Tọa đàm|Phiên họp|Cuộc họp|Kỳ họp|Buổi làm việc)$", re.I
)
_STOP = re.compile(
    r"[,.;:(\n]| (?:theo hình thức|với sự|với \d|do|dưới sự|nhằm|để|tại|diễn ra|được|đã|vào|kết nối"
    r"|từ ngày|ngày \d|và kết luận|và phát biểu|và cho ý kiến)(?!\w)"
)
"""Behind a meeting's name, what is told of it."""
_FEWEST_BLANKS = 2


def _title(words: str) -> str:
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return words[:1].upper() + words[1:]
