"""The audit log: who did what, when, from where and why; its chain; taking it out."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_read_audit
from diemcau.audit.chain import GENESIS, digest_of, head, row_of
from diemcau.audit.inspection import chain_lines, export_log, last_id, verify_log
from diemcau.audit.models import AuditEntry
from diemcau.audit.queries import (
    EntryFilter,
    digest_before,
    last_verification,
    list_entries,
    neighbours,
)
from diemcau.audit.words import ACTION_WORDS, ORIGIN_WORDS, TARGET_WORDS
from diemcau.web.audit.hiding import hidden_among, hidden_from, with_hidden
from diemcau.web.audit.histories import History, history_of
from diemcau.web.audit.targets import Target, targets_of
from diemcau.web.audit.wording import (
    action_words,
    changes_of,
    facts_of,
    origin_words,
    said_in_a_line,
)
from diemcau.web.days import read_typed_day, say_day
from diemcau.web.filters import Chip, Filters, page_of
from diemcau.web.sheets import FORMS, Column, Sheet, said_filters, sheet_file

__all__ = ["entry", "export", "log", "verify"]

MOST_ON_PAGE = 200_000
"""Entries a page verifies while the person waits; a longer log is for the command line."""


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The entries, the latest first, with filters in the address, and the state of the chain."""
    person = _require_reader(request)
    filters = Filters(request)
    names = _names()
    hidden = hidden_from(person)
    found, history, wrong = _found(person, filters, names, hidden)
    page = page_of(request, found)
    targets = targets_of(page.object_list, person=person, names=names)
    among = hidden_among(page.object_list, hidden)
    context = {
        "page": page,
        "rows": [
            _told(one, targets[one.pk], names, is_hidden=one.pk in among)
            for one in page.object_list
        ],
        "history": history,
        "wrong": wrong,
        "chain": _chain(),
        "people": sorted(names.items(), key=lambda pair: pair[1].casefold()),
        "actions": _sorted(ACTION_WORDS),
        "origins": _sorted(ORIGIN_WORDS),
        "kinds": _sorted(TARGET_WORDS),
        "asked": {name.replace("-", "_"): filters.get(name) for name in _PARAMETERS},
        "forms": [*FORMS, "jsonl"],
        "is_some_hidden": hidden is not None,
        **filters.context(),
    }
    return render(request, "web/audit/log.html", context)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, everything it says, and whether its digest is that of its content."""
    person = _require_reader(request)
    found = get_object_or_404(AuditEntry.objects.select_related("actor", "on_behalf_of"), pk=pk)
    before = digest_before(found)
    earlier, later = neighbours(found)
    names = _names()
    is_hidden = bool(hidden_among([found], hidden_from(person)))
    target = targets_of([found], person=person, names=names)[found.pk]
    context = {
        **_told(found, target, names, is_hidden=is_hidden),
        "before": before or GENESIS,
        "fits": digest_of(before or GENESIS, row_of(found)) == found.digest,
        "earlier": earlier,
        "later": later,
    }
    return render(request, "web/audit/entry.html", context)


def _told(
    one: AuditEntry, target: Target, names: dict[int, str], *, is_hidden: bool
) -> dict[str, Any]:
    """What a page tells of an entry; of a hidden one, no more than that it is."""
    return {
        "entry": one,
        "action": action_words(one.action),
        "origin": origin_words(one.origin),
        "target": Target(target.kind, target.key) if is_hidden else target,
        "is_hidden": is_hidden,
        "changes": [] if is_hidden else changes_of(one),
        "facts": [] if is_hidden else facts_of(one, names),
    }


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now and say what was found."""
    person = _require_reader(request)
    if head().total > MOST_ON_PAGE:
        messages.error(
            request,
            _("The log is too long for a page; run “diemcau audit verify” on the server."),
        )
        return redirect("audit_log")
    report = verify_log(person)
    if report.is_whole:
        messages.success(
            request, _("All %(n)s entries were verified; the chain is whole.") % {"n": report.total}
        )
    for fault in report.faults[:5]:
        where = _("entry %(n)s") % {"n": fault.entry} if fault.entry else _("end of the log")
        messages.error(request, f"{where}: {fault.what}")
    return redirect("audit_log")


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Take out the entries the filters leave (XLSX, CSV), or the whole log as lines to verify."""
    person = _require_reader(request)
    form = request.POST.get("form", "")
    if form not in (*FORMS, "jsonl"):
        raise Http404
    last = last_id()
    hidden = hidden_from(person)
    if form == "jsonl":
        if hidden is not None:
            messages.error(request, _WHOLE_ON_THE_SERVER)
            return redirect("audit_log")
        export_log(person, form=form, filters={}, last=last, n=head().total)
        response = StreamingHttpResponse(
            chain_lines(up_to=last), content_type="application/jsonl; charset=utf-8"
        )
        name = f"nhat-ky-{timezone.localtime():%Y%m%d-%H%M}.jsonl"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    filters = Filters(request)
    names = _names()
    found, _history, wrong = _found(person, filters, names, hidden)
    if wrong:
        messages.error(request, wrong)
        return redirect(f"{reverse('audit_log')}{filters.url()}")
    # What is counted is what goes out: the entry that says so comes after it.
    found = found.filter(pk__lte=last or 0)
    asked = {name: filters.get(name) for name in _PARAMETERS if filters.get(name)}
    export_log(person, form=form, filters=asked, last=last, n=found.count())
    sheet = Sheet(
        "nhat-ky",
        _("Audit log"),
        _columns(names),
        with_hidden(found.iterator(chunk_size=2000), hidden),
        said_filters(filters),
    )
    return sheet_file(request, sheet, form)[0]


def _columns(names: dict[int, str]) -> list[Column]:
    def told(row: tuple[AuditEntry, bool]) -> str:
        return str(_UNTOLD) if row[1] else said_in_a_line(row[0], names)

    return [
        Column(_("Entry"), lambda row: row[0].pk, 9),
        Column(_("When"), lambda row: row[0].at, 19),
        Column(_("Who"), lambda row: str(row[0].actor or _("The installation")), 22),
        Column(_("On behalf of"), lambda row: str(row[0].on_behalf_of or ""), 22),
        Column(_("Action"), lambda row: action_words(row[0].action), 34),
        Column(_("About"), lambda row: _kind_words(row[0].target_type), 20),
        Column(_("Its number"), lambda row: row[0].target_id, 10),
        Column(_("What changed"), told, 60),
        Column(_("Reason"), lambda row: "" if row[1] else row[0].reason, 40),
        Column(_("Asked from"), lambda row: origin_words(row[0].origin), 14),
        Column(_("Address"), lambda row: row[0].address, 16),
        Column(_("Digest"), lambda row: row[0].digest, 20),
    ]


def _kind_words(target_type: str) -> str:
    return str(TARGET_WORDS.get(target_type, target_type))


_UNTOLD = gettext_lazy("Rests on a document you may not see; no more is told of it here.")
_WHOLE_ON_THE_SERVER = gettext_lazy(
    "The lines hold the whole log, also words of documents you may not see; run “diemcau audit "
    "export” on the server."
)


_PARAMETERS = ("q", "ai", "thay", "viec", "loai", "tu", "den", "nguon", "dia-chi", "ve")


def _require_reader(request: HttpRequest) -> User:
    """Whoever asks, who may read the log."""
    if not isinstance(request.user, User) or not can_read_audit(request.user):
        raise PermissionDenied("audit.read")
    return request.user


def _names() -> dict[int, str]:
    return {person.pk: str(person) for person in User.objects.all()}


def _sorted(words: dict) -> list[tuple[str, str]]:
    return sorted(((k, str(v)) for k, v in words.items()), key=lambda pair: pair[1].casefold())


def _found(by: User, filters: Filters, names: dict[int, str], hidden: Q | None) -> tuple:
    """The entries asked for, the object whose history it is, and what of the address is no day."""
    wrong = ""
    days: dict[str, dt.date | None] = {}
    for name in ("tu", "den"):
        days[name] = None
        if text := filters.get(name):
            try:
                days[name] = read_typed_day(text)
            except ValueError:
                wrong = _("“%(text)s” is no day; write it as 20/12/2024.") % {"text": text}
    history: History | None = None
    if about := filters.get("ve"):
        history = history_of(by, about)
        if history is None:
            raise Http404
        filters.active.append(
            Chip(_("History of: %(name)s") % {"name": history.name}, filters.url(ve=None))
        )
    asked = EntryFilter(
        actor=filters.get_id("ai"),
        on_behalf_of=filters.get_id("thay"),
        action=filters.get("viec"),
        target_type=filters.get("loai"),
        first=days["tu"],
        last=days["den"],
        origin=filters.get("nguon"),
        address=filters.get("dia-chi"),
        words=filters.get("q"),
    )
    _show_active(filters, asked, names)
    return list_entries(asked, about=history and history.about, untold=hidden), history, wrong


def _show_active(filters: Filters, asked: EntryFilter, names: dict[int, str]) -> None:
    def add(name: str, label: str, value: str) -> None:
        if value:
            filters.active.append(Chip(f"{label}: {value}", filters.url(**{name: None})))

    filters.add_words(_("Words"))
    if asked.actor is not None:
        add("ai", _("Who"), names.get(asked.actor, _("The installation")))
    if asked.on_behalf_of is not None:
        add("thay", _("On behalf of"), names.get(asked.on_behalf_of, str(asked.on_behalf_of)))
    add("viec", _("Action"), action_words(asked.action))
    add("loai", _("About"), str(TARGET_WORDS.get(asked.target_type, asked.target_type)))
    add("tu", _("From day"), say_day(asked.first))
    add("den", _("To day"), say_day(asked.last))
    add("nguon", _("Asked from"), origin_words(asked.origin))
    add("dia-chi", _("Address"), asked.address)


def _chain() -> dict:
    """The length of the log now, and the last verification that was run."""
    now = head()
    return {"head": now, "verified": last_verification(), "is_too_long": now.total > MOST_ON_PAGE}
