"""Typing a task that no sentence was read for, naming its product, taking it out again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.doers.assignments import is_collective
from diemcau.delivery.doers.leads import settle_lead
from diemcau.delivery.doers.naming import body_named, refuse_hidden
from diemcau.delivery.ledger import begin, instrument_of, shorten, touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Assignment, AssignmentRole, Directive, Task
from diemcau.delivery.recording import given_by_hand, task_by_hand
from diemcau.delivery.refusals import Refused, check_fits
from diemcau.delivery.rules import require_party
from diemcau.delivery.states import Party, Status
from diemcau.delivery.typed_deadlines import read_typed_deadline
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import require
from vanban.letters import fold

__all__ = ["Given", "name_product", "record_typed_task", "withdraw_typed_task"]


@dataclass(frozen=True, slots=True)
class Given:
    """Whom a typed task is given to: one body by name or id, or a collective as written."""

    name: str
    role: AssignmentRole


@action("delivery.record_typed_task", may=can_confirm)
def record_typed_task(
    actor: User | None,
    *,
    document: Document,
    place: str,
    text: str,
    title: str = "",
    issuer: str = "",
    product: str = "",
    deadline: str = "",
    due_rule: DueRule = DueRule.CALENDAR,
    given: Sequence[Given] = (),
    programme: str = "",
) -> Task:
    """Record a task by hand, citing the stored document and the place in it that gives it.

    Missing fields stay missing: they are shown and counted, nothing is filled in.
    Args:
        document: what gives the order; a note of a meeting is stored as one first.
        place: where in it: "điểm 3b", "trang 2"; of a note its day will do.
        text: what is to be done, in full.
        title: what the task is called; the beginning of the text without it.
        deadline: a day or a period.
    Raises:
        PermissionDenied: the document is not theirs to confirm over.
        Refused: place or text is missing, a name or the deadline cannot be read, two lead.
    """
    require(actor, Duty.CONFIRM, document)
    place, text = " ".join(place.split()), text.strip()
    if not text:
        raise Refused(_("Say what is to be done."))
    if not place:
        raise Refused(_("Say where in the document it stands, such as “điểm 3b” or “trang 2”."))
    check_fits(Task, "place", place)
    said_on = document.spoken_on
    period, due = read_typed_deadline(deadline, on=said_on, rule=due_rule)
    named = _bodies(given, on=said_on or timezone.localdate())
    refuse_hidden(document, [body for _one, body in named if body is not None])
    now = timezone.now()
    title = shorten(" ".join((title.strip() or text).split()))
    issuer = " ".join(issuer.split())[:200]
    directive = Directive.objects.create(
        document=document,
        instrument=instrument_of(document),
        clause=place[:40],
        text=text,
        issuer=issuer,
        said_on=said_on,
        recorded_at=now,
    )
    columns = task_by_hand(
        document.pk,
        title=title,
        text=text,
        issuer=issuer,
        names=(one.name for one, _body in named),
        deadline=period,
        due=due,
        by=actor,
        at=now,
        directive_id=directive.pk,
        place=place,
        product=" ".join(product.split())[:300],
        programme=" ".join(programme.split())[:200],
        said_on=said_on,
    )
    row = Task.objects.create(**columns)
    begin(row, at=now, by=actor)
    for one, body in named:
        _give(row, one, body, by=actor, at=now)
    settle_lead(row)
    record_action(row, detail={"document": document.pk, "place": place, "title": title})
    return row


def _give(row: Task, one: Given, body: Body | None, *, by: User | None, at: dt.datetime) -> None:
    columns = given_by_hand(
        row.pk,
        one.role,
        name=body.name if body else " ".join(one.name.split())[:300],
        ref=body.ref if body else "",
        is_collective=body is None,
        by=by,
        at=at,
    )
    Assignment.objects.create(**columns)


@action("delivery.name_product", may=can_confirm)
def name_product(actor: User | None, *, task: int, product: str, seen: int | None = None) -> Task:
    """Say which product a task is to have, the one thing an order often leaves open.

    Raises:
        PermissionDenied: they did not give the task.
        Refused: it is done, or that is its product already.
    """
    row = lock_task(task, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    product = " ".join(product.split())
    check_fits(Task, "product", product)
    if row.status == Status.DONE:
        raise Refused(_("The task is done; reopen it first."))
    if product == row.product:
        raise Refused(_("That is its product already."))
    before, row.product = row.product, product
    touch(row, "product")
    record_action(row, detail={"before": {"product": before}, "after": {"product": product}})
    return row


@action("delivery.withdraw_typed_task", may=can_confirm)
def withdraw_typed_task(
    actor: User | None, *, task: int, reason: str, seen: int | None = None
) -> Task:
    """Take a task out of the register that a person put there; its row stays.

    Raises:
        PermissionDenied: they did not give the task.
        Refused: it rests on a sentence (whose rejection does this), has tasks under it, stands for
            another, is done, or no reason is given.
    """
    row = lock_task(task, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    if row.statement_id is not None:
        raise Refused(_("This task rests on a sentence; reject the sentence in the review."))
    if row.children.filter(withdrawn_at=None).exists() or row.replaces.exists():
        raise Refused(_("Other tasks hang on this one; withdraw or take back those first."))
    if row.status == Status.DONE:
        raise Refused(_("The task is done; reopen it first."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    row.withdrawn_at = timezone.now()
    touch(row, "withdrawn_at")
    record_action(row, detail={"title": row.title}, reason=reason.strip())
    return row


def _bodies(given: Sequence[Given], *, on: dt.date) -> list[tuple[Given, Body | None]]:
    found: list[tuple[Given, Body | None]] = []
    met: set[str] = set()
    for one in given:
        if not one.name.strip():
            continue
        body = None if is_collective(one.name) else body_named(one.name, on=on)
        key = body.ref if body else fold(" ".join(one.name.split()))
        if key in met:
            raise Refused(_("%(name)s is named twice.") % {"name": body or one.name})
        met.add(key)
        found.append((one, body))
    leads = [one for one, body in found if one.role == AssignmentRole.LEAD and body is not None]
    if len(leads) > 1:
        raise Refused(
            _("One body leads: %(names)s cannot both; let one of them coordinate.")
            % {"names": ", ".join(one.name for one in leads)}
        )
    return found
