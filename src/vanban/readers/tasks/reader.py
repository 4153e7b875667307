"""Walk the sentences with what has been said so far, and take each clause that is a task.

A sentence may carry its own cue ("Thủ tướng yêu cầu ..."), or go on under the cue of one before
("Cùng với đó, thúc đẩy ..."), or stand in a list under a heading ("III. NHIỆM VỤ"). What is kept
between sentences is one `Context`; every rule that makes a task has a name.
"""

import re
from dataclasses import replace

from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.context import DONE, Context, Found, State, make_task
from vanban.readers.tasks.cues import clause_cue
from vanban.readers.tasks.deadlines import clause_deadline, lead_deadline
from vanban.readers.tasks.frames import front_period, take_heading, take_speaker
from vanban.readers.tasks.fronts import has_cue, skip_blank, skip_front, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.lists import NAMED_TASK, is_done_list, list_colon, opens_list
from vanban.readers.tasks.official import document_issuer
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.records import Task
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time, iso

__all__ = ["read_tasks"]

_PRAISE = re.compile(
    r"(?<!\w)(?:biểu dương|ghi nhận|đánh giá cao|hoan nghênh|chúc mừng|cảm ơn|cám ơn|khen ngợi|bày tỏ vui mừng|trân trọng cảm ơn|khẳng định(?! sẽ)|bày tỏ tin tưởng|tin tưởng|nhận định|vui mừng)(?!\w)"
)


def read_tasks(scan: Scan) -> list[Task]:
    """The tasks of a document, in text order, one per clause."""
    own, is_report = document_issuer(scan)
    context = Context(own=own, is_report=is_report, issuer=own, speaker=own)
    official = own is not None
    found: list[Found] = []
    for sentence in scan.sentences:
        found += _sentence(scan, sentence, context, official)
    return [_record(scan, f) for f in found]


def _record(scan: Scan, f: Found) -> Task:
    verb = grammar().verb.match(scan.text, f.start, f.end)
    stop = verb.end() if verb else f.start
    words = re.compile(r"(?: +[^\s,;.:()]+){0,7}").match(scan.text, stop, f.end)
    action = scan.text[f.start : words.end() if words else f.end]
    return Task(
        anchor=scan.document.anchor(f.start, f.end),
        rule=f.rule,
        confidence=f.confidence,
        action=re.sub(r"\s+", " ", action).strip(),
        issuer=f.issuer,
        assignees=f.assignees,
        deadline=iso(f.deadline) if f.deadline is not None else None,
        deadline_quote=scan.text[f.deadline.start : f.deadline.end] if f.deadline else None,
    )


def _sentence(scan: Scan, sentence: Sentence, context: Context, official: bool) -> list[Found]:
    text = scan.text
    new_block = sentence.block != context.block
    context.block = sentence.block
    start = sentence.start
    number = grammar().number.match(text, start, sentence.end)
    numbered = number is not None
    if number is not None:
        start = number.end()
    if take_heading(scan, sentence, start, context, numbered, official):
        return []
    take_speaker(scan, sentence, context)
    lead_period = front_period(scan, start, sentence.end)
    if lead_period is not None and not DONE.search(text, start, sentence.end):
        context.period = (
            lead_period if context.active or has_cue(scan, start, sentence.end) else context.period
        )
    found: list[Found] = []
    state = State(issuer=context.issuer, assignees=context.heading_assignees)
    state.listed = context.active and (numbered or official)
    clauses = split_clauses(text, start, sentence.end)
    ends_in_colon = text[start : sentence.end].rstrip().endswith(":")
    for n, (a, b) in enumerate(clauses):
        if found and (due := _only_a_deadline(scan, a, b)) is not None:
            found[-1] = replace(found[-1], deadline=due)
            continue
        if _FORMULA.search(text, a, b):
            continue
        found += _clause(
            scan, sentence, a, b, n, context, state, numbered or official, ends_in_colon
        )
    if found:
        context.active = True
        context.misses = 0
        context.issuer = state.issuer or context.issuer
        context.section = context.section or "speech"
    elif state.opened or (ends_in_colon and state.cued):
        context.active = True
        context.misses = 0
        context.issuer = state.issuer or context.issuer
        context.heading_assignees = state.assignees if ends_in_colon and state.assignees else ()
    elif context.active and not (official and context.section in ("tasks", "kiến nghị")):
        if state.closed or new_block:
            context.misses += 1
        if state.closed or context.misses > 1:
            context.active = False
            context.period = None
            context.heading_assignees = ()
    return found


