"""People who sign in, and what was granted, lent and denied to them."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diemcau.accounts.tokens import AccessToken

__all__ = ["AccessToken", "Delegation", "Denial", "Grant", "Role", "User"]


class Role(models.TextChoices):
    """What a person is in the product; `rules.py` says what each may do."""

    READER = "reader", pgettext_lazy("role", "Reader")
    REPORTER = "reporter", _("Reporter")
    APPROVER = "approver", _("Approver")
    COORDINATOR = "coordinator", _("Coordinator")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class User(AbstractUser):
    """A person who signs in."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Revocable(models.Model):
    """What holds between two days, until somebody takes it back."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """Last day; None while no end is set."""
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Grant(Revocable):
    """A role of a person over a body and what belongs to it, or over the whole installation.

    The body and the office are rows of the directory, a room above this one: the key is by name,
    and only `directory.reach` knows what belongs to a body.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    body = models.ForeignKey(
        "directory.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """None is the whole installation."""
    office = models.ForeignKey(
        "directory.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The post it comes with, where it comes with one."""
    sees_closed = models.BooleanField(default=False)
    """May see what is closed to others in that body."""

    class Meta:
        ordering = ["person_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_days_run_forward",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.body_id}"


class Delegation(Revocable):
    """A grant lent to somebody who stands in while its holder is away; never lent on."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="delegation_has_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} to {self.to_id}"


class Denial(Revocable):
    """A body whose documents a person may not see, whatever was granted: denial wins."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="denials")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person_id", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} not {self.body_id}"
