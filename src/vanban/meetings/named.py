"""The meeting with a name that a text reports on: the sentence that says so, and its day."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings.meeting import (
    Meeting,
    announces,
    head_of,
    is_announced,
    is_background,
    is_journey,
    is_named,
    is_planned,
    is_to_come,
    lead,
    leaves,
    occasion_of,
    of_a_document,
    on_a_visit,
    opening,
    tells_a_visit,
    words_of_meetings,
)
from vanban.patterns import Ending, alternation, regex
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["find_meeting", "find_mentioned"]

_REACH = 60
"""Code points behind a meeting's name in which its day is said."""


def find_meeting(layers: Layers) -> Meeting | None:
    """The meeting a text has as its subject; background meetings are left out.

    Source: `data/events.yml`.
    """
    words = layers.words
    held = words_of_meetings("held")
    undated: Meeting | None = None
    dated: Meeting | None = None
    for s in opening(layers):
        named = _named(layers, s)
        if named is None or not (
            words.has(held, s.start, s.end)
            or _SAID_AT.search(layers.text, s.start, named.start())
            or _THERE.fullmatch(layers.text, head_of(layers.text, s), named.start())
            or _at_it(layers, s, named)
            or _decided(layers, s, named)
            or (s in lead(layers)[:1] and _is_of_itself(layers, s, named))
            or (
                _HEADED.match(layers.text, head_of(layers.text, s))
                and _said_before().search(layers.text, s.start, named.start())
            )
        ):
            named = _done(layers, s) if s in lead(layers) else None
        if named is None:
            continue
        if is_background(layers, s) or leaves(layers, s.start, named.start()):
            continue
        if is_journey(layers.text, s.start, named.start()) or _ISSUED.search(
            layers.text, s.start, named.start()
        ):
            continue
        if _WELCOMES.match(layers.text, named.start()) or _CAME_FOR.search(
            layers.text, s.start, named.start()
        ):
            continue
        if (
            (
                is_planned(layers.text, s.start, named.start())
                and not (s in lead(layers)[:2] and _sits(layers, s, named))
                and not _decided(layers, s, named)
            )
            or _TO_BE.match(layers.text, named.end())
            or _TOMORROW.search(layers.text, s.start, s.end)
        ):
            continue
        if on_a_visit(layers, s, named.start()) or _PRAISED.search(
            layers.text, s.start, named.start()
        ):
            continue
        days = [
            t
            for t in layers.times_between(head_of(layers.text, s), s.end)
            if t.kind == "date" and not of_a_document(layers, t) and not _quoted(layers, s, t)
        ]
        if days and is_announced(layers, days[0]) and not _sits(layers, s, named):
            continue
        if days and _PAST.match(layers.text, days[0].end) and s not in lead(layers):
            continue
        if days and days[0].start < named.end() + _REACH:
            if undated is not None and _THIS.match(layers.text, named.end()):
                return replace(undated, time=days[0])
            if _HEADED.match(layers.text, head_of(layers.text, s)):
                if dated is None or _before(days[0], dated.time):
                    return Meeting(s.start, s.end, s.index, days[0])
            elif dated is None:
                dated = Meeting(s.start, s.end, s.index, days[0])
            continue
        if dated is not None:
            continue
        if len(days) == 1 and not _BEGUN.search(layers.text, s.start, days[0].start):
            dated = Meeting(s.start, s.end, s.index, days[0])
            if s in lead(layers) and not _HEADED.match(layers.text, head_of(layers.text, s)):
                continue
            return dated
        if undated is None and (
            (words.has(words_of_meetings("chaired"), s.start, s.end))
            or (
                s in lead(layers)
                and (
                    _carried_out(layers, s, named)
                    or _SOME_DAYS.match(layers.text, head_of(layers.text, s))
                    or _JUST_HELD.match(layers.text, named.end(), s.end)
                    or _is_of_itself(layers, s, named)
                )
            )
            or _THAT_WAS.match(layers.text, s.start)
            or _CONCLUDED.search(layers.text, s.start, named.start())
            or _said_at(layers, s, named)
            or (s in lead(layers) and _at_it(layers, s, named))
            or _decided(layers, s, named)
            or (
                _OPENS.search(layers.text, s.start, named.start())
                and not named[0].startswith(("cuộc", "buổi"))
                and is_named(layers, named.end(), s.end)
            )
            or (
                named.start() == s.start and _TOOK_PLACE.match(layers.text, named.end()) is not None
            )
        ):
            undated = Meeting(s.start, s.end, s.index, None)
    if dated is not None:
        return dated
    return _in_a_caption(layers) or (None if announces(layers) else undated)


