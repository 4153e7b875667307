"""Walk the sentences with what has been said so far, and take each clause that is a task.

A sentence may carry its own cue ("Thủ tướng yêu cầu ..."), or go on under the cue of one before
("Cùng với đó, thúc đẩy ..."), or stand in a list under a heading ("III. NHIỆM VỤ"). What the
machine keeps between sentences is one `_Context`; every rule that makes a task has a name.
"""

import re
from dataclasses import dataclass, field, replace

from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.deadlines import clause_deadline, lead_deadline
from vanban.readers.tasks.grammar import S, grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.records import Task
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time, iso

__all__ = ["read_tasks"]

_DONE = re.compile(rf"(?<!\w)(?:đã|đang|vừa|từng)(?!\w)")
_PRAISE = re.compile(
    r"(?<!\w)(?:biểu dương|ghi nhận|đánh giá cao|hoan nghênh|chúc mừng|cảm ơn|cám ơn|khen ngợi|bày tỏ vui mừng|trân trọng cảm ơn|khẳng định(?! sẽ)|bày tỏ tin tưởng|tin tưởng|nhận định|vui mừng)(?!\w)"
)
_SPEECH = re.compile(
    r"(?<!\w)(?:phát biểu|nhấn mạnh|yêu cầu|cho biết|kết luận|đề nghị|chỉ đạo|lưu ý|khẳng định|nhắc nhở|cho rằng|nêu rõ|chỉ rõ|biểu dương|ghi nhận|đánh giá cao|theo|thông tin|báo cáo|nhận định|chia sẻ|nhắc đến|kiến nghị|bày tỏ|giao|cũng|nói)(?!\w)"
)
_AFTER_QUOTE = re.compile(
    rf"[”\"]{S}*,{S}*(?P<who>[^.;]{{3,80}}?){S}+(?:nhắc nhở|nhấn mạnh|nói|phát biểu|yêu cầu|khẳng định|chỉ rõ|nêu rõ|lưu ý|chia sẻ|đề nghị|cho biết)"
)


@dataclass
class _Context:
    """What holds for the next sentence.

    Args:
        active: bare verbs are tasks now.
        issuer: who gave the last order; `speaker`: who spoke last, told or not.
        assignees: bodies a list heading names for its items.
        period: deadline that a lead-in set for its list.
        section: "tasks", "results" or "" by the last heading.
    """

    active: bool = False
    issuer: str | None = None
    speaker: str | None = None
    assignees: tuple[str, ...] = ()
    heading_assignees: tuple[str, ...] = ()
    period: Time | None = None
    section: str = ""
    block: int = -1
    misses: int = 0


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    rule: str
    issuer: str | None
    assignees: tuple[str, ...]
    deadline: Time | None
    confidence: float


@dataclass
class _Out:
    found: list[_Found] = field(default_factory=list)


def read_tasks(scan: Scan) -> list[Task]:
    """The tasks of a document, in text order, one per clause."""
    context = _Context(issuer=_document_issuer(scan))
    context.speaker = context.issuer
    official = context.issuer is not None
    found: list[_Found] = []
    for sentence in scan.sentences:
        found += _sentence(scan, sentence, context, official)
    return [_record(scan, f) for f in found]


def _record(scan: Scan, f: _Found) -> Task:
    verb = grammar().verb.match(scan.text, f.start, f.end)
    stop = verb.end() if verb else f.start
    words = re.compile(rf"(?:{S}+[^\s,;.:()]+){{0,7}}").match(scan.text, stop, f.end)
    action = scan.text[f.start : words.end() if words else f.end]
    return Task(
        anchor=scan.document.anchor(f.start, f.end),
        rule=f.rule,
        confidence=f.confidence,
        action=re.sub(r"[\s\u00a0]+", " ", action).strip(),
        issuer=f.issuer,
        assignees=f.assignees,
        deadline=iso(f.deadline) if f.deadline is not None else None,
        deadline_quote=scan.text[f.deadline.start : f.deadline.end] if f.deadline else None,
    )


