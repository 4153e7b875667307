"""Which kinds of long work there are, and how each is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from diemcau.jobs.models import Job

__all__ = ["Kind", "Open", "Step", "Stopped", "Work", "kind", "kind_of", "kinds"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did.

    Args:
        cursor: how far the work is now; JSON types only.
        done, total: for whoever watches; total None if it is not known.
        is_last: nothing is left to do.
        result: counts by name, so far.
    """

    cursor: dict[str, Any]
    done: int
    total: int | None = None
    is_last: bool = False
    result: dict[str, int] = field(default_factory=dict)


class Stopped(Exception):
    """The work cannot go on, and no second try would help; the words are for who asked for it."""


Work = Callable[[Job], Step]
"""One step: called inside a transaction with the job as it stands, its person's rights anew."""
Open = Callable[[Job], Work]
"""Gets ready outside any transaction: reads a file, builds tables. Writes nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of work is done.

    Args:
        label: what people call it.
        every: asked for by the clock, once in so much time; None only when somebody asks.
    """

    name: str
    label: str | Promise
    open: Open
    every: timedelta | None = None


_KINDS: dict[str, Kind] = {}


def kind(
    name: str, label: str | Promise, *, every: timedelta | None = None
) -> Callable[[Open], Open]:
    """Make a function the way a kind of work is done.

    Args:
        name: dotted, "exchange.apply"; unique.
    """

    def register(function: Open) -> Open:
        if name in _KINDS and _KINDS[name].open.__qualname__ != function.__qualname__:
            raise RuntimeError(f"two kinds of jobs are called {name}")
        _KINDS[name] = Kind(name, label, function, every)
        return function

    return register


def kinds() -> dict[str, Kind]:
    """Every kind by name, those of all rooms' `jobs.py`."""
    autodiscover_modules("jobs")
    return _KINDS


def kind_of(name: str) -> Kind | None:
    """A kind; None if this version of the program does not know it."""
    return kinds().get(name)
