"""Clauses with a cue of their own: told, promised, due by a modal, planned."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.letters import UPPER, modern_tones
from vanban.patterns import Cue, Ending, alternation, cue
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline, lead_deadline
from vanban.readers.tasks.fronts import skip_blank, skip_front, verb_after
from vanban.readers.tasks.grammar import grammar, right_before
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.words import Words

__all__ = ["clause_cue", "works_together"]

_LONGEST_GAP = 260
"""Code points between a verb of telling and the verb of the task."""
_SHORTEST_TASK = 8
_LONGEST_SUBJECT = 190
"""Code points between the head of a clause and its modal."""
_LONGEST_OWN_SUBJECT = 80
"""Code points of a subject that is quoted with the task because it is what is needed."""
_MOST_OPEN_WORDS = 14
"""Words between a verb of telling and the verb, where no known body stands between."""


def clause_cue(clause: Clause) -> list[Found] | None:
    """The task of a clause with its own cue; None if it has none, [] if the cue opens a list.

    Source: `data/tasks.yml`.
    """
    passive = _told_passively(clause)
    if passive is not None:
        return passive
    for m in clause.find_all(grammar().directive):
        if not _tells(clause, m):
            continue
        if _is_the_action(clause, m):
            return None
        if _is_mere_wish(clause, m) or _was_assigned(clause, m):
            continue
        found = _told(clause, m)
        if found is not None:
            return found
    for read in (_promised, _needed, _planned):
        found = read(clause)
        if found is not None:
            return found
    return None


# Told: "Thủ tướng yêu cầu Bộ Công Thương đẩy mạnh ..."


def _told_passively(clause: Clause) -> list[Found] | None:
    """A body that is told: "Bộ Xây dựng được giao bổ sung quy hoạch"."""
    g, scan, state = grammar(), clause.scan, clause.state
    named = scan.words.match(g.assignee, clause.front, clause.end)
    m = scan.words.find(g.passive, clause.front, clause.end) if named is not None else None
    if named is None or m is None or m.start() - clause.front > _LONGEST_SUBJECT:
        return None
    if scan.words.has(g.done, clause.front, m.start()):
        return None
    verb = verb_after(scan, m.end(), clause.end)
    if verb is None or verb[0] - m.end() > 30:
        return None
    state.assignees = split_assignees(scan.text[clause.front : m.start()])
    state.issuer = clause.context.speaker
    state.cued = True
    return [clause.task(verb[0], clause.end, "task.passive", 0.7)]


def _rule(m: re.Match[str]) -> str:
    return grammar().directive_of[modern_tones(" ".join(m[0].split()))]


def _tells(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is one where it stands; "theo yêu cầu của" is none."""
    g, text = grammar(), clause.scan.text
    led = clause.lead_verb if clause.is_led else None
    # "tiếp tục ... theo dõi, đề xuất": the verb before leads, unless somebody stands between.
    is_led = led is not None and m.start() > led.start()
    if is_led and led is not None:
        joint = led["verb"].lower() in load("tasks")["joint_verbs"]
        if joint or find_issuer(clause.scan, clause.front, m.start()) is None:
            return False
    if _is_planned_before(clause, m) or _goes_on_a_report(clause, m):
        return False
    if text.endswith("đã ", clause.start, m.start()) and _PAST.match(text, clause.sentence.start):
        return False
    if g.directive_not_after.search(text, max(clause.sentence.start, m.start() - 30), m.start()):
        return False
    if g.directive_not_before.match(text, m.end(), clause.end):
        return False
    return _rule(m) != "assign" or not g.assign_not_before.match(text, m.end(), clause.end)


_PAST = re.compile(r"(?:Trong )?(?:[Nn]ăm|[Tt]hời gian|[Nn]hững năm|[Nn]hiệm kỳ|[Nn]ăm vừa) qua,")
"""A sentence that opens so reports, and what it says was ordered is no order of today."""


