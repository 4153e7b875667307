"""Clauses that name a weakness, an obstacle or a limitation."""

import re
from bisect import bisect_left
from functools import cache
from itertools import accumulate
from typing import Any

from vanban.data import load
from vanban.patterns import Cue, Match, alternation, cue, regex
from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.grammar import grammar
from vanban.records import Shortcoming, Task
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_shortcomings"]

_UNSURE = frozenset({"only", "hard", "section"})
_LONGEST_HEADING = 90
_SHORTEST_LISTED = 18
_SHORTEST_IN_SECTION = 24
"""Code points; a shorter clause of a list is a label, not a weakness."""
_MOST_WORDS = 14
_NOT_IN_REACH = 34
"""Code points before a cue in which "khắc phục", "tháo gỡ" ... make it a task or a wish."""


class _Parts(dict[str, Match]):
    """By a first word, the cues that it can begin, each compiled when a text has such a word.

    A word begins two or three of the cues, and trying all of them takes five times as long.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows
        self._compiled: dict[str, Match] = {}

    def __missing__(self, word: str) -> Match:
        cues = tuple(self._one(row) for row in self._rows if word in row["begins"])

        def first(text: str, start: int, end: int) -> re.Match[str] | None:
            for match in cues:
                if (m := match(text, start, end)) is not None:
                    return m
            return None

        found = self[word] = cues[0] if len(cues) == 1 else first
        return found

    def _one(self, row: dict[str, Any]) -> Match:
        if row["id"] not in self._compiled:
            self._compiled[row["id"]] = re.compile(_form(row)).match
        return self._compiled[row["id"]]


def _form(row: dict[str, Any]) -> str:
    return f"(?P<{row['id']}>(?i:{row['pattern']}))"


@cache
def _cues() -> Cue:
    rows = load("shortcomings")["cues"]
    first = frozenset(word for row in rows for word in row["begins"])
    return Cue(lambda: rf"(?<!\w)(?:{'|'.join(map(_form, rows))})", first, parts=_Parts(rows))


@cache
def _any_of(name: str) -> Cue:
    return cue(load("shortcomings")[name], any_case=True)


@cache
def _turns() -> Cue:
    return cue(load("shortcomings")["turns"], then=r"(?!\w)(?! song)")


class _Taken:
    """The runs of a text that are tasks, and so no shortcomings."""

    def __init__(self, tasks: list[Task]) -> None:
        spans = sorted((t.anchor.start, t.anchor.end) for t in tasks)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def touches(self, start: int, end: int) -> bool:
        """Whether a task has a code point in `[start, end)`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def read_shortcomings(scan: Scan, tasks: list[Task]) -> list[Shortcoming]:
    """The weaknesses a text admits, one per clause; what is to be done about them is a task.

    Source: `data/shortcomings.yml`.
    Args:
        scan: the document.
        tasks: its tasks; a clause that is one names no shortcoming.
    """
    taken = _Taken(tasks)
    found: list[Shortcoming] = []
    section = items = False
    told_of = -1
    for sentence in scan.sentences:
        if _is_heading(scan, sentence):
            section, items = _heads_section(scan, sentence), False
            continue
        if sentence.asks(scan.text):
            continue
        if items and not _is_item(scan, sentence):
            section = items = False
        if not section and _leads_in(scan, sentence):
            section = items = _items_below(scan, sentence)
            continue
        # Most sentences name nothing of the kind, and need not be cut.
        if not (section or told_of == sentence.block) and not (
            scan.words.has(_cues(), sentence.start, sentence.end)
            or scan.words.has(_any_of("openers"), sentence.start, sentence.end)
        ):
            continue
        clauses = split_clauses(scan.text, sentence.start, sentence.end)
        listed = _skip_opener(scan, clauses)
        if _IN_ORDER.match(scan.text, sentence.start) is not None:
            listed = listed or told_of == sentence.block
        elif (
            told_of != sentence.block
            and scan.words.has(_any_of("openers"), sentence.start, sentence.end)
            and _SOME_ARE_TOLD.search(scan.text, sentence.start, sentence.end)
        ):
            told_of = sentence.block
        for a, b in clauses:
            if taken.touches(a, b):
                continue
            rule = _rule(scan, a, b, listed=listed, section=section)
            if rule is None:
                continue
            if found and _told_by_the_next(scan, found[-1], a):
                found.pop()
            found.append(_record(scan, a, b, rule))
    return found


