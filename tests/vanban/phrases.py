"""The phrases of `corpus/*.yml`: a text, the records it must be read as, and which are amiss.

A corpus file is a mapping: `matter` says what it is about, `published` gives the reference day of
its rows, `rows` are the phrases. A row has a `text`, a `note` that names the phenomenon, and for
each kind of record it speaks of the whole list of records expected, each with only the attributes
under test; an empty list says that nothing of the kind may be read. Its own `published` replaces
the file's. Two names are no attributes: `says` are words the quote holds, `omits` words it must
not hold. Rows of `open.yml` also say `why` they are not read yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vanban import Document, Reading, read
from vanban.records import KINDS

__all__ = ["MATTERS", "Phrase", "amiss", "phrases", "read_phrase"]

CORPUS = Path(__file__).parent / "corpus"
MATTERS = (
    "numbers",
    "dates",
    "events",
    "people",
    "instruments",
    "figures",
    "tasks",
    "partners",
    "shortcomings",
    "commitments",
)


@dataclass(frozen=True)
class Phrase:
    """One row of a corpus file; `line` is where it stands there."""

    matter: str
    line: int
    text: str
    published: str | None
    expected: dict[str, list[dict[str, Any]]]
    note: str
    why: str = ""

    @property
    def place(self) -> str:
        return f"{self.matter}:{self.line}"


@cache
def phrases(matter: str) -> tuple[Phrase, ...]:
    """The rows of one corpus file, in order; the file's own mistakes are raised here."""
    source = (CORPUS / f"{matter}.yml").read_text("utf-8")
    data = yaml.safe_load(source)
    (nodes,) = (v for k, v in yaml.compose(source).value if k.value == "rows")
    return tuple(
        _phrase(matter, node.start_mark.line + 1, row, data.get("published"))
        for node, row in zip(nodes.value, data["rows"], strict=True)
    )


def _phrase(matter: str, line: int, row: dict[str, Any], published: Any) -> Phrase:
    row = dict(row)
    known = {
        "text": row.pop("text"),
        "note": row.pop("note"),
        "why": row.pop("why", ""),
        "published": _plain(row.pop("published", published)),
    }
    strange = set(row) - set(KINDS)
    if strange or not row:
        raise ValueError(f"{matter}.yml, line {line}: {strange or 'nothing expected'}")
    return Phrase(matter=matter, line=line, expected=row, **known)


def read_phrase(phrase: Phrase) -> Reading:
    """What the engine reads in a phrase, as a document published on its reference day."""
    document = Document.from_text(phrase.text, name=phrase.place)
    return read(replace(document, published=phrase.published))


def amiss(phrase: Phrase) -> str:
    """What is missed, misread or made up, one line each; "" if the phrase is read as it must be."""
    reading = read_phrase(phrase)
    lines: list[str] = []
    for kind, expected in phrase.expected.items():
        got = [record.to_dict() for record in reading.of(kind)]
        lines += _compare(kind, expected, got)
    if not lines:
        return ""
    return "\n".join([f"{phrase.place} ({phrase.note})", phrase.text.rstrip(), *lines])


def _compare(kind: str, expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> Iterator[str]:
    """Pair each expected record with the first one that has all it asks; tell what is left."""
    left = list(got)
    missed = []
    for wanted in expected:
        found = next((g for g in left if not _differences(wanted, g)), None)
        if found is None:
            missed.append(wanted)
        else:
            left.remove(found)
    for wanted in missed:
        nearest = min(left, key=lambda g: len(_differences(wanted, g)), default=None)
        if nearest is not None and len(_differences(wanted, nearest)) < max(len(wanted), 2):
            left.remove(nearest)
            yield f"  ~ {kind} «{nearest['quote']}» ({nearest['rule']})"
            yield from (f"      {difference}" for difference in _differences(wanted, nearest))
        else:
            yield f"  - {kind} not read: {_show(wanted)}"
    for extra in left:
        asked = {name: extra.get(name) for wanted in expected for name in wanted if name in extra}
        yield f"  + {kind} «{extra['quote']}» ({extra['rule']}) {_show(asked)}"


def _differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {_plain(value)!r} expected, {_shown(name, got)!r} read"
        for name, value in wanted.items()
        if not _agrees(name, value, got)
    ]


def _agrees(name: str, value: Any, got: dict[str, Any]) -> bool:
    if name == "says":
        return value in got["quote"].replace("\u00a0", " ")
    if name == "omits":
        return value not in got["quote"].replace("\u00a0", " ")
    return _same(value, got[name])


def _same(value: Any, got: Any) -> bool:
    if isinstance(value, dict):
        return isinstance(got, dict) and all(_same(v, got.get(k)) for k, v in value.items())
    if isinstance(value, list):
        return isinstance(got, list) and [_plain(v) for v in value] == got
    if value is None or got is None:
        return value is got
    try:
        return Decimal(str(value)) == Decimal(str(got))
    except InvalidOperation:
        return str(_plain(value)) == str(got)


def _plain(value: Any) -> Any:
    """YAML makes days of "2025-07-22"; the records hold them as text."""
    return value.isoformat() if isinstance(value, date) else value


def _shown(name: str, got: dict[str, Any]) -> Any:
    return got["quote"] if name in ("says", "omits") else got.get(name)


def _show(record: dict[str, Any]) -> str:
    return ", ".join(f"{k}={_plain(v)}" for k, v in record.items())
