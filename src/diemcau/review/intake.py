"""Take a file in: store it, read it, propose what it shares with the others; and read it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.translation import gettext as _

import vanban
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.matters.echoes import propose_echoes
from diemcau.documents.custody import Custody, allow_custody, default_custody
from diemcau.documents.incoming import announced
from diemcau.documents.models import Document, TextVersion
from diemcau.documents.opening import (
    OpenedFile,
    check_size,
    hash_bytes,
    load_file,
    open_file,
    plain_name,
    read_timed,
)
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
from diemcau.gate.actions import GateRefused, checked_reason, settle_held
from diemcau.gate.models import HeldFile, HeldState, Stop
from diemcau.gate.passing import hold_unscanned, pass_guard, pass_scanner, record_check
from diemcau.gate.rules import can_decide_held
from diemcau.gate.scanner import Scanned
from diemcau.indicators.compare import propose_comparisons
from vanban.loaders import is_packed
from vanban.loaders.inside import Inside, look_inside

__all__ = ["Intake", "release_held", "reread", "take_in"]


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
        vanban.DocumentError: it cannot be read, may not pass the gate, or is held where the actor
            may not see it; nothing of it is stored.
        diemcau.gate.passing.Stopped: it carries marks of secrecy on which a person has to decide.
        PermissionDenied: the actor may not add documents, or not there.
    """
    custody = custody or default_custody(actor)
    known = _known(actor, hash_bytes(data), name)
    if known is not None:
        return known
    allow_custody(actor, custody)
    passed = _pass_gate(actor, data, name=name, custody=custody)
    hold_unscanned(actor, passed.opened, passed.scanned, custody)
    return _store_once(actor, passed, lambda compared: _store(actor, passed, compared))


def release_held(actor: User | None, held: HeldFile, *, reason: str) -> Intake:
    """Take in a file that was held apart; the scanner is asked once more, if it answers now.

    Raises:
        GateRefused: no reason is given, or somebody has decided already.
        vanban.DocumentError: the scanner now finds it harmful, or it cannot be read.
        PermissionDenied: the actor may not release.
    """
    reason = checked_reason(reason)
    if actor is not None and not can_decide_held(actor):
        raise PermissionDenied("gate.release")
    try:
        data = held.path.read_bytes()
    except OSError as e:
        raise GateRefused(_("The file is no longer there; somebody has decided on it.")) from e
    custody = Custody(held.owner_id, held.is_closed)
    passed = _pass_gate(actor, data, name=held.name, custody=custody, held=True)
    return _store_once(
        actor, passed, lambda compared: _release(actor, held, reason, passed, compared)
    )


@dataclass(frozen=True)
class _Passed:
    """A file that has passed the gate, with what was found there."""

    opened: OpenedFile
    inside: Inside
    scanned: Scanned
    custody: Custody
    cleared: Stop | None


def _pass_gate(
    actor: User | None, data: bytes, *, name: str, custody: Custody, held: bool = False
) -> _Passed:
    name = plain_name(name)
    check_size(len(data), name=name)
    # Of a ZIP of files nothing is stored: each passes for itself, and a bad one stops no other.
    inside = Inside() if is_packed(data, name=name) else look_inside(data, name=name)
    scanned = pass_scanner(actor, data, name=name, is_held=held)
    opened = open_file(data, name=name)
    cleared = pass_guard(actor, opened, inside, custody)
    return _Passed(opened, inside, scanned, custody, cleared)


def _store_once(actor: User | None, passed: _Passed, store: Callable[[Compared], Intake]) -> Intake:
    opened = passed.opened
    compared = compare_file(opened)
    try:
        with announced(opened.sha256):
            return store(compared)
    except IntegrityError:
        # Somebody stored the same bytes between the look and the write.
        known = _known(actor, opened.sha256, opened.name)
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
    if known.is_table:
        raise vanban.DocumentError(
            vi=f"Tệp «{name}» đã được đưa vào đây làm bảng của sổ theo dõi, nên không nhận làm tài "
            "liệu. Nếu cần làm căn cứ hoặc minh chứng, hãy tải văn bản có nội dung đó.",
            en=f"“{name}” was brought here as a table of the register, so it is not taken as a "
            "document. For something to cite or to show, upload the paper that says it.",
            code="a_table",
        )
    return Intake(known, is_new=False)


def reread(actor: User | None, document: Document) -> Reconciled:
    """Read a stored document again, as the program loads and reads it now.

    What people decided stays; see `documents.reconcile`. If the file gives no text any more, the
    stored text is read.
    Raises:
        PermissionDenied: the actor may not confirm, or it is a table, whose rows are not read.
    """
    if document.is_table:
        raise PermissionDenied("documents.reread: a table")
    # Asked again inside; here, so that nobody makes the machine read what they may not.
    require(actor, Duty.CONFIRM, document)
    opened = _open_again(document)
    reading, seconds = read_timed(opened)
    return _reread(actor, document, opened=opened, reading=reading, seconds=seconds)


@action("documents.take_in", may=can_add_documents)
def _store(actor: User | None, passed: _Passed, compared: Compared) -> Intake:
    allow_custody(actor, passed.custody)
    taken, detail = _stored(actor, passed, compared)
    record_action(taken.document, detail=detail)
    original = originals_of(actor, [taken.document]).get(taken.document.pk)
    return replace(taken, original=original)


@action("gate.release", may=can_decide_held)
def _release(
    actor: User | None, held: HeldFile, reason: str, passed: _Passed, compared: Compared
) -> Intake:
    held = settle_held(actor, held, HeldState.RELEASED, reason)
    taken, detail = _stored(held.held_by, passed, compared)
    record_action(held, detail=detail | {"document": taken.document.pk}, reason=reason)
    return taken


def _stored(
    added_by: User | None, passed: _Passed, compared: Compared
) -> tuple[Intake, dict[str, Any]]:
    """The stored document with its statements and proposals, and what the log says of it."""
    document, reconciled = store_document(
        passed.opened, added_by=added_by, compared=compared, custody=passed.custody
    )
    echoes, comparisons = propose_echoes(document), propose_comparisons(document)
    record_check(document, passed.inside, passed.scanned.words)
    detail = {
        "sha256": document.sha256,
        "near_copy_of": document.near_copy_of_id,
        "reading": reconciled.reading.pk,
        "counts": reconciled.reading.counts,
        "owner": passed.custody.owner,
        "is_closed": passed.custody.is_closed,
    }
    if passed.cleared is not None:
        detail["cleared"] = passed.cleared.pk
    return Intake(document, True, reconciled, echoes, comparisons), detail


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
            return load_file(file.read(), name=document.name)
    except (vanban.DocumentError, OSError, ValueError):
        return stored_document(version)