_OWN_NUMBER = re.compile(
    r"(?m)^(?:[^\n|]{0,60}\|)?[ \t\u00a0]*S[ốỐ][ \u00a0]*:?[ \u00a0]*\d{1,5}(?:/\d{4})?[-/](?P<symbol>[^\s,;|]+)"
)
_TITLE_LINE = re.compile(
    r"(?m)^[ \u00a0]*(?:THÔNG BÁO|CÔNG ĐIỆN|CHỈ THỊ|NGHỊ QUYẾT|KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|BÁO CÁO)[ \u00a0]*$"
)


def _document_issuer(scan: Scan) -> str | None:
    """Whose orders an official document carries; None for a report about somebody's orders."""
    text = scan.text[:6000]
    number = _OWN_NUMBER.search(text)
    if number is None and _TITLE_LINE.search(text) is None:
        return None
    concluded = re.search(
        rf"(?:KẾT LUẬN|[Kk]ết luận|Ý KIẾN KẾT LUẬN)[^\n]{{0,30}}\b(?:CỦA|của)[^\n]{{3,120}}", text
    )
    symbol = number["symbol"] if number else ""
    if "TB" in symbol.split("-") or concluded:
        for m in re.finditer(r"(?:đã )?(?:chủ trì|kết luận)", text):
            people = [p for p in scan.people if m.start() - 220 < p.start < m.start()]
            if people:
                return people[-1].name
    for mark, issuer in (
        ("TTg", "Thủ tướng Chính phủ"),
        ("UBND", "UBND tỉnh"),
        ("NQ-CP", "Chính phủ"),
        ("CP", "Chính phủ"),
        ("BNG", "Bộ Ngoại giao"),
        ("BCT", "Bộ Công Thương"),
    ):
        if mark in symbol:
            return issuer
    if re.search(r"ỦY BAN NHÂN DÂN|UBND", text[:1200]):
        return "UBND tỉnh"
    return find_issuer(scan, 0, min(len(scan.text), 1500))


def _sentence(scan: Scan, sentence: Sentence, context: _Context, official: bool) -> list[_Found]:
    text = scan.text
    new_block = sentence.block != context.block
    context.block = sentence.block
    start = sentence.start
    number = grammar().number.match(text, start, sentence.end)
    numbered = number is not None
    if number is not None:
        start = number.end()
    if _heading(scan, sentence, start, context, numbered, official):
        return []
    _hear(scan, sentence, context)
    lead_period = _front_period(scan, start, sentence.end)
    if lead_period is not None and not _DONE.search(text, start, sentence.end):
        context.period = (
            lead_period if context.active or _has_cue(scan, start, sentence.end) else context.period
        )
    found: list[_Found] = []
    state = _State(issuer=context.issuer, assignees=context.heading_assignees)
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
    elif context.active and not (official and context.section == "tasks"):
        if state.closed or new_block:
            context.misses += 1
        if state.closed or context.misses > 1:
            context.active = False
            context.period = None
            context.heading_assignees = ()
    return found


@dataclass
class _State:
    """What the clauses of one sentence hand on to the next."""

    issuer: str | None
    assignees: tuple[str, ...]
    cue: str = ""
    cued: bool = False
    opened: bool = False
    closed: bool = False
    praise: bool = False
    objects: bool = False
    """A clause was no task: the ";" separate things, not orders."""
    period: Time | None = None


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


