"""Files the loader tests are about, shipped or made here, and what a test asks of a document."""

import zipfile
import zlib
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from vanban import Document, read

__all__ = [
    *("FONT", "OLD_WORD", "REPORT", "SAMPLES", "TABLE"),
    *("docx", "docx_xml", "flate_pdf", "lines", "mail", "pdf_of_lines", "png", "scan"),
    *("scanned_pdf", "tasks", "zip_of"),
]

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
REPORT = SAMPLES / "05-bao-cao-tinh-2024.pdf"
TABLE = SAMPLES / "06-bang-nhiem-vu-thang-9-2025.docx"
OLD_WORD = HERE / "formats" / "bang-nhiem-vu-thang-9-2025.doc"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)


def _vietnamese_font() -> str | None:
    for path in ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf"):
        try:
            pdfmetrics.registerFont(TTFont("Vietnamese", path))
        except TTFError:
            continue
        return "Vietnamese"
    return None


FONT = _vietnamese_font()


def zip_of(parts: dict[str, bytes | str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, prologue: str = '<?xml version="1.0"?>', **parts: str) -> bytes:
    """A DOCX whose body is the given WordprocessingML; other parts by name without ".xml"."""
    others = {
        f"word/{name}.xml": xml.replace(">", f' xmlns:w="{W}">', 1) for name, xml in parts.items()
    }
    document = {"[Content_Types].xml": TYPES, "word/document.xml": docx_xml(body, prologue)}
    return zip_of({**document, **others})


def docx_xml(body: str, prologue: str = '<?xml version="1.0"?>') -> str:
    """The part of a DOCX that holds its text."""
    return f'{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def pdf_of_lines(pages: list[list[str]], *, password: str | None = None) -> bytes:
    """A PDF of the given lines, 12 points apart, from 60 points below the top edge."""
    out = BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt, invariant=True)
    for lines in pages:
        canvas.setFont(FONT or "Helvetica", 10)
        for number, line in enumerate(lines):
            canvas.drawString(70, A4[1] - 60 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scanned_pdf(n_pages: int) -> bytes:
    """A PDF of grey pages without a letter."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for _ in range(n_pages):
        canvas.setFillGray(0.8)
        canvas.rect(50, 50, 400, 700, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def png() -> bytes:
    """The smallest picture: one black dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + crc

    header = (1).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


def flate_pdf(drawing: bytes) -> bytes:
    """A PDF of one page that draws the given operators, packed."""
    packed = zlib.compress(drawing)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    table = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n" + table + trailer


def lines(document: Document, kind: str | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


def tasks(document: Document) -> list[dict[str, Any]]:
    return [r.to_dict() for r in read(document).of("tasks")]


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Vụ Tổng hợp <vu@example.vn>"
    message["To"] = "Sở Ngoại vụ <so@example.vn>"
    message["Subject"] = "Giao nhiệm vụ rà soát thỏa thuận"
    message["Date"] = "Mon, 03 Nov 2025 09:15:00 +0700"
    message.set_content(
        "Kính gửi Quý Sở,\n\nBộ yêu cầu các Sở Ngoại vụ rà soát các thỏa thuận đã ký, gửi\n"
        "báo cáo trước ngày 20/11/2025.\n\n> thư cũ được trích\n"
    )
    message.add_attachment(
        TABLE.read_bytes(), maintype="application", subtype="msword", filename="bảng 1.docx"
    )
    inner = EmailMessage()
    inner["Subject"] = "Thư trước"
    inner["From"] = "a@example.vn"
    inner.set_content("Hai bên nhất trí lập tổ công tác.")
    message.add_attachment(inner)
    return message.as_bytes()


def scan(path: Path, *, pages: int, dpi: int = 150) -> bytes:
    """The first pages of a PDF as pictures without a text layer."""
    source = pdfium.PdfDocument(path)
    out = BytesIO()
    canvas = Canvas(out)
    for index in range(pages):
        page = source[index]
        picture = BytesIO()
        page.render(scale=dpi / 72, grayscale=True).to_pil().save(picture, "JPEG", quality=70)
        picture.seek(0)
        canvas.setPageSize(page.get_size())
        canvas.drawImage(ImageReader(picture), 0, 0, *page.get_size())
        canvas.showPage()
    canvas.save()
    source.close()
    return out.getvalue()
