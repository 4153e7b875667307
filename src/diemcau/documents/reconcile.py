"""Set a reading beside the statements already there: nothing decided is touched, nothing doubles.

What a person decided on stays as it is, and a record that says the same is not proposed again.
Of the statements nobody decided on, those that reappear keep their id, those that are gone are
superseded, and one superseded earlier that reappears is proposed again.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

import vanban
from diemcau.documents.decided import Decided
from diemcau.documents.models import Reading, Statement, StatementState, TextVersion
from vanban.letters import fold
from vanban.records import KINDS, Record

__all__ = ["Reconciled", "record_reading"]

_ABOUT_READING = {"start", "end", "rule", "confidence"}


@dataclass(frozen=True)
class Reconciled:
    """What became of the records of one reading.

    Args:
        n_kept: statements that were proposed before and still are.
        n_added: statements proposed for the first time, or again.
        n_superseded: statements no longer proposed.
        n_decided: records a person's decision already covers.
    """

    reading: Reading
    n_kept: int
    n_added: int
    n_superseded: int
    n_decided: int


def record_reading(version: TextVersion, reading: vanban.Reading, *, seconds: float) -> Reconciled:
    """Store a reading of a text version and settle the document's statements with it.

    Args:
        version: the text that was read.
        reading: its records; every anchor is of `version.text`.
        seconds: how long reading took.
    """
    stored = Reading.objects.create(
        text_version=version,
        engine_version=vanban.ENGINE_VERSION,
        read_at=timezone.now(),
        seconds=seconds,
        counts=_counts(reading.proposed),
    )
    open_, decided = _statements_of(version)
    kept: list[Statement] = []
    fresh: list[Record] = []
    for record in reading.proposed:
        statement = _take_same(open_, record)
        if statement is not None:
            _refresh(statement, record, stored)
            kept.append(statement)
        else:
            fresh.append(record)
    new = [r for r in fresh if not decided[r.kind].covers(r)]
    again = sum(s.state == StatementState.SUPERSEDED for s in kept)
    gone = [s for same in open_.values() for s in same if s.state == StatementState.PROPOSED]
    for statement in kept:
        statement.state = StatementState.PROPOSED
    for statement in gone:
        statement.state = StatementState.SUPERSEDED
    Statement.objects.bulk_update(
        kept,
        ["state", "reading", "text_version", "start", "end", "rule", "confidence", "data"],
        batch_size=200,
    )
    Statement.objects.bulk_update(gone, ["state"], batch_size=500)
    Statement.objects.bulk_create((_statement(r, stored) for r in new), batch_size=200)
    return Reconciled(stored, len(kept) - again, len(new) + again, len(gone), len(fresh) - len(new))


def _counts(records: Iterable[Record]) -> dict[str, int]:
    """How many are proposed of each kind: what the review will show, not what was read twice."""
    return dict.fromkeys(KINDS, 0) | Counter(record.kind for record in records)


def _statements_of(
    version: TextVersion,
) -> tuple[dict[str, list[Statement]], dict[str, Decided]]:
    """The document's statements: undecided ones by what they say, decided ones by kind."""
    open_: dict[str, list[Statement]] = defaultdict(list)
    decided: dict[str, list[Statement]] = defaultdict(list)
    statements = Statement.objects.filter(document=version.document_id).order_by("start", "id")
    merged_into = set(statements.exclude(merged_into=None).values_list("merged_into", flat=True))
    for statement in statements:
        untouched = statement.state in (StatementState.PROPOSED, StatementState.SUPERSEDED)
        if untouched and statement.pk not in merged_into:
            open_[_identity(statement.kind, statement.data)].append(statement)
        else:
            decided[statement.kind].append(statement)
    return open_, {kind: Decided(kind, decided[kind], version) for kind in KINDS}


def _data(record: Record) -> dict[str, Any]:
    """What a statement keeps of a record; a month or a quarter stays the deadline it is."""
    data = record.to_dict()
    if period := data.pop("deadline_period", None):
        data["deadline"] = period
    return data


def _identity(kind: str, data: dict[str, Any]) -> str:
    """What a record says, without where it stands and how sure the reader was."""
    said = {k: v for k, v in data.items() if k not in _ABOUT_READING}
    return f"{kind} {json.dumps(said, sort_keys=True, ensure_ascii=False)}"


def _take_same(open_: dict[str, list[Statement]], record: Record) -> Statement | None:
    """Take the undecided statement that says what the record says, at its place if one stands."""
    same = open_.get(_identity(record.kind, _data(record)))
    if not same:
        return None
    at = next((s for s in same if s.start == record.anchor.start), None)
    proposed = next((s for s in same if s.state == StatementState.PROPOSED), None)
    statement = at or proposed or same[0]
    same.remove(statement)
    return statement


def _refresh(statement: Statement, record: Record, reading: Reading) -> None:
    statement.reading = reading
    statement.text_version = reading.text_version
    statement.start, statement.end = record.anchor.start, record.anchor.end
    statement.rule, statement.confidence = record.rule, record.confidence
    statement.data = _data(record)


def _statement(record: Record, reading: Reading) -> Statement:
    return Statement(
        document_id=reading.text_version.document_id,
        text_version=reading.text_version,
        reading=reading,
        kind=record.kind,
        start=record.anchor.start,
        end=record.anchor.end,
        quote=record.anchor.quote,
        folded=fold(" ".join(record.anchor.quote.split())),
        rule=record.rule,
        confidence=record.confidence,
        data=_data(record),
    )
