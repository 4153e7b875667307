"""Who has an account, and what each holds, was lent, lent out and is denied."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from diemcau.accounts.models import Delegation, Denial, Grant, User
from diemcau.accounts.rules import in_force
from diemcau.directory.models import Body, Office
from diemcau.directory.queries import bodies_on
from vanban.directory.names import key

__all__ = ["Holdings", "find_bodies", "find_office", "holdings_of", "list_people"]


def list_people(*, on: date, words: str = "") -> QuerySet[User]:
    """The accounts, open ones first, each with the grants in force on a day as `now`.

    Args:
        words: all of these stand in the user name or the name.
    """
    people = User.objects.order_by("-is_active", "username")
    for word in words.split():
        people = people.filter(Q(username__icontains=word) | Q(first_name__icontains=word))
    now = Grant.objects.filter(in_force(on)).select_related("body", "office")
    return people.prefetch_related(Prefetch("grants", queryset=now, to_attr="now"))


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that was ever granted, lent and denied to a person, what holds now first.

    Args:
        now: ids of the grants, loans and denials in force, by kind.
        ended: bodies of grants in force that stand no more; an administrator moves them on.
    """

    grants: list[Grant]
    lent_out: list[Delegation]
    borrowed: list[Delegation]
    denials: list[Denial]
    now: dict[str, set[int]]
    ended: list[Body]


def holdings_of(person: User, *, on: date) -> Holdings:
    """What a person holds on a day, and held before."""
    about = ("made_by", "revoked_by")
    grants = list(
        Grant.objects.filter(person=person).select_related("body", "office", *about).order_by("-pk")
    )
    loans = Delegation.objects.select_related("grant__person", "grant__body", "to", *about)
    out = list(loans.filter(grant__person=person).order_by("-pk"))
    borrowed = list(loans.filter(to=person).order_by("-pk"))
    denials = list(
        Denial.objects.filter(person=person).select_related("body", *about).order_by("-pk")
    )
    now = {
        "grants": {g.pk for g in grants if _holds(g, on)},
        "loans": {one.pk for one in (*out, *borrowed) if _holds(one, on) and _holds(one.grant, on)},
        "denials": {d.pk for d in denials if _holds(d, on)},
    }
    ended = {
        g.body
        for g in grants
        if g.pk in now["grants"] and g.body and g.body.valid_to and g.body.valid_to < on
    }
    for rows, kind in (
        (grants, "grants"),
        (out, "loans"),
        (borrowed, "loans"),
        (denials, "denials"),
    ):
        rows.sort(key=lambda row, kind=kind: row.pk not in now[kind])
    return Holdings(grants, out, borrowed, denials, now, sorted(ended, key=lambda b: b.sort))


def _holds(row: Grant | Delegation | Denial, on: date) -> bool:
    return (
        row.revoked_at is None
        and row.starts_on <= on
        and (row.ends_on is None or row.ends_on >= on)
    )


def find_bodies(
    typed: str, *, on: date, most: int = 8, among: Collection[int] | None = None
) -> list[Body]:
    """The bodies a person may mean: the one of that id or full name, else those with these words.

    Args:
        among: ids of those that may be chosen; None for all of the directory.
    Returns:
        One row where what was typed settles it; several, or none, where it does not.
    """
    typed = " ".join(typed.split())
    if not typed:
        return []
    allowed = Q() if among is None else Q(pk__in=among)
    exact = list(Body.objects.filter(allowed, ref=typed)) or list(
        bodies_on(on)
        .filter(allowed, Q(names__key=key(typed), names__is_strong=True) | Q(name_en__iexact=typed))
        .distinct()[:most]
    )
    found = exact or list(bodies_on(on, words=typed).filter(allowed)[:most])
    if found or " " not in typed:
        return found
    # "đại sứ quán UAE": all the words, wherever they stand in the name.
    rows = bodies_on(on).filter(allowed)
    for word in typed.split()[:8]:
        rows = rows.filter(pk__in=bodies_on(on, words=word).order_by().values("pk"))
    return list(rows[:most])


def find_office(typed: str, body: Body) -> Office | None:
    """The post of a body by its name, marks and case apart."""
    wanted = key(typed)
    return next((o for o in body.offices.all() if key(o.name) == wanted), None)
