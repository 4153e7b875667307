"""The task of a verb of telling, or the list that it brings in."""

import re
from dataclasses import replace
from functools import cache

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline, lead_deadline
from vanban.readers.tasks.fronts import colon_follows, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.people import find_issuer, office_heads, split_assignees
from vanban.readers.tasks.tells import framed
from vanban.readers.tasks.told.addressees import who_is_told
from vanban.readers.tasks.told.tellings import Telling, telling_of
from vanban.values.times import Time

__all__ = ["told"]


def told(clause: Clause, m: re.Match[str]) -> list[Found] | None:
    """What stands behind a verb of telling: a body and a verb, a verb, or a list to come.

    Returns:
        The task; [] if a list is to come, None if nothing is told.
    """
    telling = telling_of(clause, m)
    if telling.at >= telling.end - _SHORTEST_REST:
        return _list_for_anybody(telling)
    if _WORK_FOR.match(telling.text, telling.at, telling.end):
        # "các chỉ thị yêu cầu một số giải pháp cấp bách để gỡ thẻ vàng": what they are follows.
        return _open(telling, (), telling.lead)
    behind = who_is_told(telling)
    if behind is None:
        return _list_for_whom(telling)
    begin, assignees = behind
    assignees = assignees or _named_before(telling)
    if _is_still_to_come(telling, begin):
        return _list_for_the_told(telling, assignees)
    if names_a_list(telling.text, begin, telling.end):
        # "đề nghị tập trung một số nhiệm vụ sau:" tells nothing yet.
        return _open(telling, assignees, telling.lead)
    assignees = assignees or framed(clause, m) or _who_agrees(telling)
    if telling.rule == "direct":
        if not assignees and not _is_ordered(telling):
            return None
        if (led := _told_to_lead(clause, m)) is not None:
            return [led]
    return [_take(telling, begin, assignees)]


_SHORTEST_REST = 4
_WORK_FOR = regex(
    r"(?:một số|các|những|nhiều|hàng loạt) (?:nhóm )?(?:nhiệm vụ|giải pháp|biện pháp)"
    r"(?:,? (?:và )?(?:nhiệm vụ|giải pháp|biện pháp))?(?: \w+){0,4} (?:để|nhằm) "
)
"""Things to be done that are told by what they are for."""


# What is told


def _take(telling: Telling, begin: int, assignees: tuple[str, ...]) -> Found:
    """The task of what is told, which the clauses and sentences behind go on."""
    clause, issuer, lead, end = telling.clause, telling.issuer, telling.lead, telling.end
    scan, state, context = clause.scan, clause.state, clause.context
    state.issuer, state.assignees, state.cued = issuer, assignees, True
    context.issuer, context.asked_period = issuer, None
    if scan.interviewee is None or issuer in scan.titles_of:
        context.speaker = issuer or context.speaker
    if lead is not None:
        state.period = context.period = lead
    elif not scan.words.match(grammar().connective, clause.sentence.start, len(scan.text)):
        context.period = None
    context.heading_assignees = ()
    context.told = assignees if issuer not in assignees else ()
    state.rule = telling.rule
    state.cited = _CITES.match(scan.text, clause.sentence.start) is not None
    state.asks_us = state.asks_us or (telling.rule == "ask" and context.own in assignees)
    found = clause.task(begin, end, f"task.{telling.rule}", 0.88)
    if clause_deadline(scan, begin, end) is None:
        # "giao Bộ Ngoại giao trong tháng 8 trình Đề án"
        found = replace(found, deadline=clause_deadline(scan, telling.at, begin) or found.deadline)
    return found


_CITES = regex(r"Tại (?:[Cc]ông văn|[Vv]ăn bản|[Tt]hông báo|[Tt]ờ trình|[Cc]ông điện) ")
"""A sentence that opens so tells the order of a superior's paper."""


def _named_before(telling: Telling) -> tuple[str, ...]:
    """Who is told, where he is named before the verb of telling."""
    clause, text, verb = telling.clause, telling.text, telling.m.start()
    assignees: tuple[str, ...] = ()
    if (given := _GIVEN.fullmatch(text, clause.front, verb)) is not None:
        # "Bộ A được Thủ tướng giao chủ trì ..."
        assignees = split_assignees(given["who"])
    if not assignees and (sent := _SENT_TO.search(text, clause.start, verb)) is not None:
        # "... vừa có công văn gửi UBND các tỉnh yêu cầu phối hợp ..."
        assignees = split_assignees(sent["who"])
    return assignees


_GIVEN = regex(r"(?P<who>[^;:.]{2,90}?) (?:cũng |đã )?được (?!biết)[^,;:.]{2,60} ")
_SENT_TO = regex(
    r"(?:công văn|văn bản|công điện|công hàm|công thư|thư)[^;:.]{0,50}? gửi (?:tới |đến |cho )?"
    r"(?P<who>[^;:.]{3,140}?),? $"
)


