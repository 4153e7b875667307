"""What stands in the way, over all tasks: how old, on whose side, who can decide."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemcau.delivery.models import DecidingLevel, Side
from diemcau.delivery.obstacles import list_obstacles
from diemcau.delivery.states import Status
from diemcau.operation.answers import keep_answer
from diemcau.web.filters import Filters, page_of
from vanban.letters import fold

__all__ = ["obstacles"]


@require_GET
@keep_answer
def obstacles(request: HttpRequest) -> HttpResponse:
    """The open obstacles, the oldest first, filtered by side and by who can decide."""
    filters = Filters(request)
    rows = list_obstacles(request.user)
    counts = {
        (side, level): n
        for side, level, n in rows.order_by().values_list("side", "level").annotate(n=Count("pk"))
    }
    for name, label, choices, at in (
        ("phia", _("Side"), Side, 0),
        ("cap", _("Who can decide"), DecidingLevel, 1),
    ):
        told = [
            (one.value, str(one.label), sum(n for key, n in counts.items() if key[at] == one))
            for one in choices
        ]
        filters.add(name, label, told)
    if (side := filters.get("phia")) in Side.values:
        rows = rows.filter(side=side)
    if (level := filters.get("cap")) in DecidingLevel.values:
        rows = rows.filter(level=level)
    for word in fold(filters.get("q")).split():
        rows = rows.filter(task__folded__contains=word)
    filters.add_words(_("Words"))
    page = page_of(request, rows)
    today = timezone.localdate()
    return render(
        request,
        "web/following/obstacles.html",
        {
            "page": page,
            "rows": [
                {
                    "obstacle": one,
                    "days": (today - timezone.localdate(one.opened_at)).days,
                    "is_closed": one.task.status in (Status.DONE, Status.REFUSED),
                }
                for one in page.object_list
            ],
            "n_all": sum(counts.values()),
            **filters.context(),
        },
    )
