"""What some days, a month or a year up to a day have brought, as only results are told."""

from vanban.readers.figures.periods.claim import Claim, Period
from vanban.readers.figures.periods.so_far import during_a_day, on_a_day, up_to_a_day, within_days

__all__ = ["during_the_day", "on_that_day", "some_days", "up_to_the_day"]


def some_days(claim: Claim) -> Period | None:
    """The month of some days of it: "từ ngày 1 đến hết 15-12 chỉ đạt 121 triệu USD"."""
    days = within_days(claim.m)
    return Period(days, False, "said") if days is not None else None


def during_the_day(claim: Claim) -> Period | None:
    """The month of a day: "trong ngày 23/1/2024 là 1.238 xe"; what follows is of it too."""
    m, frame = claim.m, claim.frame
    month = during_a_day(m)
    if month is None:
        return None
    frame.running, frame.set_in = month, m.sentence.block
    return Period(month, False, "said")


def up_to_the_day(claim: Claim) -> Period | None:
    """The year up to a day: "Tính đến 30/6, ... giải ngân 2.618 tỷ"; what follows is of it too."""
    up_to = up_to_a_day(claim.m)
    if up_to is None:
        return None
    claim.frame.running = up_to
    return Period(up_to, False, "said")


def on_that_day(claim: Claim) -> Period | None:
    """The month of the day at the head of its sentence, on which something was done."""
    month = on_a_day(claim.m) if claim.role == "actual" else None
    return Period(month, True, "frame") if month is not None else None
