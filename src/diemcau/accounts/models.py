"""Accounts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.accounts.tokens import AccessToken

__all__ = ["AccessToken", "Role", "User"]


class Role(models.TextChoices):
    """What a person is in the product; `rules.py` says what each may do."""

    READER = "reader", _("Reader")
    REPORTER = "reporter", _("Reporter")
    APPROVER = "approver", _("Approver")
    COORDINATOR = "coordinator", _("Coordinator")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class User(AbstractUser):
    """A person who signs in."""

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
