"""The period of what a figure is compared with: the same part of the year before, or a said one."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import Claim, Period
from vanban.readers.figures.roles.base_values import (
    base_before_bracket,
    closes_a_bracket,
    is_base_value,
)
from vanban.records import Compares, Figure
from vanban.values.times import PERIODS, iso

__all__ = ["of_a_base", "same_time_again"]


def of_a_base(claim: Claim) -> Period | None:
    """The period of a figure that is itself what another is compared with."""
    m, compares = claim.m, claim.compares
    now = m.previous or m.earlier
    if now is not None and compares is not None and compares.kind == "yoy" and is_base_value(m):
        return _same_part(m, now, compares)
    bracketed = closes_a_bracket(m)
    if compares is not None and compares.base and not m.is_relative and bracketed:
        # "so với năm 2024 (4,83 tỷ USD)": of that year.
        base = _of_base(now.period if now is not None else None, compares.base)
        return Period(base, False, "previous")
    before = base_before_bracket(m) if bracketed else None
    if before is not None and before.kind == "range":
        # "cao hơn giai đoạn 2011-2015 (7,3%)"
        return Period(iso(before), before.inferred, "previous")
    if before is not None and before.year is not None:
        # "giảm 1,8% so với năm 2018 (39%)"
        own = now.period if now is not None and now.period else None
        return Period(_of_base(own, str(before.year)), before.inferred, "previous")
    return _measured_against(m)


def _same_part(m: Mention, now: Figure, compares: Compares) -> Period:
    """The same part of the base year: "cùng kỳ năm 2024: 87"; the whole of it if that is said."""
    if (whole := _WHOLE.match(m.text, m.q.end)) is not None:
        return Period(whole["year"], False, "previous")
    base = _of_base(now.period, compares.base or _year_before(now.period))
    return Period(base, now.period_inferred, "previous")


_WHOLE = regex(r" (?:của )?cả năm (?P<year>\d{4})")


def _measured_against(m: Mention) -> Period | None:
    """The period behind a rate to compare with: "cao hơn tốc độ tăng 0,34% của quý II/2020"."""
    if not m.is_relative or _THAN.search(m.before(_REACH)) is None:
        return None
    for time in m.scan.times_between(m.q.end, min(m.stop, m.q.end + _REACH))[:1]:
        of = m.text[m.q.end : time.start] in _OF
        if of and (time.kind in PERIODS or time.kind == "range"):
            return Period(iso(time), time.inferred, "previous")
    return None


_REACH = 60
_THAN = rare(
    r"(?:(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm) hơn|so với|vượt(?: qua)?)[^;.,()\d]{0,44}$"
)
_OF = (" của ", " trong ", " ", " vào ")


def same_time_again(claim: Claim) -> Period | None:
    """The same part of another year: "Cùng kỳ năm 2024, tỷ lệ chung là 13,2%"."""
    m = claim.m
    if m.earlier is None or _SAME_TIME.match(m.text, m.sentence.start) is None:
        return None
    year = next((t.year for t in m.times_before if t.kind == "same_period"), None)
    again = _of_base(m.earlier.period, str(year)) if year is not None else None
    return Period(again, True, "sentence") if again is not None else None


_SAME_TIME = regex(r"Cùng kỳ(?: năm (?:\d{4}|ngoái|trước))?(?:,| (?:chỉ |mới )?(?:đạt|là|có) )")


def _year_before(period: str | None) -> str | None:
    return str(int(period[:4]) - 1) if period is not None else None


def _of_base(period: str | None, base: str | None) -> str | None:
    """The same part of another year: "2025-H1" of base "2024" is "2024-H1"; the base alone else."""
    if base is None:
        return None
    if period is None or len(set(_YEARS.findall(period))) > 1:
        return base
    return _YEARS.sub(base, period)


_YEARS = regex(r"(?:19|20)\d\d")
