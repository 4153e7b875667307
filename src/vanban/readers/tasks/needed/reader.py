"""The task of the first modal of a clause by which somebody has to do something."""

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_blank
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.needed.bodies import own_subject, who_has_to
from vanban.readers.tasks.needed.issuers import Need, with_issuer
from vanban.readers.tasks.needed.modals import is_led_by_another, is_no_duty, modal_at
from vanban.readers.tasks.needed.subjects import is_nobodys, subject_of

__all__ = ["needed"]


def needed(clause: Clause) -> list[Found] | None:
    """What somebody has to do, by a modal of a clause; None if none says so.

    Source: `modals` of `data/tasks.yml`.
    Returns:
        The task, or [] if the modal brings in a list.
    """
    if _IS_A_CHANCE.match(clause.scan.text, clause.sentence.start):
        return None
    for m in clause.find_all(grammar().modal):
        modal = modal_at(clause, m)
        if is_no_duty(modal):
            continue
        if is_led_by_another(modal):
            return None
        subject = subject_of(modal)
        if is_nobodys(subject):
            continue
        subject = own_subject(subject)
        begin, assignees = who_has_to(subject)
        return _take(with_issuer(Need(modal, bool(subject.words), begin, assignees)))
    return None


_IS_A_CHANCE = regex(r"Đây (?:cũng |chính |còn )?(?:sẽ )?là (?:dịp|cơ hội|tiền đề|nền tảng)(?!\w)")


def _take(need: Need) -> list[Found]:
    """The task of a need, which the clauses behind go on; [] if a list follows."""
    modal = need.modal
    clause, state, context = modal.clause, modal.clause.state, modal.clause.context
    state.issuer = need.issuer or context.speaker or context.issuer
    state.assignees, state.cued = need.assignees, True
    state.period = lead_deadline(clause.scan, clause.sentence.start, modal.start, said=True)
    if not context.active:
        context.period = state.period
    if names_a_list(modal.text, skip_blank(modal.text, modal.end), clause.end):
        state.opened = True
        context.period = state.period or context.period
        return []
    return [clause.task(need.begin, clause.end, "task.modal", 0.7)]
