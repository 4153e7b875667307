"""A firm, a union or an office whose own figure it is: who heads a clause and does something."""

import re
from bisect import bisect_right
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.scan import Scan

__all__ = ["organisation_of"]

_OF_NOBODY_ELSE = ("other", "promotion_activities", "agreements_signed", "documents_signed")
"""Measures that an office of the state has of its own; its exports are those of the country."""
_OF_FIRMS = (
    *_OF_NOBODY_ELSE,
    "exports",
    "imports",
    "trade_turnover",
    "fdi_registered",
    "labour_sent",
)
_FAR = 1500
_LONGEST = 160
"""Code points from the head of a clause in which a body and what it does stand."""


_BRAND = (
    r"(?!(?:Ngh?|Nh|Ch|Gh|Gi|Kh|Ph|Qu|Th|Tr|[BCDGHKLMNPRSTVX])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
    r"(?!\w))[A-Z][A-Za-z]{3,15}"
)
"""One word in plain letters that is no Vietnamese syllable: "Foxconn"."""


@cache
def _acts() -> re.Pattern[str]:
    data = load("figures")
    before = (
        r"(?:(?:hiện nay|hiện|đã|đang|sẽ|cũng|vẫn|còn|mới|vừa|tiếp tục|dự kiến|phấn đấu|chỉ|đều) )*"
    )
    return regex(
        rf"(?P<who>(?:(?P<firm>{alternation(data['firms'])})|(?P<agency>{alternation(data['agencies'])}))"
        rf"(?! (?:{alternation(data['no_heads'])})(?!\w))"
        rf"(?P<name>(?: (?!(?:{alternation([*data['body_does'], *data['ends_names']])})(?!\w))"
        rf"[^\s,;.:()]+){{0,12}}?)"
        rf"|(?P<letters>[{UPPER}][{UPPER}&]{{2,9}}|{_BRAND}))"
        rf"(?: \((?P<short>[^()]{{2,24}})\))?,? {before}(?:{alternation(data['body_does'])})(?!\w)"
    )


_LEADS = regex(
    r"(?:[-–+•*] +|\d+[.)] +)?"
    r"(?:(?:[TtĐđ]oàn |Theo đó, |Hiện nay,? |Hiện,? |Đến nay,? |Đặc biệt, |Ngoài ra, |Bên cạnh đó, "
    r"|Theo [^;.:]{2,120}?, "
    r"|(?:[Tt]ừ ngày |[Nn]gày |[Tt]rong |[Tt]ính đến |[Đđ]ến |[Nn]ăm |[Tt]háng |[Qq]uý |[Tt]ại )"
    r"[^;.:]{2,60}?, )*)"
    r"(?:[Tt]oàn )?"
)
"""What may stand before who heads a sentence: when, where."""
_CLAUSES = regex(r"; | rằng,? | cho biết,? ")
_SOMEBODY_ELSE = regex(
    r"(?<!\w)(?:cả nước|toàn tỉnh|tỉnh ta|các địa phương"
    r"|Việt Nam (?:đã|có|đạt|xuất)|nước này)(?!\w)"
)


def organisation_of(claim: Claim) -> str | None:
    """The firm, union or office whose doing is counted: "VASEP có 280 hội viên".

    Source: `firms`, `agencies`, `body_does` of `data/figures.yml`. A bare "Tập đoàn" is the one
    named before it. Exports are a firm's own, but never an office's; what an office is only told to
    do is done for its province.
    """
    m, measure, role = claim.m, claim.measure, claim.role
    if measure not in _OF_FIRMS:
        return None
    text, start = m.text, m.sentence.start
    ends, begins = m.scan.once(_clauses)
    last = bisect_right(ends, m.q.start)
    ahead = [ends[at] for at in range(last - 1, max(last - 3, -1), -1) if begins[at] >= start]
    for begin in (*ahead, start):
        lead = _LEADS.match(text, begin, m.q.start)
        at = lead.end() if lead is not None else begin
        found = _acts().match(text, at, min(at + _LONGEST, m.q.start))
        if found is None or (name := _name(m, found)) is None:
            continue
        if found["agency"] and (
            measure not in _OF_NOBODY_ELSE or (found["agency"] == "Sở" and role != "actual")
        ):
            return None
        if text.find(";", found.end(), m.q.start) >= 0 and text.find(":", at, m.q.start) < 0:
            return None
        if _SOMEBODY_ELSE.search(text, found.end(), m.q.start):
            return None
        if m.scan.places_between(found.end(), m.q.start) or (
            m.scan.partners_between(found.end(), m.q.start) and measure != "other"
        ):
            return None
        return next((world for world in _WORLD if name.endswith(world)), name)
    return None


_WORLD = ("toàn cầu", "thế giới")


def _clauses(scan: Scan) -> tuple[list[int], list[int]]:
    """Where what opens a clause ends in a text, and where it begins."""
    found = list(_CLAUSES.finditer(scan.text))
    return [c.end() for c in found], [c.start() for c in found]


def _name(m: Mention, found: re.Match[str]) -> str | None:
    """The body a match names; None if it is none with a name of its own."""
    if letters := found["letters"]:
        if letters in load("figures")["no_bodies"]:
            return None
        named = m.scan.partners_between(found.start(), found.start() + 1)
        return None if named else letters
    if any(letter.isupper() for letter in found["name"]):
        return found["short"] if _is_letters(found["short"]) else " ".join(found["who"].split())
    if found["name"]:
        return None
    head = found["firm"]
    if not head:
        return None
    low = max(0, found.start() - _FAR)
    before = [f for f in _acts().finditer(m.text, low, found.start()) if f["firm"] == head]
    full = [f for f in before if any(letter.isupper() for letter in f["name"])]
    return " ".join(full[-1]["who"].split()) if full else None


def _is_letters(short: str | None) -> bool:
    return short is not None and short.isupper()
