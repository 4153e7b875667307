"""Two figures that are the ends of a change: "từ 37,7% (năm 2013) xuống còn 21,3% (năm 2023)"."""

from vanban.patterns import regex
from vanban.readers.figures.frames import Frame
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import Claim, Period

__all__ = ["carried", "end_of_span", "remember"]


def carried(claim: Claim) -> Period | None:
    """The period of an end of a change that says none, as the change before it in its block told.

    "... trong khi thị phần của Việt Nam tăng từ 10% lên 17,8%": of the same years.
    """
    m = claim.m
    first, last, block = claim.frame.from_to
    if block != m.sentence.block or first is None or last is None:
        return None
    if (goes_on := _begins(m)) is not None:
        said = m.scan.times_between(m.left, goes_on)
        return None if said else Period(first, True, "previous")
    if not _ends(m) or m.scan.times_between(m.left, m.q.end + _NEAR):
        return None
    return Period(last, True, "previous")


def end_of_span(claim: Claim) -> Period | None:
    """The year at its end of the span a change is told of: "từ 4 lên 5 tỷ USD giai đoạn 2000-2017".

    What it rose from is of the first year, what it rose to of the last, not of all of them.
    """
    m = claim.m
    begins = _begins(m) is not None
    if not begins and not _ends(m):
        return None
    times = m.scan.times_between(m.sentence.start, m.sentence.end)
    if len(times) != 1 or times[0].kind != "range":
        return None
    year = times[0].year if begins else times[0].end_year
    return None if year is None else Period(str(year), times[0].inferred, "sentence")


def remember(m: Mention, frame: Frame, period: str | None) -> None:
    """Keep the period of an end of a change for the changes that follow.

    Args:
        frame: keeps it.
        period: the figure's.
    """
    if _begins(m) is not None:
        if (period, m.sentence.block) != (frame.from_to[0], frame.from_to[2]):
            frame.from_to = period, None, m.sentence.block
    elif _ends(m) and frame.from_to[0] is not None and frame.from_to[1] is None:
        other = period if period != frame.from_to[0] else None
        frame.from_to = frame.from_to[0], other, m.sentence.block


_NEAR = 30


def _begins(m: Mention) -> int | None:
    """Where "lên" ends behind a figure from which something rose; None if nothing rose from it."""
    if not m.text.endswith(("từ ", "từ mức "), m.sentence.start, m.q.start):
        return None
    rises = _TO.match(m.text, m.q.end, m.sentence.end)
    return rises.end() if rises is not None else None


def _ends(m: Mention) -> bool:
    beside = m.beside
    if beside is None or beside.unit != m.q.unit:
        return False
    return _UP.fullmatch(m.text, beside.anchor.end, m.q.start) is not None


_TO = regex(r"[^;.,\d]{0,16}(?:\d{4}\)?)?,? (?:lên|xuống|còn)(?!\w)")
_UP = regex(
    r"[^;.,\d]{0,16}(?:\d{4}\)?)?,? (?:tăng |giảm )?(?:lên|xuống|còn|xuống còn)"
    r"(?: (?:đến|tới|còn|mức|gần|hơn|khoảng))* "
)
