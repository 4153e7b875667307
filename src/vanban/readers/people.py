"""The people who act in a text, with the offices it gives them."""

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from operator import itemgetter

from vanban.data import load
from vanban.letters import UPPER, fold, is_vietnamese_syllable
from vanban.patterns import regex
from vanban.persons.mentions import PersonMention
from vanban.records import Person
from vanban.scan import Scan

__all__ = ["read_people"]


def read_people(scan: Scan) -> list[Person]:
    """The persons acting in a text, once each, with every office it gives them.

    Titles split at commas and "kiêm"; an office said twice keeps its fuller form. Whom only a
    caption names has an office there and does something: an old picture shows others.
    """
    blocks = scan.document.blocks if scan.document.content else ()
    captions = [(b.start, b.end) for b in blocks if b.kind == "caption"]
    by_name: dict[str, list[PersonMention]] = {}
    for mention in scan.people:
        by_name.setdefault(fold(mention.name), []).append(mention)
    records = []
    for mentions in by_name.values():
        said = [m for m in mentions if not _is_in(captions, m)] if captions else mentions
        if not said:
            said = [m for m in mentions if m.titles and _acts_in(scan.text, captions, m)]
        if not said:
            continue
        titles = _fullest([t for m in mentions for t in m.titles])
        first = next((m for m in said if m.titles), said[0])
        records.append(
            Person(
                anchor=scan.document.anchor(first.start, first.end),
                rule="person.title" if first.titles else "person.address",
                confidence=0.93 if titles else 0.7,
                name=first.name,
                titles=titles,
            )
        )
    return sorted(_with_countries(scan, records), key=lambda r: r.anchor)


def _with_countries(scan: Scan, records: list[Person]) -> list[Person]:
    """The persons, a foreign leader's bare office with the country the text says it of elsewhere.

    "Tổng thống Maria Rossi ... Tổng thống Ý cảm ơn": only if one person holds it and one country.
    """
    found = list(records)
    for office in _LEADERS:
        held = [
            n
            for n, r in enumerate(found)
            if office in r.titles and not all(map(is_vietnamese_syllable, r.name.split()))
        ]
        if len(held) != 1:
            continue
        said = {
            p.ref: scan.text[p.start : p.end]
            for p in scan.partners
            if p.type == "country"
            and scan.text.endswith(f"{office} ", 0, p.start)
            and not _NAMED.match(scan.text, p.end)
        }
        if len(said) == 1 and not any(t.startswith(f"{office} ") for r in found for t in r.titles):
            (country,) = said.values()
            titles = found[held[0]].titles
            fuller = tuple(f"{t} {country}" if t == office else t for t in titles)
            found[held[0]] = replace(found[held[0]], titles=fuller)
    return found


_LEADERS = (
    "Tổng thống",
    "Thủ tướng",
    "Phó Tổng thống",
    "Phó Thủ tướng",
    "Quốc vương",
    "Ngoại trưởng",
)
_NAMED = regex(rf" [{UPPER}]")


@cache
def _degrees() -> frozenset[str]:
    return frozenset(degree.rstrip(".") for degree in load("titles")["degrees"])


def _is_in(spans: list[tuple[int, int]], mention: PersonMention) -> bool:
    return _span_of(spans, mention) is not None


def _span_of(spans: list[tuple[int, int]], mention: PersonMention) -> tuple[int, int] | None:
    """The run a mention begins in, of runs in text order; None if in none."""
    at = bisect_right(spans, mention.start, key=itemgetter(0))
    return spans[at - 1] if at and mention.start < spans[at - 1][1] else None


_ACTS = regex(
    r"(?<!\w)(?:phát biểu|chủ trì|đồng chủ trì|chủ tọa|khai mạc|kết luận|báo cáo|trình bày|trao đổi"
    r"|chia sẻ|tham luận|điều hành|dẫn đầu|gặp|gặp gỡ|tiếp|đón|hội kiến|hội đàm|làm việc|trao|tặng"
    r"|ký|ký kết|chứng kiến|thăm|dự|tham dự|kiểm tra|khảo sát|cắt băng|thông tin|giới thiệu"
    r"|trả lời|nói chuyện|bắt tay|thảo luận)(?!\w)"
)
_OLD = regex(r"(?i:tư liệu|minh họa|minh hoạ|lưu trữ|archive|file photo)|năm (?:19|20)\d\d")


def _acts_in(text: str, captions: list[tuple[int, int]], mention: PersonMention) -> bool:
    """Whether a caption shows somebody at work, and is no picture of another time."""
    span = _span_of(captions, mention)
    if span is None:
        return False
    low, high = span
    return _OLD.search(text, low, high) is None and _ACTS.search(text, low, high) is not None


def _fullest(titles: list[str]) -> tuple[str, ...]:
    """The titles without those another one says in full, in order of first mention."""
    offices = [t for t in titles if t not in _degrees() and t.lower() not in _CALLINGS] or titles
    kept: list[tuple[list[str], str]] = []
    for title in (given.rstrip(" -–—") for given in offices):
        words = _words_of(title)
        if any(
            _is_said_by(words, known) and (words != known or len(title) <= len(said))
            for known, said in kept
        ):
            continue
        if len(kept) == _MOST_OFFICES:
            break
        shorter = [at for at, (known, _) in enumerate(kept) if _is_said_by(known, words)]
        if not shorter:
            kept.append((words, title))
            continue
        kept[shorter[0]] = words, title
        for at in reversed(shorter[1:]):
            del kept[at]
    return tuple(title for _, title in kept)


_MOST_OFFICES = 200
"""Offices of one person; nobody has more."""
_CALLINGS = frozenset(("chuyên gia", "luật sư", "giáo sư"))
"""What somebody is besides an office."""
_SHORT = {"lb": ["lien", "bang"], "ub": ["uy", "ban"], "tw": ["trung", "uong"]}


def _words_of(title: str) -> list[str]:
    """The words of a title as they are compared, short forms in full."""
    found: list[str] = []
    for word in title.split():
        folded = fold(word)
        found += _SHORT.get(folded, folded.split())
    return found


def _is_said_by(words: list[str], fuller: list[str]) -> bool:
    """Whether a title is one with more words: "Thủ tướng Lào", "Thủ tướng Chính phủ Lào"."""
    if words[:2] != fuller[:2] or len(words) > len(fuller):
        return False
    left = iter(fuller)
    return all(word in left for word in words)
