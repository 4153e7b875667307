"""Where many documents come from: files, Parquet with a column of texts, web archives (WARC).

Each source gives batches in an order that does not change, so that a run can go on where it ended.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from diemcau.commands.warc import TornArchiveError, pages_of

__all__ = [
    "Item",
    "SourceError",
    "batches",
    "called",
    "check",
    "count",
    "expand",
    "is_table",
    "is_warc",
    "reason_of",
]

_FILES_A_BATCH = 16
"""Files a batch: each may be a scan of a hundred pages."""
_WARC_ENDINGS = (".warc", ".warc.gz")
_BATCH_BYTES = 32 * 1024 * 1024
"""Bytes a batch of texts or pages: a few batches wait for each process."""


class SourceError(Exception):
    """A source cannot be opened; the message is a sentence in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document to read: a file by its path, a text, or the bytes of a page.

    Args:
        id: what it is called in the result.
        wrong: why there is nothing to read, one sentence.
    """

    id: str
    path: Path | None = None
    text: str | None = None
    page: bytes | None = None
    wrong: str = ""


def expand(paths: Iterable[str], *, without: Path | None = None) -> list[Path]:
    """The files named, and those of the folders named, in order of their names.

    Left out are hidden files, and what Word and Windows keep beside documents. A folder that must
    not be opened stands for itself, so that it is told.

    Args:
        without: a folder whose files are not read, as that of a run's own parts.
    """
    found: list[Path] = []
    for given in map(Path, paths):
        found += sorted(_files_in(given, without)) if given.is_dir() else [given]
    return found


def _files_in(folder: Path, without: Path | None) -> Iterator[Path]:
    closed: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        if without is not None:
            folders[:] = [f for f in folders if not _is_same(Path(at, f), without)]
        yield from (p for n in names if not _is_aside(n) and (p := Path(at, n)).is_file())
    yield from closed


def _is_same(path: Path, other: Path) -> bool:
    return path.name == other.name and path.resolve() == other.resolve()


def _is_aside(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini")


def called(path: Path) -> str:
    """A path in words that can be printed and stored, whatever bytes its name is made of.

    Example: a name packed on an old Windows, "t\xean.txt", is "t\\xean.txt".
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def reason_of(error: OSError) -> str:
    """Why the system did not do something, in Vietnamese where it often happens."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp không phải thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "đĩa lỗi",
}


def is_table(path: Path) -> bool:
    """Whether a file is Parquet, by its name."""
    return path.name.lower().endswith(".parquet")


def is_warc(path: Path) -> bool:
    """Whether a file is a web archive, by its name."""
    return path.name.lower().endswith(_WARC_ENDINGS)


def check(paths: Sequence[Path], *, text: str) -> None:
    """Look at the tables before hours go by: each can be opened and has the column of texts.

    Raises:
        SourceError: one cannot, or has not.
    """
    for path in filter(is_table, paths):
        names = _parquet(path).schema_arrow.names
        if text not in names:
            raise SourceError(
                f"Bảng «{called(path)}» không có cột «{text}»; các cột là: {', '.join(names)}. "
                "Chỉ cột văn bản bằng --text-column."
            )


def count(paths: Sequence[Path]) -> int | None:
    """How many documents there are; None if only reading an archive through would tell."""
    if any(is_warc(p) for p in paths):
        return None
    return sum(_rows(p) if is_table(p) else 1 for p in paths)


def batches(paths: Sequence[Path], *, id: str, text: str, size: int) -> Iterator[list[Item]]:
    """The documents in batches, in the order of the paths.

    Args:
        paths: as `expand` gives them.
        id, text: columns of Parquet files; without a column `id` rows are numbered.
        size: texts or pages a batch.
    Raises:
        SourceError: a Parquet file cannot be opened.
    """
    files = [p for p in paths if not is_table(p) and not is_warc(p)]
    yield from _in_batches((Item(called(p), path=p) for p in files), _FILES_A_BATCH)
    for path in paths:
        if is_table(path):
            yield from _in_batches(_texts(path, id, text, size), size)
        elif is_warc(path):
            yield from _in_batches(_pages(path), size)


def _in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += len(item.page or b"") + 4 * len(item.text or "")
        if len(batch) >= size or weight >= _BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _rows(path: Path) -> int:
    return int(_parquet(path).metadata.num_rows)


def _parquet(path: Path):
    try:
        import pyarrow.parquet as pq
    except ImportError as e:
        raise SourceError(
            "Đọc tệp Parquet cần thư viện pyarrow. Cài bằng: pip install 'diemcau[many]'."
        ) from e
    try:
        return pq.ParquetFile(path)
    except (OSError, ValueError) as e:
        why = (
            reason_of(e) if isinstance(e, OSError) and e.errno else "tệp hỏng hoặc không phải bảng"
        )
        raise SourceError(f"Không mở được bảng Parquet «{called(path)}»: {why}.") from e


def _texts(path: Path, id: str, text: str, size: int) -> Iterator[Item]:
    file = _parquet(path)
    names = file.schema_arrow.names
    columns = [text, id] if id in names else [text]
    number = 0
    try:
        for rows in file.iter_batches(batch_size=size, columns=columns):
            texts = rows.column(0).to_pylist()
            ids = rows.column(1).to_pylist() if id in names else [None] * len(texts)
            for given, content in zip(ids, texts, strict=True):
                number += 1
                name = f"{called(path)}:{number}" if given is None else str(given)
                yield Item(name, text=content if isinstance(content, str) else "")
    except (OSError, ValueError):
        what = f"bị hỏng sau dòng {number}; các dòng trước đã được đọc"
        yield Item(called(path), wrong=f"Bảng «{called(path)}» {what}.")


def _pages(path: Path) -> Iterator[Item]:
    try:
        for page in pages_of(path):
            yield Item(page.address, page=page.content)
    except TornArchiveError:
        what = "không phải kho WARC, bị hỏng hoặc bị cắt từ chỗ này"
        yield Item(called(path), wrong=f"Kho «{called(path)}» {what}; các trang trước đã được đọc.")
    except OSError as e:
        yield Item(called(path), wrong=f"Không mở được kho «{called(path)}»: {reason_of(e)}.")
