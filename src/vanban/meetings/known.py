"""The meeting a text speaks of as known and nowhere says to have been held: "Tại hội nghị, ..."."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import Rare, rare
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER
from vanban.meetings.meeting import (
    Meeting,
    announces,
    head_of,
    is_background,
    is_named,
    is_planned,
    is_to_come,
    lead,
    leaves,
    of_a_document,
    opening,
    words_of_meetings,
)
from vanban.meetings.who_met import who_met
from vanban.patterns import Cue, Ending, alternation, both_cases, cue, regex
from vanban.sentences import Sentence

__all__ = ["find_known_meeting"]

_FRONT = 70
"""Code points behind the name of the talks in which a sentence says when they were."""
_MARGIN = 20
_DONE = 200
"""Code points behind the day in which a sentence says what was done."""


@cache
def _known() -> re.Pattern[str]:
    """How a sentence begins that speaks of a meeting without saying which: it is the text's own."""
    data = load("events")
    speaks = rf"(?:{alternation(data['speaks'])})"
    kind = (
        r"(?:(?:[Cc]uộc|[Bb]uổi|[Pp]hiên|[Cc]hương trình|[Ss]ự kiện)"
        rf" (?:{alternation(both_cases(data['sittings']))})"
        rf"|(?:{alternation(both_cases(data['gatherings']))}))"
    )
    speaker = rf"(?:{alternation(data['speakers'])}|ông|bà|đồng chí|các|đại diện|lãnh đạo|hai bên)"
    return regex(
        rf"(?:Và |Cũng )?"
        rf"(?:(?:{speaks}(?:,? [{LOWER}]+){{0,9}} )?[Tt](?:ại|rong) (?P<at>{kind})"
        rf"(?:,| (?=(?:{speaker}|cho thấy)(?!\w)))"
        rf"|{speaks}(?: [{LOWER}]+){{0,5}}? (?P<of>{kind}),"
        rf"|(?:Tham dự|Dự|Cùng dự|Cùng tham dự|Đồng chủ trì|Chủ trì|Đến dự|Tham gia)"
        rf" (?P<among>{kind}|(?:họp|làm việc|tiếp|gặp)(?= có ))"
        rf"(?:,? (?:còn )?(?:có|gồm)(?!\w)|,? (?:về phía|tại điểm cầu|tại đầu cầu) )"
        rf"|(?:Cùng |Cùng tham gia )?(?P<guests>[Đđ]ón tiếp|[Tt]iếp|[Ll]àm việc)"
        rf"(?:(?:,| và)? (?:tiếp|đón|làm việc))?(?: với)?"
        rf" (?:[đĐ]oàn|các đại biểu)[^,;.:]{{0,40}} có:? "
        rf"|(?:(?:[Tt]ại|[Tt]rong) (?P<session>{kind}) (?:lần )?này,|Đây là (?!diễn đàn|cuộc|buổi)"
        rf"(?P<this>{kind})(?!\w))"
        rf"|(?:Hơn |Gần |Trên |Khoảng )?\d[\d.]* [{LOWER} ,]{{3,60}}(?<!\w)(?:tham )?dự"
        rf" (?P<many>{kind})(?= và |[.,])"
        rf"|(?P<it>{kind}|Sự kiện)(?: trực tuyến| lần này| năm nay)?"
        rf" (?:{alternation(data['it_does'])})(?!\w))"
    )


_NOT_IT = regex(r"(?<!\w)(?:trước thềm|bên lề|nhân dịp|sau|trước|các|những|nhiều) $", re.IGNORECASE)


def find_known_meeting(layers: Layers) -> list[Meeting]:
    """The meeting that a text speaks of near its top as of one that is known; none if it does not.

    It is told where the text says most of it; talks of which a sentence itself says with whom or
    when they were are told there.
    """
    spoken_of = []
    for s in opening(layers):
        known = _known().match(layers.text, head_of(layers.text, s), s.end)
        if known is None or is_to_come(layers, s.start, min(s.end, known.end() + _MARGIN)):
            continue
        if not (known["it"] and announces(layers)):
            kind = next(k for k in known.groupdict().values() if k).lower()
            spoken_of.append((_LONG_FORM.get(kind, kind), s))
    # Who speaks to the press tells of other meetings.
    for kind, s in sorted(spoken_of, key=lambda known: not known[0].endswith("họp báo")):
        told = _told_best(layers, kind, s)
        if told is None:
            break
        return [told]
    for s in opening(layers):
        for glued in _GLUED.finditer(layers.text, s.start, s.end):
            # Behind a caption that ends in no stop.
            if _known().match(layers.text, glued.end(), s.end):
                return [Meeting(glued.end(), s.end, s.index, None)]
    for s in opening(layers):
        today = _today().search(layers.text, s.start, s.end)
        if today is not None and not is_background(layers, s):
            return [Meeting(today.start(), s.end, s.index, None)]
    for s in opening(layers):
        welcomed = _welcomed().search(layers.text, s.start, s.end)
        if welcomed is not None and not is_background(layers, s):
            return [Meeting(welcomed.start(), s.end, s.index, None)]
    for s in opening(layers):
        m = _of_talks().match(layers.text, head_of(layers.text, s), s.end)
        if (
            m is not None
            and " các " in m[0]
            and (_WITH_ANY.match(layers.text, m.end()) or _of_some_days(layers))
        ):
            # "Tại các cuộc hội đàm với phía bạn, ...": whenever they talk.
            continue
        if m is None or is_to_come(layers, s.start, m.end() + _MARGIN):
            continue
        times = layers.times_between(head_of(layers.text, s), min(s.end, m.end() + _FRONT))
        day = next((t for t in times if t.kind == "date"), None)
        return [Meeting(s.start, s.end, s.index, day, m.end())]
    return _said_there(layers)


