"""A forgotten password: asked for by name or address, answered by a letter or not at all."""

import logging
import threading
from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import came_from, origin
from diemcau.signin.actions.passwords import mail_reset_link
from diemcau.signin.devices import Where
from diemcau.signin.limits import take

__all__ = ["ask_for_reset", "can_mail", "send_letter"]

_log = logging.getLogger(__name__)


def can_mail() -> bool:
    """Whether the installation sends letters: a mail server and its own address are said."""
    return bool(settings.EMAIL_HOST and settings.SITE_URL)


def ask_for_reset(said: str, where: Where, address_of: Callable[[str], str]) -> None:
    """Have a reset link mailed to whom a user name or an e-mail address belongs to.

    The account is looked for in a thread of its own: the answer cannot wait longer for one that
    exists. A server that stops in that moment sends nothing, and the person asks again.
    Args:
        said: what was typed.
        address_of: the whole address of a token's page.
    Raises:
        TooMany: this name or this network address asked too often.
    """
    take([("recovery:account", said), ("recovery:address", where.address)])
    arguments = (said, where, translation.get_language(), address_of)
    threading.Thread(target=_answer, args=arguments, daemon=True).start()


def send_letter(to: str, subject: str, text: str) -> None:
    """Send one letter in plain text."""
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])


def _answer(
    said: str, where: Where, language: str | None, address_of: Callable[[str], str]
) -> None:
    try:
        with translation.override(language), origin("web"), came_from(where.address):
            for person in _people(said):
                _mail(person, address_of)
    except (OSError, SMTPException):
        # Without who asked: the log is no place for names.
        _log.exception("a reset link could not be mailed")
    finally:
        connection.close()


def _people(said: str) -> list[User]:
    said = said.strip()
    if not said:
        return []
    named = Q(username=said) | Q(email__iexact=said)
    found = User.objects.filter(named, is_active=True).exclude(email="")
    return [person for person in found[:5] if person.has_usable_password()]


def _mail(person: User, address_of: Callable[[str], str]) -> None:
    token = mail_reset_link(None, person)
    text = _(
        "Somebody asked for a new password for the account %(username)s of Điểm Cầu.\n\n"
        "Set it within 30 minutes here; the link is good once:\n%(link)s\n\n"
        "If it was not you, do nothing: the password stays as it is."
    ) % {"username": person.username, "link": address_of(token)}
    send_letter(person.email, _("Điểm Cầu: a new password"), text)
