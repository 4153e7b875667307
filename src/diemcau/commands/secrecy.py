"""`diemcau secrecy`: decide on files that were stopped for their marks of secrecy."""

import argparse
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.utils import timezone, translation

from diemcau.audit.actions import origin
from diemcau.gate.actions import GateRefused, decide_open, decide_paper, decide_refused
from diemcau.gate.models import Decision, Stop
from diemcau.gate.telling import mark_words

__all__ = ["decide"]


def decide(options: argparse.Namespace) -> int:
    """Take one decision, or list what waits; returns the exit status.

    Args:
        options: `way` and what that way needs; `file` is the file itself or the code of its stop.
    """
    with translation.override("vi"), origin("cli"):
        if options.way == "list":
            return _list()
        stop = _stop_of(options.file)
        if stop is None:
            print(
                f"Không có tệp nào bị dừng ứng với «{options.file}»."
                f" / No stopped file answers to “{options.file}”."
            )
            return 1
        try:
            said = _decide(options, stop)
        except GateRefused as refused:
            print(str(refused))
            return 1
        except ValueError:
            print(
                f"«{options.date}» không phải ngày; ghi như 2024-12-20. / Write it as 2024-12-20."
            )
            return 1
    print(f"{stop.code}: {said}")
    return 0


def _decide(options: argparse.Namespace, stop: Stop) -> str:
    if options.way == "open":
        decide_open(None, stop, reason=options.reason)
        return "không mật; chạy lại `diemcau run` để nhận tệp. / not secret; run again to take it."
    if options.way == "refuse":
        decide_refused(None, stop, reason=options.reason)
        return "không nhận. / refused."
    decide_paper(
        None,
        stop,
        number=options.number,
        issued_on=date.fromisoformat(options.date) if options.date else None,
        issuer=options.issuer,
        kept_at=options.kept_at,
    )
    return "không nhận, đã ghi nhận bản giấy. / refused, the paper is recorded."


def _stop_of(named: str) -> Stop | None:
    path = Path(named)
    if path.is_file():
        with path.open("rb") as file:
            digest = sha256()
            while piece := file.read(1024 * 1024):
                digest.update(piece)
        return Stop.objects.filter(sha256=digest.hexdigest()).first()
    if len(named) < 8:
        return None
    found = list(Stop.objects.filter(sha256__startswith=named.lower())[:2])
    return found[0] if len(found) == 1 else None


def _list() -> int:
    waiting = list(Stop.objects.filter(decision=Decision.WAITING).order_by("stopped_at"))
    for stop in waiting:
        at = timezone.localtime(stop.stopped_at)
        print(f"{stop.code}  {at:%Y-%m-%d %H:%M}  {'; '.join(mark_words(stop.marks))}")
    if not waiting:
        print("Không có tệp nào chờ quyết định. / Nothing waits.")
    return 0
