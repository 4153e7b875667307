"""Walk the sentences with what has been said so far, and take each clause that is a task.

A sentence may carry its own cue ("Thủ tướng yêu cầu ..."), or go on under the cue of one before
("Cùng với đó, thúc đẩy ..."), or stand in a list under a heading ("III. NHIỆM VỤ"). What is kept
between sentences is one `Context`; every rule that makes a task has a name.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, both_cases, cue, first_words, regex
from vanban.readers.tasks.attributes import attributes_of, take_attributes, told_in_brackets
from vanban.readers.tasks.bare import bare
from vanban.readers.tasks.clauses import Clause, split_clauses
from vanban.readers.tasks.colons import announces_a_list, behind_colon
from vanban.readers.tasks.context import Context, Found, State
from vanban.readers.tasks.cues import clause_cue
from vanban.readers.tasks.deadlines import clause_deadline, is_only_a_deadline, lead_deadline
from vanban.readers.tasks.formulas import is_no_order
from vanban.readers.tasks.frames import (
    aims,
    asked_period,
    front_period,
    goes_on_to_aim,
    labelled,
    take_speaker,
)
from vanban.readers.tasks.fronts import has_cue, skip_blank, skip_number, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.headings import is_title_of_paper, take_heading
from vanban.readers.tasks.joint import coordinating_bodies
from vanban.readers.tasks.led import led, may_lead
from vanban.readers.tasks.lists import focus_of, list_colon, opens_list, task_named
from vanban.readers.tasks.official import body_that_writes, document_issuer, year_of_plan
from vanban.readers.tasks.papers import paper_says
from vanban.readers.tasks.people import find_issuer, office_heads, split_assignees
from vanban.readers.tasks.wording import action_of
from vanban.records import Task
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time, iso, last_day

__all__ = ["read_tasks", "said_once"]

_LONGEST_DEADLINE = 60
"""Code points of a clause that may say nothing but a deadline."""
_OPENING = 120
"""Code points of a clause in which praise or a result is said."""
_FEWEST_WORDS = 3
"""Words of a task: "báo cáo" alone says nothing that could be done."""
_MOST_OF_AN_ITEM = 12
"""Tasks of one item of a plan, to which the lines below it can belong."""


def read_tasks(scan: Scan, *, apart: Callable[[int], bool] = lambda at: False) -> list[Task]:
    """The tasks of a document, in text order, one per clause.

    Source: `data/tasks.yml`; the labelling rules of `eval/SCHEMA.md`.
    Args:
        scan: the document.
        apart: whether an offset stands in what others read, as the rows of a table of tasks do.
    """
    own = scan.once(document_issuer)
    speaker = own or scan.interviewee or body_that_writes(scan)
    plan = year_of_plan(scan) if own is not None else None
    context = Context(own=own, issuer=own, speaker=speaker, plan_period=plan)
    found: list[Found] = []
    item, closed = 0, False
    for sentence in scan.sentences:
        if apart(sentence.start):
            continue
        said = attributes_of(scan, sentence.start, sentence.end) if found else None
        if said is not None:
            take_attributes(found, max(item, len(found) - _MOST_OF_AN_ITEM), said)
            closed = True
            continue
        if closed or skip_number(scan.text, sentence.start, sentence.end) is not None:
            item, closed = len(found), False
        found += _read_sentence(scan, sentence, context)
    tasks = (_record(scan, f) for f in sorted(found, key=lambda f: f.start))
    return [task for task in tasks if _says_enough(task.anchor.quote.split())]


def said_once(scan: Scan, tasks: list[Task]) -> list[Task]:
    """The tasks of an article, without those that its lead says in the same words as its text.

    Args:
        tasks: all tasks read; of an official paper each is one.
    """
    first: dict[tuple[str | None, tuple[str, ...], str], Task] = {}
    for task in tasks:
        first.setdefault((task.issuer, task.assignees, task.anchor.quote.lower()), task)
    if len(first) == len(tasks) or scan.once(document_issuer) is not None:
        return tasks
    return [*first.values()]


def _says_enough(words: list[str]) -> bool:
    """Whether so many words say what is to be done: "thăm Pháp", but not "báo cáo" alone."""
    return len(words) >= _FEWEST_WORDS or (len(words) > 1 and words[-1][0].isupper())


def _record(scan: Scan, found: Found) -> Task:
    due = found.deadline
    period = iso(due) if due is not None else None
    deadline = last_day(period)
    return Task(
        anchor=scan.document.anchor(found.start, found.end),
        rule=found.rule,
        confidence=found.confidence,
        action=action_of(scan.text[found.start : found.end]),
        issuer=found.issuer,
        assignees=found.assignees,
        coordinating=found.coordinating,
        deadline=deadline,
        deadline_period=period if period != deadline else None,
        deadline_quote=scan.document.text[due.start : due.end] if due is not None else None,
    )


# Sentences


def _read_sentence(scan: Scan, sentence: Sentence, context: Context) -> list[Found]:
    new_block = sentence.block != context.block
    context.block = sentence.block
    official = context.own is not None
    if sentence.asks(scan.text):
        context.asked_period = asked_period(scan, sentence)
        context.speaker = scan.interviewee or context.speaker
        return []
    number = skip_number(scan.text, sentence.start, sentence.end)
    start = number.end() if number is not None else sentence.start
    if (who := labelled(scan, sentence)) is not None:
        context.speaker = who
    if (line := _DATELINE.match(scan.text, start, sentence.end)) is not None:
        start = line.end()
    start = _behind_label(scan, start, sentence.end)
    if _AIMED_AT.match(scan.text, start, sentence.end):
        return []
    if _who_was_there().match(scan.text, start, sentence.end):
        return []
    listed = official or number is not None
    if official and number is None and is_title_of_paper(scan, sentence):
        return []
    if take_heading(scan, sentence, start, context, numbered=number is not None, official=official):
        return []
    if not (number is not None and context.active and _begins_an_item(scan, start)):
        take_speaker(scan, sentence, context)
    if not official and (says := paper_says(scan, start, sentence.end)) is not None:
        who, order = says
        context.speaker, context.spoke = who or context.speaker, sentence.start
        if order is not None:
            # "Công điện nêu rõ, Bộ A chủ động ...": what stands behind is ordered.
            context.open()
            context.issuer, start = who or context.issuer, order
    _take_period(scan, start, sentence.end, context)
    if (
        not context.active
        and not has_cue(scan, start, sentence.end)
        and not announces_a_list(scan.text, start, sentence.end)
        and not may_lead(scan.text, start, sentence.end)
    ):
        # Nothing was ordered before, and nothing is here.
        return []
    state = State(issuer=context.issuer, assignees=context.heading_assignees)
    state.listed = context.active and listed
    if goes_on_to_aim(scan, start, sentence.end):
        state.period = context.aim_period
    found = _from_clauses(scan, sentence, start, context, state)
    introduces = scan.text[start : sentence.end].rstrip().endswith(":")
    _carry_on(context, state, found, new_block=new_block, introduces=introduces)
    return found


def _from_clauses(
    scan: Scan, sentence: Sentence, start: int, context: Context, state: State
) -> list[Found]:
    """The tasks of the clauses of a sentence from an offset on."""
    found: list[Found] = []
    before = start
    for n, (a, b) in enumerate(_clauses(scan, start, sentence.end)):
        if n and found and _is_one_more_field(scan, before, a, b):
            continue
        before = a
        due = _only_a_deadline(scan, a, b) if found and not found[-1].is_dated else None
        if due is not None:
            found[-1] = replace(found[-1], deadline=due)
        elif not scan.words.has(_formula(), a, b) and not is_no_order(scan, a, b, context):
            clause = Clause(scan, sentence, a, b, context, state)
            found += (_joined(scan, f, a) for f in _read_clause(clause, is_first=n == 0))
            if scan.text.find(" như: ", a, b) >= 0 and (
                _EXAMPLES.search(scan.text, a, b) and not _WAYS.search(scan.text, a, b)
            ):
                # What follows ";" goes on with the examples.
                break
    return found


_DATELINE = regex(
    rf"(?:\([{UPPER}][\w.& ]{{1,14}}\)|(?:TTO|NDO|TPO|VOV|TTXVN|VGP|SGGPO?|VTV|PLO|VHO))"
    r" ?[-–—] "
)
"""Which newsroom tells it: "(VOV5) - ..."."""
_LONGEST_LABEL = 110


def _behind_label(scan: Scan, start: int, end: int) -> int:
    """Past the name of who answers in an interview: "Bà A, Trưởng Thương vụ ...: Trước hết ..."."""
    if scan.interviewee is None:
        return start
    colon = scan.text.find(": ", start, min(end, start + _LONGEST_LABEL))
    named = scan.people_between(start, start + 3)[:1] if colon >= 0 else []
    if not named or named[0].name != scan.interviewee or "." in scan.text[named[0].end : colon]:
        return start
    return start if has_cue(scan, named[0].end, colon) else skip_blank(scan.text, colon + 1)


def _joined(scan: Scan, found: Found, before: int) -> Found:
    """The task with the bodies that are to help, if its clause from `before` on names any."""
    if not found.assignees and (told := told_in_brackets(scan.text, found.start, found.end)):
        found = replace(found, assignees=told)
    names = coordinating_bodies(scan, found.start, found.end, before=before)
    names = tuple(name for name in names if name not in found.assignees)
    return replace(found, coordinating=names) if names else found


def _begins_an_item(scan: Scan, start: int) -> bool:
    """Whether an item of a list begins with what is to be done: nobody speaks in it."""
    words, end = scan.words, len(scan.text)
    return bool(
        words.match(grammar().verb, start, end) or words.match(grammar().directive, start, end)
    )


_IN_FIELDS = regex(
    r"(?:[Hh]ợp tác|[Pp]hối hợp|[Ll]iên kết)[^;:.]{0,30}"
    r" (?:trong|trên)(?: các| những)? (?:công tác|lĩnh vực|mặt) [^.:]{3,140}; *$"
)
_ACTS = regex(
    r"(?:đẩy|tăng|mở|nâng|thúc|rà|sớm|tiếp|hoàn|xây|tạo|giải|chủ|tập|ưu|bảo|đảm|duy|giữ|khẩn|tháo"
    r"|kịp|phát|khắc|ban|cải|cắt|rút|đưa|không|thực|triển|cùng|phối|tổ)\w* "
)
_MOST_OF_A_FIELD = 6
"""Words of a field of work; more is what is to be done in it."""


def _is_one_more_field(scan: Scan, before: int, start: int, end: int) -> bool:
    """Whether a clause names one more field: "hợp tác trong lĩnh vực giáo dục; du lịch"."""
    return (
        len(scan.text[start:end].split()) <= _MOST_OF_A_FIELD
        and _IN_FIELDS.search(scan.text, before, start) is not None
        and _ACTS.match(scan.text, start) is None
        and not has_cue(scan, start, end)
    )


_EXAMPLES = regex(r" như: [^:]*$")
_WAYS = regex(
    r"(?:giải pháp|nhiệm vụ|công việc|việc"
    r"|(?:kiến nghị|đề xuất|đề nghị|yêu cầu)[^;:.]{0,40} nội dung)"
    r"(?: \w+){0,5},? như: "
)
"""What is to be done, told behind "như:": "cần tập trung vào một số giải pháp như: ..."."""
_AIMED_AT = regex(r"(?:Mục tiêu|Chỉ tiêu)(?: [^:;,.]{1,40})?(?::| là) (?=\w)")
"""A sentence that opens so says what is aimed at, and orders nothing."""


@cache
def _who_was_there() -> re.Pattern[str]:
    """Who was at a meeting: "Về phía Lào có Bộ trưởng A, lãnh đạo các sở ..."."""
    return regex(
        r"(?:Về phía|Phía|(?:Cùng )?[Tt]ham dự|(?:Cùng )?[Dd]ự|Tham gia|Cùng đi|Tiếp đoàn)"
        r"[^.:;]{0,110} (?:có|gồm|gồm có|có sự tham dự của)(?: sự (?:tham dự|hiện diện) của)?"
        rf" (?:{office_heads()}|[Ôô]ng|[Bb]à|ngài|(?:các )?đồng chí|đ/c|Phó|Tổng|Ủy viên"
        r"|đại diện lãnh đạo|lãnh đạo)(?!\w)"
    )


def _take_period(scan: Scan, start: int, end: int, context: Context) -> None:
    """Take the period a sentence opens with as the deadline of its tasks."""
    period = front_period(scan, start, end)
    if period is not None and aims(scan, start, end):
        context.aim_period = period
    if period is None or scan.words.has(grammar().done, start, end):
        return
    if context.active or has_cue(scan, start, end):
        context.period = period


def _carry_on(
    context: Context, state: State, found: list[Found], *, new_block: bool, introduces: bool
) -> None:
    """Say for the next sentence whether a bare verb in it is a task.

    Args:
        introduces: whether the sentence ends in a colon.
    """
    if found:
        context.open()
        context.issuer = state.issuer or context.issuer
        context.section = context.section or "speech"
    elif state.opened or (introduces and state.cued):
        context.open()
        context.issuer = state.issuer or context.issuer
        context.heading_assignees = state.assignees if introduces or state.opened else ()
    elif context.active and not (
        context.own is not None and context.section in ("tasks", "kiến nghị")
    ):
        if state.closed or new_block:
            context.misses += 1
        if state.closed or context.misses > 1:
            context.close()


def _only_a_deadline(scan: Scan, start: int, end: int) -> Time | None:
    """The date of a clause that says nothing but when the one before is due; None if it does."""
    if end - start > _LONGEST_DEADLINE:
        return None
    due = clause_deadline(scan, start, end)
    if due is None or due.end < end - 2 or not is_only_a_deadline(scan, start, due):
        return None
    return due


@cache
def _formula() -> Cue:
    data = load("tasks")
    formulas, verbs = data["formulas"], data["for_notice"]
    pattern = regex(
        rf"(?:{alternation(formulas)})"
        r"|(?:Thực hiện|Triển khai|Căn cứ)[^;]{5,300},"
        r" [^,;]{3,60}(?:báo cáo|ban hành|tổng hợp)(?!\w)"
        rf"|(?:{alternation(verbs)})[^;.]{{0,12}} "
        r"(?:để ?[^;.]{2,90} ?biết(?:,? (?:và )?thực hiện)?"
        r"|(?:đến|tới|cho) [^;.]{2,90} biết,? (?:và )?thực hiện)"
    )
    return Cue(pattern, first_words([*formulas, *verbs, "Thực hiện", "Triển khai", "Căn cứ"]))


# Clauses


@cache
def _praise() -> Cue:
    # "Khẳng định sẽ ..." is a promise, no praise, and "chỉ số hài lòng" is a measure.
    # ... nor is what something is done for: "số hóa hồ sơ để sẵn sàng".
    measured = r"(?<!để sẵn sàng)(?<!số hài lòng)(?<!độ hài lòng)(?<!lệ hài lòng)"
    return cue(both_cases(load("tasks")["praise"]), then=rf"(?!\w)(?<!khẳng định(?= sẽ)){measured}")


def _read_clause(clause: Clause, *, is_first: bool) -> list[Found]:
    """The tasks of one clause: none, one, or a list's first item."""
    scan, context, state = clause.scan, clause.context, clause.state
    if is_first and (colon := list_colon(scan, clause.start, clause.end)) is not None:
        found = behind_colon(clause, colon)
        if found is not None:
            return found
    if (addressed := _addressed(clause)) is not None:
        return addressed
    if (first := _named(clause)) is not None and _FOCUS.match(scan.text, clause.front):
        return [first]
    cued = clause_cue(clause)
    if cued is not None:
        state.closed = state.praise = False
        return cued
    if state.praise and not is_first:
        return []
    opening = min(clause.end, clause.start + _OPENING)
    if context.section not in ("tasks", "kiến nghị") and scan.words.has(
        _praise(), clause.start, opening
    ):
        if is_first:
            state.praise = state.closed = True
            context.speaker = find_issuer(scan, clause.start, clause.end) or context.speaker
        return []
    carried = not is_first and state.cued
    if (carried and state.objects) or (state.closed and not is_first):
        return []
    if state.told and not carried and not is_first:
        return []
    if carried or context.active:
        if _opens_list(clause, clause.front):
            return []
        going_on = bare(clause, clause.front, "task.carried" if carried else "task.context")
        if going_on:
            return going_on
        state.objects = not is_first
    if _opens_list(clause, clause.start):
        return []
    if (named := _named(clause)) is not None:
        return [named]
    if is_first and (found := led(clause)):
        return found
    if scan.words.has(grammar().done, clause.start, opening):
        state.closed = True
    elif is_first and context.own is None and not state.listed:
        # "Việc ký nhằm ...; thúc đẩy ...": what follows ";" goes on with what was told.
        state.told = True
    return []


