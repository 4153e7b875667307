"""The cells of a row of the register, written without a template of their own.

A page of the register has up to 100 rows of up to ten cells. As included templates these took most
of the page's time; here each is one function, and every word is looked up once a page.
"""

from collections.abc import Callable, Sequence
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diemcau.delivery.models import AssignmentRole, Nature, Task
from diemcau.delivery.states import Standing, Status
from diemcau.web.days import say_period
from diemcau.web.templatetags.speech import day, number, whole

register = template.Library()
__all__ = ["cells"]

_UNKNOWN = '<span class="unknown">{}</span>'


@register.simple_tag
def cells(task: Task, shown: Sequence[str], may_change: bool) -> SafeString:
    """The cells of a task: a box to choose it, its title, the chosen columns.

    Args:
        task: of `queries.list_tasks`, with its assignments at hand.
        shown: names of `columns.COLUMNS`.
        may_change: whether the person may choose it.
    """
    told = [_box(task)] if may_change else []
    told.append(_title(task))
    told += [_WRITERS[name](task) for name in shown]
    return mark_safe("".join(told))


def _box(task: Task) -> str:
    name = task.title if len(task.title) <= 60 else f"{task.title[:59]}…"
    words = escape(_("Choose: %(title)s") % {"title": name})
    return (
        f'<td class="tick"><label><input type="checkbox" name="chon" value="{task.pk}:'
        f'{task.version}" data-tick><span class="unseen">{words}</span></label></td>'
    )


def _title(task: Task) -> str:
    told = f'<a href="{_list_url()}{task.pk}/">{escape(task.title)}</a>'
    if task.nature != Nature.ORDER:
        told += f' <small class="kind">{escape(task.get_nature_display())}</small>'
    return _cell("Task", told, ' class="main" lang="vi"')


@cache
def _list_url() -> str:
    return reverse("task", args=[0]).removesuffix("0/")


def _say(words: str) -> str:
    """Words of ours in the reader's language, safe to stand in a page or an attribute."""
    return _said(words, get_language() or "")


@cache
def _said(words: str, language: str) -> str:
    return escape(_(words))


def _cell(label: str, words: str, attributes: str = "") -> str:
    return f'<td{attributes} data-label="{_say(label)}">{words}</td>'


def _name(words: str) -> str:
    """A name as `whole` marks it: what it made safe is not escaped again."""
    return conditional_escape(whole(words))


def _missing(words: str) -> str:
    return _UNKNOWN.format(_say(words))


def _assigned(task: Task) -> str:
    found = []
    for one in task.assignments.all():
        many = " many" if one.is_collective else ""
        said = f'<span class="body{many}"><span lang="vi">{_name(one.as_written)}</span>'
        if one.role != AssignmentRole.LEAD:
            said += f" <small>{escape(one.get_role_display())}</small>"
        if one.is_collective:
            said += f" <small>{_say('collective')}</small>"
        found.append(f"{said}</span>")
    told = '<span class="sep">, </span>'.join(found)
    if not task.has_lead:
        told += f"{' ' if told else ''}{_missing('Lead not known')}"
    return _cell("Assigned to", told)


def _due(task: Task) -> str:
    if not task.held_due:
        return _cell("Deadline", _missing("No deadline yet"), ' class="when"')
    ends = escape(_("to %(day)s") % {"day": day(task.held_due)})
    said = f'<span class="said">{escape(say_period(task.deadline))}</span>'
    if task.due_from != task.held_due:
        said += f'<br><small class="aside">{ends}</small>'
    return _cell("Deadline", said, ' class="when"')


def _standing(task: Task) -> str:
    told = f'<span class="state {task.standing}">{escape(Standing(task.standing).label)}</span>'
    if task.held_status in (Status.AWAITING, Status.REDO):
        told += f'<br><small class="aside">{escape(Status(task.held_status).label)}</small>'
    return _cell("Standing", told)


def _status(task: Task) -> str:
    return _cell("State of the work", escape(task.get_status_display()))


def _last_word(task: Task) -> str:
    told = escape(day(task.last_word_at)) if task.last_word_at else _missing("No word yet")
    return _cell("Last word", told, ' class="day"')


def _issuer(task: Task) -> str:
    told = _name(task.issuer) if task.issuer else _missing("Not said")
    return _cell("Given by", told)


def _said_on(task: Task) -> str:
    told = escape(day(task.said_on)) if task.said_on else _missing("Day not known")
    if (task.n_said or 0) > 1:
        times = escape(_("said %(n)s times") % {"n": number(task.n_said)})
        told += f'<br><span class="times">{times}</span>'
    return _cell("Said", told, ' class="day"')


def _programme(task: Task) -> str:
    return _cell("Programme", escape(task.programme or "—"), ' lang="vi"')


def _instrument(task: Task) -> str:
    order = task.directive
    if order is None or order.instrument is None:
        return _cell("Instrument", "—", ' lang="vi"')
    told = _name(str(order.instrument))
    if order.clause:
        told += f' <small class="aside">{escape(order.clause)}</small>'
    return _cell("Instrument", told, ' lang="vi"')


def _code(task: Task) -> str:
    return _cell("Code", escape(task.code or "—"))


_WRITERS: dict[str, Callable[[Task], str]] = {
    "giao-cho": _assigned,
    "han": _due,
    "tinh-trang": _standing,
    "trang-thai": _status,
    "tin": _last_word,
    "giao-boi": _issuer,
    "noi": _said_on,
    "chuong-trinh": _programme,
    "van-ban": _instrument,
    "ma": _code,
}
