"""A clause whose relation is judged, and the marks that stand for names in it."""

from typing import NamedTuple

from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER

__all__ = ["BEHIND_A_FRAME", "NAME", "NAMES", "OTHER", "US", "Clause", "outranks"]

_RANK = (
    *("negotiating", "ratification", "barrier", "upgraded", "visited"),
    *("in_force", "target_market", "mentioned"),
)
"""The relations, the one that counts most first."""


def outranks(said: str, known: str) -> bool:
    """Whether a relation counts more than what is known of a partner."""
    return _RANK.index(said) < _RANK.index(known)


NAME = "\x00"
"""Stands for the partner's own name."""
OTHER = "\x01"
"""Stands for each letter of another partner's name there."""
BEHIND_A_FRAME = 200
"""Code points behind a name that a clause is all about, and behind a wish for closer relations."""
_SMALL = (
    "các|nước|và|với|tới|tại|sang|đến|như|cả|hai|ba|của|quốc gia|thành viên|châu|khối|giữa|ở|hòa"
    "|hoà|quốc|bang|tướng|tịch|trưởng|thống|phủ|hội|thư|vương|nghị|viện|kiến|dân|chủ|nhân|ký|ngày|từ"
    "|trước hết là|là|mới|bốn|năm|sáu|bảy|mười|đối tác|khu vực|láng giềng|lần lượt"
    "|hay|hoặc|nhất là|đặc biệt là|gồm|tháng|quý|tỷ|tỉ|triệu"
    "|biên giới|giáp biên|tỉnh|thành phố|vùng"
    "|minh|thuế quan|quan|miền"
    "|thị trường|những|nhiều|lớn|khó tính|trọng điểm|truyền thống|chủ lực|nền kinh tế|trong đó có"
    "|nghìn|xấp xỉ|lượt|người|ước|một số|chiếm|khoảng|hơn|gần|trên|chủ yếu|chính"
)
NAMES = rf"(?:[\s,()/–…\x01-]|(?<!\w)(?:[{UPPER}][\w’'.-]*+|\d[\d/.,-]*+%?|(?:{_SMALL})(?!\w)))*"
"""Names, and the small words that join them or belong to them, up to the partner's own.

A word and a number are taken whole: "A-B-C" or "1,1,1" in parts as well would take ages to refuse.
"""
US = rare(r"Việt Nam|(?<!\w)(?:nước )?ta(?!\w)|[Hh]ai (?:bên|nước)|song phương")
"""Words that a sentence has us in."""


class Clause(NamedTuple):
    """What stands around a mention whose relation is judged, all names behind marks.

    Args:
        mention: the partner's name.
        text: the sentence, the mention at `text[start:end]`.
        before: the clause up to the mention.
        whole: the whole of it, the mention a mark.
    """

    mention: PartnerMention
    text: str
    start: int
    end: int
    before: str
    whole: str
