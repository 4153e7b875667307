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
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="diemcau", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="read documents into typed, anchored records")
    read.add_argument("paths", nargs="+", metavar="FILE|FOLDER")
    read.add_argument("--out", metavar="DIR", help="write one <stem>.json a document there")
    read.add_argument("--format", choices=["table", "json"], default="table")
    read.set_defaults(run=_read)

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

    prepare = commands.add_parser(
        "prepare", help="make the database and the assets fit this version, before it is started"
    )
    prepare.set_defaults(run=_prepare)

    check = commands.add_parser(
        "check", help="say what stands in the way of running or upgrading, and what to do"
    )
    check.set_defaults(run=_check)

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

    commands.add_parser("manage", help="Django's management commands (diemcau manage help)")
    return parser


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
    from diemcau.commands.reading import read

    return read(options.paths, out=options.out, form=options.format)


def _explain(options: argparse.Namespace) -> int:
    from diemcau.commands.reading import explain

    return explain(options.path)


def _build_assets(options: argparse.Namespace) -> int:
    from diemcau.commands.assets import build_assets

    return build_assets()


def _run(options: argparse.Namespace) -> int:
    _django()
    from diemcau.commands.run import run

    return run(docs=options.docs, host=options.host, port=options.port)


def _prepare(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.prepare import prepare

    return prepare()


def _check(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.check import run_check

    return run_check()


def _backup(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.backup import run_backup

    return run_backup(options.target, keep=options.keep)


def _restore(options: argparse.Namespace) -> int:
    _django(may_take_long=True)
    from diemcau.commands.backup import run_restore

    return run_restore(options.source, verify=options.verify)
