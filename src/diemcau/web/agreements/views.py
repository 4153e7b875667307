"""The register of agreements, one agreement with its life on each side, and its forms."""

from dataclasses import fields as fields_of
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.delivery.actions import (
    AgreementFields,
    TwinAgreement,
    record_stage,
    replace_agreement,
    save_agreement,
    take_back_stage,
    withdraw_agreement,
)
from diemcau.delivery.agreements import (
    UNKNOWN_STAGE,
    AgreementFilter,
    count_stages,
    list_agreements,
    stage_on,
)
from diemcau.delivery.models import Agreement, AgreementSide, Stage
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import may_take_back
from diemcau.directory.models import Body, Partner
from diemcau.documents.models import Statement
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import with_sentences
from diemcau.operation.answers import keep_answer
from diemcau.web.agreements.columns import agreements_sheet
from diemcau.web.agreements.typed import (
    Typed,
    choices_of_agreements,
    choices_of_documents,
    choices_of_events,
    chosen_agreement,
    chosen_event,
    read_chosen_document,
    read_day_typed,
    unseen,
)
from diemcau.web.filters import Filters, id_of, page_of
from diemcau.web.posting import leads_to, posted_from
from diemcau.web.sheets import answer_sheet, asked_form, shows_and_takes_out

__all__ = [
    *("agreement", "agreements", "edit", "replace", "stage", "stage_take_back"),
    "withdraw",
]


@shows_and_takes_out
@keep_answer
def agreements(request: HttpRequest) -> HttpResponseBase:
    """The register of agreements, with filters in the address."""
    today = timezone.localdate()
    filters = Filters(request)
    asked = AgreementFilter(
        stage=filters.get("giai-doan"),
        partner=filters.get("doi-tac"),
        body=filters.get("co-quan"),
        level=filters.get("cap"),
        year=filters.get_id("nam"),
        expiring=filters.get("sap-het") == "1",
        unfollowed=filters.get("chua-co-cam-ket") == "1",
        words=filters.get("q"),
    )
    found = list_agreements(request.user, asked, on=today)
    _offer(filters, request, found)
    rows = found.select_related("document").prefetch_related("sides", "stages")
    if form := asked_form(request):
        return answer_sheet(request, agreements_sheet(rows, filters, on=today), form)
    page = page_of(request, rows)
    context = {
        "page": page,
        "rows": [(one, stage_on(one, on=today)) for one in page.object_list],
        "may_add": can_add_documents(request.user),
        **filters.context(),
    }
    return render(request, "web/agreements/list.html", context)


def _offer(filters: Filters, request: HttpRequest, found: QuerySet[Agreement]) -> None:
    counts = count_stages(request.user, on=timezone.localdate())
    stages = [(s.value, str(s.label), counts[s]) for s in Stage]
    if counts[UNKNOWN_STAGE]:
        stages.append((UNKNOWN_STAGE, _("Stage not known"), counts[UNKNOWN_STAGE]))
    filters.add("giai-doan", _("Stage"), stages)
    ours, theirs = _sides_of(found)
    filters.add("doi-tac", _("Partner"), theirs)
    filters.add("co-quan", _("Our side"), ours)
    ends = [("1", _("Ends within 180 days"), counts["expiring"])]
    filters.add("sap-het", _("Ends soon"), ends)
    bare = [("1", _("Signed, none recorded"), counts["unfollowed"])]
    filters.add("chua-co-cam-ket", _("Commitments"), bare)
    filters.add_words(_("Words"))


def _sides_of(found: QuerySet[Agreement]) -> tuple[list, list]:
    """The bodies and partners of the agreements found, those with most of them first."""
    rows = (
        AgreementSide.objects.filter(agreement__in=found.order_by().values("pk"))
        .exclude(ref="")
        .order_by()
        .values_list("is_ours", "ref")
        .annotate(n=Count("agreement", distinct=True))
        .order_by("-n", "ref")
    )
    refs = [ref for _ours, ref, _n in rows]
    names = dict(Body.objects.filter(ref__in=refs).values_list("ref", "name"))
    names |= dict(Partner.objects.filter(ref__in=refs).values_list("ref", "name"))
    said = [(ours, (ref, names.get(ref, ref), n)) for ours, ref, n in rows]
    return [one for ours, one in said if ours][:30], [one for ours, one in said if not ours][:30]


