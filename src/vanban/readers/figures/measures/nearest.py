"""What a figure is of by the measure named nearest before it, and by the words around that."""

from collections.abc import Mapping

from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.measures.supply import supplied
from vanban.readers.figures.measures.ways import (
    ONE_WAY,
    TRADE,
    is_bare,
    of_market_told,
    of_one_way,
)
from vanban.readers.figures.mention import Mention, pattern_of
from vanban.readers.figures.subjects.capital import goes_abroad, is_of_new_firms

__all__ = ["OF_BOTH", "bought_of_us", "by_the_nearest", "is_disbursed"]


def by_the_nearest(case: Case) -> str | None:
    """The measure named nearest before a figure; None if none is."""
    if not case.ahead:
        return None
    if _is_worth(case.m, case.ahead[-1]):
        # "gạo xuất khẩu 1,1 triệu tấn, trị giá 561 triệu USD": the worth of what went before.
        before = [c for c in case.ahead if c.key != "other"]
        if not before and (worth := _worth_of_the_figure_before(case)) is not None:
            return worth
        case = case._replace(ahead=before or case.ahead)
    nearest = case.ahead[-1].key
    for rule in _BY_KEY.get(nearest, ()):
        if (answer := rule(case)) is not None:
            return answer
    return nearest


def _is_worth(m: Mention, named: Named) -> bool:
    """Whether a measure only says that what went before is worth so much."""
    return pattern_of("worth", "{}$").match(m.text, named.start, named.end) is not None


def _worth_of_the_figure_before(case: Case) -> str | None:
    before = case.m.previous.measure if case.m.previous is not None else None
    if before == "fdi_projects":
        return "fdi_registered"
    # "nước này nhập 61.000 tấn, trị giá 345 triệu USD"
    return before if before in TRADE else None


def _growth_of_a_province(case: Case) -> str | None:
    """That of a province, called so before: "GRDP tăng trưởng 10%"."""
    return "grdp_growth" if any(c.key == "grdp_growth" for c in case.ahead[-2:-1]) else None


def _share_of_the_market(case: Case) -> str | None:
    """Which way goods go: "Thị phần của Mỹ là 17%", in a note on what is sold."""
    if not of_market_told(case.m, case.ahead[-1]):
        return None
    way = supplied(case.m, case.named)
    return way or (case.remembered if case.remembered in ONE_WAY else None)


def _sent_out(case: Case) -> str | None:
    """What is sold, of a bare turnover: "kim ngạch sang Mỹ đạt 3 tỷ USD"."""
    m, last = case.m, case.ahead[-1]
    if not is_bare(m, last):
        return None
    out = _OUTWARD.match(m.text, last.end) or _SENT_TO.match(m.text, m.q.end)
    return "exports" if out else None


_OUTWARD = regex(r"(?: hàng h(?:óa|oá)| hàng)? (?:đi|sang|vào|tới) ")
_SENT_TO = regex(r" (?:đi|sang) (?!năm)")


def _one_way_told(case: Case) -> str | None:
    """The one way told before a bare turnover, if its sentence is not of both."""
    m = case.m
    if not is_bare(m, case.ahead[-1]):
        return None
    if m.previous is None and OF_BOTH.search(m.text, m.sentence.start, m.q.start):
        return None
    if case.carried in ONE_WAY:
        said = {c.key for c in case.ahead if c.start >= m.left and c.key in ONE_WAY}
        return said.pop() if len(said) == 1 else case.carried
    return of_one_way(m, case.named, case.remembered)


OF_BOTH = regex(r"[Hh]ai (?:nước|bên)|song phương|hai chiều")


def _sold_here(case: Case) -> str | None:
    """What others sell here is what we buy."""
    return "imports" if _TO_US.match(case.m.text, case.ahead[-1].end) else None


_TO_US = regex(r"(?: hàng h(?:óa|oá))? (?:sang|vào|tới|đến) (?:thị trường )?Việt Nam(?!\w)")


def bought_of_us(case: Case) -> str | None:
    """What others buy of us is what we sell."""
    last = case.ahead[-1]
    return "exports" if last.key == "imports" and _FROM_US.match(case.m.text, last.end) else None


_FROM_US = regex(r"(?: từ)? Việt Nam(?!\w)|(?: (?!từ|với|đạt)[^\s,;.()\d]+){1,5} từ Việt Nam(?!\w)")


def _any_capital(case: Case) -> str | None:
    """Capital in đồng is from abroad only where its sentence says so."""
    m, last = case.m, case.ahead[-1]
    if m.q.unit != "VND" or not _ANY_CAPITAL.match(m.text, last.start, last.end):
        return None
    return last.key if _FOREIGN.search(m.text, m.sentence.start, m.sentence.end) else "other"


_ANY_CAPITAL = regex(r"(?i:thu hút đầu tư)")
_FOREIGN = regex(r"FDI|nước ngoài")


def _not_from_abroad(case: Case) -> str | None:
    """What new firms put in, or what is theirs by law, or what goes the other way."""
    m, end = case.m, case.ahead[-1].end
    elsewhere = (
        is_of_new_firms(m)
        or _ITS_OWN_CAPITAL.match(m.text, end)
        or _ABROAD.match(m.text, end)
        or goes_abroad(m)
    )
    return "other" if elsewhere else None


_ITS_OWN_CAPITAL = regex(r" (?:kinh doanh|thành lập|điều lệ|của (?:các )?doanh nghiệp)(?!\w)")
_ABROAD = regex(r"[^,;.\d]{0,40} ra nước ngoài")


def _disbursed(case: Case) -> str | None:
    return "fdi_disbursed" if is_disbursed(case.m) else None


def is_disbursed(m: Mention) -> bool:
    """Whether an amount of capital has been paid in."""
    return _DISBURSED.search(m.before(30)) is not None


_DISBURSED = regex(r"(?:giải ngân|thực hiện)[^,;.]{0,18}$")

_BY_KEY: Mapping[str, tuple[Rule, ...]] = {
    "gdp_growth": (_growth_of_a_province,),
    "other": (_share_of_the_market,),
    "trade_turnover": (_sent_out, _one_way_told),
    "exports": (_sold_here,),
    "imports": (bought_of_us,),
    "fdi_registered": (_any_capital, _not_from_abroad, _disbursed),
}
"""By the measure named nearest, what makes the figure another's."""
