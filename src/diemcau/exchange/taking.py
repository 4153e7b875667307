"""Bringing a file: through the gate, stored as the document new rows rest on, compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

import vanban
from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.audit.rows import insert_columns
from diemcau.delivery.models import Task
from diemcau.delivery.periods import Span
from diemcau.delivery.rules import can_follow_up
from diemcau.directory.models import Body
from diemcau.directory.resolution import resolve_name
from diemcau.documents.custody import Custody, allow_custody, default_custody
from diemcau.documents.incoming import announced
from diemcau.documents.models import Document
from diemcau.documents.opening import OpenedFile, check_size, hash_bytes, plain_name
from diemcau.documents.rules import seen
from diemcau.documents.store import Compared as ComparedFile
from diemcau.documents.store import drop_file, store_document
from diemcau.exchange.columns import REGISTER
from diemcau.exchange.comparing import Comparer
from diemcau.exchange.looking import Looked, look_through
from diemcau.exchange.models import ImportState, RowKind, TaskImport, TaskRow
from diemcau.exchange.monthly.comparing import MonthlyComparer
from diemcau.exchange.monthly.form import MONTHLY
from diemcau.exchange.monthly.rows import month_of
from diemcau.exchange.reading import MOST_BYTES, Fault, Row, Table, UnreadableFile, read_table
from diemcau.gate.passing import hold_unscanned, pass_guard, pass_scanner, record_check
from diemcau.gate.scanner import Scanned
from diemcau.jobs.asking import ask
from vanban.letters import fold
from vanban.loaders.inside import Inside, look_inside

__all__ = ["AT_ONCE", "bring", "compare_rows", "comparer_of", "table_of"]

AT_ONCE = 1_000
"""Rows that are compared while the person waits; a longer file is compared in the background."""
_ENDED = (ImportState.UNDONE, ImportState.REFUSED)
_KEPT = (RowKind.NEW, RowKind.CHANGED, RowKind.PROPOSED)


@dataclass(frozen=True)
class _Brought:
    table: Table
    looked: Looked
    month: tuple[Body, str] | None


@dataclass(frozen=True)
class _Passed:
    opened: OpenedFile
    inside: Inside
    scanned: Scanned
    custody: Custody


def bring(actor: User | None, *, data: bytes, name: str) -> tuple[TaskImport, bool]:
    """Take a file of tasks to be compared; nothing of the register is changed.

    The same bytes again are the same import: nothing is done a second time, unless the first was
    undone.
    Args:
        data: XLSX or CSV: with the columns of the register, or a monthly table.
    Returns:
        The import, and whether it is new.
    Raises:
        UnreadableFile: it is not such a table; says where and why.
        vanban.DocumentError: it may not pass the gate, or somebody else's file has these bytes.
        PermissionDenied: the actor may not bring files.
    """
    if actor is not None and not can_follow_up(actor):
        raise PermissionDenied("exchange.bring")
    check_size(len(data), name=name, limit=MOST_BYTES)
    name, sha256 = plain_name(name), hash_bytes(data)
    if (known := _known(actor, sha256)) is not None:
        return known, False
    inside = look_inside(data, name=name)
    table = read_table(data, name=name, layouts=_LAYOUTS)
    month = _month_of(table) if table.layout is MONTHLY else None
    if table.signature is not None and not table.signature.is_whole:
        reason = _(
            "The mark of a file made here is broken: the hidden sheet was changed. "
            "Export the file again."
        )
        raise UnreadableFile([Fault(0, "", reason)])
    looked = look_through(table)
    if not looked.n:
        raise UnreadableFile([Fault(0, "", _("There is no row under the headings."))])
    brought = _Brought(table, looked, month)
    document = Document.objects.filter(seen(actor, "pk"), sha256=sha256).first()
    custody = _custody(actor, looked.ids)
    allow_custody(actor, custody)
    if document is None:
        opened = _opened(data, name, sha256, looked)
        scanned = pass_scanner(actor, data, name=name)
        pass_guard(actor, opened, inside, custody, beyond=looked.marks)
        hold_unscanned(actor, opened, scanned, custody)
        passed = _Passed(opened, inside, scanned, custody)
        try:
            with announced(sha256):
                return _begin(actor, brought, passed=passed), True
        except IntegrityError:
            # Somebody brought the same bytes between the look and the write.
            again = _known(actor, sha256)
            if again is None:
                raise
            return again, False
        except BaseException:
            drop_file(opened)
            raise
    return _begin(actor, brought, document=document), True


@action("exchange.bring", may=can_follow_up)
def _begin(
    actor: User | None,
    brought: _Brought,
    *,
    passed: _Passed | None = None,
    document: Document | None = None,
) -> TaskImport:
    table, looked, month = brought.table, brought.looked, brought.month
    if passed is not None:
        document = _stored(actor, passed)
    assert document is not None
    batch = TaskImport.objects.create(
        document=document,
        form=table.layout.form,
        body=month[0] if month else None,
        period=month[1] if month else "",
        is_signed=table.signature is not None,
        n_rows=looked.n,
        made_by=actor,
        made_at=timezone.now(),
    )
    if looked.n <= AT_ONCE:
        compare_rows(batch, comparer_of(batch, table), list(table.rows()))
        settle_compared(batch)
    else:
        batch.job = ask("exchange.compare", by=actor, arguments={"batch": batch.pk}, total=looked.n)
        batch.save(update_fields=["job"])
    detail = {"document": document.pk, "sha256": document.sha256, "rows": looked.n}
    record_action(batch, detail=detail)
    return batch


def comparer_of(batch: TaskImport, table: Table) -> Comparer | MonthlyComparer:
    """Who compares the rows of an import, with the rights its person has now."""
    if batch.body is not None:
        return MonthlyComparer(
            batch.made_by, body=batch.body, columns=table.columns, signature=table.signature
        )
    return Comparer(
        batch.made_by,
        columns=table.columns,
        owner=batch.document.owner_id,
        signature=table.signature,
    )


def compare_rows(batch: TaskImport, comparer: Comparer | MonthlyComparer, rows: list[Row]) -> None:
    """Compare some rows and keep what was found; the caller has the transaction."""
    insert_columns(
        TaskRow,
        [
            {
                "batch_id": batch.pk,
                "number": one.number,
                "kind": one.kind.value,
                "task_id": one.task,
                "version": one.version,
                "title": one.title,
                "wanted": one.wanted if one.kind in _KEPT else {},
                "changes": one.changes,
                "faults": one.faults,
                "why": one.why,
            }
            for one in comparer.compare(rows)
        ],
    )


def settle_compared(batch: TaskImport) -> None:
    """Say that every row was compared."""
    batch.state = ImportState.COMPARED
    batch.save(update_fields=["state"])


def table_of(batch: TaskImport) -> Table:
    """The table of an import's file, opened again.

    Raises:
        UnreadableFile: the file is gone or another now.
    """
    try:
        with batch.document.file.open("rb") as file:
            data = file.read()
    except OSError:
        reason = _("The stored file cannot be opened any more.")
        raise UnreadableFile([Fault(0, "", reason)]) from None
    return read_table(data, name=batch.document.name, layouts=_LAYOUTS)


def _month_of(table: Table) -> tuple[Body, str]:
    """Whose monthly table it is and of which month: of its mark, or else of what stands above."""
    said = table.signature.said if table.signature is not None else {}
    body = Body.objects.filter(ref=said.get("body", "")).first() or _named_above(table.above)
    if body is None:
        reason = _(
            "Above the headings no body of the directory is named; write its name there, as in "
            "the table that is exported here."
        )
        raise UnreadableFile([Fault(0, "", reason, " · ".join(table.above)[:100])])
    span = month_of(said.get("period", "")) or _month_above(table.above)
    if span is None:
        reason = _("Above the headings no month is named; write it there: “Month 11/2026”.")
        raise UnreadableFile([Fault(0, "", reason, " · ".join(table.above)[:100])])
    return body, span.name


def _named_above(above: Iterable[str]) -> Body | None:
    for cell in above:
        for line in cell.splitlines():
            words = re.sub(r"^\s*(?:tên )?(?:đơn vị|cơ quan|unit)[^:]*:\s*", "", line, flags=re.I)
            ref = resolve_name(" ".join(words.split()), on=timezone.localdate(), kinds=("body",)).id
            if ref and (found := Body.objects.filter(ref=ref).first()) is not None:
                return found
    return None


def _month_above(above: Iterable[str]) -> Span | None:
    for cell in above:
        if (m := _MONTH.search(fold(cell))) is not None:
            return month_of(f"{m[2]}-{int(m[1]):02d}")
    return None


_MONTH = re.compile(r"(?:thang|month)\s*(\d{1,2})\s*(?:/|-|nam)\s*(\d{4})")


def _known(actor: User | None, sha256: str) -> TaskImport | None:
    """What the same bytes became, if the actor brought them; nothing after an undoing."""
    brought = TaskImport.objects.filter(document__sha256=sha256).exclude(state__in=_ENDED)
    own = brought.filter(made_by=actor).first()
    if own is not None:
        return own
    if brought.filter(document__in=Document.objects.filter(seen(actor, "pk"))).exists():
        reason = _("Somebody else has brought this very file already; it is not taken twice.")
        raise UnreadableFile([Fault(0, "", reason)])
    if (
        Document.objects.filter(sha256=sha256)
        .exclude(pk__in=Document.objects.filter(seen(actor, "pk")).values("pk"))
        .exists()
    ):
        raise UnreadableFile([Fault(0, "", _("Another body keeps this very file, closed to you."))])
    return None


def _custody(actor: User | None, ids: Sequence[int]) -> Custody:
    """Whose the file is: closed like the documents its rows are of, where one of them is."""
    closed: set[int | None] = set()
    for at in range(0, len(ids), 5000):
        closed |= set(
            Task.objects.filter(seen(actor), pk__in=ids[at : at + 5000], document__is_closed=True)
            .order_by()
            .values_list("document__owner", flat=True)
            .distinct()
        )
    if len(closed) > 1:
        reason = _(
            "The rows are of closed documents of several bodies; send one file for each body."
        )
        raise UnreadableFile([Fault(0, "", reason)])
    if closed:
        return Custody(owner=closed.pop(), is_closed=True)
    return default_custody(actor)


def _opened(data: bytes, name: str, sha256: str, looked: Looked) -> OpenedFile:
    """The file with its rows as text; nothing is read in it, for its rows are taken as they are."""
    notes: tuple[str, ...] = ()
    if looked.n > len(looked.blocks):
        words = _("The file has %(n)d rows; the first %(kept)d of them are shown here.")
        notes = (words % {"n": looked.n, "kept": len(looked.blocks)},)
    document = vanban.Document(
        text=looked.text,
        blocks=looked.blocks,
        name=name,
        media_type="text/csv" if name.lower().endswith(".csv") else _XLSX,
        notes=notes,
        title=name,
    )
    reading = vanban.Reading(document, ())
    return OpenedFile(data, name, sha256, document, reading, 0.0)


_LAYOUTS = (REGISTER, MONTHLY)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _stored(actor: User | None, passed: _Passed) -> Document:
    allow_custody(actor, passed.custody)
    # A table is no near copy of a report, however many words they share.
    words = fold(passed.opened.document.text)
    compared = ComparedFile(frozenset(), [], words, None, _newest())
    document, _reconciled = store_document(
        passed.opened, added_by=actor, compared=compared, custody=passed.custody, is_table=True
    )
    record_check(document, passed.inside, passed.scanned.words)
    return document


def _newest() -> int:
    return Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
