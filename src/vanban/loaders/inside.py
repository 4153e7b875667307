"""What a file carries besides its text: programs, other files, and what it tells about people.

Nothing is unpacked to disk, and no XML parser is run: what is looked for is found in the bytes.
"""

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from vanban.errors import DocumentError
from vanban.loaders.limits import DEPTH_LIMIT, ENTRY_LIMIT, UNPACKED_LIMIT
from vanban.loaders.refusals import refuse
from vanban.loaders.sniff import sniff
from vanban.patterns import regex

__all__ = ["Inside", "look_inside"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "chương trình Windows", "a Windows program"),
    (b"\x7fELF", "chương trình Linux", "a Linux program"),
    (b"Rar!", "tệp nén RAR", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7Z", "a 7Z archive"),
    (b"\x1f\x8b\x08", "tệp nén GZIP", "a GZIP archive"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "lối tắt Windows", "a Windows shortcut"),
)
_MACRO_PART = regex(r"(?:^|/)(?:vbaproject|vbadata)[^/]*$|(?:^|/)(?:macrosheets|activex)/", re.I)
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_LOADED = re.compile(rb"/(?:attachedTemplate|oleObject|frame|subDocument)[\"']")
"""Kinds of links that a program follows when it opens the file, nobody having asked."""
_WEB = re.compile(rb"Target=[\"'](?:https?|ftp|mhtml|ms-\w+):", re.I)
_SHARE = re.compile(rb"Target=[\"'](?:file:)?(?:/{2}|/{4,}|/*\\{2})[^/\\]", re.I)
"""A folder on another machine, to which Windows sends the person's password hash."""
_GPS, _MAKE, _MODEL = 0x8825, 0x010F, 0x0110
_MOST_PICTURES = 300


@dataclass(frozen=True)
class Inside:
    """What a file tells besides its text, for the person who brings it.

    Args:
        author, last_modified_by, company: as the file names them; "" if it does not.
        n_comments: comments in the margin.
        n_changes: tracked insertions and deletions.
        n_located: pictures that say where they were taken.
        devices: makers and models of the cameras the pictures name, each once.
        n_attached: files attached to a PDF, which are not read.
        words: what else it says of itself (title, subject, keywords, watermark): a mark of
            secrecy may stand there.
    """

    author: str = ""
    last_modified_by: str = ""
    company: str = ""
    n_comments: int = 0
    n_changes: int = 0
    n_located: int = 0
    devices: tuple[str, ...] = ()
    n_attached: int = 0
    words: tuple[str, ...] = ()


def look_inside(data: bytes, *, name: str) -> Inside:
    """What a file carries; one that carries programs or hides its size is refused.

    Args:
        data: the whole file.
        name: its file name, for messages.
    Raises:
        DocumentError: "macro", "carries", "remote", "bomb", "encrypted" or "damaged".
    """
    if data.startswith(b"PK\x03\x04"):
        return _in_package(data, _Budget(name), depth=1)
    if data.startswith(_OLE):
        _refuse_macros_of_ole(data, name)
    elif data.startswith(b"{\\rt") and re.search(rb"\\obj(?:data|update)\b", data):
        raise refuse("carries", name=name, what="một tệp nhúng (OLE)", what_en="an embedded file")
    elif b"%PDF-" in data[:1024]:
        return _in_pdf(data, name)
    return _with_pictures(Inside(), [data])


@dataclass
class _Budget:
    """What one upload may still unpack to, its nested files included."""

    name: str
    entries: int = ENTRY_LIMIT
    size: int = UNPACKED_LIMIT


