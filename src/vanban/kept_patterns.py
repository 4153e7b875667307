"""What patterns compile to, kept beside Python's byte code and in the same way.

Of a process's first reading three fifths were `re` compiling some six hundred patterns
(docs/decisions/0035). What a process had to compile it keeps when it ends, where and if Python
keeps byte code; the next takes it from there. Only patterns of this package are kept, none holds a
letter of a document, and without the file, or with one that is damaged or of another Python, all
is compiled as ever.
"""

import atexit
import importlib
import marshal
import os
import re
import sys
import zlib
from array import array
from typing import Any, NamedTuple

__all__ = ["compiled"]

_Key = tuple[str, int]


class _Code(NamedTuple):
    """What `re` hands to its matcher: of plain types alone, so that `marshal` can hold it."""

    words: bytes
    flags: int
    groups: int
    group_index: dict[str, int]
    index_group: tuple[str | None, ...]


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, without compiling what an earlier process has compiled and kept.

    Args:
        source: a regular expression for `str`, made of nothing a document says.
        flags: of the `re` module.
    Raises:
        re.error: the source is none.
    """
    return _KEPT.pattern(source, int(flags))


class _Kept:
    """The patterns of one file, and those of this process that are not in it yet."""

    ENOUGH = 20
    """Patterns that are worth writing the file anew for."""
    MOST = 8_000
    """Patterns a file may hold: those of earlier versions of the program stay in it until then."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._engine = _engine() if path else None
        self._rows: dict[_Key, tuple[Any, ...]] | None = None
        self._new: dict[_Key, _Code] = {}

    def pattern(self, source: str, flags: int) -> re.Pattern[str]:
        if self._engine is None:
            return re.compile(source, flags)
        if self._rows is None:
            self._rows = self._load()
        row = self._rows.get((source, flags))
        if row is not None:
            try:
                return self._engine.made(source, _Code(*row))
            except (TypeError, ValueError, RuntimeError, OverflowError):
                # What `re` refuses is compiled again.
                del self._rows[source, flags]
        code = self._engine.code(source, flags)
        self._new[source, flags] = code
        return self._engine.made(source, code)

    def keep(self) -> None:
        """Write the file anew, in one step, if this process has compiled enough."""
        if self._path is None or sys.dont_write_bytecode or len(self._new) < self.ENOUGH:
            return
        rows = self._load() | {key: tuple(code) for key, code in self._new.items()}
        if len(rows) > self.MOST:
            rows = {key: tuple(code) for key, code in self._new.items()}
        body = marshal.dumps(rows)
        beside = f"{self._path}.{os.getpid()}"
        try:
            with open(beside, "wb") as out:
                out.write(_head(body) + body)
            os.replace(beside, self._path)
        except OSError:
            # As with byte code: where nothing can be written, nothing is kept.
            pass

    def forget_new(self) -> None:
        """Leave what was compiled so far to another process."""
        self._new.clear()

    def _load(self) -> dict[_Key, tuple[Any, ...]]:
        try:
            with open(self._path or "", "rb") as kept:
                head, body = kept.read(len(_head(b""))), kept.read()
        except OSError:
            return {}
        rows = marshal.loads(body) if head == _head(body) else {}
        return rows if isinstance(rows, dict) else {}


def _head(body: bytes) -> bytes:
    """Which Python made a body, and its checksum."""
    return f"{sys.implementation.cache_tag} {sys.hexversion:08x} {_SRE} ".encode() + (
        zlib.crc32(body).to_bytes(4, "big")
    )


class _Engine:
    """The two halves of `re.compile`: from source to code, and from code to pattern."""

    def __init__(self, parser: Any, compiler: Any, matcher: Any) -> None:
        self._parser = parser
        self._compiler = compiler
        self._matcher = matcher
        # Codes are words of four bytes, or of two in old builds.
        self._width = {2: "H", 4: "I"}[matcher.CODESIZE]

    def code(self, source: str, flags: int) -> _Code:
        tree = self._parser.parse(source, flags)
        words = array(self._width, self._compiler._code(tree, flags))
        state = tree.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        return _Code(
            words.tobytes(), flags | int(state.flags), state.groups - 1,
            dict(state.groupdict), tuple(names),
        )  # fmt: skip

    def made(self, source: str, code: _Code) -> re.Pattern[str]:
        made: re.Pattern[str] = self._matcher.compile(
            source, code.flags, array(self._width, code.words).tolist(), code.groups,
            code.group_index, code.index_group,
        )  # fmt: skip
        return made


def _engine() -> _Engine | None:
    """The halves of `re.compile`; None in a Python that has others."""
    try:
        parser, compiler = map(importlib.import_module, ("re._parser", "re._compiler"))
        engine = _Engine(parser, compiler, importlib.import_module("_sre"))
        probe = engine.code(r"(?P<a>x)|y+", 0)
        alike = engine.made(r"(?P<a>x)|y+", probe) == re.compile(r"(?P<a>x)|y+")
    except (ImportError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return None
    return engine if alike else None


def _path() -> str | None:
    """Where the file is: beside the byte code of this module, if it has a place for any."""
    cached = getattr(globals().get("__spec__"), "cached", None)
    return f"{cached.removesuffix('.pyc')}.patterns" if cached else None


_SRE = getattr(importlib.import_module("_sre"), "MAGIC", None)
_KEPT = _Kept(_path())
atexit.register(_KEPT.keep)
if hasattr(os, "register_at_fork"):
    # What was compiled before is for the parent to keep.
    os.register_at_fork(after_in_child=_KEPT.forget_new)
