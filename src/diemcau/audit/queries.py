"""Reads of the log: entries asked for, and what the last verification of the chain found."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.audit.models import AuditEntry
from diemcau.audit.words import ACTION_WORDS, ORIGIN_WORDS
from vanban.letters import fold, with_any_marks

__all__ = [
    "EntryFilter",
    "Verified",
    "digest_before",
    "last_verification",
    "list_entries",
    "neighbours",
]

VERIFY = "audit.verify"
"""The action whose entries keep what verifications found."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What a person asked of the log; an empty field asks nothing.

    Args:
        actor, on_behalf_of: id of a person; actor 0 is the installation itself.
        action: its dotted name.
        target_type: as `AuditEntry.target_type` has it.
        first, last: days of the installation's time zone, both inside.
        address: how the network address begins.
        words: each is found in the reason, the action's words, or the actor's name.
    """

    actor: int | None = None
    on_behalf_of: int | None = None
    action: str = ""
    target_type: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    origin: str = ""
    address: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A verification that was run: when, by whom, and what it found."""

    entry: AuditEntry
    total: int
    is_whole: bool
    digest: str


def list_entries(
    asked: EntryFilter, *, about: Q | None = None, untold: Q | None = None
) -> QuerySet[AuditEntry]:
    """The entries asked for, the latest first.

    Args:
        about: targets to keep, where the history of one object is wanted.
        untold: entries whose reason is not told to who asks, so that no word of it finds them.
    """
    found = AuditEntry.objects.select_related("actor", "on_behalf_of").order_by("-pk")
    if about is not None:
        found = found.filter(about)
    if asked.actor is not None:
        found = found.filter(actor=asked.actor or None)
    if asked.on_behalf_of is not None:
        found = found.filter(on_behalf_of=asked.on_behalf_of)
    for column in ("action", "target_type", "origin"):
        if value := getattr(asked, column):
            found = found.filter(**{column: value})
    if asked.address:
        found = found.filter(address__startswith=asked.address)
    if asked.first is not None:
        found = found.filter(at__gte=_midnight(asked.first))
    if asked.last is not None and asked.last < dt.date.max:
        found = found.filter(at__lt=_midnight(asked.last + dt.timedelta(days=1)))
    if words := fold(asked.words).split():
        people = [(pk, fold(" ".join(names))) for pk, *names in _names()]
        for word in words:
            found = found.filter(_holds(word, people, untold))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _names() -> Iterable[tuple[int, str, str, str]]:
    return User.objects.values_list("pk", "username", "first_name", "last_name")


def _holds(word: str, people: list[tuple[int, str]], untold: Q | None) -> Q:
    actions = [name for name, label in ACTION_WORDS.items() if word in fold(f"{name} {label}")]
    origins = [name for name, label in ORIGIN_WORDS.items() if word == fold(str(label))]
    actors = [pk for pk, name in people if word in name]
    # The log has no folded column beside the reason: nothing may stand in it that its digest does
    # not cover.
    reason = Q(reason__iregex=with_any_marks(word))
    return (
        (reason if untold is None else reason & ~untold)
        | Q(action__in=actions)
        | Q(origin__in=origins)
        | Q(actor__in=actors)
        | Q(on_behalf_of__in=actors)
    )


def digest_before(entry: AuditEntry) -> str | None:
    """The digest of the entry before one; None for the first."""
    return (
        AuditEntry.objects.filter(pk__lt=entry.pk)
        .order_by("-pk")
        .values_list("digest", flat=True)
        .first()
    )


def neighbours(entry: AuditEntry) -> tuple[int | None, int | None]:
    """The ids of the entries before and after one."""
    ids = AuditEntry.objects.values_list("pk", flat=True)
    return (
        ids.filter(pk__lt=entry.pk).order_by("-pk").first(),
        ids.filter(pk__gt=entry.pk).order_by("pk").first(),
    )


def last_verification() -> Verified | None:
    """The last verification somebody ran, with what it found; None if nobody has."""
    entry = AuditEntry.objects.filter(action=VERIFY).select_related("actor").order_by("-pk").first()
    if entry is None:
        return None
    said = entry.detail
    return Verified(entry, said["total"], not said["faults"], said["digest"])