def _heading(
    scan: Scan, sentence: Sentence, start: int, context: _Context, numbered: bool, official: bool
) -> bool:
    """Take a heading or a body's name alone on its line into the context; say whether it was one."""
    text = scan.text[start : sentence.end].strip()
    block = scan.document.blocks[sentence.block]
    alone = block.start >= sentence.start - 8 and sentence.end >= block.end - 1
    if not alone:
        return False
    bare = text.rstrip(" :.…")
    short = len(bare) < 110 and not re.search(r"[.;]$", text) or sentence.heading
    named = grammar().assignee.match(bare)
    if named and short and (text.endswith(":") or numbered or official) and len(bare.split()) < 22:
        rest = grammar().verb.search(bare, named.end())
        if rest is None or text.endswith(":") and not grammar().directive.search(bare):
            context.heading_assignees = split_assignees(bare)
            context.active = True
            context.misses = 0
            return True
    if not short or (bare and bare[0].islower()):
        return False
    if not (sentence.heading or bare.isupper() or numbered or len(bare) < 70):
        return False
    if grammar().verb.match(bare) and numbered and not bare.isupper():
        return False
    if _DONE.search(bare) and not sentence.heading:
        return False
    if grammar().result_heading.search(bare) and not re.search(
        r"(?i)nhiệm vụ|giải pháp|phương hướng", bare
    ):
        context.section, context.active, context.period = "results", False, None
        context.heading_assignees = ()
        return True
    if grammar().task_heading.search(bare) and not _has_cue(scan, start, sentence.end):
        context.section, context.active = "tasks", official or numbered or bare.isupper()
        context.period = lead_deadline(scan, start, sentence.end)
        context.heading_assignees = ()
        if context.active and not official and context.issuer is None:
            context.issuer = None
        return True
    return sentence.heading


def _hear(scan: Scan, sentence: Sentence, context: _Context) -> None:
    """Note who speaks in the sentence."""
    text = scan.text
    quoted = _AFTER_QUOTE.search(text, sentence.start, sentence.end)
    if quoted is not None:
        who = find_issuer(scan, quoted.start("who"), quoted.end("who") + 1)
        if who is not None:
            context.speaker = context.issuer = who
            return
    speech = _SPEECH.search(text, sentence.start, sentence.end)
    if speech is None:
        return
    stop = speech.end() + (50 if speech[0] in ("theo", "nhắc đến") else 0)
    who = find_issuer(scan, sentence.start, min(stop, sentence.end))
    if who is not None and (speech[0] != "cũng"):
        context.speaker = who


def _has_cue(scan: Scan, start: int, end: int) -> bool:
    g = grammar()
    return any(p.search(scan.text, start, end) for p in (g.directive, g.modal, g.plan, g.opener))


def _front_period(scan: Scan, start: int, end: int) -> Time | None:
    """A period in the frame a sentence opens with: "Trong năm 2025, ...", "Đến hết quý II, ..."."""
    for time in scan.times_between(start, min(end, start + 60)):
        before = scan.text[start : time.start]
        if re.fullmatch(
            rf"(?i)\W*(?:(?:đối với|về|trong|những|các|công tác|nhiệm vụ|trọng tâm|trọng tâm công tác){S}*)*",
            before,
        ) and time.kind in ("year", "half", "quarter", "months", "month"):
            following = scan.text[time.end : time.end + 2]
            if following[:1] in (",", ":") or following.startswith(" "):
                if scan.year is not None and time.year is not None and time.year < scan.year:
                    return None
                return time
    return None