def _of_some_days(layers: Layers) -> bool:
    """Whether a text opens with a journey of some days: "Từ ngày 14 đến 19/1, đoàn ..."."""
    return any(_DAYS.match(layers.text, head_of(layers.text, s), s.end) for s in lead(layers))


_DAYS = regex(r"Từ (?:ngày )?\d[\d/]{0,9} ?(?:đến|-|–) ?(?:ngày )?\d")


def _said_there(layers: Layers) -> list[Meeting]:
    """The meeting that one of the first sentences names as known, but does not begin with.

    "... được ký kết tại hội nghị, ..."; or one in which somebody opened it.
    """
    for s in lead(layers):
        there = _there().search(layers.text, s.start, s.end)
        if there is not None and not (
            is_background(layers, s)
            or is_planned(layers.text, s.start, there.start())
            or is_to_come(layers, s.start, there.start())
        ):
            return [Meeting(s.start, s.end, s.index, None)]
    return []


@cache
def _there() -> re.Pattern[str]:
    data = load("events")
    kinds = rf"(?:cuộc họp|phiên họp|buổi (?:làm việc|tiếp|lễ)|{alternation(data['gatherings'])})"
    return regex(
        rf"(?<!\w)(?<!hội )(?:tại|trong) {kinds}(?=[,.;]| (?:này|đã|bao gồm|với sự|lần này)(?!\w))"
        r"|(?<!\w)Phát biểu (?:khai mạc|bế mạc|kết luận|đề dẫn), "
    )


_WITH_ANY = regex(r" với (?:phía )?(?:bạn|đối tác|các |nước|doanh nghiệp|khách)")
_LONG_FORM = {
    "họp": "cuộc họp",
    "đón tiếp": "buổi tiếp",
    "làm việc": "buổi làm việc",
    "tiếp": "buổi tiếp",
    "gặp": "cuộc gặp",
}
"""What was attended, as it is named elsewhere: "Dự họp có ..."."""
_GLUED = regex(r"(?<=[\w)] )(?=(?:Phát biểu|Tại|Kết luận|Trao đổi|Chia sẻ) )")


@cache
def _today() -> Rare:
    """A meeting that whoever speaks there speaks of: "hội nghị hôm nay"."""
    kinds = alternation(load("events")["gatherings"])
    return rare(rf"(?<!\w)(?:{kinds}|cuộc họp|phiên họp) (?:hôm|sáng|chiều) nay(?!\w)")


@cache
def _welcomed() -> Rare:
    """The meeting to which whoever speaks there welcomes those who came."""
    kinds = alternation(load("events")["meetings"])
    return rare(
        rf"(?<!\w)(?:chào mừng|chào đón|[Cc]ảm ơn)(?: [\w,]+){{1,14}}? (?:đến|đã đến|tới)"
        rf" (?:(?:tham )?dự|với) (?:{kinds})(?!\w)"
    )


@cache
def _of_talks() -> re.Pattern[str]:
    """How a sentence begins that tells from talks, be it without saying with whom."""
    data = load("events")
    return regex(
        rf"(?:Tại|Trong|Bước vào|Kết thúc) (?:các )?(?:cuộc|buổi) (?:{alternation(data['talks'])}"
        rf"|{alternation(data['work'])})(?! mặt)(?! với (?:phóng viên|báo |PV))"
        rf"(?=,| với | sau đó| sáng | chiều | ngày | [{UPPER}])"
    )


