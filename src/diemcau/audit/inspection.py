"""What an auditor does with the log: verify its chain, take it out; each leaves its own entry."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_read_audit
from diemcau.audit.actions import action, record_action
from diemcau.audit.chain import GENESIS, Report, rows, text_of, verify
from diemcau.audit.models import AuditEntry, AuditHead
from diemcau.audit.queries import VERIFY

__all__ = ["chain_lines", "export_log", "last_id", "verify_log"]

_KEPT = 10
"""Faults kept in the entry of a verification; the others stand in its answer."""


def verify_log(actor: User | None, *, watch: Callable[[int], None] | None = None) -> Report:
    """Verify the chain and keep what was found; the walk is done before anybody has to wait.

    Args:
        watch: as `chain.verify` takes it.
    Raises:
        PermissionDenied: the actor may not read the log.
    """
    report = verify(watch=watch)
    _record_verification(actor, report)
    return report


@action(VERIFY, may=can_read_audit)
def _record_verification(actor: User | None, report: Report) -> None:
    record_action(
        _log(),
        detail={
            "total": report.total,
            "days": report.days,
            "digest": report.digest,
            "faults": [[fault.entry, fault.what] for fault in report.faults[:_KEPT]],
        },
    )


@action("audit.export", may=can_read_audit)
def export_log(
    actor: User | None, *, form: str, filters: dict[str, str], last: int | None, n: int
) -> None:
    """Say that the log is taken out: who, in which form, how much of it.

    Args:
        form: "csv", "xlsx" or "jsonl".
        filters: what it was narrowed by, as the address says it.
        last: id of the last entry that goes out; None if there is none.
        n: how many go out.
    """
    record_action(_log(), detail={"form": form, "filters": filters, "last": last, "n": n})


def chain_lines(*, up_to: int | None = None) -> Iterator[str]:
    """The whole log as JSON lines that a program without this one can verify.

    Each line is an object: "id"; "before", the digest of the line before; "said", the text that
    was digested, itself a JSON object; "digest". "actor" names who it was and is not covered.
    docs/audit.md says the rule.
    Args:
        up_to: id of the last entry; None for all.
    """
    names = {pk: str(person) for pk, person in User.objects.in_bulk().items()}
    before = GENESIS
    for row in rows(up_to=up_to):
        line: dict[str, Any] = {
            "id": row["id"],
            "before": before,
            "said": text_of(row),
            "digest": row["digest"],
            "actor": names.get(row["actor_id"], ""),
        }
        before = row["digest"]
        yield json.dumps(line, ensure_ascii=False) + "\n"


def last_id() -> int | None:
    """The id of the last entry."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()


def _log() -> AuditHead:
    # The row itself is not taken: whoever holds it makes every other writer wait.
    return AuditHead(pk=1)
