"""What a text says as a whole: which country it is about, and who was met beside a conference."""

from collections import Counter

from vanban.forms import rare
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.partners.relations import MOST_JUDGED
from vanban.readers.partners.vetoes import is_hoped
from vanban.readers.partners.visits import is_met_aside
from vanban.scan import Scan

__all__ = ["main_partner", "met_aside", "relation_of_main", "tells_of_many_met"]

_ENOUGH = 3
"""Mentions that make a country the one a text is about."""
_ENOUGH_ALONE = 2
"""And those of the only country a text names."""


def main_partner(scan: Scan) -> str | None:
    """The one country a bilateral text is about, by its id; None if there is no such one."""
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    if not counts or counts[0][1] < (_ENOUGH if len(counts) > 1 else _ENOUGH_ALONE):
        return None
    if len(counts) == 1:
        here = (p.start for p in scan.partners if p.type == "country")
        placed = all(scan.text.endswith(_AT, 0, at) for at in here)
        # "phóng viên TTXVN tại Singapore ... Hội nghị diễn ra tại Singapore": only where it is.
        return None if placed else counts[0][0]
    return counts[0][0] if counts[0][1] >= 2 * counts[1][1] else None


_AT = ("tại ", "ở ", "Tại ", "Ở ")
"""Before a country, that something is there."""


def relation_of_main(scan: Scan, main: str) -> str | None:
    """What a text says of the country it is about in words for the two; None if nothing.

    Args:
        main: the country's id.
    """
    if _TALKS_OF_TWO.search(scan.text) is not None:
        return "negotiating"
    if any(
        not is_hoped(scan.text[max(0, m.start() - _HOPE_REACH) : m.end() + _HOPE_REACH])
        for m in _UPGRADED.finditer(scan.text)
    ):
        return "upgraded"
    return "visited" if _is_received(scan, main) else None


_TALKS_OF_TWO = regex(
    r"đàm phán[^.;]{0,40} (?:[Hh]iệp định [^.;]{0,40}"
    r"(?:[Tt]hương mại|[Đđ]ối tác kinh tế|[Bb]ảo hộ đầu tư)|FTA)"
    r"[^.;]{0,40} (?:hai nước|hai quốc gia|hai bên|song phương)"
)
"""Talks on an agreement between the two sides that a text is about."""
_HOPE_REACH = 60
"""Code points around words on raised relations that tell whether they are hoped for."""
_UPGRADED = regex(
    r"quan hệ hai nước (?:đã )?được nâng|nâng (?:cấp|tầm) quan hệ"
    r"(?: (?:hai nước|song phương|hai bên|giữa hai nước)| lên (?:mức )?[Đđ]ối tác)"
)


def _is_received(scan: Scan, ref: str) -> bool:
    """Whether a text tells of a meeting with a statesman of the country it is about.

    One who is met beside a conference, or called on the telephone, is on no visit.
    """
    if _RECEPTION.search(scan.text) is None or _ELSEWHERE.search(scan.text) is not None:
        return False
    if _FOREIGN_STATESMAN.search(scan.text) is not None:
        return True
    return any(
        _STATESMAN.search(scan.text, max(0, m.start - _STATESMAN_REACH), m.start) is not None
        and _ACTS.match(scan.text, m.end) is not None
        for m in scan.partners
        if m.ref == ref
    )


