"""The year of a document, and with it the years its dates leave out.

"Chiều 3/7" and "6 tháng đầu năm" carry no year; the document does: in its own date line, in the
period its title names, in the years its sentences speak of. Without such evidence a year stays
unknown; no clock is asked.
"""

import re
from collections import Counter

from vanban.document import Document
from vanban.values.times import Time

__all__ = ["document_year", "settle_years"]

_HORIZON = re.compile(r"(?:đến|tới|tầm nhìn|vào|trước|hết|mốc|từ)[\s\u00a0]+$")
_LOOKING_BACK = re.compile(r"(?:tổng kết|kết quả|thành tựu|nhìn lại|đánh giá)[^.;\n]{0,80}$", re.I)
_LOOKING_AHEAD = re.compile(
    r"(?:trọng tâm|nhiệm vụ|phương hướng|kế hoạch|mục tiêu|định hướng|triển khai|giải pháp)[^.;\n]{0,60}$",
    re.I,
)
_NUMBERED = re.compile(r"[A-ZĐ]{2}[\w-]*(?:[\s\u00a0]*,)?[\s\u00a0]+(?:ngày[\s\u00a0]+)?$")
_DATE_LINE = re.compile(r"(?:Hà Nội|[^\W\d_]+[ \u00a0][^\W\d_]+),?[ \u00a0]+$")


def settle_years(times: tuple[Time, ...], year: int | None) -> tuple[Time, ...]:
    """Fill in the years the times leave out from the document's, marked inferred."""
    if year is None:
        return times
    return tuple(
        t.with_year(year + (t.relative or 0))
        if t.year is None and t.kind != "same_period"
        else t.with_year(year + t.relative)
        if t.year is None and t.relative is not None
        else t
        for t in times
    )


def document_year(document: Document, times: tuple[Time, ...]) -> int | None:
    """The year in which the document's events take place, as far as its text fixes it.

    Args:
        document: the document.
        times: its time expressions, years as written.
    Returns:
        The year; None if nothing in the text speaks for one.
    """
    text = document.text
    first = next((t for t in times if t.year is None and t.kind in ("date", "month")), None)
    published = _published(document, times)
    if published is not None:
        year, month = published
        if first is not None and (first.month or 0) > month + 1:
            return year - 1
        return year
    month = (first.month if first is not None else None) or 0
    votes: Counter[int] = Counter()
    for t in times:
        if t.year is None or t.inferred or t.kind in ("range", "same_period"):
            continue
        before = text[max(0, t.start - 100) : t.start]
        weight = 2 if t.start < 1500 else 1
        if t.kind in ("half", "quarter", "months"):
            votes[t.year] += 3 * weight
        elif t.kind == "year":
            if _HORIZON.search(before):
                continue
            if _LOOKING_BACK.search(before):
                votes[t.year + (1 if 0 < month <= 2 else 0)] += 2 * weight
            elif _LOOKING_AHEAD.search(before):
                votes[t.year - (1 if month >= 11 else 0)] += 2 * weight
            else:
                votes[t.year] += weight
        elif not _NUMBERED.search(before):
            votes[t.year] += weight
    if not votes:
        return None
    best = max(votes.values())
    return max(year for year, n in votes.items() if n == best)


def _published(document: Document, times: tuple[Time, ...]) -> tuple[int, int] | None:
    """Year and month of the document's own date: its metadata, or a date line of its own."""
    published = getattr(document, "published", None)
    if published:
        return int(published[:4]), int(published[5:7] or 1)
    full = [t for t in times if t.kind == "date" and t.year is not None]
    for block in document.blocks:
        if block.end - block.start > 90:
            continue
        for t in full:
            if block.start <= t.start < block.end and t.month is not None and t.year is not None:
                line = document.text[block.start : t.start]
                alone = len(line) < 40 and not re.search(r"[-/][A-ZĐ]{2}", line)
                if block.kind == "furniture" or alone:
                    return t.year, t.month
    return None
