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

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature, Task
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.periods import offer_periods
from diemcau.delivery.queries import find_tasks
from diemcau.web.days import say_day, say_period
from diemcau.web.filters import PAGE
from diemcau.web.tasks.asked import Asked, read_asked

__all__ = ["PAGES", "Scope", "period_words", "read_scope"]

PAGES = ("statistics", "six_fields", "funnel", "checked_figures")
_OWN = (PAGE, "ky-bao-cao", "buoc")
"""Parameters of these pages that are no filters of the register."""


@dataclass
class Scope:
    """The tasks a page is about, and the links to them.

    Args:
        asked: the address as the register reads it.
        filter: what is asked, led by the chosen body where one is chosen: a task is counted once.
    """

    request: HttpRequest
    asked: Asked
    filter: TaskFilter

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
            if value:
                query[key] = value
        text = urlencode([(k, v) for k, v in query.items() if v])
        return f"{reverse(name)}?{text}" if text else reverse(name)

    def form(self) -> dict[str, Any]:
        """What the form of these pages shows."""
        get, today = self.asked.filters.get, timezone.localdate()
        rule = DueRule(self.filter.rule)
        return {
            "body": self.asked.names.get("co-quan", get("co-quan")),
            "partner": self.asked.names.get("doi-tac", get("doi-tac")),
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
            "form": self.form(),
            "asked": self.asked,
            "active": self.asked.filters.active,
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

    def said(self) -> list[tuple[str, str]]:
        """The scope in words, for the head of a file."""
        rows = [(_("Filter"), chip.label) for chip in self.asked.filters.active]
        return [*rows, (_("As of"), say_day(self.on))]


def read_scope(request: HttpRequest) -> Scope:
    """Read what a page of statistics is asked for."""
    asked = read_asked(request)
    held = asked.filter
    return Scope(request, asked, replace(held, leads=True) if held.body else held)


def period_words(name: str) -> str:
    """A period in words: "quý III năm 2025"; two days with their words between."""
    first, slash, last = name.partition("/")
    if slash and len(first) == 10:
        return _("from %(first)s to %(last)s") % {
            "first": say_period(first),
            "last": say_period(last),
        }
    return say_period(name)