_RECEPTION = rare(
    r"(?:[Tt]ại|[Tt]rong|[Ss]au|[Kk]ết thúc) (?:buổi|cuộc) (?:tiếp|hội đàm|hội kiến|gặp)(?!\w)"
    r"|[Cc]ảm ơn sự (?:đón tiếp|tiếp đón)|chuyến thăm (?:lần )?này"
)
_ELSEWHERE = rare(
    r"điện đàm|trực tuyến|[Bb]ên lề|[Nn]hân (?:dịp )?(?:cùng )?(?:dự|tham dự)"
    r"|[Nn]hân (?:dịp )?(?:các )?(?:[Hh]ội nghị|Kỳ họp|Diễn đàn|Đại hội đồng)"
    r"|khuôn khổ (?:các )?(?:[Hh]ội nghị|[Dd]iễn đàn|Kỳ họp|Đại hội đồng)"
)
_STATESMAN = regex(
    r"(?:Tổng thống|Thủ tướng|Quốc vương|Ngoại trưởng|Thứ trưởng Ngoại giao"
    rf"|Chủ tịch (?:Quốc hội|Thượng viện|Hạ viện)|Bộ trưởng(?: (?:Bộ|và|[{UPPER}]\w*,?)| \w+)"
    r"{1,5}) $"
)
_FOREIGN_STATESMAN = regex(
    r"(?:Tổng thống|Thủ tướng|Quốc vương|Ngoại trưởng|Bộ trưởng|Chủ tịch (?:Quốc hội|Hạ viện))"
    r" (?:[A-Z][a-z’'-]+ ){0,2}(?:O[’']|[A-Z][a-z-]*[fjwz]|[FJWZ][a-z]+|[A-Z][a-z]{6})[A-Za-z’'-]*"
    r"(?: [A-Z][A-Za-z’'-]+){0,2} (?:khẳng định|nhấn mạnh|cho biết|cho rằng|đánh giá|bày tỏ|cảm ơn"
    r"|nhất trí|mong|đề nghị|tin tưởng|hoan nghênh|chia sẻ|trân trọng)(?!\w)"
)
"""Who has a name that is none of ours, and speaks at a reception."""
_STATESMAN_REACH = 60
_ACTS = regex(
    rf" (?:[{UPPER}][\w’'-]+"
    r"|(?:khẳng định|nhấn mạnh|cho biết|cho rằng|đánh giá|bày tỏ|cảm ơn|nhất trí|mong|quan tâm"
    r"|chúc mừng|đề nghị|tin tưởng|hoan nghênh|chia sẻ|trân trọng)(?!\w))"
)


def met_aside(scan: Scan) -> set[str]:
    """The partners who were met beside a conference somewhere, by their ids."""
    if _ELSEWHERE.search(scan.text) is None:
        return set()
    return {
        m.ref
        for s in scan.sentences
        for m in scan.partners_between(s.start, s.end)[:MOST_JUDGED]
        if is_met_aside(scan.text[s.start : m.start])
    }


def tells_of_many_met(scan: Scan) -> bool:
    """Whether a text is about meetings with many, beside a conference or one after the other."""
    return _ALL_ASIDE.search(scan.text, 0, _LEAD) is not None


_CONFERENCE = r"(?:[Hh]ội nghị|Kỳ họp|[Dd]iễn đàn|Đại hội đồng)"
_ALL_ASIDE = rare(
    rf"(?:[Bb]ên lề|[Nn]hân (?:dịp )?(?:cùng |tham |dự |các )*{_CONFERENCE}"
    rf"|(?:[Tt]rong khuôn khổ|[Nn]hân)[^.;\n]{{0,40}} (?:tham )?dự {_CONFERENCE}"
    rf"|[Tt]rong khuôn khổ (?:các )?{_CONFERENCE})[^.;\n]{{0,200}}"
    r" (?:gặp|tiếp xúc|cuộc gặp)[^.;\n]{0,60} (?:lãnh đạo|các nước|đối tác|nhiều nước|các cuộc)"
    r"|[Bb]ên lề[^.;\n]{0,160} (?:nhiều|hàng loạt|các) cuộc (?:gặp|tiếp xúc)"
    r"|Đại sứ[^.;\n]{0,160} (?:trình|nhận)[^.;\n]{0,30} (?:[Qq]uốc thư|[Tt]hư [Ủủ]y nhiệm)"
    r"|(?:trình|nhận) (?:[Qq]uốc thư|[Tt]hư [Ủủ]y nhiệm)[^.;\n]{0,60} Đại sứ"
)
"""That many were met beside a conference: who is met in such a text is on no visit."""
_LEAD = 800
"""Code points in which a text about such meetings says so; a review may tell of them too."""
