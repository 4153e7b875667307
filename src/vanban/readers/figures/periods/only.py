"""The one period a text reports on, for the figures it tells before it names it."""

from vanban.patterns import regex
from vanban.readers.figures.mention import said
from vanban.readers.figures.roles.bases import is_base
from vanban.scan import Scan
from vanban.values.times import PERIODS, iso

__all__ = ["only_period"]


def only_period(scan: Scan) -> str | None:
    """The period of all a text tells, if it names but one, and that of the year it is from.

    "Có 954 lượt dự án ... Cũng trong 10 tháng năm 2018": what stands first is of the ten months.
    """
    found: set[str | None] = set()
    for time in scan.times:
        if time.kind == "range":
            return None
        if time.kind not in PERIODS or is_base(scan, time):
            continue
        if time.year is not None and scan.year is not None and time.year < scan.year:
            return None
        begins = scan.text.rfind("\n", 0, time.start) + 1
        if scan.words.has(said("orders"), begins, time.start) or _AHEAD.search(
            scan.text, max(begins, time.start - _REACH), time.start
        ):
            continue
        found.add(iso(time))
    return found.pop() if len(found) == 1 else None


_REACH = 24
_AHEAD = regex(
    r"(?:[Đđ]ến|[Vv]ào|[Tt]rước|[Tt]ừ|[Kk]ể từ|kế hoạch|mục tiêu|dự toán|chỉ tiêu|dự kiến)"
    r"(?: cả| cuối| đầu| hết)* $"
)
