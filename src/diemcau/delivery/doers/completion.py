"""What a task with parts, or one given to many, still lacks before it can be reported done."""

from django.utils.translation import gettext as _

from diemcau.delivery.models import Completion, ProgressState, Task, UnderKind
from diemcau.delivery.states import Status

__all__ = ["undelivered"]


def undelivered(task: Task) -> list[str]:
    """The parts still open, and the bodies of a collective that have yet to deliver, in words.

    Source: the completion rule a person gave a collective when they said which bodies it means.
    """
    parts = task.children.filter(under=UnderKind.PART, withdrawn_at=None, replaced_by=None)
    missing = [
        _("the part “%(title)s” is open") % {"title": title}
        for title in parts.exclude(status=Status.DONE).values_list("title", flat=True)
    ]
    expanded = task.assignments.filter(ended_at=None).exclude(completion="")
    for collective in expanded.prefetch_related("members"):
        members = [one for one in collective.members.all() if one.ended_at is None]
        if collective.completion == Completion.ANY:
            if members and not any(one.delivered_at for one in members):
                missing.append(_("none of “%(name)s” has delivered") % {"name": collective})
            continue
        open_ = [one for one in members if one.delivered_at is None]
        if collective.completion == Completion.EACH_REPORTS:
            reported = _reported(task)
            missing += [
                _("%(name)s has not reported") % {"name": one}
                for one in open_
                if one.pk not in reported and one.body not in reported
            ]
        else:
            missing += [_("%(name)s has not delivered") % {"name": one} for one in open_]
    return missing


def _reported(task: Task) -> set[int | str]:
    """The assignments, and ids of the bodies, that have a released report."""
    rows = task.progress.filter(state=ProgressState.RELEASED)
    return {one for pair in rows.values_list("assignment", "body__ref") for one in pair if one}
