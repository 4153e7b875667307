"""Whether a file may pass: what it carries, what the scanner says, which marks of secrecy it has.

Plain functions for the intake to call, in this order, before anything of a file is stored.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone

import vanban
from diemcau.accounts.models import User
from diemcau.documents.custody import Custody
from diemcau.documents.models import Document
from diemcau.documents.opening import OpenedFile, hash_bytes, load_file
from diemcau.gate.actions import hold_file, record_infected, record_stop
from diemcau.gate.models import Decision, FileCheck, HeldFile, Stop
from diemcau.gate.scanner import Scanned, scan
from vanban.loaders import attachments
from vanban.loaders.inside import Inside, look_inside
from vanban.secrecy import Mark, find_marks, marks_in_words

__all__ = ["Held", "Stopped", "hold_unscanned", "pass_guard", "pass_scanner", "record_check"]

_MOST_WORDS = 200
_DEEPEST = 3
"""Mails within mails that are looked into."""


class Stopped(vanban.DocumentError):
    """The file carries marks of secrecy and nobody has said that it is open; nothing is stored.

    Args:
        stop: the stop, which a person decides on.
        marks: what was found, for the person who brought the file; it is not stored.
    """

    def __init__(self, stop: Stop, marks: list[Mark], *, name: str) -> None:
        self.stop = stop
        self.marks = marks
        refused = stop.decision in (Decision.REFUSED, Decision.PAPER)
        words = "; ".join(dict.fromkeys(m.quote[:80] for m in marks))
        super().__init__(
            vi=(
                f"Không nhận tệp «{name}»: tệp này đã bị từ chối vì có dấu hiệu mật. "
                "Không lưu gì của tệp."
                if refused
                else f"Dừng tệp «{name}»: có dấu hiệu mật hoặc hạn chế phổ biến ({words}). "
                "Chưa lưu gì của tệp; chờ người có thẩm quyền quyết định."
            ),
            en=(
                f"“{name}” is not taken in: it was refused before, for its marks of secrecy. "
                "Nothing of it is stored."
                if refused
                else f"“{name}” is stopped: it carries marks of secrecy or of a limit ({words}). "
                "Nothing of it is stored; a person has to decide."
            ),
            code="secret",
        )


class Held(vanban.DocumentError):
    """The file is held apart, because no scanner could look at it.

    Args:
        held: its row.
    """

    def __init__(self, held: HeldFile) -> None:
        self.held = held
        super().__init__(
            vi=f"Tạm giữ tệp «{held.name}»: chưa quét được mã độc. Tệp được để riêng, chưa đọc; "
            "người phụ trách sẽ cho vào hoặc hủy.",
            en=f"“{held.name}” is held apart: it could not be scanned. It is kept away and not "
            "read; somebody in charge releases or destroys it.",
            code="held",
        )


def pass_scanner(actor: User | None, data: bytes, *, name: str, is_held: bool = False) -> Scanned:
    """Have the file scanned, where the installation has a scanner.

    Args:
        is_held: whether a person is releasing it, who may do so while the scanner is down.
    Returns:
        What the scanner said: clean, none, or down where such files are to be held.
    Raises:
        DocumentError: "infected", or "scanner-down" where the installation refuses such files.
    """
    scanned = scan(data)
    if scanned.verdict == "infected":
        record_infected(
            actor, sha256=hash_bytes(data), name=name, size=len(data), found=scanned.words
        )
        raise vanban.DocumentError(
            vi=f"Không nhận tệp «{name}»: chương trình quét thấy mã độc ({scanned.words}). "
            "Không lưu gì của tệp. Báo cho người phụ trách an toàn thông tin.",
            en=f"“{name}” is not taken in: the scanner found {scanned.words} in it. "
            "Nothing of it is stored. Tell whoever is in charge of security.",
            code="infected",
        )
    if scanned.verdict == "down" and settings.SCANNER_DOWN != "hold" and not is_held:
        raise vanban.DocumentError(
            vi=f"Chưa nhận được tệp «{name}»: chương trình quét mã độc không trả lời. "
            "Chưa lưu gì; thử lại sau ít phút.",
            en=f"“{name}” cannot be taken in now: the scanner does not answer. "
            "Nothing is stored; try again in a few minutes.",
            code="scanner-down",
        )
    return scanned


def pass_guard(
    actor: User | None,
    opened: OpenedFile,
    inside: Inside,
    custody: Custody,
    *,
    beyond: Sequence[Mark] = (),
) -> Stop | None:
    """Stop a file with marks of secrecy until a person has decided.

    Args:
        custody: for which body it was brought, whose people decide.
        beyond: marks found in what of the file is not in its text.

    Returns:
        The stop on which somebody said that the file is not secret; None if it has no marks.
    Raises:
        Stopped: nobody has; what was found is in it, and nothing of the file is stored.
        DocumentError: a mail carries a file that may not pass.
    """
    marks = find_marks(opened.document)
    marks += beyond
    marks += marks_in_words(inside.words)
    marks += _marks_within(opened.data, opened.name)
    if not marks:
        return None
    stop = Stop.objects.filter(sha256=opened.sha256).first()
    if stop is None or stop.decision == Decision.WAITING:
        stop = record_stop(
            actor,
            sha256=opened.sha256,
            size=len(opened.data),
            marks=marks,
            owner=custody.owner,
        )
    if stop.decision != Decision.OPEN:
        raise Stopped(stop, marks, name=opened.name)
    return stop


def _marks_within(data: bytes, name: str, *, depth: int = 0) -> list[Mark]:
    """The marks of what came with a mail: whoever stores the mail stores that too."""
    marks: list[Mark] = []
    for file in attachments(data, name=name) if depth < _DEEPEST else ():
        marks += marks_in_words(look_inside(file.data, name=file.name).words)
        marks += _marks_within(file.data, file.name, depth=depth + 1)
        try:
            marks += find_marks(load_file(file.data, name=file.name))
        except vanban.DocumentError:
            # It holds no text that can be read; it is answered for itself when it is brought in.
            marks += marks_in_words([file.name])
    return marks


def hold_unscanned(
    actor: User | None, opened: OpenedFile, scanned: Scanned, custody: Custody
) -> None:
    """Hold a file apart where the scanner could not be asked.

    Raises:
        Held: it is held; nothing of it was taken in.
    """
    if scanned.verdict == "down":
        raise Held(
            hold_file(
                actor,
                data=opened.data,
                sha256=opened.sha256,
                name=opened.name,
                why=scanned.words,
                custody=custody,
            )
        )


def record_check(document: Document, inside: Inside, scanner: str) -> FileCheck:
    """Keep what was looked at with a stored document; called where it is stored."""
    told = {k: v for k, v in asdict(inside).items() if v and k != "words"}
    return FileCheck.objects.create(
        document=document, scanner=scanner, told=_short(told), checked_at=timezone.now()
    )


def _short(told: dict[str, Any]) -> dict[str, Any]:
    return {k: v[:_MOST_WORDS] if isinstance(v, str) else v for k, v in told.items()}
