"""The times a comparison is made with: "so với năm 2023", "cùng kỳ"."""

import re

from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import Time

__all__ = ["base_before", "base_year", "is_base"]


def base_year(scan: Scan, start: int, end: int) -> str | None:
    """The year a comparison is made with, if the words after it name one."""
    for time in scan.times_between(start, end):
        if time.year is not None and time.kind in ("year", "same_period"):
            return str(time.year)
        if time.kind == "same_period" and time.year is None:
            return None
    return None


def base_before(scan: Scan, sentence: Sentence, q: Quantity) -> str | None:
    times = scan.times_between(max(sentence.start, q.start - 40), q.start)
    return str(times[-1].year) if times and times[-1].year is not None else None


def is_base(scan: Scan, time: Time) -> bool:
    if time.kind == "same_period":
        return True
    before = scan.text[max(0, time.start - 26) : time.start]
    return re.search(r"(?:so +với|gấp|so) +(?:[\w,]+ +){0,3}$", before) is not None
