"""The chain over the log: each entry's digest covers the entry and the digest before it.

Whoever changes, removes or slips in a row breaks every digest after it, and whoever cuts off the
end leaves a head that counts more rows than there are. Somebody who can write to the database and
knows this file can make the whole chain anew; that shows only against a digest kept elsewhere,
which is why `diemcau audit head` prints it and every backup carries it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from diemcau.audit.models import AuditEntry, AuditHead

__all__ = ["GENESIS", "Fault", "Head", "Report", "append", "digest_of", "head", "verify"]

GENESIS = hashlib.sha256(b"diemcau audit 1").hexdigest()
"""What stands before the first entry."""

_ONLY = 1
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
    said = {
        "at": row["at"].astimezone(UTC).isoformat(),
        "day": row["day"].isoformat(),
        **{name: row[name] for name in _AS_THEY_ARE},
        "detail": _settled(row["detail"]),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


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


def append(entry: AuditEntry) -> None:
    """Save an entry at the end of the chain; call it last, for it makes other writers wait."""
    found, _created = AuditHead.objects.get_or_create(
        pk=_ONLY,
        defaults={"day": _DAY_BEFORE_ALL, "position": 0, "total": 0, "digest": GENESIS},
    )
    last = AuditHead.objects.select_for_update().get(pk=found.pk)
    # A clock set back must not put an entry before those that were there first.
    entry.day = max(last.day, timezone.localdate(entry.at))
    entry.position = last.position + 1 if entry.day == last.day else 1
    # The database gives JSON back as text made of it does: tuples as lists, keys as strings.
    entry.detail = json.loads(json.dumps(entry.detail))
    entry.digest = digest_of(last.digest, {n: getattr(entry, n) for n in _COLUMNS if n != "digest"})
    entry.save()
    last.day, last.position, last.digest = entry.day, entry.position, entry.digest
    last.total += 1
    last.save()


def head() -> Head:
    """Where the chain stands now."""
    last = AuditHead.objects.filter(pk=_ONLY).first()
    return Head(last.total, last.digest) if last else Head(0, GENESIS)


def verify() -> Report:
    """Walk the whole log and compute every digest anew; memory does not grow with the log."""
    report = Report()
    day, position = None, 0
    for row in _rows():
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
    said = head()
    if (said.total, said.digest) != (report.total, report.digest):
        _note(report, None, f"the head counts {said.total} entries, the log holds {report.total}")
    return report


def _rows() -> Iterator[dict[str, Any]]:
    return AuditEntry.objects.order_by("pk").values(*_COLUMNS).iterator(chunk_size=2000)


def _note(report: Report, entry: int | None, what: str) -> None:
    if len(report.faults) < _FAULTS_SHOWN:
        report.faults.append(Fault(entry, what))
