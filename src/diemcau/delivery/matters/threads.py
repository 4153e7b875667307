"""Threads: the statements confirmed echoes tie together, kept as the echoes say."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.delivery.matters.reported import settle_reports
from diemcau.delivery.models import Echo, EchoState, Saying, Thread
from diemcau.documents.models import Statement
from diemcau.documents.order import said_order

__all__ = ["retie"]


def retie(statements: Iterable[Statement], *, by: User | None) -> None:
    """Make the threads of these statements what the confirmed echoes say they are.

    A thread is one connected group of confirmed echoes. It keeps its row as long as its earliest
    statement stays in it; a group that fell apart gets new threads for its other parts. What the
    reports among them say is told of the orders they are tied to, and of no other.

    Args:
        by: who decided on the echoes.
    Raises:
        PermissionDenied: an order that is not theirs would forget what was reported of it.
    """
    todo = {s.pk for s in statements}
    old = set(Saying.objects.filter(statement__in=todo).values_list("thread", flat=True))
    todo |= set(Saying.objects.filter(thread__in=old).values_list("statement", flat=True))
    groups: list[set[int]] = []
    while todo:
        group = _reach(todo.pop())
        todo -= group
        groups.append(group)
    everyone = set().union(*groups)
    held = dict(Saying.objects.filter(statement__in=everyone).values_list("statement", "thread"))
    Saying.objects.filter(statement__in=everyone).delete()
    rows = Statement.objects.filter(pk__in=everyone).select_related("document").in_bulk()
    used: set[int] = set()
    for group in groups:
        if len(group) > 1:
            members = sorted((rows[pk] for pk in group), key=said_order)
            kept = next((held[m.pk] for m in members if held.get(m.pk) not in {None, *used}), None)
            thread = _thread(members[0], kept)
            used.add(thread.pk)
            Saying.objects.bulk_create(Saying(thread=thread, statement=m) for m in members)
    Thread.objects.filter(pk__in=set(held.values()) - used).delete()
    settle_reports(groups, by=by, untied=True)


def _thread(first: Statement, kept: int | None) -> Thread:
    title = (first.values.get("action") or first.quote)[:500]
    if kept is None:
        return Thread.objects.create(title=title, opened_at=timezone.now())
    Thread.objects.filter(pk=kept).update(title=title)
    return Thread.objects.get(pk=kept)


def _reach(start: int) -> set[int]:
    """Every statement tied to one by confirmed echoes, itself included."""
    group, edge = {start}, {start}
    while edge:
        pairs = Echo.objects.filter(
            Q(earlier__in=edge) | Q(later__in=edge), state=EchoState.CONFIRMED
        ).values_list("earlier", "later")
        edge = {pk for pair in pairs for pk in pair} - group
        group |= edge
    return group
