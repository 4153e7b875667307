"""A figure among the measures its sentence names: what the rules of a measure look at."""

from collections.abc import Callable
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.measures.ways import in_what, of_market
from vanban.readers.figures.mention import Mention

__all__ = ["Case", "Rule", "case_of"]


class Case(NamedTuple):
    """A figure among the measures its sentence names.

    Args:
        named: all of them, in order.
        said: those before the figure that figures of its unit may be of.
        ahead: the same without those that only say in what something grew.
        behind: those in the noun behind it.
        noun_end: where that noun ends at the latest.
        remembered: the measure of the sentences before.
        carried: the measure of the figure before it in its sentence, else `remembered`.
    """

    m: Mention
    named: list[Named]
    said: list[Named]
    ahead: list[Named]
    behind: list[Named]
    noun_end: int
    remembered: str | None
    carried: str | None


Rule = Callable[[Case], str | None]
"""The measure a rule decides on, "other" if it is none with a key; None if another has to."""

_ANY = ("money", "count", "people", "growth", "any")
_KINDS_OF_UNIT = {
    "count": ("count",),
    "people": ("people",),
    "USD": ("money",),
    "VND": ("money",),
    "percent": _ANY,
    "ratio": _ANY,
    "rank": _ANY,
}
_KINDS_OF_OTHER = ("money", "any")
_NOUN = regex(r"[^,;.()\n]*")
_NOUN_REACH = 40
"""Code points behind the noun of a count in which its measure may be named."""


def case_of(m: Mention, named: list[Named], remembered: str | None) -> Case:
    """A figure among the measures its sentence names.

    Args:
        named: the measures its sentence names.
        remembered: the measure of the sentences before.
    """
    q = m.q
    kinds = _KINDS_OF_UNIT.get(q.unit, _KINDS_OF_OTHER)
    noun = _NOUN.match(m.text, q.end, m.stop)
    noun_end = noun.end() if noun else q.end
    if q.unit in ("count", "people"):
        noun_end = min(m.stop, noun_end + _NOUN_REACH)
    # A thing without a key of its own takes the figure all the same: "xuất siêu 2,7 tỷ USD".
    said = [c for c in named if c.end <= q.number_start and (c.kind in kinds or c.key == "other")]
    ahead = [c for c in said if not in_what(m, c)]
    if q.unit != "percent":
        # "chiếm 54% thị phần, đạt 232 nghìn tấn": the share is of before.
        ahead = [c for c in ahead if not of_market(m, c)]
    behind = [c for c in named if q.number_end <= c.start < noun_end and c.kind in kinds]
    carried = m.previous.measure if m.previous is not None else remembered
    return Case(m, named, said, ahead, behind, noun_end, remembered, carried)
