"""A figure of a sector of the economy, or of the ministry that money is given to."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.doers import province_at

__all__ = ["granted_to", "sector_of"]

_OF_SECTORS = ("other", "exports", "imports", "gdp_growth")
_FAR = 4000
_NEAR_COUNT = 40


@cache
def _sector() -> re.Pattern[str]:
    names = alternation(load("figures")["sectors"])
    return regex(
        rf"(?<!\w)(?P<whole>[Tt]oàn +)?(?:[Nn]gành +(?P<name>(?i:{names}))"
        r"|(?<=oàn )ngành)(?!\w)(?! +hàng)"
    )


_SAID_OF = regex(
    r"(?:(?:[Tt]oàn|của|cho|đối với|phát triển"
    r"|(?:mục tiêu|kế hoạch|chỉ tiêu)(?: \w+)?|đánh giá cao) +"
    r"|^[*\s]*(?:(?:Năm|Trong năm|Đến năm) \d{4},? +)?)$"
)
_ITS_EXPORTS = regex(
    r"(?:xuất khẩu|nhập khẩu|XK|NK)(?: (?:đạt|ước|khoảng|trên|hơn|gần|là|cả|năm|\d{4}))* *$"
)


def sector_of(claim: Claim) -> str | None:
    """The sector a figure is of: "Tăng trưởng toàn ngành đạt 2,6%"; None if its clause names none.

    Source: `sectors` of `data/figures.yml`. "Toàn ngành" is the sector named last before it.
    """
    m, measure = claim.m, claim.measure
    if measure not in _OF_SECTORS or m.q.unit in ("people", "rank"):
        return None
    text, start = m.text, m.clause_from(m.left)
    if text.find("ngành", start, m.q.start) < 0 and text.find("Ngành", start, m.q.start) < 0:
        return None
    said = list(_sector().finditer(text, start, m.q.start))
    if not said:
        return None
    found = said[-1]
    if not found["whole"] and not _SAID_OF.search(text[m.sentence.start : found.start()]):
        return None
    if m.q.unit == "count" and m.q.start - found.end() > _NEAR_COUNT:
        return None
    if measure in ("exports", "imports") and not _ITS_EXPORTS.search(m.before(40)):
        return None
    if m.scan.places_between(start, m.stop) or m.scan.partners_between(start, m.stop):
        return None
    if province_at(claim) is not None:
        return None
    name = found["name"]
    if name is None:
        named = [s["name"] for s in _sector().finditer(text, max(0, start - _FAR), start)]
        name = next((s for s in reversed(named) if s), None)
    return f"ngành {' '.join(name.split())}" if name else None


@cache
def _grant() -> re.Pattern[str]:
    bodies = alternation(load("figures")["granted_to"])
    return regex(rf"[^;.,()]{{0,60}} (?:cho|của) (?P<who>{bodies})(?!\w)")


_GIVEN = regex(r"(?:bổ sung|cấp|phân bổ|chuyển|hỗ trợ)(?: \w+){0,2} *$")
_BUDGET = regex(r" (?:bổ sung|đã bổ sung|dự toán|kinh phí|từ ngân sách)(?!\w)")


def granted_to(claim: Claim) -> str | None:
    """The ministry money of the budget is given to: "bổ sung 950 tỷ đồng cho Bộ Y tế"."""
    m = claim.m
    if m.q.unit != "VND":
        return None
    if not (_GIVEN.search(m.before(30)) or _BUDGET.match(m.text, m.q.end)):
        return None
    found = _grant().match(m.text, m.q.end, m.sentence.end)
    return found["who"] if found is not None else None
