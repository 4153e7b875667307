"""Clauses with a cue of their own: told, promised, due by a modal, planned."""

import re

from vanban.readers.tasks.context import DONE, SPEECH, Context, Found, State, make_task
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_blank, skip_front, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["clause_cue"]


def clause_cue(
    scan: Scan, sentence: Sentence, start: int, end: int, context: Context, state: State
) -> list[Found] | None:
    """The task of a clause with its own cue; None if it has none, [] if the cue opens a list."""
    text, g = scan.text, grammar()
    front = skip_front(text, start, end)
    led = g.verb.match(text, front, end) if context.active or state.cued else None
    for m in g.directive.finditer(text, start, end):
        if (
            led is not None
            and m.start() > led.start()
            and find_issuer(scan, front, m.start()) is None
        ):
            continue
        if g.directive_not_after.search(text, max(sentence.start, m.start() - 30), m.start()):
            continue
        if g.directive_not_before.match(text, m.end(), end):
            continue
        word = re.sub(r"\s+", " ", m[0])
        rule = g.directive_of[word]
        if rule == "assign" and g.assign_not_before.match(text, m.end(), end):
            continue
        if (
            word.lower() in g.directive_as_action
            and m.start() == skip_front(text, start, end)
            and (context.active or state.cued)
        ):
            return None
        if word in g.directive_as_action and state.listed and _is_assigned(text, front, m.start()):
            return None
        if (
            m[0] in ("mong", "hy vọng", "mong muốn", "bày tỏ mong muốn")
            and not g.assignee.match(text, skip_blank(text, m.end()), end)
            and not scan.partners_between(m.end(), m.end() + 14)
        ):
            continue
        if DONE.search(text, max(start, m.start() - 5), m.start()) and rule in ("assign",):
            continue
        found = _told(scan, sentence, start, m.start(), m.end(), end, rule, context, state)
        if found is not None:
            return found
    for m in g.promise.finditer(text, start, end):
        if g.promise_not_before.match(text, m.end(), end):
            continue
        if g.directive_not_after.search(text, max(sentence.start, m.start() - 14), m.start()):
            continue
        at = skip_blank(text, m.end())
        verb = g.verb.match(text, at, end)
        if verb is None:
            continue
        subject = find_issuer(scan, start, m.start()) or context.speaker
        if m[0].lower() in ("quyết định", "thống nhất", "đồng ý", "hứa") and subject is None:
            continue
        state.issuer, state.assignees = subject, (subject,) if subject else ()
        state.cued, state.cue = True, "promise"
        return [make_task(scan, at, end, "task.promise", state, context, state.assignees, 0.75)]
    modal = _modal(scan, sentence, start, end, context, state)
    if modal is not None:
        return modal
    return _planned(scan, sentence, start, end, context, state)


def _is_assigned(text: str, front: int, verb: int) -> bool:
    """Whether a body's name alone stands between the front of an item and its verb."""
    named = grammar().assignee.match(text, front, verb)
    return named is not None and verb_after(text, named.end(), verb) is None and verb - front < 160


def _told(
    scan: Scan,
    sentence: Sentence,
    start: int,
    cue_start: int,
    cue_end: int,
    end: int,
    rule: str,
    context: Context,
    state: State,
) -> list[Found] | None:
    """What stands behind a verb of telling: a body and a verb, a verb, or a list to come."""
    text, g = scan.text, grammar()
    at = skip_blank(text, cue_end)
    while at < end and text[at] in ':,“"':
        at = skip_blank(text, at + 1)
    issuer = find_issuer(scan, start, cue_start)
    if issuer is None and state.cued:
        issuer = state.issuer
    if issuer is None and (cue_start == start or context.speaker is not None):
        issuer = context.speaker or context.issuer
    lead = lead_deadline(scan, sentence.start, cue_start)
    if at >= end - 4:
        if text[cue_end : cue_end + 2].lstrip().startswith(":") or at >= end - 1:
            state.issuer, state.cued, state.opened = issuer, True, True
            context.period = lead or context.period
            return []
        return None
    verb = g.verb.match(text, at, end)
    modal = g.modal.match(text, at, end)
    named = g.assignee.match(text, at, end)
    partner = scan.partners_between(at, at + 16)
    assignees: tuple[str, ...] = ()
    if (
        verb is not None
        and verb.start() == at
        and not (named is not None and named.end() > verb.end())
    ) or modal is not None:
        begin = at
    else:
        found = verb_after(text, at, end)
        if found is None and named is not None and _colon_follows(text, end):
            state.issuer, state.assignees = issuer, split_assignees(text[at:end])
            state.cued = state.opened = True
            context.period = lead or context.period
            return []
        if found is None or found[0] - at > 260:
            return None
        gap = text[at : found[0]]
        if re.search(r"[;.](?!\w)", gap):
            return None
        if named is None and not partner:
            if rule in ("ask", "direct") or len(gap.split()) > 14:
                return None
            begin = at
            if text[found[0] : found[1]].startswith(("phải", "cần")):
                begin = found[0]
        else:
            begin = found[0]
            assignees = split_assignees(gap) or (
                (text[partner[0].start : partner[0].end],) if partner else ()
            )
    if rule == "direct" and not assignees:
        return None
    state.issuer, state.assignees, state.cued, state.cue = issuer, assignees, True, rule
    context.issuer = issuer
    context.speaker = issuer or context.speaker
    if lead is not None:
        state.period = context.period = lead
    elif not sentence_continues(text, sentence.start):
        context.period = None
    context.heading_assignees = ()
    return [make_task(scan, begin, end, f"task.{rule}", state, context, assignees, 0.88)]


