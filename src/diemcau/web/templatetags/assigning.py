"""Template tags of whom a task is given to: the summary an item page includes."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from diemcau.delivery.assigned import told_lines
from diemcau.delivery.clarity import lacking
from diemcau.delivery.models import Task
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.states import Standing
from diemcau.delivery.tree import tree_of

register = template.Library()


@register.inclusion_tag("web/assigning/_assignments.html", takes_context=True)
def assignments(context: RequestContext, task: Task) -> dict[str, Any]:
    """Whom a task is given to with the answers, what it lacks, its tree.

    One statement, and none where the page knows that nothing stands above or below the task.
    Args:
        task: with its standing assignments and its directive at hand.
    """
    user = context["request"].user
    has_family = task.parent_id is not None or bool(context.get("parts", True))
    return {
        "task": task,
        "lines": told_lines(task),
        "tree": tree_of(user, task, on=timezone.localdate()) if has_family else None,
        "lacking": lacking(task),
        "may_follow_up": can_follow_up(user),
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "vi"),
    }


@register.simple_tag
def standing(task: Task) -> SafeString:
    """Where a task stands, by colour, shape and word."""
    where = Standing(task.standing)  # type: ignore[attr-defined]
    return format_html('<span class="state {}">{}</span>', where.value, where.label)
