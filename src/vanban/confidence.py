"""How likely a record is right: what rules claim, corrected by how often they were.

A reader states a confidence by rule of thumb. `data/confidence.yml` holds, for each kind, rule and
stated confidence, how many records read in labelled documents were right, counted by
`bench/confidence.py`. From these counts comes a share for each stated confidence that never falls
as the stated one rises (isotonic regression by pooling adjacent violators, Ayer et al. 1955), and
by how much a rule does better or worse than that, the less believed the less often it was seen.

Texts on which rules were changed are read better than others. `data/first_readings.yml` holds how
often records of a text were right when it was read for the first time; the shares come of these
where there are enough, and only what tells one rule from another comes of all labelled texts.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeVar

from vanban.data import load
from vanban.document import Document
from vanban.records import Record

__all__ = [
    "HIGH",
    "MEDIUM",
    "Calibration",
    "Counts",
    "calibrate",
    "first_readings",
    "level_of",
    "mark_of",
]

HIGH, MEDIUM = 0.9, 0.7
"""From these shares on a record is called sure or fairly sure; one in ten of the sure ones errs."""

_WEIGHT = 30
"""Records a rule must have been seen with for half of its difference to be believed."""
_ENOUGH = 60
"""Records read for the first time from which on shares come of them."""
_MOST = 0.99
_UNSURE = 0.5
_UNDATED = 0.85
"""At most, of a figure whose period was not read: in real texts of others 4 of 8 that were called
sure had a period after all; of those whose period was read, 59 of 61 were right."""
_RECOGNISED_FIGURE = 0.8
"""A recognised page may have lost the comma of a number, and nothing shows it."""

Counts = Mapping[str, Mapping[int, tuple[int, int]]]
"""Mark of a record to stated confidence in per mille to how many were right, and how many read."""

_R = TypeVar("_R", bound=Record)


class Calibration:
    """The shares for one kind of record.

    Args:
        counts: of labelled documents; a kind without any keeps what its readers state.
        first: stated confidence in per mille to right and read, of documents read for the first
            time; the shares come of `counts` if these are fewer than `_ENOUGH`.
    """

    def __init__(self, counts: Counts, first: Mapping[int, tuple[int, int]] | None = None) -> None:
        self._steps = _steps(counts.values())
        groups: dict[str, list[float]] = {}
        for mark, by_stated in counts.items():
            for part in mark.split("+"):
                total = groups.setdefault(part, [0, 0, 0])
                for stated, (right, read) in by_stated.items():
                    total[0] += right
                    total[1] += read
                    total[2] += self._step(stated / 1000) * read
        # How much better or worse a group did than its stated confidences let expect.
        self._better = {
            part: (right - expected) / (read + _WEIGHT)
            for part, (right, read, expected) in groups.items()
        }
        if first is not None and sum(read for _, read in first.values()) >= _ENOUGH:
            self._steps = _steps([first])

    def share(self, mark: str, stated: float) -> float:
        """The share of records of a mark that state this confidence which are right, 0..1."""
        if not self._steps:
            return stated
        better = sum(self._better.get(part, 0.0) for part in mark.split("+"))
        return round(min(_MOST, max(1 - _MOST, self._step(stated) + better)), 2)

    def _step(self, stated: float) -> float:
        at = round(stated * 1000)
        found = self._steps[0][1]
        for low, share in self._steps:
            if low > at:
                break
            found = share
        return found


def mark_of(record: Mapping[str, object]) -> str:
    """What a record is counted under: its rule, and what else tells right figures from wrong ones.

    Args:
        record: as `Record.to_dict` gives it.
    Returns:
        Such as "figure.usd" or "figure.usd+guessed+unnamed": its period is not beside it, what is
        measured has no key.
    """
    guessed = "+guessed" if record.get("period_inferred") else ""
    unnamed = "+unnamed" if record.get("measure") == "other" else ""
    return f"{record['rule']}{guessed}{unnamed}"


class _Pool(NamedTuple):
    """Stated confidences that get one share: the lowest, and what was counted of all of them."""

    low: int
    right: int
    read: int
    stated: float

    @property
    def share(self) -> float:
        """The share counted, drawn towards the one stated, as Bayes would with a beta prior."""
        return (self.right + _WEIGHT * self.stated / self.read) / (self.read + _WEIGHT)


def _steps(counts: Iterable[Mapping[int, tuple[int, int]]]) -> list[tuple[int, float]]:
    """Stated confidences, rising, from which on a share holds; shares never fall."""
    totals: dict[int, list[int]] = {}
    for by_stated in counts:
        for stated, (right, read) in by_stated.items():
            total = totals.setdefault(stated, [0, 0])
            total[0] += right
            total[1] += read
    pools: list[_Pool] = []
    for stated, (right, read) in sorted(totals.items()):
        pools.append(_Pool(stated, right, read, stated * read / 1000))
        while len(pools) > 1 and pools[-2].share > pools[-1].share:
            one, two = pools[-2:]
            pools[-2:] = [
                _Pool(one.low, one.right + two.right, one.read + two.read, one.stated + two.stated)
            ]
    return [(pool.low, pool.share) for pool in pools]


def calibrate(document: Document, records: list[_R]) -> list[_R]:
    """Give the records the confidence their kind and rule deserve; returns the same records.

    A record on words that were recognised with low certainty is unsure, whatever its rule.
    """
    for record in records:
        # In place: they were made for this reading, and a copy costs as much as making one.
        object.__setattr__(record, "confidence", _confidence(document, record))
    return records


def _confidence(document: Document, record: Record) -> float:
    share = _share(
        record.kind,
        record.rule,
        getattr(record, "period_inferred", False),
        getattr(record, "measure", ""),
        record.confidence,
    )
    if getattr(record, "period", "") is None and record.kind == "figures":
        share = min(share, _UNDATED)
    if document.recognised and record.kind == "figures":
        share = min(share, _RECOGNISED_FIGURE)
    if document.unsure:
        start, end = record.anchor.start, record.anchor.end
        if any(a < end and start < b for a, b in document.unsure):
            share = min(share, _UNSURE)
    return share


@lru_cache(maxsize=4096)
def _share(kind: str, rule: str, guessed: bool, measure: str, stated: float) -> float:
    """The share of records with these marks that are right; there are few, and many records."""
    mark = mark_of({"rule": rule, "period_inferred": guessed, "measure": measure})
    return _of_kind(kind).share(mark, stated)


@cache
def _of_kind(kind: str) -> Calibration:
    counts = load("confidence").get(kind, {})
    return Calibration(
        {
            rule: {int(stated): (row[0], row[1]) for stated, row in by_stated.items()}
            for rule, by_stated in counts.items()
        },
        first_readings(kind),
    )


def first_readings(kind: str, *, but: str | None = None) -> dict[int, tuple[int, int]]:
    """Stated confidence in per mille to how many records were right at first, and how many read.

    Args:
        but: the document that is left out.
    """
    total: dict[int, tuple[int, int]] = {}
    for document, kinds in load("first_readings").items():
        for stated, (right, read) in kinds.get(kind, {}).items() if document != but else ():
            known = total.get(int(stated), (0, 0))
            total[int(stated)] = known[0] + right, known[1] + read
    return total


def level_of(confidence: float) -> Literal["high", "medium", "low"]:
    """The word for a confidence, the same wherever it is shown."""
    return "high" if confidence >= HIGH else "medium" if confidence >= MEDIUM else "low"
