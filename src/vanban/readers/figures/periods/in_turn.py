"""Periods in a row for figures in a row: "các năm 2022, 2023, 2024 lần lượt đạt 13, 14, 15"."""

from vanban.patterns import regex
from vanban.readers.figures.periods.claim import Claim, Period
from vanban.values.times import Time, iso

__all__ = ["in_turn"]

_IN_TURN = "lần lượt"
_ROW = regex(
    r"(?:các |hai |ba |bốn |2 |3 |4 )?(?P<kind>[Nn]ăm|[Tt]háng|[Qq]uý) (?P<items>[\dIV]+(?:/\d{4})?"
    r"(?:(?:, | và |, và |; | - )(?:năm |tháng |quý )?[\dIV]+(?:/\d{4})?)+)"
)
_ITEM = regex(r"(?P<number>\d{1,4}|I{1,3}|IV)(?:/(?P<year>\d{4}))?")
_REACH = 60
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_FIRST_YEAR = 1900


def in_turn(claim: Claim) -> Period | None:
    """The period in the place of a figure among figures told "lần lượt"; None if there is none."""
    m = claim.m
    at = m.text.rfind(_IN_TURN, m.sentence.start, m.q.start)
    if at < 0:
        return None
    rows = list(_ROW.finditer(m.text, m.sentence.start, at))
    if not rows or at - rows[-1].end() > _REACH:
        return None
    items = list(_ITEM.finditer(m.text, rows[-1].start("items"), rows[-1].end("items")))
    told = [q for q in m.scan.quantities[m.sentence.index] if at <= q.number_start]
    place = told.index(m.q)
    if len(told) < len(items) or place >= len(items):
        return None
    year = items[-1]["year"] or ""
    turn = _time(rows[-1]["kind"].lower(), items[place]["number"], year, m.scan.year)
    return Period(iso(turn), turn.kind != "year", "sentence") if turn is not None else None


def _time(kind: str, item: str, year: str, default: int | None) -> Time | None:
    number = _QUARTERS.get(item) or int(item)
    of = int(year) if year else default
    if kind == "năm":
        return Time(0, 0, "year", year=number) if number > _FIRST_YEAR else None
    if kind == "quý":
        return Time(0, 0, "quarter", year=of, number=number) if number in (1, 2, 3, 4) else None
    return Time(0, 0, "month", year=of, month=number) if 1 <= number <= 12 else None
