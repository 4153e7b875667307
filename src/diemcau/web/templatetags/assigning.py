"""Template tags of whom a task is given to: the summary an item page includes."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from diemcau.delivery.assigned import lines_of
from diemcau.delivery.clarity import lacking
from diemcau.delivery.instruments import take_overs_of
from diemcau.delivery.models import Directive, Task
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.states import Standing
from diemcau.delivery.tree import tree_of

register = template.Library()


@register.inclusion_tag("web/assigning/_assignments.html", takes_context=True)
def assignments(context: RequestContext, task: Task) -> dict[str, Any]:
    """Whom a task is given to with the answers, what it rests on, what it lacks, its tree."""
    user = context["request"].user
    directive = (
        Directive.objects.select_related("instrument").filter(pk=task.directive_id).first()
        if task.directive_id
        else None
    )
    return {
        "task": task,
        "lines": lines_of(user, task),
        "tree": tree_of(user, task, on=timezone.localdate()),
        "directive": directive,
        "take_overs": [one for one in take_overs_of(user, task) if one.undone_at is None],
        "lacking": lacking(task),
        "may_follow_up": can_follow_up(user),
    }


@register.simple_tag
def standing(task: Task) -> SafeString:
    """Where a task stands, by colour, shape and word."""
    where = Standing(task.standing)  # type: ignore[attr-defined]
    return format_html('<span class="state {}">{}</span>', where.value, where.label)
