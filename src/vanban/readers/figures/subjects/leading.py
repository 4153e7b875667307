"""Who heads the clause, the sentence or the item of a list that a figure stands in."""

import re
from collections.abc import Sequence
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.guests import OF_PEOPLE
from vanban.readers.figures.subjects.provinces import is_ahead
from vanban.readers.figures.subjects.said import said_subject
from vanban.readers.figures.subjects.topics import name_of

__all__ = ["leading_partner", "leading_place"]


def leading_partner(claim: Claim) -> str | None:
    """The country that begins the clause or the item of a figure: "Nhật Bản 2,2 tỷ USD"."""
    m, start = claim.m, claim.m.sentence.start
    if not m.scan.partners_between(start, m.sentence.end):
        return None
    if (
        m.q.unit == "people"
        and claim.measure not in OF_PEOPLE
        and not _DWELLS.search(m.text, m.clause, m.q.end)
    ):
        return None
    begins = _beginnings(m)
    farther = begins[:-1]
    for first in (*begins[-1:], m.clause, start, *reversed(farther)):
        if (name := _begins_at(m, first, is_far=first in farther)) is not None:
            return name
    return _who_follows(m)


_DWELLS = regex(r"(?<!\w)(?:dân|người tiêu dùng|đông dân)(?!\w)")


def _beginnings(m: Mention) -> list[int]:
    """Where a clause or an item of a list may begin in a sentence before a figure."""
    text, start = m.text, m.sentence.start
    begins = [
        b.end()
        for b in _SEGMENT.finditer(text, start, m.q.start)
        # "của Hàn Quốc và Hà Lan với ...": the last of a list begins nothing.
        if not b[0].endswith("và ")
        or not any(p.end == b.start() for p in m.scan.partners_between(start, b.start()))
    ]
    if len(begins) > 1 and text.endswith(": ", start, m.q.start) and begins[-1] == m.q.start:
        # "tiếp đến là Nhật Bản: 1.937 lao động": the colon begins nothing.
        begins.pop()
    return begins


_SEGMENT = regex(r"; |, và |, | và | thì | cho thấy,? | cho biết,? | rằng,? |: ")


def _begins_at(m: Mention, first: int, *, is_far: bool) -> str | None:
    """The country that stands where a clause begins and has its figure.

    Args:
        first: where the clause begins.
        is_far: whether another clause begins between it and the figure.
    """
    skipped = _before_leads().match(m.text, first, m.q.start)
    begin = skipped.end() if skipped is not None else first
    for p in m.scan.partners_between(begin, min(begin + 3, m.q.start)):
        later = m.scan.partners_between(p.end, m.q.start)
        if later and (is_far or _is_told_of(m, p, later)):
            continue
        gap = _ASIDE.sub("", m.text[p.end : m.q.start], count=1)
        if gap.startswith(":") and p.type == "country" and not later:
            # An item of a list: "- Malaysia: nhu cầu nhập đều 90 nghìn tấn".
            return name_of(m.text, p)
        leads = p.type in ("country", "bloc") and (
            (p.start == begin and _OVERTAKES.match(gap) is not None)
            or _leads().match(gap) is not None
            or (p.start == begin and _acts_alone(m, p) and _ACTS.fullmatch(gap) is not None)
        )
        if leads and "Việt Nam" not in _OUR_MARKET.sub("", gap):
            return name_of(m.text, p)
    return None


@cache
def _before_leads() -> re.Pattern[str]:
    words = alternation(load("figures")["before_leads"])
    return regex(
        rf"(?:\d+\. +|[-–+•*] *)?(?:(?: *(?:{words}),?|[Dd]ẫn đầu về [^,;.]{{3,40}} là"
        r"|(?:[Đđ]ứng|[Xx]ếp)?(?: ở vị trí)? ?[Tt]hứ \w+(?: (?:trong|về) [^,;.]{3,60}?)?"
        r" (?:là|thuộc về)) +)?"
        r"(?:[Tt]hị trường +)?"
    )


