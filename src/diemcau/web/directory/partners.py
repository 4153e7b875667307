"""Pages of partners: the list by kind and level, and one partner."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from diemcau.delivery.agreements import AgreementFilter, list_agreements
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.queries import find_tasks
from diemcau.directory.models import Level, Membership, Partner
from diemcau.directory.queries import (
    agreements_of,
    current_level,
    levels_on,
    list_partners,
)
from diemcau.engagements.queries import EventFilter, list_events
from diemcau.indicators.queries import Said, figures_of
from diemcau.operation.answers import keep_answer
from diemcau.web.directory.days import read_days
from diemcau.web.filters import page_of
from vanban.directory.resolve import resolve

__all__ = ["partner", "partners"]

_MOST = 50
"""Events and agreements shown at most; their own lists have them all."""
_FIGURES = 5
"""Figures shown at most of one measure and name."""
_KINDS = (
    ("country", _("Countries")),
    ("bloc", _("Blocs and organisations")),
    ("region", _("Regions")),
    ("agreement", _("Agreements")),
)


@require_safe
@keep_answer
def partners(request: HttpRequest) -> HttpResponse:
    """Partners in Vietnamese order, by kind, level and words."""
    days = read_days(request)
    kind = request.GET.get("loai", "country")
    kind = kind if kind in dict(_KINDS) else "country"
    level = request.GET.get("cap", "")
    level = level if level in Level.values else ""
    words = request.GET.get("q", "").strip()
    levels = levels_on(days.day)
    rows = [(one, levels.get(one.pk)) for one in list_partners(kind=kind, words=words)]
    counts = dict.fromkeys(Level.values, 0)
    for _one, held in rows:
        if held:
            counts[held.level] += 1
    if level:
        rows = [(one, held) for one, held in rows if held and held.level == level]
    context = {
        "days": days,
        "kinds": _KINDS,
        "kind": kind,
        "level": level,
        "levels": [(v, label, counts[v]) for v, label in Level.choices if counts[v]],
        "words": words,
        "page": page_of(request, rows),
    }
    return render(request, "web/directory/partners.html", context)


@require_safe
@keep_answer
def partner(request: HttpRequest, ref: str) -> HttpResponse:
    """One partner: its names, levels by date, agreements per side, and who answers for it."""
    days = read_days(request)
    one = get_object_or_404(Partner.objects.select_related("source"), ref=ref)
    iso = days.day.isoformat()
    memberships = list(
        Membership.objects.filter(member=one).select_related("bloc").order_by("bloc__sort")
    )
    current = [m for m in memberships if _holds(m, iso)]
    members = list(one.memberships.select_related("member").order_by("member__sort", "since"))
    levels = list(one.levels.select_related("source"))
    agreements = agreements_of(one, blocs=[m.bloc_id for m in current])
    if one.kind == "agreement" and hasattr(one, "agreement"):
        stages = one.agreement.stages.select_related("side", "source")
        agreements = [(one.agreement, list(stages))]
    events = list_events(request.user, EventFilter(partner=ref)).select_related("document")
    signed = list_agreements(request.user, AgreementFilter(partner=ref), on=days.day)
    if days.day < days.today:
        events = events.filter(Q(on=None) | Q(on__lte=days.day))
        signed = signed.filter(Q(signed_on=None) | Q(signed_on__lte=days.day))
    tasks = find_tasks(request.user, TaskFilter(partner=ref), on=min(days.day, days.today))
    names = list(one.names.all())
    past = days.day if days.day < days.today else None
    # A name that is easily mistaken is the whole of what a figure is said of, so it may be sure.
    sure = [n.name for n in names if n.is_strong or resolve(n.name).id == ref]
    figures = figures_of(request.user, sure, said_by=past, most=_FIGURES)
    context = {
        "days": days,
        "partner": one,
        "tasks": list(tasks.order_by("-said_on", "pk")[:_MOST]),
        "figures": figures,
        "n_figures": sum(said.n for said in figures),
        "figures_url": _address(figures, past),
        "events": events[:_MOST],
        "signed": signed[:_MOST],
        "names": [n for n in names if n.name != one.name],
        "levels": levels,
        "current": current_level(levels, days.day),
        "belongs": current,
        "belonged": [m for m in memberships if not _holds(m, iso)],
        "members": [m for m in members if _holds(m, iso)],
        "not_members": [m for m in members if not _holds(m, iso)],
        # One mark for all, where it would otherwise stand beside each.
        "members_to_check": bool(members) and all(m.is_to_be_checked for m in members),
        "blocs_to_check": bool(memberships) and all(m.is_to_be_checked for m in memberships),
        "agreements": agreements,
        "accreditations": one.accreditations.select_related("mission", "source"),
        "missions": one.missions.order_by("kind", "sort"),
    }
    return render(request, "web/directory/partner.html", context)


def _address(figures: list[Said], said_by: dt.date | None) -> str:
    """All figures of the page among the others, under whatever names they were said."""
    names = sorted({s.figure_key.subject for said in figures for s in said.shown})
    query = {"doi-tuong": names} | ({"noi-den": said_by.isoformat()} if said_by else {})
    return f"{reverse('figures')}?{urlencode(query, doseq=True)}"


def _holds(membership: Membership, day: str) -> bool:
    since, until = membership.since, membership.until
    return since <= day[: len(since)] and (not until or day[: len(until)] <= until)
