"""Personal access tokens: what a program signs in with in a person's place."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = [
    "LONGEST_DAYS",
    "AccessToken",
    "Scope",
    "digest_of",
    "find_token",
    "make_secret",
    "note_use",
]

LONGEST_DAYS = 365
"""A token lives so many days at most."""

_PREFIX = "dcpat_"
"""Lets a scanner of leaked secrets tell what it has found."""
_HINT = len(_PREFIX) + 5
_NOTED_EVERY = dt.timedelta(minutes=10)


class Scope(models.TextChoices):
    """What a token may do at most; the person's role still bounds it."""

    READ = "read", _("Read only")
    WRITE = "write", _("Read and write")


class _Tokens(models.QuerySet["AccessToken"]):
    def usable(self, now: dt.datetime) -> "QuerySet[AccessToken]":
        """Those that still open: not revoked, not expired, of a person who may sign in."""
        return self.filter(revoked_at=None, expires_at__gt=now, person__is_active=True)


class AccessToken(models.Model):
    """One token of a person; only its hash is kept.

    The secret has 256 random bits, so a plain SHA-256 of it can neither be guessed nor turned back.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_tokens"
    )
    name = models.CharField(max_length=100)
    """What the person calls it: the program it was made for."""
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=20)
    """How the secret begins, so that a person tells one from another."""
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    """To about ten minutes; the one column that is written without an action."""
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = _Tokens.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="token_ends_after_begin"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def is_expired(self) -> bool:
        """Whether its last instant has passed."""
        return self.expires_at <= timezone.now()

    @property
    def is_usable(self) -> bool:
        """Whether it still opens, as far as it goes; whether its person may is another question."""
        return self.revoked_at is None and not self.is_expired


def make_secret() -> tuple[str, str, str]:
    """A new secret, its digest, and how it begins."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    return secret, digest_of(secret), secret[:_HINT]


def find_token(secret: str) -> AccessToken | None:
    """The token of a secret, with its person; None if there is none that still opens."""
    # Looked up by a hash, so how long it takes says nothing of the secret.
    found = AccessToken.objects.usable(timezone.now()).filter(digest=digest_of(secret))
    return found.select_related("person").first()


def note_use(token: AccessToken) -> None:
    """Keep when a token was used, at most once in ten minutes: most reads write nothing."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - _NOTED_EVERY:
        AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
