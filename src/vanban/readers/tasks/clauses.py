"""Clauses, each of which can be one task: where they begin, and what is known when one is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, regex
from vanban.readers.tasks.context import Context, Found, State, make_task
from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.fronts import skip_front
from vanban.readers.tasks.grammar import grammar
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["Clause", "split_clauses"]


@dataclass(eq=False)
class Clause:
    """A clause `[start, end)` of a sentence.

    Args:
        context: what holds between sentences; rules change it.
        state: what holds inside the sentence; rules change it.
    """

    scan: Scan
    sentence: Sentence
    start: int
    end: int
    context: Context
    state: State
    _front: int = field(default=-1, init=False, repr=False)

    @property
    def is_led(self) -> bool:
        """Whether orders went before, so that a bare verb is one too."""
        return self.context.active or self.state.cued

    @property
    def front(self) -> int:
        """Where its assignee or its verb begins."""
        if self._front < 0:
            self._front = skip_front(self.scan.words, self.start, self.end)
        return self._front

    def front_before(self, end: int) -> int:
        """As `front`, of the part of the clause before `end`."""
        return skip_front(self.scan.words, self.start, end)

    @property
    def lead_verb(self) -> re.Match[str] | None:
        """The verb it begins with, adverbs included; None if it begins otherwise."""
        verb = self.scan.words.match(grammar().verb, self.front, self.end)
        if verb is not None and verb["verb"] == "lãnh đạo" and self.scan.text[verb.end() + 1 :][:1]:
            # "lãnh đạo Việt Nam đề nghị ...": leaders, no verb.
            return None if self.scan.text[verb.end() + 1].isupper() else verb
        return verb

    def find_all(self, cue: Cue) -> Iterable[re.Match[str]]:
        """The matches of a cue in the clause."""
        return self.scan.words.find_all(cue, self.start, self.end)

    def task(self, start: int, end: int, rule: str, confidence: float) -> Found:
        """The task in `[start, end)`, told to those the sentence has named."""
        found = make_task(
            self.scan, start, end, rule=rule, confidence=confidence,
            state=self.state, context=self.context,
        )  # fmt: skip
        if not found.is_dated and (due := self._due_in_front(start)) is not None:
            found = replace(found, deadline=due)
        return found

    def _due_in_front(self, verb: int) -> Time | None:
        """The day its front sets, if it sets one: "Trước ngày 10/12/2026, gửi danh sách ..."."""
        if self.front <= self.start or verb < self.front:
            return None
        due = clause_deadline(self.scan, self.start, self.front)
        return due if due is not None and due.kind == "date" else None


_MARKS = regex(r"[()\[\];]")


@cache
def _new_speech() -> re.Pattern[str]:
    data = load("tasks")
    return regex(
        rf", +(?=(?:{alternation(data['new_speakers'])})"
        rf"[^,;.]{{0,60}}(?:{alternation(data['new_speech'])}))"
    )


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of `text[start:end]`: cut at ";" outside brackets, and where another speaks.

    Quotation marks do not protect a ";": a quoted order is a list of orders like any other.

    Returns:
        Half-open runs without the marks and blanks at their ends, in order; none is empty.
    """
    cuts: list[tuple[int, int]] = []
    depth = 0
    listed = text.find(";", start, end) >= 0
    for m in _MARKS.finditer(text, start, end) if listed else ():
        if m[0] in "([":
            depth += 1
        elif m[0] in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            cuts.append(m.span())
    if text.find(", ", start, end) >= 0:
        cuts += [
            m.span()
            for m in _new_speech().finditer(text, start, end)
            if _FRAME_ALONE.fullmatch(text, start, m.start()) is None
        ]
    for word in _TELLING:
        if text.find(word, start, end) >= 0:
            cuts += _where_another_order_begins(text, start, end)
            break
    if not cuts:
        whole = _trim(text, start, end)
        return [whole] if whole[0] < whole[1] else []
    cuts.sort()
    spans = []
    begin = start
    for a, b in [*cuts, (end, end)]:
        left, right = _trim(text, begin, a)
        if left < right:
            spans.append((left, right))
        begin = b
    return spans


_FRAME_ALONE = regex(r"\W*(?:Đối với|Với|Còn với|Còn đối với|Riêng|Về phía) [^;:.“”\"]{2,90}")
"""Whom or what an order is about, before who gives it: "Đối với các sở, đồng chí yêu cầu ..."."""
_TELLING = ("đề nghị ", "kiến nghị ", "yêu cầu ", "giao ", "mời ", "cam kết ", "khẳng định sẽ ")


def _where_another_order_begins(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The joints of "... và đề nghị Bộ A ...", "kiến nghị Bộ A ..., đề nghị Bộ B ..."."""
    found = [m.span() for m in _AND_TELLS.finditer(text, start, end)]
    if text.find(", giao ", start, end) >= 0:
        found += [m.span() for m in _THEN_ASSIGNS.finditer(text, start, end)]
    if any(text.find(tells, start, end) >= 0 for tells in _THEN):
        for m in _THEN_TELLS.finditer(text, start, end):
            if _TOLD_BEFORE.search(text, start, m.start()):
                found.append(m.span())
    return found


_AND_TELLS = regex(
    rf" (?:và|đồng thời) (?=(?:đề nghị|kiến nghị|yêu cầu|giao|mời|cam kết|khẳng định sẽ)"
    rf" (?:[{UPPER}]|các |cơ quan |phía |hai |bạn |sẽ |tạo |cấp |tăng |hỗ trợ |tiếp )"
    r"|(?:đề nghị|kiến nghị|yêu cầu)"
    r" (?:xem|coi|sớm|quan tâm|phối hợp|đẩy mạnh|thúc đẩy|mở|ủng hộ) "
    r"|(?:cam kết|khẳng định sẽ)"
    r" (?:giảm|mở|rút|đẩy|bảo|đồng|dành|đưa|duy|thực|triển|xem|cử|mua|đầu))"
)


_THEN_ASSIGNS = regex(r"(?<=\w), (?=giao (?:Bộ|Ủy ban|Uỷ ban|các Bộ|các bộ|Sở|Tổ công tác|Nhóm) )")
_THEN_TELLS = regex(rf", (?=(?:đề nghị|kiến nghị|yêu cầu|đề xuất) (?:[{UPPER}]|các |phía ))")
_THEN = (", đề nghị ", ", kiến nghị ", ", yêu cầu ", ", đề xuất ")
_TOLD_BEFORE = regex(
    r"(?:đề nghị|kiến nghị|yêu cầu|khuyến nghị|cam kết) |(?:khẳng định|cho biết)[^,;:.]{0,40} sẽ "
)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in '“”"‘’,'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '“”"‘’,.…;:'):
        end -= 1
    return start, end
