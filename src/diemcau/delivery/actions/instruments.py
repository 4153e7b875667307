"""Recording numbered documents, and which stored document is the text of one."""

import datetime as dt
import re
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.access.rules import covering, use_grant
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import typed_period
from diemcau.delivery.models import Directive, Instrument
from diemcau.delivery.orders.clauses import clause_of
from diemcau.delivery.refusals import Refused, check_fits
from diemcau.documents.custody import default_custody
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from diemcau.documents.rules import require, seen
from diemcau.indicators.days import say_day
from diemcau.indicators.periods import read_period

__all__ = [
    "InstrumentFields",
    "correct_instrument",
    "name_successor",
    "record_instrument",
    "set_text",
]


@dataclass(frozen=True, slots=True)
class InstrumentFields:
    """What a numbered document is named by.

    Source: Nghị định 30/2020/NĐ-CP: kind, number with symbol, day, issuer, signer, subject.
    Args:
        period: the time it plans for, as typed, "2022-2026"; "" if it has none.
    """

    kind: str
    number: str
    issued_on: dt.date | None = None
    issuer: str = ""
    signer: str = ""
    subject: str = ""
    period: str = ""


@action("delivery.record_instrument", may=can_confirm)
def record_instrument(
    actor: User | None,
    *,
    fields: InstrumentFields,
    document: Document | None = None,
    statement: Statement | None = None,
) -> Instrument:
    """Record a numbered document: by hand, or from the accepted sentence that names it.

    Args:
        document: its text, where it is stored here.
        statement: an accepted statement of kind "instruments".
    Raises:
        PermissionDenied: the document or the sentence is not theirs to confirm over.
        Refused: kind or number is missing, the period is none, it is recorded already.
    """
    checked = _checked(actor, fields, of=None)
    if statement is not None:
        require(actor, Duty.CONFIRM, statement.document)
        if statement.kind != StatementKind.INSTRUMENT:
            raise Refused(_("The sentence names no numbered document."))
        if statement.state != StatementState.ACCEPTED:
            raise Refused(_("Accept the sentence first; then record what it names."))
    if document is not None:
        _refuse_text(actor, document, of=None)
    made = Instrument.objects.create(
        **checked,
        document=document,
        statement=statement,
        recorded_by=actor,
        recorded_at=timezone.now(),
    )
    official = _make_official(made, document) if document is not None else 0
    detail = {**_said(fields), "directives": official}
    detail |= {"document": document.pk if document else None}
    detail |= {"statement": statement.pk if statement else None}
    record_action(made, detail=detail)
    return made


@action("delivery.correct_instrument", may=can_confirm)
def correct_instrument(
    actor: User | None, *, instrument: int, fields: InstrumentFields, reason: str
) -> Instrument:
    """Correct what a numbered document is named by.

    Raises:
        PermissionDenied: its text, or its sentence, is not theirs to confirm over.
        Refused: as `record_instrument`; or nothing changes, or no reason is given.
    """
    made = _lock(actor, instrument)
    checked = _checked(actor, fields, of=made)
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    before = {name: _plain(getattr(made, name)) for name in checked}
    after = {name: _plain(value) for name, value in checked.items()}
    changed = [name for name in checked if before[name] != after[name]]
    if not changed:
        raise Refused(_("Nothing was changed."))
    for name in changed:
        setattr(made, name, checked[name])
    made.save(update_fields=changed)
    detail = {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }
    record_action(made, detail=detail, reason=reason.strip())
    return made


@action("delivery.set_text", may=can_confirm)
def set_text(actor: User | None, *, instrument: int, document: Document | None) -> int:
    """Say that a stored document is the text of an instrument; its orders are official then.

    Args:
        document: None takes the text back: its orders are known from a document only, again.
    Returns:
        How many directives changed.
    Raises:
        PermissionDenied: the document is not theirs to confirm over.
        Refused: the instrument has a text, or the document is the text of another.
    """
    made = _lock(actor, instrument)
    before = made.document
    if document is None:
        if before is None:
            raise Refused(_("No stored document is its text."))
        n = Directive.objects.filter(instrument=made, document=before).update(instrument=None)
    else:
        if before is not None:
            raise Refused(
                _("Its text is “%(document)s” already; take that back first.")
                % {"document": before}
            )
        _refuse_text(actor, document, of=made)
        n = _make_official(made, document)
    made.document = document
    made.save(update_fields=["document"])
    detail = {
        "before": {"document": before.pk if before else None},
        "after": {"document": document.pk if document else None},
        "directives": n,
    }
    record_action(made, detail=detail)
    return n


