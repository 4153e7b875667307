"""Which body gave a task and judges it: the issuer of the order, never merely who keeps the text.

`docs/decisions/0043-who-gave-it.md`.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from diemcau.delivery.models import AssignmentRole, Task
from diemcau.directory.models import Body
from diemcau.directory.reach import reached_refs
from diemcau.directory.resolution import local_bearers, resolve_name
from diemcau.documents.issuer import letterhead_of
from diemcau.documents.models import Document
from vanban.letters import fold

__all__ = ["Givers", "settle_giver"]

_SPEAKS_FOR = {"government": "government-office"}
"""Whose people act on orders of the Government and its leaders: the Government Office issues the
notices of their conclusions ("65/TB-VPCP") and follows them up."""


class Givers:
    """Finds who gave tasks; each body is looked up once.

    Args:
        issuers: all the names that will be asked about.
    """

    def __init__(self, issuers: Iterable[str]) -> None:
        names = {one for one in issuers if one}
        self._local = local_bearers(names) if names else {}
        self._bodies: dict[str, Body | None] = {}
        self._reached: dict[str, set[str]] = {}
        self._heads: dict[int, str] = {}

    def of(
        self,
        issuer: str,
        *,
        on: dt.date | None,
        document: Document,
        doers: Collection[str],
        read_issuer: str = "",
    ) -> int | None:
        """Id of the body that gave a task.

        A body that keeps the document gave the task only where the text says so, or where all who
        are to do it stand below that body; it decides for nobody above or beside it.
        Args:
            issuer: as the order names them; "" if nobody said.
            on: the day it was given.
            document: what the task rests on, with its owner at hand.
            doers: ids of the bodies it is given to, "" of one the directory does not know, and of a
                collective that may be anybody.
            read_issuer: what the reading found, before a person put something else.
        Returns:
            None where nobody knows: the installation's desk decides then.
        """
        named = self._named(issuer, on)
        if issuer and named is None:
            return None
        owner = document.owner
        if named is not None:
            is_own = owner is not None and named.ref in self._reach(owner)
            if (
                not is_own
                or fold(issuer) == fold(read_issuer)
                or self._head(document, on) == named.ref
            ):
                return named.pk
        keeper = named or owner
        if keeper is None or not set(doers) <= self._reach(keeper):
            return None
        return keeper.pk

    def _named(self, issuer: str, on: dt.date | None) -> Body | None:
        if not issuer:
            return None
        kinds, day = ("body", "office"), on or timezone.localdate()
        found = resolve_name(issuer, on=day, kinds=kinds, local=self._local).id or ""
        ref = found.rpartition("@")[2]
        ref = _SPEAKS_FOR.get(ref, ref)
        if ref not in self._bodies:
            self._bodies[ref] = Body.objects.filter(ref=ref).first() if ref else None
        return self._bodies[ref]

    def _reach(self, body: Body) -> set[str]:
        if body.ref not in self._reached:
            self._reached[body.ref] = reached_refs(body.ref)
        return self._reached[body.ref]

    def _head(self, document: Document, on: dt.date | None) -> str:
        """Id of the body whose letterhead stands over a document."""
        if document.pk not in self._heads:
            self._heads[document.pk] = letterhead_of(document, on=on)
        return self._heads[document.pk]


def settle_giver(task: Task) -> None:
    """Keep beside a task the body that gave it; a part was given by who split or passed it on."""
    if task.parent_id is not None:
        return
    read: dict[str, Any] = task.statement.data if task.statement is not None else {}
    # A collective nobody expanded may be anybody: it counts as a body that is not known.
    standing = task.assignments.filter(ended_at=None, completion="")
    giver = Givers([task.issuer]).of(
        task.issuer,
        on=task.said_on,
        document=task.document,
        doers=set(standing.exclude(role=AssignmentRole.FOLLOWING).values_list("body", flat=True)),
        read_issuer=read.get("issuer") or "",
    )
    if giver != task.assigner_id:
        task.assigner_id = giver
        task.save(update_fields=["assigner"])
