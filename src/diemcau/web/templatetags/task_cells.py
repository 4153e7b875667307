"""The cells of a row of the register, written without a template of their own.

A page of the register has up to 100 rows of up to ten cells. As included templates these took most
of the page's time; here each is one function, and every word is looked up once a page.
"""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape

from django import template
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diemcau.delivery.models import AssignmentRole, Nature, Task
from diemcau.delivery.states import Standing, Status
from diemcau.web.days import say_period
from diemcau.web.names import say_called, say_given
from diemcau.web.templatetags.speech import day, number, whole

register = template.Library()
__all__ = ["cells"]

_UNKNOWN = '<span class="unknown">{}</span>'


@register.simple_tag
def cells(task: Task, shown: Sequence[str], may_change: bool) -> SafeString:
    """The cells of a task: a box to choose it, its title, the chosen columns.

    Args:
        task: of `queries.list_tasks`, with its assignments at hand as `given`.
        shown: names of `columns.COLUMNS`.
        may_change: whether the person may choose it.
    """
    say = _say_in(get_language() or "")
    told = [_box(task, say)] if may_change else []
    told.append(_title(task, say))
    told += [_WRITERS[name](task, say) for name in shown]
    return mark_safe("".join(told))


class _Say(dict[str, str]):
    """Words of ours in one language, safe to stand in a page or an attribute; each is looked up
    once in the life of the process."""

    def __missing__(self, words: str) -> str:
        self[words] = found = escape(_(words))
        return found

    def one_of(self, choices: type[TextChoices], value: str) -> str:
        """The name of a choice."""
        place = f"{choices.__name__}.{value}"
        if place not in self:
            self[place] = escape(choices(value).label)
        return self[place]


@cache
def _say_in(language: str) -> _Say:
    return _Say()


def _box(task: Task, say: _Say) -> str:
    name = task.title if len(task.title) <= 60 else f"{task.title[:59]}…"
    words = say["Choose: %(title)s"] % {"title": say_given(name)}
    return (
        f'<td class="tick"><label><input type="checkbox" name="chon" value="{task.pk}:'
        f'{task.version}" data-tick><span class="unseen">{words}</span></label></td>'
    )


def _title(task: Task, say: _Say) -> str:
    told = f'<a href="{_list_url()}{task.pk}/">{escape(task.title)}</a>'
    if task.nature != Nature.ORDER:
        told += f' <small class="kind">{say.one_of(Nature, task.nature)}</small>'
    return _cell(say["Task"], told, ' class="main" lang="vi"')


@cache
def _list_url() -> str:
    return reverse("task", args=[0]).removesuffix("0/")


def _cell(label: str, words: str, attributes: str = "") -> str:
    return f'<td{attributes} data-label="{label}">{words}</td>'


def _name(name: str) -> str:
    return conditional_escape(whole(say_called(name)))


def _assigned(task: Task, say: _Say) -> str:
    found = []
    for one in task.given:
        many = " many" if one.is_collective else ""
        said = f'<span class="body{many}">{_name(one.as_written)}'
        if one.role != AssignmentRole.LEAD:
            said += f" <small>{say.one_of(AssignmentRole, one.role)}</small>"
        if one.is_collective:
            said += f" <small>{say['collective']}</small>"
        found.append(f"{said}</span>")
    told = '<span class="sep">, </span>'.join(found)
    if task.is_partners:
        words = say["The partner's side keeps this promise"]
        told = f"{words}{'<br>' if told else ''}{told}"
    elif not task.has_lead:
        told += f"{' ' if told else ''}{_UNKNOWN.format(say['Lead not known'])}"
    return _cell(say["Assigned to"], told)


def _due(task: Task, say: _Say) -> str:
    if not task.held_due:
        return _cell(say["Deadline"], _UNKNOWN.format(say["No deadline yet"]), ' class="when"')
    said = f'<span class="said">{escape(say_period(task.deadline))}</span>'
    if task.due_from != task.held_due:
        ends = say["to %(day)s"] % {"day": escape(day(task.held_due))}
        said += f'<br><small class="aside">{ends}</small>'
    return _cell(say["Deadline"], said, ' class="when"')


def _standing(task: Task, say: _Say) -> str:
    told = f'<span class="state {task.standing}">{say.one_of(Standing, task.standing)}</span>'
    if task.held_status in (Status.AWAITING, Status.REDO):
        told += f'<br><small class="aside">{say.one_of(Status, task.held_status)}</small>'
    return _cell(say["Standing"], told)


def _status(task: Task, say: _Say) -> str:
    return _cell(say["State of the work"], say.one_of(Status, task.status))


def _last_word(task: Task, say: _Say) -> str:
    told = escape(day(task.held_word)) if task.held_word else _UNKNOWN.format(say["No word yet"])
    return _cell(say["Last word"], told, ' class="day"')


def _issuer(task: Task, say: _Say) -> str:
    told = _name(task.issuer) if task.issuer else _UNKNOWN.format(say["Not said"])
    return _cell(say["Given by"], told)


def _said_on(task: Task, say: _Say) -> str:
    told = escape(day(task.said_on)) if task.said_on else _UNKNOWN.format(say["Day not known"])
    if (task.n_said or 0) > 1:
        times = say["said %(n)s times"] % {"n": number(task.n_said)}
        told += f'<br><span class="times">{times}</span>'
    return _cell(say["Said"], told, ' class="day"')


def _programme(task: Task, say: _Say) -> str:
    return _cell(say["Programme"], escape(task.programme or "—"), ' lang="vi"')


def _instrument(task: Task, say: _Say) -> str:
    order = task.directive
    if order is None or order.instrument is None:
        return _cell(say["Instrument"], "—", ' lang="vi"')
    told = whole(str(order.instrument))
    if order.clause:
        told += f' <small class="aside">{escape(order.clause)}</small>'
    return _cell(say["Instrument"], told, ' lang="vi"')


def _code(task: Task, say: _Say) -> str:
    return _cell(say["Code"], escape(task.code or "—"))


_WRITERS: dict[str, Callable[[Task, _Say], str]] = {
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
