"""One-time links by which who benefits says whether a result is there."""

import datetime as dt
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, IdField, answers
from diemcau.api.following.rows import Versioned, done_by, listed, of_task, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.delivery import actions
from diemcau.delivery.models import Confirmation, Received, Without

router = Router(tags=["what became of it"])


class ConfirmationOut(Schema):
    """A link, whom it was made for, and what they answered."""

    id: int
    task: int
    asked_of: str
    by: str | None
    body: str | None
    at: dt.datetime
    expires_at: dt.datetime
    ended_at: dt.datetime | None
    answered_at: dt.datetime | None
    verdict: Received | None
    without: Without | None
    words: str
    evidence: int | None


class Link(ConfirmationOut):
    """A link just made."""

    link: str = Field(description="Told this once; nobody can read it again. No mail is sent.")


class AskIn(Versioned):
    """Who benefits, and is asked."""

    asked_of: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
    instead_of: IdField | None = Field(None, description="An open link that ends with it.")


@router.get(
    "/tasks/{int:pk}/confirmations",
    response=answers(Page[ConfirmationOut]),
    summary=_("Whom one asked whether the result is there, and what they answered"),
)
def task_confirmations(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, _rows(), _told)


@router.post(
    "/tasks/{int:pk}/confirmations",
    response=answers(Link, status=201, writes=True),
    summary=_("Make a one-time link for who benefits; the answer tells it once"),
)
@sensitive_variables("secret", "link")
def task_ask(request: HttpRequest, pk: Id, said: AskIn, response: HttpResponse) -> Any:
    task_of(request, pk)
    made, secret = actions.ask_confirmation(
        request.auth,
        task=pk,
        asked_of=said.asked_of,
        instead_of=said.instead_of,
        seen=said.version,
    )
    address = reverse("confirmation_answer", args=[secret])
    link = settings.SITE_URL + address if settings.SITE_URL else request.build_absolute_uri(address)
    response["Cache-Control"] = "no-store"
    return Status(201, {**_told(_rows().get(pk=made.pk)), "link": link})


@router.post(
    "/confirmations/{int:pk}/end",
    response=answers(ConfirmationOut, writes=True),
    summary=_("Let a link nobody answered be good no more"),
)
def confirmation_end(request: HttpRequest, pk: Id) -> Any:
    of_task(request, _rows(), pk)
    actions.end_confirmation(request.auth, confirmation=pk)
    return _told(_rows().get(pk=pk))


def _rows() -> Any:
    return Confirmation.objects.select_related("asked_by", "body")


def _told(row: Confirmation) -> dict[str, Any]:
    return {
        **same(row, ("asked_of", "expires_at", "ended_at", "answered_at", "words")),
        **done_by(row, row.asked_by, row.asked_at),
        "task": row.task_id,
        "verdict": row.verdict or None,
        "without": row.without or None,
        "evidence": row.evidence_id,
    }
