"""What statistics are of: the register's own filters, so that each number links to its tasks."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.audit.kept import kept
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature, Task
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.periods import offer_periods
from diemcau.delivery.queries import find_tasks
from diemcau.directory.models import Body
from diemcau.web.days import say_day, say_period
from diemcau.web.filters import PAGE, Chip
from diemcau.web.tasks.asked import Asked, read_asked

__all__ = ["PAGES", "Scope", "period_words", "read_scope"]

PAGES = ("statistics", "six_fields", "funnel", "checked_figures")
_BODY = "co-quan"
_OWN = (PAGE, "ky-bao-cao", "buoc")
"""Parameters of these pages that are no filters of the register."""


@dataclass
class Scope:
    """The tasks a page is about, and the links to them.

    Args:
        asked: the address as the register reads it.
        filter: what is asked, led by the chosen body where one is chosen: a task is counted once.
        own: id of the one body the person acts for, counted where no body is chosen; "" for who
            acts for several, or for all.
    """

    request: HttpRequest
    asked: Asked
    filter: TaskFilter
    own: str = ""

    @property
    def on(self) -> dt.date:
        return self.asked.on

    def tasks(self, *, on: dt.date | None = None, **more: Any) -> QuerySet[Task]:
        """The tasks as the person sees them on the day."""
        asked = replace(self.filter, **more)
        return find_tasks(self.request.user, asked, on=on or self.on)

    def link(self, **more: str | None) -> str:
        """The register narrowed to what a number counts."""
        return self._address("tasks", more)

    def here(self, name: str = "", **more: str | None) -> str:
        """Another of these pages, or this one, about the same tasks."""
        page = name or self.request.resolver_match.url_name
        return self._address(page, more, keep=True)

    def _address(self, name: str, more: dict[str, str | None], *, keep: bool = False) -> str:
        query: QueryDict = self.request.GET.copy()
        for one in (PAGE,) if keep else _OWN:
            query.pop(one, None)
        if self.filter.body and not keep:
            query["vai-tro"] = "chu-tri"
        for key, value in more.items():
            key = key.replace("_", "-")
            query.pop(key, None)
            if value or (keep and value == ""):
                query[key] = value
        # An empty body says "all of them", where a person's own is counted without a word.
        open_ = (_BODY,) if keep and self.own else ()
        text = urlencode([(k, v) for k, v in query.items() if v or k in open_])
        return f"{reverse(name)}?{text}" if text else reverse(name)

    @property
    def whose(self) -> str:
        """The name of the body whose tasks are counted; "" for those of every body."""
        return self.asked.named(_BODY)

    @property
    def all_url(self) -> str:
        """This page about every body."""
        return self.here(**{_BODY: ""})

    def undated(self, **more: Any) -> dict[str, Any]:
        """The tasks no period holds because nobody knows their day."""
        left_out = {"said": "", "undated": True, **more}
        link = {"ky_noi": None, "chua_ro_ngay": "1", "loai": self.filter.nature}
        if "nature" in more:
            link["loai"] = more["nature"]
        return {"n": self.tasks(**left_out).count(), "url": self.link(**link)}

    def form(self) -> dict[str, Any]:
        """What the form of these pages shows."""
        get, today = self.asked.filters.get, timezone.localdate()
        rule = DueRule(self.filter.rule)
        return {
            "body": self.asked.named(_BODY),
            "partner": self.asked.named("doi-tac"),
            "programme": get("chuong-trinh"),
            "nature": get("loai"),
            "natures": Nature.choices,
            "said": get("ky-noi"),
            "due": get("ky-han"),
            "rule": rule.value,
            "rules": [
                (DueRule.CALENDAR.value, _("calendar periods")),
                (DueRule.ADMINISTRATIVE.value, _("periods of Decree 09/2019")),
            ],
            "day": self.on.isoformat() if self.on != today else "",
            "today": today.isoformat(),
            "periods": [(name, period_words(name)) for name in offer_periods(today, rule)],
        }

    def context(self) -> dict[str, Any]:
        """What every page of this kind needs."""
        return {
            "scope": self,
            "undated": self.undated() if self.filter.said else None,
            "form": self.form(),
            "asked": self.asked,
            "active": [self._removable(chip) for chip in self.asked.filters.active],
            "pages": [
                {"name": name, "url": self.here(name), "label": label}
                for name, label in (
                    ("statistics", _("Four cells")),
                    ("six_fields", _("Six fields")),
                    ("funnel", _("From signed to delivered")),
                    ("checked_figures", _("Check a report's figures")),
                )
            ],
        }

    def _removable(self, chip: Chip) -> Chip:
        """The chip of the body leads to all bodies, where without a word it is the person's own."""
        if not self.own or f"{_BODY}=" in chip.url:
            return chip
        joint = "" if chip.url == "?" else "&"
        return replace(chip, url=f"{chip.url}{joint}{_BODY}=")

    def said(self) -> list[tuple[str, str]]:
        """The scope in words, for the head of a file."""
        rows = [(_("Filter"), chip.label) for chip in self.asked.filters.active]
        return [*rows, (_("As of"), say_day(self.on))]


def read_scope(request: HttpRequest) -> Scope:
    """Read what a page of statistics is asked for; without a body, the person's own."""
    own = own_body(request.user)
    if own and _BODY not in request.GET:
        query = request.GET.copy()
        query[_BODY] = own
        request.GET = query
    asked = read_asked(request)
    held = asked.filter
    return Scope(request, asked, replace(held, leads=True) if held.body else held, own)


def own_body(by: User) -> str:
    """Id of the one body a person acts for; "" for who acts for several, or for all."""
    bodies = {one.body for one in held_by(by)}
    if len(bodies) != 1 or None in bodies:
        return ""
    pk = bodies.pop()
    return kept("ref of body", pk, lambda: Body.objects.values_list("ref", flat=True).get(pk=pk))


def period_words(name: str) -> str:
    """A period in words: "quý III năm 2025"; two days with their words between."""
    first, slash, last = name.partition("/")
    if slash and len(first) == 10:
        return _("from %(first)s to %(last)s") % {
            "first": say_period(first),
            "last": say_period(last),
        }
    return say_period(name)
