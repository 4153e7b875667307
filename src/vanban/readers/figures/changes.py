"""Which way a figure says that something moved: "tăng 8%", "giảm 8%", "bằng 92%"."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import POINTS, Mention
from vanban.records import Change, Compares

__all__ = ["change_of"]

_REACH = 64
"""Code points before a number in which the verb that moves it stands."""


@cache
def _moves() -> re.Pattern[str]:
    """A verb of change right before a number: no comma, number or place it came to between."""
    words = load("figures")["changes"]
    here = alternation(words["arrives"])
    return regex(
        rf"(?<!\w)(?:(?P<down>{alternation(words['down'])})|(?P<up>{alternation(words['up'])})"
        rf"|(?P<level>{alternation(words['level'])}))"
        rf"(?: (?!(?:{here})(?!\w))[^\W\d]+){{0,5}} *$",
        re.IGNORECASE,
    )


_GOES_ON = regex(
    r"(?: về [^,;.\d%]{2,40}?)?(?:,? và|,|/| hoặc| hay|;)"
    r"(?: (?:khoảng|hơn|gần|trên|tới|đến))* *",
    re.IGNORECASE,
)
_SIGNS: dict[str, Change] = {"(-": "down", "(–": "down", "(−": "down", "(+": "up"}
"""Before a percentage in brackets: "nhập khẩu 3 tỷ USD (-4,4%)"."""
_OF_GROWTH = ("yoy", "vs_period", "vs_plan")


def change_of(m: Mention, compares: Compares | None) -> Change | None:
    """Which way it moved: "up" or "down" by the value, or "level", what it comes to of its base.

    Source: the schema writes the value as it stands and leaves the direction to the words.
    Args:
        m: a quantity in its sentence.
        compares: what it is compared with; None if it is not.
    Returns:
        None where the words say neither, as of a share or an amount.
    """
    if m.q.value < 0:
        # "tăng trưởng âm 4,4%": the sign says it.
        return None
    is_compared = compares is not None and compares.kind in _OF_GROWTH
    if m.q.unit not in ("percent", *POINTS) and not is_compared:
        return None
    sign = m.text[max(0, m.q.number_start - 2) : m.q.number_start]
    if sign in _SIGNS:
        return _SIGNS[sign]
    moved = _moves().search(m.before(_REACH) + m.text[m.q.start : m.q.number_start])
    if moved is not None:
        way = moved.lastgroup
        if way == "level":
            return "level" if is_compared and m.q.unit == "percent" else None
        return "down" if way == "down" else "up"
    last = m.beside
    if last is None or last.change is None or last.unit != m.q.unit:
        return None
    # "tăng 28% về lượng và 26% về trị giá"
    end = last.anchor.end
    between = _GOES_ON.fullmatch(m.text, end, m.q.start) if end <= m.q.start else None
    return last.change if between is not None else None
