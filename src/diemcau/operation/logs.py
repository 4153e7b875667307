"""Log lines that say what happened and never to whom: no name, address, title, text or search word.

What a line may hold is said here and nowhere else. The words of a message are those of the program;
what was put into them is kept only where it is a number. Of an exception its type and the lines of
code it passed are kept, never its message, which quotes what was being worked on.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

__all__ = ["FIELDS", "JsonLines", "PlainLines", "request_id"]

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request being answered; "" outside one."""

FIELDS = ("route", "method", "status", "ms", "account", "kind")
"""What a record may bring along by `extra`: names of routes, numbers, and words of the program."""

_DEEPEST = 12
_CODES = ("sqlstate", "sqlite_errorname", "errno")


class JsonLines(logging.Formatter):
    """One JSON object a line, for a collector."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        return json.dumps(_said(record), ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, an exception's lines of code below it."""
        said = _said(record)
        raised = said.pop("raised", None)
        begin = f"{said.pop('at')} {said.pop('level')} {said.pop('logger')}: {said.pop('event')}"
        lines = [" ".join([begin, *(f"{name}={value}" for name, value in said.items())])]
        for one in raised or []:
            codes = "".join(f" {name}={one[name]}" for name in _CODES if name in one)
            lines += [f"  {one['type']}{codes}", *(f"    {where}" for where in one["at"])]
        return "\n".join(lines)


def _said(record: logging.LogRecord) -> dict[str, Any]:
    said: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    if number := request_id.get():
        said["request_id"] = number
    for name in FIELDS:
        if (value := getattr(record, name, None)) is not None:
            said[name] = value
    if record.exc_info and record.exc_info[1] is not None:
        said["raised"] = _raised(record.exc_info[1])
    return said


def _event(record: logging.LogRecord) -> str:
    if record.name.startswith("gunicorn.") and record.levelno <= logging.INFO:
        # Its own comings and goings: addresses it listens on, numbers of processes.
        return record.getMessage()
    if not record.args and not record.name.startswith(("diemcau", "gunicorn")):
        # A message of another library with nothing put into it may have been put together before.
        return f"{record.pathname.rpartition('site-packages/')[2]}:{record.lineno}"
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    return _without_values(record)


def _without_values(record: logging.LogRecord) -> str:
    args = record.args
    if not args:
        return record.msg
    try:
        if isinstance(args, dict):
            return record.msg % {name: _kept(value) for name, value in args.items()}
        return record.msg % tuple(_kept(value) for value in args)
    except (TypeError, ValueError, KeyError):
        return record.msg


class _Elided:
    def __str__(self) -> str:
        return "…"

    __repr__ = __str__


def _kept(value: Any) -> Any:
    return value if isinstance(value, int | float) else _Elided()


def _raised(problem: BaseException | None) -> list[dict[str, Any]]:
    """The exceptions from the one that was seen to the one that began it."""
    found: list[dict[str, Any]] = []
    while problem is not None and len(found) < _DEEPEST:
        frames = traceback.extract_tb(problem.__traceback__)[-_DEEPEST:]
        one: dict[str, Any] = {
            "type": f"{type(problem).__module__}.{type(problem).__qualname__}",
            "at": [
                f"{f.filename.rpartition('site-packages/')[2]}:{f.lineno} {f.name}" for f in frames
            ],
        }
        for name in _CODES:
            if isinstance(value := getattr(problem, name, None), str | int):
                one[name] = value
        found.append(one)
        problem = problem.__cause__ or (
            None if problem.__suppress_context__ else problem.__context__
        )
    return found
