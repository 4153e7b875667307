"""The one-time link by which who benefits answers: its secret, and whether it is good."""

import datetime as dt
import hashlib
import secrets
from enum import StrEnum

from django.utils import timezone

from diemcau.delivery.models import Confirmation

__all__ = ["LASTS", "LinkState", "digest_of", "look_at_request", "make_secret"]

LASTS = dt.timedelta(days=7)
"""How long a link is good."""


class LinkState(StrEnum):
    """Whether a link can still be answered."""

    GOOD = "good"
    ANSWERED = "answered"
    EXPIRED = "expired"
    ENDED = "ended"
    UNKNOWN = "unknown"


def make_secret() -> tuple[str, str]:
    """A secret of 32 random bytes as a word of an address, and the digest kept of it."""
    secret = secrets.token_urlsafe(32)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """64 hexadecimal digits; of 32 random bytes nobody finds the bytes again."""
    return hashlib.sha256(secret.encode()).hexdigest()


def look_at_request(secret: str, *, lock: bool = False) -> tuple[LinkState, Confirmation | None]:
    """What a link stands for and whether it can be answered.

    A task that was withdrawn, or whose document was closed meanwhile, is shown to nobody outside.
    Args:
        lock: hold the row until the transaction ends.
    """
    rows = Confirmation.objects.select_related("task__document", "body", "asked_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(digest=digest_of(secret)).first()
    if found is None:
        return LinkState.UNKNOWN, None
    task = found.task
    if found.answered_at is not None:
        return LinkState.ANSWERED, found
    is_gone = task.withdrawn_at is not None or task.document.is_closed
    if found.ended_at is not None or is_gone:
        return LinkState.ENDED, None
    if found.expires_at <= timezone.now():
        return LinkState.EXPIRED, None
    return LinkState.GOOD, found
