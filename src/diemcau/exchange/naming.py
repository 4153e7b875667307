"""Which bodies the names of a cell mean; each name is asked about once for a whole file."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from diemcau.delivery.doers.assignments import is_collective
from diemcau.directory.resolution import local_bearers, resolve_name
from vanban.directory.resolve import resolve
from vanban.directory.rows import Entry

__all__ = ["Named", "Names"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as written, and the body it means.

    Args:
        ref: id of the body, or of an office in it; "" for a collective.
        others: names of the bodies it could mean, where it is not one.
    """

    name: str
    ref: str
    is_collective: bool
    others: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """It means one body, or is a collective, which a person expands later."""
        return self.is_collective or bool(self.ref)


class Names:
    """What names mean, kept for the file; the day decides only between several bearers."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, dt.date | None], Named] = {}
        self._local: dict[str, list[Entry]] = {}
        self._asked: set[str] = set()

    def look_up(self, names: Iterable[str]) -> None:
        """Ask the database about names at once, before `of` is asked about each."""
        if fresh := set(names) - self._asked:
            self._local |= local_bearers(fresh)
            self._asked |= fresh

    def of(self, name: str, *, on: dt.date | None) -> Named:
        """What one name means on a day; of a name that was looked up."""
        always = self._ask(name, None)
        return always if always.is_known or on is None else self._ask(name, on)

    def _ask(self, name: str, on: dt.date | None) -> Named:
        if (name, on) not in self._kept:
            self._kept[name, on] = self._named(name, on)
        return self._kept[name, on]

    def _named(self, name: str, on: dt.date | None) -> Named:
        if is_collective(name):
            return Named(name, "", True)
        body = resolve(name, on=on, kinds=("body", "office")).id
        if body is None:
            answer = resolve_name(name, on=on, kinds=("body",), local=self._local)
            if answer.id is None:
                return Named(name, "", False, tuple(c.name for c in answer.candidates[:5]))
            body = answer.id
        return Named(name, body, False)
