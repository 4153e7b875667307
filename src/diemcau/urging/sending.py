"""The outbox: letters go out by SMTP under a lease; a worker that is killed loses none.

SMTP has no transaction with ours. A letter is sent at least once: its state says `sent` after the
server took it. Killed in the moment between the two, the next worker sends it again when the lease
is over, under the same Message-ID; nothing else sends a letter twice (docs/operation.md).
"""

import datetime as dt
import logging
from collections import Counter
from email.utils import format_datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.delivery.models import Task
from diemcau.delivery.queries import standing_assignments
from diemcau.delivery.rules import held_bodies
from diemcau.directory.models import Body
from diemcau.documents.rules import seen
from diemcau.urging.expected import working_time
from diemcau.urging.holding import holding
from diemcau.urging.models import Letter, LetterState, Notice
from diemcau.urging.words import GROUPS, say_what, say_why

__all__ = ["send_letters", "write_letter"]

log = logging.getLogger("diemcau.urging")

_LEASE = dt.timedelta(minutes=5)
_FIRST_WAIT = dt.timedelta(minutes=2)
_LONGEST_WAIT = dt.timedelta(hours=6)
_MOST_ATTEMPTS = 12


def send_letters() -> Counter[str]:
    """Send what waits in the outbox, one letter after the other, in working hours.

    A server that cannot be reached ends the run: the letters wait, each attempt longer than the
    one before. An address the server refuses for good ends its own letter only.
    Returns:
        How many letters ended in each state.
    """
    done: Counter[str] = Counter()
    server: BaseEmailBackend | None = None
    try:
        while working_time().is_open(timezone.localtime()):
            letter = _take()
            if letter is None:
                break
            message = write_letter(letter)
            if message is None:
                _end(letter, LetterState.DROPPED)
                done[LetterState.DROPPED] += 1
                continue
            try:
                if server is None:
                    server = get_connection()
                    server.open()
                server.send_messages([message])
            except SMTPRecipientsRefused as refused:
                codes = [code for code, _said in refused.recipients.values()]
                is_final = all(code >= 500 for code in codes)
                done[_put_back(letter, _words(refused), is_final=is_final)] += 1
            except ValueError as problem:
                # An address that is none, as an old import may have left one.
                done[_put_back(letter, _words(problem), is_final=True)] += 1
            except (OSError, SMTPException) as problem:
                is_final = isinstance(problem, SMTPResponseException) and (
                    500 <= problem.smtp_code < 600 and problem.smtp_code not in _OF_SERVER
                )
                done[_put_back(letter, _words(problem), is_final=is_final)] += 1
                log.warning("the mail server failed: %s", type(problem).__name__)
                if not is_final:
                    break
                server = None
            else:
                _end(letter, LetterState.SENT)
                done[LetterState.SENT] += 1
    finally:
        if server is not None:
            try:
                server.close()
            except (OSError, SMTPException):
                log.info("the mail server had gone already")
    return done


_OF_SERVER = {500, 502, 503, 504, 530, 534, 535, 538}
"""Answers about the connection or the account, not about this letter."""


