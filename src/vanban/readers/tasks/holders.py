"""Who holds which office in a text, by name and by office: found once, however many tasks ask."""

from collections.abc import Iterator, Set
from functools import cached_property

from vanban.scan import Scan

__all__ = ["Holders"]

_LEAST = 3
"""Letters of the end of a name by which a person may be called."""


class Holders:
    """The persons of a text by the ends of their names and by the beginnings of their offices.

    Args:
        scan: the text.
    """

    def __init__(self, scan: Scan) -> None:
        self._offices = scan.titles_of
        self._names = list(self._offices)
        self._order = {name: n for n, name in enumerate(self._names)}
        self._first = {p.name: p.start for p in reversed(scan.people)}
        self._partners = {scan.text[p.start : p.end] for p in scan.partners}
        self._abroad: dict[str, bool] = {}
        self.held: dict[tuple[str, str | None], tuple[str | None, frozenset[str], str | None]] = {}
        """Who holds an office that was asked for, by the office and its country."""

    @cached_property
    def _by_end(self) -> dict[str, int]:
        """The first name that ends so and has more letters before."""
        found: dict[str, int] = {}
        for n, name in enumerate(self._names):
            for at in range(1, len(name) - _LEAST + 1):
                found.setdefault(name[at:], n)
        return found

    @cached_property
    def _by_last_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._names:
            if " " in name:
                found.setdefault(name.rpartition(" ")[2], []).append(name)
        return found

    @cached_property
    def _by_office(self) -> dict[str, dict[str, None]]:
        """Who holds an office in small letters, as a title says it."""
        found: dict[str, dict[str, None]] = {}
        for name, titles in self._offices.items():
            for title in titles:
                found.setdefault(title.lower(), {})[name] = None
        return found

    @cached_property
    def _by_front(self) -> dict[str, dict[str, None]]:
        """Who holds an office that begins with words, in small letters."""
        found: dict[str, dict[str, None]] = {}
        for name, titles in self._offices.items():
            for title in titles:
                for front in (*_fronts(title.lower()), title.lower()):
                    found.setdefault(front, {})[name] = None
        return found

    def called(self, office: str, words: str) -> str | None:
        """The first person whose name ends with words, or with whose whole name an office ends."""
        found = []
        if len(words) >= _LEAST and words in self._by_end:
            found.append(self._by_end[words])
        if " " in words and words in self._order:
            found.append(self._order[words])
        at = office.find(" ")
        while at >= 0:
            name = office[at + 1 :]
            if " " in name and name in self._order:
                found.append(self._order[name])
            at = office.find(" ", at + 1)
        return self._names[min(found)] if found else None

    def of_surname(self, surname: str) -> list[str]:
        """Those of more words than one whose names end with a word."""
        return self._by_last_word.get(surname, [])

    def headed(self, office: str) -> list[str]:
        """Those with an office that begins with words, in small letters."""
        return list(self._by_front.get(office, ()))

    def of_office(self, office: str) -> Set[str]:
        """Those who hold an office, or one of which either says more than the other."""
        office = office.lower()
        found = set(self._by_front.get(office, ()))
        for front in _fronts(office):
            found.update(self._by_office.get(front, ()))
        return found

    def is_named_before(self, name: str, at: int) -> bool:
        """Whether a person is named before an offset."""
        return self._first.get(name, at) < at

    def serves_abroad(self, name: str) -> bool:
        """Whether the offices of a person name a partner."""
        if name not in self._abroad:
            titles = " ".join(self._offices[name])
            self._abroad[name] = any(partner in titles for partner in self._partners)
        return self._abroad[name]


def _fronts(words: str) -> Iterator[str]:
    """The words without the last, without the last two, and so on."""
    at = words.rfind(" ")
    while at >= 0:
        yield words[:at]
        at = words.rfind(" ", 0, at)
