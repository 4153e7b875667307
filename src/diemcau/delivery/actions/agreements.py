"""Keeping agreements: their sides, the stage each reached, what replaced them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.agreements import twins_of
from diemcau.delivery.models import Agreement, AgreementSide, AgreementStage, Stage
from diemcau.delivery.promises import read_side
from diemcau.delivery.refusals import AgreementMoved, Refused, check_fits
from diemcau.delivery.rules import duty_to_take_back
from diemcau.delivery.sequence import refuse_out_of_order
from diemcau.documents.models import Document, Statement
from diemcau.documents.rules import require
from diemcau.engagements.models import Event
from vanban.letters import fold

__all__ = [
    "AgreementFields",
    "TwinAgreement",
    "record_stage",
    "replace_agreement",
    "save_agreement",
    "take_back_stage",
    "withdraw_agreement",
]

_KEPT = ("title", "title_en", "kind", "number", "field", "level", "event")


@dataclass(frozen=True, slots=True)
class AgreementFields:
    """What a person says of an agreement; "" and None are "not known".

    Args:
        title, title_en: in Vietnamese, and in the language of the text.
        kind: its legal type, as written.
        number: of the text, with its symbol.
        field: what it is about.
        level: "state", "government", "ministry", "province", "other".
        event: where it was signed, as written; `occasion` where that event has a row.
        signed_on, valid_to: day of signing, last day in force.
        renews_itself: whether it goes on without a word.
        ours, theirs: names of the sides, each as written.
    """

    title: str
    title_en: str = ""
    kind: str = ""
    number: str = ""
    field: str = ""
    level: str = ""
    event: str = ""
    occasion: Event | None = None
    signed_on: dt.date | None = None
    valid_to: dt.date | None = None
    renews_itself: bool | None = None
    ours: Sequence[str] = ()
    theirs: Sequence[str] = ()


class TwinAgreement(Refused):
    """One that looks the same is there already; counting it twice is what the register prevents."""

    def __init__(self, twins: list[Agreement]) -> None:
        names = "; ".join(f"“{one.title}”" for one in twins[:3])
        super().__init__(
            _("One that looks the same is recorded already: %(names)s. Say if it is another.")
            % {"names": names}
        )
        self.twins = twins


@action("delivery.save_agreement", may=can_add_documents)
def save_agreement(
    actor: User | None,
    *,
    document: Document,
    fields: AgreementFields,
    agreement: Agreement | None = None,
    statement: Statement | None = None,
    is_another: bool = False,
    seen: int | None = None,
) -> Agreement:
    """Record an agreement a document tells of, or mend one.

    Source: Law 70/2020/QH14 for what counts as an international agreement of ours: each text once,
    whoever reports it.
    Args:
        document: what it rests on; of one that is there already, its own.
        agreement: the one to mend; None makes one.
        statement: the accepted sentence that tells of it.
        is_another: the person says that it is not the one that looks the same.
        seen: the version the person had before them.
    Raises:
        PermissionDenied: the document is not theirs to add to.
        TwinAgreement: one of the same name, sides and day is there.
        Refused: no title or side, days that run backward or do not go with its stages, a side left
            out of which a stage stands, or somebody changed it meanwhile.
    """
    row = _row_of(actor, agreement, document, seen)
    _check(fields)
    sides = [
        (name, read_side(name, on=fields.signed_on), ours)
        for ours, names in ((True, fields.ours), (False, fields.theirs))
        for name in dict.fromkeys(" ".join(one.split()) for one in names)
        if name
    ]
    if not any(ours for _n, _s, ours in sides) or all(ours for _n, _s, ours in sides):
        raise Refused(_("Name at least one side of ours and one of the partner."))
    for name in _KEPT:
        setattr(row, name, getattr(fields, name).strip())
    before = row.signed_on
    row.occasion, row.signed_on = fields.occasion, fields.signed_on
    row.valid_to, row.renews_itself = fields.valid_to, fields.renews_itself
    names = [row.title, row.title_en, row.number, row.field, row.event, *(s[0] for s in sides)]
    row.folded = fold(" ".join(names))
    refs = {side.ref for _n, side, ours in sides if side.ref and not ours}
    if agreement is None and not is_another and (twins := twins_of(actor, row, refs)):
        raise TwinAgreement(twins)
    is_new = row.pk is None
    if statement is not None:
        row.statement = statement
    row.version += 1
    row.save()
    _put_sides(row, sides)
    moved = is_new or before != row.signed_on
    gone = _follow_signing(actor, row, before) if moved else []
    days = [day and day.isoformat() for day in (before, row.signed_on)]
    record_action(
        row,
        detail={
            "title": row.title,
            "new": is_new,
            "changed": {"signed_on": days},
            "stages_taken_back": gone,
        },
    )
    return row


def _follow_signing(actor: User | None, row: Agreement, before: dt.date | None) -> list[int]:
    """Let the stages tell the day of signing; that of another day is taken back.

    Where the day is taken away and a signing of another day stands, the agreement has that day.
    Args:
        before: the day of signing it had.
    Returns:
        Ids of the stages taken back.
    """
    now, standing = timezone.now(), row.stages.filter(taken_back_at=None)
    wrong = standing.filter(side=None, stage=Stage.SIGNED, on=before)
    gone = list(wrong.order_by("pk").values_list("pk", flat=True))
    wrong.update(taken_back_at=now, taken_back_by=actor)
    if row.signed_on is not None:
        refuse_out_of_order(row, stage=Stage.SIGNED, side=None, on=row.signed_on)
    elif standing.exists():
        row.signed_on = _day_signed(row)
        row.save(update_fields=["signed_on"])
        return gone
    stage = Stage.SIGNED if row.signed_on else Stage.DRAFT
    AgreementStage.objects.create(agreement=row, stage=stage, on=row.signed_on, by=actor, at=now)
    return gone


def _day_signed(row: Agreement) -> dt.date | None:
    """The day of signing the standing stages of the whole tell, the last of several."""
    told = row.stages.filter(taken_back_at=None, side=None, stage=Stage.SIGNED).exclude(on=None)
    return told.aggregate(last=Max("on"))["last"]


def _row_of(
    actor: User | None, agreement: Agreement | None, document: Document, seen: int | None
) -> Agreement:
    if agreement is None:
        require(actor, Duty.ADD, document)
        return Agreement(document=document, recorded_by=actor, recorded_at=timezone.now())
    row = _lock(agreement.pk)
    require(actor, Duty.ADD, row.document)
    _refuse_withdrawn(row)
    if seen is not None and seen != row.version:
        raise AgreementMoved(row)
    return row


def _lock(pk: int) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("document")
    return rows.get(pk=pk)


def _refuse_withdrawn(row: Agreement) -> None:
    if row.withdrawn_at is not None:
        raise Refused(
            _("“%(name)s” was taken out of the register; it is not changed any more.")
            % {"name": row.title}
        )


def _refuse_ahead(on: dt.date | None) -> None:
    if on is not None and on > timezone.localdate():
        raise Refused(_("The day lies in the future; record the stage once it is reached."))


def _check(fields: AgreementFields) -> None:
    if not fields.title.strip():
        raise Refused(_("Give the agreement its title."))
    for name in _KEPT:
        check_fits(Agreement, name, getattr(fields, name).strip())
    levels = Agreement._meta.get_field("level").choices or ()
    if fields.level.strip() and fields.level.strip() not in dict(levels):
        raise Refused(_("“%(found)s” is no level of signing.") % {"found": fields.level[:40]})
    if fields.signed_on and fields.signed_on > timezone.localdate():
        raise Refused(_("The day of signing lies in the future; leave it empty until then."))
    if fields.signed_on and fields.valid_to and fields.valid_to < fields.signed_on:
        raise Refused(_("The last day in force lies before the day of signing."))


def _put_sides(row: Agreement, sides: list) -> None:
    kept = {(one.is_ours, one.as_written): one for one in row.sides.all()}
    for name, side, ours in sides:
        there = kept.pop((ours, name[:300]), None)
        if there is None:
            AgreementSide.objects.create(
                agreement=row, is_ours=ours, as_written=name[:300], ref=side.ref
            )
    for gone in kept.values():
        if gone.stages.filter(taken_back_at=None).exists():
            raise Refused(
                _("A stage is recorded for the side “%(side)s”; take that stage back first.")
                % {"side": gone}
            )
        gone.withdrawn_at = timezone.now()
        gone.save(update_fields=["withdrawn_at"])


@action("delivery.record_stage", may=can_add_documents)
def record_stage(
    actor: User | None,
    *,
    agreement: Agreement,
    stage: Stage,
    side: AgreementSide | None = None,
    on: dt.date | None = None,
    note: str = "",
    document: Document | None = None,
) -> AgreementStage:
    """Say that an agreement reached a stage, on one side or on all; nothing is overwritten.

    Signed is not in force, and in force on one side is not in force: each side has its own rows.
    Args:
        side: None where the source does not tell the sides apart.
        on: the day it was reached; None where it is not known.
        document: what tells of it.
    Raises:
        Refused: the day is ahead or does not go with the stages recorded before, or the side is
            none of the agreement's, or none any more.
    """
    row = _lock(agreement.pk)
    require(actor, Duty.ADD, row.document, *([document] if document else []))
    _refuse_withdrawn(row)
    if stage == Stage.REPLACED:
        raise Refused(_("Say which agreement replaces it."))
    if side is not None and not row.sides.filter(pk=side.pk).exists():
        raise Refused(_("That side is gone; look at the sides again, then record it."))
    _refuse_ahead(on)
    # A draft without a day is one from now on.
    day = timezone.localdate() if on is None and stage == Stage.DRAFT else on
    refuse_out_of_order(row, stage=stage, side=side.pk if side else None, on=day)
    made = AgreementStage.objects.create(
        agreement=row,
        side=side,
        stage=stage,
        on=on,
        note=note.strip()[:500],
        document=document,
        by=actor,
        at=timezone.now(),
    )
    if stage == Stage.SIGNED and side is None and on is not None and row.signed_on is None:
        row.signed_on = on
    row.version += 1
    row.save(update_fields=["signed_on", "version"])
    detail = {"stage": stage, "side": side.as_written if side else "", "on": on and on.isoformat()}
    record_action(row, detail=detail, reason=made.note)
    return made


@action("delivery.take_back_stage", may=can_add_documents)
def take_back_stage(
    actor: User | None, *, stage: AgreementStage, reason: str, seen: int | None = None
) -> AgreementStage:
    """Take back a stage recorded by mistake: its row stays, and counts nowhere any more.

    With the signing goes the day of signing it told, with the replacement what replaces it.
    Args:
        reason: what was wrong.
        seen: the version of the agreement the person had before them.
    Raises:
        PermissionDenied: the document is not theirs to add to; of a replacement, to confirm in.
        Refused: no reason, it is taken back already, or somebody changed the agreement meanwhile.
    """
    row = _lock(stage.agreement_id)
    made = AgreementStage.objects.select_related("side").get(pk=stage.pk)
    require(actor, duty_to_take_back(made), row.document)
    _refuse_withdrawn(row)
    if seen is not None and seen != row.version:
        raise AgreementMoved(row)
    why = " ".join(reason.split())
    if not why:
        raise Refused(_("Say why, in a few words."))
    if made.taken_back_at is not None:
        raise Refused(_("This was taken back already."))
    made.taken_back_at, made.taken_back_by = timezone.now(), actor
    made.taken_back_why = why[:500]
    made.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    if made.stage == Stage.REPLACED:
        row.replaced_by = None
    if made.stage == Stage.SIGNED and made.side_id is None and made.on == row.signed_on:
        row.signed_on = _day_signed(row)
    row.version += 1
    row.save(update_fields=["replaced_by", "signed_on", "version"])
    side = made.side.as_written if made.side else ""
    detail = {"stage": made.stage, "side": side, "on": made.on and made.on.isoformat()}
    record_action(row, detail=detail, reason=made.taken_back_why)
    return made


@action("delivery.replace_agreement", may=can_confirm)
def replace_agreement(
    actor: User | None, *, agreement: Agreement, by: Agreement, on: dt.date | None = None
) -> Agreement:
    """Say which agreement replaces another; its commitments stay with it until a person moves them.

    Raises:
        Refused: it would replace itself, or the two would replace each other; one is out of the
            register, or the old one is replaced already; the day is ahead or does not go with the
            stages recorded before.
    """
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("document")
    found = {row.pk: row for row in rows.filter(pk__in=[agreement.pk, by.pk]).order_by("pk")}
    if len(found) != 2:
        raise Refused(_("Choose another agreement."))
    old, new = found[agreement.pk], found[by.pk]
    require(actor, Duty.CONFIRM, old.document)
    _refuse_withdrawn(old)
    _refuse_withdrawn(new)
    if old.replaced_by is not None:
        raise Refused(_("“%(name)s” replaces it already.") % {"name": old.replaced_by.title})
    _refuse_ahead(on)
    refuse_out_of_order(old, stage=Stage.REPLACED, side=None, on=on)
    step: Agreement | None = new
    while step is not None:
        if step.pk == old.pk:
            raise Refused(_("The two would replace each other."))
        step = step.replaced_by
    old.replaced_by = new
    old.version += 1
    old.save(update_fields=["replaced_by", "version"])
    AgreementStage.objects.create(
        agreement=old, stage=Stage.REPLACED, on=on, by=actor, at=timezone.now()
    )
    record_action(old, detail={"by": new.pk, "title": new.title})
    return old


@action("delivery.withdraw_agreement", may=can_confirm)
def withdraw_agreement(actor: User | None, *, agreement: Agreement, reason: str) -> Agreement:
    """Take an agreement out of the register, keeping its row; commitments in it keep theirs.

    Raises:
        Refused: no reason, or it is out already.
    """
    row = _lock(agreement.pk)
    require(actor, Duty.CONFIRM, row.document)
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    if row.withdrawn_at is not None:
        raise Refused(_("It is out of the register already."))
    row.withdrawn_at = timezone.now()
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])
    record_action(row, detail={"title": row.title}, reason=reason.strip())
    return row
