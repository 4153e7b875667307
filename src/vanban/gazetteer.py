"""Names with a row in the reference data: partners (countries, blocs, agreements) and provinces."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from vanban.data import load
from vanban.letters import UPPER, is_vietnamese_syllable, tone_variants
from vanban.patterns import alternation, first_word, regex
from vanban.words import Words

__all__ = [
    "PartnerMention",
    "PartnerType",
    "PlaceMention",
    "find_partners",
    "find_places",
    "province_at",
    "whole_name",
]

PartnerType = Literal["country", "bloc", "region", "agreement"]
Span = tuple[int, int]


class PartnerMention(NamedTuple):
    """A partner's name in a text, `text[start:end]`.

    Args:
        ref: id of its row in `data/partners.yml`.
        type: what the row is.
        weak: whether the name alone would not have been enough.
    """

    start: int
    end: int
    ref: str
    type: PartnerType
    weak: bool


_WHOLE = {"Trung": "Trung Quốc", "Hàn": "Hàn Quốc", "Ấn": "Ấn Độ"}
"""Names of which "Việt - Trung" writes only half, which alone name nobody."""


def whole_name(name: str) -> str:
    """The whole name of a country of which a text writes half.

    Args:
        name: as the text has it.
    """
    return _WHOLE.get(name, name)


class PlaceMention(NamedTuple):
    """A province's name in a text, `text[start:end]`, and the name as the data has it."""

    start: int
    end: int
    name: str


