"""Changing the rules of urging, the duties to report, exceptions, hours and holidays."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.directory.models import Body
from diemcau.urging.models import (
    Audience,
    Duty,
    DutyException,
    Holiday,
    Hours,
    Kind,
    Rule,
    Step,
)
from diemcau.urging.refusals import RuleMoved, RuleRefused
from diemcau.urging.rules import can_keep_rules

__all__ = [
    "end_exception",
    "save_duty",
    "save_exception",
    "save_holiday",
    "save_hours",
    "save_rule",
]

_MOST_STEPS = 12
_MOST_DAYS = 365
_MOST_WORKING_DAYS = 60


@action("urging.save_rule", may=can_keep_rules)
def save_rule(
    actor: User | None,
    *,
    rule: int,
    steps: Sequence[tuple[int, str]],
    is_on: bool,
    again: int = 0,
    seen: int | None = None,
) -> Rule:
    """Give a rule other steps, or turn it on and off.

    Args:
        steps: (days, audience) in the order they are sent.
        again: days after which the last step is sent again; 0 never.
        seen: the version the person had before them; None does not ask.
    Raises:
        RuleRefused: no step, days that do not run on, an audience below the one before.
        RuleMoved: it has another version now.
    """
    row = Rule.objects.select_for_update().get(pk=rule)
    if seen is not None and seen != row.version:
        raise RuleMoved(row.version)
    _check_steps(row, steps)
    if not 0 <= again <= _MOST_DAYS:
        raise RuleRefused(_("Sent again after 0 to %(most)d days.") % {"most": _MOST_DAYS})
    before = [(one.days, one.to) for one in row.steps.all()]
    row.steps.all().delete()
    Step.objects.bulk_create(
        Step(rule=row, number=at, days=days, to=to) for at, (days, to) in enumerate(steps, start=1)
    )
    row.is_on, row.again = is_on, again
    row.version += 1
    row.save()
    detail = {"before": before, "after": [list(one) for one in steps], "on": is_on, "again": again}
    record_action(row, detail=detail)
    return row


def _check_steps(rule: Rule, steps: Sequence[tuple[int, str]]) -> None:
    if not 1 <= len(steps) <= _MOST_STEPS:
        raise RuleRefused(_("A rule has 1 to %(most)d steps.") % {"most": _MOST_STEPS})
    days = [one for one, _to in steps]
    if any(not 0 <= one <= _MOST_DAYS for one in days):
        raise RuleRefused(_("A step has 0 to %(most)d days.") % {"most": _MOST_DAYS})
    is_down = rule.kind == Kind.BEFORE
    if days != sorted(set(days), reverse=is_down):
        raise RuleRefused(
            _("The days must become fewer from step to step: 7, 3, 1.")
            if is_down
            else _("The days must become more from step to step: 1, 3, 7.")
        )
    ladder = list(Audience)
    unknown = [to for _days, to in steps if to not in ladder]
    if unknown:
        raise RuleRefused(_("“%(found)s” is no receiver.") % {"found": unknown[0][:40]})
    rungs = [ladder.index(Audience(to)) for _days, to in steps]
    if rungs != sorted(rungs):
        raise RuleRefused(_("A later step goes to the same people or higher, never lower."))
    if rule.kind in (Kind.SLIP, Kind.RESULT) and Audience.REPORTER in [to for _d, to in steps]:
        raise RuleRefused(
            _("Only an approver decides this; a step to who reports would reach nobody.")
        )


@action("urging.save_duty", may=can_keep_rules)
def save_duty(
    actor: User | None, *, duty: int, is_on: bool, n_days: int, seen: int | None = None
) -> Duty:
    """Turn a duty to report on or off, or give it other days.

    From the day it is turned on: cut-offs before it ask for nothing.
    Args:
        n_days: working days after the cut-off.
    Raises:
        RuleRefused: the days are out of bounds.
        RuleMoved: it has another version now.
    """
    row = Duty.objects.select_for_update().get(pk=duty)
    if seen is not None and seen != row.version:
        raise RuleMoved(row.version)
    _check_n_days(n_days)
    before = {"on": row.is_on, "n_days": row.n_days}
    if is_on and not row.is_on:
        row.starts_on = timezone.localdate()
    row.is_on, row.n_days = is_on, n_days
    row.version += 1
    row.save()
    record_action(row, detail={"before": before, "after": {"on": is_on, "n_days": n_days}})
    return row


def _check_n_days(n_days: int) -> None:
    if not 0 <= n_days <= _MOST_WORKING_DAYS:
        raise RuleRefused(
            _("A report has 0 to %(most)d working days.") % {"most": _MOST_WORKING_DAYS}
        )


@action("urging.save_exception", may=can_keep_rules)
def save_exception(
    actor: User | None, *, duty: int, body: Body, n_days: int | None, reason: str
) -> DutyException:
    """Excuse a body from a report, or give it other days; what held before ends.

    Args:
        n_days: working days it has; None excuses it.
    Raises:
        RuleRefused: no reason, or days out of bounds.
    """
    row = Duty.objects.select_for_update().get(pk=duty)
    if not reason.strip():
        raise RuleRefused(_("Say why this body is an exception, in a few words."))
    if n_days is not None:
        _check_n_days(n_days)
    now = timezone.now()
    DutyException.objects.filter(duty=row, body=body, ended_at=None).update(ended_at=now)
    made = DutyException.objects.create(
        duty=row,
        body=body,
        n_days=n_days,
        reason=reason.strip()[:500],
        made_by=actor,
        made_at=now,
    )
    detail = {"duty": row.key, "body": body.ref, "n_days": n_days}
    record_action(made, detail=detail, reason=made.reason)
    return made


@action("urging.end_exception", may=can_keep_rules)
def end_exception(actor: User | None, *, exception: int) -> DutyException:
    """Let a body be asked like the others again.

    Raises:
        RuleRefused: it has ended already.
    """
    row = DutyException.objects.select_for_update().get(pk=exception)
    if row.ended_at is not None:
        raise RuleRefused(_("This exception has ended already."))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    record_action(row)
    return row


@action("urging.save_hours", may=can_keep_rules)
def save_hours(actor: User | None, *, opens: dt.time, closes: dt.time) -> Hours:
    """Say between which hours of a working day messages go out.

    Raises:
        RuleRefused: the first is not before the last.
    """
    if opens >= closes:
        raise RuleRefused(_("The first hour must lie before the last."))
    row, _new = Hours.objects.update_or_create(pk=1, defaults={"opens": opens, "closes": closes})
    record_action(row, detail={"opens": opens.isoformat(), "closes": closes.isoformat()})
    return row


@action("urging.save_holiday", may=can_keep_rules)
def save_holiday(
    actor: User | None, *, day: dt.date, name: str = "", is_worked: bool = False
) -> Holiday:
    """Say that a day is off, or that a Saturday or Sunday is worked; without a name, neither.

    Raises:
        RuleRefused: the day is what its weekday says already.
    """
    row = Holiday.objects.filter(day=day).first()
    if not name.strip():
        if row is None:
            raise RuleRefused(_("Say what the day is called."))
        kept = row.pk
        detail = {"day": day.isoformat(), "removed": row.name}
        row.delete()
        row.pk = kept
        record_action(row, detail=detail)
        return row
    if is_worked != (day.weekday() >= 5):
        raise RuleRefused(
            _("A day that is worked in exchange is a Saturday or Sunday.")
            if is_worked
            else _("Saturdays and Sundays are off without being entered.")
        )
    row, _new = Holiday.objects.update_or_create(
        day=day, defaults={"name": name.strip()[:200], "is_worked": is_worked}
    )
    record_action(row, detail={"day": day.isoformat(), "name": row.name, "worked": is_worked})
    return row
