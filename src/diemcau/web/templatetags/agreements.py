"""What ties a task to a commitment, an agreement and the visits that serve it."""

from typing import Any

from django import template
from django.template import RequestContext

from diemcau.accounts.rules import Duty
from diemcau.delivery.models import Agreement, Commitment, Serving, Task
from diemcau.documents.rules import may_do, seen
from diemcau.web.agreements.typed import choices_of_events

register = template.Library()


@register.inclusion_tag("web/agreements/_links.html", takes_context=True)
def task_links(context: RequestContext, task: Task) -> dict[str, Any]:
    """The commitment a task keeps, the visits and meetings that serve it, and forms for both."""
    by = context["request"].user
    may_add = may_do(by, Duty.ADD, task.document)
    commitment = (
        Commitment.objects.filter(task=task)
        .select_related("agreement__document", "occasion__document")
        .prefetch_related("parties")
        .first()
    )
    servings = Serving.objects.filter(seen(by, "event__document"), task=task, ended_at=None)
    agreements = Agreement.objects.filter(seen(by), withdrawn_at=None).order_by("-signed_on", "-pk")
    return {
        "task": task,
        "commitment": commitment,
        "servings": list(servings.select_related("event").order_by("pk")),
        "may_add": may_add,
        "agreements": list(agreements[:100]) if commitment and may_add else [],
        "events": choices_of_events(by) if may_add else [],
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "vi"),
        "csrf_token": context.get("csrf_token"),
    }
