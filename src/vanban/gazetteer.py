"""Names with a row in the reference data: partners (countries, blocs, agreements) and provinces."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.letters import tone_variants
from vanban.patterns import alternation

__all__ = ["PartnerMention", "PlaceMention", "find_partners", "find_places"]


@dataclass(frozen=True, slots=True)
class PartnerMention:
    """A partner's name in a text: `text[start:end]`, and the id of its row."""

    start: int
    end: int
    ref: str
    type: str
    weak: bool


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A province's name in a text."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class _Names:
    pattern: re.Pattern[str]
    strong: dict[str, str]
    weak: dict[str, str]
    types: dict[str, str]
    not_after: dict[str, re.Pattern[str]]
    not_before: dict[str, re.Pattern[str]]


def _key(name: str) -> str:
    return re.sub(r"[\s\u00a0]*[-‐‑–][\s\u00a0]*", "-", re.sub(r"[ \u00a0]+", " ", name))


@cache
def _partners() -> _Names:
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    types: dict[str, str] = {}
    not_after: dict[str, re.Pattern[str]] = {}
    not_before: dict[str, re.Pattern[str]] = {}
    for row in load("partners"):
        types[row["id"]] = "" if row.get("contains_vietnam") else row["type"]
        for alias in row["aliases"]["strong"]:
            for name in tone_variants(alias):
                strong.setdefault(_key(name), row["id"])
                if len(name) > 3:
                    strong.setdefault(_key(name.upper()), row["id"])
                if name[:2].islower():
                    strong.setdefault(_key(name[0].upper() + name[1:]), row["id"])
        for alias in row["aliases"]["weak"]:
            for name in tone_variants(alias):
                weak.setdefault(_key(name), row["id"])
        for alias, traps in (row.get("context") or {}).items():
            if words := traps.get("not_after"):
                not_after[_key(alias)] = re.compile(
                    rf"(?<!\w)(?i:{alternation(words)})[\s\u00a0]+$"
                )
            if words := traps.get("not_before"):
                not_before[_key(alias)] = re.compile(rf"[\s\u00a0-]+(?:{alternation(words)})(?!\w)")
    names = {**weak, **strong}
    source = alternation(names).replace(r"\-", r"[ \u00a0]?[-‐‑–][ \u00a0]?")
    return _Names(
        pattern=re.compile(rf"(?<![\w])(?:{source})(?![\w])"),
        strong=strong,
        weak=weak,
        types=types,
        not_after=not_after,
        not_before=not_before,
    )


def find_partners(text: str, spans: list[tuple[int, int]]) -> list[PartnerMention]:
    """The partners named inside the given runs of a text, in order.

    A strong alias counts wherever it stands; a weak one ("Anh", "Ý", "Mỹ") unless a word beside it
    makes it something else. Viet Nam and regions around it are not partners.
    """
    names = _partners()
    found = []
    for start, end in spans:
        for m in names.pattern.finditer(text, start, end):
            key = _key(m[0])
            ref = names.strong.get(key)
            weak = ref is None
            if ref is None:
                ref = names.weak[key]
            if not names.types[ref]:
                continue
            before = text[max(start, m.start() - 16) : m.start()]
            trap = names.not_after.get(key)
            if trap is not None and trap.search(before):
                continue
            trap = names.not_before.get(key)
            if trap is not None and trap.match(text, m.end(), end):
                continue
            if ref == "un" and _OCCASION.search(text, max(start, m.start() - 50), m.start()):
                continue
            if weak and not _country_context(text, start, end, m):
                continue
            found.append(PartnerMention(m.start(), m.end(), ref, names.types[ref], weak))
    return found


_OCCASION = re.compile(
    r"(?:Hội nghị|Công ước|Hiến chương|Tuần lễ|Khóa họp|Khoá họp|Diễn đàn|Chương trình|Năm)[^,.;()]*$"
)
_NAME_BEFORE = re.compile(r"[^\W\d_][\w’']*[\s\u00a0]+$")
_NAME_AFTER = re.compile(r"[\s\u00a0]+([^\W\d_])[\w’']*")
_BEFORE_COUNTRY = re.compile(
    r"(?:nước|Nước|tại|Tại|ở|thăm|với|sang|từ|đến|tới|và|trường|của|giữa|phía|vương quốc|Vương quốc|"
    r"là|quốc|như|gồm|các|hàng|khách|vào|đối tác|bạn|Đại sứ|tướng|thống|trưởng|cho|do|để|nhất|bang|"
    r"hệ|khoa học|Quốc vương|chủ|nghiệp|thuộc|ra|qua|về|kết|Việt|người|hiệp định|Bắc|vốn|phủ|đầu tư)"
    r"[\s\u00a0]+$"
)


def _country_context(text: str, start: int, end: int, m: re.Match[str]) -> bool:
    """Whether a weak alias stands where countries stand: beside a comma, a dash, after "tại" ..."""
    before = text[max(start, m.start() - 24) : m.start()]
    bare = before.rstrip()
    if not bare or bare[-1] in ',(;:–-/“"':
        following = _NAME_AFTER.match(text, m.end(), end)
        # "…, Anh Tuấn": a capitalised word follows that does not begin a sentence.
        return not (following and following[1].isupper() and not bare.endswith(","))
    if _BEFORE_COUNTRY.search(before):
        return True
    previous = _NAME_BEFORE.search(before)
    return previous is None or not previous[0][0].isupper()


@cache
def _places() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {}
    for name in load("places")["provinces"]:
        for variant in tone_variants(name):
            names[_key(variant)] = name
            names[_key(variant.upper())] = name
    source = alternation(names).replace(r"\-", r"[ \u00a0]?[-‐‑–][ \u00a0]?")
    return re.compile(rf"(?<!\w)(?:{source})(?!\w)"), names


def find_places(text: str, spans: list[tuple[int, int]]) -> list[PlaceMention]:
    """The provinces (before and after the mergers of 2025) named inside the given runs."""
    pattern, names = _places()
    return [
        PlaceMention(m.start(), m.end(), names[_key(m[0])])
        for start, end in spans
        for m in pattern.finditer(text, start, end)
    ]
