"""What a figure measures: the rules for each unit, in their order."""

from collections.abc import Mapping

from vanban.patterns import regex
from vanban.readers.figures.measures.amounts import (
    CAPITAL,
    CARRIED_DOLLARS,
    CARRIED_MONEY,
    CARRIED_SHARE,
    behind_an_amount,
    price_of_one,
    taken_in_by_the_budget,
)
from vanban.readers.figures.measures.case import Case, Rule, case_of
from vanban.readers.figures.measures.compared import COMPARED, COMPARED_RANKS, COMPARED_RATIOS
from vanban.readers.figures.measures.counted import COUNTED
from vanban.readers.figures.measures.crowds import of_people
from vanban.readers.figures.measures.going_on import came_to, goes_on_from_before, worth_of_weight
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.measures.nearest import by_the_nearest
from vanban.readers.figures.measures.percentages import (
    ITS_NOUN,
    PERCENTAGES,
    RATES,
    of_ours_abroad,
    of_what_has_a_price,
)
from vanban.readers.figures.measures.ranks import RANKED
from vanban.readers.figures.measures.trade import CARRIED_GOODS, TRADED, goods_behind, ours_hold
from vanban.readers.figures.mention import POINTS, Mention
from vanban.records import Role

__all__ = ["find_measure", "words_measured"]


def _behind_a_share(case: Case) -> str | None:
    return case.behind[0].key if case.behind else None


_AMOUNT: tuple[Rule, ...] = (
    came_to,
    worth_of_weight,
    goes_on_from_before,
    price_of_one,
    ours_hold,
)
_NAMED: tuple[Rule, ...] = (behind_an_amount, by_the_nearest)
_OTHER: tuple[Rule, ...] = (
    *_AMOUNT,
    *TRADED,
    *CAPITAL,
    goods_behind,
    *_NAMED,
    *CARRIED_GOODS,
)
"""Of a weight, of another currency, of whatever has no unit of its own here."""
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "USD": (*_AMOUNT, *TRADED, *CAPITAL, *_NAMED, *CARRIED_DOLLARS),
    "VND": (*_AMOUNT, taken_in_by_the_budget, *TRADED, *CAPITAL, *_NAMED, *CARRIED_MONEY),
    "count": (came_to, goes_on_from_before, ours_hold, *COUNTED),
    "people": (came_to, goes_on_from_before, ours_hold, of_people),
    "percent": (
        goes_on_from_before,
        *PERCENTAGES,
        *RATES,
        ours_hold,
        *_NAMED,
        _behind_a_share,
        *CARRIED_SHARE,
    ),
    "ratio": (goes_on_from_before, of_what_has_a_price, ours_hold, *COMPARED_RATIOS),
    "rank": (
        goes_on_from_before,
        of_what_has_a_price,
        of_ours_abroad,
        ours_hold,
        *RANKED,
        *COMPARED_RANKS,
    ),
    **dict.fromkeys(POINTS, (of_what_has_a_price, *_OTHER)),
}
"""By unit, in their order: the first that answers decides."""
_RULES_COMPARED: Mapping[str, tuple[Rule, ...]] = {
    **_RULES,
    "percent": (goes_on_from_before, *PERCENTAGES, ours_hold, *COMPARED),
    **dict.fromkeys(POINTS, (goes_on_from_before, of_what_has_a_price, ours_hold, *COMPARED)),
}
"""The same of a comparison, which a ratio and a rank always are."""


def find_measure(m: Mention, named: list[Named], *, role: Role, remembered: str | None) -> str:
    """The canonical key of what a figure measures, "other" if no word says it.

    Source: `data/measures.yml`, `data/figures.yml`.
    Args:
        named: the measures its sentence names.
        role: as `find_role` gives it.
        remembered: the measure of the sentences before.
    """
    rules = _RULES_COMPARED if role == "comparison" else _RULES
    case = case_of(m, named, remembered)
    for rule in rules.get(m.q.unit, _OTHER):
        if (measure := rule(case)) is not None:
            return measure
    return "other"


_COUNTED_NOUN = regex(r"[^,.;:()\n]{1,70}")


def words_measured(m: Mention, named: list[Named]) -> str:
    """What is measured, in the text's own words: the noun behind a count, else the nearest cue."""
    q, text = m.q, m.text
    if q.unit in ("count", "people"):
        noun = _COUNTED_NOUN.match(text, q.number_end, m.stop)
        if noun is not None:
            return " ".join(noun[0].split())
    if q.unit == "percent" and (whole := ITS_NOUN.match(text, q.end)) is not None:
        return whole[0].strip()
    ahead = [c for c in named if c.end <= q.number_start]
    behind = (c for c in named if q.end <= c.start < m.stop)
    nearest = ahead[-1] if ahead else next(behind, None)
    return " ".join(text[nearest.start : nearest.end].split()) if nearest is not None else ""
