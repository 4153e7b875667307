"""The period of a figure told with another: its growth, what it came from, the month before."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.beside import reaches
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import AIMS, Claim, Period
from vanban.readers.figures.periods.spoken import bracketed, own_period
from vanban.values.times import PERIODS, Time, iso

__all__ = [
    "as_the_figure_before",
    "as_the_growth_beside",
    "from_year_to_year",
    "of_that_year",
    "of_the_part_before",
    "said_of_the_growth",
]


def said_of_the_growth(claim: Claim) -> Period | None:
    """The period right behind a growth, another than that of the growth or amount before it.

    "bình quân tăng 27%/năm giai đoạn 2010-2016 và tăng 50,9% trong năm 2017".
    """
    if claim.role != "comparison" or claim.m.previous is None:
        return None
    own = bracketed(claim.m) or _within(claim.m)
    return Period(iso(own), own.inferred, "behind") if own is not None else None


def _within(m: Mention) -> Time | None:
    """The period right behind a growth, in which it was: "tăng 50,9% trong năm 2017"."""
    for time in m.scan.times_between(m.q.end, min(m.stop, m.q.end + 24))[:1]:
        gap = m.text[m.q.end : time.start]
        if time.kind in PERIODS and gap in (" trong ", " vào ", " trong cả "):
            return time
        if time.kind in PERIODS and gap == " " and _GOES_UP.match(m.text, time.end):
            # "gấp 5 lần từ mức 375 triệu USD năm 2011 lên 1,7 tỷ USD"
            return time
    return None


_GOES_UP = regex(r" (?:lên|xuống|đến|tới|còn) ")


def from_year_to_year(claim: Claim) -> Period | None:
    """The last year of a rise: "tăng 194%, từ 5,1 tỷ USD năm 2013 lên 14,2 tỷ USD năm 2022"."""
    m = claim.m
    grown = _FROM_TO.match(m.text, m.q.end, m.sentence.end) if m.is_relative else None
    return Period(grown["year"], False, "behind") if grown is not None else None


_FROM_TO = regex(
    r",? từ (?:mức |khoảng |hơn |gần )*\d[^;()]{3,60}? lên (?:mức |khoảng |hơn |gần |trên )*"
    r"\d[\d.,]*[^;(),]{0,30}?"
    r" (?:trong |vào )?năm (?P<year>(?:19|20)\d\d)"
)
"""Behind a growth, from when to when it was."""


def as_the_figure_before(claim: Claim) -> Period | None:
    """The period of the amount of which a growth or a share is told, if it says none itself."""
    m, compares = claim.m, claim.compares
    if claim.role != "comparison" or m.previous is None:
        return None
    differs = m.is_relative or compares is None or compares.kind == "yoy"
    if not differs or own_period(m) is not None:
        return None
    return Period(m.previous.period, m.previous.period_inferred, "previous")


def as_the_growth_beside(claim: Claim) -> Period | None:
    """The period of the growth by which an amount was reached: "tăng 5%, đạt 2 tỷ USD"."""
    m, beside = claim.m, claim.m.beside
    if beside is None or not reaches(m) or own_period(m) is not None:
        return None
    return Period(beside.period, beside.period_inferred, "previous")


def of_the_part_before(claim: Claim) -> Period | None:
    """The month or the quarter before that of the figure before: "quý trước là 4 tỷ"."""
    m = claim.m
    if _THE_ONE_BEFORE.search(m.text, m.left, m.q.start) is None:
        return None
    now = m.previous or m.earlier
    return Period(_one_before(now.period if now is not None else None), True, "nowhere")


_THE_ONE_BEFORE = rare(
    r"(?<!so với )(?<!so )(?:tháng|quý) (?:trước|liền trước|trước đó)"
    r"(?: (?:chỉ|mới|đã|có|là|đạt|ở mức|khoảng|gần|hơn))+ *$"
)
"""Right before a figure, that it is of the month or the quarter before: "quý trước là 4 tỷ"."""
_PART = regex(r"(?P<year>\d{4})-(?P<quarter>Q)?(?P<number>\d{1,2})")


def _one_before(period: str | None) -> str | None:
    """The month or the quarter before one; None of a longer period."""
    part = _PART.fullmatch(period or "")
    if part is None:
        return None
    year, number = int(part["year"]), int(part["number"]) - 1
    if part["quarter"]:
        return f"{year}-Q{number}" if number else f"{year - 1}-Q4"
    return f"{year}-{number:02d}" if number else f"{year - 1}-12"


def of_that_year(claim: Claim) -> Period | None:
    """The year of "kế hoạch năm (125.000 người)", whose part the figure before is for."""
    m = claim.m
    now = m.previous or m.earlier
    if claim.role not in AIMS or now is None or now.period is None:
        return None
    if _YEAR_S_AIM.search(m.before(30)) is None and not _PLAN_OF_YEAR.match(m.text, m.q.end):
        return None
    return Period(now.period[:4], True, "previous")


_PLAN_OF_YEAR = regex(r" (?:theo |là |của )?kế hoạch(?: của)? cả năm(?! \d)")
_YEAR_S_AIM = regex(r"(?:kế hoạch|mục tiêu|chỉ tiêu)(?: cả)? năm(?: nay)?(?: là| ?:)? *\(?$")
