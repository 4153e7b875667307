"""What a cue stands in is a figure of a statistic, which is not told as too little or too much."""

from vanban.patterns import regex
from vanban.readers.shortcomings.doubts.told import Told

__all__ = ["COUNTS"]


def _fell_by(told: Told) -> bool:
    """Whether it only tells by how much: "xuất khẩu cà phê giảm 14%"."""
    return told.rule == "below" and _FELL_BY.search(told.lower, told.cue, told.end) is not None


_FELL_BY = regex(r"(?:giảm|sụt)(?! (?:mạnh|sâu|tới|nghiêm|thê))[^;,.]{0,34}\d")


def _counted_left(told: Told) -> bool:
    """Whether it is a count of a day: "lượng xe tồn đến 20h là 549 xe"."""
    return (
        told.rule == "queue" and _COUNTED_LEFT.search(told.lower, told.start, told.end) is not None
    )


_COUNTED_LEFT = regex(r"(?:số phương tiện|lượng xe|số xe)[^;,.]{0,50} tồn [^;,.]{0,50}là \d")


def _only_so_much(told: Told) -> bool:
    """Whether "chỉ chiếm 7%" tells only how much it is, not that it is too little."""
    if told.rule != "only":
        return False
    if told.before(_NOT_ONLY):
        return True
    if not told.words.lower().startswith("chỉ"):
        return False
    measured = _MEASURED_BY.search(told.lower, told.cue, told.end) is not None
    return not (told.before(_A_RATE) or measured)


_NOT_ONLY = regex(
    r"không (?:(?:phải|chỉ|riêng)[^,;.]{0,40})?$|\W*trước (?:đây|kia|đó)(?!\w)[^;.]*$"
)
_A_RATE = regex(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|thị phần|tỷ trọng|năng suất|công suất|năng lực|nhu cầu|giải ngân"
    r"|nội địa hóa|tận dụng|nhân lực|tuy nhiên|nhưng|song|vẫn|mới|cũng|tuy|dù|đáng tiếc"
    r"|trong khi)(?!\w)"
)
"""Before what there only is, what it is a part of, or that more was hoped for."""
_MEASURED_BY = regex(
    r"(?<!\w)(?:so với(?! (?:cùng|năm|tháng|quý))|trong khi|nhỏ|thấp|khiêm tốn|nhu cầu|tiềm năng"
    r"|yêu cầu|nên|dưới|chưa"
    r"|một nửa|một phần)(?!\w)"
)
"""Behind it, what shows that it is too little."""


def _counted_with_new_ones(told: Told) -> bool:
    return (
        told.rule == "closed"
        and "thành lập mới" in told.lower[max(0, told.start - _COUNTED) : told.end]
    )


_COUNTED = 400
"""Code points before firms that close in which new ones are counted with them: a statistic."""


COUNTS = (_fell_by, _counted_left, _only_so_much, _counted_with_new_ones)
