"""The page of one task: where it stands, everything that happened to it, and what may be done."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from diemcau.access.rules import covering
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.delivery import queries
from diemcau.delivery.actions import Left
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.doers.owed import Answering, list_answering
from diemcau.delivery.doers.reporting import own_bodies, reporting_bodies
from diemcau.delivery.matters.reported import waiting_reports
from diemcau.delivery.models import (
    DecidingLevel,
    EvidenceKind,
    Handover,
    ProgressState,
    Side,
    SlipReason,
    SlipState,
    Task,
)
from diemcau.delivery.partners import Partners, partners_of
from diemcau.delivery.row_reports import is_report
from diemcau.delivery.rules import may_act_for, parties_of
from diemcau.delivery.sentence import Known, say_standing, say_why
from diemcau.delivery.states import MOVES, OPEN, Move, Party, Standing, Status, moves_from
from diemcau.delivery.timeline import Entry, entries_of, open_sides
from diemcau.delivery.wordings import whole_wordings
from diemcau.directory.models import Body
from diemcau.documents.models import Statement
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import with_sentences
from diemcau.operation.answers import keep_answer
from diemcau.urging.rules import OWED
from diemcau.web.following.axis import axis_of
from diemcau.web.following.forms import Forms
from diemcau.web.following.telling import moments_of

__all__ = ["item_context", "item_page", "task"]

_TONES = {
    Standing.DONE_ON_TIME: "done",
    Standing.DONE_LATE: "done",
    Standing.DONE: "done",
    Standing.SUSPENDED: "none",
    Standing.REFUSED: "none",
}


@require_GET
@keep_answer
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: where it stands in a sentence, its fields, and everything said of it in time."""
    try:
        return item_page(request, pk, Forms())
    except Http404:
        # Another task may stand for it.
        behind = Task.objects.filter(seen(request.user), pk=pk, withdrawn_at=None)
        other = behind.values_list("replaced_by", flat=True).first()
        if other is None:
            raise
        return redirect("task", pk=other)


def item_page(request: HttpRequest, pk: int, forms: Forms, *, status: int = 200) -> HttpResponse:
    """The page of a task, with a form on it that was refused, if one was."""
    context = item_context(request, pk, forms)
    return render(request, "web/task.html", context, status=status)


def item_context(request: HttpRequest, pk: int, forms: Forms) -> dict[str, Any]:
    on = timezone.localdate()
    found = queries.list_tasks(request.user, on=on).prefetch_related(queries.standing_assignments())
    row = get_object_or_404(
        found.select_related(
            "document__owner",
            "assigner",
            "directive__instrument",
            "parent",
            "commitment__agreement__document",
            "commitment__occasion__document",
            "statement__decided_by",
            "statement__saying",
            "statement__document",
        ),
        pk=pk,
    )
    entries = entries_of(request.user, row.pk)
    sayings = _sayings(request, row)
    spoken = _spoken(request, row, entries, sayings)
    handovers = [
        Handover(task_id=row.pk, from_ref=one.a, to_ref=one.b, reason=one.c)
        for one in entries
        if one.kind == "handover"
    ]
    answering = list_answering(row, on=on, handovers=handovers)
    bodies, acting = _bodies(entries, handovers, answering)
    parties = parties_of(request.user, row, bodies=acting)
    keeps = may_do(request.user, Duty.CONFIRM, row.document)
    known = _known(row, entries, sayings)
    reports = [s for s in sayings if s.pk != row.statement_id and is_report(s)]
    slips = [one for one in entries if one.kind == "slip"]
    moments = moments_of(
        entries,
        sayings,
        bodies,
        due=row.due_to,
        opened=forms.opened,
        spoken=spoken,
        official=row if spoken else None,
    )
    content = whole_wordings([row])[row.pk]
    return {
        "task": row,
        "on": on,
        "opened": timezone.now().isoformat(),
        "is_news": any(one.is_new for one in moments),
        "forms": forms,
        "tone": _TONES.get(Standing(row.standing), row.standing),
        "standing": _standing_of(row),
        "sentence": say_standing(row, known, on=on),
        "why": say_why(row, known, on=on),
        "content": content[:1].upper() + content[1:],
        "moments": moments,
        "sayings": sayings,
        "reports": reports,
        "waiting": {one.pk for one in waiting_reports(row)} if reports else set(),
        "may_tell": can_confirm(request.user) and (keeps or bool(parties)),
        "statement": row.statement,
        "echoes": _echoes(request, row),
        "axis": axis_of(row, slips, on=on),
        "slips": slips,
        "has_moved": any(one.e == SlipState.APPROVED for one in slips),
        "rules": DueRule,
        "may_confirm": keeps,
        "may_correct": (keeps or Party.ASSIGNER in parties)
        and not any(one.e in (SlipState.ASKED, SlipState.APPROVED) for one in slips),
        **_answers(request, row, bodies, answering),
        **_fields(entries, forms),
        "partners": _partners(request.user, row, entries),
        **_offers(request, row, parties, bodies, entries, forms),
        **_report(request, row, parties, acting, entries, forms),
        **_told(forms),
    }


