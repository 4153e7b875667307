"""The meeting a text speaks of as known and nowhere says to have been held: "Tại hội nghị, ..."."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER
from vanban.meetings import (
    Meeting,
    announces,
    head_of,
    is_background,
    is_planned,
    is_to_come,
    lead,
    opening,
)
from vanban.patterns import alternation, both_cases, regex
from vanban.sentences import Sentence

__all__ = ["find_known_meeting"]

_FRONT = 70
"""Code points behind the name of the talks in which a sentence says when they were."""
_MARGIN = 20


@cache
def _known() -> re.Pattern[str]:
    """How a sentence begins that speaks of a meeting without saying which: it is the text's own."""
    data = load("events")
    speaks = rf"(?:{alternation(data['speaks'])})"
    kind = (
        rf"(?:(?:[Cc]uộc|[Bb]uổi|[Pp]hiên) (?:{alternation(data['sittings'])})"
        rf"|(?:{alternation(both_cases(data['gatherings']))}))"
    )
    return regex(
        rf"(?:(?:{speaks}(?:,? [{LOWER}]+){{0,9}} )?[Tt](?:ại|rong) (?P<at>{kind}),"
        rf"|{speaks}(?: [{LOWER}]+){{0,3}}? (?P<of>{kind}),"
        rf"|(?:Tham dự|Dự|Cùng dự|Cùng tham dự|Đồng chủ trì|Chủ trì) (?P<among>{kind})"
        rf" (?:còn )?(?:có|gồm)(?!\w)"
        rf"|(?:(?:Tại|Trong) (?P<session>{kind}) (?:lần )?này,|Đây là (?!diễn đàn|cuộc|buổi)"
        rf"(?P<this>{kind})(?!\w))"
        rf"|(?P<it>{kind}) (?:diễn ra|có sự tham (?:dự|gia)"
        r"|được kết nối|được tổ chức|được thực hiện)(?!\w))"
    )


@cache
def _of_talks() -> re.Pattern[str]:
    """How a sentence begins that tells from talks and says with whom or when they were."""
    data = load("events")
    return regex(
        rf"(?:Tại|Trong) (?:các )?(?:cuộc|buổi) (?:{alternation(data['talks'])}"
        rf"|{alternation(data['work'])})(?! mặt)"
        rf"(?=,| với | sáng | chiều | ngày | [{UPPER}])"
        rf"|(?:{alternation(data['talking'])}) (?:ông |bà |ngài |đồng chí |[Đđ]oàn )?"
        rf"[{UPPER}][^.;]{{3,110}}, (?=[^.;]{{0,40}}(?:{alternation(data['speakers'])}) )"
    )


_NOT_IT = regex(r"(?<!\w)(?:trước thềm|bên lề|nhân dịp|sau|trước|các|những|nhiều) $", re.IGNORECASE)


def find_known_meeting(layers: Layers) -> list[Meeting]:
    """The meeting that a text speaks of near its top as of one that is known; none if it does not.

    It is told where the text first names one of its kind, be it a headline; talks of which a
    sentence itself says with whom or when they were are told there.
    """
    in_the_opening = opening(layers)
    for s in in_the_opening:
        known = _known().match(layers.text, head_of(layers.text, s), s.end)
        if known is not None and not (known["it"] and announces(layers)):
            kind = known["at"] or known["of"] or known["among"] or known["it"] or known["this"]
            kind = kind or known["session"]
            told = _named_first(layers, kind.lower(), s)
            if is_background(layers, told):
                break
            if told is s and (guests := _guests_came(layers, s)) is not None:
                return [guests]
            return [Meeting(told.start, told.end, told.index, None)]
    for s in in_the_opening:
        m = _of_talks().match(layers.text, head_of(layers.text, s), s.end)
        if m is None or is_to_come(layers, s.start, m.end() + _MARGIN):
            continue
        times = layers.times_between(head_of(layers.text, s), min(s.end, m.end() + _FRONT))
        day = next((t for t in times if t.kind == "date"), None)
        return [Meeting(s.start, s.end, s.index, day, m.end())]
    return []


def _guests_came(layers: Layers, known: Sentence) -> Meeting | None:
    """The sentence that says who came and when, where only the reception is told from.

    "Chiều 8/5, Đoàn ... đã đến thăm và làm việc tại tỉnh. Tại buổi tiếp, ...".
    """
    if _RECEPTION.match(layers.text, head_of(layers.text, known)) is None:
        return None
    for s in lead(layers):
        came = _CAME.search(layers.text, s.start, s.end) if s.index < known.index else None
        if came is None or is_background(layers, s) or is_to_come(layers, s.start, came.start()):
            continue
        days = [t for t in layers.times_between(s.start, came.start()) if t.kind == "date"]
        if days:
            return Meeting(s.start, s.end, s.index, days[0], came.end())
    return None


_RECEPTION = regex(
    r"(?:[^,.;]{0,30} )?[Tt](?:ại|rong) (?:cuộc|buổi) (?:đón tiếp|tiếp|làm việc|gặp|trao đổi)"
)
_CAME = regex(
    r"(?:đến|tới|sang) (?:thăm|làm việc|tìm hiểu|khảo sát)(?:(?: và|,) làm việc)?"
    r"(?: tại| với)?(?!\w)|(?<!chuyến )thăm(?: và|,) làm việc(?: tại| với)?(?!\w)"
)


def _named_first(layers: Layers, kind: str, known: Sentence) -> Sentence:
    """The sentence that first names a meeting of a kind, not as the background of another matter.

    Args:
        kind: "cuộc họp", "hội nghị"; "buổi gặp mặt" is named by "họp mặt" too.
        known: the sentence that speaks of it as known.
    """
    alike: tuple[str, ...] = next((words for words in _ALIKE if kind.endswith(words)), (kind,))
    if (of_talks := _TALKS.match(kind)) is not None:
        alike = (kind, *(f"{said} {of_talks[1]}" for said in ("cuộc", "buổi", "phiên")))
    for s in layers.sentences[: known.index]:
        for name in alike:
            at = layers.words.lower.find(name, s.start, s.end)
            if (
                at >= 0
                and _NOT_IT.search(layers.text, s.start, at) is None
                and not is_planned(layers.text, s.start, at)
            ):
                return s
    return known


_TALKS = regex(r"(?:cuộc|buổi|phiên) (tiếp|làm việc|hội đàm|hội kiến|điện đàm|gặp)$")
_ALIKE = (("gặp mặt", "họp mặt"), ("họp mặt", "gặp mặt"))