@require_safe
@keep_answer
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: its life on each side, the commitments in it, what it rests on."""
    return _show(request, _found(request, pk))


_SHOWN = ("sides", "stages__side", "stages__by", "stages__taken_back_by")


def _found(request: HttpRequest, pk: int) -> Agreement:
    rows = Agreement.objects.filter(seen(request.user)).select_related(
        "document", "occasion", "replaced_by", "recorded_by"
    )
    return get_object_or_404(rows.prefetch_related(*_SHOWN), pk=pk)


def _theirs(request: HttpRequest, pk: int, duty: Duty) -> Agreement:
    """The agreement, before anything typed is looked at: who may not is told that alone."""
    row = _found(request, pk)
    if not may_do(request.user, duty, row.document):
        raise PermissionDenied(f"delivery.agreement: {duty}")
    return row


def _show(request: HttpRequest, row: Agreement, *, problem: str = "") -> HttpResponse:
    today = timezone.localdate()
    tasks = (
        list_tasks(request.user, on=today)
        .filter(commitment__agreement=row)
        .select_related("commitment")
        .order_by("due_to", "pk")
    )
    statement = None
    if row.statement_id:
        statement = with_sentences(
            Statement.objects.filter(seen(request.user), pk=row.statement_id)
        ).first()
    replaces = Agreement.objects.filter(seen(request.user), replaced_by=row, withdrawn_at=None)
    context = {
        "agreement": row,
        "life": stage_on(row, on=today),
        "stages": row.stages.all(),
        "may_take_back": {one.pk for one in row.stages.all() if may_take_back(request.user, one)},
        "commitments": list(tasks),
        "statement": statement,
        "replaces": list(replaces),
        "sides_known": _known(row),
        "may_add": may_do(request.user, Duty.ADD, row.document),
        "may_confirm": may_do(request.user, Duty.CONFIRM, row.document),
        "stage_choices": [one for one in Stage if one != Stage.REPLACED],
        "others": [one for one in choices_of_agreements(request.user) if one.pk != row.pk],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "web/agreements/agreement.html", context, status=422 if problem else 200)


def _known(row: Agreement) -> dict[str, str]:
    """Where the page of each side is, by its id."""
    refs = [one.ref for one in row.sides.all() if one.ref]
    bodies = set(Body.objects.filter(ref__in=refs).values_list("ref", flat=True))
    return {ref: "directory_body" if ref in bodies else "directory_partner" for ref in refs}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of an agreement, a new one or one that is there."""
    row = _found(request, pk) if pk is not None else None
    if row is None and not can_add_documents(request.user):
        raise PermissionDenied("delivery.save_agreement")
    if row is not None and not may_do(request.user, Duty.ADD, row.document):
        raise PermissionDenied("delivery.save_agreement")
    problem, twins = "", []
    if request.method == "POST":
        try:
            document = row.document if row else read_chosen_document(request)
            made = save_agreement(
                request.user,
                document=document,
                fields=_fields(request, row),
                agreement=row,
                statement=_statement(request) if row is None else None,
                is_another=request.POST.get("another") == "1",
                seen=id_of(request.POST.get("seen")),
            )
        except TwinAgreement as refused:
            problem, twins = str(refused), refused.twins
        except (Refused, Typed) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": made.title})
            return redirect("agreement", made.pk)
    typed = request.POST if request.method == "POST" else _filled(request, row)
    held = row.occasion_id if row else None
    events = choices_of_events(request.user, chosen=held or id_of(typed.get("occasion")))
    context = {
        "agreement": row,
        "typed": typed,
        "problem": problem,
        "twins": twins,
        "documents": []
        if row
        else choices_of_documents(request.user, chosen=id_of(typed.get("document"))),
        "events": events,
        "unseen_occasion": unseen(held, events),
        "levels": Agreement._meta.get_field("level").choices,
    }
    return render(request, "web/agreements/edit.html", context, status=422 if problem else 200)


def _fields(request: HttpRequest, row: Agreement | None) -> AgreementFields:
    typed = request.POST
    words = {
        one.name: typed.get(one.name, "").strip()
        for one in fields_of(AgreementFields)
        if one.type in ("str", str)
    }
    return AgreementFields(
        **words,
        occasion=chosen_event(
            request.user, typed.get("occasion"), held=row.occasion if row else None
        ),
        signed_on=read_day_typed(typed, "signed_on", _("Signed on")),
        valid_to=read_day_typed(typed, "valid_to", _("In force until")),
        renews_itself={"1": True, "0": False}.get(typed.get("renews_itself", "")),
        ours=typed.get("ours", "").splitlines(),
        theirs=typed.get("theirs", "").splitlines(),
    )


