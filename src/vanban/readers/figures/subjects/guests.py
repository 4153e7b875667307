"""Whence visitors come: those of one country, or those of all."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.topics import name_of

__all__ = ["OF_PEOPLE", "home_of_people", "of_all_guests"]

_NOUN_REACH = 90
_NOUN_OF_GUESTS = 24
OF_PEOPLE = ("tourists", "labour_sent")
"""Numbers of people that a country has of its own: "Đài Loan dẫn đầu với 17.374 người"."""


def home_of_people(claim: Claim) -> str | None:
    """Whence the visitors counted come: "810.000 lượt khách Hàn Quốc", "khách đến từ Nhật Bản"."""
    m = claim.m
    if claim.measure not in OF_PEOPLE:
        return None
    end = min(m.stop, m.q.number_end + _NOUN_REACH)
    for p in m.scan.partners_between(m.q.number_end, end)[:1]:
        if p.type == "country" and _GUESTS_FROM.fullmatch(m.text, m.q.number_end, p.start):
            return name_of(m.text, p)
    for p in reversed(m.scan.partners_between(m.clause_from(m.left), m.q.start)):
        # "lượng khách du lịch Nga năm 2026 có thể đạt 1 triệu người"
        if (
            p.type == "country"
            and _GUESTS_OF.search(m.text, m.sentence.start, p.start)
            and not of_all_guests(m, p.end)
        ):
            return name_of(m.text, p)
    return None


def of_all_guests(m: Mention, start: int) -> bool:
    """Whether behind a country named before a figure the visitors of all countries are told of."""
    end = min(m.stop, m.q.end + _NOUN_OF_GUESTS)
    return _ALL_GUESTS.search(m.text, start, end) is not None


_GUESTS_OF = regex(r"[Kk]hách (?:du lịch|quốc tế|tham quan)(?: là người| người| đến từ| từ)? $")
_ALL_GUESTS = regex(
    r"(?<!thị trường )khách (?:quốc tế|nước ngoài)|lượng khách|tổng số khách|tổng lượt"
    r"|Việt Nam (?:đã )?đón"
)
"""Behind visitors of one country, those of all: "Khách Nga tăng mạnh ... khách quốc tế đạt"."""
_GUESTS_FROM = regex(
    r" (?:(?:lượt )?(?:du )?khách(?: du lịch| quốc tế)?(?: là người| người| đến từ| từ)?|người) "
)
