"""What a person typed of agreements and events, made into values or into a refusal."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from diemcau.accounts.rules import Duty
from diemcau.delivery.models import Agreement
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, kept_for, library_of, may_do, seen
from diemcau.engagements.models import Event
from diemcau.engagements.queries import list_events
from diemcau.web.days import read_typed_day
from diemcau.web.filters import id_of

__all__ = [
    "Typed",
    "choices_of_agreements",
    "choices_of_documents",
    "choices_of_events",
    "chosen_agreement",
    "chosen_event",
    "read_chosen_document",
    "read_day_typed",
    "unseen",
]

M = TypeVar("M", bound=Model)

_OFFERED = 100
"""Documents or events a choice offers, the newest first; another is reached from its own page."""


class Typed(ValueError):
    """What was typed is none of what the field takes; says what was found."""


def read_day_typed(typed: QueryDict, name: str, label: str) -> dt.date | None:
    """A day typed as the browser's field gives it, or as 20/12/2024; None where nothing was.

    Raises:
        Typed: it is no day.
    """
    text = typed.get(name, "").strip()
    try:
        return read_typed_day(text)
    except ValueError:
        raise Typed(
            _("%(label)s: “%(text)s” is no day; write it as 20/12/2024.")
            % {"label": label, "text": text[:30]}
        ) from None


def read_chosen_document(request: HttpRequest) -> Document:
    """The document chosen in a form.

    Raises:
        Typed: none was, or none the person may see; or another body keeps it.
    """
    pk = id_of(request.POST.get("document"))
    found = library_of(request.user).filter(pk=pk).first() if pk else None
    if found is None:
        raise Typed(_("Choose the document that tells of it."))
    if not may_do(request.user, Duty.ADD, found):
        raise Typed(
            _(
                "“%(document)s” is kept by %(owner)s, whose people record what it tells. Choose a"
                " document of your body, or add one."
            )
            % {"document": found, "owner": found.owner or _("the secretariat")}
        )
    return found


def choices_of_documents(by: Reader, *, chosen: int | None = None) -> list[Document]:
    """The documents a form offers that a person may add to: the one chosen, then the newest."""
    mine = library_of(by).filter(kept_for(by, Duty.ADD, "")).order_by("-added_at")
    return _offered(mine.only("pk", "title", "name"), chosen)


def choices_of_events(by: Reader, *, chosen: int | None = None) -> list[Event]:
    """The events a form offers: the one chosen, however old, then the latest."""
    return _offered(list_events(by), chosen)


def choices_of_agreements(by: Reader, *, chosen: int | None = None) -> list[Agreement]:
    """The agreements a form offers: the one chosen, however old, then the latest."""
    return _offered(_agreements(by), chosen)


def unseen(held: int | None, offered: Iterable[Model]) -> int | None:
    """Id of what is tied there already, where the person does not see it among what is offered."""
    return None if held in {one.pk for one in offered} else held


def chosen_event(by: Reader, text: str | None, *, held: Event | None = None) -> Event | None:
    """The event chosen; None where none was, or none the person may see.

    Args:
        held: the one there is now, which may stay where the person does not see it.
    """
    return _chosen(list_events(by), text, held)


def chosen_agreement(
    by: Reader, text: str | None, *, held: Agreement | None = None
) -> Agreement | None:
    """The agreement chosen; None where none was, or none the person may see.

    Args:
        held: as of `chosen_event`.
    """
    return _chosen(_agreements(by), text, held)


def _agreements(by: Reader) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(seen(by), withdrawn_at=None)
    return rows.order_by("-signed_on", "-pk")


def _offered(rows: QuerySet[M], chosen: int | None) -> list[M]:
    first = list(rows.filter(pk=chosen)) if chosen else []
    return first + list(rows.exclude(pk=chosen)[:_OFFERED])


def _chosen(rows: QuerySet[M], text: str | None, held: M | None) -> M | None:
    pk = id_of(text)
    if held is not None and held.pk == pk:
        return held
    return rows.filter(pk=pk).first() if pk else None
