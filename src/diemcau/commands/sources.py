"""Where many documents come from: files, Parquet with a column of texts, web archives (WARC).

Each source gives batches in an order that does not change, so that a run can go on where it ended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from vanban.loaders.limits import FILE_LIMIT

__all__ = ["Item", "SourceError", "batches", "count", "expand", "is_table", "is_warc"]

_FILES_A_BATCH = 16
"""Files a batch: each may be a scan of a hundred pages."""
_WARC_ENDINGS = (".warc", ".warc.gz")

_T = TypeVar("_T")


class SourceError(Exception):
    """A source cannot be opened; the message is a sentence in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document to read: a file by its path, a text, or the bytes of a page.

    Args:
        id: what it is called in the result.
    """

    id: str
    path: Path | None = None
    text: str | None = None
    page: bytes | None = None


def expand(paths: Iterable[str]) -> list[Path]:
    """The files named, and those of the folders named, in order of their names."""
    found: list[Path] = []
    for given in map(Path, paths):
        if given.is_dir():
            found += sorted(p for p in given.rglob("*") if p.is_file() and p.name[0] != ".")
        else:
            found.append(given)
    return found


def is_table(path: Path) -> bool:
    """Whether a file is Parquet, by its name."""
    return path.name.lower().endswith(".parquet")


def is_warc(path: Path) -> bool:
    """Whether a file is a web archive, by its name."""
    return path.name.lower().endswith(_WARC_ENDINGS)


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
        SourceError: a Parquet file or an archive cannot be opened, or lacks the column.
    """
    files = [p for p in paths if not is_table(p) and not is_warc(p)]
    yield from _in_batches((Item(str(p), path=p) for p in files), _FILES_A_BATCH)
    for path in paths:
        if is_table(path):
            yield from _in_batches(_texts(path, id, text, size), size)
        elif is_warc(path):
            yield from _in_batches(_pages(path), size)


def _in_batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    walk = iter(items)
    while batch := list(islice(walk, size)):
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
        raise SourceError(f"Không mở được bảng Parquet «{path}»: {e}.") from e


def _texts(path: Path, id: str, text: str, size: int) -> Iterator[Item]:
    file = _parquet(path)
    names = file.schema_arrow.names
    if text not in names:
        raise SourceError(
            f"Bảng «{path}» không có cột «{text}»; các cột là: {', '.join(names)}. "
            "Chỉ cột văn bản bằng --text-column."
        )
    columns = [text, id] if id in names else [text]
    number = 0
    for rows in file.iter_batches(batch_size=size, columns=columns):
        texts = rows.column(0).to_pylist()
        ids = rows.column(1).to_pylist() if id in names else [None] * len(texts)
        for given, content in zip(ids, texts, strict=True):
            number += 1
            called = f"{path.name}:{number}" if given is None else str(given)
            yield Item(called, text=content if isinstance(content, str) else "")


def _pages(path: Path) -> Iterator[Item]:
    """The HTML, PDF and Office answers of an archive; what is larger than a document is skipped."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(
                stream, record_types=WarcRecordType.response, parse_http=True
            ):
                answer = record.http_headers
                if answer is None or answer.status_code not in (200, None):
                    continue
                if not _is_document(record.http_content_type or ""):
                    continue
                content = record.reader.read(FILE_LIMIT + 1)
                yield Item(record.headers.get("WARC-Target-URI") or record.record_id, page=content)
    except OSError as e:
        raise SourceError(f"Không mở được kho WARC «{path}»: {e}.") from e


def _is_document(kind: str) -> bool:
    plain = kind.partition(";")[0].strip().lower()
    return plain.startswith("text/") or plain in _DOCUMENT_TYPES


_DOCUMENT_TYPES = frozenset({
    "", "application/pdf", "application/xhtml+xml", "application/msword", "application/rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