def _clause(
    scan: Scan,
    sentence: Sentence,
    start: int,
    end: int,
    n: int,
    context: _Context,
    state: _State,
    listed: bool,
    ends_in_colon: bool,
) -> list[_Found]:
    text, g = scan.text, grammar()
    colon = _list_colon(text, start, end)
    if colon is not None and n == 0:
        head = _clause_cue(scan, sentence, start, colon, context, state)
        opened = g.opener.search(text, start, colon) is not None
        if head is not None or opened:
            state.opened = state.cued = True
            if state.period is None:
                state.period = lead_deadline(scan, sentence.start, colon)
            context.period = state.period or context.period
            if head is not None and _is_done_list(text, start, colon):
                return []
            if opened and head is None:
                state.issuer = context.speaker if context.issuer is None else context.issuer
                state.issuer = find_issuer(scan, sentence.start, colon) or context.speaker
            begin = _skip_front(text, colon + 1, end)
            bare = _bare(scan, begin, end, state, context, "task.list")
            return bare
    cued = _clause_cue(scan, sentence, start, end, context, state)
    if cued is not None:
        return cued
    if state.praise and n > 0:
        return []
    if _PRAISE.search(text, start, min(end, start + 120)) and not context.section == "tasks":
        if n == 0:
            state.praise = state.closed = True
            context.speaker = find_issuer(scan, start, end) or context.speaker
        return []
    if n > 0 and state.cued and state.objects:
        return []
    if n > 0 and state.cued or context.active:
        begin = _skip_front(text, start, end)
        if _opens_list(scan, begin, end, context, state, sentence):
            return []
        rule = "task.carried" if n > 0 and state.cued else "task.context"
        bare = _bare(scan, begin, end, state, context, rule)
        if bare:
            return bare
        state.objects = n > 0
    if _opens_list(scan, start, end, context, state, sentence):
        return []
    named = grammar().opener.search(text, start, end)
    if named is not None and (m := _NAMED_TASK.search(text, named.start(), end)) is not None:
        at = _blank(text, m.end())
        if g.verb.match(text, at, end):
            state.issuer = find_issuer(scan, start, m.start()) or context.speaker
            state.cued = True
            return [_make(scan, at, end, "task.named", state, context, (), 0.75)]
    if _DONE.search(text, start, min(end, start + 120)):
        state.closed = True
    return []


_LISTS = re.compile(
    rf":(?={S}|\n)|,{S}+(?:đó{S}+là|gồm|bao{S}+gồm|cụ{S}+thể{S}+là|như{S}+sau)(?!\w)"
)
_NAMED_TASK = re.compile(
    rf"(?:nhắc{S}+đến|đề{S}+cập|đặt{S}+ra|nữa|tiếp{S}+theo|quan{S}+trọng|hàng{S}+đầu|khác|trọng{S}+tâm|đầu{S}+tiên){S}+là(?!\w)"
)


def _list_colon(text: str, start: int, end: int) -> int | None:
    """Last code point of what introduces a list inside the clause: ":", ", đó là", ", gồm"."""
    for m in _LISTS.finditer(text, start, end - 3):
        if m.start() - start > 260:
            return None
        if m[0] == ":" or grammar().opener.search(text, start, m.start()):
            return m.end() - 1
    return None


def _is_done_list(text: str, start: int, colon: int) -> bool:
    return _DONE.search(text, start, colon) is not None and "yêu cầu" not in text[start:colon]


def _opens_list(
    scan: Scan, start: int, end: int, context: _Context, state: _State, sentence: Sentence
) -> bool:
    """A sentence that announces tasks without naming one ("... tập trung vào một số nhiệm vụ")."""
    m = grammar().opener.search(scan.text, start, end)
    if m is None or _DONE.search(scan.text, start, m.start()):
        return False
    future = re.search(
        r"(?<!\w)(?:sẽ|cần|tập trung|phải|xác định|gồm|sau)(?!\w)", scan.text[start:end]
    )
    if future is None or end - m.end() > 40:
        return False
    state.opened = state.cued = True
    state.issuer = find_issuer(scan, sentence.start, m.start()) or None
    state.issuer = state.issuer if _SPEECH.search(scan.text, start, end) else None
    context.issuer = state.issuer
    context.period = lead_deadline(scan, sentence.start, end)
    return True


def _skip_front(text: str, start: int, end: int) -> int:
    """Past numbering, connectives and topic frames, to where the assignee or the verb begins."""
    g = grammar()
    for _ in range(4):
        while start < end and text[start] in ' \u00a0“"‘,:':
            start += 1
        for pattern in (g.number, g.connective):
            m = pattern.match(text, start, end)
            if m is not None and m.end() < end:
                start = m.end()
                break
        else:
            m = g.frame.match(text, start, end)
            if m is None or m.end() >= end or g.verb.match(text, start, m.end()):
                return start
            start = m.end()
    return start


