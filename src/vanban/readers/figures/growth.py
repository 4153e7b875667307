"""Growth: what qualifies the amount beside it, and what is itself told."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.records import Compares

__all__ = ["grows_by_itself", "is_of_amount"]


def grows_by_itself(m: Mention, compares: Compares | None) -> bool:
    """Whether a growth that is to come qualifies no figure but is told for itself.

    "CPI dự kiến tăng 3,1%"; of several in a row each is: "gạo sẽ tăng 16%; dệt may tăng 9%". What
    has grown is a comparison even so (decision 37).
    """
    if m.q.unit != "percent" or compares is None or compares.kind not in _OF_GROWTH:
        return False
    if _REACHES.match(m.text, m.q.end, m.stop) or _NO_GROWTH.search(m.before(_NO_GROWTH_REACH)):
        return False
    previous = m.previous
    grew = previous is not None and (previous.role == "actual" or previous.unit == "percent")
    if grew and _TO_GROW.search(m.before(_TO_COME)):
        # "là 19,7%, dự kiến sẽ tăng 17,5%"
        return True
    if previous is None:
        return m.earlier is None or _OPENS_WITH.match(m.text, m.sentence.start) is None
    of_growth = previous.compares is not None and previous.compares.kind in _OF_GROWTH
    return previous.unit == "percent" and previous.role != "comparison" and of_growth


_TO_GROW = regex(
    r"(?<!\w)(?:dự kiến|dự báo|có thể|có khả năng|kỳ vọng)(?: [^\W\d]+){0,8}"
    r" (?:tăng|giảm)[^;.,\d]{0,12}$"
)
_TO_COME = 70
_OF_GROWTH = ("yoy", "vs_period")
_OPENS_WITH = regex(
    r"(?:[*+–-] *)?(?:(?:Con số|Kim ngạch|Mức|Kết quả|Số) (?:này|đó|trên)"
    r"|(?:[Ss]o với|[Tt]ăng|[Gg]iảm|Như vậy)(?!\w))"
)
"""At the head of a sentence, that it goes on about the figure of the one before."""
_REACHES = regex(
    r", từ (?:mức |khoảng |gần |hơn )*(?:\d|$)"
    r"|(?:[^;.]{0,40}[,(] ?|[^;.,()\d]{0,40} )(?:ước )?(?:đạt|lên|còn|xuống|ở mức)(?!\w)(?! đỉnh)"
)
"""Behind a growth, the figure it is of: "tăng 30%, đạt 410 nghìn lượt"."""
_NO_GROWTH = regex(
    r"(?:[(]|(?<!\w)(?:bằng|phục hồi(?: được)?)(?: khoảng| gần| hơn)?|với mức (?:tăng|giảm)) *$"
)
_NO_GROWTH_REACH = 24


def is_of_amount(m: Mention) -> bool:
    """Whether growth is that of the amount right before it: "đạt 1,16 tỷ USD, tăng trưởng 53%"."""
    if m.previous is None or m.previous.unit in ("percent", "rank", "ratio"):
        return False
    return _OF_IT.fullmatch(m.text, m.left, m.q.start) is not None


_OF_IT = regex(
    r"(?:,| \(|,? và|,? nhưng)? ?(?:với |đạt |có )?(?:(?:mức|tốc độ|tỷ lệ|đà) )?tăng trưởng"
    r"(?: (?:là|đạt|chỉ|có|khoảng|gần|hơn|trên|tới|ở mức))* *"
)
