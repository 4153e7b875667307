"""The reporting calendar of a body: what was expected each period, and what came."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diemcau.delivery.models import Assignment, Task
from diemcau.directory.models import Body
from diemcau.directory.reach import reaches
from diemcau.documents.rules import seen
from diemcau.urging.expected import last_periods, reports_of, working_time
from diemcau.urging.models import Duty
from diemcau.urging.reporting import Punctuality

__all__ = ["calendar"]

_PERIODS = 8


@require_safe
def calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """The last periods of a duty, newest first, and the reports of the one chosen."""
    body = get_object_or_404(Body, ref=ref)
    duties = list(Duty.objects.filter(is_on=True).select_related("body"))
    asked = request.GET.get("che-do", "")
    duty = next((one for one in duties if one.key == asked), duties[0] if duties else None)
    context = {"body": body, "duties": duties, "duty": duty, "standings": Punctuality}
    if duty is not None:
        today = timezone.localdate()
        refs = Body.objects.filter(pk__in=reaches([body.pk])[body.pk]).values("ref")
        given = Assignment.objects.filter(body__in=refs, ended_at=None).values("task")
        rows = reports_of(
            duty,
            last_periods(duty, today, _PERIODS),
            on=today,
            time=working_time(),
            among=Task.objects.filter(seen(request.user), pk__in=given),
            body=body,
        )
        lines = {}
        for one in rows:
            kept = lines.setdefault(one.expected.period.name, (one.expected, Counter()))
            kept[1][one.stands(today)] += 1
            kept[1]["all"] += 1
        name = request.GET.get("ky", "")
        chosen = name if name in lines else next(iter(lines), "")
        context |= {
            "lines": [
                (expected, counts["all"], [counts[one] for one in Punctuality])
                for expected, counts in lines.values()
            ],
            "chosen": chosen,
            "rule": lines[chosen][0].words if chosen else "",
            "reports": [
                (one, one.stands(today)) for one in rows if one.expected.period.name == chosen
            ],
        }
    return render(request, "web/urging/calendar.html", context)
