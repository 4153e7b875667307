"""What became of each of several files, one sentence each; the same words on page and command."""

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

import vanban
from diemcau.accounts.models import User
from diemcau.documents.custody import Custody
from diemcau.documents.opening import check_size
from diemcau.gate.passing import Held, Stopped
from diemcau.gate.telling import told_sentences
from diemcau.review.intake import Intake, take_in
from vanban.loaders import attachments, packed
from vanban.loaders.mail import Attachment
from vanban.secrecy import marks_of_name

__all__ = ["NO_ROOM", "Outcome", "describe", "try_take_in", "try_take_in_all"]

logger = logging.getLogger(__name__)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
"""Numbers of the system's errors that say: nothing can be stored on this disk now."""


@dataclass(frozen=True)
class Outcome:
    """One file: taken in or refused.

    Args:
        intake: None if it was refused.
        refusal: None if it was taken in.
    """

    name: str
    intake: Intake | None = None
    refusal: vanban.DocumentError | None = None

    @property
    def stopped(self) -> Stopped | None:
        """The stop, if a person has to decide because of its marks of secrecy."""
        return self.refusal if isinstance(self.refusal, Stopped) else None

    @property
    def held(self) -> Held | None:
        """The holding apart, if no scanner could look at it."""
        return self.refusal if isinstance(self.refusal, Held) else None

    @property
    def told(self) -> list[str]:
        """What the file tells about people, one sentence each."""
        if self.intake is None or not self.intake.is_new:
            return []
        return told_sentences(self.intake.document.check_made.told)


def try_take_in(
    actor: User | None,
    *,
    name: str,
    size: int,
    read: Callable[[], bytes],
    custody: Custody | None = None,
) -> Outcome:
    """Take a file in; one that cannot be read, or that breaks the program, is an outcome too.

    Args:
        size: bytes, asked before the file is taken into memory.
        read: gives the whole file.
        custody: as `take_in` takes it.
    Raises:
        OSError: nothing can be stored, whatever the file; its number is one of `NO_ROOM`.
    """
    try:
        check_size(size, name=name)
        return Outcome(name, intake=take_in(actor, data=read(), name=name, custody=custody))
    except vanban.DocumentError as refusal:
        return Outcome(name, refusal=refusal)
    except OSError as problem:
        if problem.errno in NO_ROOM:
            # Not about this file: nothing can be stored now, and the page says that.
            raise
        why = problem.strerror or type(problem).__name__
        return Outcome(
            name,
            refusal=vanban.DocumentError(
                vi=f"Không mở được tệp «{name}» ({why}). Kiểm tra quyền đọc rồi thử lại.",
                en=f"Cannot open “{name}” ({why}). Check that it may be read and try again.",
                code="unreadable",
            ),
        )
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        # A defect of ours must not stop the other files; it is logged and said plainly.
        logger.exception("a file could not be taken in: %s", name)
        return Outcome(
            name,
            refusal=vanban.DocumentError(
                vi=f"Chương trình lỗi khi đọc tệp «{name}»; tệp chưa được lưu, lỗi đã ghi vào "
                "nhật ký. Gửi tệp cho người phụ trách kỹ thuật.",
                en=f"The program failed on “{name}”; it was not stored, and the fault is in "
                "the log. Send the file to whoever maintains the installation.",
                code="failed",
            ),
        )


def try_take_in_all(
    actor: User | None,
    *,
    name: str,
    size: int,
    read: Callable[[], bytes],
    custody: Custody | None = None,
) -> list[Outcome]:
    """As `try_take_in`; files that came with a mail follow it, and those of a ZIP stand for it.

    Each passes the gate for itself. A ZIP whose name bears a mark of secrecy is not unpacked.
    """
    return list(_take_in_all(actor, name, size, read, custody, None, depth=0))


_DEEPEST = 3
"""Mails and ZIPs within each other: a ZIP may hold itself."""
_MOST_MEMBERS = 100
"""Files of one ZIP that are taken in at once, as many as one form may bring."""


@dataclass
class _Unpacked:
    """How many files came out of a ZIP, those of ZIPs within it included."""

    name: str
    n: int = 0


def _take_in_all(
    actor: User | None,
    name: str,
    size: int,
    read: Callable[[], bytes],
    custody: Custody | None,
    unpacked: _Unpacked | None,
    *,
    depth: int,
) -> Iterator[Outcome]:
    data: list[bytes] = []

    def read_once() -> bytes:
        data.append(read())
        return data[0]

    whole = try_take_in(actor, name=name, size=size, read=read_once, custody=custody)
    is_packed = bool(
        data
        and whole.refusal is not None
        and whole.refusal.code == "archive"
        and depth < _DEEPEST
        and not marks_of_name(name)
    )
    files: Iterable[Attachment] = ()
    if is_packed:
        unpacked = unpacked or _Unpacked(name)
        files = packed(data[0], name=name)
    else:
        yield whole
        if whole.intake is not None and data:
            files = attachments(data[0], name=name)
    is_empty = True
    try:
        for file in files:
            is_empty = False
            if is_packed and unpacked is not None:
                unpacked.n += 1
                if unpacked.n == _MOST_MEMBERS + 1:
                    raise _too_many(unpacked.name)
                if unpacked.n > _MOST_MEMBERS:
                    # The ZIP within, where the count ran out, has said so.
                    return
            read_it = partial(bytes, file.data)
            for one in _take_in_all(
                actor, file.name, len(file.data), read_it, custody, unpacked, depth=depth + 1
            ):
                yield replace(one, name=f"{name}/{one.name}") if is_packed else one
    except vanban.DocumentError as refusal:
        yield Outcome(name, refusal=refusal)
    else:
        if is_packed and is_empty:
            # An empty ZIP, or an archive of another kind.
            yield whole


def _too_many(name: str) -> vanban.DocumentError:
    return vanban.DocumentError(
        vi=f"Tệp nén «{name}» có hơn {_MOST_MEMBERS} tệp: mới nhận {_MOST_MEMBERS} tệp đầu. Chia "
        "phần còn lại thành các tệp nén nhỏ hơn rồi tải lên.",
        en=f"“{name}” holds more than {_MOST_MEMBERS} files: only the first {_MOST_MEMBERS} were "
        "taken in. Pack the others into smaller archives and upload those.",
        code="too-many-members",
    )


def describe(outcome: Outcome) -> str:
    """The sentence about one file, in the language in force; a refusal names the file."""
    if outcome.refusal is not None:
        return outcome.refusal.en if get_language() == "en" else outcome.refusal.vi
    intake = outcome.intake
    assert intake is not None
    if not intake.is_new or intake.reconciled is None:
        return _("Already there since %(day)s as “%(name)s”; not stored again.") % {
            "day": date_format(timezone.localtime(intake.document.added_at), "d/m/Y"),
            "name": intake.document.name,
        }
    reading = intake.reconciled.reading
    n = sum(reading.counts.values())
    sentence = ngettext(
        "Read: %(n)s statement in %(seconds)s seconds.",
        "Read: %(n)s statements in %(seconds)s seconds.",
        n,
    ) % {"n": n, "seconds": number_format(reading.seconds, decimal_pos=2)}
    if near := intake.original:
        sentence += " " + _("It is a near copy of “%(title)s” (%(share)s%%).") % {
            "title": near.title or near.name,
            "share": round(100 * (intake.document.likeness or 0)),
        }
    return sentence
