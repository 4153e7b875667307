"""Whether a sentence that names a meeting tells that it was held, or what was done at it."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.meetings.meeting import (
    head_of,
    is_named,
    lead,
    occasion_of,
    tells_a_visit,
    words_of_meetings,
)
from vanban.meetings.named.naming import Naming, opens_with_a_day
from vanban.patterns import Ending, alternation, regex
from vanban.sentences import Sentence

__all__ = [
    "AT",
    "at_it",
    "decided",
    "first_named",
    "is_of_itself",
    "is_of_talks",
    "said_before",
    "told",
]


def told(layers: Layers, s: Sentence) -> Naming | None:
    """The meeting that a sentence tells of, by its name or by what an office did on a day.

    Source: `data/events.yml`.
    """
    named = first_named(layers, s)
    if named is not None and _is_held(naming := Naming(layers, s, named)):
        return naming
    done = _done(layers, s) if s in lead(layers) else None
    return Naming(layers, s, done) if done is not None else None


def first_named(layers: Layers, s: Sentence) -> re.Match[str] | None:
    """The first meeting a sentence names that is neither its occasion nor was only looked on at."""
    names = list(layers.words.find_all(words_of_meetings("meetings"), s.start, s.end))
    occasion = occasion_of(layers.text, s.start, s.end) if names else None
    for named in names:
        if _LOOKED_ON.search(layers.text, s.start, named.start()):
            continue
        if occasion is not None and occasion[0] <= named.start() < occasion[1]:
            continue
        return named
    return None


_LOOKED_ON = regex(
    r"(?:chứng kiến (?:nghi thức )?|[Bb]an [Tt]ổ chức (?:các )?"
    r"|tổ chức (?:được )?(?:nhiều|hàng (?:chục|trăm|loạt)) (?:cuộc |buổi )?|phòng |nơi "
    r"|(?:[Bb]iên bản|[Nn]ghị quyết|[Vv]ăn kiện|[Tt]uyên bố"
    r"|[Tt]hông cáo) (?:của |chung )?)$"
)
"""Before what is looked on at, what was held many times, its room, and what a paper is of."""


def _is_held(naming: Naming) -> bool:
    layers, s, named = naming
    return (
        layers.words.has(words_of_meetings("held"), s.start, s.end)
        or naming.before(_SAID_AT)
        or _THERE.fullmatch(layers.text, naming.head, named.start()) is not None
        or at_it(naming)
        or decided(naming)
        or (s in lead(layers)[:1] and is_of_itself(naming))
        or (
            naming.opens_with_a_day
            and said_before().search(layers.text, s.start, named.start()) is not None
        )
    )


_SAID_AT = regex(
    r"(?:nhấn mạnh|khẳng định|phát biểu|chỉ đạo|yêu cầu|chia sẻ|thông tin|ý kiến|nhận định"
    r"|đánh giá|đề nghị|mong muốn|cam kết) của [^.;]{3,140} (?:tại|trong) $"
)
_THERE = regex(r"(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày)[\w /.()-]{3,24}, tại (?:buổi |cuộc )?")
"""Before a meeting's name: "Ngày 19/6, tại hội nghị, ông A ..."."""


@cache
def said_before() -> Ending:
    """What was said, right before the meeting at which it was."""
    words = load("events")["said_at"]
    return Ending(
        rf"(?<!\w)(?:{alternation(words)})(?: [\w,]+){{0,6}}? tại (?:các )?$", ["tại", "các"]
    )


def is_of_itself(naming: Naming) -> bool:
    """Whether a text opens with a numbered meeting and what it did: "Hội nghị lần 1 đã ..."."""
    named = naming.named
    return (
        named.start() == naming.head
        and not named[0].lower().startswith(("hội chợ", "lễ"))
        and _ITS_DEEDS.match(naming.layers.text, named.end(), naming.sentence.end) is not None
    )


