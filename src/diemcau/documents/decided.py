"""The statements of a document that people decided on, asked whether a record is about one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from diemcau.documents.models import Statement, TextVersion
from vanban.letters import fold
from vanban.records import Record

__all__ = ["Decided"]

_NAMED_ONCE = {"people": "name", "instruments": "number", "partners": "name"}
"""Kinds a document holds once each, with the field that names them."""


class Decided:
    """The decided statements of one kind; a document of thousands is asked in little time.

    Args:
        kind: the kind of all of them.
        statements: in any order, some perhaps of older text versions.
        version: the text version that records asked about are of.
    """

    def __init__(self, kind: str, statements: Iterable[Statement], version: TextVersion) -> None:
        statements = list(statements)
        here = [s for s in statements if s.text_version_id == version.pk]
        self._kind = kind
        self._here = sorted(here, key=lambda s: s.start)
        self._starts = [s.start for s in self._here]
        # The furthest end so far: where to stop when looking back for runs that reach in.
        self._reach = list(accumulate((s.end for s in self._here), max))
        self._elsewhere = [s for s in statements if s.text_version_id != version.pk]
        self._quotes = {s.folded: s for s in self._elsewhere}
        self._names = {name for s in statements for name in self._names_of(s)}

    def covers(self, record: Record) -> bool:
        """Whether a decision already taken is about what the record says."""
        read = record.to_dict()
        if field := _NAMED_ONCE.get(self._kind):
            return fold(read[field]) in self._names
        return any(self._same_value(s, read) for s in self._about(record))

    def _about(self, record: Record) -> Iterator[Statement]:
        """Decided statements that share half of the shorter run with the record's."""
        start, end = record.anchor.start, record.anchor.end
        for i in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[i] <= start:
                break
            one = self._here[i]
            common = min(one.end, end) - max(one.start, start)
            if 2 * common >= min(one.end - one.start, end - start):
                yield one
        if not self._elsewhere:
            return
        # Offsets of another text say nothing here: words are compared, the same ones first.
        quote = fold(" ".join(record.anchor.quote.split()))
        if quote in self._quotes:
            yield self._quotes[quote]
        words = set(quote.split())
        for one in self._elsewhere:
            theirs = set(one.folded.split())
            if 2 * len(words & theirs) >= min(len(words), len(theirs)):
                yield one

    def _same_value(self, statement: Statement, read: dict[str, Any]) -> bool:
        """A figure is another one if it has another value; elsewhere the place decides."""
        if self._kind != "figures":
            return True
        return any(
            v and (v.get("value"), v.get("unit")) == (read["value"], read["unit"])
            for v in (statement.data, statement.corrected)
        )

    def _names_of(self, statement: Statement) -> Iterator[str]:
        field = _NAMED_ONCE.get(self._kind)
        for values in (statement.data, statement.corrected):
            if field and values and values.get(field):
                yield fold(values[field])
