"""What a role may do, and which roles a person holds on a day.

A person acts by grants: those given to them and those lent to them. Every `can_…` here answers
"somewhere?"; over which bodies is asked where the item is known (`documents.rules`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, FilteredRelation, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemcau.accounts.models import Denial, Grant, Role, User

__all__ = [
    "ROLE_SAYS",
    "Duty",
    "Held",
    "Holdings",
    "asker",
    "can_add_documents",
    "can_confirm",
    "can_manage_accounts",
    "can_read_audit",
    "denied_bodies",
    "held_by",
    "holds",
    "holds_everywhere",
    "in_force",
    "remember_holdings",
    "roles_of",
]


class Duty(StrEnum):
    """What a role lets a person do; seeing is not among them, see `documents.rules`."""

    ADD = "add"
    CONFIRM = "confirm"
    EDIT_DIRECTORY = "edit_directory"
    MANAGE = "manage"
    AUDIT = "audit"


_CONFIRMERS = {Role.APPROVER, Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR}
ROLES_WITH: dict[Duty, set[Role]] = {
    Duty.ADD: _CONFIRMERS | {Role.REPORTER},
    Duty.CONFIRM: _CONFIRMERS,
    Duty.EDIT_DIRECTORY: {Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR},
    Duty.MANAGE: {Role.ADMINISTRATOR},
    Duty.AUDIT: {Role.AUDITOR, Role.ADMINISTRATOR},
}

ROLE_SAYS: dict[Role, Promise] = {
    Role.READER: _("Reads all that is not closed to them; enters nothing, decides nothing."),
    Role.REPORTER: _(
        "Brings documents in; for the body takes tasks on, reports progress and obstacles, attaches"
        " evidence, asks for another deadline. Confirms nothing."
    ),
    Role.APPROVER: _(
        "All a reporter does; confirms what is read in the body's documents, releases its reports,"
        " judges results and deadlines of the tasks it gave."
    ),
    Role.COORDINATOR: _(
        "All an approver does, and is told what nobody below has answered; over the whole"
        " installation also keeps the directory and the rules of urging."
    ),
    Role.SECRETARIAT: _(
        "All a coordinator does; over the whole installation also decides on files held apart."
    ),
    Role.ADMINISTRATOR: _(
        "All a secretariat does; adds people and gives roles over the body; over the whole"
        " installation also reads the log of actions."
    ),
    Role.AUDITOR: _(
        "Reads the log of actions of the whole installation and all that is not closed; changes"
        " nothing."
    ),
}
"""What each role is, in one sentence for who gives or holds it; says the table above in words."""


@dataclass(frozen=True, slots=True)
class Held:
    """A grant a person acts by on a day.

    Args:
        body: id of the body in the directory; None is the whole installation.
        lender: whose grant it is, where it was lent.
        office: id of the post it comes with.
    """

    grant: int
    role: str
    body: int | None
    sees_closed: bool
    lender: int | None = None
    office: int | None = None

    def has(self, duty: Duty) -> bool:
        """Whether its role lets a person do this."""
        return self.role in ROLES_WITH[duty]


Holdings = tuple[tuple[Held, ...], tuple[int, ...]]
"""The grants a person acts by, and the ids of the bodies they are denied."""


def in_force(on: date, prefix: str = "") -> Q:
    """Grants, delegations or denials that hold on a day.

    Args:
        prefix: path to them, "delegations__".
    """
    return Q(**{f"{prefix}revoked_at": None, f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on})
    )


def held_by(person: User, *, on: date | None = None) -> tuple[Held, ...]:
    """The grants a person acts by on a day, those lent to them included.

    What was found for today is kept on the object, which lives as long as the request.
    """
    return _standing(person, on)[0]


def denied_bodies(person: User, *, on: date | None = None) -> tuple[int, ...]:
    """Ids of the bodies a person is denied on a day; kept as `held_by` keeps."""
    return _standing(person, on)[1]


def remember_holdings(person: User, found: Holdings, *, on: date) -> None:
    """Let `held_by` and `denied_bodies` answer by what was found for a day, on this object."""
    person.__dict__["_standing"] = (on, found)


def asker(by: User | None) -> tuple[object, ...]:
    """All that what a person sees today depends on, beside the rows: for answers that are kept."""
    today = timezone.localdate()
    return (today,) if by is None else (today, by.pk, held_by(by), denied_bodies(by))


def _standing(person: User, on: date | None) -> Holdings:
    """What is granted and what is denied, in one statement."""
    today = timezone.localdate()
    on = on or today
    kept = person.__dict__.get("_standing")
    if kept and kept[0] == on:
        return kept[1]
    held: list[Held] = []
    denied: list[int] = []
    for kind, pk, role, body, closed, owner, office in (
        _rows(person, on) if person.is_active else ()
    ):
        if kind == _DENIED:
            denied.append(body)
        else:
            lender = None if owner == person.pk else owner
            held.append(Held(pk, role, body, bool(closed), lender, office))
    found = tuple(sorted(held, key=lambda one: one.grant)), tuple(denied)
    if on == today:
        remember_holdings(person, found, on=on)
    return found


_GRANTED, _DENIED = 0, 1


def _rows(person: User, on: date) -> QuerySet[Grant, tuple[Any, ...]]:
    lent = FilteredRelation(
        "delegations", condition=Q(delegations__to=person) & in_force(on, "delegations__")
    )
    granted = (
        Grant.objects.annotate(lent=lent, row=Value(_GRANTED))
        .filter(in_force(on), Q(person=person) | Q(lent__isnull=False, person__is_active=True))
        .order_by()
        .values_list("row", "pk", "role", "body", "sees_closed", "person", "office")
    )
    nothing = Value(None, output_field=BigIntegerField())
    denied = (
        Denial.objects.annotate(row=Value(_DENIED), role=Value(""), closed=Value(False), of=nothing)
        .filter(in_force(on), person=person)
        .order_by()
        .values_list("row", "pk", "role", "body", "closed", "person", "of")
    )
    return granted.union(denied)


def roles_of(person: User) -> set[str]:
    """The roles a person holds today, over whichever bodies."""
    return {held.role for held in held_by(person)}


def holds(person: User, duty: Duty) -> bool:
    """Whether a person may do this over some body today."""
    return any(held.has(duty) for held in held_by(person))


def holds_everywhere(person: User, duty: Duty) -> bool:
    """Whether a person may do this over the whole installation today."""
    return any(held.body is None and held.has(duty) for held in held_by(person))


def can_add_documents(person: User) -> bool:
    """May bring documents in: everyone who works with them, not those who only read."""
    return holds(person, Duty.ADD)


def can_confirm(person: User) -> bool:
    """May turn a statement read by machine into an item of the ledger."""
    return holds(person, Duty.CONFIRM)


def can_manage_accounts(person: User) -> bool:
    """May create accounts and give roles."""
    return holds(person, Duty.MANAGE)


def can_read_audit(person: User) -> bool:
    """May read the log of actions, which is one for the whole installation."""
    return holds_everywhere(person, Duty.AUDIT)
