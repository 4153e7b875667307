"""Saying what is due, in one transaction with the letters it makes; and what its reader does."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.indicators.days import say_instant
from diemcau.urging.models import Choice, Kind, Letter, Notice, Rule, Run, Way
from diemcau.urging.plan import make_plan
from diemcau.urging.refusals import RuleRefused
from diemcau.urging.rules import can_hear

__all__ = ["choose_way", "letters_due", "read_notices", "urge"]

_STILL_NEWS = dt.timedelta(days=3)
"""How old a notice may be that goes into a mail of the day: where mail was only set up now, what
people have long read in the product does not come again."""


@action("urging.urge", may=lambda _person: False)
def urge(actor: User | None) -> Run:
    """Say what is due now: notices, and the letters that carry them, or none of it.

    The plan is made again here, behind a lock on the rules, so that two runs at the same time say
    nothing twice.
    Raises:
        RuleRefused: it is not an hour in which messages go out.
    """
    list(Rule.objects.select_for_update().order_by("pk"))
    plan = make_plan()
    if plan.waits:
        raise RuleRefused(_("Messages go out from %(at)s on.") % {"at": say_instant(plan.opens)})
    notices = Notice.objects.bulk_create(
        Notice(
            person=person,
            task=one.item.task,
            rule=one.item.rule,
            kind=one.item.rule.kind,
            step=one.rung.number,
            to=one.rung.to,
            is_escalation=one.is_escalation,
            about=one.item.about,
            words=one.item.words,
            anchor=one.item.anchor,
            day=one.day,
            days=one.days,
            by_partner=one.by_partner,
            made_at=plan.at,
        )
        for one in plan.sayings
        for person in one.people
    )
    letters = _write_letters(plan.at)
    run = Run.objects.create(at=plan.at, n_notices=len(notices), n_letters=len(letters))
    record_action(run, detail={"notices": len(notices), "letters": len(letters)})
    return run


def letters_due(at: dt.datetime) -> dict[tuple[int, bool], list[Notice]]:
    """The notices that are to go out by letter now and have none yet.

    Args:
        at: a local instant.
    Returns:
        Notices by person and by whether they go in the one letter of the day.
    """
    if not (settings.EMAIL_HOST and settings.SITE_URL and settings.DEFAULT_FROM_EMAIL):
        return {}
    new = Notice.objects.filter(letter=None, read_at=None, made_at__gte=at - _STILL_NEWS)
    ways = {
        (one.person_id, one.kind): one.way
        for one in Choice.objects.filter(person__in=new.values("person"))
    }
    had = set(Letter.objects.filter(is_digest=True, day=at.date()).values_list("person", flat=True))
    of: dict[tuple[int, bool], list[Notice]] = defaultdict(list)
    for notice in new.exclude(person__email="").order_by("pk"):
        way = ways.get((notice.person_id, notice.kind), Way.DIGEST)
        if notice.is_escalation:
            way = Way.AT_ONCE
        if way == Way.NONE or (way == Way.DIGEST and notice.person_id in had):
            continue
        of[notice.person_id, way == Way.DIGEST].append(notice)
    return of


def _write_letters(at: dt.datetime) -> list[Letter]:
    made = []
    for (person, is_digest), notices in sorted(letters_due(at).items(), key=lambda one: one[0]):
        letter = Letter.objects.create(
            person_id=person,
            is_digest=is_digest,
            day=at.date(),
            message_id=_message_id(),
            not_before=at,
            made_at=at,
        )
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(letter=letter)
        made.append(letter)
    return made


def _message_id() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = address.rpartition("@")[2] or "diemcau"
    return f"<urging.{uuid.uuid4().hex}@{host}>"


@action("urging.read_notices", may=can_hear)
def read_notices(actor: User | None, *, notices: Iterable[int] | None = None) -> int:
    """Mark one's own notices as read.

    Args:
        notices: ids; all of theirs without it.
    Returns:
        How many were new.
    Raises:
        RuleRefused: none of them was new.
    """
    new = Notice.objects.filter(person=actor, read_at=None)
    if notices is not None:
        new = new.filter(pk__in=notices)
    last = new.select_for_update().order_by("-pk").first()
    if last is None:
        raise RuleRefused(_("Nothing here was new."))
    n = new.update(read_at=timezone.now())
    record_action(last, detail={"n": n})
    return n


@action("urging.choose_way", may=can_hear)
def choose_way(actor: User, *, ways: dict[str, str]) -> None:
    """Say how one wants to hear of each kind by e-mail; escalations come at once all the same.

    Args:
        ways: a `Way` by `Kind`; kinds left out stay as they are.
    Raises:
        RuleRefused: a kind or way is unknown.
    """
    if not ways or not (set(ways) <= set(Kind.values) and set(ways.values()) <= set(Way.values)):
        raise RuleRefused(_("Choose for each kind one of the ways offered."))
    for kind, way in ways.items():
        Choice.objects.update_or_create(person=actor, kind=kind, defaults={"way": way})
    record_action(actor, detail={"ways": ways})
