"""What a notice says: to whom, of which task, and because of which rule."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diemcau.urging.models import Kind, Notice
from diemcau.urging.plan import Item, Saying

__all__ = ["GROUPS", "as_notice", "say_what", "say_why"]

GROUPS = (
    Kind.LATE,
    Kind.ASKED,
    Kind.REPORT,
    Kind.ANSWER,
    Kind.SLIP,
    Kind.RESULT,
    Kind.SILENT,
    Kind.BEFORE,
)
"""The order in which a mail tells of them."""


_TO_URGE = {
    Kind.BEFORE: gettext_lazy("Due %(day)s. See that the body keeps it."),
    Kind.LATE: gettext_lazy("Past its deadline of %(day)s. Urge the body that does it."),
    Kind.SILENT: gettext_lazy("No word since %(day)s. Ask the body that does it how it goes."),
}
"""What is asked of who does not do the task themselves."""


def say_what(notice: Notice, *, does: bool = True) -> str:
    """What is asked, in one sentence.

    Args:
        does: who hears it acts for a body that does the task; else they are to urge it.
    """
    day = f"{notice.anchor:%d/%m/%Y}"
    if not does and notice.kind in _TO_URGE:
        return _TO_URGE[Kind(notice.kind)] % {"day": day}
    if notice.kind == Kind.LATE and notice.by_partner:
        return _(
            "Past its deadline of %(day)s; an obstacle on the partner's side is open."
            " Say what was done with the partner, and ask for a new deadline where it is needed."
        ) % {"day": day}
    match notice.kind:
        case Kind.BEFORE:
            words = _("Due %(day)s. Deliver by then, or ask for a new deadline.")
        case Kind.LATE:
            words = _("Past its deadline of %(day)s. Report the result, or ask for a new deadline.")
        case Kind.SILENT:
            words = _("No word since %(day)s. Report how it goes.")
        case Kind.REPORT:
            return _("No report came. %(rule)s.") % {"rule": notice.words}
        case Kind.ASKED if notice.words:
            return _("No word came on the report asked for by %(day)s: %(note)s.") % {
                "day": day,
                "note": notice.words,
            }
        case Kind.ASKED:
            words = _("No word came on the report asked for by %(day)s.")
        case Kind.ANSWER:
            words = _("Given on %(day)s and not answered. Accept it, or return it with a reason.")
        case Kind.SLIP:
            words = _("A new deadline was asked for on %(day)s. Decide on it.")
        case _:
            words = _("Reported done on %(day)s. Confirm it, or return it with a reason.")
    return words % {"day": day}


def say_why(notice: Notice) -> str:
    """Which rule said it: "vì quy tắc “Quá hạn”, bước 2, quá hạn 3 ngày"."""
    return _("by the rule “%(rule)s”, step %(step)d, %(days)s") % {
        "rule": notice.rule,
        "step": notice.step,
        "days": _days(notice.kind, notice.days),
    }


def _days(kind: str, n: int) -> str:
    match kind:
        case Kind.BEFORE:
            words = ngettext("%(n)d day left", "%(n)d days left", n)
        case Kind.LATE | Kind.REPORT | Kind.ASKED:
            words = ngettext("%(n)d day past its day", "%(n)d days past its day", n)
        case Kind.SILENT:
            words = ngettext("%(n)d day without a word", "%(n)d days without a word", n)
        case _:
            words = ngettext("%(n)d day waiting", "%(n)d days waiting", n)
    return words % {"n": n}


def as_notice(saying: Saying) -> Notice:
    """What a planned saying will read as; not saved."""
    item: Item = saying.item
    return Notice(
        task=item.task,
        rule=item.rule,
        kind=item.rule.kind,
        step=saying.rung.number,
        to=saying.rung.to,
        is_escalation=saying.is_escalation,
        about=item.about,
        words=item.words,
        anchor=item.anchor,
        day=saying.day,
        days=saying.days,
        by_partner=saying.by_partner,
    )
