"""When a price was asked, and over which years a mean was taken."""

from vanban.patterns import regex
from vanban.readers.figures.frames import month_of
from vanban.readers.figures.measures.prices import is_price, price_day
from vanban.readers.figures.periods.averages import is_average
from vanban.readers.figures.periods.claim import Claim, Period

__all__ = ["mean_of_years", "price_of_a_day", "price_of_that_day"]


def price_of_a_day(claim: Claim) -> Period | None:
    """The month of the day of which a sentence tells a price: "giá gạo ngày 12/9 giảm 15 USD"."""
    day = price_day(claim.m)
    month = month_of(day) if day is not None else None
    if day is None or month is None:
        return None
    claim.frame.priced = month
    return Period(month, day.inferred, "sentence")


def price_of_that_day(claim: Claim) -> Period | None:
    """The month of the day whose prices the text told last."""
    priced = claim.frame.priced
    return Period(priced, True, "heading") if priced is not None and is_price(claim.m) else None


def mean_of_years(claim: Claim) -> Period | None:
    """The years of the mean before; else none: a mean over years is of no period of its own."""
    before = claim.m.previous
    if not is_average(claim.m):
        return None
    if before is not None and _SPAN.fullmatch(before.period or ""):
        return Period(before.period, before.period_inferred, "previous")
    return Period(None, False, "mean")


_SPAN = regex(r"\d{4}/\d{4}")
