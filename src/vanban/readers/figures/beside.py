"""A figure and the growth right before it: "Ba Lan tăng 41,2%, đạt 4,85 triệu USD"."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["reaches"]


def reaches(m: Mention) -> bool:
    """Whether an amount is what the growth right before it came to."""
    beside = m.beside
    if beside is None or m.is_relative or beside.unit != "percent":
        return False
    if beside.compares is None or beside.compares.kind not in ("yoy", "vs_period"):
        return False
    return _CAME_TO.fullmatch(m.text, beside.anchor.end, m.q.start) is not None


_CAME_TO = regex(
    r"(?![^,;.()]*(?:khẩu|kim ngạch|vốn|tổng|lượng|doanh thu|siêu|giá|số|mức thu)(?!\w))"
    r"[^,;.()\d]{0,40}(?:,| và| \(|) (?:ước )?(?:đạt|lên|còn|xuống|ở mức|tương đương)"
    r"(?: (?:mức|tới|đến|gần|hơn|khoảng|trên|còn|ước))* *"
)
