"""Template tags of the frame around every page: rail, tabs, cited sentences."""

from itertools import count
from typing import Any

from django import template
from django.template import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import roles_of
from diemcau.documents.models import Statement
from diemcau.documents.sentences import sentence_of

register = template.Library()

RAIL: tuple[tuple[str, Promise], ...] = (
    ("home", _("My work")),
    ("review", _("Review")),
    ("tasks", _("Register")),
    ("figures", _("Figures")),
    ("events", _("Events")),
    ("partners", _("Partners")),
    ("conferences", _("Conferences")),
    ("documents", _("Documents")),
)
"""The eight words of the rail by URL name; one whose page is not there is left out."""

Named = tuple[str, Promise]
TABS: dict[str, tuple[tuple[Named, ...], ...]] = {
    "tasks": (
        (("tasks", _("Tasks")),),
        (("leader", _("The whole at a glance")),),
        (("agreements", _("Register of agreements")), ("commitments", _("Commitments read"))),
        (("ledger_instruments", _("Directive documents")), ("take_overs", _("Speech and notice"))),
        (("obstacles", _("Obstacles")), ("shortcomings", _("Shortcomings"))),
        (("threads", _("Matters over time")), ("echoes", _("Said again"))),
        (("unclear_tasks", _("Not clear yet")),),
        (("statistics", _("Statistics")),),
    ),
    "figures": (
        (("figures", _("Figures")),),
        (("clashes", _("Figures compared")),),
        (("figures_by_unit", _("By province and ministry")),),
        (("directory_measures", _("Measures and units")),),
    ),
    "events": (
        (("events", _("Events")),),
        (("people", _("People")),),
        (("instruments", _("Instruments")),),
    ),
    "partners": (
        (("partners", _("Named in documents")),),
        (("directory_partners", _("Countries and blocs")),),
        (("directory", _("Bodies over time")),),
        (("directory_look_up", _("Whose name is it")),),
    ),
}
"""The pages beside each other under one word of the rail; of those that belong together the first
names the tab, and the others stand under it."""


def _links(names: tuple[Named, ...], current: str) -> list[dict[str, Any]]:
    links = []
    for name, label in names:
        try:
            links.append({"url": reverse(name), "label": label, "current": name == current})
        except NoReverseMatch:
            continue
    return links


@register.inclusion_tag("web/parts/rail.html", takes_context=True)
def rail(context: RequestContext) -> dict[str, Any]:
    """The rail, with the word of the page being shown marked."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = match.url_name if match else ""
    areas = (area for area, tabs in TABS.items() if any(name in dict(group) for group in tabs))
    area = next(areas, _AREAS.get(name, name))
    return {"links": _links(RAIL, area)}


_AREAS = {
    "task": "tasks",
    "six_fields": "tasks",
    "funnel": "tasks",
    "checked_figures": "tasks",
    "thread": "tasks",
    "thread_join": "tasks",
    "compare_conferences": "tasks",
    "bulk": "tasks",
    "bulk_result": "tasks",
    "task_views": "tasks",
    "body_board": "tasks",
    "agreement": "tasks",
    "agreement_add": "tasks",
    "agreement_edit": "tasks",
    "commitment_add": "tasks",
    "task_ties": "tasks",
    "event": "events",
    "event_add": "events",
    "event_edit": "events",
    "task_report": "tasks",
    "assigning": "tasks",
    "add_task": "tasks",
    "instrument": "tasks",
    "add_instrument": "tasks",
    "edit_instrument": "tasks",
    "figure": "figures",
    "clash": "figures",
    "document": "documents",
    "upload": "documents",
    "stops": "documents",
    "stop": "documents",
    "held": "documents",
    "papers": "documents",
    "statement": "documents",
    "review_document": "review",
    "review_card": "review",
    "directory_body": "partners",
    "directory_edit": "partners",
    "directory_add": "partners",
    "directory_import": "partners",
    "directory_partner": "partners",
    "directory_by_body": "partners",
    "directory_unconfirmed": "partners",
    "custody": "documents",
    "report_calendar": "partners",
    "reminder": "tasks",
    "reminder_new": "tasks",
    "reminders": "tasks",
}
"""Item pages and the word of the rail they stand under."""


@register.inclusion_tag("web/parts/tabs.html", takes_context=True)
def tabs(context: RequestContext, area: str) -> dict[str, Any]:
    """The pages beside the one being shown, and those of its own tab."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = _TAB_OF.get(match.url_name, match.url_name) if match else ""
    within: tuple[Named, ...] = next((group for group in TABS[area] if name in dict(group)), ())
    firsts = tuple(group[0] for group in TABS[area])
    return {
        "links": _links(firsts, within[0][0] if within else ""),
        "within": _links(within, name) if len(within) > 1 else [],
    }


_TAB_OF = dict.fromkeys(("six_fields", "funnel", "checked_figures"), "statistics")
"""Pages that stand under a tab by a row of their own."""


@register.simple_tag
def sentence_url(statement: Statement) -> str:
    """Where a statement's sentence opens in its document."""
    for name, args in (("statement", [statement.pk]), ("document", [statement.document_id])):
        try:
            url = reverse(name, args=args)
        except NoReverseMatch:
            continue
        return url if name == "statement" else f"{url}?s={statement.pk}"
    return ""


@register.simple_tag
def document_url(pk: int) -> str:
    """Where a document opens; "" while that page is not there."""
    try:
        return reverse("document", args=[pk])
    except NoReverseMatch:
        return ""


@register.simple_tag
def page_url(name: str) -> str:
    """The address of a page by name; "" where that page is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("web/parts/cite.html", takes_context=True)
def cite(
    context: RequestContext, statement: Statement, words: str = "", tone: str = ""
) -> dict[str, Any]:
    """Words that open to the sentence they rest on; hovering or focusing shows it.

    Args:
        statement: what they rest on.
        words: what to print; the statement's own words without it.
        tone: class of the link.
    """
    # One statement may be cited twice on a page; the slips still need ids of their own.
    slips = context.render_context.setdefault("slips", count(1))
    return {
        "id": f"slip-{next(slips)}",
        "statement": statement,
        "words": words or statement.quote,
        "sentence": sentence_of(statement),
        "url": sentence_url(statement),
        "tone": tone,
    }


@register.inclusion_tag("web/parts/sentence.html")
def sentence(statement: Statement) -> dict[str, Any]:
    """A statement's sentence with its own words marked, its outlet and its day."""
    return {
        "statement": statement,
        "sentence": sentence_of(statement),
        "url": sentence_url(statement),
    }


@register.simple_tag
def roles_said(person: User) -> str:
    """The roles a person holds today, in words."""
    held = roles_of(person)
    return ", ".join(str(role.label) for role in Role if role in held) or str(_("no role"))


@register.simple_tag
def today() -> Any:
    """The current day where the server stands."""
    return timezone.localdate()