def _told_best(layers: Layers, kind: str, known: Sentence) -> Meeting | None:
    """Where a text says most of a meeting of a kind; None if it is the background of another.

    Args:
        kind: "cuộc họp", "hội nghị"; "buổi gặp mặt" is named by "họp mặt" too.
        known: the sentence that speaks of it as known.
    """
    best, most, of_headline = None, 0, False
    places = [(s.start, s.end, s.index, s.heading) for s in layers.sentences[: known.index + _ON]]
    places += [(b.start, b.end, -1, True) for b in layers.document.blocks if b.kind == "caption"]
    for start, end, index, beside in places:
        name = _named_in(layers, kind, start, end)
        if name is None and index == known.index:
            name = (start, start)
        if name is not None and index < known.index and leaves(layers, start, name[0]):
            # Whoever leaves for it has not held it yet.
            return None
        if name is None or (
            index != known.index and is_to_come(layers, name[1], min(end, name[1] + _SOON))
        ):
            continue
        said = _said_of(layers, start, end, name, beside=beside)
        if index > known.index and (
            said < _FULL or _HELD.search(layers.text, start, name[0]) is None
        ):
            # Further down, what is not said to be held may be another.
            continue
        # Of pale mentions the first is taken, in running text if there is one; of full ones the
        # fullest.
        if (
            best is None
            or (said >= _FULL and said > most)
            or (most < _FULL and index <= known.index and of_headline and not beside)
        ):
            of_headline = beside
            best, most = Meeting(start, end, index, None), said if index != known.index else 0
    if best is None or (best.index >= 0 and is_background(layers, layers.sentences[best.index])):
        return None
    if most == 0:
        return _dated_above(layers, kind, known) or _met_above(layers, kind, known) or best
    return best


def _met_above(layers: Layers, kind: str, known: Sentence) -> Meeting | None:
    """The sentence that says who met whom, of talks spoken of as known below it.

    Further down than the top it says so in the same words: "A vừa điện đàm với B".
    """
    of_talks = _TALKS.match(kind)
    if of_talks is None:
        return None
    in_the_lead = lead(layers)
    for s in opening(layers):
        if s.index >= known.index or is_background(layers, s):
            continue
        met = who_met(layers, s, head_of(layers.text, s))
        if met is not None and (
            s in in_the_lead or layers.words.lower.find(of_talks[1], s.start, met) >= 0
        ):
            return Meeting(s.start, s.end, s.index, None, met)
    return None


_SOON = 60
"""Code points behind a word for a meeting in which it is said that it is to come."""
_ON = 12
"""Sentences behind one that speaks of a meeting as known in which more is said of it."""
_FULL = 6
"""What is said of a meeting where running text names it."""


def _named_in(layers: Layers, kind: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a word for a meeting of a kind stands in `text[start:end]`; None if there is none."""
    alike: tuple[str, ...] = next((words for words in _ALIKE if kind.endswith(words[0])), (kind,))
    if (of_talks := _TALKS.match(kind)) is not None:
        alike = (kind, *(f"{said} {of_talks[1]}" for said in ("cuộc", "buổi", "phiên")))
    for name in alike:
        at = layers.words.lower.find(name, start, end)
        if (
            at >= 0
            and _NOT_IT.search(layers.text, start, at) is None
            and not is_planned(layers.text, start, at)
        ):
            return at, at + len(name)
    return None


def _said_of(layers: Layers, start: int, end: int, name: tuple[int, int], *, beside: bool) -> int:
    """How much `text[start:end]` says of a meeting: its name, that it was held.

    Args:
        name: where the word for it stands.
        beside: whether it is a headline or a caption, no running text.
    """
    said = 1 if beside else 3
    held = layers.words.has(words_of_meetings("held"), start, end)
    if is_named(layers, name[1], end) and (
        (held and name[0] - start < _MARGIN) or _HELD.search(layers.text, start, name[0])
    ):
        said += 4
    return said + held


_HELD = Ending(
    r"(?<!\w)(?:tổ chức|khai mạc|bế mạc|chủ trì|dự|diễn ra|tại|tiến hành|điều hành|có|lễ|phiên) $",
    ["tổ chức", "mạc", "chủ trì", "dự", "ra", "tại", "hành", "có", "lễ", "phiên"],
)
"""Before a word for a meeting that is held; not before one that a paper or a journey is of."""


def _dated_above(layers: Layers, kind: str, known: Sentence) -> Meeting | None:
    """The sentence near the top that says what was done on a day, at which the meeting was.

    "Chiều 8/5, Đoàn ... đã đến thăm và làm việc tại tỉnh. Tại buổi tiếp, ...".
    """
    for s in lead(layers):
        low = head_of(layers.text, s)
        if s.index >= known.index or is_background(layers, s):
            continue
        if _TALKS.match(kind) and not layers.words.has(_contact(), low, s.end):
            continue
        for time in layers.times_between(low, min(s.end, low + _FRONT)):
            if time.kind != "date" or of_a_document(layers, time):
                continue
            if layers.words.has(
                words_of_meetings("no_meeting"), low, min(s.end, time.end + _DONE)
            ) or is_to_come(layers, low, s.end):
                break
            return Meeting(s.start, s.end, s.index, time)
    return None


@cache
def _contact() -> Cue:
    """What is done with somebody, or what came of it."""
    data = load("events")
    return cue([*data["done_with"], *data["then_done"], *data["talks"], *data["came_of_it"]])


_TALKS = regex(r"(?:cuộc|buổi|phiên) (tiếp|làm việc|hội đàm|hội kiến|điện đàm|gặp)$")
_ALIKE = (
    ("gặp mặt", "họp mặt"),
    ("họp mặt", "gặp mặt"),
    ("tọa đàm", "toạ đàm"),
    ("toạ đàm", "tọa đàm"),
)
