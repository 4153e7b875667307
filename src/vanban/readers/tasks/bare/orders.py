"""A clause under an order given before, and the rules that need nothing but its own words."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import office_heads
from vanban.readers.tasks.planned import works_together
from vanban.readers.tasks.reported import (
    admits,
    is_body,
    is_noun,
    is_of_a_meeting,
    is_of_a_visit,
    opens_for_another,
    reports,
    tells,
    they_talked,
    was_signed,
)

__all__ = ["DONE_REACH", "Answer", "Order", "by_its_own_words", "closes"]


class Order(NamedTuple):
    """What may be ordered in `[start, end)` of a clause.

    Args:
        start: where the verb or the body begins.
        rule: name of the rule by which the order goes on.
        press: the document is no official one; `story`: nor is the clause an item of a list.
    """

    clause: Clause
    text: str
    start: int
    end: int
    rule: str
    press: bool
    story: bool


Answer = list[Found] | None
"""A task, [] for none, and None if a rule cannot tell."""


def by_its_own_words(order: Order) -> Answer:
    """What a clause is by itself, whoever is named in it."""
    for rule in _OF_THE_PRESS if order.press else _OFFICIAL:
        if (found := rule(order)) is not None:
            return found
    return None


def closes(order: Order) -> list[Found]:
    """No task, nor what follows in the sentence: it reports."""
    order.clause.state.closed = True
    return []


def _is_too_short(order: Order) -> Answer:
    return [] if order.end - order.start < _SHORTEST_TASK else None


_SHORTEST_TASK = 8


# What only the press writes


def _was_before(order: Order) -> Answer:
    before = order.text.startswith("Trước đó", order.clause.sentence.start)
    return closes(order) if before else None


def _is_of_an_event(order: Order) -> Answer:
    """A meeting, a visit, or what somebody who is named behind it spoke in."""
    text, sentence = order.text, order.clause.sentence
    if (
        is_of_a_meeting(text, sentence.start, order.end)
        or is_of_a_visit(text, sentence.start, sentence.end)
        or opens_for_another(text, order.start, sentence.end)
    ):
        return closes(order)
    if order.rule != "task.context" or not text.startswith("Sau khi ", sentence.start):
        return None
    return closes(order) if opens_for_another(text, sentence.start, sentence.end) else None


def _is_a_subhead(order: Order) -> Answer:
    return [] if order.story and _is_subhead(order.clause) else None


def _is_subhead(clause: Clause) -> bool:
    """Whether a clause is a short line without a stop over a paragraph: a heading of the press."""
    scan = clause.scan
    block = scan.document.blocks[clause.sentence.block]
    line = scan.text[block.start : block.end].strip()
    if len(line) > _LONGEST_SUBHEAD or clause.start > block.start + 2 or line.endswith(_STOPS):
        return False
    return _PARAGRAPH.match(scan.text, block.end) is not None


_LONGEST_SUBHEAD = 110
_STOPS = (".", ";", ":", ",", "…", "!", "?", "”", '"')
_PARAGRAPH = regex(r"\s*[^\n]{130,}")


def _is_of_a_speech(order: Order) -> Answer:
    """What he did who speaks: "Tiếp thu các ý kiến, Bộ trưởng A cho biết ..."."""
    if order.rule != "task.context":
        return None
    return [] if _speaks_behind().match(order.text, order.clause.end) else None


@cache
def _speaks_behind() -> re.Pattern[str]:
    """Somebody with an office, behind a comma, where another clause begins because he speaks."""
    return regex(rf", +(?:đồng chí |ông |bà )?{office_heads()}(?!\w)")


def _is_of_a_talk(order: Order) -> Answer:
    if order.rule != "task.context":
        return None
    return closes(order) if they_talked(order.text, order.start, order.end) else None


def _is_by_the_way(order: Order) -> Answer:
    """What is told by the way, which ends no list of orders."""
    if order.rule != "task.context" or not order.story:
        return None
    return [] if tells(order.text, order.start, order.end) else None


# What reports, admits or is aimed at


def _reports(order: Order) -> Answer:
    if _EFFECT.match(order.text, order.clause.start, order.end):
        return []
    return [] if reports(order.text, order.start, order.end, press=order.press) else None


_EFFECT = regex(r"(?:[Tt]hông qua|[Qq]ua|[Nn]hờ) (?:đó|vậy|thế)(?!\w)")
"""What opens so comes of what is done before."""


def _admits(order: Order) -> Answer:
    sentence = order.clause.sentence.start
    fell_short = admits(order.text, order.start, order.end, sentence=sentence)
    return closes(order) if fell_short else None


def _is_a_purpose(order: Order) -> Answer:
    if not order.clause.context.purpose:
        return None
    return [] if _PURPOSE.match(order.text, order.start, order.end) else None


_PURPOSE = regex(
    r"(?:Cụ thể h(?:óa|oá)|Nâng cao nhận thức"
    r"|Tạo (?:sự )?(?:chuyển biến|thống nhất|đồng thuận))(?!\w)"
)
"""Under "MỤC ĐÍCH, YÊU CẦU", what a plan is for."""


# What begins with what is to be done


def _lets_others(order: Order) -> Answer:
    """Whom somebody lets do it: "đề nghị A tăng ...; đồng thời cho các hãng bay mở thêm ..."."""
    if order.rule != "task.carried" or not order.text.startswith("cho các ", order.start):
        return None
    return [order.clause.task(order.start, order.end, order.rule, 0.7)]


def _begins_with_a_verb(order: Order) -> Answer:
    clause, text, start, end = order.clause, order.text, order.start, order.end
    words = clause.scan.words
    verb = words.match(grammar().verb, start, end)
    if verb is None:
        return None
    if order.press and verb[0].startswith("không nên"):
        return []
    if not _TAKES_AS.search(verb[0]) and is_noun(text, verb.end(), end):
        return []
    if is_body(text, verb, end):
        return None
    if was_signed(text, verb.start("verb"), end, press=False):
        return []
    if words.has(grammar().done, start, verb.end() + DONE_REACH):
        return None
    return [clause.task(start, end, order.rule, 0.8)]


_TAKES_AS = regex(
    r"(?i:xác định|coi|xem|lấy|đưa|biến|nhận thức|khẳng định|quán triệt|xây dựng|phát triển"
    r"|hình thành|thúc đẩy|hỗ trợ|nâng|nâng tầm|nâng cấp|tạo điều kiện|kiến tạo|phấn đấu|quảng bá"
    r"|quy hoạch|chuyển|chuyển đổi|mở rộng|khai thác)$"
)
"""Verbs behind which "X là Y", "X trở thành Y" is what is to be done: "xác định X là trọng tâm"."""
DONE_REACH = 4
"""Code points behind a verb in which "đã" makes it a report: "thông báo đã hoàn tất"."""


def _begins_with_a_modal(order: Order) -> Answer:
    if order.clause.scan.words.match(grammar().modal, order.start, order.end) is None:
        return None
    return [order.clause.task(order.start, order.end, order.rule, 0.75)]


def _is_done_with_others(order: Order) -> Answer:
    if not works_together(order.clause, order.start):
        return None
    return [order.clause.task(order.start, order.end, order.rule, 0.8)]


_BY_WHAT_IS_DONE: tuple[Callable[[Order], Answer], ...] = (
    _lets_others,
    _begins_with_a_verb,
    _begins_with_a_modal,
    _is_done_with_others,
)
_OFFICIAL: tuple[Callable[[Order], Answer], ...] = (
    _is_too_short,
    _reports,
    _admits,
    _is_a_purpose,
    *_BY_WHAT_IS_DONE,
)
_OF_THE_PRESS: tuple[Callable[[Order], Answer], ...] = (
    _is_too_short,
    _was_before,
    _is_of_an_event,
    _is_a_subhead,
    _is_of_a_speech,
    _reports,
    _is_of_a_talk,
    _is_by_the_way,
    _admits,
    _is_a_purpose,
    *_BY_WHAT_IS_DONE,
)
