"""When what there is was counted, and what it is of."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import Claim, Period
from vanban.readers.figures.periods.so_far import FLOWS, is_of_the_year, year_up_to
from vanban.readers.figures.periods.stocks import counted_at, counted_in
from vanban.readers.figures.roles.bases import is_base
from vanban.values.times import PERIODS, Time, iso

__all__ = ["at_an_hour", "counted_again", "what_there_is"]


def what_there_is(claim: Claim) -> Period | None:
    """The month by which there was so much, or the part of a year that is summed up."""
    if claim.compares is None or claim.compares.kind != "cumulative":
        return _counted_by(claim) if claim.measure == "diaspora" else None
    return _year_so_far(claim) or _summed_up(claim) or _counted_by(claim)


def _year_so_far(claim: Claim) -> Period | None:
    """The year up to a day: what is sold is no stock, "lũy kế đến 15/5/2024, xuất khẩu đạt ..."."""
    if claim.measure not in FLOWS and not is_of_the_year(claim.m, claim.measure):
        return None
    so_far = year_up_to(claim.m)
    if so_far is None:
        return None
    claim.frame.running = so_far
    return Period(so_far, False, "sentence")


def _summed_up(claim: Claim) -> Period | None:
    over = _together_over(claim.m) if claim.measure in FLOWS else None
    return Period(iso(over), over.inferred, "said") if over is not None else None


def _together_over(m: Mention) -> Time | None:
    """The part of a year that "lũy kế" sums up: "lũy kế xuất khẩu tôm quý I đạt 690 triệu USD"."""
    summed = _SUMMED.search(m.text, m.left, m.q.start)
    times = m.scan.times_between(summed.end(), m.q.start) if summed is not None else ()
    return next((t for t in times if t.kind in PERIODS and not is_base(m.scan, t)), None)


_SUMMED = regex(r"[Ll](?:ũy|uỹ) kế")


def _counted_by(claim: Claim) -> Period:
    """The month by which its sentence or its block says there was so much; none if neither does.

    Labellers are not of one mind whether what there is has a period: no sure figure.
    """
    m, frame = claim.m, claim.frame
    by = counted_in(m)
    if by is None and not _BY_NOW.search(m.text, m.sentence.start, m.q.start):
        by = frame.counted_in(m.sentence.block)
    if by is not None:
        frame.counted = by, m.sentence.block
        frame.counted_what = _what_is_counted(m)
    elif frame.counted_what is not None and frame.counted_what == _what_is_counted(m):
        # "tính đến 22/1, cả nước có 161 thương nhân. Theo đó, Cần Thơ có 34 thương nhân"
        by = frame.counted[0]
    return Period(by, False, "frame" if by else "mean")


_BY_NOW = regex(r"(?<!\w)(?<!hực )(?<!ần )(?:[Đđ]ến nay|[Hh]iện)(?!\w)")


def _what_is_counted(m: Mention) -> str | None:
    """The first two words of what a count is of; None of an amount or a share."""
    if m.q.unit != "count":
        return None
    noun = _COUNTED.match(m.text, m.q.number_end)
    return noun[0] if noun is not None else None


_COUNTED = regex(r" [^\W\d]+ [^\W\d]+")


def counted_again(claim: Claim) -> Period | None:
    """The month by which the same things were counted before, in a sentence without a time."""
    m, frame = claim.m, claim.frame
    if frame.counted_what is None or m.times_before or frame.counted_what != _what_is_counted(m):
        return None
    return Period(frame.counted[0], True, "frame")


def at_an_hour(claim: Claim) -> Period | None:
    """The month of the hour at which it was counted: "đến sáng 25/12/2021 là 5.759 xe"."""
    counted = counted_at(claim.m)
    return Period(counted, False, "said") if counted is not None else None
