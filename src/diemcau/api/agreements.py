"""Agreements with the stage of each side on a day, and commitments signed or only said."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.events import seen_document, seen_event
from diemcau.api.fields import Id, IdField, LongText, Text, Version, Words, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.api.tasks import TaskOut, one_task, tasks_for
from diemcau.delivery import actions
from diemcau.delivery.actions import AgreementFields
from diemcau.delivery.agreements import AgreementFilter, list_agreements, stage_on
from diemcau.delivery.models import Agreement, AgreementStage, PromiseForm, Stage
from diemcau.documents.rules import seen
from diemcau.engagements.models import Event

router = Router(tags=["agreements"])

_Level = Literal["", "state", "government", "ministry", "province", "other"]
_Title = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]


class SideOut(Schema):
    """One side of an agreement and the stage it reached by the day."""

    id: int
    is_ours: bool
    as_written: str
    ref: str | None = Field(description="Of the body or the partner in the directory.")
    stage: Stage | None = Field(description="Null if nobody told of this side alone.")
    stage_on: dt.date | None


class StageOut(Schema):
    """A stage that was recorded; one taken back counts nowhere."""

    id: int
    stage: Stage
    side: int | None = Field(description="Null: the whole, or the sides are not told apart.")
    side_as_written: str = Field(description="Of a side that was taken out too; empty: the whole.")
    on: dt.date | None
    note: str
    recorded_at: dt.datetime
    taken_back_at: dt.datetime | None
    taken_back_why: str


class AgreementOut(Schema):
    """One agreement, with its stage on the day asked about."""

    id: int
    version: int
    title: str
    title_en: str
    kind: str
    number: str
    field: str
    level: str
    document: int
    event: str
    occasion: int | None = Field(description="Its event; null too where it is not seen.")
    signed_on: dt.date | None
    valid_to: dt.date | None
    renews_itself: bool | None
    replaced_by: int | None = Field(description="Null too where the person may not see it.")
    stage: Stage | None = Field(description="Null if nothing was known of it by the day.")
    in_force_for: int = Field(description="Sides for which it is in force.")
    sides: list[SideOut]
    stages: list[StageOut] = Field(description="As they stand now, those of later days too.")
    commitments: int = Field(description="How many the person may see.")


class AgreementIn(Schema):
    """What is known of an agreement; "" and null are “not known”."""

    title: _Title
    title_en: _Title = ""
    kind: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    number: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    field: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    level: _Level = ""
    event: Text = ""
    occasion: IdField | None = None
    signed_on: dt.date | None = None
    valid_to: dt.date | None = None
    renews_itself: bool | None = None
    ours: list[Text] = Field([], max_length=100, description="Names of our sides.")
    theirs: list[Text] = Field([], max_length=100, description="Names of the other sides.")


class AgreementNew(AgreementIn):
    """An agreement a document tells of."""

    document: IdField
    is_another: bool = Field(False, description="Another than the one that looks the same.")


class AgreementEdit(AgreementIn):
    """An agreement as it is to be: every field is written."""

    version: Version


class StageIn(Schema):
    """A stage reached."""

    stage: Stage
    side: IdField | None = Field(None, description="Of that side; of the whole without it.")
    on: dt.date | None = None
    note: Text = ""


class TakeBackIn(Schema):
    """What was wrong with a stage."""

    reason: Text
    version: Version


class ReplaceIn(Schema):
    """What stands in its place."""

    by: IdField
    on: dt.date | None = None


class WithdrawIn(Schema):
    """Why it does not belong in the register."""

    reason: Text


class CommitmentIn(Schema):
    """A commitment a person read in a document."""

    document: IdField
    content: LongText
    form: PromiseForm = PromiseForm.UNKNOWN
    parties: list[Text] = Field([], max_length=100)
    counterparts: list[Text] = Field([], max_length=100)
    said_on: dt.date | None = None
    deadline: Text = Field("", description="2026-06-30, 2026-H1, 2026.")
    timeline: Text = ""
    place: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")] = ""
    agreement: IdField | None = None
    event: IdField | None = None


class PlaceIn(Schema):
    """Where a commitment was made; null takes the tie away."""

    version: Version
    agreement: IdField | None
    event: IdField | None
    timeline: Text | None = Field(None, description="Left as it is without it.")


class _Asked(Schema):
    stage: Stage | Literal["unknown"] | None = None
    partner: Text = Field("", description="Ref of a side that is theirs.")
    body: Text = Field("", description="Ref of a side that is ours.")
    level: _Level = ""
    year: int | None = Field(None, ge=1, le=9999)
    expiring: bool = Field(False, description="Only what ends within 180 days.")
    unfollowed: bool = Field(False, description="Only what is signed, with no commitment in it.")
    words: Words = ""
    on: dt.date | None = Field(None, description="The day of the stages; today without it.")


class _On(Schema):
    on: dt.date | None = Field(None, description="Today without it.")


LATEST_SIGNED = (Key("signed_on", descending=True, nullable=True), Key("pk", descending=True))
_RELATED = ("sides", Prefetch("stages", AgreementStage.objects.select_related("side")))


@router.get("/agreements", response=answers(Page[AgreementOut]), summary=_("List agreements"))
def agreements(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    on = _day(asked.on)
    wanted = AgreementFilter(**{**asked.dict(exclude={"on"}), "stage": asked.stage or ""})
    rows = list_agreements(request.auth, wanted, on=on).prefetch_related(*_RELATED)
    found = cut(rows, LATEST_SIGNED, page)
    return {**found, "items": _all_told(request, found["items"], on)}


@router.get(
    "/agreements/{int:pk}",
    response=answers(AgreementOut),
    summary=_("One agreement with the stage of each side on a day"),
)
def agreement(request: HttpRequest, pk: Id, asked: Query[_On]) -> Any:
    return _one(request, pk, asked.on)


@router.post(
    "/agreements",
    response=answers(AgreementOut, status=201, writes=True),
    summary=_("Record an agreement that a document tells of"),
)
def agreement_add(request: HttpRequest, said: AgreementNew) -> Any:
    made = actions.save_agreement(
        request.auth,
        document=seen_document(request, said.document),
        fields=_fields(request, said),
        is_another=said.is_another,
    )
    return Status(201, _one(request, made.pk))


@router.post(
    "/agreements/{int:pk}",
    response=answers(AgreementOut, writes=True),
    summary=_("Correct an agreement"),
)
def agreement_edit(request: HttpRequest, pk: Id, said: AgreementEdit) -> Any:
    row = _found(request, pk)
    actions.save_agreement(
        request.auth,
        document=row.document,
        fields=_fields(request, said),
        agreement=row,
        seen=said.version,
    )
    return _one(request, pk)


@router.post(
    "/agreements/{int:pk}/stages",
    response=answers(AgreementOut, writes=True),
    summary=_("Record that an agreement, or one side of it, reached a stage"),
)
def agreement_stage(request: HttpRequest, pk: Id, said: StageIn) -> Any:
    row = _found(request, pk)
    side = None
    if said.side is not None:
        side = row.sides.filter(pk=said.side).first()
        if side is None:
            raise Refused("body.side", said.side, say("a side of this agreement"))
    actions.record_stage(
        request.auth, agreement=row, stage=said.stage, side=side, on=said.on, note=said.note
    )
    return _one(request, pk)


@router.post(
    "/agreements/{int:pk}/stages/{int:stage}/take-back",
    response=answers(AgreementOut, writes=True),
    summary=_("Take back a stage recorded by mistake; its row stays"),
)
def agreement_stage_take_back(request: HttpRequest, pk: Id, stage: Id, said: TakeBackIn) -> Any:
    reached = get_object_or_404(_found(request, pk).stages, pk=stage)
    actions.take_back_stage(request.auth, stage=reached, reason=said.reason, seen=said.version)
    return _one(request, pk)


@router.post(
    "/agreements/{int:pk}/replacement",
    response=answers(AgreementOut, writes=True),
    summary=_("Say which agreement replaces this one"),
)
def agreement_replace(request: HttpRequest, pk: Id, said: ReplaceIn) -> Any:
    other = _seen_agreement(request, said.by, "body.by")
    actions.replace_agreement(request.auth, agreement=_found(request, pk), by=other, on=said.on)
    return _one(request, pk)


@router.post(
    "/agreements/{int:pk}/withdraw",
    response=answers(AgreementOut, writes=True),
    summary=_("Take an agreement out of the register; the answer is its last state"),
)
def agreement_withdraw(request: HttpRequest, pk: Id, said: WithdrawIn) -> Any:
    told = _one(request, pk)
    made = actions.withdraw_agreement(
        request.auth, agreement=_found(request, pk), reason=said.reason
    )
    return {**told, "version": made.version}


@router.post(
    "/commitments",
    response=answers(TaskOut, status=201, writes=True),
    summary=_("Record a commitment and the task of keeping it"),
)
def commitment_add(request: HttpRequest, said: CommitmentIn) -> Any:
    values = said.dict(exclude={"document", "agreement", "event"})
    made = actions.write_commitment(
        request.auth,
        document=seen_document(request, said.document),
        agreement=_seen_agreement(request, said.agreement, "body.agreement"),
        occasion=seen_event(request, said.event, "body.event"),
        **values,
    )
    return Status(201, one_task(request, made.task_id))


@router.post(
    "/tasks/{int:pk}/commitment",
    response=answers(TaskOut, writes=True),
    summary=_("Tie the commitment of a task to its agreement and its event"),
)
def commitment_place(request: HttpRequest, pk: Id, said: PlaceIn) -> Any:
    get_object_or_404(tasks_for(request, None), pk=pk, commitment__isnull=False)
    actions.place_commitment(
        request.auth,
        task=pk,
        agreement=_seen_agreement(request, said.agreement, "body.agreement"),
        occasion=seen_event(request, said.event, "body.event"),
        timeline=said.timeline,
        seen_version=said.version,
    )
    return one_task(request, pk)


def _seen_agreement(request: HttpRequest, pk: int | None, where: str) -> Any:
    if pk is None:
        return None
    row = Agreement.objects.filter(seen(request.auth), withdrawn_at=None, pk=pk).first()
    if row is None:
        raise Refused(where, pk, say("an agreement the person may see"))
    return row


def _found(request: HttpRequest, pk: int) -> Agreement:
    rows = Agreement.objects.filter(seen(request.auth), withdrawn_at=None)
    return get_object_or_404(rows.select_related("document"), pk=pk)


def _fields(request: HttpRequest, said: AgreementIn) -> AgreementFields:
    values = {name: getattr(said, name) for name in AgreementIn.model_fields}
    return AgreementFields(
        **{**values, "occasion": seen_event(request, said.occasion, "body.occasion")}
    )


def _day(on: dt.date | None) -> dt.date:
    # "Ends soon" looks half a year ahead, and days end with the year 9999.
    return min(on or timezone.localdate(), dt.date.max - dt.timedelta(days=366))


def _one(request: HttpRequest, pk: int, on: dt.date | None = None) -> dict[str, Any]:
    day = _day(on)
    rows = list_agreements(request.auth, on=day).prefetch_related(*_RELATED)
    (told,) = _all_told(request, [get_object_or_404(rows, pk=pk)], day)
    return told


_SAME = (
    *("version", "title", "title_en", "kind", "number", "field", "level", "event"),
    *("signed_on", "valid_to", "renews_itself"),
)


def _all_told(request: HttpRequest, rows: list[Any], on: dt.date) -> list[dict[str, Any]]:
    occasions = {row.occasion_id for row in rows} - {None}
    after = {row.replaced_by_id for row in rows} - {None}
    events: set[int] = set()
    others: set[int] = set()
    if occasions:
        shown = Event.objects.filter(seen(request.auth), pk__in=occasions)
        events = set(shown.values_list("pk", flat=True))
    if after:
        known = Agreement.objects.filter(seen(request.auth), pk__in=after)
        others = set(known.values_list("pk", flat=True))
    return [_told(row, on, events, others) for row in rows]


def _told(row: Any, on: dt.date, events: set[int], others: set[int]) -> dict[str, Any]:
    life = stage_on(row, on=on)
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _SAME},
        "document": row.document_id,
        "occasion": row.occasion_id if row.occasion_id in events else None,
        "replaced_by": row.replaced_by_id if row.replaced_by_id in others else None,
        "stage": life.stage,
        "in_force_for": life.n_in_force,
        "sides": [
            {
                "id": one.side.pk,
                "is_ours": one.side.is_ours,
                "as_written": one.side.as_written,
                "ref": one.side.ref or None,
                "stage": one.row.stage if one.row else None,
                "stage_on": one.row.on if one.row else None,
            }
            for one in life.sides
        ],
        "stages": [_reached(one) for one in row.stages.all()],
        "commitments": row.n_commitments,
    }


def _reached(row: Any) -> dict[str, Any]:
    same = ("stage", "on", "note", "taken_back_at", "taken_back_why")
    told = {name: getattr(row, name) for name in same}
    side = {"side": row.side_id, "side_as_written": row.side.as_written if row.side else ""}
    return {"id": row.pk, **side, "recorded_at": row.at, **told}
