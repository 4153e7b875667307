"""What a file is, told from its first bytes; the name decides only between kinds of text."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import zipfile

__all__ = ["Found", "sniff", "utf16_order"]

Format = Literal[
    "pdf", "docx", "xlsx", "html", "mail", "text", "image",
    "convertible", "unsupported", "damaged", "archive", "binary", "encrypted",
]  # fmt: skip


class Found(NamedTuple):
    """What the bytes look like.

    Args:
        format: how to go on.
        vi, en: what it is called in a sentence.
        save: what to save it as when it is not read here.
        ending: of a file that another program has to open, how its name usually ends.
    """

    format: Format
    vi: str = ""
    en: str = ""
    save: str = "DOCX"
    ending: str = ""


_MAGIC: tuple[tuple[bytes, Found], ...] = (
    (b"\x89PNG\r\n\x1a\n", Found("image", "PNG", "PNG")),
    (b"\xff\xd8\xff", Found("image", "JPEG", "JPEG")),
    (b"GIF8", Found("image", "GIF", "GIF")),
    (b"II*\x00", Found("image", "TIFF", "TIFF")),
    (b"MM\x00*", Found("image", "TIFF", "TIFF")),
    (b"BM", Found("image", "BMP", "BMP")),
    (b"{\\rtf", Found("convertible", "RTF", "RTF", "DOCX", "rtf")),
    (b"\x7fELF", Found("binary", "chương trình Linux", "a Linux program")),
    (b"MZ", Found("binary", "chương trình Windows", "a Windows program")),
    (b"\x1f\x8b", Found("archive", "tệp nén GZIP", "a GZIP archive")),
    (b"7z\xbc\xaf\x27\x1c", Found("archive", "tệp nén 7Z", "a 7Z archive")),
    (b"PK\x05\x06", Found("archive", "tệp nén ZIP rỗng", "an empty ZIP archive")),
    (b"Rar!", Found("archive", "tệp nén RAR", "a RAR archive")),
    (b"BZh", Found("archive", "tệp nén BZIP2", "a BZIP2 archive")),
    (b"\xfd7zXZ\x00", Found("archive", "tệp nén XZ", "an XZ archive")),
    (b"SQLite format 3\x00", Found("binary", "cơ sở dữ liệu SQLite", "an SQLite database")),
    (b"PAR1", Found("binary", "bảng Parquet", "a Parquet table")),
    (b"ID3", Found("binary", "tệp âm thanh MP3", "MP3 sound")),
    (b"OggS", Found("binary", "tệp âm thanh OGG", "OGG sound")),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PHONE_PICTURES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Found(
        "convertible", "ODT", "an ODT document", "DOCX", "odt"
    ),
    b"application/vnd.oasis.opendocument.spreadsheet": Found(
        "convertible", "ODS", "an ODS sheet", "XLSX", "ods"
    ),
    b"application/vnd.oasis.opendocument.presentation": Found(
        "unsupported", "ODP", "ODP slides", "PDF"
    ),
    b"application/epub+zip": Found("unsupported", "sách điện tử EPUB", "an EPUB book"),
}
_OLD_WORD = Found("convertible", "Word cũ (DOC)", "an old Word file (DOC)", "DOCX", "doc")
_OLD_EXCEL = Found("convertible", "Excel cũ (XLS)", "an old Excel file (XLS)", "XLSX", "xls")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|article|section|main|p|h1|span)\b",
    re.I | re.S,
)
_HTML_TAG = re.compile(rb"<(?:html|head|body|div|p|br|table|span)\b[^<>]*>", re.I)
_MAIL_START = re.compile(rb"(?:[A-Za-z-]+: [^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_HEADER = re.compile(rb"^([A-Za-z-]+):", re.M)
_OF_A_MAIL = frozenset({b"from", b"received", b"return-path", b"delivered-to", b"subject", b"to"})
_OF_MIME = frozenset({b"content-type", b"message-id"})
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r") + b"\x7f"


def sniff(data: bytes, *, name: str = "") -> Found:
    """Tell what a file holds.

    Args:
        data: the whole file, not empty.
        name: its file name; only its ending is used, between plain text and HTML, and for what
            a damaged or locked file was to be.
    """
    # A PDF may begin behind other bytes, so a small one in a ZIP stands where one may begin.
    if data.startswith(b"PK\x03\x04"):
        return _inside_zip(data, name)
    if data.startswith(_OLE):
        return _inside_ole(data, name)
    if b"%PDF-" in data[:1024]:
        return Found("pdf")
    if data[4:8] == b"ftyp":
        if data[8:12] in _PHONE_PICTURES:
            return Found("unsupported", "ảnh HEIC của điện thoại", "a HEIC phone picture", "JPEG")
        return Found("binary", "tệp phim MP4", "an MP4 film")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Found("image", "WEBP", "WEBP")
    if data[:4] == b"RIFF":
        return Found("binary", "tệp âm thanh hoặc hình ảnh RIFF", "RIFF sound or pictures")
    is_text = _looks_like_text(data)
    for start, found in _MAGIC:
        # Letters such as "BM" or "MZ" may also begin a sentence.
        if data.startswith(start) and (found.format == "convertible" or not is_text):
            return found
    if not is_text:
        return Found("binary", "dữ liệu nhị phân", "binary data")
    return _kind_of_text(data, name)


def _looks_like_text(data: bytes) -> bool:
    """Text has next to no control characters; UTF-16 is recognised by its zeros on one side."""
    head = data[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or utf16_order(head):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 1000 <= len(head) and b"\0" not in head


def utf16_order(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """The byte order of UTF-16 without a mark: nearly every ASCII letter has a zero beside it."""
    head = data[:4096]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 10 > half * 4 and even * 50 < half:
        return "utf-16-le"
    if even * 10 > half * 4 and odd * 50 < half:
        return "utf-16-be"
    return None


def _kind_of_text(data: bytes, name: str) -> Found:
    head = data[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or utf16_order(head):
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(head):
        return Found("html")
    if name.lower().endswith((".html", ".htm", ".xhtml")) and _HTML_TAG.search(head):
        return Found("html")
    if (mail := _MAIL_START.match(head)) is not None:
        # Any program adds headers of its own at the top; what every mail has may stand below.
        told = {found[1].lower() for found in _HEADER.finditer(mail[0])}
        if b"mime-version" in told or (told & _OF_A_MAIL and told & _OF_MIME):
            return Found("mail")
    return Found("text")


def _inside_zip(data: bytes, name: str) -> Found:
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if _has_short(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        # The list of parts stands at the end of a ZIP, so a cut file has none: what is left of it,
        # or else its name, tells what it was to be.
        ending = name.lower().rpartition(".")[2]
        if ending in ("docx", "xlsx", "pptx"):
            return Found("damaged", ending.upper(), ending.upper())
        if b"word/" in data or b"[Content_Types].xml" in data[:4096]:
            return Found("damaged", "DOCX", "DOCX")
        return Found("damaged", "ZIP", "ZIP file")
    if any(n.startswith("word/") for n in names):
        return Found("docx")
    if any(n.startswith("xl/") for n in names):
        return Found("xlsx")
    if any(n.startswith("ppt/") for n in names):
        return Found("unsupported", "bản trình chiếu PPTX", "PPTX slides", "PDF")
    return _OPEN_DOCUMENT.get(mime.strip(), Found("archive", "tệp nén ZIP", "a ZIP archive"))


def _has_short(archive: "zipfile.ZipFile", name: str) -> bool:
    try:
        return archive.getinfo(name).file_size < 1000
    except KeyError:
        return False


def _inside_ole(data: bytes, name: str) -> Found:
    """Old Office files name their streams in UTF-16; a locked DOCX is wrapped in the same way."""
    ending = name.lower().rpartition(".")[2]
    # Only its name tells a locked document from a locked workbook.
    locked = ending.upper() if ending in ("docx", "xlsx", "pptx") else ""
    for stream, found in (
        ("EncryptedPackage", Found("encrypted", locked or "tệp Office", locked or "Office file")),
        ("__substg1.0_", Found("unsupported", "thư Outlook (MSG)", "an Outlook mail", "EML")),
        ("WordDocument", _OLD_WORD),
        ("Workbook", _OLD_EXCEL),
        ("PowerPoint", Found("unsupported", "PowerPoint cũ (PPT)", "old PowerPoint (PPT)", "PDF")),
    ):
        if stream.encode("utf-16-le") in data:
            return found
    return Found("unsupported", "tệp Office cũ", "an old Office file")
