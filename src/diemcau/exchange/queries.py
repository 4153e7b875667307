"""Reads of the files people brought: their own, the rows by kind, those to mend."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from diemcau.delivery.models import Task
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, seen
from diemcau.exchange.models import Outcome, RowKind, TaskImport, TaskRow
from diemcau.exchange.taking import table_of

__all__ = ["count_rows", "documents_to_open", "list_imports", "list_rows", "rows_to_mend"]

_UNFIT = Q(kind__in=(RowKind.FAULT, RowKind.CONFLICT, RowKind.PROPOSED)) | Q(outcome=Outcome.LEFT)


def documents_to_open(by: Reader) -> QuerySet[Document]:
    """The documents a person may open.

    A table is open to who brought it, and where rows of it are tasks, to who sees those: they rest
    on it. A monthly table, or one that was only compared, is nobody else's to read.
    """
    found = Document.objects.filter(seen(by, "pk"))
    if by is None:
        return found
    brought = TaskImport.objects.filter(made_by=by).values("document")
    rested_on = Task.objects.filter(document=OuterRef("pk"), withdrawn_at=None)
    return found.filter(Q(is_table=False) | Q(pk__in=brought) | Exists(rested_on))


def list_imports(by: Reader) -> QuerySet[TaskImport]:
    """The files a person brought, the newest first; who else sees them sees their documents."""
    found = TaskImport.objects.select_related("document", "job", "made_by", "body").order_by("-pk")
    return found if by is None else found.filter(made_by=by)


def count_rows(batch: TaskImport) -> dict[str, int]:
    """How many rows are of each kind, and of each outcome as "outcome:…"."""
    found: dict[str, int] = dict.fromkeys(RowKind.values, 0)
    pairs = batch.rows.order_by().values_list("kind", "outcome").annotate(n=Count("pk"))
    for kind, outcome, n in pairs:
        found[kind] += n
        if outcome:
            found[f"outcome:{outcome}"] = found.get(f"outcome:{outcome}", 0) + n
    return found


def list_rows(batch: TaskImport, *, kind: str = "", outcome: str = "") -> QuerySet[TaskRow]:
    """The rows of a file in its order, all or of one kind or outcome."""
    rows = batch.rows.order_by("number")
    if kind:
        rows = rows.filter(kind=kind)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return rows


def rows_to_mend(batch: TaskImport) -> Iterator[dict[str, str]]:
    """The cells of the rows that were not written, as the file had them.

    Raises:
        UnreadableFile: the stored file cannot be opened any more.
    """
    wanted = set(batch.rows.filter(_UNFIT).values_list("number", flat=True))
    return (cells for number, cells in table_of(batch).rows() if number in wanted)