def _in_package(data: bytes, budget: _Budget, *, depth: int) -> Inside:
    name = budget.name
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_bomb(infos, len(data), budget)
            return _in_parts(archive, infos, budget, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as e:
        raise _damaged(data, name) from e
    except (NotImplementedError, RuntimeError) as e:
        raise refuse("encrypted", name=name, what="Tệp", what_en="file") from e


def _damaged(data: bytes, name: str) -> DocumentError:
    """The refusal of a package that cannot be unpacked, called what its bytes or its name say."""
    found = sniff(data, name=name)
    what = {"docx": "DOCX", "xlsx": "XLSX"}.get(found.format, "ZIP")
    vi, en = (found.vi, found.en) if found.format == "damaged" else (what, f"{what} file")
    return refuse("damaged", name=name, what=vi, what_en=en)


def _refuse_bomb(infos: list[zipfile.ZipInfo], size: int, budget: _Budget) -> None:
    """The sizes a ZIP declares bound what Python unpacks of it, so they are what is added up."""
    budget.entries -= len(infos)
    budget.size -= sum(i.file_size for i in infos)
    # Parts that share their bytes are how a small file unpacks to petabytes.
    overlaps = sum(i.compress_size for i in infos) > size
    if budget.entries < 0 or budget.size < 0 or overlaps:
        raise refuse("bomb", name=budget.name)


def _in_parts(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], budget: _Budget, depth: int
) -> Inside:
    name = budget.name
    names = [i.filename for i in infos]
    if len({n.lower() for n in names}) < len(names) or any(_leaves(n) for n in names):
        # Two parts of one name show one thing to a reader and another to Word.
        raise refuse("damaged", name=name, what="ZIP", what_en="ZIP file")
    found = Inside()
    pictures: list[bytes] = []
    for info in infos:
        part = info.filename
        if _MACRO_PART.search(part):
            raise refuse("macro", name=name)
        with archive.open(info) as file:
            head = file.read(16)
        if head.startswith(b"PK\x03\x04") or head.startswith(_OLE):
            _refuse_carried(archive.read(info), budget, depth=depth + 1)
        _refuse_program(head, name)
        if part == "[Content_Types].xml" and b"macroEnabled" in archive.read(info):
            raise refuse("macro", name=name)
        if part.endswith(".rels"):
            _refuse_remote(archive.read(info), name)
        if head[:2] == b"\xff\xd8" or head.startswith(b"\x89PNG") or head[:4] in _TIFF:
            if len(pictures) < _MOST_PICTURES:
                pictures.append(archive.read(info)[: 256 * 1024])
        elif _TELLING.fullmatch(part):
            found = _add_told(found, part, archive.read(info))
    return _with_pictures(found, pictures)


_TIFF = (b"II*\x00", b"MM\x00*")
_TELLING = regex(
    r"docProps/(?:core|app|custom)\.xml|meta\.xml"
    r"|(?:word|xl|ppt)/(?:[^/]*comments[^/]*|document|header\d*|footer\d*)\.xml"
)
"""The parts that tell about people or carry a watermark."""


def _leaves(part: str) -> bool:
    return part.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part) or "\0" in part


def _refuse_carried(data: bytes, budget: _Budget, *, depth: int) -> None:
    """A file within a file: a chart's workbook is fine, an archive or a package is not."""
    if data.startswith(_OLE):
        _refuse_macros_of_ole(data, budget.name)
        if "Ole10Native".encode("utf-16-le") in data:
            raise refuse(
                "carries", name=budget.name, what="một tệp đóng gói", what_en="a packaged file"
            )
        return
    if depth > DEPTH_LIMIT:
        raise refuse("bomb", name=budget.name)
    if b"[Content_Types].xml" not in data and b"mimetype" not in data[:64]:
        raise refuse("carries", name=budget.name, what="tệp nén ZIP", what_en="a ZIP archive")
    _in_package(data, budget, depth=depth)


def _refuse_program(head: bytes, name: str) -> None:
    for start, vi, en in _PROGRAMS:
        if head.startswith(start):
            raise refuse("carries", name=name, what=vi, what_en=en)


def _refuse_remote(links: bytes, name: str) -> None:
    for m in _LINK.finditer(links):
        loaded = _LOADED.search(m[0]) and _WEB.search(m[0])
        if loaded or (_SHARE.search(m[0]) and b"/hyperlink" not in m[0]):
            raise refuse("remote", name=name)


def _refuse_macros_of_ole(data: bytes, name: str) -> None:
    """Compound files name their streams in UTF-16; "_VBA_PROJECT" is in every one with macros."""
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise refuse("macro", name=name)


