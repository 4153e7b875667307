"""What growth is measured against: the year before, another period, or so many."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.figures.measures.prices import is_price
from vanban.readers.figures.mention import POINTS, Mention, words_of
from vanban.readers.figures.roles.bases import base_year, is_base
from vanban.records import Compares, Role
from vanban.values.times import iso

__all__ = [
    "BASE_BACK",
    "COMPARED_BEFORE",
    "THAN_A_PRICE",
    "THAN_A_SHARE",
    "THAN_SO_MANY",
    "told_in_turn",
    "versus",
    "versus_plan",
]

BASE_BACK = 70
COMPARED_BEFORE = regex(
    r"[Ss]o với [^;.]{3,40}?(?:,| thì| đã) (?:tăng|giảm)(?: khoảng| thêm| hơn)? *$"
)
THAN_SO_MANY = regex(r"so với(?: mức| con số| kết quả)?(?: chỉ)?(?: khoảng| gần| hơn)? *$")
THAN_A_SHARE = regex(r"so với (?:mức|con số)(?: chỉ)?(?: khoảng| gần| hơn)? *$")
"""Right before a percentage, that another is measured against it."""
THAN_A_PRICE = regex(r"so với mức(?: giá)? *$")
"""Right before a price, the same."""


def versus(m: Mention) -> Compares:
    """What growth is measured against: the same period of a year before, or another period."""
    if m.q.unit in POINTS and versus_plan().match(m.near):
        return Compares("vs_plan")
    late = _OF_LATE.search(m.near) or _other_periods().search(m.near)
    if late or THAN_SO_MANY.search(m.near) or _than_another_month(m):
        return Compares("vs_period", _month_compared(m))
    if "so với" not in m.near and _AHEAD.match(m.text, m.sentence.start):
        # "So với cuối tháng 6, xăng hạ 7.580 đồng; dầu giảm 6.200 đồng"
        return Compares("vs_period")
    if "so với" not in m.near and _THAN_A_DAY.search(m.before(BASE_BACK)):
        # "so với 31/12/2021 tăng 1.475 tỷ đồng"
        return Compares("vs_period")
    if "so với" not in m.near and COMPARED_BEFORE.search(m.before(BASE_BACK)):
        return Compares(
            "yoy", base_year(m.scan, max(m.sentence.start, m.q.start - BASE_BACK), m.q.start)
        )
    base = base_year(m.scan, m.q.end, m.q.end + len(m.near))
    if base is None and "so với" not in m.near and _all_than_lately(m):
        return Compares("vs_period")
    if base and _WHOLE_YEAR.match(m.near):
        # "bằng 54% so với cả năm 2023": a part of a year against the whole of another.
        return Compares("vs_period", base)
    if base is None and is_price(m) and not _A_YEAR_AGO.search(m.near):
        return Compares("vs_period")
    return Compares("vs_period" if base and _is_years_back(m, int(base)) else "yoy", base)


_OF_LATE = regex(
    r"so (?:với )?(?!cùng)[^;.]{0,28}?(?<!\w)(?:tuần|phiên|hôm|(?:các|những|mấy|một|vài) ngày"
    r"|(?:sáng|trưa|chiều|tối|đêm)(?: ngày)? \d|kỳ (?:\d|trước)|danh sách"
    r"|(?<!tháng )(?:đầu|cuối|giữa) (?:tháng|năm|quý|tuần)|nửa (?:đầu|cuối) tháng"
    r"|mức (?:giá |cao |thấp )?(?:đỉnh|đáy|kỷ lục)"
    r"|(?<!năm )(?<!kề )trước đó|(?:mức )?(?:bình quân|trung bình))(?!\w)"
)
"""What is compared with is no year before: "so với đầu tháng 6", "so với tuần trước"."""


_AHEAD = regex(
    r"So (?:với )?(?:cuối|đầu|giữa|hồi|tuần|ngày|hôm|(?:tháng|quý) (?:trước|liền)"
    r"|thời điểm(?! cùng))"
    r"(?: [^\s,;.]+){0,4}, "
)
"""At the head of a sentence, what all of it is compared with: no year before."""


_THAN_A_DAY = regex(
    r"[Ss]o với (?:ngày )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?,? (?:đã )?(?:tăng|giảm)(?: thêm)? *$"
)


def _all_than_lately(m: Mention) -> bool:
    """Whether all that its sentence compares with is of late: "so với kỳ 2 tháng 02, gạo tăng"."""
    bases = list(_THAN_WHAT.finditer(m.text, m.sentence.start, m.sentence.end))
    return bool(bases) and all(_LATELY.match(m.text, base.end()) for base in bases)


_THAN_WHAT = regex(r"so (?:với )?(?=\w)(?!sánh)|cùng (?=kỳ)")
_LATELY = regex(
    r"(?:kết quả (?:thực hiện )?(?:trong |của )?)?"
    r"(?:cùng )?(?:kỳ (?:\d|trước)|nửa (?:đầu|cuối) tháng|tháng (?:trước|liền)"
    r"|tuần trước|quý trước"
    r"|ngày hôm trước|hôm)"
)
_A_YEAR_AGO = regex(r"cùng kỳ|năm (?:trước|ngoái|\d)")
_WHOLE_YEAR = regex(r" (?:so )?(?:với |của )?(?:mức )?cả năm \d{4}")


@cache
def versus_plan() -> re.Pattern[str]:
    # The plan itself, or "so với" and the first syllable of one of its names.
    plans = load("figures")["plans"]
    first = alternation({name.split()[0] for name in plans})
    return regex(
        rf" *(?:so +(?:với +)?)?(?:với +)?(?:{alternation(plans)})(?!\w)"
        rf"|.*?so +với +(?:{first})"
    )


@cache
def _other_periods() -> re.Pattern[str]:
    return regex(words_of("other_periods"))


def _than_another_month(m: Mention) -> bool:
    """Whether the base is another month or quarter than the figure's, of whatever year."""
    low = m.q.end
    for time in m.scan.times_between(low, low + len(m.near)):
        if time.kind not in ("month", "quarter") or not is_base(m.scan, time):
            return False
        now = m.previous or m.earlier
        own = now.period if now is not None else None
        if own is None:
            return True
        if "/" in own or len(own) <= len("2025"):
            return False
        number = time.month if time.kind == "month" else time.number
        return own[4:] != (f"-{number:02d}" if time.kind == "month" else f"-Q{number}")
    return False