def write_letter(letter: Letter) -> EmailMessage | None:
    """The words of a letter, of what holds now and its receiver may see; None if nothing does."""
    person = letter.person
    if not person.is_active or not person.email:
        return None
    notices = list(
        Notice.objects.filter(seen(person, "task__document"), letter=letter)
        .select_related("task", "rule")
        .order_by("anchor", "pk")
    )
    kept = holding(notices)
    notices = [one for one in notices if one.pk in kept]
    if not notices:
        return None
    prefetch_related_objects([one.task for one in notices], standing_assignments(into="held_by"))
    with translation.override(settings.LANGUAGE_CODE):
        n = len(notices)
        if letter.is_digest:
            subject = ngettext(
                "Điểm Cầu: %(n)d thing to do, %(day)s", "Điểm Cầu: %(n)d things to do, %(day)s", n
            )
        else:
            subject = ngettext(
                "Điểm Cầu: %(n)d thing that cannot wait, %(day)s",
                "Điểm Cầu: %(n)d things that cannot wait, %(day)s",
                n,
            )
        theirs = _refs_of(person)
        lines = [_("To: %(name)s") % {"name": person}, ""]
        home = {"link": settings.SITE_URL + reverse("home")}
        lines += [_("The longest due stand first. All that waits for you: %(link)s") % home, ""]
        for kind in GROUPS:
            of_kind = [one for one in notices if one.kind == kind]
            if of_kind:
                lines += [f"{kind.label.upper()} ({len(of_kind)})", ""]
            for at, one in enumerate(of_kind, start=1):
                address = settings.SITE_URL + reverse("task", args=[one.task_id])
                does = any(held.body in theirs for held in one.task.held_by)
                lines += [f"{at}. {one.task.title}", *_given_to(one.task)]
                lines += [
                    f"   {say_what(one, does=does)}",
                    f"   ({say_why(one)})",
                    f"   {address}",
                    "",
                ]
        lines += [
            "-- ",
            _("How you hear of what: %(link)s") % {"link": settings.SITE_URL + reverse("ways")},
        ]
        return EmailMessage(
            subject % {"n": n, "day": f"{letter.day:%d/%m/%Y}"},
            "\n".join(lines),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
            headers={
                "Message-ID": letter.message_id,
                "Date": format_datetime(letter.made_at),
                "Auto-Submitted": "auto-generated",
            },
        )


def _refs_of(person: User) -> set[str]:
    """Ids in the directory of the bodies a person acts for."""
    _everything, bodies = held_bodies(person, Duty.ADD)
    return set(Body.objects.filter(pk__in=bodies).values_list("ref", flat=True))


def _given_to(task: Task) -> list[str]:
    names = [held.as_written for held in task.held_by if not held.only_follows]
    if not names:
        return []
    return [f"   {_('Given to: %(names)s') % {'names': '; '.join(names)}}"]


def _take() -> Letter | None:
    """The next letter, for this worker alone until its lease is over."""
    now = timezone.now()
    waits = Q(state=LetterState.WAITING, not_before__lte=now)
    left = Q(state=LetterState.SENDING, taken_until__lt=now)
    free = Letter.objects.filter(waits | left).order_by("not_before", "pk")
    if not free.exists():
        return None
    with transaction.atomic():
        locks = connection.features.has_select_for_update_skip_locked
        letter = (free.select_for_update(of=("self",), skip_locked=True) if locks else free).first()
        if letter is None:
            return None
        letter.state, letter.taken_until = LetterState.SENDING, now + _LEASE
        letter.attempts += 1
        letter.save(update_fields=["state", "taken_until", "attempts"])
    return letter


def _end(letter: Letter, state: LetterState) -> None:
    letter.state, letter.taken_until, letter.last_error = state, None, ""
    letter.sent_at = timezone.now() if state == LetterState.SENT else None
    letter.save(update_fields=["state", "taken_until", "last_error", "sent_at"])


def _put_back(letter: Letter, error: str, *, is_final: bool) -> LetterState:
    is_over = is_final or letter.attempts >= _MOST_ATTEMPTS
    letter.state = LetterState.FAILED if is_over else LetterState.WAITING
    letter.taken_until, letter.last_error = None, error[:500]
    wait = min(_FIRST_WAIT * 2 ** (letter.attempts - 1), _LONGEST_WAIT)
    letter.not_before = timezone.now() + wait
    letter.save(update_fields=["state", "taken_until", "last_error", "not_before"])
    return LetterState(letter.state)


def _words(problem: Exception) -> str:
    """What the server said, without the address: letters' rows are read by who maintains them."""
    if isinstance(problem, SMTPRecipientsRefused):
        said = next(iter(problem.recipients.values()), (0, b""))
        return f"{said[0]} {said[1].decode(errors='replace')}"
    return f"{type(problem).__name__}: {problem}"
