"""Parts of a whole written as a small pair: "2/3 dân số", "bằng 1/4 của Campuchia"."""

from decimal import Decimal

from vanban.patterns import regex

__all__ = ["is_part", "part"]

_SMALLEST_PARTS = 10
_SMALLEST_ONES = 100
_PART_OF = regex(
    r" +(?:là|thuộc|đến từ|tổng|số|dân số|diện tích|sản lượng|kim ngạch|giá trị|doanh thu|lượng"
    r"|quy mô|thị phần|trữ lượng|GDP|vốn|nguồn vốn|nhu cầu|khối lượng|thời gian|chi phí|thu nhập"
    r"|lãnh thổ|nền kinh tế|thương mại|xuất khẩu|nhập khẩu|thế giới|toàn cầu|hàng h(?:óa|oá)"
    r"|công suất|năng lực|lực lượng|thị trường|nguồn cung|tiêu thụ|chặng đường)(?!\w)"
)
"""Behind a small pair, that it is a part of a whole: "2/3 dân số"."""
_AS_MUCH = regex(r"(?:bằng|tương đương|chiếm)(?: (?:khoảng|gần|hơn|tới|chưa đến|chưa tới))? $")
_GOES_ON = regex(r"1/\d+ của [^;.\d]{2,40}?(?:,| và|,? còn)(?: bằng)? $")
"""Before a pair, that one is measured by another: "bằng 1/4 của A, 1/11 của B"."""
_OF = regex(r" (?:của|so với|mức|quy mô|cả)(?!\w)")
_REACH = 60


def is_part(text: str, a: int, b: int, one: Decimal, of: Decimal) -> bool:
    """Whether a pair `text[a:b]` says what part of another thing something is.

    Args:
        one, of: its numbers.
    """
    if one < of <= _SMALLEST_PARTS and _PART_OF.match(text, b):
        return True
    if one != 1 or not one < of <= _SMALLEST_ONES or not _OF.match(text, b):
        return False
    low = max(0, a - _REACH)
    return _AS_MUCH.search(text, low, a) is not None or _GOES_ON.search(text, low, a) is not None


def part(one: Decimal, of: Decimal) -> Decimal:
    """A part of a whole, to four digits: 2/3 is 0.6667."""
    return (one / of).quantize(Decimal("0.0001")).normalize()