def _bare(
    scan: Scan, start: int, end: int, state: _State, context: _Context, rule: str
) -> list[_Found]:
    """A clause that begins with a verb, or with a body and a verb, under somebody's order."""
    text, g = scan.text, grammar()
    if end - start < 8:
        return []
    verb = g.verb.match(text, start, end)
    if verb is not None and not _DONE.search(text, start, verb.end() + 4):
        return [_make(scan, start, end, rule, state, context, state.assignees, 0.8)]
    modal = g.modal.match(text, start, end)
    if modal is not None:
        return [_make(scan, start, end, rule, state, context, state.assignees, 0.75)]
    named = g.assignee.match(text, start, end)
    if named is not None:
        reached = _verb_after(text, named.end(), end)
        if reached is not None and not _DONE.search(text, start, reached[0]):
            gap = text[start : reached[0]]
            if len(gap) < 260 and not re.search(r"[.:](?!\w)", gap):
                assignees = split_assignees(gap)
                state.assignees = assignees or state.assignees
                return [
                    _make(
                        scan, reached[0], end, f"{rule}.named", state, context, state.assignees, 0.8
                    )
                ]
    return []


def _verb_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first verb or modal behind a noun phrase; names of bodies are not searched."""
    g = grammar()
    at = start
    while True:
        m = g.verb.search(text, at, end)
        modal = g.modal.search(text, at, end)
        if modal is not None and (m is None or modal.start() <= m.start()):
            if g.modal_not_before.match(text, modal.end(), end) or g.modal_not_after.search(
                text, start, modal.start()
            ):
                at = modal.end()
                continue
            following = g.verb.match(text, _blank(text, modal.end()), end)
            return (modal.start(), following.end() if following else modal.end())
        if m is None:
            return None
        if m[0][0].isupper() or _NOUN_BEFORE.search(text, max(start - 12, 0), m.start()):
            at = m.start() + 1
            while at < end and text[at - 1].isalnum():
                at += 1
            continue
        return m.span()


_NOUN_BEFORE = re.compile(
    rf"(?<!\w)(?:nhà|Ban|ban|công tác|cơ quan|việc|sự|hoạt động|các|những|hệ thống|lĩnh vực|chương trình|người|nhóm|tổ|Tổ|Quỹ|Kế hoạch và|dự án|xúc tiến|Cục|chủ|Vụ|Viện|Trung tâm|bộ phận|chi nhánh|vốn|Hội đồng|Ủy ban|Bộ Kế hoạch và|đối tác){S}+$"
)


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \u00a0":
        at += 1
    return at


def _clause_cue(
    scan: Scan, sentence: Sentence, start: int, end: int, context: _Context, state: _State
) -> list[_Found] | None:
    """The task of a clause with its own cue; None if it has none, [] if the cue opens a list."""
    text, g = scan.text, grammar()
    front = _skip_front(text, start, end)
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
        word = re.sub(r"[\s\u00a0]+", " ", m[0])
        rule = g.directive_of[word]
        if rule == "assign" and g.assign_not_before.match(text, m.end(), end):
            continue
        if (
            word.lower() in g.directive_as_action
            and m.start() == _skip_front(text, start, end)
            and (context.active or state.cued)
        ):
            return None
        if (
            m[0] in ("mong", "hy vọng", "mong muốn", "bày tỏ mong muốn")
            and not g.assignee.match(text, _blank(text, m.end()), end)
            and not scan.partners_between(m.end(), m.end() + 14)
        ):
            continue
        if _DONE.search(text, max(start, m.start() - 5), m.start()) and rule in ("assign",):
            continue
        found = _told(scan, sentence, start, m.start(), m.end(), end, rule, context, state)
        if found is not None:
            return found
    for m in g.promise.finditer(text, start, end):
        if g.promise_not_before.match(text, m.end(), end):
            continue
        if g.directive_not_after.search(text, max(sentence.start, m.start() - 14), m.start()):
            continue
        at = _blank(text, m.end())
        verb = g.verb.match(text, at, end)
        if verb is None:
            continue
        subject = find_issuer(scan, sentence.start, m.start()) or context.speaker
        if m[0].lower() in ("quyết định", "thống nhất", "đồng ý", "hứa") and subject is None:
            continue
        state.issuer, state.assignees = subject, (subject,) if subject else ()
        state.cued, state.cue = True, "promise"
        return [_make(scan, at, end, "task.promise", state, context, state.assignees, 0.75)]
    modal = _modal(scan, sentence, start, end, context, state)
    if modal is not None:
        return modal
    return _planned(scan, sentence, start, end, context, state)


def _told(
    scan: Scan,
    sentence: Sentence,
    start: int,
    cue_start: int,
    cue_end: int,
    end: int,
    rule: str,
    context: _Context,
    state: _State,
) -> list[_Found] | None:
    """What stands behind a verb of telling: a body and a verb, a verb, or a list to come."""
    text, g = scan.text, grammar()
    at = _blank(text, cue_end)
    while at < end and text[at] in ':,“"':
        at = _blank(text, at + 1)
    issuer = find_issuer(scan, sentence.start, cue_start)
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
    ):
        begin = at
    elif modal is not None:
        begin = at
    else:
        found = _verb_after(text, at, end)
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
    return [_make(scan, begin, end, f"task.{rule}", state, context, assignees, 0.88)]


def _colon_follows(text: str, at: int) -> bool:
    return text[at : at + 2].lstrip().startswith(":")


def sentence_continues(text: str, start: int) -> bool:
    """Whether a sentence begins by joining the one before ("Đồng thời, ...")."""
    return grammar().connective.match(text, start) is not None


def _modal(
    scan: Scan, sentence: Sentence, start: int, end: int, context: _Context, state: _State
) -> list[_Found] | None:
    text, g = scan.text, grammar()
    front = _skip_front(text, start, end)
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
        if _DONE.search(subject) or len(subject) > 190:
            continue
        if re.search(rf"(?:mà|khi|nếu|để|do|vì|cho thấy|rằng){S}*$", subject):
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
            find_issuer(scan, sentence.start, m.start())
            if _SPEECH.search(text, sentence.start, m.start())
            else None
        )
        state.issuer = issuer or context.speaker or context.issuer
        state.assignees, state.cued, state.cue = assignees, True, "modal"
        if context.active is False:
            context.period = lead_deadline(scan, sentence.start, m.start())
        state.period = lead_deadline(scan, sentence.start, m.start())
        return [_make(scan, begin, end, "task.modal", state, context, assignees, 0.7)]
    return None


def _planned(
    scan: Scan, sentence: Sentence, start: int, end: int, context: _Context, state: _State
) -> list[_Found] | None:
    """Somebody's own plan: "sẽ tập trung vào việc triển khai ..."."""
    text, g = scan.text, grammar()
    for m in g.plan.finditer(text, start, end):
        focus = "tập trung" in m[0]
        if m[0] == "tập trung" and (m.start() != _skip_front(text, start, end)):
            continue
        if g.directive_not_after.search(text, max(start, m.start() - 14), m.start()):
            continue
        at = _blank(text, m.end())
        if focus:
            skip = re.compile(rf"(?:vào{S}+)?(?:việc{S}+|các{S}+việc{S}+)?").match(text, at, end)
            at = skip.end() if skip else at
        if g.not_action.match(text, at, end):
            continue
        verb = g.verb.match(text, at, end)
        if verb is None:
            continue
        subject = text[start : m.start()]
        if _DONE.search(subject) or re.search(r"(?:rằng|nếu|khi|để|sẽ không)\s*$", subject):
            continue
        speaker = find_issuer(scan, sentence.start, m.start()) if _SPEECH.search(subject) else None
        front = _skip_front(text, start, m.start())
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
        return [_make(scan, at, end, "task.plan", state, context, assignees, 0.65)]
    return None


def _make(
    scan: Scan,
    start: int,
    end: int,
    rule: str,
    state: _State,
    context: _Context,
    assignees: tuple[str, ...],
    confidence: float,
) -> _Found:
    deadline = clause_deadline(scan, start, end) or state.period or context.period
    return _Found(
        start, end, rule, state.issuer, assignees or context.heading_assignees, deadline, confidence
    )
