"""Figures inside a task are aimed at, not reached."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from vanban.patterns import regex
from vanban.records import Figure, Record, Task

__all__ = ["aim_at"]


def aim_at(text: str, records: Sequence[Record], tasks: Sequence[Task]) -> list[Record]:
    """The records, the plain figures inside a task as targets.

    "Rà soát 36 thương nhân" says what is to be done; "(khoảng 5,3 triệu người)" in brackets, a
    stock and a comparison stay what they are.
    """
    spans = sorted((t.anchor.start, t.anchor.end) for t in tasks)
    starts = [start for start, _ in spans]
    return [
        replace(record, role="plan" if _is_pledged(text, record) else "target")
        if isinstance(record, Figure) and _is_aimed(text, record, spans, starts)
        else record
        for record in records
    ]


_REACH = 60
_IS_SO = regex(
    r"(?:hợp tác với|quan hệ với|chỉ được|chỉ đạt|chỉ có|hiện có|hiện còn|mới có|đã có|đã đạt"
    r"|đối ứng|phải (?:bỏ ra|bỏ|chi|chi trả|trả|nộp|đóng|chịu|gánh|mất|bù|vay|nhập khẩu|nhập)"
    r"(?: (?:thêm|tới|đến|mức|thuế|phí))*) +$"
)
"""Right before a number inside a task, that it tells what there is."""
_SIGNED = regex(r"\s(?:đã|vừa)\s+(?:được\s+)?(?:ký|có\s+hiệu\s+lực|thực\s+thi)(?!\w)")
"""Behind what is counted in a task, that it is there: "17 hiệp định đã ký kết"."""
_PLEDGED = regex(r"cam kết[^,;.]*$")


def _is_pledged(text: str, figure: Figure) -> bool:
    """Whether a number is what somebody promised to give, which is planned and no aim."""
    start = figure.anchor.start
    return figure.unit != "percent" and (
        _PLEDGED.search(text, max(0, start - _REACH), start) is not None
    )


_STOCKS = ("diaspora", "endpoints")


def _is_aimed(
    text: str, figure: Figure, spans: list[tuple[int, int]], starts: list[int]
) -> bool:  # fmt: skip
    if figure.role != "actual" or figure.compares is not None or figure.measure in _STOCKS:
        return False
    if text[figure.anchor.start - 1 : figure.anchor.start] == "(":
        return False
    if _SIGNED.search(figure.anchor.quote):
        return False
    if _IS_SO.search(text, max(0, figure.anchor.start - _REACH), figure.anchor.start):
        return False
    at = bisect_right(starts, figure.anchor.start) - 1
    return at >= 0 and figure.anchor.start < spans[at][1]
