"""Cut a sentence into the clauses that can each be one task."""

import re

__all__ = ["split_clauses"]

_MARKS = re.compile(r"[()\[\];]")
_NEW_SPEECH = re.compile(
    r", +(?=(?:Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Chủ tịch|đồng chí|Tổng Bí thư)"
    r"[^,;.]{0,60}(?:cho biết|yêu cầu|đề nghị|nhấn mạnh|lưu ý|giao|chỉ đạo))"
)


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of `text[start:end]`: cut at ";" outside brackets, and where another speaks.

    Quotation marks do not protect a ";": a quoted order is a list of orders like any other.
    """
    cuts = []
    depth = 0
    for m in _MARKS.finditer(text, start, end):
        if m[0] in "([":
            depth += 1
        elif m[0] in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            cuts.append(m.span())
    cuts += [m.span() for m in _NEW_SPEECH.finditer(text, start, end)]
    cuts.sort()
    spans = []
    begin = start
    for a, b in [*cuts, (end, end)]:
        left, right = _trim(text, begin, a)
        if left < right:
            spans.append((left, right))
        begin = b
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in '“”"‘’,'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '“”"‘’,.…;:'):
        end -= 1
    return start, end