_IN_ORDER = regex(
    r"(?:Thứ (?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám)|(?:Một|Hai|Ba|Bốn|Năm|Sáu) là|Trước hết là),? "
)
_SOME_ARE_TOLD = regex(
    r"(?:còn|bộc lộ|có|tồn tại|gặp|là|chỉ ra|nêu)[^.;:]{0,30}"
    r" (?:một số|nhiều|những|không ít|[2-9]|hai|ba|bốn|năm)"
    r" (?:bất cập|hạn chế|tồn tại|khó khăn|vướng mắc|yếu kém|điểm yếu|điểm nghẽn)"
)
"""A sentence behind which those in order ("Thứ nhất, ...") each tell one."""


def _told_by_the_next(scan: Scan, before: Shortcoming, start: int) -> bool:
    """Whether a record only says that there are difficulties, and the clause at `start` which."""
    if _ONLY_SAYS.search(scan.words.lower, before.anchor.start, before.anchor.end) is None:
        return False
    if not scan.text.endswith(_TURNS_TO, 0, before.anchor.start):
        return False
    if scan.text[before.anchor.end : start].strip(" .;:…"):
        return False
    return _ADDS.match(scan.text, start) is None


_ONLY_SAYS = regex(
    r"(?:còn|gặp|gặp phải|có|bộc lộ|tồn tại) (?:rất nhiều|rất|không ít|nhiều|một số|những)"
    r"(?:(?:,| và)? (?:khó khăn|hạn chế|bất cập|tồn tại|vướng mắc|thách thức|trở ngại|khuyết điểm"
    r"|yếu kém|nhất định))+$"
)
_TURNS_TO = ("Tuy nhiên, ", "Tuy vậy, ", "Song, ", "Song ", "Dù vậy, ")
_ADDS = regex(r"(?:Bên cạnh|Ngoài ra|Cùng với|Cùng đó|Đồng thời|Mặt khác|Hơn nữa|Thêm vào)")


def _record(scan: Scan, start: int, end: int, rule: str) -> Shortcoming:
    frame = _frame().match(scan.text, start, end)
    if frame is not None and frame.end() < end - 10:
        start = frame.end()
    return Shortcoming(
        anchor=scan.document.anchor(start, end),
        rule=f"shortcoming.{rule}",
        confidence=0.6 if rule in _UNSURE else 0.75,
        what=" ".join(scan.text[start:end].split()[:_MOST_WORDS]),
    )


_STOP = regex(r"[.;,…]$")
_NUMBERED = regex(r"(?:\d+(?:\.\d+)*|[IVX]+|[a-z])[.)]\s")
_COLON = regex(r":\s+")
_ITSELF = regex(r" còn (?:rất |khá |nhiều )?(?:hạn chế|bất cập|yếu kém)$")


def _is_heading(scan: Scan, sentence: Sentence) -> bool:
    if sentence.heading:
        return True
    words = scan.sentence_text(sentence).strip()
    if len(words) >= _LONGEST_HEADING or _STOP.search(words):
        return False
    return words.isupper() or _NUMBERED.match(words) is not None


_ITEM = regex(r"(?:[-–—•*+►▪]|\d{1,2}[.)]|[a-zđ][.)])\s*\S")
_BELOW = regex(r"\s*\n\s*(?=\S)")


