"""Means over several years, which are of no period of their own."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["is_average"]

_AVERAGE_REACH = 60


def is_average(m: Mention) -> bool:
    """Whether the figure is a mean over years: "bình quân", "/năm"."""
    start, end = max(m.sentence.start, m.q.start - _AVERAGE_REACH), m.q.end + 12
    words = m.text[start:end].lower()
    if _SOME_YEARS.match(m.text, m.sentence.start):
        return True
    if _OF_EACH.search(m.text, start, m.q.start):
        # A mean price or wage is of its time.
        return False
    return (
        (m.says("average", start, end) and "cây hàng năm" not in words)
        or "/năm" in words
        or (" năm " in words and _OVER_YEARS.search(words) is not None)
    )


_SOME_YEARS = regex(
    r"(?:Trong (?:vòng )?(?:hai|ba|bốn|năm|sáu|mười|\d+) năm"
    r"(?: qua| gần đây| trở lại đây)?(?:,| \w)"
    r"|(?:Hai|Ba|Bốn|Năm|Sáu|Mười|\d+) năm (?:qua|gần đây|trở lại đây),)"
)
_OF_EACH = rare(
    r"(?:GR?DP|[Gg]iá|[Ss]uất|[Tt]hu nhập|[Ll]ương|chi tiêu|[Qq]uy mô)[^,;.]{0,24} bình quân"
)
_OVER_YEARS = regex(r"\d+ năm (?:qua|gần đây|trở lại đây)")
