"""Sessions, second factors, outside identities, one-time links, attempts."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = [
    "AppFactor",
    "Attempt",
    "Identity",
    "LinkKind",
    "OneTimeLink",
    "Passkey",
    "RecoveryCode",
    "RoleRequirement",
    "Session",
]


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in, or about to; `session_key` is a digest.

    `expire_date` is the earlier of the idle and the absolute limit. `check_due` asks the next
    request to look again whether this session needs a second factor.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    check_due = models.BooleanField(default=False)

    class Meta:
        ordering = ["-last_seen"]

    def __str__(self) -> str:
        return f"{self.person} {self.device}"

    @classmethod
    def get_session_store_class(cls) -> type:
        from diemcau.signin.sessions import SessionStore

        return SessionStore


class Attempt(models.Model):
    """One try that counts towards a limit; names and addresses are digests."""

    scope = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "key", "at"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.at}"


class AppFactor(models.Model):
    """An application that shows codes (TOTP, RFC 6238); the secret is sealed."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="app_factor"
    )
    secret = models.TextField()
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)


class Passkey(models.Model):
    """A WebAuthn credential; `data` is the attested credential data as the browser sent it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys"
    )
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    data = models.BinaryField()
    n_signed = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One code for the day the telephone is lost; kept as a digest, good once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="signin_code_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Identity(models.Model):
    """Whom an outside provider means by a subject; nothing else ever links an account."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    label = models.CharField(max_length=150, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="signin_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"


class LinkKind(models.TextChoices):
    """What a one-time link opens."""

    RESET = "reset", _("New password")
    INVITE = "invite", _("Connect an outside account")
    EMAIL = "email", _("Confirm an e-mail address")


class OneTimeLink(models.Model):
    """A link that is good once and for a short time; kept as a digest."""

    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.person}"


class RoleRequirement(models.Model):
    """A role whose people must have a second factor."""

    role = models.CharField(max_length=20, primary_key=True)

    def __str__(self) -> str:
        return self.role
