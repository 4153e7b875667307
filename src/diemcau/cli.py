"""The command `diemcau`: read and explain without the platform, run and manage with it."""

import argparse
import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        sys.stderr.write("\nĐã dừng. / Stopped.\n")
        return 130
    except BrokenPipeError:
        # Who read the output has enough ("| head"); nothing more is to be said at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="diemcau", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _add_read(commands)
    explain = commands.add_parser("explain", help="show which rules fired on which sentence")
    explain.add_argument("path", metavar="FILE")
    explain.set_defaults(run=_explain)

    build = commands.add_parser(
        "build-assets", help="make the fonts and translations the pages use"
    )
    build.set_defaults(run=_build_assets)

    run = commands.add_parser("run", help="read documents into the platform and start the server")
    run.add_argument("--docs", default="samples", help="folder of documents to read")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.set_defaults(run=_run)

    work = commands.add_parser("work", help="do what waits in the background, one after the other")
    work.add_argument("--once", action="store_true", help="end when nothing waits any more")
    work.add_argument("--with-parent", action="store_true", help="end with who started it")
    work.set_defaults(run=_work)

    _add_import_tasks(commands)
    _add_audit(commands)
    _add_secrecy(commands)

    prepare = commands.add_parser(
        "prepare", help="make the database and the assets fit this version, before it is started"
    )
    prepare.set_defaults(run=_prepare)

    check = commands.add_parser(
        "check", help="say what stands in the way of running or upgrading, and what to do"
    )
    check.set_defaults(run=_check)

    urge = commands.add_parser("urge", help="remind of what is due, and send the letters that wait")
    urge.add_argument("--dry-run", action="store_true", help="print it; write and send nothing")
    urge.set_defaults(run=_urge)

    _add_backup(commands)
    commands.add_parser("manage", help="Django's management commands (diemcau manage help)")
    return parser


def _add_read(commands: argparse._SubParsersAction) -> None:
    read = commands.add_parser("read", help="read documents into typed, anchored records")
    read.add_argument("paths", nargs="+", metavar="FILE|FOLDER|TABLE.parquet|ARCHIVE.warc.gz")
    read.add_argument(
        "--out",
        metavar="DIR|OUT.parquet",
        help="write one <stem>.json a document there, or one table of all",
    )
    read.add_argument("--format", choices=["table", "json"], default="table")
    read.add_argument(
        "--ocr",
        nargs="?",
        choices=["missing", "all", "never"],
        const="all",
        default="missing",
        help="recognise text with tesseract: on pages without text (missing, what happens "
        "unasked), on every page (all, what --ocr alone means), or not at all",
    )
    many = read.add_argument_group("many documents, with --out OUT.parquet")
    many.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes; 1 at first")
    many.add_argument("--seconds", type=_seconds, default=600, help="the longest one may take; 600")
    many.add_argument("--batch", type=_count, default=500, help="texts a batch; 500")
    many.add_argument("--id-column", default="id", metavar="NAME")
    many.add_argument("--text-column", default="text", metavar="NAME")
    many.add_argument("--with-text", action="store_true", help="keep the text the offsets count in")
    read.set_defaults(run=_read)


def _add_import_tasks(commands: argparse._SubParsersAction) -> None:
    tasks = commands.add_parser("import-tasks", help="take a file of tasks (XLSX, CSV) in")
    tasks.add_argument("file", metavar="FILE")
    tasks.add_argument(
        "--dry-run", action="store_true", help="say what would change, write nothing"
    )
    tasks.add_argument("--good", action="store_true", help="write what can stand, leave the others")
    tasks.add_argument("--as", dest="who", metavar="NAME", help="with the rights of this person")
    tasks.add_argument("--left-out", metavar="OUT.csv", help="write rows that cannot stand there")
    tasks.set_defaults(run=_import_tasks)


def _add_audit(commands: argparse._SubParsersAction) -> None:
    audit = commands.add_parser("audit", help="verify the audit log, print its head, export it")
    verbs = audit.add_subparsers(required=True, metavar="verify|head|export")
    verify = verbs.add_parser("verify", help="walk the chain; exit status 1 if it is not whole")
    verify.add_argument(
        "--no-record", action="store_true", help="leave no entry that says what was found"
    )
    verify.set_defaults(run=_audit_verify)
    verbs.add_parser("head", help="print the number of entries and the last digest").set_defaults(
        run=_audit_head
    )
    export = verbs.add_parser("export", help="write JSON lines that any program can verify")
    export.add_argument("--out", default="-", metavar="FILE", help="- for standard output")
    export.set_defaults(run=_audit_export)


