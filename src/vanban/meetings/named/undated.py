"""Whether a meeting is a text's subject although its sentence tells no day of it."""

from vanban.meetings.meeting import is_named, words_of_meetings
from vanban.meetings.named.held import at_it, decided, is_of_itself, said_before
from vanban.meetings.named.naming import Naming
from vanban.patterns import regex

__all__ = ["is_its_subject"]


def is_its_subject(naming: Naming) -> bool:
    """Whether a sentence reports on the meeting that it names."""
    layers, s, _ = naming
    return (
        (
            layers.words.has(words_of_meetings("chaired"), s.start, s.end)
            and _TO_SET_UP.search(layers.text, s.start, s.end) is None
        )
        or (naming.leads and _opens_with(naming))
        or _THAT_WAS.match(layers.text, s.start) is not None
        or naming.before(_CONCLUDED)
        or _said_at(naming)
        or decided(naming)
        or _opened(naming)
        or _took_place(naming)
    )


_TO_SET_UP = regex(r"(?:nhất trí|thống nhất|đồng ý|cam kết|sẽ) (?:sớm )?(?:thành lập|lập) ")
"""What is to be set up may be chaired one day: "nhất trí thành lập Nhóm công tác do A chủ trì"."""
_THAT_WAS = regex(
    r"(?:Đó|Đây) là (?:những )?(?:nội dung|\w+(?: \w+)?) của [^.;]{3,140} (?:tại|trong) "
)
_CONCLUDED = regex(
    r"(?:kết luận của [^,;.:]{5,90} tại (?:các )?|(?<!\w)(?:đã |có ){0,2}kết luận (?:về|tại) )$"
)
"""Before a meeting's name, what was concluded there: "kết luận của Thủ tướng tại cuộc họp ..."."""


def _opens_with(naming: Naming) -> bool:
    layers, s, named = naming
    return (
        _carried_out(naming)
        or _SOME_DAYS.match(layers.text, naming.head) is not None
        or _JUST_HELD.match(layers.text, named.end(), s.end) is not None
        or is_of_itself(naming)
        or at_it(naming)
    )


_SOME_DAYS = regex(
    r"(?:Từ|Trong) (?:(?:các|hai|ba|bốn|\d) )?ngày \d"
    r"|(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Hôm) (?:nay|qua)"
)
_JUST_HELD = regex(
    r" [^.;]{3,200}(?<!\w)(?:vừa|mới) (?:chính thức )?(?:diễn ra|được tổ chức|khai mạc|bế mạc)"
    r"(?!\w)"
)
"""Behind a meeting's name, where a text opens with it, that it was held a moment ago."""


def _carried_out(naming: Naming) -> bool:
    """Whether a sentence says, before it names a meeting, that this was held, at no other time."""
    start, named = naming.sentence.start, naming.named.start()
    return naming.before(_CARRIED_OUT) and all(
        t.kind in ("year", "range") for t in naming.layers.times_between(start, named)
    )


_CARRIED_OUT = regex(
    r"(?:đã|vừa) (?:cùng )?tiến hành $|vừa (?:phối hợp )?(?:tổ chức|diễn ra|có) $"
    r"|(?:đã|vừa) (?:(?:phối hợp|cùng) [^,;.]{3,120} )?(?:tổ chức|khai mạc)(?: thành công)? $"
    r"|(?:đã|vừa) (?:tham dự|dự|tham gia)(?: và (?:phát biểu|đồng chủ trì|chủ trì)(?: tại)?)? $"
)
"""Before a meeting's name, where a text opens with it and tells no day."""


def _said_at(naming: Naming) -> bool:
    """Whether a sentence tells what was said at a meeting that it names, of no other time."""
    layers, s, named = naming
    return (
        (named[0] in _SITTINGS or not named[0].startswith(("cuộc", "buổi")))
        and said_before().search(layers.text, s.start, named.start()) is not None
        and is_named(layers, named.end(), s.end)
        and not layers.times_between(s.start, named.start())
    )


_SITTINGS = frozenset({"cuộc họp", "cuộc họp báo", "buổi họp báo", "buổi họp", "buổi lễ"})
"""Of these it is not told with whom they were, as of talks."""


def _opened(naming: Naming) -> bool:
    layers, s, named = naming
    return (
        naming.before(_OPENS)
        and not named[0].startswith(("cuộc", "buổi"))
        and is_named(layers, named.end(), s.end)
    )


_OPENS = regex(r"Phát biểu(?: (?:khai mạc|kết luận|chỉ đạo))?(?: tại)? $")


def _took_place(naming: Naming) -> bool:
    return naming.named.start() == naming.sentence.start and naming.behind(_TOOK_PLACE)


_TOOK_PLACE = regex(
    r"[^;.]{0,160}? (?:được kết nối (?:đến|tới|với)|được thực hiện (?:với|theo|tại)"
    r"|(?:đã |vừa )?(?:chính thức )?(?:diễn ra|khai mạc|bế mạc|kết thúc|được tổ chức)"
    r"(?: tại| theo| trực| bằng| ở| với| nhằm|,|\.)(?! (?:định|hằng|hàng|thường)))"
)
