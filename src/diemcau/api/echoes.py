"""What was said again: proposals with a person's decision, and the threads they became."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.fields import Anchor, Id, anchor_of, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.delivery import queries
from diemcau.delivery.actions import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.models import Echo, EchoState, Thread
from diemcau.documents.models import LIVE, Statement
from diemcau.documents.order import said_order
from diemcau.documents.rules import seen

router = Router(tags=["said again"])


class EchoOut(Schema):
    """Two statements that may be one matter said again, and why."""

    id: int
    state: EchoState
    score: float = Field(description="Share of telling words the two have in common, 0..1.")
    shared: str = Field(description="The longest run of words both have.")
    shared_syllables: int
    earlier: Anchor
    later: Anchor
    decided_at: dt.datetime | None


class EchoDecision(Schema):
    """What a person makes of a proposal."""

    decision: Literal["confirm", "dismiss", "reopen"]


class Saying(Schema):
    """One statement of a thread."""

    said_on: dt.date | None
    task: int | None
    source: Anchor


class ThreadOut(Schema):
    """The same matter over several conferences."""

    id: int
    title: str = Field(description="How it was first said, where the person may see it.")
    opened_at: dt.datetime
    times_said: int


class ThreadWhole(ThreadOut):
    """A thread with its statements, oldest first."""

    sayings: list[Saying]


class _Asked(Schema):
    state: EchoState = EchoState.PROPOSED


_STRONGEST = (
    *(Key("same_day"), Key("n_shared", descending=True)),
    *(Key("score", descending=True), Key("pk")),
)


def threads_for(request: HttpRequest) -> QuerySet[Thread]:
    """The threads the person may see, each with in how many documents it is said."""
    holds = Q(sayings__statement__state__in=LIVE)
    said = Count(
        "sayings__statement__document",
        filter=holds & seen(request.auth, "sayings__statement__document"),
        distinct=True,
    )
    return Thread.objects.annotate(n_said=said).filter(n_said__gt=0)


@router.get(
    "/echoes",
    response=answers(Page[EchoOut]),
    summary=_("List what may have been said again, the strongest reason first"),
)
def echoes(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    found = cut(queries.list_echoes(request.auth, asked.state), _STRONGEST, page)
    found["items"] = [_told(row) for row in found["items"]]
    return found


@router.get("/echoes/{int:pk}", response=answers(EchoOut), summary=_("One matter said again"))
def echo(request: HttpRequest, pk: Id) -> Any:
    return _told(_echo(request, pk))


_DECISIONS: Mapping[str, Callable[..., Echo]] = {
    "confirm": confirm_echo,
    "dismiss": dismiss_echo,
    "reopen": reopen_echo,
}


@router.post(
    "/echoes/{int:pk}/decision",
    response=answers(EchoOut, writes=True),
    summary=_("Confirm, dismiss or reopen that a matter was said again"),
)
def decide_echo(request: HttpRequest, pk: Id, said: EchoDecision) -> Any:
    _DECISIONS[said.decision](request.auth, echo=_echo(request, pk))
    return _told(_echo(request, pk))


@router.get(
    "/threads",
    response=answers(Page[ThreadOut]),
    summary=_("List matters said again and confirmed, the newest first"),
)
def threads(request: HttpRequest, page: Cut) -> Any:
    found = cut(threads_for(request), (Key("pk", descending=True),), page)
    first = _first_words(request, [row.pk for row in found["items"]])
    return {**found, "items": [_thread(row, first[row.pk]) for row in found["items"]]}


@router.get(
    "/threads/{int:pk}",
    response=answers(ThreadWhole),
    summary=_("One matter with everything said of it, oldest first"),
)
def thread(request: HttpRequest, pk: Id) -> Any:
    row = get_object_or_404(threads_for(request), pk=pk)
    said = queries.list_sayings(request.auth, row)
    sayings = [
        {
            "said_on": s.document.spoken_on,
            "task": s.task.pk if hasattr(s, "task") and s.task.withdrawn_at is None else None,
            "source": anchor_of(s),
        }
        for s in said
    ]
    return {**_thread(row, said[0].quote), "sayings": sayings}


def _first_words(request: HttpRequest, threads: list[int]) -> dict[int, str]:
    """How each matter was first said, as far as the person may see: that names it for them."""
    rows = Statement.objects.filter(
        seen(request.auth), saying__thread__in=threads, state__in=LIVE
    ).select_related("document", "saying")
    found: dict[int, str] = {}
    for statement in sorted(rows, key=said_order):
        found.setdefault(statement.saying.thread_id, statement.quote)
    return found


def _thread(row: Any, words: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": " ".join(words.split()),
        "opened_at": row.opened_at,
        "times_said": row.n_said,
    }


def _echo(request: HttpRequest, pk: int) -> Echo:
    both = seen(request.auth, "earlier__document") & seen(request.auth, "later__document")
    rows = Echo.objects.select_related("earlier__document", "later__document")
    return get_object_or_404(rows, both, pk=pk)


def _told(row: Echo) -> dict[str, Any]:
    return {
        "id": row.pk,
        "state": row.state,
        "score": row.score,
        "shared": row.shared,
        "shared_syllables": row.n_shared,
        "earlier": anchor_of(row.earlier),
        "later": anchor_of(row.later),
        "decided_at": row.decided_at,
    }
