"""Statements of one kind gathered by what they name: a person, a document number, a partner."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from diemcau.documents.models import LIVE, Statement, StatementKind, StatementState
from diemcau.documents.rules import Reader, seen
from vanban.letters import fold

__all__ = ["Group", "list_events", "list_groups"]


@dataclass
class Group:
    """Everything said under one name, the accepted statements first.

    Args:
        name: the name most of the statements use.
        statements: where it is said, in the order of documents in time.
        aside: what else they say of it (titles, dates, relations), each once.
    """

    name: str
    statements: list[Statement] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """Number of documents that name it."""
        return len({s.document_id for s in self.statements})

    @property
    def is_accepted(self) -> bool:
        """Whether a person accepted at least one of its statements."""
        return any(s.state == StatementState.ACCEPTED for s in self.statements)


def _person(s: Statement) -> tuple[str, str, list[str]]:
    name = s.values.get("name") or s.quote
    return fold(name), name, list(s.values.get("titles") or [])


def _instrument(s: Statement) -> tuple[str, str, list[str]]:
    kind, number = s.values.get("kind") or "", s.values.get("number") or s.quote
    # The issuer's suffix is part of the number: 71/NQ-CP is not 71-NQ/TW.
    return (
        f"{fold(kind)} {number.upper()}",
        f"{kind} {number}".strip(),
        [s.values.get("date") or ""],
    )


def _partner(s: Statement) -> tuple[str, str, list[str]]:
    name = s.values.get("name") or s.quote
    return s.values.get("ref") or fold(name), name, [s.values.get("relation") or ""]


_KEYS: dict[str, Callable[[Statement], tuple[str, str, list[str]]]] = {
    StatementKind.PERSON: _person,
    StatementKind.INSTRUMENT: _instrument,
    StatementKind.PARTNER: _partner,
}


def list_groups(by: Reader, kind: str, *, words: str = "") -> list[Group]:
    """Everything of one kind that a person may see, by name, named by most documents first.

    Args:
        kind: people, instruments or partners.
        words: keep only names in which all these words are found, with or without marks.
    """
    wanted = fold(words).split()
    read = _KEYS[kind]
    groups: dict[str, Group] = {}
    names: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for statement in _live(by, kind):
        key, name, aside = read(statement)
        group = groups.setdefault(key, Group(name))
        group.statements.append(statement)
        names[key][name] += 1
        group.aside += [one for one in aside if one and one not in group.aside]
    for key, group in groups.items():
        group.name = max(names[key], key=lambda n: (names[key][n], n))
    found = [g for k, g in groups.items() if _has(wanted, k, names[k], g.aside)]
    return sorted(found, key=lambda g: (-g.documents, fold(g.name)))


def _has(wanted: list[str], key: str, names: dict[str, int], aside: list[str]) -> bool:
    if not wanted:
        return True
    text = fold(" ".join([key, *names, *aside]))
    return all(word in text for word in wanted)


def list_events(by: Reader, *, words: str = "") -> list[Statement]:
    """The meetings the documents report on, the latest first; those without a day at the end."""
    wanted = fold(words).split()
    events = [
        s
        for s in _live(by, StatementKind.EVENT, "event_report")
        if all(word in fold(f"{s.quote} {s.values.get('chair') or ''}") for word in wanted)
    ]
    return sorted(events, key=lambda s: (s.values.get("date") or "", s.pk), reverse=True)


def _live(by: Reader, kind: str, *also: str) -> list[Statement]:
    return list(
        Statement.objects.filter(seen(by), kind=kind, state__in=LIVE)
        .select_related("document", *also)
        .defer("folded")
        .order_by("document__event_on", "document_id", "start")
    )
