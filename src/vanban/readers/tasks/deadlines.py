"""When a task is due: a day or a period, from the words of its clause or of its list."""

import re

from vanban.scan import Scan
from vanban.values.times import Time, iso

__all__ = ["clause_deadline", "lead_deadline"]

_BY = re.compile(
    r"(?:trước|trong|chậm +nhất(?: +(?:là|trong|vào|trước|đến))?|đến +hết|hết|xong|muộn +nhất(?: +(?:là|vào))?|hạn|thời +hạn|đến|vào|ngay +trong|kể +từ|cuối|đầu)"
    r"(?: +(?:cuối|đầu|hết|ngày|tháng|nửa +đầu|nửa +cuối))* *\(?$",
    re.I,
)
_PERIODS = ("date", "month", "quarter", "half", "year", "months")


def clause_deadline(scan: Scan, start: int, end: int) -> Time | None:
    """The time by which the clause `[start, end)` says it is to be done."""
    best = None
    for time in scan.times_between(start, end):
        if time.kind not in _PERIODS:
            continue
        before = scan.text[max(start, time.start - 26) : time.start]
        if time.kind == "date" and re.search(r"[A-ZĐ]{2}[\w/-]*[,\s(]*(?:ngày\s*)?$", before):
            continue
        if _BY.search(before) or (time.kind == "date" and "trước" in before):
            if re.search(r"(?:kế +hoạch|mục +tiêu|giai +đoạn|tầm +nhìn|kết +quả)[^,;]*$", before):
                continue
            best = time
        elif (
            time.kind in ("half", "quarter")
            and re.search(r"(?: |^)$", before)
            and scan.text[time.end : end].strip(" .…") == ""
        ):
            best = time
    return best


def lead_deadline(scan: Scan, start: int, end: int) -> Time | None:
    """The period that a lead-in `[start, end)` sets for all that follows it."""
    found = [
        t
        for t in scan.times_between(start, end)
        if t.kind in ("year", "half", "quarter", "month", "months") and not _is_past(scan, t)
    ]
    return found[-1] if found else None


def _is_past(scan: Scan, time: Time) -> bool:
    before = scan.text[max(0, time.start - 40) : time.start]
    if re.search(r"(?:kết +quả|tổng +kết|so +với|giai +đoạn|đã|đến|tầm +nhìn)[^,;.]*$", before):
        return True
    return (
        scan.year is not None
        and time.year is not None
        and not time.inferred
        and time.year < scan.year
    )


def deadline_text(time: Time | None) -> str | None:
    """The deadline in the schema's notation."""
    return iso(time) if time is not None else None
