"""Compound files (OLE), in which Office kept its documents until 2007: their streams by name."""

import struct
from collections.abc import Collection, Iterator

__all__ = ["streams_of"]

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of a chain, free, or used by the table itself."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5


def streams_of(data: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """The streams of these names in a compound file; of two of one name the first.

    Args:
        data: the whole file.
        wanted: names; a file may say of thousands of others that each is as long as itself.
    Raises:
        ValueError: the file is damaged.
        struct.error: the file is cut short.
    """
    sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if sector_shift not in (9, 12) or mini_shift != 6:
        raise ValueError("no compound file")
    size = 1 << sector_shift
    first_folder, cutoff, first_mini, first_more, n_more = _header(data)
    table: list[int] = []
    for sector in _table_sectors(data, size, first_more, n_more):
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)

    def read(start: int) -> bytes:
        return b"".join(data[(s + 1) * size : (s + 2) * size] for s in _chain(start, table))

    entries = list(_entries(read(first_folder)))
    root = next((start for _, kind, start, _ in entries if kind == _ROOT), None)
    minis = read(root) if root is not None and root < _END else b""
    raw = read(first_mini) if first_mini < _END else b""
    mini_table = list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
    found: dict[str, bytes] = {}
    for name, kind, start, length in entries:
        if kind != _STREAM or name in found or name not in wanted:
            continue
        if length < cutoff:
            parts = (minis[s << 6 : (s + 1) << 6] for s in _chain(start, mini_table))
            found[name] = b"".join(parts)[:length]
        else:
            found[name] = read(start)[:length]
    return found


def _header(data: bytes) -> tuple[int, int, int, int, int]:
    (first_folder,) = struct.unpack_from("<I", data, 48)
    cutoff, first_mini = struct.unpack_from("<II", data, 56)
    first_more, n_more = struct.unpack_from("<II", data, 68)
    return first_folder, cutoff, first_mini, first_more, n_more


def _table_sectors(data: bytes, size: int, first_more: int, n_more: int) -> Iterator[int]:
    """The sectors that hold the table of chains."""
    yield from (s for s in struct.unpack_from("<109I", data, 76) if s < _END)
    for _ in range(min(n_more, len(data) // size)):
        if first_more >= _END:
            return
        numbers = struct.unpack_from(f"<{size // 4}I", data, (first_more + 1) * size)
        yield from (s for s in numbers[:-1] if s < _END)
        first_more = numbers[-1]


def _chain(start: int, table: list[int]) -> Iterator[int]:
    left = len(table)
    while start < _END:
        if start >= len(table) or not left:
            raise ValueError("a chain of sectors leaves the file or runs in a circle")
        yield start
        start = table[start]
        left -= 1


def _entries(folder: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and length of each entry."""
    for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", folder, at + 64)
        name = folder[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", folder, at + 116)
        yield name, folder[at + 66], start, size
