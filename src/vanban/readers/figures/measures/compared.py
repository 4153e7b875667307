"""What a growth, a share, a ratio or a rank is of: what was told before it, or is named ahead."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import LOWER
from vanban.patterns import alternation, regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.crowds import GUESTS
from vanban.readers.figures.measures.nearest import bought_of_us
from vanban.readers.figures.measures.ways import (
    ONE_WAY,
    is_bare,
    of_market,
    of_one_way,
    says_nothing,
)

__all__ = ["COMPARED", "COMPARED_RANKS", "COMPARED_RATIOS"]


def _guests_beside(case: Case) -> str | None:
    return "tourists" if GUESTS.search(case.m.before(40)) else None


def _no_number_of_guests(case: Case) -> str | None:
    """Another thing in a row with visitors: "khách tăng 13%, tổng thu du lịch tăng 17%"."""
    m = case.m
    if case.carried != "tourists" or (case.ahead and case.ahead[-1].start >= m.left):
        return None
    return "other" if _OF_OTHERS.search(m.text, m.left, m.q.start) else None


_OF_OTHERS = regex(
    r"(?:^|[,;]) (?:tổng thu|doanh thu|vận chuyển|vận tải|luân chuyển|sản lượng|công suất"
    r"|chỉ số|hàng h(?:óa|oá)|chi tiêu)(?!\w)[^,;]*$"
)
"""Before a growth in a row, what has grown and is no number of visitors."""


def _of_the_figure_before(case: Case) -> str | None:
    """What the figure before it is of, if no measure is named since that says more."""
    m, ahead, previous = case.m, case.ahead, case.m.previous
    if previous is None:
        return None
    if (
        not (ahead and ahead[-1].start > previous.anchor.end)
        or says_nothing(m, ahead[-1], previous)
        or (is_bare(m, ahead[-1]) and previous.measure in ONE_WAY)
    ):
        return previous.measure
    return None


def _doubled(case: Case) -> str | None:
    """What a ratio stands before: "nâng gấp đôi kim ngạch thương mại song phương"."""
    if case.m.previous is not None or case.ahead or not case.behind:
        return None
    return case.behind[0].key


def _of_its_own_noun(case: Case) -> str | None:
    m = case.m
    own = m.previous is None and _its_own_noun().match(m.text, m.q.end, m.stop) is not None
    return "other" if own else None


@cache
def _its_own_noun() -> re.Pattern[str]:
    words = alternation(load("figures")["behind_percent"])
    return regex(rf" (?!(?:{words})(?!\w))[{LOWER}]{{2,}}")


def _guests_before(case: Case) -> str | None:
    return "tourists" if not case.ahead and GUESTS.search(case.m.before(60)) else None


def _of_what_is_ahead(case: Case) -> str | None:
    """The measure named right before it, or the way that goods go of which this says nothing."""
    m, ahead = case.m, case.ahead
    if not ahead:
        return None
    if (ours := bought_of_us(case)) is not None:
        return ours
    if of_market(m, ahead[-1]):
        return _way_of_a_market(case)
    if is_bare(m, ahead[-1]):
        return of_one_way(m, case.named, case.remembered) or ahead[-1].key
    return ahead[-1].key


def _way_of_a_market(case: Case) -> str:
    """Which way goods go of which a share of the market is told."""
    previous, remembered = case.m.previous, case.remembered
    if previous is not None and previous.measure in ONE_WAY:
        return previous.measure
    ways = [c.key for c in case.ahead if c.key in ONE_WAY]
    return ways[-1] if ways else (remembered if remembered in ONE_WAY else None) or "other"


def _of_what_was_told(case: Case) -> str | None:
    return case.remembered or "other"


_SINCE_BEFORE: tuple[Rule, ...] = (_guests_beside, _no_number_of_guests, _of_the_figure_before)
_AHEAD: tuple[Rule, ...] = (_guests_before, _of_what_is_ahead, _of_what_was_told)
COMPARED: tuple[Rule, ...] = (*_SINCE_BEFORE, _of_its_own_noun, *_AHEAD)
"""Of a growth or a share."""
COMPARED_RATIOS: tuple[Rule, ...] = (*_SINCE_BEFORE, _doubled, *_AHEAD)
COMPARED_RANKS: tuple[Rule, ...] = (*_SINCE_BEFORE, *_AHEAD)
