"""The first page after signing in: what there is to do, bad news first."""

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from diemcau.accounts.rules import can_add_documents, can_confirm
from diemcau.delivery import queries as ledger
from diemcau.delivery.states import Standing
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.documents.rules import seen
from diemcau.indicators import queries as figures
from diemcau.indicators.queries import AT_ODDS

__all__ = ["home"]

_FEW = 7


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and where the tasks stand."""
    today = timezone.localdate()
    by = request.user
    tasks = ledger.count_tasks(by, on=today)
    odds = figures.count_comparisons(by)
    matters, n_matters = ledger.list_matters(by, most=_FEW)
    late = (
        ledger.list_tasks(by, on=today)
        .filter(standing__in=[Standing.LATE, Standing.NEAR])
        .select_related("document")
        .prefetch_related(ledger.standing_assignments())
        .order_by("due_to", "pk")
    )
    waiting = (
        Statement.objects.filter(seen(by), state=StatementState.PROPOSED)
        .values("document", "document__name", "document__title", "document__event_on")
        .annotate(n=Count("pk"))
        .order_by(F("document__event_on").desc(nulls_last=True), "document")
    )
    waiting = list(waiting)
    context = {
        "tasks": tasks,
        "late": list(late[:_FEW]),
        "n_late": tasks["late"] + tasks["near"],
        "n_at_odds": sum(odds[v] for v in AT_ODDS),
        "at_odds": figures.with_statements(
            figures.list_comparisons(by, verdicts=AT_ODDS).values_list("pk", flat=True)[:_FEW]
        ),
        "n_matters": n_matters,
        "matters": matters,
        "waiting": waiting[:_FEW],
        "n_waiting": sum(row["n"] for row in waiting),
        "n_waiting_documents": len(waiting),
        "is_empty": not waiting
        and not tasks["all"]
        and not Document.objects.filter(seen(by, "pk")).exists(),
        "may_confirm": can_confirm(request.user),
        "may_add": can_add_documents(request.user),
    }
    return render(request, "web/home.html", context)
