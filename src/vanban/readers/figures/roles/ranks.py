"""Whether a rank stands for itself, or only says how high another figure is."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["qualifies_another"]

_REACH = 48
_PLACE = (
    r"(?:đứng|xếp|giữ|chiếm|thuộc|nằm)(?: \w+){0,3}|vị trí|(?:(?:đưa|giúp)[^,;.]{3,40} )?"
    r"(?:vào|trong|thuộc) (?:nhóm|top|tốp)"
)
_GOES_ON = regex(
    rf"(?:[,)] (?:và )?| và | \()(?:hiện |đang |vẫn |qua đó |từ đó |đồng thời )*(?:{_PLACE})? *$"
)
"""Right before a rank without an owner of its own: "đạt 2 tỷ USD, đứng thứ ba"."""
_OWN_KIND = regex(
    r"(?:(?<!\w)(?:lớn|nhiều|cao)|là (?:một )?(?:quốc gia|nước|thị trường|đối tác|nhà|nguồn"
    r"|bạn hàng|địa phương)[^,;.]*) (?:đứng |xếp )?(?:ở )?(?:vị trí )?$"
)
"""Right before a rank that says what somebody is: "là đối tác thương mại lớn thứ tư"."""
_WITH = regex(
    r"(?:/\d+)?(?: (?:trong|trên)(?: tổng)?(?: số)? \d+)?"
    r"(?: (?:quốc gia|nước|tỉnh|thị trường|đối tác)[^,;.]{0,60})?,? với (?!\w+ là )[^,;.\d]{0,40}\d"
)
"""Behind a rank, the figure it is of: "đứng thứ hai với 4,7 tỷ USD"."""


def qualifies_another(m: Mention) -> bool:
    """Whether a rank only says how high another figure of its sentence is.

    "Xuất khẩu đạt 2 tỷ USD, đứng thứ ba" and "Bắc Ninh đứng thứ hai với 4,7 tỷ USD" rank a
    figure; "là đối tác lớn thứ tư" and "xếp thứ 19 về Internet" say something of their own.
    """
    text, start = m.text, m.q.start
    low = max(m.sentence.start, start - _REACH)
    if _OWN_KIND.search(text, low, start) is not None:
        return False
    if (
        m.previous is not None
        and m.previous.unit != "rank"
        and _GOES_ON.search(text, max(low, m.left - 1), start) is not None
    ):
        return True
    return text[start : m.q.number_start + 4].lower().startswith(("đứng", "xếp")) and (
        _WITH.match(text, m.q.end) is not None
    )