def _standing_of(row: Task) -> str:
    """What the page calls where it stands: what waits for a second person says so."""
    is_open = row.standing in (Standing.NEAR, Standing.IN_TIME, Standing.NONE)
    if row.status == Status.AWAITING and is_open:
        return Status.AWAITING.label
    return Standing(row.standing).label


def _answers(
    request: HttpRequest, row: Task, bodies: dict[int, Body], answering: Sequence[Answering]
) -> dict[str, Any]:
    """Who answers for the bodies named, and for which of them this person has to answer."""
    by_ref = {body.ref: body for body in bodies.values()}
    own = own_bodies(request.user) if row.status in OPEN else set()
    return {
        "answering": [
            (one, by_ref.get(one.assignment.body), by_ref.get(one.responsible or ""))
            for one in answering
            if one.assignment.body in by_ref
        ],
        "to_answer": [
            (one.assignment, by_ref[one.responsible])
            for one in answering
            if one.assignment.owes_answer
            and one.responsible in by_ref
            and by_ref[one.responsible].pk in own
        ],
    }


def _told(forms: Forms) -> dict[str, Any]:
    """A form that was refused, with the words typed in it: they are shown wherever it stands."""
    refused = forms.refused
    words = ("reason", "what", "how", "done", "next_step", "recommendation", "recommend", "url")
    return {
        "refused": refused,
        "typed_words": [refused.typed[name] for name in words if refused.typed.get(name)]
        if refused
        else [],
    }


def _sayings(request: HttpRequest, row: Task) -> list[Statement]:
    """The sentence the task rests on, and where it was said again, oldest first."""
    if row.statement is None:
        return []
    thread = getattr(row.statement, "saying", None)
    if thread is not None:
        return queries.list_sayings(request.user, thread.thread_id)
    own = with_sentences(Statement.objects.filter(pk=row.statement_id))
    return list(own.select_related("document", "task"))


def _spoken(
    request: HttpRequest, row: Task, entries: Sequence[Entry], sayings: Sequence[Statement]
) -> list[Statement]:
    """The sentences from which the task was known before a notice took it over."""
    taken = [one.ref for one in entries if one.kind == "takeover" and one.at2 is None]
    if not taken:
        return []
    before = Statement.objects.filter(seen(request.user), task__in=taken)
    rows = with_sentences(before.exclude(pk__in=[one.pk for one in sayings]))
    return list(rows.select_related("document", "task"))


def _echoes(request: HttpRequest, row: Task) -> list[tuple[Any, Statement]]:
    if row.statement is None:
        return []
    return [
        (echo, echo.later if echo.earlier_id == row.statement_id else echo.earlier)
        for echo in queries.list_echoes_of(request.user, row.statement)
    ]


def _bodies(
    entries: Sequence[Entry], handovers: Sequence[Handover], answering: Sequence[Answering]
) -> tuple[dict[int, Body], list[Body]]:
    """Every body the page names, by id; and those that act for the task today.

    The same bodies as `rules.acting_bodies`, of rows that are at hand.
    """
    acting = {one.responsible for one in answering if not one.assignment.only_follows}
    refs = {one.assignment.body for one in answering} | {one.responsible for one in answering}
    refs |= {one.to_ref for one in handovers}
    ids = {one.body for one in entries if one.body is not None}
    if not refs and not ids:
        return {}, []
    known = Q(ref__in=[ref for ref in refs if ref]) | Q(pk__in=ids)
    found = Body.objects.filter(known).order_by("pk").in_bulk()
    return found, [body for _pk, body in sorted(found.items()) if body.ref in acting]


def _known(row: Task, entries: Sequence[Entry], sayings: Sequence[Statement]) -> Known:
    asked = [s for s in sayings if not is_report(s)]
    days = [row.said_on if s.pk == row.statement_id else s.document.spoken_on for s in asked]
    reported = [one.x for one in entries if one.kind == "moved" and one.x is not None]
    is_reported = row.status in (Status.AWAITING, Status.DONE)
    return Known(
        first_said=min((day for day in days if day is not None), default=row.said_on),
        n_again=max(len({s.document_id for s in asked}) - 1, 0),
        n_evidence=sum(one.kind == "evidence" and one.at2 is None for one in entries),
        n_slips=sum(one.kind == "slip" and one.e == SlipState.APPROVED for one in entries),
        sides=open_sides(entries),
        delivered_on=row.delivered_on or (reported[-1] if is_reported and reported else None),
    )


