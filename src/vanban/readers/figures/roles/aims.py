"""Figures inside a task are aimed at, not reached."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from vanban.patterns import regex
from vanban.readers.figures.roles.plain import ONE_THAT_HAS
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
_GIVEN = regex(r" mà [^,;.]{2,40} (?:yêu cầu|đưa ra|nêu|khuyến nghị)$")
"""At the end of what is counted, that somebody else gave so many: "9 việc mà EU yêu cầu"."""
_AGREED = regex(
    r"(?<!\w)(?:đã|vừa) (?:được )?(?:ký|ký kết|th(?:ỏa|oả) thuận vay|vay)(?!\w)[^;.]{0,80}$"
)
"""Before an amount in a task, the paper it is of: "hai bên đã ký Hiệp định vay 90 triệu USD"."""
_WHO_MUST = regex(
    r"(?:[^,;.:]|\.(?=\d)){1,80}? đều (?:cần|phải)(?!\w)|[^;:,]{1,60} và \d[\d.,]* ?%[^,;.:]{1,60}"
    r" đều (?:cần|phải)(?!\w)"
)
"""From a figure on, that it is of those who have to do something, not of what they do."""
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
    start = figure.anchor.start
    at = bisect_right(starts, start) - 1
    if at < 0 or start >= spans[at][1] or _is_in_brackets(text, spans[at][0], start):
        return False
    if _SIGNED.search(figure.anchor.quote) or _GIVEN.search(figure.anchor.quote):
        return False
    low = max(0, start - _REACH)
    if _IS_SO.search(text, low, start) or ONE_THAT_HAS.search(text, low, start):
        return False
    if figure.unit in ("USD", "VND") and _AGREED.search(text, max(0, start - 2 * _REACH), start):
        return False
    return _WHO_MUST.match(text, start) is None


def _is_in_brackets(text: str, low: int, at: int) -> bool:
    """Whether `at` stands in brackets that opened behind `low`, or right before it."""
    opened = text.rfind("(", max(0, low - 1), at)
    return opened >= 0 and text.find(")", opened, at) < 0