def _who_agrees(telling: Telling) -> tuple[str, ...]:
    """Who does what he agrees to: "Hai bên nhất trí đề xuất duy trì ..."."""
    agrees = telling.text.endswith(("nhất trí ", "thống nhất "), 0, telling.m.start())
    return (telling.issuer,) if agrees and telling.issuer is not None else ()


def _is_ordered(telling: Telling) -> bool:
    """Whether an order is given to nobody who is named: "Thủ tướng có ý kiến chỉ đạo ..."."""
    clause, m = telling.clause, telling.m
    ordered = telling.text.endswith((" có ", " có ý kiến "), 0, m.start())
    return ordered or _goes_on_speaking(clause, m)


def _goes_on_speaking(clause: Clause, m: re.Match[str]) -> bool:
    """Whether who has spoken before orders on: "Về xuất khẩu, Thủ tướng chỉ đạo khai thác ..."."""
    scan = clause.scan
    comma = scan.text.rfind(", ", clause.start, m.start())
    begin = clause.start if comma < 0 else comma + 2
    if _office_alone().fullmatch(scan.text, begin, m.start()) is None:
        return False
    return find_issuer(scan, begin, m.start()) == clause.context.speaker


@cache
def _office_alone() -> re.Pattern[str]:
    return regex(rf"{office_heads()}[^,;:.]{{0,60}} (?:cũng )?")


def _told_to_lead(clause: Clause, m: re.Match[str]) -> Found | None:
    """The task of somebody who is to direct others, told before: "Bộ trưởng Bộ X chỉ đạo ...".

    Who was just told by somebody above him gives no order of his own in the sentence that follows.
    """
    context, state = clause.context, clause.state
    who = split_assignees(clause.scan.text[clause.front : m.start()])
    if not context.active or not who or not set(who) <= set(context.told):
        return None
    state.issuer, state.assignees, state.cued = context.issuer, who, True
    return clause.task(m.start(), clause.end, "task.context.named", 0.75)


# What is to come


def _open(telling: Telling, assignees: tuple[str, ...], when: Time | None) -> list[Found]:
    """No task yet: a list follows, for `assignees` and due `when`."""
    state, context = telling.clause.state, telling.clause.context
    state.issuer, state.assignees = telling.issuer, assignees
    state.cued = state.opened = True
    context.period = when or context.period
    return []


def _list_for_anybody(telling: Telling) -> list[Found] | None:
    """A list behind a verb of telling with nothing behind it."""
    text, at, end = telling.text, telling.at, telling.end
    if not colon_follows(text, telling.m.end()) and (at < end - 1 or text[end : end + 1] == "."):
        return None
    return _open(telling, telling.clause.state.assignees, telling.lead)


def _list_for_whom(telling: Telling) -> list[Found] | None:
    """A list behind a date, or behind those it is for."""
    scan, text, at, end = telling.clause.scan, telling.text, telling.at, telling.end
    if not colon_follows(text, end):
        return None
    named = _TO_COME.sub("", text[at:end])
    when = lead_deadline(scan, telling.m.end(), end, said=True)
    if when is not None and verb_after(scan, at, end) is None:
        # "yêu cầu, trong 6 tháng cuối năm:" dates the list that follows.
        return _open(telling, split_assignees(named), when)
    if not scan.words.match(grammar().assignee, at, end):
        return None
    if verb_after(scan, at, at + len(named)) is not None:
        return None
    return _open(telling, split_assignees(named), telling.lead)


def _is_still_to_come(telling: Telling, begin: int) -> bool:
    """Whether too little for a task follows, or only how it is to be done."""
    text, end = telling.text, telling.end
    if end - begin < _SHORTEST_TASK:
        return True
    return _TO_COME.fullmatch(f" {text[begin:end]}") is not None and colon_follows(text, end)


_SHORTEST_TASK = 8
_TO_COME = regex(
    r",?(?: (?:ngay )?(?:trong|từ nay) [^,;:]{3,40}| (?:thời gian tới|tới đây|trước mắt),?)?"
    r"(?: (?:cần|phải|cần phải|sẽ))?(?: (?:tập trung|khẩn trương|chủ động|tích cực|ưu tiên))*$"
)
"""Behind those who are told, what is left of a line whose list of orders follows."""


def _list_for_the_told(telling: Telling, assignees: tuple[str, ...]) -> list[Found] | None:
    """A list behind who is told: "yêu cầu Cục A và Cục B thời gian tới cần:"."""
    text, at, end = telling.text, telling.at, telling.end
    if not assignees or not colon_follows(text, end):
        return None
    listed = split_assignees(_TO_COME.sub("", text[at:end]))
    return _open(telling, listed or assignees, telling.lead)
