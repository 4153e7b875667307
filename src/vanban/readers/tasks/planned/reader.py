"""The task of the first plan of a clause, with who says it and who is to do it."""

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.planned.planners import Planner, can_plan, planner_of, who_is_to_act
from vanban.readers.tasks.planned.plans import Plan, is_no_plan, plan_at
from vanban.readers.tasks.planned.speakers import has_just_spoken, speaker_of
from vanban.readers.tasks.reported import is_of_a_meeting
from vanban.readers.tasks.sides import side_that_says

__all__ = ["planned"]


def planned(clause: Clause) -> list[Found] | None:
    """What somebody will do, by a word of planning; None if nothing is planned.

    Source: `plan` of `data/tasks.yml`.
    Returns:
        The task, or [] if the plan brings in a list.
    """
    of_press = clause.context.own is None
    if of_press and is_of_a_meeting(clause.scan.text, clause.sentence.start, clause.end):
        return None
    for m in clause.find_all(grammar().plan):
        plan = plan_at(clause, m)
        if plan is None or is_no_plan(plan):
            continue
        planner = planner_of(plan)
        if not can_plan(planner):
            continue
        side = side_that_says(clause.scan, clause.start, plan.start)
        speaker = side or speaker_of(plan)
        assignees = (side,) if side else who_is_to_act(planner, speaker)
        if not speaker and assignees:
            people = clause.scan.people_between(plan.front, plan.start)
            speaker = people[-1].name if people else None
        if speaker or assignees or _needs_nobody(plan):
            return _take(planner, speaker, assignees)
    return None


def _needs_nobody(plan: Plan) -> bool:
    """Whether a plan is one though nobody is named: it goes on what was promised or ordered."""
    return plan.focus or plan.clause.context.active or _goes_on_a_promise(plan)


def _goes_on_a_promise(plan: Plan) -> bool:
    return plan.front == plan.start and plan.clause.state.rule == "promise"


def _take(planner: Planner, speaker: str | None, assignees: tuple[str, ...]) -> list[Found]:
    """The task of a plan, which the clauses behind go on; [] if a list follows."""
    plan = planner.plan
    clause, state, context = plan.clause, plan.clause.state, plan.clause.context
    speaker, assignees = _from_before(planner, speaker, assignees)
    own_name = _own_name(clause, assignees)
    if speaker is None and not _BOTH.match(planner.words) and has_just_spoken(clause):
        # "Thủ tướng cho biết ... Chính phủ sẽ ...": who speaks says it.
        speaker = context.speaker
    state.issuer = speaker or own_name
    state.assignees, state.cued, state.rule = assignees, True, "plan"
    state.period = lead_deadline(clause.scan, clause.sentence.start, plan.start, said=True)
    context.period = state.period or context.period
    context.issuer = state.issuer
    listed = names_a_list(plan.text, plan.at, clause.end)
    if listed or _ANNOUNCES.fullmatch(plan.text, plan.at, clause.end):
        state.opened = True
        return []
    return [clause.task(plan.at, clause.end, "task.plan", 0.65)]


_BOTH = regex(
    r"(?:[Hh]ai|2|[Cc]ác) (?:bên|nước|phía|Bộ|Chính phủ|lãnh đạo|nhà [Ll]ãnh đạo)(?!\w)|[Pp]hía "
)
_ANNOUNCES = regex(
    r"tập trung (?:vào )?(?:thực hiện |triển khai )?(?:một số|những|các|\d+|\w+) (?:nhóm )?"
    r"(?:nhiệm vụ|nội dung|giải pháp|công việc|vấn đề)"
    r"(?: trọng tâm| chủ yếu| lớn| chính| sau| cụ thể| then chốt)*[.:…]?"
)
"""A list to come, whose items the next sentences tell."""


def _from_before(
    planner: Planner, speaker: str | None, assignees: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...]]:
    """Who says it and who is to act, where the clause does not tell and what is before does."""
    plan = planner.plan
    scan, state = plan.clause.scan, plan.clause.state
    goes_on = plan.focus and plan.front == plan.start and state.cued
    if speaker is None and not assignees and (goes_on or _goes_on_a_promise(plan)):
        # "Phía A cam kết ...; sẽ tăng ...", "đề nghị A bám sát ...; tập trung ...".
        speaker, assignees = state.issuer, state.assignees
    if speaker is None and scan.interviewee is not None:
        # Who is interviewed speaks for the mission: "Đại sứ quán sẽ ...".
        speaker = scan.interviewee if plan.clause.context.speaker in scan.titles_of else None
    said = plan.said
    if speaker and not (planner.words or assignees) and said is not None and said[0] in _OWN_PLAN:
        # "Úc khẳng định trong năm tới sẽ cấp ...": who says so does it.
        assignees = (speaker,)
    return speaker, assignees


_OWN_PLAN = ("khẳng định", "cho biết", "cho hay", "thông báo", "bày tỏ", "thông tin")
"""Who says so "sẽ ..." and names nobody is to do it."""


def _own_name(clause: Clause, assignees: tuple[str, ...]) -> str | None:
    """Who plans for himself: the first who is to act, or who goes on to plan."""
    context = clause.context
    own = assignees[0] if assignees else (context.issuer if context.active else None)
    if own and context.speaker and context.speaker.startswith(f"{own} "):
        # "Thương vụ sẽ ...", in a note of "Thương vụ Việt Nam tại Peru".
        return context.speaker
    return own
