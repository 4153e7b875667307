"""The patterns of directives, compiled once from `data/tasks.yml`."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import alternation

__all__ = ["Grammar", "grammar"]


@dataclass(frozen=True)
class Grammar:
    """Compiled patterns; every one matches whole words."""

    directive: re.Pattern[str]
    directive_of: dict[str, str]
    directive_not_after: re.Pattern[str]
    directive_not_before: re.Pattern[str]
    assign_not_before: re.Pattern[str]
    directive_as_action: frozenset[str]
    modal: re.Pattern[str]
    modal_not_after: re.Pattern[str]
    modal_not_before: re.Pattern[str]
    plan: re.Pattern[str]
    promise: re.Pattern[str]
    promise_not_before: re.Pattern[str]
    opener: re.Pattern[str]
    task_heading: re.Pattern[str]
    result_heading: re.Pattern[str]
    connective: re.Pattern[str]
    frame: re.Pattern[str]
    verb: re.Pattern[str]
    """A verb with the adverbs before it, anchored by `match` or found by `search`."""
    not_action: re.Pattern[str]
    assignee: re.Pattern[str]
    number: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The grammar of `data/tasks.yml`."""
    data = load("tasks")
    directive_of = {w: row["id"] for row in data["directive"] for w in row["words"]}
    upper = {w[0].upper() + w[1:]: rule for w, rule in directive_of.items()}
    directive_of |= upper
    verbs = {form for v in data["verbs"] for form in (v, v[0].upper() + v[1:])}
    adverbs = {form for v in data["adverbs"] for form in (v, v[0].upper() + v[1:])}
    modals = alternation(data["modals"])
    return Grammar(
        directive=_words(directive_of),
        directive_of=directive_of,
        directive_not_after=re.compile(
            rf"(?<!\w)(?i:{alternation(data['directive_not_after'])}) +$"
        ),
        directive_not_before=re.compile(
            rf" +(?:{alternation(data['directive_not_before'])})(?!\w)"
        ),
        assign_not_before=re.compile(rf" +(?:{alternation(data['assign_not_before'])})(?!\w)"),
        directive_as_action=frozenset(data["directive_as_action"]),
        modal=re.compile(rf"(?<!\w)(?i:{modals})(?!\w)"),
        modal_not_after=re.compile(rf"(?<!\w)(?i:{alternation(data['modal_not_after'])}) +$"),
        modal_not_before=re.compile(rf" +(?:{alternation(data['modal_not_before'])})(?!\w)"),
        plan=_words(data["plan"]),
        promise=_words({f for w in data["promise"] for f in (w, w[0].upper() + w[1:])}),
        promise_not_before=re.compile(rf" +(?:{alternation(data['promise_not_before'])})(?!\w)"),
        opener=re.compile(
            rf"(?<!\w)(?i:{alternation(data['list_openers'])}"
            rf"|(?:hai|ba|bốn|năm|sáu|bảy|tám|\d{{1,2}}) +(?:hướng|việc|nội dung|vấn đề|trọng tâm|yêu cầu"
            rf"|ưu tiên|định hướng|công việc|nhóm nhiệm vụ|nhóm giải pháp|nhiệm vụ|giải pháp|đề nghị|kiến nghị|điểm))(?!\w)"
        ),
        task_heading=re.compile(rf"(?<!\w)(?i:{alternation(data['task_headings'])})(?!\w)"),
        result_heading=re.compile(rf"(?<!\w)(?i:{alternation(data['result_headings'])})(?!\w)"),
        connective=re.compile(rf"(?:{alternation(data['connectives'])})(?!\w) *[,:]? *"),
        frame=re.compile(
            rf"(?:{alternation({f for w in data['topic_frames'] for f in (w, w[0].lower() + w[1:])})})"
            rf"(?!\w)[^,;:.]{{0,170}}?[,:] +"
        ),
        verb=re.compile(
            rf"(?<!\w)(?:(?:{alternation(adverbs)})(?!\w)(?: *, *| +)(?:và +)?){{0,4}}"
            rf"(?P<verb>{alternation(verbs)})(?!\w)"
            rf"(?! *, *(?:Thủ tướng|Phó |Thứ trưởng|Bộ trưởng|ông |bà |Chủ tịch|đồng chí))"
            rf"(?! +(?:việc +Lãnh|để +các|với +(?:báo +chí|phóng +viên)))"
        ),
        not_action=re.compile(rf" *(?:{alternation(data['not_actions'])})(?!\w)"),
        assignee=re.compile(
            rf"(?:(?:[Cc]ác|[Tt]oàn thể|[Tt]ừng|[Mm]ỗi|[Nn]hững|[Mm]ột số|[Mm]ọi|[Tt]ất cả|[Cc]ả|cho|cho các|đối với|với|[Đđ]ồng chí|tới|hai|đến) +)*"
            rf"(?:{alternation(data['assignee_heads'])})(?!\w)"
        ),
        number=re.compile(
            rf"(?:(?:\d{{1,2}}(?:\.\d{{1,2}})*[.)/]|\(\d{{1,2}}\)|[a-zđ][.)]|\([a-zđ]\)|[IVX]{{1,5}}[.)]|[-–—•*+►▪])(?: +|(?=[{UPPER}])))+"
        ),
    )


def _words(words: object) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)")  # type: ignore[arg-type]
