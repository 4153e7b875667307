"""Where a task stands, in one plain sentence a leader reads, and why, rule by rule."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemcau.delivery.models import Nature, Side, Task
from diemcau.delivery.states import Standing, Status
from diemcau.indicators.days import say_day, say_period, say_span

__all__ = ["Known", "say_standing", "say_why"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows around a task say; every number is counted, none guessed.

    Args:
        first_said: day it was first said; None if no text fixes it.
        n_again: in how many further documents it was said again.
        n_evidence: pieces of evidence that hold.
        n_slips: new deadlines approved.
        sides: sides on which obstacles lie that nobody has resolved.
        delivered_on: day its last report says the result was delivered.
    """

    first_said: dt.date | None = None
    n_again: int = 0
    n_evidence: int = 0
    n_slips: int = 0
    sides: Collection[str] = ()
    delivered_on: dt.date | None = None


def say_standing(task: Task, known: Known, *, on: dt.date) -> str:
    """One sentence: when it was given, what came of it, its deadline, what stands in the way.

    A task that is late while the partner's side is in the way is never called late without that.
    Args:
        task: with `standing` as `queries.with_standing` gives it for the day.
        on: the day it speaks of.
    """
    said = [", ".join([_given(task, known), *_again(known), _outcome(task, known)])]
    said += [part for part in (_due(task, known, on), _slipped(known)) if part]
    if task.status not in (Status.DONE, Status.REFUSED):
        said += _hindered(known)
    sentence = "; ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _given(task: Task, known: Known) -> str:
    if known.first_said is None:
        return _("the day it was given is not known")
    promised = task.nature != Nature.ORDER
    text = _("promised on %(day)s") if promised else _("given on %(day)s")
    return text % {"day": say_day(known.first_said)}


def _again(known: Known) -> list[str]:
    if not known.n_again:
        return []
    again = ngettext("repeated %(n)d time", "repeated %(n)d times", known.n_again)
    return [again % {"n": known.n_again}]


def _outcome(task: Task, known: Known) -> str:
    day = {"day": say_day(known.delivered_on)}
    match task.status:
        case Status.DONE if known.delivered_on:
            return _("delivered on %(day)s") % day
        case Status.DONE:
            return _("delivered")
        case Status.AWAITING if known.delivered_on:
            return _("reported done on %(day)s, awaiting confirmation") % day
        case Status.AWAITING:
            return _("reported done, awaiting confirmation")
        case Status.REDO:
            return _("its result was returned, to be done again")
        case Status.SUSPENDED:
            return _("suspended")
        case Status.REFUSED:
            return _("refused by the body it was given to")
    if known.n_evidence:
        words = ngettext(
            "%(n)d piece of evidence, not reported done yet",
            "%(n)d pieces of evidence, not reported done yet",
            known.n_evidence,
        )
        return words % {"n": known.n_evidence}
    return _("no result yet")


def _due(task: Task, known: Known, on: dt.date) -> str:
    match task.standing:
        case Standing.NONE:
            return _("no deadline was set")
        case Standing.DONE_ON_TIME:
            return _("on time")
        case Standing.DONE_LATE:
            days = ((known.delivered_on or on) - task.due_to).days
            return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
        case Standing.LATE if task.status == Status.AWAITING and known.delivered_on:
            # It is counted late for the day its report names, not up to today.
            days = (known.delivered_on - task.due_to).days
            return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
        case Standing.LATE:
            days = (on - task.due_to).days
            words = ngettext("%(n)d day overdue", "%(n)d days overdue", days)
            return words % {"n": days}
        case Standing.IN_TIME if on > task.due_to:
            return _reported(task, known, on)
        case Standing.NEAR | Standing.IN_TIME:
            days = (task.due_to - on).days
            if not days:
                return _("today is the last day")
            words = ngettext(
                "%(n)d day left to its deadline", "%(n)d days left to its deadline", days
            )
            return words % {"n": days}
    return ""


def _reported(task: Task, known: Known, on: dt.date) -> str:
    """Of a result that awaits confirmation beyond its deadline: how it was reported."""
    if known.delivered_on is None:
        return _("the report names no day of delivery")
    days = (on - task.due_to).days
    words = ngettext(
        "reported within its deadline, which passed %(n)d day ago",
        "reported within its deadline, which passed %(n)d days ago",
        days,
    )
    return words % {"n": days}


def _slipped(known: Known) -> str:
    if not known.n_slips:
        return ""
    words = ngettext(
        "its deadline was moved %(n)d time", "its deadline was moved %(n)d times", known.n_slips
    )
    return words % {"n": known.n_slips}


def _hindered(known: Known) -> list[str]:
    sides = set(known.sides)
    if Side.BOTH in sides or sides >= {Side.OURS, Side.PARTNER}:
        return [_("held up on both sides")]
    if Side.PARTNER in sides:
        return [_("held up on the partner's side")]
    return [_("held up on our side")] if Side.OURS in sides else []


def say_why(task: Task, known: Known, *, on: dt.date) -> list[str]:
    """Why a task stands where it stands: the deadline, the rule it is counted by, what decided.

    Source: `states.standing`; on time or late goes by the day the result was delivered, whenever
    it was confirmed.
    """
    why = []
    if task.due_to is None:
        why.append(_("Nobody set a deadline, so it is neither on time nor late."))
    else:
        why.append(
            _("Its deadline, “%(deadline)s”, runs from %(span)s and is counted by %(rule)s.")
            % {
                "deadline": say_period(task.deadline),
                "span": say_span(task.due_from, task.due_to),
                "rule": task.counted_by.label,
            }
            if task.due_from != task.due_to
            else _("Its deadline is the day %(day)s.") % {"day": say_day(task.due_to)}
        )
        why.append(_decided(task, known, on))
    if task.status == Status.AWAITING:
        why.append(_("It counts as done once who gave it confirms the result."))
    sides = set(known.sides)
    if task.standing == Standing.LATE and sides & {Side.PARTNER, Side.BOTH}:
        why.append(_("It is late while an obstacle on the partner's side is open."))
    return [one for one in why if one]


def _decided(task: Task, known: Known, on: dt.date) -> str:
    day, last = say_day(known.delivered_on), say_day(task.due_to)
    match task.standing:
        case Standing.DONE_ON_TIME | Standing.DONE_LATE:
            if known.delivered_on is None:
                return _("The day of delivery is not known, so it is compared as of today.")
            if known.delivered_on <= task.due_to:
                return _("Delivered on %(day)s, not after the last day %(last)s: on time.") % {
                    "day": day,
                    "last": last,
                }
            return _("Delivered on %(day)s, after the last day %(last)s: late.") % {
                "day": day,
                "last": last,
            }
        case Standing.LATE:
            return _("Today, %(day)s, is after the last day %(last)s: overdue.") % {
                "day": say_day(on),
                "last": last,
            }
        case Standing.IN_TIME if on > task.due_to and known.delivered_on is None:
            return _("The report names no day of delivery; whoever confirms it says the day.")
        case Standing.IN_TIME if on > task.due_to:
            return _("Reported for %(day)s, not after the last day %(last)s: not overdue.") % {
                "day": day,
                "last": last,
            }
        case Standing.NEAR | Standing.IN_TIME:
            return _("Today, %(day)s, is not after the last day %(last)s: within its deadline.") % {
                "day": say_day(on),
                "last": last,
            }
        case Standing.SUSPENDED | Standing.REFUSED:
            return _("While it is “%(state)s” no deadline is counted.") % {
                "state": Standing(task.standing).label
            }
    return ""