def _statement(request: HttpRequest) -> Statement | None:
    pk = id_of(request.POST.get("statement"))
    rows = Statement.objects.filter(seen(request.user), agreement=None)
    return rows.filter(pk=pk).first() if pk else None


def _filled(request: HttpRequest, row: Agreement | None) -> dict[str, Any]:
    """What the form begins with: the agreement's own values, or what a sentence says."""
    if row is not None:
        sides = list(row.sides.all())
        return {
            **{one.name: getattr(row, one.name, "") for one in fields_of(AgreementFields)},
            "signed_on": row.signed_on.isoformat() if row.signed_on else "",
            "valid_to": row.valid_to.isoformat() if row.valid_to else "",
            "renews_itself": {True: "1", False: "0", None: ""}[row.renews_itself],
            "occasion": str(row.occasion_id or ""),
            "ours": "\n".join(one.as_written for one in sides if one.is_ours),
            "theirs": "\n".join(one.as_written for one in sides if not one.is_ours),
            "seen": row.version,
        }
    filled: dict[str, Any] = {"document": request.GET.get("van-ban", "")}
    if pk := id_of(request.GET.get("cau")):
        said = Statement.objects.filter(seen(request.user), pk=pk).first()
        if said is None:
            raise Http404
        values = said.values
        filled |= {
            "statement": str(said.pk),
            "document": str(said.document_id),
            "title": values.get("what") or said.quote,
            "event": values.get("event") or "",
            "signed_on": values.get("date") or "",
            "ours": "\n".join(values.get("parties") or []),
            "theirs": "\n".join(values.get("counterparts") or []),
        }
    return filled


@posted_from("agreement")
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the agreement reached a stage."""
    row = _theirs(request, pk, Duty.ADD)
    try:
        if request.POST.get("stage") not in Stage.values:
            raise Refused(_("Choose the stage."))
        side = None
        if request.POST.get("side"):
            side = row.sides.filter(pk=id_of(request.POST["side"])).first()
            if side is None:
                raise Refused(_("That side is gone; look at the sides again, then record it."))
        record_stage(
            request.user,
            agreement=row,
            stage=Stage(request.POST["stage"]),
            side=side,
            on=read_day_typed(request.POST, "on", _("Day")),
            note=request.POST.get("note", ""),
        )
    except (Refused, Typed) as refused:
        return _show(request, _found(request, pk), problem=str(refused))
    messages.success(request, f"{_('The stage is recorded.')} {_now_at(request, pk)}")
    return redirect("agreement", pk)


@leads_to(lambda _request, pk, stage: redirect("agreement", pk))
def stage_take_back(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    """Take back a stage recorded by mistake."""
    reached = get_object_or_404(_found(request, pk).stages, pk=stage)
    try:
        take_back_stage(
            request.user,
            stage=reached,
            reason=request.POST.get("reason", ""),
            seen=id_of(request.POST.get("seen")),
        )
    except Refused as refused:
        return _show(request, _found(request, pk), problem=str(refused))
    messages.success(request, f"{_('The stage is taken back.')} {_now_at(request, pk)}")
    return redirect("agreement", pk)


def _now_at(request: HttpRequest, pk: int) -> str:
    """Where the whole stands, which a stage of one side or an earlier one may leave as it was."""
    held = stage_on(_found(request, pk), on=timezone.localdate()).stage
    label = str(held.label) if held else _("Stage not known")
    return _("The agreement now stands at “%(stage)s”.") % {"stage": label}


@posted_from("agreement")
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which agreement replaces this one."""
    row = _theirs(request, pk, Duty.CONFIRM)
    try:
        other = chosen_agreement(request.user, request.POST.get("by"))
        if other is None:
            raise Refused(_("Choose another agreement."))
        replace_agreement(
            request.user, agreement=row, by=other, on=read_day_typed(request.POST, "on", _("Day"))
        )
    except (Refused, Typed) as refused:
        return _show(request, _found(request, pk), problem=str(refused))
    messages.success(request, _("Recorded what replaces it."))
    return redirect("agreement", pk)


@posted_from("agreement")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the agreement out of the register."""
    row = _theirs(request, pk, Duty.CONFIRM)
    try:
        withdraw_agreement(request.user, agreement=row, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return _show(request, _found(request, pk), problem=str(refused))
    messages.success(request, _("Taken out of the register: %(name)s.") % {"name": row.title})
    return redirect("agreements")