def _add_told(found: Inside, part: str, content: bytes) -> Inside:
    text = content.decode("utf-8", "replace")
    if part.startswith("docProps/") or part == "meta.xml":
        words = [_value(text, tag) for tag in _WORDS]
        words += [html.unescape(w) for w in re.findall(r"<vt:lpwstr>([^<]{1,200})<", text)]
        return replace(
            found,
            author=found.author or _value(text, "creator") or _value(text, "initial-creator"),
            last_modified_by=found.last_modified_by or _value(text, "lastModifiedBy"),
            company=found.company or _value(text, "Company"),
            words=found.words + tuple(w for w in words if w),
        )
    if "comments" in part.lower():
        n = len(re.findall(r"<\w+:comment\b|<comment\b", text))
        return replace(found, n_comments=found.n_comments + n)
    changes = len(re.findall(r"<w:(?:ins|del) ", text))
    marks = re.findall(r"<v:textpath\b[^<>]{0,2000}?\bstring=\"([^\"]{1,200})\"", text)
    return replace(
        found,
        n_changes=found.n_changes + changes,
        words=found.words + tuple(html.unescape(m) for m in marks),
    )


_WORDS = ("title", "subject", "keywords", "category", "description", "contentStatus")


def _value(text: str, tag: str) -> str:
    m = re.search(rf"<(?:\w+:)?{tag}(?: [^<>]*)?>([^<]{{1,500}})<", text)
    return " ".join(html.unescape(m[1]).split()) if m else ""


def _in_pdf(data: bytes, name: str) -> Inside:
    import ctypes

    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        # Whether it is locked or damaged, the loader says better.
        return Inside()
    try:
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
            raise refuse("macro", name=name)
        n_attached = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
        budget = _Budget(name)
        for index in range(min(n_attached, 100)):
            attached = pdfium.FPDFDoc_GetAttachment(document.raw, index)
            size = ctypes.c_ulong()
            pdfium.FPDFAttachment_GetFile(attached, None, 0, ctypes.byref(size))
            budget.size -= size.value
            if budget.size < 0:
                raise refuse("bomb", name=name)
            buffer = ctypes.create_string_buffer(max(size.value, 1))
            pdfium.FPDFAttachment_GetFile(attached, buffer, size.value, ctypes.byref(size))
            content = buffer.raw[: size.value]
            _refuse_program(content[:16], name)
            if content.startswith((b"PK\x03\x04", _OLE)):
                _refuse_carried(content, budget, depth=2)
        told = document.get_metadata_dict()
    finally:
        document.close()
    words = (told.get("Title", ""), told.get("Subject", ""), told.get("Keywords", ""))
    found = Inside(
        author=told.get("Author", ""), n_attached=n_attached, words=tuple(w for w in words if w)
    )
    return _with_pictures(found, [data])


def _with_pictures(found: Inside, contents: list[bytes]) -> Inside:
    n_located, devices = found.n_located, list(found.devices)
    for tags in (tags for content in contents for tags in _exif(content)):
        n_located += _GPS in tags
        device = " ".join(filter(None, (tags.get(_MAKE), tags.get(_MODEL))))
        if device and device not in devices:
            devices.append(device)
    return replace(found, n_located=n_located, devices=tuple(devices[:20]))


def _exif(content: bytes) -> Iterator[dict[int, str]]:
    """The first directory of each EXIF block in some bytes, by tag; only text values are kept."""
    starts = [m.end() for m in re.finditer(rb"Exif\0\0|eXIf", content)][:_MOST_PICTURES]
    starts += [0] if content[:4] in _TIFF else []
    for start in starts:
        order = {b"II": "<", b"MM": ">"}.get(content[start : start + 2])
        if order is None:
            continue
        try:
            (at,) = struct.unpack_from(f"{order}I", content, start + 4)
            (n,) = struct.unpack_from(f"{order}H", content, start + at)
            tags = {}
            for i in range(min(n, 200)):
                entry = start + at + 2 + 12 * i
                tag, kind, count, value = struct.unpack_from(f"{order}HHII", content, entry)
                tags[tag] = ""
                if kind == 2 and 4 < count < 100:
                    raw = content[start + value : start + value + count]
                    tags[tag] = raw.split(b"\0")[0].decode("ascii", "replace").strip()
            yield tags
        except struct.error:
            continue
