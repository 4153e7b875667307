"""The role of a figure: actual, plan, target, or a comparison and what it is made with."""

from collections.abc import Mapping

from vanban.patterns import regex
from vanban.readers.figures.mention import POINTS, Mention
from vanban.readers.figures.periods.stocks import goes_on_counting, is_stock, is_stock_s_amount
from vanban.readers.figures.roles.amounts import AMOUNTS
from vanban.readers.figures.roles.base_values import BASE_VALUES, is_base_value
from vanban.readers.figures.roles.bases import base_year
from vanban.readers.figures.roles.case import OF_ANOTHER, Answer, Case, Rule, case_of
from vanban.readers.figures.roles.percentages import PERCENTAGES
from vanban.readers.figures.roles.plain import plain_role
from vanban.readers.figures.roles.versus import versus
from vanban.records import Compares, Role

__all__ = ["find_role", "is_base_value"]


def _whole_of_a_part(case: Case) -> Answer | None:
    """The whole of which so many are told: "5 trong số 63 tỉnh"."""
    m = case.m
    whole = m.q.bound_rule == "of" or (
        m.before(12).endswith("trong số ") and _OF_STATES.match(m.text, m.q.number_end)
    )
    return OF_ANOTHER if whole else None


_OF_STATES = regex(r" (?:quốc gia|nước|tỉnh|địa phương|nền kinh tế|thị trường)(?!\w)")


def _rank(case: Case) -> Answer:
    return "comparison", Compares("rank_of")


def _all_of_them(case: Case) -> Answer | None:
    """All of which so many were just counted: "thư mời của 6 trong tổng số 26 đơn vị"."""
    previous = case.m.previous
    if previous is None or previous.unit not in ("count", "people"):
        return None
    return OF_ANOTHER if _OUT_OF_ALL.search(case.before) else None


_OUT_OF_ALL = regex(r"(?<!\w)(?:trong|trên) (?:tổng số|tổng cộng)(?: hơn| gần| khoảng)? *$")


def _times_or_part(case: Case) -> Answer:
    """So many times as much; of less than one a share: "Chiếm 2/3 kim ngạch"."""
    m = case.m
    if m.q.value < 1:
        return OF_ANOTHER
    return "comparison", Compares("times", base_year(m.scan, m.q.end, m.stop))


def _where_it_began(case: Case) -> Answer | None:
    """Before what it came to: "tăng từ 3,1 tỷ USD năm 2020 lên 4,6 tỷ USD"."""
    m, before = case.m, case.before
    if not (before.endswith(("từ ", "mức ")) and _FROM.search(before)):
        return None
    return OF_ANOTHER if _UP_TO.match(m.text, m.q.end, m.q.end + 100) else None


_FROM = regex(r"(?<!\w)từ(?: mức)? *$")
_UP_TO = regex(r"(?:[^.;]|\.\d){0,80}? (?:lên|xuống|còn) (?:mức |tới |gần |hơn |khoảng )*\d")


def _points_more(case: Case) -> Answer | None:
    return ("comparison", versus(case.m)) if case.grows and not case.of_plan else None


_ANY: tuple[Rule, ...] = (_whole_of_a_part, _where_it_began)
_AMOUNT: tuple[Rule, ...] = (*_ANY, *AMOUNTS, *BASE_VALUES)
_COUNT: tuple[Rule, ...] = (_all_of_them, *_AMOUNT)
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "rank": (_whole_of_a_part, _rank),
    "ratio": (_whole_of_a_part, _times_or_part),
    "count": _COUNT,
    "people": _COUNT,
    "percent": (*_ANY, *PERCENTAGES, *BASE_VALUES),
    **dict.fromkeys(POINTS, (*_ANY, _points_more, *AMOUNTS, *BASE_VALUES)),
}
"""By unit, in their order: the first that answers decides."""


def find_role(m: Mention) -> tuple[Role, Compares | None]:
    """The role of a figure, and what it is compared with; None if with nothing.

    A percentage that is a share of something is a comparison with None.

    Source: `data/figures.yml`.
    """
    case = case_of(m)
    for rule in _RULES.get(m.q.unit, _AMOUNT):
        if (answer := rule(case)) is not None:
            return answer
    role = plain_role(m)
    if role == "actual" and (is_stock(m) or is_stock_s_amount(m) or goes_on_counting(m)):
        return "actual", Compares("cumulative")
    return role, None
