"""Asking who benefits by a one-time link, and the page outside on which they answer."""

from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from diemcau.delivery.actions import answer_confirmation, ask_confirmation, end_confirmation
from diemcau.delivery.links import LinkState, look_at_request
from diemcau.delivery.models import Confirmation, Received, Task, Without
from diemcau.delivery.refusals import Refused
from diemcau.signin.devices import address_of
from diemcau.signin.limits import TooMany, give_back, take
from diemcau.signin.recovery import can_mail, send_letter
from diemcau.web.days import say_day
from diemcau.web.filters import id_of
from diemcau.web.following.acting import acting_on, one_of, task_itself
from diemcau.web.following.forms import choice_of, seen_version, words_of
from diemcau.web.signin.asking import respond, say_too_many, site_of

__all__ = ["answer", "ask", "end"]


@sensitive_variables("secret", "link")
@acting_on(task_itself, "ask")
def ask(request: HttpRequest, task: Task) -> HttpResponse:
    """Make a link and mail it, or show it once to be passed on."""
    made, secret = ask_confirmation(
        request.user,
        task=task.pk,
        asked_of=words_of(request, "asked_of"),
        email=words_of(request, "email"),
        instead_of=id_of(request.POST.get("instead_of")),
        seen=seen_version(request),
    )
    link = site_of(request) + reverse("confirmation_answer", args=[secret])
    context = {"task": task, "made": made, "link": link, **_mailed(made, task, link)}
    return never_cache(render)(request, "web/following/link.html", context)


def _mailed(made: Confirmation, task: Task, link: str) -> dict[str, bool]:
    if not made.email or not can_mail():
        return {"is_mailed": False, "is_mail_off": bool(made.email)}
    text = _(
        "You are asked to say whether this was delivered:\n\n%(title)s\n\n"
        "Answer here until %(day)s; the link is good once, and nobody signs in:\n%(link)s\n\n"
        "If this is not for you, do nothing."
    ) % {"title": task.title, "day": say_day(timezone.localdate(made.expires_at)), "link": link}
    try:
        send_letter(made.email, _("Điểm Cầu: was this delivered?"), text)
    except (OSError, SMTPException):
        return {"is_mailed": False, "is_mail_lost": True}
    return {"is_mailed": True}


@acting_on(one_of(Confirmation), "end-{pk}")
def end(request: HttpRequest, row: Confirmation) -> str:
    """Let a link nobody answered be good no more."""
    end_confirmation(request.user, confirmation=row.pk)
    return _("The link is good no more.")


@never_cache
@login_not_required
@sensitive_variables("secret")
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a one-time link: what is asked, by whom and when, and nothing else."""
    address = address_of(request.META, settings.TRUSTED_PROXIES)
    try:
        taken = take([("confirmation:address", address)])
    except TooMany as refused:
        said, headers = say_too_many(refused)
        return _outside(request, {"said": said}, status=429, headers=headers)
    state, found = look_at_request(secret)
    if found is None or state != LinkState.GOOD:
        return _outside(request, {"said": _refusal(state)}, status=410)
    give_back(taken.rows)
    context = {
        "task_title": found.task.title,
        "asks": str(found.body) if found.body else _("The desk that keeps the register"),
        "person": str(found.asked_by) if found.asked_by else "",
        "made": found,
        "verdicts": Received.choices,
        "withouts": Without.choices,
    }
    if request.method != "POST":
        return _outside(request, context)
    without = words_of(request, "without")
    try:
        made = answer_confirmation(
            None,
            secret=secret,
            verdict=choice_of(
                Received, words_of(request, "verdict"), _("Choose whether it was delivered.")
            ),
            without=Without(without) if without in Without.values else None,
            words=words_of(request, "words"),
        )
    except Refused as refused:
        context |= {"problem": str(refused), "typed": request.POST}
        return _outside(request, context, status=422)
    return _outside(request, {"thanks": True, "made": made})


def _refusal(state: LinkState) -> str:
    if state == LinkState.ANSWERED:
        return _("This was answered already; the link is good once.")
    if state == LinkState.EXPIRED:
        return _("The time of this link is over. Ask whoever sent it for a new one.")
    if state == LinkState.ENDED:
        return _("This link was ended by whoever sent it. If a newer one came, use that.")
    return _("There is no such link. Check that the whole address was copied.")


def _outside(
    request: HttpRequest,
    context: dict,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    answered = respond(
        request, "web/following/answer.html", context, status=status, headers=headers
    )
    answered["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answered
