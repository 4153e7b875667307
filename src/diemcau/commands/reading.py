"""`diemcau read` and `diemcau explain`: the engine on the command line, without the platform."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

import vanban
from vanban.blocks import SET_ASIDE
from vanban.records import KINDS, Record

__all__ = ["explain", "read"]

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


def read(paths: list[str], *, out: str | None, form: str) -> int:
    """Read files and folders; print a table or JSON, or write one JSON file a document.

    Args:
        paths: files, or folders whose files are read, in order of their names.
        out: folder for `<stem>.json`, made if it is missing; None prints.
        form: "table" or "json", for what is printed.
    Returns:
        0, or 1 if a file could not be read: its sentence went to standard error, the rest was read.
    """
    folder = Path(out) if out is not None else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    written: set[str] = set()
    for path in _files(paths):
        begun = time.perf_counter()
        reading = _read(path)
        if reading is None:
            failed += 1
            continue
        seconds = time.perf_counter() - begun
        if folder is not None:
            name = path.stem if path.stem not in written else path.name
            written.add(name)
            target = folder / f"{name}.json"
            target.write_text(_json(reading, name) + "\n", "utf-8")
            print(f"{target}: {_counts(reading)} ({seconds:.2f} s)")
        elif form == "json":
            print(_json(reading, path.stem))
        else:
            _print_table(reading, path)
    if failed:
        _complain(f"{failed} tệp không đọc được, các tệp khác đã được đọc.")
    return 1 if failed else 0


def explain(path: str) -> int:
    """Print a document's sentences, each with the records read in it and the rules that fired.

    Returns:
        0, or 1 if the file could not be read.
    """
    reading = _read(Path(path))
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


def _files(paths: list[str]) -> Iterator[Path]:
    for given in map(Path, paths):
        if given.is_dir():
            yield from sorted(p for p in given.rglob("*") if p.is_file() and p.name[0] != ".")
        else:
            yield given


def _read(path: Path) -> vanban.Reading | None:
    """The reading of one file; None after its sentence on standard error."""
    try:
        return vanban.read(vanban.load(path))
    except vanban.DocumentError as error:
        _complain(error.vi)
    except OSError as error:
        _complain(f"Không mở được tệp «{path}»: {error.strerror}.")
    return None


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


def _complain(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
