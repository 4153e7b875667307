"""Template tags of whom a task is given to: the summary an item page includes."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from diemcau.delivery.models import Task
from diemcau.delivery.states import Standing

register = template.Library()


@register.simple_tag
def standing(task: Task) -> SafeString:
    """Where a task stands, by colour, shape and word."""
    where = Standing(task.standing)  # type: ignore[attr-defined]
    return format_html('<span class="state {}">{}</span>', where.value, where.label)
