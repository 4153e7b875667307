"""A figure and what stands right before it: its growth, or the weight that it is the worth of."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["is_worth_of_weight", "reaches"]


def reaches(m: Mention) -> bool:
    """Whether an amount is what the growth right before it came to."""
    beside = m.beside
    if beside is None or m.is_relative or beside.unit != "percent":
        return False
    if beside.compares is None or beside.compares.kind not in ("yoy", "vs_period"):
        return False
    if "/" not in m.q.unit and _PRICE_GREW.search(m.text, m.sentence.start, beside.anchor.start):
        # "giá tăng 0,3%, đạt 51.287 tấn": of what was sold.
        return False
    return _CAME_TO.fullmatch(m.text, beside.anchor.end, m.q.start) is not None


def is_worth_of_weight(m: Mention) -> bool:
    """Whether an amount is what the weight right before it is worth: "51 tấn, trị giá 2 ..."."""
    beside = m.beside
    if beside is None or m.q.unit not in ("USD", "VND") or not beside.unit.endswith("tấn"):
        return False
    return _WORTH.fullmatch(m.text, beside.anchor.end, m.q.start) is not None


_WORTH = regex(
    r"[^,;.()\d]{0,30}(?:,| và|) ?\(?(?:tương đương|trị giá|giá trị|kim ngạch|thu về|ứng với)"
    r"[^,;.()\d]{0,20}"
)
_CAME_TO = regex(
    r"(?![^,;.()]*(?:khẩu|kim ngạch|vốn|tổng|lượng|doanh thu|siêu|giá|số|mức thu)(?!\w))"
    r"[^,;.()\d]{0,40}(?:,| và| \(|) (?:ước )?(?:đạt|lên|còn|xuống|ở mức|tương đương)"
    r"(?: (?:mức|tới|đến|gần|hơn|khoảng|trên|còn|ước))* *"
)
_PRICE_GREW = rare(r"(?<!\w)giá (?:(?:bình quân|trung bình|xuất khẩu|nhập khẩu) )*$")