def _is_item(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence stands in an item of a list."""
    return _ITEM.match(scan.text, scan.document.blocks[sentence.block].start) is not None


def _opens_section(scan: Scan, sentence: Sentence) -> bool:
    """Whether a heading or a lead-in names shortcomings, not what is done about them."""
    opener = scan.words.find(_any_of("openers"), sentence.start, sentence.end)
    if opener is None or scan.words.has(_any_of("ahead"), sentence.start, sentence.end):
        return False
    return not scan.words.has(_any_of("not_in"), sentence.start, opener.start())


def _heads_section(scan: Scan, sentence: Sentence) -> bool:
    """Whether below a heading stand shortcomings alone, whatever their words.

    A paper's "2. Tồn tại, hạn chế" does; a newspaper's "Nhiều rào cản" stands above a story.
    """
    if not _opens_section(scan, sentence):
        return False
    heading = scan.words.lower[sentence.start : sentence.end].strip()
    if _AGAINST.search(heading) is not None:
        return False
    return _NUMBERED_ANY_CASE.match(heading) is not None or _FORMAL.search(heading) is not None


_NUMBERED_ANY_CASE = regex(r"(?:\d+(?:\.\d+)*|[ivx]+|[a-zđ])[.)/]\s|phần ")
_FORMAL = regex(
    r"^\W*(?:(?:về|những|các|một số|tình hình)\s+)*"
    r"(?:tồn tại|hạn chế|khó khăn|vướng mắc|bất cập|yếu kém|thách thức|điểm nghẽn)"
    r"(?:\W+(?:và\W+)?(?:tồn tại|hạn chế|khó khăn|vướng mắc|bất cập|yếu kém|thách thức"
    r"|nguyên nhân|trở ngại))*\W*(?:$|(?:trong|của|về|cần|chủ yếu|còn|hiện nay|như sau|sau)(?!\w))"
)
_AGAINST = regex(
    r"(?<!\w)(?:kết quả|thành tựu|thành tích|thắng lợi|cơ hội|thuận lợi|dấu ấn|điểm sáng"
    r"|trong|giữa|vượt|biến|từ)(?!\w)"
)
"""Before what opens a section, it heads what was reached in spite of it, or both together."""


def _leads_in(scan: Scan, sentence: Sentence) -> bool:
    """Whether a line says that shortcomings follow: "... còn một số hạn chế sau:".

    What such a line itself says of them is no record: it names none.
    """
    words = scan.text[sentence.start : sentence.end].rstrip()
    ends = sentence.end >= scan.document.blocks[sentence.block].end - 1
    return ends and words.endswith(":") and _opens_section(scan, sentence)


def _items_below(scan: Scan, sentence: Sentence) -> bool:
    """Whether the block behind a sentence is an item of a list."""
    below = _BELOW.match(scan.text, scan.document.blocks[sentence.block].end)
    return below is not None and _ITEM.match(scan.text, below.end()) is not None


def _skip_opener(scan: Scan, clauses: list[tuple[int, int]]) -> bool:
    """Cut the lead-in of a list of shortcomings off its first clause; say whether there is one.

    "Một số hạn chế: xúc tiến còn dàn trải; ...": the list begins behind the colon.
    """
    if not clauses:
        return False
    start, end = clauses[0]
    colon = _COLON.search(scan.text, start, end)
    if colon is None or not scan.words.has(_any_of("openers"), start, colon.start()):
        return False
    if _ITSELF.search(scan.text, start, colon.start()) is not None:
        # "Hạ tầng còn hạn chế: ..." admits one, and says more of it behind the colon.
        return True
    clauses[0] = colon.end(), end
    return True


def _rule(scan: Scan, start: int, end: int, *, listed: bool, section: bool) -> str | None:
    """The cue by which a clause names a weakness; None if it does not.

    Args:
        listed: whether it stands in a list of shortcomings.
        section: whether it stands under a heading of shortcomings.
    """
    words = scan.words
    if not (listed or section or words.has(_cues(), start, end)):
        return None
    said = _frame().match(scan.text, start, end)
    front = said.end() if said is not None else start
    world = words.find(_any_of("world"), start, min(end, front + 60))
    if world is not None and not scan.text.endswith("nhất ", start, world.start()):
        # "nhất thế giới về xuất khẩu" is no word on the world.
        return None
    if _DONE_WELL.match(scan.text, front) or words.lower.endswith(_OF_ALL, start, end):
        return None
    if _RESTATES.match(scan.text, front, end) is not None:
        return None
    at = start
    # One cue that does not hold hides none that begins inside its words.
    while (m := words.find(_cues(), at, end)) is not None:
        at = m.start() + 1
        turn = words.find(_turns(), start, m.start())
        low = max(turn.end() if turn else start, m.start() - _NOT_IN_REACH)
        if _overcome(scan, m.start(), end):
            continue
        if _of_a_partner(scan, start, m) or _denied(scan, start, m):
            continue
        if m.lastgroup == "only" and _NOT_ONLY.search(words.lower, start, m.start()):
            continue
        if m.lastgroup == "abroad" and not _done_abroad(scan, start, m.start()):
            continue
        if m.lastgroup in _SAID_OF_WHAT_IS_DEALT_WITH and _dealt_with(scan, start, m.start()):
            continue
        if _LOW.search(m[0]) and _GOOD_WHEN_LOW.search(words.lower, start, m.end()):
            continue
        if _SET_IN.search(words.lower, start, m.start()) or _of_the_world(scan, start, m.start()):
            continue
        if not _wished_away(scan, low, m.start()):
            return m.lastgroup
    if listed and end - start > _SHORTEST_LISTED:
        return "list"
    if section and end - start > _SHORTEST_IN_SECTION:
        explains = words.match(_any_of("explains"), start, len(scan.text))
        return None if explains is not None else "section"
    return None


_DONE_WELL = regex(
    r"(?:đã )?(?:[Dd]uy trì|[Tt]hực hiện|[Ll]àm|[Tt]ổ chức|[Hh]oàn thành)(?: rất)?"
    r" (?:tốt|xuất sắc|thành công|vượt)(?!\w)"
)
_OF_ALL = ("toàn thế giới", "toàn cầu", "khắp thế giới")
"""At its end, a clause speaks of the world at large."""
_RESTATES = regex(r"(?:Tình trạng|Thực trạng|Điều|Việc) (?:này|trên|đó)[^;.]{0,90} có thể ")
"""What may come of the one told before is no other."""
_SET_IN = regex(
    r"được [^,;.]{0,30} trong bối cảnh[^;.]*$"
    r"|(?<!\w)(?:trong|trước) (?:những |các )?"
    r"(?:bối cảnh|điều kiện|hoàn cảnh|tình hình)[^,;.]{0,120}$"
    r"|(?<!\w)nếu(?!\w)[^;.]{0,200}$"
)
"""Words before a cue that make what it names the setting of something else, or only thought of."""


def _of_the_world(scan: Scan, start: int, cue: int) -> bool:
    """Whether what a cue names befalls the world at large: its subject is that, not one of ours."""
    low = max(start, cue - 70)
    for m in scan.words.find_all(_any_of("world"), low, cue):
        if scan.text.endswith("nhất ", start, m.start()):
            continue
        if _OURS.search(scan.words.lower, m.end(), cue) is None:
            return True
    return False


_OURS = regex(r"[,;:]|(?<!\w)(?:khiến|làm|doanh nghiệp|việt nam|nước ta|ta|tỉnh|ngành|đến)(?!\w)")
_LOW = regex(r"thấp|giảm|đi xuống|thu hẹp|chững lại|lao dốc")
_GOOD_WHEN_LOW = regex(
    r"(?<!\w)(?:lạm phát|cpi|thất nghiệp|lãi suất|nợ công|nợ xấu|bội chi|hộ nghèo|nghèo đa chiều"
    r"|tội phạm|tử vong|phát thải|nhập siêu|rủi ro|tai nạn|vi phạm|số vụ|chi phí"
    r"|giá (?:xăng|cước))(?!\w)"
)


def _overcome(scan: Scan, start: int, end: int) -> bool:
    """Whether a clause says that what its cue names was overcome, not that it was not."""
    return any(
        not scan.words.lower.endswith(_NOT_SO, start, m.start())
        for m in scan.words.find_all(_any_of("overcome"), start, end)
    )


_NOT_SO = ("chưa ", "không ", "khó ")
_LACKING = ("còn thiếu", "chưa có")


def _of_a_partner(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether what is lacking is lacking abroad: "Nhật Bản thiếu lao động"."""
    if found.lastgroup != "lack" and not found[0].startswith(_LACKING):
        return False
    return any(
        p.type == "country" and not scan.text[p.end : found.start()].strip()
        for p in scan.partners_between(start, found.start())
    )


def _denied(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether "không" stands before what would be one: "không né tránh trách nhiệm"."""
    return found.lastgroup in ("thin", "plight") and scan.words.lower.endswith(
        "không ", start, found.start()
    )


_NOT_ONLY = regex(r"không (?:phải|chỉ|riêng)[^,;.]{0,40}$")


def _done_abroad(scan: Scan, start: int, cue: int) -> bool:
    """Whether a partner does what a cue names: "phía Trung Quốc tăng cường kiểm soát"."""
    return any(
        p.type in ("country", "bloc")
        and _WILL.fullmatch(scan.text, p.end, cue) is not None
        and not scan.text.endswith(("với ", "cùng ", "sang ", "vào "), start, p.start)
        for p in scan.partners_between(start, cue)
    )


_WILL = regex(
    r" (?:\([^()]{1,20}\) )?(?:(?:đã|đang|sẽ|vừa|tiếp tục|dự kiến|liên tục|bắt đầu|cũng) )*"
)
_SAID_OF_WHAT_IS_DEALT_WITH = frozenset(
    {"thin", "hard", "lack", "this_is", "plight", "suffered", "happens", "weakness"}
)
_DEALT_WITH = regex(
    r"(?:tháo gỡ|khắc phục|giải quyết|xử lý|rà soát|thống kê|đôn đốc|bảo hộ|giúp đỡ|trợ giúp"
    r"|chăm lo|hỗ trợ|chia sẻ)"
    r"(?: (?!(?:còn|chưa|bị|vẫn|do|vì|mà|là)(?!\w))(?:\d[\d.,/]*|\w+)| và"
    r"|,(?= (?:khó khăn|vướng mắc|bất cập|có hiệu quả|hiệu quả|dứt điểm)| $)){0,16} $",
    re.IGNORECASE,
)
_OF_SEVERAL = regex(r"(?<!\w)(?:các|những)(?!\w)[^;.]{1,90}$")


def _dealt_with(scan: Scan, start: int, cue: int) -> bool:
    """Whether a cue only tells what something is done about: "rà soát các dự án có vướng mắc"."""
    if _DEALT_WITH.search(scan.text, start, cue) is not None:
        return True
    verb = grammar().verb.pattern.match(scan.text, _frame_end(scan, start, cue), cue)
    return verb is not None and _OF_SEVERAL.search(scan.text, verb.end(), cue) is not None


def _frame_end(scan: Scan, start: int, end: int) -> int:
    said = _frame().match(scan.text, start, end)
    start = said.end() if said is not None and said.end() < end else start
    front = _CONTINUES.match(scan.text, start, end)
    return front.end() if front is not None else start


_CONTINUES = regex(r"(?:[-–+•*] *)?(?:(?:Tiếp tục|tiếp tục|Khẩn trương|khẩn trương) )?")


def _wished_away(scan: Scan, start: int, end: int) -> bool:
    """Whether what stands before a cue makes its clause a task, a result or a wish."""
    for m in scan.words.find_all(_any_of("not_in"), start, end):
        if scan.words.lower.endswith("việc ", start, m.start()):
            # "Việc xử lý hồ sơ còn chậm" is one.
            continue
        if m[0] == "để" and _LEFT.match(scan.text, m.end()) is not None:
            continue
        # "Trong khi đó", "trong khi ..." only set one thing against another.
        if m[0] != "khi" or not scan.text.endswith("rong ", max(0, m.start() - 5), m.start()):
            return True
    return False


_LEFT = regex(r" (?:trống|mất|xảy ra|lại|lọt|ngỏ|quá hạn|tồn|lỡ|hở)(?!\w)")
"""Behind "để", what was let happen, not what for."""


@cache
def _frame() -> re.Pattern[str]:
    data = load("shortcomings")
    return re.compile(
        rf"(?:[-–+•]\s*)?(?:(?:{alternation(data['connectives'])}),?\s*)?"
        rf"(?:[^,;:]{{0,120}}?(?:{alternation(data['sayings'])})(?: rằng)?[:,]?\s+)?"
    )
