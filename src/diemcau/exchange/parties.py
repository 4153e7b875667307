"""On which sides of many tasks a person stands: `delivery.rules` for some hundred at once.

A test holds the two together: what is answered here is what `parties_of` answers one by one.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from diemcau.access.rules import covering
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, Held
from diemcau.delivery.models import Handover
from diemcau.delivery.rules import giver
from diemcau.delivery.states import Party
from diemcau.directory.models import Body
from diemcau.directory.queries import is_valid_on, links_by_body, responsible_on
from diemcau.documents.rules import Reader

__all__ = ["Rights"]


class Rights:
    """What one person may do with tasks; each body is asked about once.

    Args:
        by: the person; None is the installation itself, which may do everything.
    """

    def __init__(self, by: Reader) -> None:
        self._by = by
        self._kept: dict[tuple[Duty, int | None], Held | None] = {}
        self._acting: dict[str, int | None] = {}

    def covers(self, duty: Duty, body: int | None) -> bool:
        """Whether they may do this over a body; None is the installation's own desk."""
        return self._by is None or self.held(duty, body) is not None

    def held(self, duty: Duty, body: int | None) -> Held | None:
        """The grant by which they may."""
        if self._by is None:
            return None
        if (duty, body) not in self._kept:
            self._kept[duty, body] = covering(self._by, duty, body)
        return self._kept[duty, body]

    def lender(self) -> User | None:
        """Who lent a right that was needed here, where nothing of their own gave it."""
        lent = {h.lender for h in self._kept.values() if h is not None and h.lender is not None}
        own = any(h is not None and h.lender is None for h in self._kept.values())
        return User.objects.get(pk=min(lent)) if lent and not own else None

    def sides(self, tasks: Iterable[Any]) -> dict[int, dict[Party, int | None]]:
        """The sides on which they stand by task, with the body in whose name they act.

        Args:
            tasks: with document, assigner and `given_now` at hand, and seen by the person.
        """
        tasks = list(tasks)
        if self._by is None:
            return {task.pk: dict.fromkeys(Party) for task in tasks}
        said: dict[int, dict[str, str]] = {}
        for handover in Handover.objects.filter(task__in=[task.pk for task in tasks]):
            said.setdefault(handover.task_id, {})[handover.from_ref] = handover.to_ref
        refs = {
            task.pk: {
                said.get(task.pk, {}).get(one.body, one.body)
                for one in task.given_now
                if one.body and not one.only_follows
            }
            for task in tasks
        }
        self._find_acting(set().union(*refs.values()))
        found: dict[int, dict[Party, int | None]] = {}
        for task in tasks:
            sides: dict[Party, int | None] = {}
            if self.covers(Duty.CONFIRM, giver(task)):
                sides[Party.ASSIGNER] = giver(task)
            bodies = sorted(pk for ref in refs[task.pk] if (pk := self._acting[ref]) is not None)
            acting = next((pk for pk in bodies if self.covers(Duty.ADD, pk)), None)
            if acting is not None or self.covers(Duty.CONFIRM, None):
                sides[Party.ASSIGNEE] = acting
            found[task.pk] = sides
        return found

    def _find_acting(self, refs: set[str]) -> None:
        """Which body acts today for each of some that were given a task."""
        refs -= self._acting.keys()
        if not refs:
            return
        today = timezone.localdate()
        bodies = {one.ref: one for one in Body.objects.filter(ref__in=refs)}
        ended = {ref for ref, one in bodies.items() if not is_valid_on(one, today)}
        after: dict[str, str] = {}
        if ended:
            links = links_by_body()
            for ref in ended:
                after[ref] = responsible_on(ref, today, links=links).responsible or ""
            bodies |= {one.ref: one for one in Body.objects.filter(ref__in=set(after.values()))}
        for ref in refs:
            body = bodies.get(after.get(ref, ref))
            self._acting[ref] = body.pk if body else None
