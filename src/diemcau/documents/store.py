"""Store a document: its file, its text version, its reading. Plain functions for actions to call.

The rows are written first and the file last, by rename to a name that is its hash: a failure
leaves no row; what a killed process leaves on disk, `incoming` removes at the next intake.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

import vanban
from diemcau.accounts.models import User
from diemcau.documents.custody import Custody
from diemcau.documents.models import (
    LIVE,
    Document,
    SketchValue,
    Statement,
    StatementState,
    TextVersion,
)
from diemcau.documents.near import NearCopy, find_near_copy, first_of
from diemcau.documents.opening import OpenedFile, hash_bytes
from diemcau.documents.reconcile import Reconciled, record_reading
from vanban.letters import fold
from vanban.near import runs_of, sketch_of

__all__ = [
    "Compared",
    "add_text_version",
    "compare_file",
    "drop_file",
    "settle_event_day",
    "store_document",
    "stored_document",
]

_SUFFIXES = frozenset({
    ".txt", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv", ".eml", ".doc", ".rtf",
    ".odt", ".xls", ".ods", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
})  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """A file compared with the documents there are, before any transaction begins.

    Args:
        last: the newest document there was; what came after it is looked at when storing.
    """

    runs: frozenset[str]
    sketch: list[int]
    folded: str
    near: NearCopy | None
    last: int


def compare_file(opened: OpenedFile) -> Compared:
    """Do the slow part of storing a file, which needs no lock: its runs, its nearest document."""
    runs = runs_of(opened.document.text[b.start : b.end] for b in opened.document.content)
    sketch = sketch_of(runs)
    last = Document.objects.aggregate(last=Max("pk"))["last"] or 0
    near = find_near_copy(runs, sketch)
    return Compared(runs, sketch, fold(opened.document.flow), near, last)


def store_document(
    opened: OpenedFile,
    *,
    added_by: User | None,
    compared: Compared | None = None,
    custody: Custody = Custody(),  # noqa: B008 - frozen
    is_table: bool = False,
) -> tuple[Document, Reconciled]:
    """Store a new file with its text, its reading and its link to a near copy.

    Args:
        opened: the file; its hash must not be stored yet.
        added_by: who brought it; None is the installation itself.
        compared: what `compare_file` found; None does it here.
        custody: whose it is; the installation's own and open without it.
        is_table: it is kept for its rows, not as a document of the library.
    """
    compared = compared or compare_file(opened)
    near = compared.near or find_near_copy(compared.runs, compared.sketch, after=compared.last)
    near = near and first_of(near, compared.runs)
    title = _title_of(opened.document)
    document = Document.objects.create(
        sha256=opened.sha256,
        name=opened.name,
        file=_path_of(opened),
        size=len(opened.data),
        media_type=opened.document.media_type,
        title=title,
        url=_web_address(opened.document.url),
        published_on=_day(opened.document.published),
        folded=fold(f"{title} {opened.name}")[:1000],
        near_copy_of=near.document if near else None,
        likeness=near.likeness if near else None,
        owner_id=custody.owner,
        is_closed=custody.is_closed,
        is_table=is_table,
        added_by=added_by,
        added_at=timezone.now(),
    )
    SketchValue.objects.bulk_create(
        SketchValue(document=document, value=v) for v in compared.sketch
    )
    version = add_text_version(document, opened.document, folded=compared.folded)
    reconciled = record_reading(version, opened.reading, seconds=opened.seconds)
    settle_event_day(document)
    _write_file(opened)
    return document, reconciled


def drop_file(opened: OpenedFile) -> None:
    """Remove the file of a storing that failed; one that a stored document has stays."""
    if not Document.objects.filter(sha256=opened.sha256).exists():
        (Path(settings.MEDIA_ROOT) / _path_of(opened)).unlink(missing_ok=True)


def add_text_version(
    document: Document, opened: vanban.Document, *, folded: str | None = None
) -> TextVersion:
    """The text version that holds this text and these blocks: the last one, or a new one.

    Args:
        folded: the text folded, where it is known already.
    """
    blocks = [[b.start, b.end, b.kind, b.page, b.place] for b in opened.blocks]
    last = document.texts.last()
    if last is not None and last.text == opened.text and last.blocks == blocks:
        return last
    return TextVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        text=opened.text,
        folded=fold(opened.flow) if folded is None else folded,
        text_sha256=hash_bytes(opened.text.encode("utf-8", "surrogatepass")),
        blocks=blocks,
        notes=list(opened.notes),
        made_at=timezone.now(),
    )


def stored_document(version: TextVersion) -> vanban.Document:
    """The engine's document of a stored text."""
    document = version.document
    return vanban.Document(
        text=version.text,
        blocks=tuple(vanban.Block(*block) for block in version.blocks),
        name=document.name,
        media_type=document.media_type,
        notes=tuple(version.notes),
        title=document.title,
        published=document.published_on.isoformat() if document.published_on else None,
        url=document.url or None,
    )


def settle_event_day(document: Document) -> date | None:
    """Set `event_on` from the events: an accepted one's day before a proposed one's."""
    events = Statement.objects.filter(
        document=document,
        kind="events",
        state__in=LIVE,
    )
    days = sorted(
        (event.state != StatementState.ACCEPTED, event.start, day)
        for event in events
        if (day := _day(event.values.get("date")))
    )
    document.event_on = days[0][2] if days else None
    document.save(update_fields=["event_on"])
    return document.event_on


def _title_of(document: vanban.Document) -> str:
    """Its title, or its first paragraph where it has none, cut at 200 code points."""
    first = (document.flow[b.start : b.end] for b in document.content if b.kind != "row")
    line = " ".join((document.title or next(first, ""))[:1000].split())
    return line if len(line) <= 200 else line[:199].rsplit(" ", 1)[0] + "…"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _web_address(url: str | None) -> str:
    """The address if a browser may be sent there; a page can claim any scheme for itself."""
    is_web = url is not None and url.startswith(("https://", "http://")) and len(url) <= 1000
    return url if is_web and url else ""


def _path_of(opened: OpenedFile) -> str:
    suffix = Path(opened.name).suffix.lower()
    suffix = suffix if suffix in _SUFFIXES else ""
    return f"documents/{opened.sha256[:2]}/{opened.sha256}{suffix}"


def _write_file(opened: OpenedFile) -> None:
    target = Path(settings.MEDIA_ROOT) / _path_of(opened)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f"{opened.sha256}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(opened.data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
