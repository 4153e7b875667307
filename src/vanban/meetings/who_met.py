"""Who met whom, as a sentence says it by what somebody did: "tiếp", "hội đàm với"."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER
from vanban.meetings.meeting import head_of, is_to_come, occasion_of, words_of_meetings
from vanban.patterns import alternation, regex
from vanban.sentences import Sentence

__all__ = ["met_right_behind", "who_met"]

_MOST_TO_VERB = 280
"""Code points between the day and the verb for who met to be named between them."""
_WHO = regex(
    rf"[{UPPER}]\w+.*[{UPPER}]|đoàn|lãnh đạo|ông |bà |Chủ tịch nước|Thủ tướng|Bộ trưởng|Thứ trưởng"
)


def who_met(layers: Layers, s: Sentence, at: int) -> int | None:
    """Where the words end by which a sentence says who met whom; None if it does not.

    Args:
        at: where its day ends.
    """
    if (both := _TALKED.search(layers.text, at, min(s.end, at + _MOST_TO_VERB))) is not None:
        return both.end() if not is_to_come(layers, s.start, both.start()) else None
    m = _who_met().search(layers.text, at, s.end)
    occasion = occasion_of(layers.text, at, s.end)
    if m is not None and occasion is not None and occasion[0] <= m.start() < occasion[1]:
        m = _who_met().search(layers.text, occasion[1], s.end)
    if m is None or m.start() - at > _MOST_TO_VERB:
        return None
    if layers.words.has(words_of_meetings("no_talks"), head_of(layers.text, s), s.end):
        return None
    said_in = m[0].startswith(("trong ", "tại "))
    if not said_in and _WHO.search(layers.text, at, m.start()) is None:
        return None
    if is_to_come(layers, s.start, m.start()):
        return None
    if m["place"] and _SOME_DAYS.match(layers.text, s.start, s.end):
        return None
    if layers.text.startswith("Từ ", s.start) and _CAME.search(layers.text, at, m.end()):
        return None
    return m.end()


_CAME = regex(r"(?<!\w)(?:đến|tới|sang|thăm)(?:,| và)? làm việc với ")
"""What those do who come on a journey: "đã đến làm việc với"."""
_SOME_DAYS = regex(r"(?:Từ|Trong) ")
"""How a sentence begins that tells of a journey of some days."""


def met_right_behind(layers: Layers, s: Sentence, at: int) -> int | None:
    """Where the words end that say who met whom, right behind a day: "A ngày 5/6 tiếp B".

    Args:
        at: where the day ends; who met whom is named before it.
    """
    low = _AND_THEN.match(layers.text, at, s.end)
    if low is None or _WHO.search(layers.text, s.start, at) is None:
        return None
    if layers.words.has(words_of_meetings("no_talks"), head_of(layers.text, s), s.end):
        return None
    m = _who_met().match(layers.text, low.end(), s.end)
    if m is None and layers.text.find(" và ", s.start, at) >= 0:
        m = _TOGETHER.match(layers.text, low.end(), s.end)
    return m.end() if m is not None else None


_AND_THEN = regex(r"\)?(?: \((?:theo )?giờ [^()\n]{3,20}\))?,? (?:(?:cũng|cùng) )?")
_TOGETHER = regex(
    r"(?:đã |vừa )?(?:tiến hành |có (?:cuộc|buổi) )?"
    r"(?:hội đàm|hội kiến|điện đàm|gặp(?: gỡ| song phương)?|làm việc|trao đổi)"
    r"(?=[.,;]| (?:tại|để|nhằm|về|trong|hẹp|bên|trực tuyến|ở)(?!\w))"
)
"""What two do with each other, both named before."""


_HOW = r"(?:thân mật|thân tình|trực tuyến|trực tiếp|song phương|chính thức|ngắn|riêng|hẹp|nhanh)"
"""In which way people meet."""


@cache
def _who_met() -> re.Pattern[str]:
    """Who is met by what is done with them: "đã có buổi làm việc với Bộ ...", "tiếp ông ..."."""
    data = load("events")
    return regex(
        rf"(?<!\w)(?:(?:đã |vừa )?(?:có (?:cuộc|buổi) )?(?:chủ trì lễ đón và )?"
        rf"(?:{alternation(data['met'])}|(?:{alternation(data['calls'])})(?: với)?"
        r"|tiếp xúc(?= cử tri)"
        rf"|có (?:cuộc|buổi|phiên) (?:{alternation(data['talks'])}|{alternation(data['work'])})"
        rf"(?: (?!với )[{LOWER}]+){{0,4}} với"
        rf"|gặp (?:gỡ|mặt)(?: với)?"
        rf"(?= (?:ông |bà )?[{UPPER}]| (?:cán bộ|cộng đồng|kiều bào|bà con)(?!\w))"
        rf"|(?:tiếp|hội kiến|gặp(?: gỡ| mặt)?"
        rf"|(?:hội đàm|làm việc|điện đàm|trao đổi)(?= [{LOWER} ]+với)) {_HOW}(?: với)?"
        rf"|(?:{alternation(data['done_with'])})(?:(?:,| và) (?:{alternation(data['done_with'])}))*"
        rf"(?:,| và) (?:(?:{alternation(data['then_with'])}) với|{alternation(data['then_done'])})"
        r"|(?:dẫn đầu|[Tt]rưởng đoàn|đã|đến|tới|sang|thăm,|thăm và)(?: và| đã| đến| tới)*"
        r" làm việc (?P<place>tại)(?= (?:tỉnh|thành phố|TP|huyện|UBND|Sở|[Tt]rụ sở"
        rf"|{alternation(load('places')['provinces'])}))"
        r"|trao đổi với(?= (?:Tổng thống|Thủ tướng|Chủ tịch|Quốc vương|Bộ trưởng|Ngoại trưởng))"
        r"|(?:có )?(?:cuộc|buổi) (?:trao đổi(?: và làm việc)? với|đón tiếp|tiếp đón))"
        rf"|(?:trong|tại) (?:cuộc|buổi) (?:{alternation(data['talks'])}|làm việc)(?: với)?)"
        rf" +(?:(?:ông|bà|ngài|đồng chí|đoàn|lãnh đạo|đại diện|cựu|nguyên|các|một số|nhiều) +)*"
        rf"(?P<whom>[{UPPER}][\w-]+(?: [{UPPER}][\w-]+| và| của| tại)*"
        rf"|(?:{alternation(data['guests'])})(?!\w)"
        r"|\d+ [\w ]{0,8}(?:[Đđ]ại sứ|[Tt]ổng [Ll]ãnh sự)(?!\w))"
    )


_TALKED = regex(
    r"(?: và (?:[^,;.]{3,110} )?| (?:hai|Hai) (?:[\w ]{3,40} )?"
    r"| (?:Thủ tướng|Bộ trưởng|Ngoại trưởng|Chủ tịch|lãnh đạo|đại diện|đoàn)[\w ]{0,30}"
    r" hai (?:nước|bên|tỉnh) )"
    r"(?:đã |vừa )?"
    r"(?:(?:tiến hành |có (?:cuộc|buổi) )?(?:hội đàm|gặp song phương)"
    r"|có (?:cuộc|buổi) (?:gặp(?: gỡ)?|(?:ăn (?:sáng|trưa|tối) )?làm việc|trao đổi|điện đàm"
    r"|tiếp xúc))"
    r"(?=[.,;]| (?:tại|để|nhằm|về|trong|trao đổi|hẹp)(?!\w))"
)
"""Two who talk with each other: "Thủ tướng A và Thủ tướng B hội đàm", "hai Bộ trưởng hội đàm"."""
