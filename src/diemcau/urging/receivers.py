"""Who hears of something: the people of a body by their roles, and up the ladder where none is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone

from diemcau.accounts.models import Delegation, Grant, Role, User
from diemcau.accounts.rules import in_force
from diemcau.delivery.models import Task
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.urging.models import Audience

__all__ = ["Receivers"]

_DESK = (Role.COORDINATOR, Role.SECRETARIAT)


class Receivers:
    """The people of every body today, read once.

    Somebody who stands in for an absent person hears beside them.
    Args:
        documents: ids of the documents that messages will rest on.
    """

    def __init__(self, documents: Iterable[int]) -> None:
        self._documents = set(documents)
        self._visible: dict[int, set[int]] = {}
        self._parents: dict[int, int | None] = dict(Body.objects.values_list("pk", "parent"))
        self._people: dict[tuple[int | None, str], list[User]] = defaultdict(list)
        today = timezone.localdate()
        users = {one.pk: one for one in User.objects.filter(is_active=True)}
        grants = Grant.objects.filter(in_force(today), person__is_active=True)
        rows = list(grants.order_by("pk").values_list("pk", "body", "role", "person"))
        lent = defaultdict(list)
        for grant, to in Delegation.objects.filter(in_force(today)).values_list("grant", "to"):
            lent[grant].append(to)
        for pk, body, role, person in rows:
            for one in (person, *lent[pk]):
                if one in users and users[one] not in self._people[body, role]:
                    self._people[body, role].append(users[one])

    def of(self, task: Task, body: int | None, to: str, *, but: int | None = None) -> list[User]:
        """Who hears of a task of a body on a step of the ladder, and may see it.

        Where the step has nobody who sees the task, the next one up that has.
        Args:
            body: id in the directory; None is the desk.
            to: an `Audience`.
            but: id of a person who may not settle it, as who reported a result.
        """
        for level in self._levels(body, to):
            if found := [one for one in level if one.pk != but and self._sees(one, task)]:
                return found
        return []

    def _levels(self, body: int | None, to: str) -> Iterator[list[User]]:
        chain: list[int] = []
        at = body
        while at is not None and at not in chain and to != Audience.DESK:
            chain.append(at)
            at = self._parents.get(at)
        for one in chain[1:] if to == Audience.PARENT else chain:
            if to == Audience.REPORTER:
                yield self._people[one, Role.REPORTER]
            yield self._people[one, Role.APPROVER]
            yield [p for role in _DESK for p in self._people[one, role]]
        yield [p for role in _DESK for p in self._people[None, role]]
        yield self._people[None, Role.ADMINISTRATOR]

    def _sees(self, person: User, task: Task) -> bool:
        if person.pk not in self._visible:
            rows = Document.objects.filter(seen(person, "pk"), pk__in=self._documents)
            self._visible[person.pk] = set(rows.values_list("pk", flat=True))
        return task.document_id in self._visible[person.pk]
