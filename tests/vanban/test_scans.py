"""Pictures of pages, recognised."""

import shutil
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests.vanban.files import (
    REPORT,
    pdf_of_lines,
    scan,
)
from vanban import Document, DocumentError, load_bytes
from vanban.loaders.ocr import MARK, Ocr, unmark

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


@needs_tesseract
def test_a_scan_is_recognised_page_by_page_when_asked():
    done = []
    ocr = Ocr(tell=lambda *pages: done.append(pages))
    document = load_bytes(scan(REPORT, pages=2), name="quet.pdf", ocr=ocr)
    assert done == [(1, 2), (2, 2)]
    assert document.notes[0].startswith("Nhận dạng chữ (OCR) 2/2 trang, ")
    assert "Xuất khẩu hàng hóa cả năm 2024 ước đạt 3,207 tỷ USD" in document.text
    assert {b.page for b in document.blocks} == {1, 2}
    assert MARK not in document.text
    for start, end in document.unsure:
        assert document.text[start:end].strip() == document.text[start:end] != ""


@needs_tesseract
def test_only_the_pages_without_text_are_recognised():
    both = pdfium.PdfDocument.new()
    words = "Hai bên nhất trí mở rộng hợp tác thương mại và đầu tư trong năm tới."
    both.import_pages(pdfium.PdfDocument(pdf_of_lines([[words] * 10])))
    both.import_pages(pdfium.PdfDocument(scan(REPORT, pages=1)))
    out = BytesIO()
    both.save(out)
    plain = load_bytes(out.getvalue(), name="a.pdf")
    assert plain.notes == ("Không có lớp chữ ở 1/2 trang: 2.",)
    recognised = load_bytes(out.getvalue(), name="a.pdf", ocr=Ocr())
    assert recognised.notes[0].startswith("Nhận dạng chữ (OCR) 1/2 trang, ")
    assert "SỞ NGOẠI VỤ" in recognised.text
    assert recognised.text.startswith(plain.text[:60])


@needs_tesseract
def test_a_picture_of_a_page_is_recognised_when_asked():
    page = pdfium.PdfDocument(REPORT)[0]
    out = BytesIO()
    page.render(scale=2, grayscale=True).to_pil().save(out, "PNG")
    with pytest.raises(DocumentError):
        load_bytes(out.getvalue(), name="a.png")
    document = load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert "Nghị quyết số 21/NQ-CP" in document.text


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_one_that_stands(angle):
    page = pdfium.PdfDocument(REPORT)[0].render(scale=2.5, grayscale=True).to_pil()
    out = BytesIO()
    page.rotate(angle, expand=True).save(out, "PNG")
    document = load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert "Xuất khẩu hàng hóa cả năm 2024 ước đạt 3,207 tỷ USD" in document.text
    # Its paragraphs are whole, so its lines stand where they would on an upright page.
    assert max(b.end - b.start for b in document.blocks) > 300


@needs_tesseract
def test_a_picture_of_something_else_is_no_text():
    out = BytesIO()
    noise = b"".join(bytes((x * y * 7919) % 251 for x in range(800)) for y in range(1000))
    Image.frombytes("L", (800, 1000), noise).save(out, "PNG")
    with pytest.raises(DocumentError) as refused:
        load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert refused.value.code in ("ocr-unsure", "ocr-nothing")


def test_unsure_words_are_told_by_place_and_leave_no_mark():
    marked = Document.from_text(f"Xuất khẩu 1696{MARK} tỷ\nnăm 2O24{MARK}.")
    plain = unmark(marked)
    assert plain.text == "Xuất khẩu 1696 tỷ\nnăm 2O24."
    assert [plain.text[a:b] for a, b in plain.unsure] == ["1696", "2O24"]
    assert [plain.text[b.start : b.end] for b in plain.blocks] == ["Xuất khẩu 1696 tỷ", "năm 2O24."]