_JUST_HELD = regex(
    r" [^.;]{3,200}(?<!\w)(?:vừa|mới) (?:chính thức )?(?:diễn ra|được tổ chức|khai mạc|bế mạc)"
    r"(?!\w)"
)
"""Behind a meeting's name, where a text opens with it, that it was held a moment ago."""


def _quoted(layers: Layers, s: Sentence, time: Time) -> bool:
    """Whether a day stands in what somebody is quoted to have said there."""
    opened = layers.text.count("“", s.start, time.start) - layers.text.count(
        "”", s.start, time.start
    )
    return opened > 0 or layers.text.count('"', s.start, time.start) % 2 == 1


def _is_of_itself(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a text opens with a numbered meeting and what it did: "Hội nghị lần 1 đã ..."."""
    return (
        named.start() == head_of(layers.text, s)
        and not named[0].lower().startswith(("hội chợ", "lễ"))
        and _ITS_DEEDS.match(layers.text, named.end(), s.end) is not None
    )


_ITS_DEEDS = regex(
    r" [^,;.:]{3,120}?(?: (?:lần|lần thứ|năm) (?!này|nay)\w{1,8}(?: [\d.]{4,8})?| 20\d\d\)?)"
    r" (?:có|đã|thu hút|quy tụ|tập trung|thảo luận|diễn ra|thành công)(?!\w)"
)


_SITTINGS = frozenset({"cuộc họp", "cuộc họp báo", "buổi họp báo", "buổi họp", "buổi lễ"})
"""Of these it is not told with whom they were, as of talks."""


def find_mentioned(layers: Layers) -> Meeting | None:
    """The meeting that the first sentences name as where something was said or done.

    Of a text that tells of no other: "Tại Hội nghị sơ kết Chương trình, các đại biểu ...".
    """
    for s in lead(layers)[:_MENTIONED_IN]:
        named = _named(layers, s)
        if (
            named is None
            or not (
                _AT.fullmatch(layers.text, head_of(layers.text, s), named.start())
                or _AGREED.search(layers.text, s.start, named.start())
            )
            or named[0].lower().startswith(("hội chợ", "lễ"))
            or any(t.kind in ("year", "month") for t in layers.times_between(s.start, s.end))
            or leaves(layers, s.start, named.start())
            or not is_named(layers, named.end(), s.end)
            or _ONE.match(layers.text, named.end(), s.end) is None
            or is_background(layers, s)
            or is_planned(layers.text, s.start, named.start())
            or is_to_come(layers, s.start, s.end)
            or _TO_BE.match(layers.text, named.end())
            or on_a_visit(layers, s, named.start())
            or is_journey(layers.text, s.start, named.start())
            or _OF_TALKS.match(named[0])
            or _WELCOMES.match(layers.text, named.start())
        ):
            continue
        return Meeting(s.start, s.end, s.index, None)
    return None


_MENTIONED_IN = 1
"""Sentences from the top that name it."""
_AGREED = regex(
    r"(?<!\w)(?:nhất trí|thống nhất|ký kết|thông qua|công bố|thiết lập)(?!\w)[^;.\n]{0,160} tại $"
)
"""Before a meeting, what was agreed there."""
_ONE = regex(rf" (?:[“\"‘]|[{UPPER}]|\w+(?: [^\s,;.]+){{0,10}}? (?:lần thứ|năm 20\d\d|[{UPPER}]))")
"""Behind the word for a meeting, that it is this one: a title, a name, a number."""


def _said_at(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a sentence tells what was said at a meeting that it names, of no other time."""
    return (
        (named[0] in _SITTINGS or not named[0].startswith(("cuộc", "buổi")))
        and _said_before().search(layers.text, s.start, named.start()) is not None
        and is_named(layers, named.end(), s.end)
        and not layers.times_between(s.start, named.start())
    )


@cache
def _said_before() -> Ending:
    words = load("events")["said_at"]
    return Ending(
        rf"(?<!\w)(?:{alternation(words)})(?: [\w,]+){{0,6}}? tại (?:các )?$", ["tại", "các"]
    )


def _named(layers: Layers, s: Sentence) -> re.Match[str] | None:
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


def _sits(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a text opens with a numbered session that somebody comes to chair on a day."""
    return (
        _TO_CHAIR.search(layers.text, s.start, named.start()) is not None
        and _NUMBERED.match(layers.text, named.end()) is not None
        and any(t.kind in ("date", "range") for t in layers.times_between(named.end(), s.end))
    )


_TO_CHAIR = regex(r"(?<!\w)sẽ [^;.]{0,90}(?:đồng |cùng )?chủ trì $")
_NUMBERED = regex(r" (?:lần )?thứ (?:\d|\w)")


def _at_it(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a sentence begins with a meeting that it names and tells what somebody said there."""
    end = min(s.end, named.end() + _NAME_AND_PLACE)
    comma = layers.text.find(", ", named.end(), end)
    return (
        not _OF_TALKS.match(named[0])
        and not tells_a_visit(layers)
        and _AT.fullmatch(layers.text, head_of(layers.text, s), named.start()) is not None
        and comma >= 0
        and is_named(layers, named.end(), comma)
        and _SPEAKS.search(layers.text, comma, s.end) is not None
        and (
            named[0].lower().endswith("họp báo")
            or not any(t.kind != "date" for t in layers.times_between(s.start, comma))
        )
    )


def _decided(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a text opens with what a session did: "phiên họp thứ ba của ... đã rà soát ..."."""
    return (
        s in lead(layers)
        and named[0].lower() in _SESSIONS
        and _DECIDED.match(layers.text, named.end(), s.end) is not None
        and not _BEFORE_SESSION.search(layers.text, s.start, named.start())
    )


_SESSIONS = frozenset({"phiên họp", "cuộc họp", "kỳ họp", "khóa họp", "khoá họp"})
_DECIDED = regex(
    r" (?!Quốc hội)[^;.,]{3,90} đã (?:rà soát|thảo luận|thông qua|thống nhất|nhất trí|đánh giá"
    r"|tập trung|trao đổi|ghi nhận|nghe|xem xét|cho ý kiến)(?!\w)"
)
_BEFORE_SESSION = regex(r"(?<!\w)(?:các|những|từ|sau|trước|tại|theo) $", re.IGNORECASE)
_AT = regex(r"(?:[^,;.]{3,90}, )?(?:(?:[Pp]hát biểu )?[Tt]ại|[Tt]rong) (?:buổi |cuộc |phiên )?")
_OF_TALKS = regex(r"(?:cuộc|buổi|phiên) (?:tiếp|gặp|hội|điện|làm|trao)|hội (?:đàm|kiến)|gặp mặt")
"""Talks are told of by with whom they were (talks.py)."""
_NAME_AND_PLACE = 200
"""Code points behind the word for a meeting in which its name, its place and its day are said."""
_SPEAKS = regex(
    r"(?<!\w)(?:cho biết|nhấn mạnh|khẳng định|đề nghị|yêu cầu|phát biểu|thông tin|thông báo|nêu"
    r"|chia sẻ|đánh giá|nhận định|cho rằng|bày tỏ|đề xuất|kiến nghị|trao đổi|thảo luận"
    r"|giới thiệu)(?!\w)"
)


def _done(layers: Layers, s: Sentence) -> re.Match[str] | None:
    """What an office did itself, behind the day a sentence opens with: "Sở A tổng kết ..."."""
    low = head_of(layers.text, s)
    day = next((t for t in layers.times_between(low, min(s.end, low + _REACH))), None)
    if day is None or day.kind != "date" or _HEADED.match(layers.text, low) is None:
        return None
    done = layers.words.find(words_of_meetings("does"), day.end, min(s.end, day.end + _DOER))
    if done is None or _DOES_NOT.search(layers.text, day.end, done.start()):
        return None
    return done


_DOER = 220
"""Code points behind the day in which it is said who did something."""
_DOES_NOT = regex(
    r"(?<!\w)(?:nghị|buổi|cuộc|lễ|phiên|lớp|cáo|tác|việc|chuyến|để|về|nhằm|sẽ|bị|trình|dịp|dự|các)"
    r" $"
)
"""Before what an office does, that it is named there, or not done."""
_TO_BE = regex(
    r"(?:[^;.\n]|\.(?=\w)){0,120}(?<!\w)(?:sẽ|dự kiến|sắp) (?:sẽ )?(?:chính thức )?(?:được )?"
    r"(?:khai mạc|diễn ra|tổ chức)(?!\w)"
)
"""Behind a meeting's name, that it is to come."""
_TOMORROW = rare(r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày|hôm|[Ss]áng|[Nn]gày) mai(?!\w)")
_THIS = regex(r" này(?!\w)")
"""Behind the name of a meeting that was told before: "vòng tham vấn này diễn ra ngày 27/2"."""
_LOOKED_ON = regex(
    r"(?:chứng kiến (?:nghi thức )?|[Bb]an [Tt]ổ chức (?:các )?"
    r"|(?:[Bb]iên bản|[Nn]ghị quyết|[Vv]ăn kiện|[Tt]uyên bố"
    r"|[Tt]hông cáo) (?:của |chung )?)$"
)
"""Before what is only looked on at, and before what a paper is named after."""
_PAST = regex(r"\)? vừa (?:qua|rồi)(?!\w)")
"""Behind a day that further down in a report is that of another meeting: "ngày 2/6 vừa qua"."""


def _before(one: Time, other: Time | None) -> bool:
    """Whether a day comes before another of the same year."""
    return other is None or (one.month or 0, one.day or 0) < (other.month or 0, other.day or 0)


_WELCOMES = regex(r"[Ll]ễ (?:đón|tiễn|viếng|tang|thượng cờ|chào cờ)")
"""Ceremonies by which a visit begins and ends are no meetings."""
_CAME_FOR = regex(
    r"(?<!\w)(?:tiếp|gặp|hội kiến|hội đàm) [^;.]{5,160}? (?:sang|tới|đến|đang|nhân)"
    r" [^;.,]{3,90}(?<!\w)(?:dự|chủ trì) $"
)
"""Before a meeting for which a guest came whom somebody received: the reception is told."""
_PRAISED = regex(
    r"(?:chúc mừng|(?<!Phát biểu )đánh giá cao|Đánh giá cao|biểu dương)[^.]*"
    r"(?:việc|đã|tổ chức|chủ trì|dự)[^.]*$"
)
_OPENS = regex(r"Phát biểu(?: (?:khai mạc|kết luận|chỉ đạo))?(?: tại)? $")
_THAT_WAS = regex(
    r"(?:Đó|Đây) là (?:những )?(?:nội dung|\w+(?: \w+)?) của [^.;]{3,140} (?:tại|trong) "
)
_SOME_DAYS = regex(
    r"(?:Từ|Trong) (?:(?:các|hai|ba|bốn|\d) )?ngày \d"
    r"|(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Hôm) (?:nay|qua)"
)


def _carried_out(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a sentence says, before it names a meeting, that this was held, at no other time."""
    return _CARRIED_OUT.search(layers.text, s.start, named.start()) is not None and all(
        t.kind in ("year", "range") for t in layers.times_between(s.start, named.start())
    )


_CARRIED_OUT = regex(
    r"(?:đã|vừa) (?:cùng )?tiến hành $|vừa (?:phối hợp )?(?:tổ chức|diễn ra|có) $"
    r"|(?:đã|vừa) (?:(?:phối hợp|cùng) [^,;.]{3,120} )?(?:tổ chức|khai mạc)(?: thành công)? $"
    r"|(?:đã|vừa) (?:tham dự|dự|tham gia)(?: và (?:phát biểu|đồng chủ trì|chủ trì)(?: tại)?)? $"
)
"""Before a meeting's name, where a text opens with it and tells no day."""
_SAID_AT = regex(
    r"(?:nhấn mạnh|khẳng định|phát biểu|chỉ đạo|yêu cầu|chia sẻ|thông tin|ý kiến|nhận định"
    r"|đánh giá|đề nghị|mong muốn|cam kết) của [^.;]{3,140} (?:tại|trong) $"
)
_ISSUED = regex(r"(?<!\w)ban hành(?!\w)[^;.]*$")
"""Whoever issues a plan holds none of the meetings it names."""
_THERE = regex(r"(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày)[\w /.()-]{3,24}, tại (?:buổi |cuộc )?")
"""Before a meeting's name: "Ngày 19/6, tại hội nghị, ông A ..."."""
_HEADED = regex(r"(?:Vào |Trong )?(?:Rạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày|[Hh]ôm) ")
_TOOK_PLACE = regex(
    r"[^;.]{0,160}? (?:được kết nối (?:đến|tới|với)|được thực hiện (?:với|theo|tại)"
    r"|(?:đã |vừa )?(?:chính thức )?(?:diễn ra|khai mạc|bế mạc|kết thúc|được tổ chức)"
    r"(?: tại| theo| trực| bằng| ở| với| nhằm|,|\.)(?! (?:định|hằng|hàng|thường)))"
)
_CONCLUDED = regex(
    r"(?:kết luận của [^,;.:]{5,90} tại (?:các )?|(?<!\w)(?:đã |có ){0,2}kết luận (?:về|tại) )$"
)
"""Before a meeting's name, what was concluded there: "kết luận của Thủ tướng tại cuộc họp ..."."""
_BEGUN = regex(r"(?:trước|đến|hạn|kết luận của)[^,;.]{0,12}$")


def _in_a_caption(layers: Layers) -> Meeting | None:
    """A dated meeting in the caption of a picture, where the text itself gives no day."""
    words = layers.words
    for block in layers.document.blocks:
        if (
            block.kind == "caption"
            and words.has(words_of_meetings("meetings"), block.start, block.end)
            and words.has(words_of_meetings("held"), block.start, block.end)
        ):
            for time in layers.times_between(block.start, block.end):
                if time.kind == "date":
                    return Meeting(block.start, block.end, -1, time)
    return None
