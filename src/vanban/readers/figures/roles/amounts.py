"""Amounts and counts told of another: by how much it grew or differs, or what part of it is so."""

from vanban.patterns import regex
from vanban.readers.figures.measures.prices import differs, is_price
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.roles.bases import is_base
from vanban.readers.figures.roles.case import OF_ANOTHER, REACH, Answer, Case, Rule
from vanban.readers.figures.roles.plain import aim_words
from vanban.readers.figures.roles.shares import is_share
from vanban.readers.figures.roles.versus import BASE_BACK, COMPARED_BEFORE, THAN_A_PRICE, versus
from vanban.records import Compares
from vanban.values.times import Time

__all__ = ["AMOUNTS"]


def _differs_by(case: Case) -> Answer | None:
    """By how much two others differ: "cao hơn 4 USD/tấn"; or the price another is told by."""
    m, differ = case.m, differs(case.m)
    if differ and case.of_plan:
        return "comparison", Compares("vs_plan")
    if differ or (is_price(m) and THAN_A_PRICE.search(case.before)):
        return "comparison", versus(m) if _says_than_when(m) else None
    return None


def _says_than_when(m: Mention) -> bool:
    """Whether a difference is told from another time, or a price has moved at all."""
    if is_price(m) and _MOVED.search(m.before(REACH)):
        return True
    return any(t.kind == "same_period" or is_base(m.scan, t) for t in _times_beside(m))


def _times_beside(m: Mention) -> list[Time]:
    low = max(m.left, m.q.start - REACH)
    return [
        *m.scan.times_between(low, m.q.start),
        *m.scan.times_between(m.q.end, m.q.end + len(m.near)),
    ]


_MOVED = regex(r"(?<!\w)(?:tăng|giảm)(?!\w)[^,;]*$")


def _grown_by(case: Case) -> Answer | None:
    """By how much something grew, against another time or as money: "tăng 1,4 tỷ USD"."""
    m = case.m
    if not case.grows:
        return None
    told = case.compared or _grew_by(case) or COMPARED_BEFORE.search(m.before(BASE_BACK))
    return ("comparison", versus(m)) if told else None


def _grew_by(case: Case) -> bool:
    """Whether an amount of money is by how much something grew."""
    m = case.m
    if m.q.unit not in ("USD", "VND") or _GREW_BY.search(case.before) is None:
        return False
    return not m.scan.words.has(aim_words(), m.clause, m.q.number_start)


_GREW_BY = regex(r"(?<!điều chỉnh )(?<!đăng ký )(?<!\w)(?:tăng|giảm|hạ)(?: nhẹ| mạnh)? *$")
"""Right before an amount, by how much something grew; "tăng lên", "tăng thêm" say another thing."""


def _growth_said_again(case: Case) -> Answer | None:
    """What the percentage before it is in full: "tăng 1,68%, bằng 2.217 tấn"."""
    m, beside = case.m, case.m.beside
    if beside is None or beside.unit != "percent" or beside.compares is None:
        return None
    again = _AGAIN.fullmatch(m.text, beside.anchor.end, m.q.start)
    return OF_ANOTHER if again is not None else None


def _said_in_brackets(case: Case) -> Answer | None:
    """What the figure before it comes to in another unit: "1 tỷ cây (tương đương 5 triệu ha)"."""
    m, beside = case.m, case.m.beside
    if beside is None or beside.unit == m.q.unit or beside.unit in ("percent", "rank"):
        return None
    opened = m.text.rfind("(", beside.anchor.start, m.q.start)
    again = opened >= 0 and _COMES_TO.fullmatch(m.text, opened, m.q.start) is not None
    return OF_ANOTHER if again else None


_COMES_TO = regex(r"\((?:tương đương|tức|xấp xỉ)(?: [^\W\d]+){0,4} *")
_AGAIN = regex(
    r"[^;.()\d]{0,44}(?:,| \() ?(?:bằng|tương ứng(?: với)?(?: mức)? (?:tăng|giảm)|tức)"
    r"(?: (?:khoảng|hơn|gần|là|mức))* "
)


def _part_of_the_amount_before(case: Case) -> Answer | None:
    m = case.m
    if m.previous is None or not (m.q.unit in ("USD", "VND") or is_price(m)):
        return None
    part = (
        is_share(case)
        and not _ADDS.search(case.before + case.bound)
        and not _WORTH.search(case.before)
    )
    return OF_ANOTHER if part else None


_ADDS = regex(r"đóng góp(?: khoảng| hơn| gần| tới)* *$")
"""Right before an amount: what a part brought, an amount of its own."""
_WORTH = regex(r"(?:vốn|kim ngạch|giá trị|doanh thu)(?: [^\s\d,;()]+){0,3} tương đương *$")
"""Right before an amount, what it is the worth of: no other amount is said again."""

AMOUNTS: tuple[Rule, ...] = (
    _differs_by,
    _grown_by,
    _growth_said_again,
    _said_in_brackets,
    _part_of_the_amount_before,
)
"""Of whatever has a unit: a count, people, money, a weight, percentage points."""
