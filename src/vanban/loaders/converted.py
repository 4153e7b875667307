"""Old and foreign Office files, opened by a program that knows them.

LibreOffice turns a DOC, RTF or ODT into DOCX and an XLS or ODS into XLSX, which keeps tables;
without it a DOC is read here (`loaders.doc`), and catdoc gives the text of one older than 1997.
None of them is needed to run.
"""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from vanban.blocks import Piece
from vanban.document import Document
from vanban.loaders.cells import join_cell, join_row
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import FILE_LIMIT, TEXT_LIMIT
from vanban.loaders.programs import ProgramError, find_program, run_program
from vanban.loaders.refusals import refuse
from vanban.loaders.sniff import Found

__all__ = ["load_converted"]

_SECONDS = 120.0
_TEXT_SECONDS = 30.0
_FEWEST_TABS = 2
_LOOSE_ROWS = (
    "Bảng trong tệp DOC đọc qua catdoc có thể mất cột, tiêu đề trang lẫn vào chữ; "
    "lưu thành DOCX rồi tải lại để đọc đúng bảng."
)


def load_converted(data: bytes, *, name: str, found: Found) -> Document:
    """Make a document of a file that another program has to open.

    Args:
        data: the whole file.
        name: its file name, for messages.
        found: what it is, with its usual ending and what it is turned into.
    Raises:
        DocumentError: no program for it is installed, or the program cannot open it.
    """
    known = {"name": name, "what": found.vi, "what_en": found.en, "save": found.save}
    if office := find_program("soffice", "libreoffice"):
        return _by_office(office, data, found.ending, found.save.lower(), known)
    if found.ending == "doc":
        from vanban.loaders.doc import DocFormatError, load_doc

        with suppress(DocFormatError):
            return load_doc(data, name=name)
        if program := find_program("catdoc"):
            return _by_catdoc(program, data, known)
        programs = ("LibreOffice (hoặc catdoc)", "LibreOffice (or catdoc)")
    else:
        programs = ("LibreOffice", "LibreOffice")
    raise refuse("no-converter", programs=programs[0], programs_en=programs[1], **known)


def _by_office(
    program: str, data: bytes, ending: str, target: str, known: dict[str, str]
) -> Document:
    with tempfile.TemporaryDirectory(prefix="vanban-") as made:
        folder = Path(made)
        (folder / f"in.{ending}").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck",
            "--convert-to", target, "--outdir", made, f"in.{ending}",
        ]  # fmt: skip
        try:
            # LibreOffice reserves far more address space than it uses.
            run_program(command, seconds=_SECONDS, folder=folder, memory=8 * 1024**3)
        except ProgramError as e:
            if e.timeout:
                raise refuse("converter-slow", seconds=f"{_SECONDS:.0f}", **known) from e
            raise refuse("not-converted", **known) from e
        result = folder / f"in.{target}"
        # It ends well without a result when it cannot open what it was given.
        if not result.is_file():
            raise refuse("not-converted", **known)
        if result.stat().st_size > FILE_LIMIT:
            raise refuse("bomb", name=known["name"])
        converted = result.read_bytes()
    return _load(converted, target, known)


def _load(converted: bytes, target: str, known: dict[str, str]) -> Document:
    if target == "docx":
        from vanban.loaders.docx import load_docx

        document = load_docx(converted, name=known["name"])
    else:
        from vanban.loaders.xlsx import load_xlsx

        document = load_xlsx(converted, name=known["name"])
    return replace(
        document, notes=(f"Tệp là {known['what']}, mở qua LibreOffice.", *document.notes)
    )


def _by_catdoc(program: str, data: bytes, known: dict[str, str]) -> Document:
    """The text of a DOC, its table rows told by the tabs between their cells."""
    with tempfile.TemporaryDirectory(prefix="vanban-") as made:
        folder = Path(made)
        (folder / "in.doc").write_bytes(data)
        command = [program, "-w", "-d", "utf-8", "in.doc"]
        try:
            out = run_program(command, seconds=_TEXT_SECONDS, folder=folder)
        except ProgramError as e:
            if e.timeout:
                raise refuse("converter-slow", seconds=f"{_TEXT_SECONDS:.0f}", **known) from e
            raise refuse("damaged", name=known["name"], what="DOC", what_en="DOC") from e
    if len(out) > TEXT_LIMIT:
        raise refuse("too-much-text", name=known["name"], limit=TEXT_LIMIT // 1024**2)
    text, encoding = repair(out.decode("utf-8", "replace"))
    notes: tuple[str, ...] = (f"Tệp là {known['what']}, mở qua catdoc.",)
    if encoding:
        notes += (note_of(encoding),)
    if "\t" in text:
        notes += (_LOOSE_ROWS,)
    document = Document.from_pieces(
        _rows_of(text.split("\n")),
        name=known["name"],
        media_type="application/msword",
        notes=notes,
    )
    if not document.blocks:
        raise refuse("blank", name=known["name"])
    return document


def _rows_of(lines: list[str]) -> Iterator[Piece]:
    """Lines as paragraphs; those with as many tabs as the next, or the next but one, as rows.

    A line between two rows of a table heads the rows below it.
    """
    tabs = [line.count("\t") for line in lines]
    number = row = 0
    last = -_FEWEST_TABS
    for at, line in enumerate(lines):
        if tabs[at] >= _FEWEST_TABS:
            goes_on = tabs[at] in tabs[max(0, at - 2) : at]
            if goes_on or tabs[at] in tabs[at + 1 : at + 3]:
                number, row = (number, row + 1) if goes_on and row else (number + 1, 1)
                last = at
                cells = [join_cell([cell]) for cell in line.split("\t")]
                yield Piece(join_row(cells), "row", None, f"table {number}, row {row}")
                continue
        between = last == at - 1 and at + 1 < len(lines) and tabs[at + 1] == tabs[last]
        if row and between and line.strip():
            row += 1
            yield Piece(join_cell([line]), "row", None, f"table {number}, row {row}")
        else:
            yield Piece(line)
