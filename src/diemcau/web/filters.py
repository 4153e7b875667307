"""Filters that live in the address: chips to switch them, and the ones in use."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from diemcau.web.names import say_given

__all__ = ["PAGE", "PER_PAGE", "Chip", "ChipGroup", "Filters", "id_of", "page_of", "per_document"]

PER_PAGE = 50
PAGE = "trang"
"""Query parameter of the page number; changing a filter goes back to the first page."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: what it is called, how many it leaves, where it leads.

    Args:
        about: of a filter in use its name, with which the label begins.
    """

    label: str
    url: str
    n: int = 0
    active: bool = False
    about: str = ""

    @property
    def words(self) -> SafeString:
        """The label, with what is no word of ours marked in its language."""
        head = f"{self.about}: " if self.about else ""
        return format_html("{}{}", head, say_given(self.label.removeprefix(head)))


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """The choices of one filter; `chosen` names the one in use."""

    label: str
    options: list[Chip]
    chosen: str = ""


@dataclass
class Filters:
    """The filters of one request: reads them, and makes the links that change them."""

    request: HttpRequest
    groups: list[ChipGroup] = field(default_factory=list)
    active: list[Chip] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value asked for, "" if none."""
        return self.request.GET.get(name, "").strip()

    def get_all(self, name: str) -> list[str]:
        """Every value asked for, where one filter may have several."""
        return [one.strip() for one in self.request.GET.getlist(name) if one.strip()]

    def get_id(self, name: str) -> int | None:
        """The id asked for; None if none or not a number."""
        return id_of(self.get(name))

    def url(self, **changes: str | list[str] | None) -> str:
        """This page with some parameters set, or taken out where the value is None."""
        query = self.request.GET.copy()
        query.pop(PAGE, None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query.setlist(name, value if isinstance(value, list) else [value])
        return f"?{query.urlencode()}"

    def add(
        self,
        name: str,
        label: str,
        rows: Iterable[tuple[str, str, int]],
        *,
        several: bool = False,
    ) -> None:
        """Offer a filter.

        Args:
            name: its query parameter.
            label: what the group of chips is called.
            rows: (value, label, how many) of each choice; empty values and zeros are left out
                unless in use.
            several: whether it may have more than one value.
        """
        current = self.get_all(name) if several else [one for one in [self.get(name)] if one]
        options: list[Chip] = []
        labels: dict[str, str] = {}
        for value, text, n in rows:
            is_on = value in current
            if not value or not (n or is_on):
                continue
            rest = [one for one in current if one != value] or None
            options.append(Chip(text, self.url(**{name: rest if is_on else value}), n, is_on))
            labels[value] = text
        chosen = ", ".join(labels.get(one, one) for one in current)
        if current:
            self.active.append(Chip(f"{label}: {chosen}", self.url(**{name: None}), about=label))
        self.groups.append(ChipGroup(label, options, chosen))

    def add_words(self, label: str) -> None:
        """Show the words looked for among the filters in use."""
        if words := self.get("q"):
            self.active.append(Chip(f"{label}: {words}", self.url(q=None), about=label))

    def context(self) -> dict:
        """What `web/parts/filters.html` needs."""
        lists = self.request.GET.lists()
        kept = [(k, v) for k, values in lists for v in values if k not in ("q", PAGE)]
        return {"groups": self.groups, "active": self.active, "q": self.get("q"), "kept": kept}


def id_of(text: str | None) -> int | None:
    """The id a request gives; None if it gives none or something that is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def per_document(rows: QuerySet, path: str, *, most: int = 30) -> list[tuple[str, str, int]]:
    """The choices of a filter by document, those with most rows first.

    Args:
        path: the way from a row to its document.
        most: choices at most.
    """
    found = (
        rows.order_by()
        .values_list(path, f"{path}__title", f"{path}__name")
        .annotate(n=Count("pk", distinct=True))
        .order_by("-n", path)
    )
    return [(str(pk), title or name, n) for pk, title, name, n in found[:most]]


def page_of(request: HttpRequest, rows: object, *, per_page: int = PER_PAGE) -> Page:
    """The page of a list the address asks for; the nearest one if there is no such page."""
    return Paginator(rows, per_page).get_page(request.GET.get(PAGE))
