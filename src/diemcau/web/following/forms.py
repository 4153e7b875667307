"""The forms of an item's page as they are shown, and what was typed in them as it is read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from diemcau.delivery.models import Task
from diemcau.delivery.refusals import Refused
from diemcau.documents.rules import seen
from diemcau.web.days import read_typed_day
from diemcau.web.filters import id_of

__all__ = [
    "FormState",
    "Forms",
    "choice_of",
    "day_of",
    "opened_of",
    "seen_task",
    "seen_version",
    "words_of",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FormState:
    """One form: its key, and where it was refused, why and what was typed."""

    key: str
    problem: str = ""
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forms:
    """Every form of the page by its key; at most one of them was refused.

    Args:
        refused: the one that was, if any.
        opened: when the person had opened the page it was sent from.
    """

    refused: FormState | None = None
    opened: dt.datetime | None = None

    def __getitem__(self, key: str) -> FormState:
        if self.refused is not None and self.refused.key == key:
            return self.refused
        return FormState(key)


def seen_task(request: HttpRequest, pk: int) -> Task:
    """The task, if the person may see it."""
    return get_object_or_404(Task.objects.filter(seen(request.user), withdrawn_at=None), pk=pk)


def words_of(request: HttpRequest, name: str) -> str:
    """What was typed in a field."""
    return request.POST.get(name, "").strip()


def seen_version(request: HttpRequest) -> int | None:
    """The version the person had before them."""
    return id_of(request.POST.get("seen"))


def opened_of(request: HttpRequest) -> dt.datetime | None:
    """When the person had opened the page."""
    try:
        return parse_datetime(request.POST.get("opened", ""))
    except ValueError:
        return None


def choice_of(kind: Callable[[str], T], text: str, problem: str) -> T:
    """One of a list of choices.

    Raises:
        Refused: nothing, or nothing of the list, was chosen.
    """
    try:
        return kind(text)
    except ValueError:
        raise Refused(problem) from None


def day_of(text: str) -> dt.date | None:
    """A day as people write it, 30/6/2026, or 2026-06-30; None of nothing.

    Raises:
        Refused: it is none.
    """
    try:
        return read_typed_day(text)
    except ValueError:
        raise Refused(
            _("“%(found)s” is no day; the form is 30/06/2026.") % {"found": text.strip()[:40]}
        ) from None