def _add_secrecy(commands: argparse._SubParsersAction) -> None:
    secrecy = commands.add_parser(
        "secrecy", help="decide on files that were stopped for their marks of secrecy"
    )
    ways = secrecy.add_subparsers(required=True, metavar="open|refuse|paper|list")
    ways.add_parser("list", help="what waits").set_defaults(run=_secrecy, way="list")
    way = ways.add_parser("open", help="it is not secret: it may go in")
    way.add_argument("file", metavar="FILE|CODE")
    way.add_argument("--reason", required=True)
    way.set_defaults(run=_secrecy, way="open")
    way = ways.add_parser("refuse", help="it stays out")
    way.add_argument("file", metavar="FILE|CODE")
    way.add_argument("--reason", default="")
    way.set_defaults(run=_secrecy, way="refuse")
    way = ways.add_parser("paper", help="it stays out, and that the paper exists is recorded")
    way.add_argument("file", metavar="FILE|CODE")
    way.add_argument("--issuer", required=True)
    way.add_argument("--kept-at", required=True, help="where the paper is")
    way.add_argument("--number", default="")
    way.add_argument("--date", default="", help="day of issue, 2024-12-20")
    way.set_defaults(run=_secrecy, way="paper")


def _add_backup(commands: argparse._SubParsersAction) -> None:
    backup = commands.add_parser("backup", help="write everything into one file, while it runs")
    backup.add_argument("target", metavar="FILE|DIR")
    backup.add_argument(
        "--keep", type=int, metavar="N", help="keep the N newest backups of the folder"
    )
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="fill an empty installation from a backup")
    restore.add_argument("source", metavar="FILE")
    restore.add_argument(
        "--verify", action="store_true", help="compare every row and every file afterwards"
    )
    restore.set_defaults(run=_restore)


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _seconds(text: str) -> float:
    """A time that is longer than none."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


def _django(*, may_take_long: bool = False) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
    if may_take_long:
        # The limit is for pages; a person who started a command waits for it.
        os.environ.setdefault("DIEMCAU_STATEMENT_SECONDS", "0")
    import django

    django.setup()


def _manage(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
    os.environ.setdefault("DIEMCAU_STATEMENT_SECONDS", "0")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["diemcau manage", *arguments])
    return 0


def _read(options: argparse.Namespace) -> int:
    if options.out is not None and options.out.lower().endswith(".parquet"):
        from pathlib import Path

        from diemcau.commands.bulk import Job, read_many

        return read_many(
            Job(
                paths=tuple(options.paths),
                out=Path(options.out),
                jobs=options.jobs,
                ocr=options.ocr,
                seconds=options.seconds,
                id_column=options.id_column,
                text_column=options.text_column,
                batch=options.batch,
                with_text=options.with_text,
            )
        )
    from diemcau.commands.reading import read

    return read(options.paths, out=options.out, form=options.format, ocr=options.ocr)


def _explain(options: argparse.Namespace) -> int:
    from diemcau.commands.reading import explain

    return explain(options.path)


def _build_assets(options: argparse.Namespace) -> int:
    from diemcau.commands.assets import build_assets

    return build_assets()


def _build_what_is_missing() -> None:
    from diemcau.commands.assets import build_missing_assets

    build_missing_assets()


def _secrecy(options: argparse.Namespace) -> int:
    _django()
    from diemcau.commands.secrecy import decide

    return decide(options)


def _run(options: argparse.Namespace) -> int:
    _build_what_is_missing()
    _django()
    from diemcau.commands.run import run

    return run(docs=options.docs, host=options.host, port=options.port)


def _work(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.work import run_work

    return run_work(once=options.once, with_parent=options.with_parent)


def _import_tasks(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.tasks import import_tasks

    return import_tasks(
        options.file,
        dry_run=options.dry_run,
        good=options.good,
        who=options.who,
        left_out=options.left_out,
    )


def _prepare(options: argparse.Namespace) -> int:
    _build_what_is_missing()
    _django(may_take_long=True)
    from diemcau.commands.prepare import prepare

    return prepare()


def _check(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.check import run_check

    return run_check()


def _urge(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.urge import run_urge

    return run_urge(dry_run=options.dry_run)


def _backup(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.backup import run_backup

    return run_backup(options.target, keep=options.keep)


def _restore(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.backup import run_restore

    return run_restore(options.source, verify=options.verify)


def _audit_verify(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.audit import verify

    return verify(record=not options.no_record)


def _audit_head(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.audit import show_head

    return show_head()


def _audit_export(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.audit import export

    return export(out=options.out)
