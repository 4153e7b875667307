"""Percentages that are themselves what is told: "tỷ lệ tận dụng ưu đãi đạt 58%"."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["is_rate"]


def is_rate(m: Mention) -> bool:
    """Whether a percentage is itself a rate, or goes on with one of its sentence."""
    if _RATE.search(m.before(120)):
        return True
    goes_on = m.previous is not None and m.previous.unit == "percent"
    if not goes_on or m.previous is None or m.previous.measure != "other":
        return False
    span = m.sentence.start, m.previous.anchor.start
    named = m.text.find("lệ ", *span) >= 0 or m.text.find("trọng ", *span) >= 0
    return named and _RATE_BEFORE.search(m.text, *span) is not None


_PART_OF = r"trọng (?=[^;.\d]{3,90}trong (?:GRDP|GDP|giá trị sản xuất|tổng sản phẩm))"
_RATE_BEFORE = regex(rf"(?<!\w)[Tt][ỷỉ] (?:lệ (?!tăng)|{_PART_OF})")
_RATE = rare(
    rf"(?<!\w)[Tt][ỷỉ] (?:lệ (?!tăng)|{_PART_OF})"
    r"(?:[^,;.:\d]|(?<=\w), (?=\w)){3,100}?(?: (?:đến|vào) năm \d{4})?[^,;.:\d]*$"
)
