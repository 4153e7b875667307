"""`diemcau run`: bring the database up to date, read a folder of documents, start the server.

What is printed is Vietnamese first, with the English where a newcomer needs it.
"""

import os
import socket
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef
from django.utils import translation

import vanban
from diemcau.audit.actions import origin
from diemcau.commands.first_login import first_login, first_login_note
from diemcau.commands.progress import print_line, show_bar
from diemcau.commands.schema import fit_schema, has_migrated
from diemcau.commands.work import worker_beside
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.documents.models import Document, Reading, StatementKind
from diemcau.operation.workers import leave_when_told
from diemcau.review.intake import reread
from diemcau.review.outcomes import NO_ROOM, Outcome, describe, try_take_in_all
from diemcau.review.settling import settle_missing, settle_ties
from diemcau.urging.shipped import ensure_rules

__all__ = ["bring_up_to_date", "read_folder", "read_outdated", "run"]

_DOCUMENTS = (
    *(".txt", ".text", ".html", ".htm", ".xhtml", ".mht", ".docx", ".docm", ".doc", ".rtf", ".odt"),
    *(".pdf", ".xlsx", ".csv", ".tsv", ".xls", ".ods", ".eml", ".pptx", ".ppt"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff"),
)
"""What people keep documents in; those not read yet get the sentence that says what to do."""
_THREADS = 8


def run(*, docs: str, host: str, port: int) -> int:
    """Prepare, read, serve until Ctrl-C; returns the exit status."""
    if not _is_free(host, port):
        print(
            f"Cổng {port} đang có chương trình khác dùng. Dừng chương trình đó, hoặc chạy:"
            f" make run PORT={port + 1}\n"
            f"Port {port} is in use. Stop what uses it, or run: make run PORT={port + 1}"
        )
        return 1
    try:
        if problem := bring_up_to_date():
            print(problem)
            return 1
        with translation.override("vi"), origin("cli"):
            login = first_login()
            read_folder(Path(docs))
    except KeyboardInterrupt:
        print("\nĐã dừng; những tệp đã đọc xong vẫn còn. / Stopped; what was read is kept.")
        return 130
    except OSError as problem:
        if problem.errno not in NO_ROOM:
            raise
        print("\nỔ đĩa đầy hoặc chỉ đọc; những tệp đã đọc xong vẫn còn. Dọn chỗ rồi chạy lại.")
        print("The disk is full or read-only; what was read is kept. Make room and run again.")
        return 1
    connections.close_all()
    # Its files come from the packages; without the folder it would warn of one that is not needed.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with worker_beside():
        _serve(host, port, login)
    return 0


def bring_up_to_date() -> str | None:
    """Make tables, shipped rows and readings those of this version.

    Returns:
        Why it could not, in Vietnamese and English; None if all is done.
    """
    with translation.override("vi"), origin("cli"):
        knew_reports = has_migrated("delivery", "0023_rows_told_before")
        if problem := fit_schema():
            return problem
        ensure_shipped_rows()
        ensure_rules()
        read_outdated()
        settle_missing(None)
        if not knew_reports:
            settle_ties(None)
    return None


def read_folder(folder: Path) -> None:
    """Take every file of a folder in, printing one line each; nothing stops at a bad file."""
    if not folder.is_dir():
        print(f"Không có thư mục {folder}; bỏ qua việc đọc tài liệu. / No such folder, skipped.")
        return
    found = [p for p in sorted(folder.rglob("*")) if p.is_file() and not _is_hidden(p, folder)]
    files = [p for p in found if p.suffix.lower() in _DOCUMENTS]
    print(f"Đọc {len(files)} tệp trong {folder} / Reading {len(files)} files")
    if others := sorted({p.suffix or p.name for p in found if p not in files}):
        print(f"Bỏ qua {len(found) - len(files)} tệp không phải văn bản: {', '.join(others)}")
    began = perf_counter()
    n_new = n_known = n_refused = 0
    stopped: list[tuple[Path, str]] = []
    for number, path in enumerate(files, start=1):
        show_bar(number - 1, len(files), f"{number - 1}/{len(files)} {path.name}")
        # A mail is followed by what came with it.
        for nth, outcome in enumerate(_take(path)):
            name = f"{path.relative_to(folder)}{f' › {outcome.name}' if nth else ''}: "
            if outcome.stopped is not None:
                stopped.append((path, outcome.stopped.stop.code))
                name, line = "", f"■ {describe(outcome)}"
            elif outcome.refusal is not None:
                n_refused += 1
                name, line = "", f"✕ {describe(outcome)}"
            elif outcome.intake is not None and outcome.intake.is_new:
                n_new += 1
                line = _counts_line(outcome)
            else:
                n_known += 1
                line = "đã có"
            print_line(f"{number:>3}/{len(files)}  {name}{line}")
    show_bar(len(files), len(files), f"{len(files)}/{len(files)}")
    seconds = f"{perf_counter() - began:.1f}".replace(".", ",")
    print_line(
        f"Xong trong {seconds} giây: {n_new} tệp mới, {n_known} tệp đã có,"
        f" {n_refused} tệp không đọc được, {len(stopped)} tệp dừng vì dấu hiệu mật."
    )
    if stopped:
        _say_how_to_decide(stopped)


def _say_how_to_decide(stopped: list[tuple[Path, str]]) -> None:
    """Say which files wait for a person, and what to type or where to look."""
    print(
        "Các tệp dừng vì dấu hiệu mật chưa được lưu gì. Quyết định từng tệp trên trang"
        " /tai-lieu/dung-lai/, hoặc bằng một trong ba lệnh:\n"
        '  diemcau secrecy open TỆP --reason "..."      không mật: lần chạy sau sẽ nhận\n'
        "  diemcau secrecy refuse TỆP                   không nhận\n"
        '  diemcau secrecy paper TỆP --issuer "..." --kept-at "..." [--number] [--date]\n'
        "Files with marks of secrecy were stopped; nothing of them is stored. Decide on each with"
        " one of these commands, then run again:"
    )
    for path, code in stopped:
        print(f"  ■ {code}  {path}")


def _take(path: Path) -> list[Outcome]:
    return try_take_in_all(None, name=path.name, size=path.stat().st_size, read=path.read_bytes)


def _counts_line(outcome: Outcome) -> str:
    assert outcome.intake is not None
    assert outcome.intake.reconciled is not None
    reading = outcome.intake.reconciled.reading
    kinds = [
        f"{n} {str(kind.label).lower()}"
        for kind in StatementKind
        if (n := reading.counts.get(kind.value, 0))
    ]
    seconds = f"{reading.seconds:.2f}".replace(".", ",")
    near = outcome.intake.document.near_copy_of
    copy = f"; gần giống “{near.name}”" if near else ""
    return f"{', '.join(kinds) or 'không có gì'} ({seconds} giây){copy}"


def read_outdated() -> None:
    """Read again what an older reader read, one line each; what people decided stays."""
    current = Reading.objects.filter(
        text_version__document=OuterRef("pk"), engine_version=vanban.ENGINE_VERSION
    )
    outdated = list(Document.objects.filter(~Exists(current), is_table=False).order_by("pk"))
    if not outdated:
        return
    print(f"Đọc lại {len(outdated)} tài liệu bằng bộ đọc {vanban.ENGINE_VERSION} / Reading again")
    for number, document in enumerate(outdated, start=1):
        show_bar(number - 1, len(outdated), f"{number - 1}/{len(outdated)} {document.name}")
        again = reread(None, document)
        print_line(
            f"{number:>3}/{len(outdated)}  {document.name}: {again.n_kept} mục như cũ,"
            f" {again.n_added} mới, {again.n_superseded} không còn"
        )


def _serve(host: str, port: int, login: tuple[str, str] | None) -> None:
    from gunicorn.app.base import BaseApplication

    if host not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS.append(host)

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "worker_class": "gthread",
                "workers": 2,
                "threads": _THREADS,
                "timeout": 120,
                "graceful_timeout": 5,
                "loglevel": "warning",
                "proc_name": "diemcau",
                "post_worker_init": leave_when_told,
                "when_ready": lambda _server: _say_where(host, port, login),
            }.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from diemcau.wsgi import application

            return application

    master = os.getpid()
    try:
        Server().run()
    except SystemExit as end:
        # The workers leave through here too; only the process that was started says good-bye.
        if os.getpid() != master or end.code not in (0, None):
            raise
    print("\nĐã dừng máy chủ. / Server stopped.")


def _say_where(host: str, port: int, login: tuple[str, str] | None) -> None:
    lines = [f"Mở / Open:         http://{host}:{port}/"]
    if login is not None:
        lines += [
            f"Tên / Name:        {login[0]}",
            f"Mật khẩu / Password: {login[1]}",
            f"(cũng ghi trong {first_login_note()} cho đến khi đổi mật khẩu)",
        ]
    lines.append("Dừng / Stop:       Ctrl-C")
    print("\n" + "\n".join(lines), flush=True)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
