"""A word of planning where it stands, what it plans, and the rules by which it plans nothing."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.patterns import Ending, alternation, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.frames import front_period, spoken
from vanban.readers.tasks.fronts import colon_follows, skip_blank, verb_after
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, grammar, right_before
from vanban.readers.tasks.people import split_assignees

__all__ = ["HAS_AND_WILL", "Plan", "is_no_plan", "plan_at", "works_together"]


class Plan(NamedTuple):
    """A "sẽ", "dự kiến", "tập trung" of a clause.

    Args:
        front: where the words before it that may name who plans begin.
        start: the word of planning; `at`: what is planned.
        focus: it says what somebody concentrates on.
        said: the word of speech before it.
    """

    clause: Clause
    text: str
    front: int
    start: int
    at: int
    focus: bool
    said: re.Match[str] | None


def plan_at(clause: Clause, m: re.Match[str]) -> Plan | None:
    """The plan that a word of planning brings in; None if none begins there."""
    text, start, word = clause.scan.text, m.start(), m[0]
    if word.startswith("tập trung") and _is_no_focus(clause, start):
        return None
    at, focus = skip_blank(text, m.end()), "tập trung" in word
    if focus and (link := _plan_link().match(text, at, clause.end)) is not None:
        at = link.end()
    if word not in ("tập trung", "tập trung vào"):
        at = _with_its_adverb(clause, m, at)
    if not _is_an_action(clause, start, at):
        return None
    said = spoken(clause.scan, clause.start, start)
    return Plan(clause, text, clause.front_before(start), start, at, focus, said)


@cache
def _plan_link() -> re.Pattern[str]:
    return regex(rf"(?:(?:{alternation(load('tasks')['plan_links'])}) +)?")


def _with_its_adverb(clause: Clause, m: re.Match[str], at: int) -> int:
    """Where the action begins: "sẽ tiếp tục các nỗ lực ...", "sẽ tập trung mạnh mẽ vào ..."."""
    scan = clause.scan
    for word in ("tập trung", "tiếp tục"):
        stands = m[0].find(word)
        if grammar().not_action.match(scan.text, at, clause.end):
            return at
        if stands > 0 and scan.words.match(grammar().verb, at, clause.end) is None:
            return m.start() + stands
    return at


def _is_an_action(clause: Clause, plan: int, at: int) -> bool:
    """Whether something to be done begins at an offset, and no amount that is foreseen."""
    text = clause.scan.text
    if grammar().not_action.match(text, at, clause.end):
        return False
    if text.endswith("dự kiến ", 0, plan) and _FORECAST.match(text, at, clause.end):
        return False
    acts = clause.scan.words.match(grammar().verb, at, clause.end) is not None
    return acts or works_together(clause, at)


_FORECAST = regex(
    r"(?:xuất khẩu|nhập khẩu|tiêu thụ|thu hoạch|thu hút|đón|giải ngân|tăng|đạt|giảm)[^,;.]{0,24}\d"
)
"""Behind "dự kiến sẽ", how much is foreseen, and nothing planned."""


def works_together(clause: Clause, at: int) -> bool:
    """Whether something is to be done with others: "cùng các bộ, ngành lập ..."."""
    m = _TOGETHER.match(clause.scan.text, at, clause.end)
    if m is None or not clause.scan.words.match(grammar().assignee, m.end(), clause.end):
        return False
    verb = verb_after(clause.scan, m.end(), clause.end)
    return verb is not None and verb[0] - m.end() < LONGEST_OWN_SUBJECT


_TOGETHER = regex(r"cùng(?: với)? +")


# What somebody concentrates on


def _is_no_focus(clause: Clause, verb: int) -> bool:
    """Whether "tập trung" stands behind what it is no plan of, or only tells on.

    "Tỉnh luôn coi trọng đối ngoại; tập trung mở rộng hợp tác ..." tells on.
    """
    if verb != clause.front and not _looks_ahead(clause, verb):
        return True
    near = max(clause.start, verb - _NEAR)
    if grammar().directive_not_after.search(clause.scan.text, near, verb):
        return True
    return clause.state.told and clause.start > clause.sentence.start


_NEAR = 14


def _looks_ahead(clause: Clause, verb: int) -> bool:
    """Whether a body is to do something in time to come: "Thời gian tới, tỉnh tập trung ..."."""
    scan, start = clause.scan, clause.sentence.start
    if _TIME_TO_COME.search(scan.text, clause.front, verb):
        return True
    body = scan.text[clause.front : verb].strip()
    if not body or split_assignees(body) != (body,):
        return False
    if colon_follows(scan.text, clause.end) and scan.words.has(grammar().opener, verb, clause.end):
        # "... Sở tập trung thực hiện các nhiệm vụ sau:" names none yet.
        return False
    if _AHEAD.match(scan.text, start, verb):
        return True
    period = front_period(scan, start, verb)
    return (
        period is not None
        and scan.year is not None
        and period.year is not None
        and period.year > scan.year
    )


_TIME_TO_COME = regex(r"\w (?:trong )?(?:thời gian tới|những năm tới|giai đoạn tới|tới đây),? $")
_AHEAD = regex(
    r"(?:Trong )?(?:[Tt]hời gian tới|[Tt]ới đây|[Ss]ắp tới|(?:những|các|6|sáu) tháng cuối năm"
    r"|giai đoạn tới)|Để (?:đạt|hoàn thành|thực hiện|hiện thực hóa) |Từ nay "
)


# What is said, and not planned


def is_no_plan(plan: Plan) -> bool:
    """Whether what stands before a word of planning makes it no plan of anybody."""
    return any(rule(plan) for rule in _NO_PLAN)


def _was_done(plan: Plan) -> bool:
    """Whether the clause tells what was done; "Bộ vừa cho biết sẽ ..." was only told."""
    clause, said = plan.clause, plan.said
    begins = said.end() if said is not None else clause.start
    if not clause.scan.words.has(grammar().done, begins, plan.start):
        return False
    since = said.end() if said is not None else clause.front
    both = HAS_AND_WILL.fullmatch(plan.text, since, plan.start)
    return both is None or not grammar().assignee.pattern.match(both["who"])


HAS_AND_WILL = regex(
    r"[:,]? *(?:rằng,? )?(?P<who>[^,;:.]{2,90}?),? (?:đã|đang)(?:,| [^;:.]{1,90}?)? và "
)
"""Who has done something "và sẽ ..." do more: "Chính phủ đã có nhiều nỗ lực và sẽ ..."."""


def _is_of_a_paper(plan: Plan) -> bool:
    return _A_PAPER.search(plan.text, plan.clause.start, plan.start) is not None


_A_PAPER = regex(
    r"(?:Nghị định|Luật|Thông tư|Nghị quyết|Quyết định|Hiệp định|Dự thảo|Đề án|Quy định)[^,;.:]*$"
)
"""What a paper will do is no plan of anybody."""


def _is_subordinate(plan: Plan) -> bool:
    return _not_a_plan().search(plan.text, plan.clause.start, plan.start) is not None


@cache
def _not_a_plan() -> Ending:
    return right_before("plan_not_behind")


def _is_believed(plan: Plan) -> bool:
    return _BELIEVES.search(plan.text, plan.clause.start, plan.start) is not None


_BELIEVES = regex(
    r"(?<!\w)(?:(?:tin tưởng|tin chắc|tin rằng)(?!\w)"
    r"|(?:dự đoán|ước tính|(?<!tác )(?<!, )dự báo) (?![^;:.]*,))"
)


def _is_a_barrier(plan: Plan) -> bool:
    """Whether another state goes on to bar our goods: "Hoa Kỳ sẽ tiếp tục áp thuế 20%"."""
    clause = plan.clause
    if _BARS.match(plan.text, plan.at, clause.end) is None:
        return False
    return any(
        p.type in ("country", "bloc") and not plan.text[p.end : plan.start].strip()
        for p in clause.scan.partners_between(plan.front, plan.start)
    )


_BARS = regex(
    r"(?:tiếp tục )?(?:áp (?:dụng )?(?:mức )?thuế|đánh thuế|(?:tăng|nâng)(?: mức)? thuế"
    r"|điều tra|(?:tăng cường |siết chặt )?(?:kiểm (?:tra|soát|dịch|nghiệm)|giám sát) (?!chung)"
    r"|siết (?:chặt )?|cấm|hạn chế nhập|dừng nhập|tạm dừng nhập)"
)
"""What a state does against goods of others."""


_NO_PLAN: tuple[Callable[[Plan], bool], ...] = (
    _was_done,
    _is_of_a_paper,
    _is_subordinate,
    _is_believed,
    _is_a_barrier,
)
