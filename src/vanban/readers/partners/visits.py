"""Who is spoken of with the words of a visit, and is on none."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.partners.marks import US, Clause

__all__ = ["is_met_aside", "is_no_visit"]

_TOURISTS = regex(
    r"\d[\d.,]*(?: nghìn| triệu)?(?: lượt)? người $"
    r"|(?:khách|du khách|khách du lịch|khách quốc tế)(?: đến)?(?: từ)? $"
)
"""Right before a name, those of its people who come are tourists, and their coming is no visit."""
_CROWDS = regex(
    r"\d[\d.,]*(?: nghìn| triệu)?(?: lượt)? (?:người|khách|du khách)(?!\w)[^;.]{0,50}"
    r"(?:thăm|đến|sang|tới|bay)[^;.]{0,16}$"
)
"""Before a name, that so many people went there."""
_WORKERS = regex(
    r"(?:lao động|kiều bào|người Việt|thực tập sinh|sinh viên|công nhân|kỹ sư|từng)"
    r"[^;.]{0,60} (?:làm việc|công tác) (?:ở|tại)[^;]*$"
)
"""Before a name, who lives and works there is on no visit."""
_SIDELINES = rare(
    r"(?:[Bb]ên lề|[Nn]hân (?:dịp )?(?:cùng )?(?:dự|tham dự)"
    r"|[Nn]hân (?:dịp )?(?:các )?(?:[Hh]ội nghị|Kỳ họp|Diễn đàn|Đại hội đồng)"
    r"|[Tt]rong khuôn khổ (?:các )?(?:[Hh]ội nghị|[Dd]iễn đàn|Kỳ họp|Đại hội đồng))(?!\w)"
)
"""Who is met beside a conference elsewhere is on no visit, nor is where it is held."""
_FOREIGN_GUEST = regex(
    r"(?:Tổng thống|Thủ tướng|Chủ tịch|Quốc vương|Nhà vua|Ngoại trưởng|Bộ trưởng[^;.\x01]{0,30})"
    r" \x01++"
    r"[^;.\x01]{0,70} (?:thăm|công du)(?: chính thức| cấp nhà nước| làm việc| tới| đến| tại)* \x01"
)
"""In a sentence without us, that a foreigner visits another country."""
_HEADS = regex(
    r"(?: ?\([^()]{1,24}\))?,? (?:là |có |với |đạt |hơn |khoảng |gần )*\d[\d.,]*"
    r"(?: nghìn| triệu)?(?: lượt)? (?:người|lao động|khách)"
)
"""Behind a name, how many people went there."""
_AT_THE_UN = rare(
    r"(?:gặp|tiếp xúc)[^;.]{0,160} tại New York|[Tt]ại New York[^;.]{0,160} (?:gặp|tiếp xúc)"
)
"""In a sentence, that people met where the United Nations do."""
_MET = regex(r"gặp|tiếp xúc|hội đàm|hội kiến|trao đổi|làm việc với")
_RESIDENT = regex(
    r"(?:(?:Đại sứ|[Tt]ổng [Ll]ãnh sự)(?! lưu động| đặc| Việt Nam| nước ta)|Đại biện|Tham tán"
    r"|Đại sứ quán|Lãnh sự quán)(?: [^;,.\x01]{0,60})? $"
)
"""Right before a name, who comes lives here and is on no visit."""


def is_met_aside(before: str) -> bool:
    """Whether the words before a name tell that it was met beside a conference."""
    aside = _SIDELINES.search(before)
    return aside is not None and _MET.search(before, aside.end()) is not None


def is_no_visit(clause: Clause) -> bool:
    """Whether who stands in a clause with a cue of a visit is on none.

    Args:
        clause: where the cue stands.
    """
    visits = (_WORKERS, _SIDELINES, _RESIDENT, _TOURISTS, _CROWDS)
    if any(pattern.search(clause.before) for pattern in visits):
        return True
    if _HEADS.match(clause.text, clause.end):
        return True
    if _FOREIGN_GUEST.search(clause.text) and not US.search(clause.text):
        return True
    return clause.mention.ref != "us" and _AT_THE_UN.search(clause.text) is not None