_FORMULA = re.compile(
    r"(?:thông báo|báo cáo|gửi)[^;.]{0,12} để [^;.]{3,90} biết(?:,? (?:và )?thực hiện)?|[Kk]ết luận như sau|thông báo như sau|có ý kiến như sau"
)


def _only_a_deadline(scan: Scan, start: int, end: int) -> Time | None:
    """The date of a clause that says nothing but when the one before is due."""
    if end - start > 60:
        return None
    due = clause_deadline(scan, start, end)
    if due is None or due.end < end - 2:
        return None
    lead = scan.text[start : due.start].strip()
    return (
        due
        if re.fullmatch(
            r"(?i)(?:hoàn thành|xong|thời hạn|hạn|báo cáo|thời gian)?:? ?(?:hoàn thành )?(?:trước|trong|chậm nhất|vào|đến hết)?(?: (?:là|trong|ngày|hết|cuối|vào|trước))*",
            lead,
        )
        else None
    )


def _clause(
    scan: Scan,
    sentence: Sentence,
    start: int,
    end: int,
    n: int,
    context: Context,
    state: State,
    listed: bool,
    ends_in_colon: bool,
) -> list[Found]:
    text, g = scan.text, grammar()
    colon = list_colon(text, start, end)
    if colon is not None and n == 0:
        head = clause_cue(scan, sentence, start, colon, context, state)
        opened = g.opener.search(text, start, colon) is not None
        if head is not None or opened:
            state.opened = state.cued = True
            if state.period is None:
                state.period = lead_deadline(scan, sentence.start, colon)
            context.period = state.period or context.period
            if head is not None and is_done_list(text, start, colon):
                return []
            if opened and head is None:
                state.issuer = context.speaker if context.issuer is None else context.issuer
                state.issuer = find_issuer(scan, sentence.start, colon) or context.speaker
            begin = skip_front(text, colon + 1, end)
            bare = _bare(scan, begin, end, state, context, "task.list")
            return bare
    cued = clause_cue(scan, sentence, start, end, context, state)
    if cued is not None:
        return cued
    if state.praise and n > 0:
        return []
    if _PRAISE.search(text, start, min(end, start + 120)) and context.section not in (
        "tasks",
        "kiến nghị",
    ):
        if n == 0:
            state.praise = state.closed = True
            context.speaker = find_issuer(scan, start, end) or context.speaker
        return []
    if n > 0 and state.cued and state.objects:
        return []
    if (n > 0 and state.cued) or context.active:
        begin = skip_front(text, start, end)
        if opens_list(scan, begin, end, context, state, sentence):
            return []
        rule = "task.carried" if n > 0 and state.cued else "task.context"
        bare = _bare(scan, begin, end, state, context, rule)
        if bare:
            return bare
        state.objects = n > 0
    if opens_list(scan, start, end, context, state, sentence):
        return []
    named = grammar().opener.search(text, start, end)
    if named is not None and (m := NAMED_TASK.search(text, named.start(), end)) is not None:
        at = skip_blank(text, m.end())
        if g.verb.match(text, at, end):
            state.issuer = find_issuer(scan, start, m.start()) or context.speaker
            state.cued = True
            return [make_task(scan, at, end, "task.named", state, context, (), 0.75)]
    if DONE.search(text, start, min(end, start + 120)):
        state.closed = True
    return []


def _bare(
    scan: Scan, start: int, end: int, state: State, context: Context, rule: str
) -> list[Found]:
    """A clause that begins with a verb, or with a body and a verb, under somebody's order."""
    text, g = scan.text, grammar()
    if end - start < 8:
        return []
    verb = g.verb.match(text, start, end)
    if verb is not None and not DONE.search(text, start, verb.end() + 4):
        return [make_task(scan, start, end, rule, state, context, state.assignees, 0.8)]
    modal = g.modal.match(text, start, end)
    if modal is not None:
        return [make_task(scan, start, end, rule, state, context, state.assignees, 0.75)]
    named = g.assignee.match(text, start, end)
    if named is not None:
        reached = verb_after(text, named.end(), end)
        if reached is not None and not DONE.search(text, start, reached[0]):
            gap = text[start : reached[0]]
            if len(gap) < 260 and not re.search(r"[.:](?!\w)", gap):
                assignees = split_assignees(gap)
                state.assignees = assignees or state.assignees
                return [
                    make_task(
                        scan, reached[0], end, f"{rule}.named", state, context, state.assignees, 0.8
                    )
                ]
    return []
