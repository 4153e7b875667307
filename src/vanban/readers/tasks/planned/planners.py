"""Who plans, as the words before a word of planning name him, and who can plan nothing."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.frames import behind_speech
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import office_heads, place_named, split_assignees
from vanban.readers.tasks.planned.plans import HAS_AND_WILL, Plan

__all__ = ["Planner", "can_plan", "planner_of", "who_is_to_act"]


class Planner(NamedTuple):
    """The words before a plan that name who plans; `start`: about where they begin."""

    plan: Plan
    words: str
    start: int


def planner_of(plan: Plan) -> Planner:
    """The words before a plan, without what is said, when, and of what was done."""
    own = behind_speech(plan.text[plan.front : plan.start])
    if (has := HAS_AND_WILL.fullmatch(own + " ")) is not None:
        own = has["who"]
    own = own[max((c.end() for c in _COMMA.finditer(own)), default=0) :]
    own = _TOO.sub("", _SOON.sub("", own, count=1).strip())
    if _AS_WHAT.fullmatch(own):
        # "Quốc hội, với tư cách là cơ quan lập pháp, sẽ ..."
        aside = plan.text.rfind(own, plan.front, plan.start)
        own = behind_speech(plan.text[plan.front : aside].rstrip(" ,")).rsplit(", ", 1)[-1]
    if _WHEN_ONLY.fullmatch(own) or (plan.said is not None and own in ("ông", "bà")):
        # "... khẳng định, dù trên cương vị nào, sẽ ...": who says so does it.
        own = ""
    return Planner(plan, own, plan.start - len(own) - 1)


_COMMA = regex(r", (?!Thể thao|Tài nguyên|Phát triển nông thôn|ngành|thành phố|địa phương)")
_TOO = regex(r"(?<=\w) (?:cũng|đều|còn|dự định|dự kiến|có kế hoạch|chắc chắn)$")
_SOON = regex(r"^(?:tới đây|thời gian tới|sắp tới|trong thời gian tới)(?: |$)")
_AS_WHAT = regex(r"(?:với (?:tư cách|vai trò|trách nhiệm)|trên cương vị)(?: là)? [^,;:.]{3,60},?")
_WHEN_ONLY = regex(
    r"(?:dự kiến )?(?:trong|từ|đến|vào|tới|năm|tháng|quý|sau|ngay sau|ngay|cho dù|dù|ở"
    r"|trên (?:cương vị|cơ sở|tinh thần)|với (?:trách nhiệm|vai trò|tinh thần|cương vị|tư cách))"
    r" [^,;:.]{2,50},?(?: (?:cũng|đều|ông|bà|ngài))*"
)


# Who can plan


def can_plan(planner: Planner) -> bool:
    """Whether who is named before a word of planning can plan; "chuyến thăm" can not."""
    if _is_a_treaty(planner) or _THIRDS.match(planner.words):
        return False
    return not planner.words or planner.plan.focus or _acts_by_itself(planner)


def _is_a_treaty(planner: Planner) -> bool:
    """Whether a treaty does it: "CPTPP sẽ giảm thuế"."""
    plan, own = planner.plan, planner.words
    scan = plan.clause.scan
    return bool(own) and any(
        p.type == "agreement" and scan.text[p.start : p.end] == own
        for p in scan.partners_between(max(plan.front, plan.start - len(own) - 8), plan.start)
    )


_THIRDS = regex(
    r"(?:[Cc]ác |[Nn]hiều |[Mm]ột số |[Nn]hững )?(?:nước nhập khẩu|thị trường|người tiêu dùng"
    r"|đối thủ|khách hàng|du khách|nhà nhập khẩu|nền kinh tế|nước khác|nước này)(?!\w)"
    r"|(?:[Cc]ác )?(?:[Đđ]ại biểu|[Đđ]oàn(?: công tác| đại biểu)?|[Pp]hái đoàn)(?: [A-ZĐ].*)?$"
)
"""What others will do is foreseen, not planned; where a delegation goes is a programme."""


def _acts_by_itself(planner: Planner) -> bool:
    """Whether the words are of somebody, a body or a country, or of nobody at all."""
    clause, end = planner.plan.clause, planner.plan.start
    scan, own = clause.scan, planner.words.strip(' ,“"')
    if not own or _WE.match(own) or _ADVERBS.match(own) or _LETTERS.fullmatch(own):
        return True
    if own[0].isupper() and len(own.split()) <= 4:
        return True
    start = max(clause.start, end - len(own) - 4)
    if grammar().assignee.pattern.match(own) or scan.people_between(start, end):
        return True
    return bool(scan.partners_between(start, start + 8))


_WE = regex(r"(?:[Cc]húng ta|[Cc]húng tôi|[Tt]ôi|[Tt]a|[Mm]ình|[Hh]ọ|[Ôô]ng|[Bb]à|đây)(?!\w)")
_ADVERBS = regex(r"(?:cũng|còn|đều|và|rồi|nay|tiếp theo|thì|hiện)(?: |$)")


# Who is to act


def who_is_to_act(planner: Planner, speaker: str | None) -> tuple[str, ...]:
    """The bodies that are to do what is planned; none if none is named.

    Args:
        speaker: who says what is planned.
    """
    if speaker is None and (whole := _all_before(planner)):
        return whole
    for rule in _WHO:
        if (who := rule(planner)) is not None:
            return who
    return ()


def _all_before(planner: Planner) -> tuple[str, ...]:
    """The bodies that are all that stands before a plan nobody says."""
    plan = planner.plan
    if not plan.clause.scan.words.match(grammar().assignee, plan.front, plan.start):
        return ()
    whole = plan.text[plan.front : plan.start]
    return _bodies(whole) if behind_speech(whole) == whole else ()


def _body(planner: Planner) -> tuple[str, ...] | None:
    if not grammar().assignee.pattern.match(planner.words):
        return None
    return _bodies(planner.words)


def _place(planner: Planner) -> tuple[str, ...] | None:
    place = place_named(planner.plan.clause.scan, planner.start, planner.plan.start)
    return (place,) if place else None


def _named_body(planner: Planner) -> tuple[str, ...] | None:
    """A body that is named: "Ông A khẳng định Duma Quốc gia sẽ hỗ trợ ..."."""
    if not _body_s_name().fullmatch(planner.words):
        return None
    people = planner.plan.clause.scan.people_between(planner.start, planner.plan.start)
    return (planner.words,) if not people else None


@cache
def _body_s_name() -> re.Pattern[str]:
    """A body named by its name: "Duma Quốc gia"; no office, and no form of address."""
    return regex(
        rf"(?!(?:{office_heads()}|Phó|Tổng|Trưởng|Ông|Bà|Ngài|Đồng chí)(?!\w))"
        rf"[{UPPER}]\w+ [{UPPER}]\w+(?: [\w-]+){{0,5}}"
    )


def _body_in_letters(planner: Planner) -> tuple[str, ...] | None:
    plan = planner.plan
    if not _LETTERS.fullmatch(plan.text, plan.front, plan.start):
        return None
    return (plan.text[plan.front : plan.start].strip(),)


_LETTERS = regex(rf"[{UPPER}]{{3,8}} ?")


_WHO: tuple[Callable[[Planner], tuple[str, ...] | None], ...] = (
    _body,
    _place,
    _named_body,
    _body_in_letters,
)


def _bodies(subject: str) -> tuple[str, ...]:
    """The bodies of a subject; where it tells more, those behind "và": "A ủng hộ B và hai bên"."""
    named = split_assignees(subject)
    if any(len(name.split()) > _LONGEST_NAME and name[0].islower() for name in named):
        last = split_assignees(subject.rsplit(" và ", 1)[-1])
        return last if all(len(name.split()) <= _LONGEST_NAME for name in last) else ()
    return named


_LONGEST_NAME = 12
"""Words of a body; more hold a verb that is not known."""
