"""Talks a sentence begins with: "Gặp Thủ tướng A, Bộ trưởng B đề nghị ..."."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers, between
from vanban.letters import LOWER, UPPER
from vanban.meetings.meeting import NAME_WORD, Meeting, head_of, is_to_come, opening, words_of_names
from vanban.patterns import alternation, regex
from vanban.persons.mentions import PersonMention
from vanban.sentences import Sentence

__all__ = ["find_led_talks"]

_MARGIN = 20
_WHOM = 220
"""Code points behind what was done in which a sentence says with whom, before who speaks."""
_FRONT = 70
"""Code points behind whom in which a sentence says when it was."""


@cache
def _begins() -> re.Pattern[str]:
    """How a sentence begins that tells with whom somebody talked, up to whom."""
    data = load("events")
    talks = rf"(?:{alternation(data['talks'])}|{alternation(data['work'])})"
    honours = r"(?:(?:ông|bà|ngài|Ngài|đồng chí|[Đđ]oàn|[Ll]ãnh đạo|đại diện|các|hai)(?:,| và)? )*"
    return regex(
        rf"(?:(?P<at>(?:{alternation(data['speaks'])})(?: [{LOWER}]+){{0,4}} tại"
        rf"|Tại|Trong) (?:các )?(?:cuộc|buổi) {talks}(?: và {talks})?(?! mặt)"
        rf"|Khi {talks}"
        rf"|(?:{alternation(data['talking'])}))(?: với)? {honours}(?=[{UPPER}])"
    )


@cache
def _speaker() -> re.Pattern[str]:
    """Behind a comma: who speaks, by office alone, or the two together."""
    return regex(
        rf"(?:{alternation(load('events')['speakers'])})(?!\w)|hai (?:bên|nhà|Bộ|Thủ|Ngoại|vị|nước)"
    )


def _office(layers: Layers, start: int, end: int) -> bool:
    return any(
        _speaker().match(layers.text, w.start())
        for w in NAME_WORD.finditer(layers.text, start, end)
    )


def find_led_talks(
    layers: Layers, people: list[PersonMention], told: list[Meeting]
) -> list[Meeting]:
    """The talks that sentences begin with, each with others than those told before.

    Args:
        people: the persons the text names, in order.
        told: the meetings of the text that are known already.
    """
    starts = [p.start for p in people]
    found: list[Meeting] = []
    last = opening(layers)[-1:]
    for s in layers.sentences:
        if not told and not found and last and s.index > last[0].index:
            break
        m = None if s.heading else _begins().match(layers.text, head_of(layers.text, s), s.end)
        if m is None or is_to_come(layers, s.start, m.end() + _MARGIN):
            continue
        comma = _before_who_speaks(layers, s, m, between(people, starts, m.end(), s.end))
        if comma is None or any(x.index == s.index for x in told):
            continue
        if _OF_LATE.search(layers.text, m.end(), min(s.end, comma + _FRONT)):
            continue
        guests = between(people, starts, m.end(), comma)
        if m[0].startswith("Trao đổi") and not (guests or _office(layers, m.end(), comma)):
            # Whoever talks with a paper is interviewed.
            continue
        if any(
            _the_same(layers, (m.end(), comma), guests, x, between(people, starts, x.start, x.end))
            for x in (*told, *found)
        ):
            continue
        times = layers.times_between(s.start, min(s.end, comma + _FRONT))
        day = next((t for t in times if t.kind == "date" and t.start < comma), None)
        found.append(Meeting(s.start, s.end, s.index, day, comma))
    return found


_OF_LATE = regex(
    r"(?:tháng|năm|tuần|quý)(?: \d[\d/]*)? (?:vừa qua|vừa rồi|trước|qua)(?=,)", re.IGNORECASE
)
"""With whom somebody talked in a month gone by: the background of what a text tells."""


def _before_who_speaks(
    layers: Layers, s: Sentence, m: re.Match[str], people: list[PersonMention]
) -> int | None:
    """Where the comma stands between whom a sentence begins with and who speaks."""
    text = layers.text
    at = m.end()
    while (at := text.find(", ", at, min(s.end, m.end() + _WHOM))) >= 0:
        at += 2
        if any(at <= p.start <= at + 2 for p in people) or _speaker().match(text, at, s.end):
            return at - 2
    return None


def _the_same(
    layers: Layers,
    whom: tuple[int, int],
    guests: list[PersonMention],
    other: Meeting,
    named: list[PersonMention],
) -> bool:
    """Whether talks with somebody are those another sentence tells.

    Args:
        whom: where the words stand that say with whom.
        guests: the persons among them.
        named: the persons whom the other sentence names.
    """
    told = layers.text[other.start : other.end]
    names = {p.name for p in named}
    if guests and len(named) > 1:
        return any(p.name in names for p in guests)
    guest = layers.text[slice(*whom)]
    words = words_of_names(guest)
    alike = sum(word in told for word in words)
    office = " ".join(guest.split()[:2])
    house = _HOUSE.search(guest)
    if house is not None and len(named) == 1 and house[1] in told:
        # "Tại cuộc gặp Tổng Giám đốc Tập đoàn B, bà C": of whom only the house was named before.
        return True
    return bool(alike) and (len(words) <= 2 * alike or office in told)


_HOUSE = regex(
    rf"(?:[Tt]ập đoàn|[Cc]ông ty|[Nn]gân hàng|[Hh]iệp hội|[Qq]uỹ|[Hh]ãng) ([{UPPER}][\w-]+)"
)
