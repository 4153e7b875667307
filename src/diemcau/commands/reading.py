"""`diemcau read` and `diemcau explain`: the engine on the command line, without the platform."""

import json
import sys
import time
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from textwrap import shorten

import vanban
from diemcau.commands.sources import called, expand, is_table, is_warc, reason_of
from vanban.blocks import SET_ASIDE
from vanban.learned import telling
from vanban.loaders import attachments, packed
from vanban.loaders.limits import FILE_LIMIT
from vanban.loaders.options import Ocr
from vanban.records import KINDS, Record
from vanban.words import Words

__all__ = ["explain", "read"]

_LEARNED = "shortcoming.learned"
_LABELS = {
    "events": "sự kiện",
    "people": "người",
    "instruments": "văn bản",
    "figures": "số liệu",
    "tasks": "nhiệm vụ",
    "partners": "đối tác",
    "shortcomings": "hạn chế",
    "commitments": "cam kết",
}
_LONGEST_NAME = 200
_DEEPEST = 4
"""Mails and ZIPs within each other: a ZIP may hold itself."""


def read(paths: list[str], *, out: str | None, form: str, ocr: str = "missing") -> int:
    """Read files and folders; print a table or JSON, or write one JSON file a document.

    Args:
        paths: files, or folders whose files are read, in order of their names.
        out: folder for `<stem>.json`, made if it is missing; None prints.
        form: "table" or "json", for what is printed.
        ocr: "missing" recognises pages without text, "all" every page, "never" none.
    Returns:
        0, or 1 if a file could not be read: its sentence went to standard error, the rest was read.
    """
    folder = Path(out) if out is not None else None
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        return _read_all(paths, folder, form, ocr)
    except BrokenPipeError:
        raise
    except OSError as error:
        # Those of documents are told one by one; this is the folder to write to.
        _complain(f"Không ghi được «{error.filename or out}»: {reason_of(error)}.")
        return 1


def _read_all(paths: list[str], folder: Path | None, form: str, ocr: str) -> int:
    failed = n_read = 0
    written: set[str] = set()
    files = expand(paths, without=folder)
    if not files:
        _complain("Không có tài liệu nào để đọc ở nơi đã chỉ.")
        return 1
    for path in files:
        if is_table(path) or is_warc(path):
            _complain(
                f"«{called(path)}» chứa nhiều tài liệu; đọc vào một bảng bằng --out TÊN.parquet."
            )
            failed += 1
            continue
        shown = Path(called(path))
        begun = time.perf_counter()
        for reading in _read(path, ocr):
            if reading is None:
                failed += 1
                continue
            n_read += 1
            seconds = time.perf_counter() - begun
            # A file that came with a mail is named after it.
            is_own = reading.document.name == shown.name
            source = shown if is_own else shown / reading.document.name
            stem = shown.stem if is_own else f"{shown.stem}-{source.stem}"
            if folder is not None:
                whole = shown.name if is_own else f"{shown.name}-{source.name}"
                name = _free_name(stem, whole, written)
                target = folder / f"{name}.json"
                target.write_text(_json(reading, name) + "\n", "utf-8")
                print(f"{target}: {_counts(reading)} ({seconds:.2f} s)")
            elif form == "json":
                print(_json(reading, stem))
            else:
                _print_table(reading, source)
            begun = time.perf_counter()
    if failed:
        others = ", các tệp khác đã được đọc" if n_read else ""
        _complain(f"{failed} tệp không đọc được{others}.")
    return 1 if failed else 0


def _free_name(stem: str, whole: str, taken: set[str]) -> str:
    """A name no other document of this run has: the stem, the whole name, or that with a number."""
    stem, whole = (_fitting(name) for name in (stem, whole))
    names = chain((stem, whole), (f"{whole}-{number}" for number in count(2)))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())  # Some disks take "A" and "a" for one name.
    return name


def _fitting(name: str) -> str:
    """A name cut to what a disk takes, in bytes, with room for a number and an ending."""
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore")


def explain(path: str) -> int:
    """Print a document's sentences, each with the records read in it and the rules that fired.

    Returns:
        0, or 1 if the file could not be read.
    """
    reading = next(_read(Path(path)))
    if reading is None:
        return 1
    document = reading.document
    records = sorted(reading.records, key=lambda r: (r.anchor.start, -r.anchor.end))
    for note in document.notes:
        print(f"! {note}")
    at = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind in SET_ASIDE:
            print(f"[{block.kind}] {shorten(text, 100, placeholder='…')}")
        else:
            mark = {"heading": "# ", "row": "| "}.get(block.kind, "")
            print(f"{mark}{text}")
        while at < len(records) and records[at].anchor.start < block.end:
            _print_record(records[at])
            at += 1
    return 0