@action("delivery.name_instrument_successor", may=can_confirm)
def name_successor(
    actor: User | None, *, instrument: int, successor: int | None, reason: str = ""
) -> Instrument:
    """Say which numbered document carries on where another's time ends; None takes it back.

    Raises:
        PermissionDenied: its text, or its sentence, is not theirs to confirm over.
        Refused: it would follow itself, or is older than what it follows.
    """
    made = _lock(actor, instrument)
    after = None
    if successor is not None:
        after = Instrument.objects.filter(seen(actor), pk=successor).first()
        if after is None:
            raise Refused(_("There is no such instrument that you may see."))
        if made.issued_on and after.issued_on and after.issued_on < made.issued_on:
            raise Refused(
                _("%(after)s is older than %(before)s.") % {"after": after, "before": made}
            )
        met: set[int] = set()
        step: Instrument | None = after
        while step is not None and step.pk not in met:
            if step.pk == made.pk:
                raise Refused(_("An instrument cannot follow itself."))
            met.add(step.pk)
            step = step.succeeded_by
    before = made.succeeded_by_id
    made.succeeded_by = after
    made.save(update_fields=["succeeded_by"])
    record_action(
        made,
        detail={"before": {"successor": before}, "after": {"successor": successor}},
        reason=reason.strip(),
    )
    return made


def _lock(actor: User | None, pk: int) -> Instrument:
    made = (
        Instrument.objects.select_for_update(of=("self",))
        .select_related("document", "statement__document")
        .get(pk=pk)
    )
    rests = [made.document, made.statement.document if made.statement else None]
    if documents := [one for one in rests if one is not None]:
        require(actor, Duty.CONFIRM, *documents)
    elif actor is not None and made.recorded_by_id != actor.pk:
        # It rests on nobody's document: who recorded it answers for it, and their body.
        body = default_custody(made.recorded_by).owner
        held = covering(actor, Duty.CONFIRM, body)
        if held is None:
            raise PermissionDenied("instrument: another body's")
        use_grant(held)
    return made


def _refuse_text(actor: User | None, document: Document, *, of: Instrument | None) -> None:
    require(actor, Duty.CONFIRM, document)
    other = document.instruments.exclude(pk=of.pk if of else None).first()
    if other is not None:
        raise Refused(
            _("“%(document)s” is the text of %(other)s already.")
            % {"document": document, "other": other}
        )


def _make_official(made: Instrument, document: Document) -> int:
    """Let the orders in a document stand in the instrument, each in its clause."""
    found = list(
        Directive.objects.filter(document=document, instrument=None).select_related(
            "statement__text_version"
        )
    )
    for one in found:
        one.instrument = made
        if not one.clause and one.statement is not None:
            one.clause = clause_of(one.statement.text_version.text, one.statement.start)
    Directive.objects.bulk_update(found, ["instrument", "clause"], batch_size=500)
    return len(found)


_NUMBER = re.compile(r"\d")


def _checked(
    actor: User | None, fields: InstrumentFields, *, of: Instrument | None
) -> dict[str, object]:
    values = {name: " ".join(str(value or "").split()) for name, value in asdict(fields).items()}
    if not values["kind"]:
        raise Refused(_("Say what kind of document it is, such as “Thông báo”."))
    if not _NUMBER.search(values["number"]):
        raise Refused(_("Write its number with the symbol, such as 65/TB-VPCP."))
    for name in ("kind", "number", "issuer", "signer"):
        check_fits(Instrument, name, values[name])
    if fields.issued_on is not None and fields.issued_on > timezone.localdate():
        raise Refused(
            _("The day lies in the future: %(day)s.") % {"day": say_day(fields.issued_on)}
        )
    period = typed_period(values["period"])
    covered = read_period(period)
    if period and covered is None:
        raise Refused(
            _("“%(found)s” is not a period; write 2026, 2022-2026 or 2025-01/2026-06.")
            % {"found": values["period"][:40]}
        )
    # The number restarts each year, and with another symbol is another document.
    same = Instrument.objects.filter(number__iexact=values["number"], issued_on=fields.issued_on)
    if of is not None:
        same = same.exclude(pk=of.pk)
    if same.filter(seen(actor), seen(actor, "statement__document")).exists():
        raise Refused(_("%(number)s of that day is recorded already.") % values)
    if same.exists():
        # Whose it is, and that it is there, is not told to who may not see it.
        raise Refused(_("This number cannot be recorded here; ask the secretariat."))
    return {
        "kind": values["kind"],
        "number": values["number"],
        "issued_on": fields.issued_on,
        "issuer": values["issuer"],
        "signer": values["signer"],
        "subject": values["subject"][:500],
        "period": period,
        "ends_on": covered.last if covered else None,
    }


def _said(fields: InstrumentFields) -> dict[str, object]:
    return {name: _plain(value) for name, value in asdict(fields).items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