_FOCUS = regex(r"[Tt]rọng tâm|[Cc]ốt lõi|[Nn]hiệm vụ|[Ưư]u tiên|[Gg]iải pháp|[Vv]iệc")
_LONGEST_ADDRESSEE = 120
_ADDRESSED = regex(r"(?:(?:Kiến nghị với|Đề nghị với|Đối với|Với|Về phía) +)?(?P<who>[^:.]+):\s+")
_MANY_ADDRESSED = regex(r"[^:;.]{3,90}(?:; [^:;.]{3,90}){1,5}:\s+(?=\w)")
"""Bodies joined by semicolons before what they are to do: "Sở A; UBND các huyện: xây dựng ..."."""


def _with_all_told(scan: Scan, clauses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clauses, all who are told in one: "yêu cầu các Bộ: A, B; UBND các tỉnh rà soát ..."."""
    words = scan.words
    while len(clauses) > 1:
        (start, end), (then, last) = clauses[:2]
        order = words.find(grammar().directive, start, end)
        at = skip_blank(scan.text, order.end()) if order is not None else end
        told = words.match(grammar().assignee, at, end)
        if (
            told is None
            or verb_after(scan, at, end) is not None
            or words.match(grammar().assignee, then, last) is None
            or words.match(grammar().verb, then, last) is not None
            or words.find(grammar().done, then, last) is not None
            or verb_after(scan, then, last) is None
        ):
            break
        clauses = [(start, last), *clauses[2:]]
    return clauses


def _clauses(scan: Scan, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence; semicolons among those it addresses part none."""
    several = scan.text.find("; ", start, end) >= 0
    m = _MANY_ADDRESSED.match(scan.text, start, end) if several else None
    heads = scan.text[start : m.end()].split("; ") if m is not None else []
    if m is None or not all(grammar().assignee.pattern.match(head.strip()) for head in heads):
        return _with_all_told(scan, split_clauses(scan.text, start, end))
    rest = split_clauses(scan.text, m.end(), end)
    return [(start, rest[0][1]), *rest[1:]] if rest else split_clauses(scan.text, start, end)


def _addressed(clause: Clause) -> list[Found] | None:
    """A clause that names whom it is for before a colon: "Với Bộ Ngoại giao: hướng dẫn ..."."""
    scan, context, state = clause.scan, clause.context, clause.state
    if not (context.active or context.section in ("tasks", "kiến nghị")):
        return None
    reach = min(clause.end, clause.start + _LONGEST_ADDRESSEE)
    if scan.text.find(":", clause.start, reach) < 0:
        return None
    m = _ADDRESSED.match(scan.text, clause.start, reach)
    if (
        m is None
        or not grammar().assignee.pattern.match(m["who"])
        or _speaks(scan, m.start("who"), m.start("who") + len(m["who"].split(" (")[0]))
    ):
        return None
    at = skip_blank(scan.text, m.end())
    if scan.words.match(grammar().verb, at, clause.end) is None:
        return None
    state.assignees, state.cued = split_assignees(m["who"]), True
    return bare(clause, at, "task.list")


def _speaks(scan: Scan, start: int, end: int) -> bool:
    """Whether somebody speaks; "Bộ Ngoại giao" gives no order."""
    return any(
        not scan.text.endswith("Ngoại ", start, m.start())
        for m in scan.words.find_all(grammar().speech, start, end)
    )


def _opens_list(clause: Clause, start: int) -> bool:
    return opens_list(
        clause.scan, start, clause.end,
        sentence=clause.sentence, context=clause.context, state=clause.state,
    )  # fmt: skip


def _named(clause: Clause) -> Found | None:
    """The one task a sentence names: "... một nhiệm vụ quan trọng là đẩy mạnh ..."."""
    scan = clause.scan
    named = task_named(scan, clause.start, clause.end)
    if named is None:
        return None
    at = skip_blank(scan.text, named)
    if scan.words.match(grammar().verb, at, clause.end) is None:
        return None
    clause.state.issuer = find_issuer(scan, clause.start, named) or clause.context.speaker
    clause.state.cued = True
    if (focus := focus_of(scan, clause.start, clause.end)) is not None and focus["who"]:
        # "Nhiệm vụ trọng tâm của các bộ, ngành là ..."
        clause.state.assignees = split_assignees(focus["who"])
    when = lead_deadline(scan, clause.start, named, said=True)
    clause.state.period = when or clause.state.period
    return clause.task(at, clause.end, "task.named", 0.75)
