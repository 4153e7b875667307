"""The chain over the log: each entry's digest covers the entry and the digest before it.

Whoever changes, removes or slips in a row breaks every digest after it, and whoever cuts off the
end leaves a head that counts more rows than there are. Somebody who can write to the database and
knows this file can make the whole chain anew; that shows only against a digest kept elsewhere,
which is why `diemcau audit head` prints it and every backup carries it. docs/audit.md says the
rule of the digest for whoever wants to verify an export with a program of their own.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from typing import Any

import orjson
from django.utils import timezone

from diemcau.audit.models import AuditEntry, AuditHead
from diemcau.audit.rows import insert_columns

__all__ = [
    *("GENESIS", "Fault", "Head", "Report"),
    *("append", "digest_of", "digest_of_text", "head", "row_of", "rows", "text_of", "verify"),
]

GENESIS = hashlib.sha256(b"diemcau audit 1").hexdigest()
"""What stands before the first entry."""

_ONLY = 1
_STEP = 2000
_FAULTS_SHOWN = 100
_DAY_BEFORE_ALL = date.min


@dataclass(frozen=True, slots=True)
class Head:
    """Number of entries and the last digest: two installations that agree here agree in all."""

    total: int
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry (None: the end of the log) and what does not fit there."""

    entry: int | None
    what: str


@dataclass(slots=True)
class Report:
    """What `verify` saw: entries, days and digest walked, and at most a hundred faults."""

    total: int = 0
    days: int = 0
    digest: str = GENESIS
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """No entry was changed, removed or put in."""
        return not self.faults


def digest_of(before: str, row: dict[str, Any]) -> str:
    """The digest of one entry.

    Args:
        before: the digest of the entry before it, `GENESIS` for the first.
        row: the entry's columns by name.
    Returns:
        64 hexadecimal digits, SHA-256.
    """
    return digest_of_text(before, text_of(row))


def text_of(row: dict[str, Any]) -> str:
    """What of an entry its digest covers: one JSON object, keys sorted, no blanks between."""
    said = {
        "at": row["at"].astimezone(UTC).isoformat(),
        "day": row["day"].isoformat(),
        **{name: row[name] for name in _AS_THEY_ARE},
        "detail": row["detail"],
    }
    try:
        text = orjson.dumps(said, option=_SORTED)
        if not _BROKEN.search(text):
            return text.decode()
    except TypeError:
        # An integer of more than 64 bits, a key that is no string; the slower way takes both.
        pass
    # The database gives JSON back as text made of it does: tuples as lists, keys as strings.
    said["detail"] = _settled(json.loads(json.dumps(row["detail"])))
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_text(before: str, text: str) -> str:
    """SHA-256 over the digest before, a line feed, and the text of the entry in UTF-8."""
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_BROKEN = re.compile(rb"(?:\":|[,\[])-?[0-9]+[.eE]")
"""What a number with a fraction begins with; two programs write the digits of one differently."""

_AS_THEY_ARE = (
    *("position", "actor_id", "on_behalf_of_id", "action", "target_type", "target_id"),
    *("reason", "origin", "address"),
)
_COLUMNS = ("id", "at", "day", "detail", *_AS_THEY_ARE, "digest")


def _settled(value: Any) -> Any:
    """JSON with one form for each number: PostgreSQL gives 1e22 back in full and -0.0 as 0.0."""
    if isinstance(value, dict):
        return {name: _settled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_settled(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        # By its digits: 1.2e29 is written with zeros there, not with the binary number's tail.
        return int(Decimal(repr(value)))
    return value


def append(entries: Sequence[dict[str, Any]]) -> None:
    """Save entries at the end of the chain, in their order; call it last, once in a transaction,
    for it makes other writers wait.

    Args:
        entries: columns as `AuditEntry` takes them; day, place and digest are set here.
    """
    found, _created = AuditHead.objects.get_or_create(
        pk=_ONLY,
        defaults={"day": _DAY_BEFORE_ALL, "position": 0, "total": 0, "digest": GENESIS},
    )
    last = AuditHead.objects.select_for_update().get(pk=found.pk)
    for entry in entries:
        # A clock set back must not put an entry before those that were there first.
        day = max(last.day, timezone.localdate(entry["at"]))
        entry["day"] = day
        entry["position"] = last.position + 1 if day == last.day else 1
        entry["digest"] = digest_of(last.digest, entry)
        last.day, last.position, last.digest = day, entry["position"], entry["digest"]
    if len(entries) == 1:
        AuditEntry(**entries[0]).save()
    else:
        insert_columns(AuditEntry, entries)
    last.total += len(entries)
    last.save()


def row_of(entry: AuditEntry) -> dict[str, Any]:
    """The columns of an entry that its digest covers, by name."""
    return {name: getattr(entry, name) for name in ("at", "day", "detail", *_AS_THEY_ARE)}


def head() -> Head:
    """Where the chain stands now."""
    last = AuditHead.objects.filter(pk=_ONLY).first()
    return Head(last.total, last.digest) if last else Head(0, GENESIS)


def verify(*, watch: Callable[[int], None] | None = None) -> Report:
    """Walk the whole log and compute every digest anew; memory does not grow with the log.

    Others may write meanwhile: the head must count what the log holds up to it when the walk
    begins, and what the walk has seen when it ends.
    Args:
        watch: is told every few thousand entries how many were walked.
    """
    report = Report()
    at_first = head()
    if not at_first.total and at_first.digest != GENESIS:
        _note(report, None, "the head counts no entry and yet has a digest")
    day, position = None, 0
    for row in rows():
        if row["day"] != day:
            if day is not None and row["day"] < day:
                _note(report, row["id"], "its day lies before that of the entry above it")
            day, position = row["day"], 0
            report.days += 1
        if row["position"] != position + 1:
            _note(report, row["id"], f"place {row['position']} of its day follows {position}")
        if row["digest"] != digest_of(report.digest, row):
            _note(report, row["id"], "its digest is not that of its content after the one above")
        position, report.digest = row["position"], row["digest"]
        report.total += 1
        if report.total == at_first.total and report.digest != at_first.digest:
            _note(report, row["id"], "its digest is not the one the head had for this place")
        if watch is not None and report.total % _STEP == 0:
            watch(report.total)
    if report.total < at_first.total:
        _note(report, None, _counts(at_first, report))
    elif (now := head()).total < report.total or (
        now.total == report.total and now.digest != report.digest
    ):
        _note(report, None, _counts(now, report))
    return report


def rows(*, up_to: int | None = None) -> Iterator[dict[str, Any]]:
    """The columns of every entry in the order of the chain, a few at a time.

    Args:
        up_to: id of the last one; None for all.
    """
    found = AuditEntry.objects.order_by("pk")
    if up_to is not None:
        found = found.filter(pk__lte=up_to)
    return found.values(*_COLUMNS).iterator(chunk_size=_STEP)


def _counts(said: Head, report: Report) -> str:
    return f"the head counts {said.total} entries, the log holds {report.total}"


def _note(report: Report, entry: int | None, what: str) -> None:
    if len(report.faults) < _FAULTS_SHOWN:
        report.faults.append(Fault(entry, what))