def _read(path: Path, ocr: str = "missing") -> Iterator[vanban.Reading | None]:
    """The readings of one file and of those that came with it; None after a sentence why not."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            vanban.load(path)  # Says so, and reads nothing.
        name = called(Path(path.name))
        yield from _read_bytes(name, path.read_bytes(), _recognition(ocr))
    except vanban.DocumentError as error:
        _complain(error.vi)
        yield None
    except OSError as error:
        _complain(f"Không mở được «{called(path)}»: {reason_of(error)}.")
        yield None


def _read_bytes(
    name: str, data: bytes, ocr: Ocr | None, depth: int = 0
) -> Iterator[vanban.Reading | None]:
    is_empty = True
    try:
        for file in packed(data, name=name) if depth < _DEEPEST else ():
            is_empty = False
            yield from _read_bytes(file.name, file.data, ocr, depth + 1)
        if not is_empty:
            return
        document = vanban.load_bytes(data, name=name, ocr=ocr)
        attached = attachments(data, name=name)
    except vanban.DocumentError as error:
        _complain(error.vi)
        yield None
        return
    yield vanban.read(document)
    for file in attached:
        yield from _read_bytes(file.name, file.data, ocr, depth + 1)


def _recognition(ocr: str) -> Ocr | None:
    if ocr == "never":
        return None
    return Ocr("all" if ocr == "all" else "bare", tell=_tell_page)


def _tell_page(done: int, pages: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == pages else ""
        sys.stderr.write(f"\rNhận dạng chữ: trang {done}/{pages}{end}")
        sys.stderr.flush()


def _json(reading: vanban.Reading, name: str) -> str:
    return json.dumps(reading.to_dict() | {"id": name}, ensure_ascii=False, indent=1)


def _counts(reading: vanban.Reading) -> str:
    return ", ".join(f"{n} {_LABELS[kind]}" for kind, n in reading.counts().items())


def _print_table(reading: vanban.Reading, path: Path) -> None:
    print(f"\n{path}: {_counts(reading)}")
    for note in reading.document.notes:
        print(f"  ! {note}")
    for kind in KINDS:
        for record in reading.of(kind):
            quote = shorten(record.anchor.quote, 90, placeholder="…")
            print(f"  {_LABELS[kind]:<9} {_gist(record):<58.58}  “{quote}”")


def _gist(record: Record) -> str:
    """What a record says, in one line."""
    data = record.to_dict()
    match record.kind:
        case "events":
            parts = [data["date"], data["chair"], data["mode"], data["endpoints"]]
        case "people":
            parts = [data["name"], *data["titles"]]
        case "instruments":
            parts = [data["kind"], data["number"], data["date"]]
        case "figures":
            high = f"–{data['value_high']}" if data["value_high"] is not None else ""
            amount = f"{data['bound']} {data['value']}{high} {data['unit']}"
            parts = [amount, data["measure"], data["subject"], data["period"], data["role"]]
        case "tasks":
            parts = [data["issuer"], " + ".join(data["assignees"]), data["deadline"]]
        case "partners":
            parts = [data["name"], data["type"], data["relation"]]
        case _:
            parts = [data["what"]]
    return " · ".join(str(p) if p not in (None, "") else "—" for p in parts)


def _print_record(record: Record) -> None:
    data = record.to_dict()
    aside = {"quote", "start", "end", "rule", "confidence", "mentions", "what"}
    values = {k: v for k, v in data.items() if k not in aside and v not in (None, "", [])}
    place = f"[{record.anchor.start}, {record.anchor.end})"
    said = ", ".join(f"{k}={v}" for k, v in values.items())
    print(f"    → {record.rule} {record.confidence:.2f} {place} {said}")
    print(f"      “{shorten(record.anchor.quote, 110, placeholder='…')}”")
    if record.rule == _LEARNED:
        words = Words(record.anchor.quote)
        weighed = telling("shortcomings", words, 0, len(words.text))
        print(f"      từ ngữ nặng nhất: {', '.join(weighed)}")


def _complain(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