def _colon_follows(text: str, at: int) -> bool:
    return text[at : at + 2].lstrip().startswith(":")


def sentence_continues(text: str, start: int) -> bool:
    """Whether a sentence begins by joining the one before ("Đồng thời, ...")."""
    return grammar().connective.match(text, start) is not None


def _modal(
    scan: Scan, sentence: Sentence, start: int, end: int, context: Context, state: State
) -> list[Found] | None:
    text, g = scan.text, grammar()
    front = skip_front(text, start, end)
    lead_verb = g.verb.match(text, front, end)
    for m in g.modal.finditer(text, start, end):
        if g.modal_not_after.search(text, max(sentence.start, m.start() - 18), m.start()):
            continue
        if g.modal_not_before.match(text, m.end(), end):
            continue
        if (
            lead_verb is not None
            and lead_verb.start() < m.start()
            and (context.active or state.cued)
        ):
            return None
        if text.count("(", start, m.start()) > text.count(")", start, m.start()):
            continue
        subject = text[front : m.start()].strip()
        if DONE.search(subject) or len(subject) > 190:
            continue
        if re.search(r"(?:mà|khi|nếu|để|do|vì|cho thấy|rằng) *$", subject):
            continue
        named = g.assignee.match(subject)
        assignees: tuple[str, ...] = ()
        begin = m.start()
        if named is not None:
            tail = (
                re.split(r",\s+(?=[a-zđ])", subject)[-1]
                if "nhấn mạnh" in subject.lower()
                else subject
            )
            assignees = split_assignees(tail)
        elif (
            subject
            and not re.search(r"(?:Thủ tướng|Bộ trưởng|Thứ trưởng|Chủ tịch|ông|bà)", subject)
            and m.start() > front
        ):
            begin = front if len(subject) < 80 else m.start()
        issuer = (
            find_issuer(scan, start, m.start()) if SPEECH.search(text, start, m.start()) else None
        )
        state.issuer = issuer or context.speaker or context.issuer
        state.assignees, state.cued, state.cue = assignees, True, "modal"
        if context.active is False:
            context.period = lead_deadline(scan, sentence.start, m.start())
        state.period = lead_deadline(scan, sentence.start, m.start())
        return [make_task(scan, begin, end, "task.modal", state, context, assignees, 0.7)]
    return None


def _planned(
    scan: Scan, sentence: Sentence, start: int, end: int, context: Context, state: State
) -> list[Found] | None:
    """Somebody's own plan: "sẽ tập trung vào việc triển khai ..."."""
    text, g = scan.text, grammar()
    for m in g.plan.finditer(text, start, end):
        focus = "tập trung" in m[0]
        if m[0] == "tập trung" and (m.start() != skip_front(text, start, end)):
            continue
        if g.directive_not_after.search(text, max(start, m.start() - 14), m.start()):
            continue
        at = skip_blank(text, m.end())
        if focus:
            skip = re.compile(r"(?:vào +)?(?:việc +|các +việc +)?").match(text, at, end)
            at = skip.end() if skip else at
        if g.not_action.match(text, at, end):
            continue
        verb = g.verb.match(text, at, end)
        if verb is None:
            continue
        subject = text[start : m.start()]
        if DONE.search(subject) or re.search(r"(?:rằng|nếu|khi|để|sẽ không)\s*$", subject):
            continue
        speaker = find_issuer(scan, sentence.start, m.start()) if SPEECH.search(subject) else None
        front = skip_front(text, start, m.start())
        named = g.assignee.match(text, front, m.start())
        assignees = split_assignees(text[front : m.start()]) if named and not speaker else ()
        if not (focus or assignees or context.active or speaker):
            continue
        state.issuer = speaker or (
            assignees[0] if assignees else context.issuer if context.active else None
        )
        state.assignees, state.cued, state.cue = assignees, True, "plan"
        state.period = lead_deadline(scan, sentence.start, m.start())
        context.period = state.period or context.period
        context.issuer = state.issuer
        return [make_task(scan, at, end, "task.plan", state, context, assignees, 0.65)]
    return None