def _is_years_back(m: Mention, base: int) -> bool:
    """Whether the base is more than a year before what the text and the sentence speak of."""
    now = m.previous or m.earlier
    if now is not None and now.period is not None:
        return int(now.period[:4]) > base + 1
    year = m.scan.year
    spoken = m.scan.times_between(m.sentence.start, m.sentence.end)
    return year is not None and year > base + 1 and all(t.year != base + 1 for t in spoken)


def _month_compared(m: Mention) -> str | None:
    """The month or the quarter behind "so với", if it says its year."""
    for time in m.scan.times_between(m.q.end, m.q.end + len(m.near)):
        if time.kind in ("month", "quarter") and not time.inferred and is_base(m.scan, time):
            return iso(time)
    return None


def told_in_turn(m: Mention) -> tuple[Role, Compares | None] | None:
    """The role of a percentage behind "lần lượt": a growth, a rate (None), or a part of a whole."""
    low = max(m.sentence.start, m.q.start - _OF_WHAT)
    told = _RATES_IN_TURN.search(m.text, low, m.q.start)
    if told is None:
        return "comparison", None
    if told[0].startswith("tăng trưởng ") and _OF_GDP.search(m.text, low, m.q.start) is None:
        return "comparison", versus(m)
    return None


_OF_WHAT = 400
"""Code points before such a percentage in which it is said of what it is."""
_RATES_IN_TURN = regex(r"(?:tăng trưởng|lạm phát|lãi suất|tốc độ tăng)[^;.]*lần lượt[^;.]*$")
"""Before a percentage, rates of some years in their turn, and no parts of a whole."""
_OF_GDP = regex(r"GDP|GRDP|[Kk]inh tế|tốc độ")
"""In the same words, that goods grew by so much each, and not an economy at some rate."""