@cache
def _leads() -> re.Pattern[str]:
    return regex(
        rf"(?:,(?= (?:đứng|xếp)))? +(?:{alternation(load('figures')['leads'])})(?!\w)"
        r"(?:[^;.]|(?<=\d)\.(?=\d))*$"
        r"| *\(?(?:khoảng|hơn|gần|trên|ước)? *$"
    )


def _acts_alone(m: Mention, p: PartnerMention) -> bool:
    """Whether a country heads a clause by itself: not "tại Hà Lan, Úc tổ chức ..."."""
    if p.type != "country" and p.ref != "eu":
        return False
    low = max(m.sentence.start, p.start - 4)
    before = m.scan.partners_between(max(m.sentence.start, p.start - 40), p.start)
    return not any(low <= other.end < p.start for other in before)


_ACTS = regex(
    r"(?! (?:và|là)(?!\w))(?: (?!(?:ta|tỉnh|thành phố|hai|Bộ|Sở)(?!\w))[^\s,;.:()]+){1,14} *"
)
"""Words between a country that heads its clause and a figure, where nobody else comes in."""
_OUR_MARKET = regex(r"(?:tại|vào|của|ở|với|cho|từ) Việt Nam")


def _is_told_of(m: Mention, first: PartnerMention, later: Sequence[PartnerMention]) -> bool:
    """Whether the figure before is of a country named behind the one that begins."""
    subject = m.previous.subject if m.previous is not None else None
    if subject is None or subject == name_of(m.text, first):
        return False
    return any(name_of(m.text, p) == subject for p in later)


_OVERTAKES = regex(
    r"(?: đã| vừa| hiện| lại| tiếp tục)* (?:vượt|vượt qua|bỏ xa|thay thế|soán ngôi) [^;]{2,60}?,?"
    r" (?:để )?(?:trở thành|vươn lên|dẫn đầu)(?!\w)"
)
"""Behind a country that heads a clause, whom it has left behind: what follows is its own."""
_ASIDE = regex(r"^ \([^()\d]{3,60}\)")
"""Words in brackets right behind a name: "Trung Quốc (gồm cả Hong Kong) với ..."."""


def _who_follows(m: Mention) -> str | None:
    """The country behind the number a sentence begins with: "Với 171 dự án, Đan Mạch đứng ..."."""
    if m.previous is not None or not m.text.startswith("Với ", m.sentence.start):
        return None
    for p in m.scan.partners_between(m.q.end, m.sentence.end)[:1]:
        if p.type in ("country", "bloc") and _ONE_COMMA.fullmatch(m.text, m.q.end, p.start):
            return name_of(m.text, p)
    return None


_ONE_COMMA = regex(r"[^,.;:]{0,60}, ")


def leading_place(claim: Claim) -> str | None:
    """The province that heads its sentence: "Hiện tỉnh Bình Thuận có 5 dự án của Trung Quốc"."""
    m = claim.m
    begin = _RANKED_PLACE.match(m.text, m.sentence.start, m.q.start)
    at = begin.end() if begin is not None else m.sentence.start
    vast = m.scan.words.find(said_subject(), at, min(at + _NAME, m.q.start))
    heads = vast is not None and vast.start() == at and vast["region"]
    if vast is not None and heads and _ATTRACTS.match(m.text, vast.end()) is not None:
        return " ".join(heads.split())
    for p in m.scan.places_between(m.sentence.start, at + 1)[:1]:
        if not all(is_ahead(m, other) for other in m.scan.places_between(p.end, m.q.start)):
            return None
        return p.name if _ATTRACTS.match(m.text, p.end) and p.end < m.q.start else None
    return None


_NAME = 24
"""Code points of the name of a part of the country."""
_RANKED_PLACE = regex(
    r"[“\"]?(?:(?:[Hh]iện|[Hh]iện nay|[Đđ]ến nay|[Tt]ính đến [^,;.]{2,24}|[Rr]iêng),? )?"
    r"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Vv]ùng) )?"
)
_ATTRACTS = regex(
    r" (?:hiện |đã |đang |vẫn |mới |chỉ |cũng )*(?:thu hút|đón|xếp|đứng|dẫn đầu|có|với|tiếp nhận"
    r"|là (?:một trong |nơi|địa phương|tỉnh|thành phố|điểm))(?!\w)"
)