def _fields(entries: Sequence[Entry], forms: Forms) -> dict[str, Any]:
    """What the six fields take from the rows: open obstacles, the last recommendations, results."""
    released = [
        one for one in entries if one.kind == "progress" and one.a == ProgressState.RELEASED
    ]
    drafts = {one.pk for one in entries if one.kind == "progress"} - {one.pk for one in released}
    obstacles = [
        one
        for one in entries
        if one.kind == "obstacle" and one.at2 is None and one.ref not in drafts
    ]
    said = [one.e for one in obstacles if one.e]
    said += [one.d for one in released[-1:] if one.d]
    return {
        "last_report": released[-1] if released else None,
        "open_obstacles": [
            {
                "what": one.a,
                "cause": SlipReason(one.b).label,
                "side": Side(one.c).label,
                "level": DecidingLevel(one.d).label,
                "days": (timezone.now() - one.at).days,
                "pk": one.pk,
                "state": forms[f"resolve-{one.pk}"],
            }
            for one in obstacles
        ],
        "recommendations": said,
        "evidence": [
            {"entry": one, "state": forms[f"withdraw-{one.pk}"]}
            for one in entries
            if one.kind == "evidence" and one.at2 is None
        ],
        "parts": [one for one in entries if one.kind == "part"],
        "servings": [one for one in entries if one.kind == "serving"],
    }


def _partners(by: User, row: Task, entries: Sequence[Entry]) -> Partners:
    """With whom: as named, else as what its commitment is tied to tells."""
    names = [one.a for one in entries if one.kind == "party" and one.c == Side.PARTNER]
    made = getattr(row, "commitment", None)
    if made is None:
        return Partners(tuple(names))
    return partners_of(by, [made], {made.pk: names})[made.pk]


def _offers(
    request: HttpRequest,
    row: Task,
    parties: set[Party],
    bodies: dict[int, Body],
    entries: Sequence[Entry],
    forms: Forms,
) -> dict[str, Any]:
    """The forms the page offers: what the table allows and the person may do, nothing else."""
    does, judges = Party.ASSIGNEE in parties, Party.ASSIGNER in parties
    asked = next((one for one in entries if one.kind == "slip" and one.at2 is None), None)
    asked_for = bodies.get(asked.body) if asked and asked.body else None
    reported = [one for one in entries if one.kind == "moved" and one.a == Move.SUBMIT]
    own_report = bool(reported) and reported[-1].who == request.user.pk
    moves = [
        {"move": move, "rule": MOVES[move], "state": forms[f"move-{move}"]}
        for move in moves_from(row.status)
        if MOVES[move].by in parties and not (move == Move.CONFIRM and own_report)
    ]
    return {
        "does": does,
        "judges": judges,
        "moves": moves,
        "waits_for_second": own_report and judges and row.status == Status.AWAITING,
        "left": Left,
        "has_evidence": any(one.kind == "evidence" and one.at2 is None for one in entries),
        "may_slip": does and asked is None and row.status in (*OPEN, Status.SUSPENDED),
        "decides_slip": asked if judges and asked and asked.who != request.user.pk else None,
        "decision": forms[f"decide-{asked.pk}"] if asked else None,
        "waiting_slip": asked,
        "takes_slip_back": bool(asked) and does and may_act_for(request.user, asked_for),
        "taking_back": forms[f"take-back-{asked.pk}"] if asked else None,
        "may_remind": judges and row.status in OWED and can_confirm(request.user),
        "may_hinder": does and row.status != Status.DONE,
        "may_resolve": does or judges,
        "may_ask": (does or judges) and not row.document.is_closed,
        "slip_reasons": SlipReason.choices,
        "sides": Side.choices,
        "levels": DecidingLevel.choices,
        "kinds": [one for one in EvidenceKind.choices if one[0] != EvidenceKind.CONFIRMATION],
    }


def _report(
    request: HttpRequest,
    row: Task,
    parties: set[Party],
    acting: list[Body],
    entries: Sequence[Entry],
    forms: Forms,
) -> dict[str, Any]:
    """The report the person may write: their body's open one, or its last answer to begin with."""
    may_write = Party.ASSIGNEE in parties and row.status in (*OPEN, Status.SUSPENDED)
    asked = request.POST.get("body") or request.GET.get("co-quan", "")
    own = reporting_bodies(request.user, row, bodies=acting) if may_write else []
    body = next((one for one in own if one.ref == asked), own[0] if own else None)
    pk = body.pk if body else None
    mine = [one for one in entries if one.kind == "progress" and one.body == pk]
    waiting = [one for one in mine if one.a != ProgressState.RELEASED] if may_write else []
    own_open = waiting[-1] if waiting else None
    # What a report told stands there; the next one begins with what was written here.
    last = [one for one in mine if one.a == ProgressState.RELEASED and one.ref is not None]
    releases = (
        body.pk in own_bodies(request.user, Duty.CONFIRM)
        if body is not None
        else may_write and covering(request.user, Duty.CONFIRM, None) is not None
    )
    return {
        "may_report": may_write,
        "reports_as": body,
        "reports_also": [one for one in own if one != body],
        "draft": own_open,
        "return_state": forms[f"return-{own_open.pk}"] if own_open else None,
        "draft_label": ProgressState(own_open.a).label if own_open else "",
        "last": last[-1] if last else None,
        "begun_with": own_open or (last[-1] if last else None),
        "may_release": releases,
        "draft_obstacle": next(
            (
                one
                for one in entries
                if own_open and one.kind == "obstacle" and one.ref == own_open.pk
            ),
            None,
        ),
    }