def _is_planned_before(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling goes on a plan: "Bộ sẽ lập danh mục, phân công đơn vị ..."."""
    g, text = grammar(), clause.scan.text
    if m[0].lower() not in g.directive_as_action or text[m.start() - 2 : m.start()] != ", ":
        return False
    plan = clause.scan.words.find(g.plan, clause.start, m.start())
    if plan is None:
        return False
    at = skip_blank(text, plan.end())
    acts = clause.scan.words.match(g.verb, at, m.start()) is not None
    return acts or works_together(clause, at)


def _goes_on_a_report(clause: Clause, m: re.Match[str]) -> bool:
    """Whether an invitation was given with what else was done: "đã thăm ... và mời 30 ..."."""
    text = clause.scan.text
    if m[0] != "mời" or not text.endswith((" và ", ", "), clause.start, m.start()):
        return False
    return clause.scan.words.has(grammar().done, clause.start, m.start())


def _is_the_action(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is itself what is to be done ("phân công cán bộ ...")."""
    word = " ".join(m[0].split())
    as_action = grammar().directive_as_action
    if word == "mời":
        at = skip_blank(clause.scan.text, m.end())
        if _invited().match(clause.scan.text, at, clause.end):
            return False
    if word.lower() in as_action and m.start() == clause.front and clause.is_led:
        return not _asks_another(clause, m)
    if word not in as_action or not clause.state.listed:
        return False
    named = clause.scan.words.match(grammar().assignee, clause.front, m.start())
    return (
        named is not None
        and m.start() - clause.front < 160
        and verb_after(clause.scan, named.end(), m.start()) is None
    )


def _asks_another(clause: Clause, m: re.Match[str]) -> bool:
    """Whether who asked before goes on to ask somebody else: "...; đề xuất các địa phương ..."."""
    asked = clause.context.section == "kiến nghị" or clause.state.rule == "plan"
    if not asked and (clause.context.own is not None or clause.state.rule != "ask"):
        return False
    at = skip_blank(clause.scan.text, m.end())
    return clause.scan.words.match(grammar().assignee, at, clause.end) is not None


def _is_mere_wish(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "mong", "hy vọng" is said of nobody who could do anything about it."""
    if m[0] not in load("tasks")["wishes"]:
        return False
    at = skip_blank(clause.scan.text, m.end())
    return not (
        _framed(clause, m)
        or clause.scan.words.match(grammar().assignee, at, clause.end)
        or clause.scan.partners_between(m.end(), m.end() + 14)
    )


def _was_assigned(clause: Clause, m: re.Match[str]) -> bool:
    if _rule(m) != "assign":
        return False
    return clause.scan.words.has(grammar().done, max(clause.start, m.start() - 5), m.start())


def _told(clause: Clause, m: re.Match[str]) -> list[Found] | None:
    """What stands behind a verb of telling: a body and a verb, a verb, or a list to come."""
    scan, text, end = clause.scan, clause.scan.text, clause.end
    context, state, rule = clause.context, clause.state, _rule(m)
    at = skip_blank(text, m.end())
    while at < end and text[at] in ':,“"':
        at = skip_blank(text, at + 1)
    if text[m.end() : m.end() + 1] == ":":
        at = skip_front(scan.words, at, end)
    issuer = _teller(clause, m)
    lead = lead_deadline(scan, clause.sentence.start, m.start())
    if (dated := _LEAD_PERIOD.match(text, at, end)) is not None:
        # "yêu cầu trong quý III, các bộ ...; ..." dates the whole list.
        when = lead_deadline(scan, at, dated.end())
        if when is not None:
            at, lead = dated.end(), when
    if at >= end - 4:
        if not _colon_follows(text, m.end()) and at < end - 1:
            return None
        state.issuer, state.cued, state.opened = issuer, True, True
        context.period = lead or context.period
        return []
    behind = _behind(clause, at, m)
    if behind is None and _colon_follows(text, end):
        when = lead_deadline(scan, m.end(), end)
        if when is not None and verb_after(scan, at, end) is None:
            # "yêu cầu, trong 6 tháng cuối năm:" dates the list that follows.
            state.issuer, state.cued, state.opened = issuer, True, True
            context.period = when
            return []
    if behind is None:
        if not scan.words.match(grammar().assignee, at, end) or not _colon_follows(text, end):
            return None
        if verb_after(scan, at, end) is not None:
            return None
        state.issuer, state.assignees = issuer, split_assignees(text[at:end])
        state.cued = state.opened = True
        context.period = lead or context.period
        return []
    begin, assignees = behind
    if end - begin < _SHORTEST_TASK:
        return None
    if _colon_follows(text, end) and _LISTED.fullmatch(text, begin, end):
        # "đề nghị tập trung một số nhiệm vụ sau:" tells nothing yet.
        state.issuer, state.assignees = issuer, assignees
        state.cued = state.opened = True
        context.period = lead or context.period
        return []
    if not assignees:
        assignees = _framed(clause, m)
    if rule == "direct" and not assignees:
        return None
    state.issuer, state.assignees, state.cued = issuer, assignees, True
    context.issuer, context.asked_period = issuer, None
    context.speaker = issuer or context.speaker
    if lead is not None:
        state.period = context.period = lead
    elif not scan.words.match(grammar().connective, clause.sentence.start, len(text)):
        context.period = None
    context.heading_assignees = ()
    state.rule = rule
    found = clause.task(begin, end, f"task.{rule}", 0.88)
    if clause_deadline(scan, begin, end) is None:
        # "giao Bộ Ngoại giao trong tháng 8 trình Đề án"
        found = replace(found, deadline=clause_deadline(scan, at, begin) or found.deadline)
    return [found]


_LISTED = re.compile(
    r"(?:lãnh đạo|chỉ đạo|chủ trì|tổ chức|triển khai|thực hiện)"
    r"(?:(?:, | và )?(?:chỉ đạo|phối hợp|triển khai))?(?: tổ chức)?(?: thực hiện)?(?: tốt)?"
    r"(?: các| một số| những)?(?: nội dung| nhiệm vụ| công việc)?(?: sau)?"
    r"|(?:tập trung|triển khai|thực hiện)(?: tốt)?(?: vào)? (?:các|một số|những|\w+) (?:nhóm )?"
    r"(?:nhiệm vụ|giải pháp|nội dung|công việc|việc)[\w, ]{0,40}"
)
_LEAD_PERIOD = re.compile(r"(?:ngay )?(?:trong|từ nay đến|đến hết|từ nay tới|từ) [^,;.]{2,40}, +")


@cache
def _frame_of_assignee() -> re.Pattern[str]:
    words = alternation(load("tasks")["assignee_frames"])
    return re.compile(rf"(?:{words}) +(?P<who>(?:[^,;:.]|, +(?=ngành|thành phố|ban|địa phương))+),")


def _framed(clause: Clause, m: re.Match[str]) -> tuple[str, ...]:
    """Whom a frame before the verb of telling names: "Với các bộ, ngành, chúng tôi kiến nghị"."""
    frame = _frame_of_assignee().match(clause.scan.text, clause.start, m.start())
    if frame is not None:
        # "Với Nhật Bản, Thủ tướng đề nghị ..."
        for partner in clause.scan.partners_between(frame.start("who"), frame.start("who") + 1):
            if partner.end == frame.end("who"):
                return (clause.scan.text[partner.start : partner.end],)
    if frame is None or not grammar().assignee.pattern.match(frame["who"]):
        return ()
    return split_assignees(frame["who"])


_UNIT = re.compile(r"(?:Vụ|Cục|Sở|Tỉnh|Thành phố|Thương vụ|Đại sứ quán)(?: cũng)? *$")


def _teller(clause: Clause, m: re.Match[str]) -> str | None:
    """Who tells: the one named before the verb, else who told or spoke before."""
    issuer = find_issuer(clause.scan, clause.start, m.start())
    nobody = issuer is None and clause.context.speaker is None
    if nobody and (unit := _UNIT.match(clause.scan.text, clause.front, m.start())):
        issuer = unit[0].removesuffix(" ").removesuffix(" cũng").strip()
    if issuer is None and clause.state.cued:
        issuer = clause.state.issuer
    if issuer is None and m.start() == clause.start > clause.sentence.start:
        issuer = _sentence_subject(clause)
    if issuer is None and (m.start() == clause.start or clause.context.speaker is not None):
        issuer = clause.context.speaker or clause.context.issuer
    return issuer


def _sentence_subject(clause: Clause) -> str | None:
    """Who the sentence of a later clause begins with: "X đánh giá cao ... và đề nghị ..."."""
    scan, start = clause.scan, clause.sentence.start
    g = grammar()
    cues = [g.speech, g.directive, g.promise]
    firsts = [m.start() for c in cues if (m := scan.words.find(c, start, clause.start)) is not None]
    if firsts:
        return find_issuer(scan, start, min(firsts))
    people = scan.people_between(start, min(clause.start, start + _LONGEST_OWN_SUBJECT))
    return people[0].name if people else None


def _behind(clause: Clause, at: int, m: re.Match[str]) -> tuple[int, tuple[str, ...]] | None:
    """Where the task begins behind a verb of telling, and who is told; None if no task follows.

    Args:
        at: the first letter behind the verb of telling.
        m: that verb.
    """
    rule = _rule(m)
    g, scan, end = grammar(), clause.scan, clause.end
    text = scan.text
    if m[0].lower() == "mời" and (invited := _invited().match(text, at, end)) is not None:
        return invited.end("who") + 1, (" ".join(invited["who"].split()),)
    verb = scan.words.match(g.verb, at, end)
    named = scan.words.match(g.assignee, at, end)
    bare = verb is not None and not (named is not None and named.end() > verb.end())
    if verb is not None and named is not None and verb.end() == named.end() and text[at].isupper():
        # "Lãnh đạo Bộ" is a body, no verb.
        bare = False
    if bare or scan.words.match(g.modal, at, end):
        return at, ()
    found = verb_after(scan, at, end)
    if found is None or found[0] - at > _LONGEST_GAP or scan.words.has(g.done, at, found[0]):
        return None
    gap = text[at : found[0]]
    if _STOP.search(gap):
        return None
    partner = scan.partners_between(at, at + 16)
    if named is None and not partner:
        if _ACRONYM.fullmatch(gap.strip()):
            return found[0], (gap.strip(),)
        if rule in ("ask", "direct") or len(gap.split()) > _MOST_OPEN_WORDS:
            return None
        needed = text[found[0] : found[1]].startswith(("phải", "cần"))
        return (found[0] if needed else at), ()
    assignees = split_assignees(gap)
    if not assignees and partner:
        assignees = (text[partner[0].start : partner[0].end],)
    if not assignees and (people := scan.people_between(at, at + 4)):
        assignees = (text[people[0].start : people[0].end],)
    return found[0], assignees


_ACRONYM = re.compile(rf"[{UPPER}][{UPPER}&]{{2,9}}")


@cache
def _invited() -> re.Pattern[str]:
    words = alternation(load("tasks")["invited"])
    return re.compile(
        rf"(?P<who>[^,;.]{{3,110}}?) (?:sớm +|sang +|trở lại +|đến +)*(?:{words})(?!\w)"
    )


_STOP = re.compile(r"[;.](?!\w)")


def _colon_follows(text: str, at: int) -> bool:
    return text[at : at + 2].lstrip().startswith(":")


# Promised: "Hai bên nhất trí thúc đẩy ..."


def _promised(clause: Clause) -> list[Found] | None:
    g, scan, state = grammar(), clause.scan, clause.state
    for m in clause.find_all(g.promise):
        word = m[0].lower()
        if word in load("tasks")["promise_as_noun"] and not _BOTH.search(
            scan.text, max(clause.start, m.start() - 40), m.start()
        ):
            continue
        if g.promise_not_before.match(scan.text, m.end(), clause.end):
            continue
        low = max(clause.sentence.start, m.start() - 14)
        if g.directive_not_after.search(scan.text, low, m.start()) and not _BOTH.search(
            scan.text, max(clause.start, m.start() - 40), m.start()
        ):
            continue
        at = skip_blank(scan.text, m.end())
        who: tuple[str, ...] = ()
        if at >= clause.end and _colon_follows(scan.text, clause.end):
            # "Hai bên nhất trí:" and a list of what they will do.
            both = find_issuer(scan, clause.start, m.start())
            if both is None:
                continue
            state.issuer, state.assignees = both, (both,)
            state.cued = state.opened = True
            return []
        if not _acts(scan.words, at, clause.end):
            later = _PROMISED_LATER.match(scan.text, at, clause.end)
            if later is None or not _acts(scan.words, later.end(), clause.end):
                continue
            if scan.words.match(g.assignee, at, later.start("will")):
                who = split_assignees(scan.text[at : later.start("will")])
            at = later.end()
        subject = find_issuer(scan, clause.start, m.start())
        if subject is None and clause.start > clause.sentence.start:
            subject = state.issuer if state.cued else _sentence_subject(clause)
        if subject is None and clause.start == clause.sentence.start:
            subject = _lone_subject(clause, m.start())
        subject = subject or clause.context.speaker
        if subject is None and m[0].lower() in load("tasks")["promise_needs_subject"]:
            continue
        if word in load("tasks")["promise_of_both"] and not (subject or "").startswith(
            ("Hai ", "hai ")
        ):
            continue
        state.issuer, state.assignees = subject, who or ((subject,) if subject else ())
        state.cued, state.rule = True, "promise"
        found = clause.task(at, clause.end, "task.promise", 0.75)
        if clause_deadline(scan, at, clause.end) is None:
            found = replace(found, deadline=clause_deadline(scan, m.end(), at) or found.deadline)
        return [found]
    return None


_BOTH = re.compile(
    r"[Hh]ai (?:bên|nước|phía|Bộ|Chính phủ|Thủ tướng|Bộ trưởng|[Nn]hà lãnh đạo)(?: cũng| đã)? *$"
)
_LONE = re.compile(r"(?:Tỉnh|Thành phố|Bộ|Ngân hàng|Tập đoàn|Công ty|Sở)(?: cũng)? *$")


def _lone_subject(clause: Clause, end: int) -> str | None:
    """A body in one word that alone stands before a promise: "Tỉnh cam kết ..."."""
    words = clause.scan.text[clause.front : end].strip()
    return words.removesuffix(" cũng") if _LONE.fullmatch(words) else None


@cache
def _promised_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(load('tasks')['promised'])})(?!\w)")


def _acts(words: Words, start: int, end: int) -> bool:
    """Whether a promise is one to do something."""
    return bool(
        words.match(grammar().verb, start, end) or _promised_verb().match(words.text, start, end)
    )


_PROMISED_LATER = re.compile(r"(?:rằng,? +)?[^,;.]{0,50}?(?P<will>(?<!\w)sẽ) +")


# Needed: "các địa phương cần chủ động ..."


@cache
def _subordinate() -> Ending:
    return right_before("modal_not_behind")


_OPINION = re.compile(r"(?:cho rằng|nhất trí rằng|nhận định|tái khẳng định|nhấn mạnh)(?!\w)")


@cache
def _speakers() -> Cue:
    return cue(load("tasks")["modal_speakers"])


def _needed(clause: Clause) -> list[Found] | None:
    g, scan, context = grammar(), clause.scan, clause.context
    text, words = scan.text, scan.words
    for m in clause.find_all(g.modal):
        if g.modal_not_after.search(text, max(clause.sentence.start, m.start() - 18), m.start()):
            continue
        if g.modal_not_before.match(text, m.end(), clause.end):
            continue
        lead = clause.lead_verb
        if lead is not None and lead.start() < m.start() and clause.is_led:
            return None
        if text.count("(", clause.start, m.start()) > text.count(")", clause.start, m.start()):
            continue
        planned = words.find(g.plan, clause.start, m.start())
        if planned is not None and words.match(g.verb, skip_blank(text, planned.end()), m.start()):
            # "Bộ sẽ lập danh mục các cam kết cần theo dõi": the plan comes first.
            return None
        front = clause.front
        subject = text[front : m.start()].strip()
        if len(subject) > _LONGEST_SUBJECT or words.has(g.done, front, m.start()):
            continue
        if _subordinate().search(text, front, m.start()):
            continue
        if m[0].endswith("được") and _OPINION.search(text, clause.start, m.start()):
            # "Hai bên cho rằng các tranh chấp cần được giải quyết ...": a view, no order.
            continue
        begin = m.start()
        assignees: tuple[str, ...] = ()
        subject = _behind_turn(_behind_speech(subject))
        front = m.start() - len(subject) - 1 if subject else front
        if g.assignee.pattern.match(subject):
            assignees = split_assignees(subject)
        elif (
            0 < len(subject) < _LONGEST_OWN_SUBJECT
            and front >= clause.start
            and not words.has(_speakers(), front, m.start())
        ):
            begin = front
        assignees = assignees or _framed(clause, m)
        issuer = None
        if (by := _ACCORDING.match(text, clause.start, m.start())) is not None:
            issuer = find_issuer(scan, by.start("who"), by.end("who"))
            own = text[by.end() : m.start()].strip()
            if issuer is not None and g.assignee.pattern.match(own):
                begin, assignees = m.start(), split_assignees(own)
        elif words.has(g.speech, clause.start, m.start()):
            issuer = find_issuer(scan, clause.start, m.start())
        if not subject and clause.state.cued:
            # "...; phải ưu tiên ...": who has to is named in the clause before.
            issuer, assignees = issuer or clause.state.issuer, clause.state.assignees
        clause.state.issuer = issuer or context.speaker or context.issuer
        clause.state.assignees, clause.state.cued = assignees, True
        clause.state.period = lead_deadline(scan, clause.sentence.start, m.start())
        if not context.active:
            context.period = clause.state.period
        return [clause.task(begin, clause.end, "task.modal", 0.7)]
    return None


_ACCORDING = re.compile(r"Theo (?P<who>[^,;.]{2,60}), ")


@cache
def _said() -> re.Pattern[str]:
    words = alternation(load("tasks")["said_of_others"])
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?: rằng)?,?(?!\w)")


_TURN = re.compile(r",? (?:song|nhưng|tuy nhiên|do đó|vì vậy|nên)(?!\w),? ")


def _behind_turn(subject: str) -> str:
    """The subject behind "song", "nhưng": "... còn nhiều dư địa, song doanh nghiệp"."""
    turns = list(_TURN.finditer(subject))
    return subject[turns[-1].end() :] if turns else subject


def _behind_speech(subject: str) -> str:
    """The subject in "Bộ trưởng nhấn mạnh, các địa phương ..."; "" if only somebody speaks."""
    said = list(_said().finditer(subject))
    return subject[said[-1].end() :].strip() if said else subject


# Planned: "Bộ sẽ tập trung vào việc triển khai ..."


@cache
def _not_a_plan() -> Ending:
    return right_before("plan_not_behind")


@cache
def _plan_link() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{alternation(load('tasks')['plan_links'])}) +)?")


_TOGETHER = re.compile(r"cùng(?: với)? +")


def works_together(clause: Clause, at: int) -> bool:
    """Whether something is to be done with others: "cùng các bộ, ngành lập ..."."""
    m = _TOGETHER.match(clause.scan.text, at, clause.end)
    if m is None or not clause.scan.words.match(grammar().assignee, m.end(), clause.end):
        return False
    verb = verb_after(clause.scan, m.end(), clause.end)
    return verb is not None and verb[0] - m.end() < _LONGEST_OWN_SUBJECT


def _planned(clause: Clause) -> list[Found] | None:
    g, scan, context = grammar(), clause.scan, clause.context
    text, words = scan.text, scan.words
    for m in clause.find_all(g.plan):
        if m[0] == "tập trung" and m.start() != clause.front:
            continue
        if g.directive_not_after.search(text, max(clause.start, m.start() - 14), m.start()):
            continue
        at = skip_blank(text, m.end())
        focus = "tập trung" in m[0]
        if focus and (link := _plan_link().match(text, at, clause.end)) is not None:
            at = link.end()
        if g.not_action.match(text, at, clause.end):
            continue
        if words.match(g.verb, at, clause.end) is None and not works_together(clause, at):
            continue
        if words.has(g.done, clause.start, m.start()):
            continue
        if _not_a_plan().search(text, clause.start, m.start()):
            continue
        speaker = None
        if words.has(g.speech, clause.start, m.start()):
            speaker = find_issuer(scan, clause.sentence.start, m.start())
        assignees: tuple[str, ...] = ()
        front = clause.front_before(m.start())
        if speaker is None and scan.interviewee is not None:
            own = find_issuer(scan, front, m.start())
            speaker = own if own == scan.interviewee else None
        if not speaker and words.match(g.assignee, front, m.start()):
            assignees = split_assignees(text[front : m.start()])
        own = _behind_speech(text[front : m.start()])
        own = own[own.rfind(", ") + 2 :] if ", " in own else own
        if speaker and g.assignee.pattern.match(own):
            assignees = split_assignees(own)
        people = scan.people_between(front, m.start())
        if not speaker and assignees and people:
            speaker = people[-1].name
        if not (focus or assignees or context.active or speaker):
            continue
        going_on = context.issuer if context.active else None
        state = clause.state
        if speaker is None and scan.interviewee is not None and context.speaker == scan.interviewee:
            # Who is interviewed speaks for the mission: "Đại sứ quán sẽ ...".
            speaker = scan.interviewee
        state.issuer = speaker or (assignees[0] if assignees else going_on)
        state.assignees, state.cued, state.rule = assignees, True, "plan"
        state.period = lead_deadline(scan, clause.sentence.start, m.start())
        context.period = state.period or context.period
        context.issuer = state.issuer
        return [clause.task(at, clause.end, "task.plan", 0.65)]
    return None
