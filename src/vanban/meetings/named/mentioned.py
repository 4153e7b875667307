"""The meeting that a text only names as where something was said or done."""

from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings.meeting import (
    Meeting,
    is_background,
    is_journey,
    is_named,
    is_planned,
    is_to_come,
    lead,
    leaves,
    on_a_visit,
)
from vanban.meetings.named.held import AT, first_named, is_of_talks
from vanban.meetings.named.naming import Naming
from vanban.meetings.named.others import is_to_be, is_welcome
from vanban.patterns import regex

__all__ = ["find_mentioned"]


def find_mentioned(layers: Layers) -> Meeting | None:
    """The meeting that the first sentences name as where something was said or done.

    Of a text that tells of no other: "Tại Hội nghị sơ kết Chương trình, các đại biểu ...".
    """
    for s in lead(layers)[:_MENTIONED_IN]:
        named = first_named(layers, s)
        if named is None:
            continue
        naming = Naming(layers, s, named)
        if _is_where(naming) and _is_one(naming) and not _is_another(naming):
            return naming.meeting(None)
    return None


_MENTIONED_IN = 1
"""Sentences from the top that name it."""


def _is_where(naming: Naming) -> bool:
    at = AT.fullmatch(naming.layers.text, naming.head, naming.named.start())
    return at is not None or naming.before(_AGREED)


_AGREED = regex(
    r"(?<!\w)(?:nhất trí|thống nhất|ký kết|thông qua|công bố|thiết lập)(?!\w)[^;.\n]{0,160} tại $"
)
"""Before a meeting, what was agreed there."""


def _is_one(naming: Naming) -> bool:
    """Whether it is a meeting of its own name, of which no other time is told."""
    layers, s, named = naming
    return (
        not named[0].lower().startswith(("hội chợ", "lễ"))
        and not any(t.kind in ("year", "month") for t in layers.times_between(s.start, s.end))
        and is_named(layers, named.end(), s.end)
        and _ONE.match(layers.text, named.end(), s.end) is not None
        and not is_of_talks(named)
        and not is_welcome(naming)
    )


_ONE = regex(rf" (?:[“\"‘]|[{UPPER}]|\w+(?: [^\s,;.]+){{0,10}}? (?:lần thứ|năm 20\d\d|[{UPPER}]))")
"""Behind the word for a meeting, that it is this one: a title, a name, a number."""


def _is_another(naming: Naming) -> bool:
    layers, s, named = naming
    return (
        leaves(layers, s.start, named.start())
        or is_background(layers, s)
        or is_planned(layers.text, s.start, named.start())
        or is_to_come(layers, s.start, s.end)
        or is_to_be(naming)
        or on_a_visit(layers, s, named.start())
        or is_journey(layers.text, s.start, named.start())
    )
