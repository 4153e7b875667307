"""Whether a meeting that a sentence names is not the one a text reports on."""

from vanban.forms import rare
from vanban.meetings.meeting import (
    is_announced,
    is_background,
    is_journey,
    is_planned,
    lead,
    leaves,
    of_a_document,
    on_a_visit,
)
from vanban.meetings.named.held import decided
from vanban.meetings.named.naming import Naming
from vanban.patterns import regex
from vanban.values.times import Time

__all__ = ["days_of", "is_another", "is_to_be", "is_welcome", "on_another_day"]


def is_another(naming: Naming) -> bool:
    """Whether the meeting is of another time, or only told of with what somebody else does."""
    layers, s, named = naming
    return (
        is_background(layers, s)
        or leaves(layers, s.start, named.start())
        or is_journey(layers.text, s.start, named.start())
        or naming.before(_ISSUED)
        or is_welcome(naming)
        or naming.before(_CAME_FOR)
        or _is_ahead(naming)
        or on_a_visit(layers, s, named.start())
        or naming.before(_PRAISED)
    )


_ISSUED = regex(r"(?<!\w)ban hành(?!\w)[^;.]*$")
"""Whoever issues a plan holds none of the meetings it names."""
_CAME_FOR = regex(
    r"(?<!\w)(?:tiếp|gặp|hội kiến|hội đàm) [^;.]{5,160}? (?:sang|tới|đến|đang|nhân)"
    r" [^;.,]{3,90}(?<!\w)(?:dự|chủ trì) $"
)
"""Before a meeting for which a guest came whom somebody received: the reception is told."""
_PRAISED = regex(
    r"(?:chúc mừng|(?<!Phát biểu )đánh giá cao|Đánh giá cao|biểu dương)[^.]*"
    r"(?:việc|đã|tổ chức|chủ trì|dự)[^.]*$"
)


def is_welcome(naming: Naming) -> bool:
    """Whether it is a ceremony by which a visit begins or ends, which is no meeting."""
    return _WELCOMES.match(naming.layers.text, naming.named.start()) is not None


_WELCOMES = regex(r"[Ll]ễ (?:đón|tiễn|viếng|tang|thượng cờ|chào cờ)")


def _is_ahead(naming: Naming) -> bool:
    layers, s, named = naming
    planned = is_planned(layers.text, s.start, named.start())
    if planned and not (s in lead(layers)[:2] and _sits(naming)) and not decided(naming):
        return True
    return is_to_be(naming) or _TOMORROW.search(layers.text, s.start, s.end) is not None


_TOMORROW = rare(r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày|hôm|[Ss]áng|[Nn]gày) mai(?!\w)")


def is_to_be(naming: Naming) -> bool:
    """Whether it is said behind its name that it is to come."""
    return naming.behind(_TO_BE)


_TO_BE = regex(
    r"(?:[^;.\n]|\.(?=\w)){0,120}(?<!\w)(?:sẽ|dự kiến|sắp) (?:sẽ )?(?:chính thức )?(?:được )?"
    r"(?:khai mạc|diễn ra|tổ chức)(?!\w)"
)


def _sits(naming: Naming) -> bool:
    """Whether a text opens with a numbered session that somebody comes to chair on a day."""
    layers, s, named = naming
    return (
        naming.before(_TO_CHAIR)
        and naming.behind(_NUMBERED)
        and any(t.kind in ("date", "range") for t in layers.times_between(named.end(), s.end))
    )


_TO_CHAIR = regex(r"(?<!\w)sẽ [^;.]{0,90}(?:đồng |cùng )?chủ trì $")
_NUMBERED = regex(r" (?:lần )?thứ (?:\d|\w)")


def days_of(naming: Naming) -> list[Time]:
    """The days its sentence tells that are neither of a document nor of what is quoted."""
    layers, s = naming.layers, naming.sentence
    return [
        t
        for t in layers.times_between(naming.head, s.end)
        if t.kind == "date" and not of_a_document(layers, t) and not _quoted(naming, t)
    ]


def _quoted(naming: Naming, time: Time) -> bool:
    text, start = naming.layers.text, naming.sentence.start
    opened = text.count("“", start, time.start) - text.count("”", start, time.start)
    return opened > 0 or text.count('"', start, time.start) % 2 == 1


def on_another_day(naming: Naming, day: Time) -> bool:
    """Whether the first day told is when it was announced for, or one of another meeting."""
    layers = naming.layers
    if is_announced(layers, day) and not _sits(naming):
        return True
    return _PAST.match(layers.text, day.end) is not None and not naming.leads


_PAST = regex(r"\)? vừa (?:qua|rồi)(?!\w)")
"""Behind a day that further down in a report is that of another meeting: "ngày 2/6 vừa qua"."""