_ITS_DEEDS = regex(
    r" [^,;.:]{3,120}?(?: (?:lần|lần thứ|năm) (?!này|nay)\w{1,8}(?: [\d.]{4,8})?| 20\d\d\)?)"
    r" (?:có|đã|thu hút|quy tụ|tập trung|thảo luận|diễn ra|thành công)(?!\w)"
)


def at_it(naming: Naming) -> bool:
    """Whether a sentence begins with a meeting that it names and tells what somebody said there."""
    layers, s, named = naming
    end = min(s.end, named.end() + _NAME_AND_PLACE)
    comma = layers.text.find(", ", named.end(), end)
    return (
        not is_of_talks(named)
        and not tells_a_visit(layers)
        and AT.fullmatch(layers.text, naming.head, named.start()) is not None
        and comma >= 0
        and is_named(layers, named.end(), comma)
        and _SPEAKS.search(layers.text, comma, s.end) is not None
        and (
            named[0].lower().endswith("họp báo")
            or not any(t.kind != "date" for t in layers.times_between(s.start, comma))
        )
    )


_NAME_AND_PLACE = 200
"""Code points behind the word for a meeting in which its name, its place and its day are said."""
AT = regex(r"(?:[^,;.]{3,90}, )?(?:(?:[Pp]hát biểu )?[Tt]ại|[Tt]rong) (?:buổi |cuộc |phiên )?")
_SPEAKS = regex(
    r"(?<!\w)(?:cho biết|nhấn mạnh|khẳng định|đề nghị|yêu cầu|phát biểu|thông tin|thông báo|nêu"
    r"|chia sẻ|đánh giá|nhận định|cho rằng|bày tỏ|đề xuất|kiến nghị|trao đổi|thảo luận"
    r"|giới thiệu)(?!\w)"
)


def is_of_talks(named: re.Match[str]) -> bool:
    """Whether a word for a meeting is one of talks, which are told of by with whom they were."""
    return _OF_TALKS.match(named[0]) is not None


_OF_TALKS = regex(r"(?:cuộc|buổi|phiên) (?:tiếp|gặp|hội|điện|làm|trao)|hội (?:đàm|kiến)|gặp mặt")


def decided(naming: Naming) -> bool:
    """Whether a text opens with what a session did: "phiên họp thứ ba của ... đã rà soát ..."."""
    named = naming.named
    return (
        naming.leads
        and named[0].lower() in _SESSIONS
        and _DECIDED.match(naming.layers.text, named.end(), naming.sentence.end) is not None
        and not naming.before(_BEFORE_SESSION)
    )


_SESSIONS = frozenset({"phiên họp", "cuộc họp", "kỳ họp", "khóa họp", "khoá họp"})
_DECIDED = regex(
    r" (?!Quốc hội)[^;.,]{3,90} đã (?:rà soát|thảo luận|thông qua|thống nhất|nhất trí|đánh giá"
    r"|tập trung|trao đổi|ghi nhận|nghe|xem xét|cho ý kiến)(?!\w)"
)
_BEFORE_SESSION = regex(r"(?<!\w)(?:các|những|từ|sau|trước|tại|theo) $", re.IGNORECASE)


def _done(layers: Layers, s: Sentence) -> re.Match[str] | None:
    """What an office did itself, behind the day a sentence opens with: "Sở A tổng kết ..."."""
    low = head_of(layers.text, s)
    day = next((t for t in layers.times_between(low, min(s.end, low + _DAY_WITHIN))), None)
    if day is None or day.kind != "date" or not opens_with_a_day(layers.text, low):
        return None
    done = layers.words.find(words_of_meetings("does"), day.end, min(s.end, day.end + _DOER))
    if done is None or _DOES_NOT.search(layers.text, day.end, done.start()):
        return None
    return done


_DAY_WITHIN = 60
_DOER = 220
"""Code points behind the day in which it is said who did something."""
_DOES_NOT = regex(
    r"(?<!\w)(?:nghị|buổi|cuộc|lễ|phiên|lớp|cáo|tác|việc|chuyến|để|về|nhằm|sẽ|bị|trình|dịp|dự|các)"
    r" $"
)
"""Before what an office does, that it is named there, or not done."""
