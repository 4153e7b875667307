"""Take a file in: store it, read it, propose what it shares with the others; and read it again."""

from dataclasses import dataclass

from django.db import IntegrityError

import vanban
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.echoes import propose_echoes
from diemcau.documents.custody import Custody, allow_custody, default_custody
from diemcau.documents.incoming import announced
from diemcau.documents.models import Document, TextVersion
from diemcau.documents.opening import OpenedFile, hash_bytes, open_file, read_timed
from diemcau.documents.queries import originals_of
from diemcau.documents.reconcile import Reconciled, record_reading
from diemcau.documents.rules import require, seen
from diemcau.documents.store import (
    Compared,
    add_text_version,
    compare_file,
    drop_file,
    settle_event_day,
    store_document,
    stored_document,
)
from diemcau.indicators.compare import propose_comparisons

__all__ = ["Intake", "reread", "take_in"]


@dataclass(frozen=True)
class Intake:
    """What became of a file that came in.

    Args:
        is_new: False if the same bytes were there already; then nothing was stored.
        reconciled: what was read; None if nothing was.
        n_echoes: tasks proposed as said before in another document.
        n_comparisons: figures proposed for comparison with other documents'.
        original: what it is a near copy of, if who brought it may see that.
    """

    document: Document
    is_new: bool
    reconciled: Reconciled | None = None
    n_echoes: int = 0
    n_comparisons: int = 0
    original: Document | None = None


def take_in(
    actor: User | None, *, data: bytes, name: str, custody: Custody | None = None
) -> Intake:
    """Store and read a file; the same bytes again are the document already there.

    The file is opened and compared before the transaction begins, so that nobody waits for it.
    Args:
        data: the whole file.
        name: its file name.
        custody: whose it is and whether it is closed; None is `default_custody`.
    Raises:
        vanban.DocumentError: it cannot be read, or is held where the actor may not see it;
            nothing is stored.
        PermissionDenied: the actor may not add documents, or not there.
    """
    custody = custody or default_custody(actor)
    known = _known(actor, hash_bytes(data), name)
    if known is not None:
        return known
    opened = open_file(data, name=name)
    compared = compare_file(opened)
    try:
        with announced(opened.sha256):
            return _store(actor, opened, compared, custody)
    except IntegrityError:
        # Somebody stored the same bytes between the look and the write.
        known = _known(actor, opened.sha256, name)
        if known is None:
            raise
        return known
    except BaseException:
        drop_file(opened)
        raise


def _known(actor: User | None, sha256: str, name: str) -> Intake | None:
    """The document of these bytes, if it is there; whose content one has, one is told it is."""
    known = Document.objects.filter(sha256=sha256).first()
    if known is None:
        return None
    if not Document.objects.filter(seen(actor, "pk"), pk=known.pk).exists():
        raise vanban.DocumentError(
            vi=f"Tệp «{name}» đã được một cơ quan khác lưu và chưa mở cho bạn xem. Hỏi người "
            "quản trị hệ thống về quyền xem.",
            en=f"“{name}” is held here by another body and not open to you. Ask an administrator "
            "about seeing it.",
            code="held_elsewhere",
        )
    return Intake(known, is_new=False)


def reread(actor: User | None, document: Document) -> Reconciled:
    """Read a stored document again, as the program loads and reads it now.

    What people decided stays; see `documents.reconcile`. If the file gives no text any more, the
    stored text is read.
    Raises:
        PermissionDenied: the actor may not confirm.
    """
    opened = _open_again(document)
    reading, seconds = read_timed(opened)
    return _reread(actor, document, opened=opened, reading=reading, seconds=seconds)


@action("documents.take_in", may=can_add_documents)
def _store(actor: User | None, opened: OpenedFile, compared: Compared, custody: Custody) -> Intake:
    allow_custody(actor, custody)
    document, reconciled = store_document(
        opened, added_by=actor, compared=compared, custody=custody
    )
    echoes, comparisons = propose_echoes(document), propose_comparisons(document)
    record_action(
        document,
        detail={
            "sha256": document.sha256,
            "near_copy_of": document.near_copy_of_id,
            "reading": reconciled.reading.pk,
            "counts": reconciled.reading.counts,
            "owner": custody.owner,
            "is_closed": custody.is_closed,
        },
    )
    original = originals_of(actor, [document]).get(document.pk)
    return Intake(document, True, reconciled, echoes, comparisons, original)


@action("documents.reread", may=can_confirm)
def _reread(
    actor: User | None,
    document: Document,
    *,
    opened: vanban.Document,
    reading: vanban.Reading,
    seconds: float,
) -> Reconciled:
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    require(actor, Duty.CONFIRM, document)
    version = add_text_version(document, opened)
    reconciled = record_reading(version, reading, seconds=seconds)
    settle_event_day(document)
    propose_echoes(document)
    propose_comparisons(document)
    record_action(
        document,
        detail={
            "reading": reconciled.reading.pk,
            "engine": reconciled.reading.engine_version,
            "text_version": version.number,
            "kept": reconciled.n_kept,
            "added": reconciled.n_added,
            "superseded": reconciled.n_superseded,
            "decided": reconciled.n_decided,
        },
    )
    return reconciled


def _open_again(document: Document) -> vanban.Document:
    version: TextVersion = document.texts.latest("number")
    try:
        with document.file.open("rb") as file:
            return vanban.load_bytes(file.read(), name=document.name)
    except (vanban.DocumentError, OSError):
        return stored_document(version)
