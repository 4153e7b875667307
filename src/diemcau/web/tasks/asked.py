"""The filters of the register as the address has them: read, said in chips, offered in a form."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from diemcau.access.queries import find_bodies
from diemcau.delivery.deadlines import DueRule, read_deadline, typed_period
from diemcau.delivery.models import DecidingLevel, Directive, Nature, Side, Task
from diemcau.delivery.narrowing import SILENT_DAYS, TaskFilter
from diemcau.delivery.states import Standing, Status
from diemcau.directory.cells import number_in
from diemcau.directory.models import Body, Partner
from diemcau.directory.queries import list_partners
from diemcau.directory.reach import runs
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, seen
from diemcau.web.days import say_day, say_period
from diemcau.web.filters import Chip, Filters
from diemcau.web.names import say_name
from vanban.directory.names import key

__all__ = ["CELLS", "FLAGS", "Asked", "read_asked", "suggest"]

CELLS = {"in_time,near": (Standing.IN_TIME, Standing.NEAR)}
"""Cells of the official statistics that hold two standings."""
FLAGS = {
    "noi-lai": "again",
    "chua-ro": "no_lead",
    "phia-doi-tac": "theirs",
    "khong-han": "no_deadline",
    "chua-ro-ngay": "undated",
    "chua-co-tin": "unheard",
    "vuong-mac": "obstacle",
    "lui-han": "slip_waiting",
    "cua-toi": "mine",
    "phai-bao-cao": "to_report",
    "cho-toi": "to_confirm",
    "phai-tra-loi": "to_answer",
}
"""Filters that are asked or not, by their parameter."""
_LONG = 9_999
_CHOICES = 8


@dataclass
class Asked:
    """What the address asks.

    Args:
        filter: the same, for `queries.find_tasks`.
        on: the day it speaks of.
        filters: chips, and the links that change them.
        problems: what was asked and could not be understood, each with choices (label, url).
        body, partner: those asked about, where the directory knows which is meant.
        instrument: its number, where it is one that gave a task.
    """

    filter: TaskFilter
    on: dt.date
    filters: Filters
    problems: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    body: Body | None = None
    partner: Partner | None = None
    instrument: str = ""

    @property
    def is_past(self) -> bool:
        return self.on != timezone.localdate()

    def named(self, name: str) -> str:
        """What a filter shows in its field: the name of what is meant, else what was typed."""
        found = {"co-quan": self.body, "doi-tac": self.partner, "vb-giao": self.instrument}
        return str(found.get(name) or self.filters.get(name))

    def form(self) -> dict[str, Any]:
        """What the form of filters shows: the value typed or chosen, and the choices."""
        get = self.filters.get
        chosen = (
            ("tinh-trang", _("Standing"), _standings()),
            ("trang-thai", _("State of the work"), Status.choices),
            ("loai", _("Nature"), Nature.choices),
            ("ben", _("Obstacle on the side of"), Side.choices),
            ("cap", _("Obstacle to be decided by"), DecidingLevel.choices),
        )
        return {
            "selects": [
                {"name": name, "label": label, "options": options, "value": get(name)}
                for name, label, options in chosen
            ],
            "typed": [
                {"name": n, "label": label, "value": self.named(n), "hint": hint}
                for n, label, hint in (
                    ("giao-boi", _("Given by"), say_name(get("giao-boi"))),
                    ("chuong-trinh", _("Programme"), ""),
                    ("vb-giao", _("Instrument, by its number"), "65/TB-VPCP"),
                    ("doi-tac", _("Partner"), ""),
                    ("giao-cho", _("Assignee as written"), ""),
                )
            ],
            "body": self.named("co-quan"),
            "leads": self.filter.leads,
            "said": get("ky-noi"),
            "due": get("ky-han"),
            "rule": self.filter.rule,
            "rules": (
                (DueRule.CALENDAR, _("calendar periods")),
                (DueRule.ADMINISTRATIVE, _("periods of Decree 09/2019")),
            ),
            "silent": get("im-lang"),
            "silent_days": SILENT_DAYS,
            "flags": [(name, label, get(name) == "1") for name, label in _flags().items()],
            "kept": [
                (name, value)
                for name in (
                    "xep",
                    "cot",
                    "ngay",
                    "tat-ca",
                    "van-ban",
                    "chi-dao",
                    "rieng",
                    "den-han",
                )
                for value in self.filters.request.GET.getlist(name)
            ],
        }


def read_asked(request: HttpRequest) -> Asked:
    """Read the filters of the address; what names nothing finds nothing, and is said."""
    filters = Filters(request)
    get = filters.get
    asked = Asked(TaskFilter(), _day(get("ngay")), filters)
    _say_ahead(asked)
    rule = get("ky") if get("ky") in DueRule.values else DueRule.CALENDAR.value
    silent = number_in(get("im-lang"))
    asked.filter = TaskFilter(
        standings=_known_standings(get("tinh-trang")),
        status=get("trang-thai"),
        nature=get("loai"),
        body=_body(asked),
        alone=get("rieng") == "1",
        leads=get("vai-tro") == "chu-tri",
        assignee=get("giao-cho"),
        issuer=get("giao-boi"),
        programme=get("chuong-trinh"),
        document=filters.get_id("van-ban"),
        instrument=_instrument(asked, request.user),
        directive=filters.get_id("chi-dao"),
        partner=_partner(asked),
        said=_period(asked, "ky-noi"),
        due=_period(asked, "ky-han"),
        due_by=_last_day(get("den-han")),
        rule=rule,
        silent=min(silent, _LONG) if silent is not None else None,
        side=get("ben"),
        level=get("cap"),
        words=get("q"),
        **{name: get(parameter) == "1" for parameter, name in FLAGS.items()},
    )
    _chips(asked, request.user)
    return asked


def _day(text: str) -> dt.date:
    """The day asked for; today for one that is none or still to come."""
    today = timezone.localdate()
    try:
        day = parse_date(text) or today
    except ValueError:
        return today
    return min(day, today)


def _say_ahead(asked: Asked) -> None:
    typed = _last_day(asked.filters.get("ngay"))
    if typed is not None and typed > asked.on:
        problem = _("%(day)s has not come yet; today is shown.") % {"day": say_day(typed)}
        asked.problems.append((problem, []))


def _last_day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _known_standings(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(",") if one)


def _standings() -> list[tuple[str, Any]]:
    both = ("in_time,near", _("Not done, in time"))
    return [*Standing.choices[:3], both, *Standing.choices[3:]]


def _body(asked: Asked) -> str:
    typed = asked.filters.get("co-quan")
    if not typed:
        return ""
    found = find_bodies(typed, on=asked.on)
    if len(found) == 1:
        asked.body = found[0]
        return asked.body.ref
    choices = [(str(one), asked.filters.url(**{"co-quan": one.ref})) for one in found]
    asked.problems.append((_nothing(typed, _("one body of the directory"), choices), choices))
    return typed


def _partner(asked: Asked) -> str:
    typed = asked.filters.get("doi-tac")
    if not typed:
        return ""
    found = _partners(typed)
    if len(found) == 1:
        asked.partner = found[0]
        return asked.partner.ref
    choices = [(str(one), asked.filters.url(**{"doi-tac": one.ref})) for one in found]
    asked.problems.append((_nothing(typed, _("one partner of the directory"), choices), choices))
    return typed


def _partners(typed: str) -> list[Partner]:
    meant = Q(ref=typed) | Q(names__key=key(typed)) | Q(name_en__iexact=typed)
    named = Partner.objects.filter(meant).distinct()
    return list(named[:_CHOICES]) or list(list_partners(words=typed)[:_CHOICES])


def _instrument(asked: Asked, by: Reader) -> int | None:
    typed = asked.filters.get("vb-giao")
    if not typed:
        return None
    rows = Directive.objects.filter(seen(by)).exclude(instrument=None)
    by_id = asked.filters.get_id("vb-giao")
    if by_id is not None:
        rows = rows.filter(instrument=by_id)
    else:
        rows = rows.filter(instrument__number__iexact=typed)
    names = ("instrument", "instrument__kind", "instrument__number", "instrument__issued_on")
    found = list(rows.order_by("instrument").values_list(*names).distinct()[:_CHOICES])
    if len(found) == 1:
        asked.instrument = found[0][2]
        return found[0][0]
    choices = [
        (f"{kind} {number} {say_day(on)}".strip(), asked.filters.url(**{"vb-giao": str(pk)}))
        for pk, kind, number, on in found
    ]
    problem = _nothing(typed, _("one instrument that gave a task"), choices)
    asked.problems.append((problem, choices))
    return 0


def _period(asked: Asked, name: str) -> str:
    typed = asked.filters.get(name)
    period = typed_period(typed)
    if period and read_deadline(period) is None:
        asked.problems.append(
            (
                _("“%(found)s” is not a period; write 2026-06-30, 2026-06, 2026-Q2, 2026-H1, 2026.")
                % {"found": typed[:40]},
                [],
            )
        )
    return period


def _nothing(typed: str, wanted: str, choices: list[tuple[str, str]]) -> str:
    words = {"found": typed[:80], "wanted": wanted}
    if choices:
        return _("“%(found)s” is more than %(wanted)s; choose which:") % words
    return _("“%(found)s” is not %(wanted)s, so nothing is found by it.") % words


def _flags() -> dict[str, str]:
    return {
        "cua-toi": _("Of my bodies"),
        "phai-bao-cao": _("To be reported by my bodies"),
        "phai-tra-loi": _("To be answered by my bodies"),
        "cho-toi": _("Waiting for my confirmation"),
        "vuong-mac": _("With an open obstacle"),
        "lui-han": _("Another deadline asked for"),
        "khong-han": _("Without a deadline"),
        "chua-ro-ngay": _("Day given not known"),
        "chua-co-tin": _("No word yet"),
        "chua-ro": _("No single lead"),
        "phia-doi-tac": _("The partner's side keeps this promise"),
        "noi-lai": _("Said again"),
    }


def _chips(asked: Asked, by: Reader) -> None:
    """Say every filter in use, with the link that takes it out."""
    get = asked.filters.get
    named = (
        ("tinh-trang", _("Standing"), _each(_standings(), get("tinh-trang"))),
        ("trang-thai", _("State of the work"), _label(Status.choices, get("trang-thai"))),
        ("loai", _("Nature"), _label(Nature.choices, get("loai"))),
        ("co-quan", _("Lead") if asked.filter.leads else _("Body"), asked.named("co-quan")),
        ("giao-cho", _("Assigned to"), say_name(get("giao-cho"))),
        ("giao-boi", _("Given by"), say_name(get("giao-boi"))),
        ("chuong-trinh", _("Programme"), ""),
        ("van-ban", _("Document"), _document(asked, by)),
        ("vb-giao", _("Instrument"), asked.named("vb-giao")),
        ("chi-dao", _("Directive"), ""),
        ("doi-tac", _("Partner"), asked.named("doi-tac")),
        ("ky-noi", _("Said in"), _said_period(asked, "ky-noi")),
        ("ky-han", _("Due in"), _said_period(asked, "ky-han")),
        ("den-han", _("Due by"), say_day(asked.filter.due_by) if asked.filter.due_by else ""),
        ("im-lang", _("Silent for more than"), _("%(n)s days") % {"n": get("im-lang")}),
        ("ben", _("Obstacle on the side of"), _label(Side.choices, get("ben"))),
        ("cap", _("Obstacle to be decided by"), _label(DecidingLevel.choices, get("cap"))),
    )
    for name, label, value in named:
        if get(name):
            _chip(asked, name, f"{label}: {value or get(name)}", about=str(label))
    for name, label in _flags().items():
        if get(name) == "1":
            _chip(asked, name, label)
    asked.filters.add_words(_("Words"))


def _chip(asked: Asked, name: str, words: str, *, about: str = "") -> None:
    gone: dict[str, str | None] = {name: None}
    if name == "co-quan":
        gone |= {"vai-tro": None, "rieng": None}
        if asked.filter.alone:
            words = _("%(name)s alone") % {"name": words}
    asked.filters.active.append(Chip(words, asked.filters.url(**gone), about=about))


def _label(choices: Iterable[tuple[Any, Any]], value: str) -> str:
    return str(next((label for one, label in choices if one == value), value))


def _each(choices: list[tuple[str, Any]], value: str) -> str:
    whole = _label(choices, value)
    return whole if whole != value else ", ".join(_label(choices, v) for v in value.split(","))


def _document(asked: Asked, by: Reader) -> str:
    pk = asked.filters.get_id("van-ban")
    if pk is None:
        return ""
    return str(Document.objects.filter(seen(by, "pk"), pk=pk).first() or "")


def _said_period(asked: Asked, name: str) -> str:
    words = say_period(typed_period(asked.filters.get(name)))
    if asked.filter.rule == DueRule.ADMINISTRATIVE:
        return _("%(period)s, by Decree 09/2019") % {"period": words}
    return words


def suggest(
    by: Reader, name: str, typed: str, *, on: dt.date, below: str = ""
) -> list[tuple[str, str]]:
    """What may be meant while a filter is typed: (value, how many or what it is).

    Args:
        below: id in the directory of the body whose own are asked for, of bodies; "" for all.
    """
    typed = typed.strip()
    if name == "co-quan":
        return _bodies(typed, on=on, below=below) if typed else []
    if name == "doi-tac":
        return [(str(one), "") for one in _partners(typed)] if typed else []
    path = _SUGGESTED.get(name)
    if path is None:
        return []
    tasks = Task.objects.filter(seen(by), withdrawn_at=None, replaced_by=None)
    if typed:
        tasks = tasks.filter(**{f"{path}__icontains": typed})
    rows = tasks.exclude(**{path: ""}).exclude(**{path: None}).order_by().values_list(path)
    return [(v, str(n)) for v, n in rows.annotate(n=Count("pk")).order_by("-n", path)[:12]]


def _bodies(typed: str, *, on: dt.date, below: str) -> list[tuple[str, str]]:
    among = None
    if below:
        above = Body.objects.filter(ref=below).first()
        among = runs(above, on=on) if above else set()
    return [(str(one), one.ref) for one in find_bodies(typed, on=on, among=among)]


_SUGGESTED = {
    "giao-boi": "issuer",
    "chuong-trinh": "programme",
    "vb-giao": "directive__instrument__number",
    "giao-cho": "assignments__as_written",
}
