"""How often somebody may try: moving windows over rows that all workers share.

A try is written first and counted after, so that two at the same moment see each other; one that
is refused is taken back, so that knocking on a shut door does not keep it shut.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.utils import timezone

from diemcau.signin.models import Attempt
from diemcau.signin.sealing import digest

__all__ = ["LIMITS", "Taken", "TooMany", "forget", "give_back", "network_of", "take"]

_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

LIMITS: dict[str, tuple[tuple[int, timedelta], ...]] = {
    # An office of hundreds may stand behind one address, so its limit is wide; what it gets right
    # is given back.
    "password:account": ((10, _QUARTER), (40, _DAY)),
    "password:address": ((60, _QUARTER), (600, _DAY)),
    "factor:account": ((5, _QUARTER), (20, _DAY)),
    "factor:address": ((60, _QUARTER), (600, _DAY)),
    "provider:address": ((60, _QUARTER), (600, _DAY)),
    "recovery:account": ((3, _HOUR), (6, _DAY)),
    "recovery:address": ((20, _HOUR), (60, _DAY)),
    # Only links that are not good count: a guess at 32 random bytes, or an old letter.
    "confirmation:address": ((60, _QUARTER), (600, _DAY)),
}
"""How many tries in which span, by scope."""
_LONGEST = _DAY
_SWEEP_EVERY = 200


class TooMany(Exception):
    """A limit is reached.

    Attributes:
        until: when the next try is allowed.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Taken:
    """Tries that count until they are given back; `is_last` if no further one is left."""

    rows: tuple[Attempt, ...]
    is_last: bool


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 a household or office has of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


def take(tries: Iterable[tuple[str, str]]) -> Taken:
    """Count a try under each of some (scope, name or address).

    Raises:
        TooMany: a limit is reached; nothing was counted.
    """
    now = timezone.now()
    rows = tuple(
        Attempt.objects.create(scope=scope, key=_key(scope, word), at=now) for scope, word in tries
    )
    until, is_last = None, False
    for row in rows:
        for allowed, span in LIMITS[row.scope]:
            others = Attempt.objects.filter(scope=row.scope, key=row.key, at__gt=now - span)
            recent = list(
                others.exclude(pk=row.pk).order_by("-at").values_list("at", flat=True)[:allowed]
            )
            if len(recent) == allowed:
                until = max(until or now, recent[-1] + span)
            is_last = is_last or len(recent) == allowed - 1
    if rows and rows[0].pk % _SWEEP_EVERY == 0:
        Attempt.objects.filter(at__lt=now - _LONGEST).delete()
    if until is not None:
        give_back(rows)
        raise TooMany(until)
    return Taken(rows, is_last)


def give_back(rows: Iterable[Attempt]) -> None:
    """Let tries not count."""
    Attempt.objects.filter(pk__in=[row.pk for row in rows]).delete()


def forget(scope: str, word: str) -> None:
    """Begin anew for an account that has shown who it is."""
    Attempt.objects.filter(scope=scope, key=_key(scope, word)).delete()


def _key(scope: str, word: str) -> str:
    if scope.endswith(":address"):
        return digest(scope, network_of(word))
    return digest(scope, word.strip().casefold())
