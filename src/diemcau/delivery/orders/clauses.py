"""Which clause of a document a place stands in: "3.b", by the numbers its lines begin with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Clause", "clause_of", "clauses_in"]

_NUMBER = re.compile(
    r"^\s*(?:Điều\s+(\d{1,3})[.:]?|([IVX]{1,5})[.)]|(\d{1,2}(?:\.\d{1,2})*)[.)]|([a-zđ])[.)])\s",
    re.M,
)
_DEPTH = {1: 0, 2: 0, 3: 1, 4: 2}
"""Articles and Roman parts hold numbers, and numbers hold letters."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered piece of a text that holds no smaller one.

    Args:
        label: "3.b", "II.4".
        start, end: offsets in code points, from its number to the next one.
    """

    label: str
    start: int
    end: int


def clause_of(text: str, place: int) -> str:
    """The number of the clause a place of a text stands in.

    Source: Nghị định 30/2020/NĐ-CP, appendix I: part, article, clause (1.), point (a)).
    Args:
        text: the whole text.
        place: offset in code points.
    Returns:
        "3.b", "II.4", "Điều 5.2.a"; "" if no line before numbers it.
    """
    stop = text.find("\n", place)
    label = ""
    for start, _depth, found in _numbers(text, stop if stop >= 0 else len(text)):
        if start > place:
            break
        label = found
    return label


def clauses_in(text: str) -> list[Clause]:
    """The numbered pieces of a text that hold no smaller ones, in order.

    Source: as `clause_of`, whose labels these are.
    """
    numbers = list(_numbers(text, len(text)))
    found = []
    for i, (start, depth, label) in enumerate(numbers):
        after = numbers[i + 1] if i + 1 < len(numbers) else (len(text), 0, "")
        if after[1] <= depth:
            found.append(Clause(label, start, after[0]))
    return found


def _numbers(text: str, stop: int) -> Iterator[tuple[int, int, str]]:
    """Where each number of a line stands, how deep, and the label it makes with those above."""
    above: dict[int, str] = {}
    for match in _NUMBER.finditer(text, 0, stop):
        group = match.lastindex or 0
        own, depth = match.group(group), _DEPTH[group]
        above = {d: kept for d, kept in above.items() if d < depth}
        above[depth] = f"Điều {own}" if group == 1 else own
        yield match.start(group), depth, ".".join(above[d] for d in sorted(above))[:40]
