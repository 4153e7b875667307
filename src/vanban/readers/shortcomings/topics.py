"""Of whom a sentence tells, by what it and those before it name: the world, a rival."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.subjects import BEFALLS
from vanban.scan import Scan

__all__ = ["HOME", "WORLDWIDE", "is_of_others"]

HOME = regex(
    r"(?<!\w)(?:việt nam|việt|nước ta|chúng ta|của ta|ta|doanh nghiệp|dn|tỉnh|ngành|xuất khẩu|xk"
    r"|đơn hàng|nông sản|th(?:ủy|uỷ) sản|nông dân|người dân|địa phương|đất nước|cả nước|trong nước"
    r"|xuất nhập khẩu)(?!\w)"
)
WORLDWIDE = rare(r"(?<!nhất )(?<!\w)(?:thế giới|toàn cầu)(?!\w)")
"""Of the world and of nobody of ours, a clause tells no weakness of ours."""


def is_of_others(scan: Scan, at: int, rule: str) -> bool:
    """Whether a weakness told in a sentence is the world's, or a rival's of whom the text tells.

    Args:
        scan: the document.
        at: which of its sentences tells it.
        rule: by which rule it is read.
    """
    lower = scan.words.lower
    here = scan.sentences[at]
    if rule not in _OF_SOMEBODY:
        return False
    if (
        WORLDWIDE.search(lower, here.start, here.end) is not None
        and HOME.search(lower, here.start, here.end) is None
    ):
        return True
    for sentence in reversed(scan.sentences[max(0, at - _BACK) : at + 1]):
        if _OURS.search(lower, sentence.start, sentence.end) is not None:
            return False
        if any(
            p.type == "country"
            and not lower.endswith(_WHERETO, sentence.start, p.start)
            and _SELLS.match(lower, p.end, sentence.end) is not None
            for p in scan.partners_between(sentence.start, sentence.end)
        ):
            return True
    return False


_OF_SOMEBODY = BEFALLS - {"trade_measure", "cannot"} | {
    "still",
    "degree",
    "holds_back",
    "makes",
    "plight",
}
"""Rules by which a state of somebody is read, not what is done to us."""
_BACK = 2
"""Sentences before one in which it is told of whom it tells."""
_SELLS = regex(
    r" (?:(?:năm nay|năm|hiện|đã|đang|sẽ|cũng|dự kiến|có thể|đặt mục tiêu|là nước|tiếp tục) )*"
    r"(?:xuất khẩu|xuất|sản xuất|trồng)(?!\w)(?! (?:sang|vào|tới) việt)"
)
_WHERETO = (
    *("sang ", "vào ", "tại ", "ở ", "từ ", "của ", "với ", "đến ", "tới ", "cho ", "như "),
    "thị trường ",
)
"""Before a state, that it is where something goes or comes from."""
_OURS = rare(
    r"(?<!từ )(?<!như )(?<!với )(?<!và )(?<!sau )(?<!, )"
    r"(?<!\w)(?:việt nam|nước ta|chúng ta|của ta|trong nước|nông dân|doanh nghiệp việt)(?!\w)"
)
