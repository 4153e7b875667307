"""What ties a task to a commitment, an agreement and the visits that serve it."""

from typing import Any

from django import template
from django.template import RequestContext

from diemcau.accounts.rules import Duty
from diemcau.delivery.models import Agreement, Task
from diemcau.documents.rules import may_do, seen
from diemcau.web.agreements.typed import choices_of_events

register = template.Library()


@register.inclusion_tag("web/agreements/_links.html", takes_context=True)
def task_links(context: RequestContext, task: Task) -> dict[str, Any]:
    """The commitment a task keeps, the visits and meetings that serve it, and forms for both.

    Its parties and the visits come with the page's context, which has read them with the rest.
    """
    request = context["request"]
    by = request.user
    may_add = may_do(by, Duty.ADD, task.document)
    commitment = getattr(task, "commitment", None)
    # What may be tied to it is looked up once somebody asks to tie it.
    is_tying = may_add and "gan" in request.GET
    agreements = Agreement.objects.filter(seen(by), withdrawn_at=None).order_by("-signed_on", "-pk")
    return {
        "task": task,
        "commitment": commitment,
        "parties": context["parties"],
        "servings": context["servings"],
        "is_tying": is_tying,
        "may_add": may_add,
        "agreements": list(agreements[:100]) if commitment and is_tying else [],
        "events": choices_of_events(by) if is_tying else [],
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "vi"),
        "csrf_token": context.get("csrf_token"),
    }