class _Names:
    """Names by the word they begin with; the pattern of a word is made when a text has the word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            self._by_word.setdefault(first_word(name), []).append(name)
        self._words = frozenset(word.lower() for word in self._by_word)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, words: Words, spans: list[Span]) -> Iterator[tuple[Span, re.Match[str]]]:
        """Every name inside the spans, longest first, none overlapping; with its span."""
        text = words.text
        at = words.named.get(self)
        if at is None:
            at = words.named[self] = self._first_words(words)
        for span in spans:
            free, end = span
            for index in range(bisect_left(at, (free, "")), len(at)):
                begin, word = at[index]
                if begin >= end:
                    break
                if begin >= free and (m := self.match(word, text, begin, end)) is not None:
                    yield span, m
                    free = m.end()

    def _first_words(self, words: Words) -> list[tuple[int, str]]:
        """Where a name may begin, and with which word, as it is written, in order."""
        text = words.text
        at: list[tuple[int, str]] = []
        for word in self._words & words.starts.keys():
            begins_small = word in self._by_word
            for start in words.starts[word]:
                if text[start].islower():
                    if begins_small:
                        at.append((start, word))
                elif (written := text[start : start + len(word)]) in self._by_word:
                    at.append((start, written))
        at.sort()
        return at

    def match(self, word: str, text: str, start: int, end: int) -> re.Match[str] | None:
        """The longest name that begins at `start` with a word, given as it is written."""
        pattern = self._patterns.get(word)
        if pattern is None:
            if word not in self._by_word:
                return None
            # The names come with their tone marks in both places already.
            source = alternation(self._by_word[word], as_written=True).replace(r"\-", r" ?[-‐‑–] ?")
            pattern = self._patterns[word] = regex(rf"(?:{source})(?!\w)")
        return pattern.match(text, start, end)


_DASH = regex(r" *[-‐‑–] *")


def _key(name: str) -> str:
    """The name with single blanks and bare hyphens, as the names of the data are looked up."""
    if "  " in name:
        name = " ".join(name.split())
    return _DASH.sub("-", name) if any(dash in name for dash in "-‐‑–") else name


class _Partners(NamedTuple):
    names: _Names
    strong: dict[str, str]
    weak: dict[str, str]
    types: dict[str, PartnerType]
    """Rows that hold Viet Nam itself have no type here: they are never partners."""
    traps: dict[str, dict[str, list[str]]]


@cache
def _partners() -> _Partners:
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    types: dict[str, PartnerType] = {}
    traps: dict[str, dict[str, list[str]]] = {}
    for row in load("partners"):
        if not row.get("contains_vietnam"):
            types[row["id"]] = row["type"]
        for alias in _either_case(row):
            for name in tone_variants(alias):
                strong.setdefault(_key(name), row["id"])
                if len(name) > 3:
                    strong.setdefault(_key(name.upper()), row["id"])
                if name[:2].islower():
                    strong.setdefault(_key(name[0].upper() + name[1:]), row["id"])
        for alias in row["aliases"]["weak"]:
            for name in tone_variants(alias):
                weak.setdefault(_key(name), row["id"])
        traps |= {_key(alias): words for alias, words in (row.get("context") or {}).items()}
    return _Partners(_Names(weak | strong), strong, weak, types, traps)


_FORMAL = ("Hiệp định Thương mại", "Hiệp định Đối tác", "Hiệp định Bảo hộ", "Hiệp định Khung")


def _either_case(row: Mapping[str, Any]) -> list[str]:
    """Its sure names; those of a treaty with a name of its own without their second capital too."""
    aliases: list[str] = row["aliases"]["strong"]
    if row["name"].startswith("FTA "):
        # Not concluded yet: "đàm phán hiệp định thương mại tự do với ..." names the other side.
        return aliases
    plain = [
        name.replace(formal, formal.capitalize(), 1).replace("hương mại Tự do", "hương mại tự do")
        for name in aliases
        for formal in _FORMAL
        if name.startswith(formal)
    ]
    return [*aliases, *(name for name in plain if name not in aliases)]


@cache
def _trap_before(name: str) -> re.Pattern[str] | None:
    words = _partners().traps.get(name, {}).get("not_after")
    return regex(rf"(?<!\w)(?i:{alternation(words)})\s+$") if words else None


@cache
def _trap_behind(name: str) -> re.Pattern[str] | None:
    words = _partners().traps.get(name, {}).get("not_before")
    return regex(rf"[\s-]+(?:{alternation(words)})(?!\w)") if words else None


@cache
def _occasion() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('gazetteer')['occasions'])})[^,.;()]*$")


@cache
def _before_country() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('gazetteer')['before_country'])})\s+$")


_NAME_BEFORE = regex(r"[^\W\d_][\w’']*\s+$")
_NAME_AFTER = regex(r"\s+([^\W\d_])[\w’']*")


def find_partners(words: Words, spans: list[Span]) -> list[PartnerMention]:
    """The partners named inside the given runs of a text, in order.

    A strong alias counts wherever it stands; a weak one ("Anh", "Ý", "Mỹ") unless a word beside it
    makes it something else. Viet Nam and regions around it are not partners.

    Source: `data/partners.yml`, `data/gazetteer.yml`.
    Args:
        words: the text.
        spans: half-open runs of it, in order, none overlapping.
    """
    partners = _partners()
    text = words.text
    found = []
    for (start, end), m in partners.names.find(words, spans):
        key = _key(m[0])
        weak = key not in partners.strong
        ref = partners.weak[key] if weak else partners.strong[key]
        kind = partners.types.get(ref)
        if kind is None:
            continue
        trap = _trap_before(key)
        if trap is not None and trap.search(text[max(start, m.start() - 16) : m.start()]):
            continue
        trap = _trap_behind(key)
        if trap is not None and trap.match(text, m.end(), end):
            continue
        if ref == "un" and _occasion().search(text, max(start, m.start() - 50), m.start()):
            continue
        if _LANGUAGE.search(text, max(start, m.start() - _LANGUAGE_REACH), m.start()):
            continue
        if _NAMED_AFTER.search(text, max(start, m.start() - _LANGUAGE_REACH), m.start()):
            continue
        if text.endswith(_CURRENCIES, start, m.start()) or text.startswith(_OWNS, m.end(), end):
            continue
        if weak and not _among_countries(text, start, end, m):
            continue
        found.append(PartnerMention(m.start(), m.end(), ref, kind, weak))
    return _with_long_forms(text, found)


def _with_long_forms(text: str, found: list[PartnerMention]) -> list[PartnerMention]:
    """The mentions, an agreement's short name in brackets with the long one before it.

    "Hiệp định Thương mại tự do với EU (EVFTA)": however it is spelt, and the EU is named too.
    """
    extended = []
    for n, mention in enumerate(found):
        opened = mention.start - 1
        if (
            mention.type == "agreement"
            and text.startswith(")", mention.end)
            and (text.startswith("(", opened))
        ):
            before = found[n - 1].end if n and found[n - 1].type == "agreement" else 0
            low = max(before, opened - _LONG_FORM_REACH, 0)
            at = max(text.rfind("Hiệp định ", low, opened), text.rfind("hiệp định ", low, opened))
            if at >= 0 and _LONG_FORM.fullmatch(text, at, opened) is not None:
                extended.append(mention._replace(start=at, end=mention.end + 1))
                continue
        extended.append(mention)
    if extended == found:
        return found
    return sorted(extended, key=lambda mention: mention.start)


_LONG_FORM = regex(r"[Hh]iệp định [^.;:()\n]{8,} ")
_LONG_FORM_REACH = 140
_OWNS = ("'s ", "’s ")
"""Behind a name, it begins an English one: "Africa's Big 7"."""
_CURRENCIES = (
    *("đô la ", "đô-la ", "đôla ", "Đô la ", "đô ", "yên ", "won ", "bảng ", "franc ", "rúp "),
    *("rupee ", "peso ", "krone ", "krona ", "real ", "baht ", "rand "),
)
"""Before a name, it is that of a currency: "180 triệu đô la Mỹ"."""
_LANGUAGE = regex(
    rf"(?:[Tt]iếng|song ngữ|ngôn ngữ) (?:[{UPPER}]\w*(?: [{UPPER}]\w*){{0,2}}(?: ?[-–,/] ?| và ))?$"
)
"""Before a name, it is that of a language: "nhãn song ngữ Anh - Pháp"."""
_LANGUAGE_REACH = 32
_NAMED_AFTER = regex(
    r"(?:Tập đoàn|Công ty|Khu công nghiệp|khu công nghiệp|KCN|Bệnh viện|Trường|Đại học)"
    r"(?: [^,.;:()]{1,16})?? (?:Việt|Việt Nam ?[-–]|Việt ?[-–]) ?$"
)
"""Before a name, a firm or a park that is called after it: "Tập đoàn Việt Mỹ"."""


def _among_countries(text: str, start: int, end: int, m: re.Match[str]) -> bool:
    """Whether a weak alias stands where countries stand: beside a comma, a dash, after "tại" ..."""
    before = text[max(start, m.start() - 24) : m.start()]
    bare = before.rstrip()
    if not bare or bare[-1] in ',(;:–-/“"':
        following = _NAME_AFTER.match(text, m.end(), end)
        # "…, Anh Tuấn": a capitalised word follows that does not begin a sentence.
        return not (following and following[1].isupper() and not bare.endswith(","))
    if _before_country().search(before):
        return True
    previous = _NAME_BEFORE.search(before)
    if previous is None or not previous[0][0].isupper():
        return True
    # "Bộ trưởng Bộ Công Thương Lào Malaythong Kommasith"
    following = _NAME_AFTER.match(text, m.end(), end)
    if following is not None and is_vietnamese_syllable(following[0].strip()):
        return False
    return _MINISTRY.search(text, max(start, m.start() - _MINISTRY_REACH), m.start()) is not None


_MINISTRY = regex(rf"(?<!\w)Bộ [{UPPER}]\w*(?:,? (?:và )?[{UPPER}]?\w+){{0,6}} $")
_MINISTRY_REACH = 60


@cache
def _provinces() -> tuple[_Names, dict[str, str]]:
    spelt: dict[str, str] = {}
    for name in load("places")["provinces"]:
        for variant in tone_variants(name):
            spelt[_key(variant)] = name
            spelt[_key(variant.upper())] = name
    return _Names(spelt), spelt


def find_places(words: Words, spans: list[Span]) -> list[PlaceMention]:
    """The provinces (before and after the mergers of 2025) named inside the given runs.

    Source: `data/places.yml`. Args as in `find_partners`.
    """
    names, spelt = _provinces()
    return [
        PlaceMention(m.start(), m.end(), spelt[_key(m[0])])
        for _, m in names.find(words, spans)
        if not words.text.startswith(_OCEAN, m.end())
        and (
            not words.text.endswith(_NO_PROVINCE, 0, m.start())
            or words.text.endswith(_SUGAR, 0, m.start())
        )
    ]


_OCEAN = (" Dương", " DƯƠNG")
"""Behind "Thái Bình", the ocean."""
_NO_PROVINCE = tuple(
    f"{word} "
    for small in ("huyện", "quận", "phường", "thị trấn", "đường", "tư tưởng", "thời đại")
    for word in (small, small.capitalize())
)
"""Before a name, that it is not the province's: "huyện Hòa Bình", "thời đại Hồ Chí Minh"."""
_SUGAR = ("ía đường ", "áy đường ", "gành đường ", "ty đường ")
"""Where "đường" is sugar: "Mía đường Thanh Hóa"."""


@cache
def _province_names() -> _Names:
    return _Names(load("places")["provinces"])


def province_at(words: Words, start: int, end: int) -> int | None:
    """Where the province's name that begins at `start` ends; None if none begins there.

    Args:
        words: the text.
        start, end: the name begins at `start` and ends before `end`.
    """
    word = words.text[start : start + len(words.word_at(start))]
    m = _province_names().match(word, words.text, start, end)
    return m.end() if m is not None else None
