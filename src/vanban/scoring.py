"""Score read records against labels: precision, recall and F1 per kind, and each attribute.

Source: the labelling schema's pairing rules. A label and a record read can be a pair when they are
about the same thing: an event of the same day, or in the same place where a day is missing; a
person or a partner of the same name; a document of the same number; a figure of the same value and
unit whose words overlap; a task or a shortcoming whose words overlap. Pairs are one to one, the
closest first. An attribute is asked only of pairs whose label gives one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from vanban.records import KINDS

__all__ = [
    "ATTRIBUTES",
    "COUNTS",
    "Score",
    "add_document",
    "macro_f1",
    "right_share",
    "score",
    "verdicts",
]

Labels = Mapping[str, Sequence[Mapping[str, Any]]]

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "events": ("date", "chair", "mode", "endpoints"),
    "people": ("titles",),
    "instruments": ("kind", "date"),
    "figures": ("bound", "measure", "subject", "period", "role", "compares.kind"),
    "tasks": ("issuer", "assignees", "deadline"),
    "partners": ("type", "relation"),
    "shortcomings": (),
    "commitments": ("parties", "counterparts", "form", "n_texts"),
}
COUNTS: dict[str, tuple[str, ...]] = {
    "events": ("date",),
    "people": (),
    "instruments": ("kind",),
    "figures": ("bound", "period"),
    "tasks": ("assignees", "deadline"),
    "partners": ("type",),
    "shortcomings": (),
}
"""Attributes of which one wrong makes a record wrong; value, unit, name and number count anyway."""
_SAME_DAY = 1000
"""More than any overlap of words: the day decides before the place does."""


@dataclass
class Score:
    """Counts of one kind of record over any number of documents.

    Args:
        labelled, read, paired: numbers of records.
        right, asked: per attribute, over the pairs whose label gives it.
        missed, invented: name of the document and words of each record without a pair.
    """

    labelled: int = 0
    read: int = 0
    paired: int = 0
    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)
    invented: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.paired / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.paired / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        both = self.labelled + self.read
        return 2 * self.paired / both if both else 0.0


def score(documents: Iterable[tuple[Labels, Labels, str]]) -> dict[str, Score]:
    """Score documents, each given as its labels, what was read, and its text.

    Args:
        documents: labels and readings as the schema writes them, kind to records; NFC texts.
    Returns:
        One score for every kind.
    """
    scores = {kind: Score() for kind in KINDS}
    for labels, reading, text in documents:
        add_document(scores, labels, reading, text)
    return scores


def add_document(scores: dict[str, Score], labels: Labels, reading: Labels, text: str) -> None:
    """Add one document to the scores of each kind that it is labelled for."""
    name = str(labels.get("id", ""))
    for kind, total in scores.items():
        if kind not in labels:
            continue
        wanted, got = labels.get(kind, ()), reading.get(kind, ())
        pairs = _pair(kind, wanted, got, text)
        total.labelled += len(wanted)
        total.read += len(got)
        total.paired += len(pairs)
        for i, j in pairs:
            for attribute in ATTRIBUTES[kind]:
                value = _get(wanted[i], attribute)
                if value in (None, "", []):
                    continue
                total.asked[attribute] = total.asked.get(attribute, 0) + 1
                if _agree(attribute, value, _get(got[j], attribute)):
                    total.right[attribute] = total.right.get(attribute, 0) + 1
        with_label, with_record = {i for i, _ in pairs}, {j for _, j in pairs}
        total.missed += [(name, w["quote"]) for i, w in enumerate(wanted) if i not in with_label]
        total.invented += [(name, g["quote"]) for j, g in enumerate(got) if j not in with_record]


def verdicts(kind: str, labels: Labels, reading: Labels, text: str) -> list[bool]:
    """Whether each record of a kind is right: about a thing labelled, and right in what counts.

    What counts is what a person would have to correct before using the record (`COUNTS`). A value
    read where the label gives none is wrong as well.
    """
    wanted, got = labels.get(kind, ()), reading.get(kind, ())
    label_of = {j: wanted[i] for i, j in _pair(kind, wanted, got, text)}
    return [
        j in label_of
        and all(_same(a, _get(label_of[j], a), _get(r, a)) for a in COUNTS.get(kind, ()))
        for j, r in enumerate(got)
    ]


def _same(attribute: str, wanted: Any, got: Any) -> bool:
    if wanted in (None, "", []) or got in (None, "", []):
        return wanted in (None, "", []) and got in (None, "", [])
    return _agree(attribute, wanted, got)


def macro_f1(scores: Mapping[str, Score]) -> float:
    """The mean F1 of the kinds that have labels."""
    values = [s.f1 for s in scores.values() if s.labelled]
    return sum(values) / len(values) if values else 0.0


def right_share(scores: Mapping[str, Score]) -> float:
    """The share of all attributes asked that are right."""
    asked = sum(sum(s.asked.values()) for s in scores.values())
    return sum(sum(s.right.values()) for s in scores.values()) / asked if asked else 0.0


def _pair(
    kind: str, wanted: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]], text: str
) -> list[tuple[int, int]]:
    """Indices of the pairs, the closest first; among equals the earlier label, then record."""
    places = [_places(w, text) for w in wanted], [_places(g, text) for g in got]
    closeness = []
    for i, label in enumerate(wanted):
        for j, record in enumerate(got):
            near = _closeness(kind, label, record, _overlap(places[0][i], places[1][j]))
            if near > 0:
                closeness.append((-near, i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for _, i, j in sorted(closeness):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def _closeness(kind: str, label: Mapping[str, Any], record: Mapping[str, Any], overlap: int) -> int:
    """How well a label and a record pair; 0 when they are not about the same thing."""
    match kind:
        case "events" if label.get("date") and record.get("date"):
            return _SAME_DAY + overlap if label["date"] == record["date"] else 0
        case "people":
            same = _folded(label["name"]) == _folded(record.get("name"))
        case "instruments":
            same = _folded(label["number"]) == _folded(record.get("number"))
        case "partners":
            names = [record.get("name"), *(record.get("mentions") or ())]
            same = _folded(label["name"]) in [_folded(name) for name in names]
        case "figures":
            value = _number(label.get("value"))
            same = value == _number(record.get("value")) and label["unit"] == record.get("unit")
            return overlap if same else 0
        case _:
            return overlap
    return 1 + overlap if same else 0


def _places(record: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    """Where a record stands: at its offsets, or wherever its quote occurs."""
    start, end = record.get("start"), record.get("end")
    if start is not None and end is not None:
        return [(start, end)]
    quote, places = record.get("quote") or "", []
    at = text.find(quote) if quote else -1
    while at >= 0:
        places.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return places


def _overlap(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> int:
    """Code points that two records share, at their closest places; 0 if they share none."""
    shared = (min(a[1], b[1]) - max(a[0], b[0]) for a in ours for b in theirs)
    return max(0, max(shared, default=0))


def _get(record: Mapping[str, Any], attribute: str) -> Any:
    """An attribute by its name, "compares.kind" by way of the record it stands in."""
    value: Any = record
    for part in attribute.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _agree(attribute: str, wanted: Any, got: Any) -> bool:
    if attribute in ("titles", "assignees", "parties", "counterparts"):
        return bool({_folded(w) for w in wanted} & {_folded(g) for g in got or ()})
    return _folded(wanted) == _folded(got)


def _folded(name: object) -> str:
    """A name as the schema compares it: words of letters and digits, without marks or case."""
    letters = unicodedata.normalize("NFD", "" if name is None else str(name).replace("Đ", "đ"))
    plain = "".join(c for c in letters.replace("đ", "d") if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None
