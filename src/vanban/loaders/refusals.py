"""Why a file is not read: one sentence in two languages, what was found and what to do."""

from vanban.errors import DocumentError

__all__ = ["refuse"]

_FOUND: dict[str, tuple[str, str]] = {
    "empty": (
        "tệp rỗng. Kiểm tra lại tệp gốc rồi tải lại.",
        "the file is empty. Check the original and upload it again.",
    ),
    "blank": (
        "tệp không có chữ nào. Kiểm tra lại tệp gốc rồi tải lại.",
        "the file holds no words. Check the original and upload it again.",
    ),
    "too-large": (
        "tệp nặng {size} MB, giới hạn là {limit} MB. "
        "Chia nhỏ hoặc giảm dung lượng ảnh rồi tải lại.",
        "the file is {size_en} MB, the limit is {limit} MB. "
        "Split it or shrink its pictures and upload it again.",
    ),
    "too-much-text": (
        "phần chữ dài quá {limit} MB. Chia thành nhiều tệp rồi tải lại.",
        "its text is over {limit} MB. Split it into several files and upload them again.",
    ),
    "too-many-lines": (
        "văn bản có {lines} dòng, giới hạn là {limit} dòng. Chia thành nhiều tệp rồi tải lại.",
        "the text has {lines} lines, the limit is {limit}. "
        "Split it into several files and upload them again.",
    ),
    "too-many-pages": (
        "PDF có {pages} trang, giới hạn là {limit} trang. Chia thành nhiều tệp rồi tải lại.",
        "the PDF has {pages} pages, the limit is {limit}. "
        "Split it into several files and upload them again.",
    ),
    "binary": (
        "nội dung là {what}, không phải văn bản. Tải lên đúng tệp văn bản (TXT, HTML, DOCX, PDF).",
        "its content is {what_en}, not text. Upload the document itself (TXT, HTML, DOCX, PDF).",
    ),
    "archive": (
        "tệp là {what}. Giải nén, rồi tải lên từng tệp bên trong.",
        "the file is {what_en}. Unpack it and upload the files inside.",
    ),
    "image": (
        "tệp là ảnh {what}. Nhận dạng chữ (OCR) rồi tải lên bản có chữ.",
        "the file is a {what_en} picture. Run text recognition (OCR) and upload the result.",
    ),
    "unsupported": (
        "tệp là {what}, chưa đọc được loại này. Lưu thành {save} rồi tải lại.",
        "the file is {what_en}, which is not read yet. Save it as {save} and upload it again.",
    ),
    "damaged": (
        "tệp {what} bị hỏng hoặc tải về chưa hết. Lấy lại bản gốc rồi tải lại.",
        "the {what_en} is damaged or cut short. Fetch the original and upload it again.",
    ),
    "encrypted": (
        "{what} có mật khẩu. Mở khóa rồi tải lại.",
        "the {what_en} has a password. Unlock it and upload it again.",
    ),
    "scanned": (
        "PDF quét ảnh, {pages} trang, không có lớp chữ. Nhận dạng chữ (OCR) rồi tải lại.",
        "a scanned PDF of {pages} pages without a text layer. Run OCR and upload it again.",
    ),
    "no-ocr": (
        "{what}, không có lớp chữ, mà máy này chưa cài tesseract. Cài tesseract-ocr và "
        "tesseract-ocr-vie, hoặc nhận dạng chữ (OCR) ở máy khác rồi tải lại.",
        "{what_en} without a text layer, and tesseract is not installed here. Install "
        "tesseract-ocr and tesseract-ocr-vie, or run OCR elsewhere and upload it again.",
    ),
    "no-ocr-language": (
        "{what}, không có lớp chữ, mà tesseract trên máy này chưa có dữ liệu tiếng Việt. "
        "Cài tesseract-ocr-vie rồi tải lại.",
        "{what_en} without a text layer, and tesseract has no Vietnamese data here. "
        "Install tesseract-ocr-vie and upload it again.",
    ),
    "ocr-too-long": (
        "có {pages} trang quét ảnh cần nhận dạng chữ, giới hạn là {limit} trang. "
        "Chia thành nhiều tệp rồi tải lại.",
        "{pages} scanned pages need text recognition, the limit is {limit}. "
        "Split it into several files and upload them again.",
    ),
    "ocr-slow": (
        "nhận dạng chữ một trang quá {seconds} giây. Quét lại rõ hơn rồi tải lại.",
        "recognising one page took over {seconds} s. Scan it more clearly and upload it again.",
    ),
    "ocr-failed": (
        "không nhận dạng chữ được vì ảnh bị hỏng hoặc không mở được. Quét lại rồi tải lại.",
        "its picture is damaged or cannot be opened for recognition. "
        "Scan it again and upload that.",
    ),
    "ocr-nothing": (
        "đã nhận dạng {pages} trang ảnh mà không thấy chữ nào. Quét lại rõ hơn rồi tải lại.",
        "no words were recognised on its {pages} pages. Scan it more clearly and upload it again.",
    ),
    "ocr-unsure": (
        "nhận dạng được chữ nhưng độ chắc chắn chỉ {certainty} %, không dùng được. "
        "Quét lại rõ hơn và đúng chiều rồi tải lại.",
        "words were recognised with a certainty of {certainty} % only, which is of no use. "
        "Scan it more clearly and the right way up, and upload it again.",
    ),
    "no-converter": (
        "tệp là {what}, cần {programs} để mở mà máy này chưa cài. Lưu thành {save} rồi tải lại.",
        "the file is {what_en}; opening it takes {programs_en}, not installed here. "
        "Save it as {save} and upload it again.",
    ),
    "not-converted": (
        "LibreOffice không mở được {what}: tệp hỏng, hoặc máy thiếu libreoffice-writer, "
        "libreoffice-calc. Lưu thành {save} rồi tải lại.",
        "LibreOffice cannot open {what_en}: it is damaged, or libreoffice-writer or "
        "libreoffice-calc is missing here. Save it as {save} and upload it again.",
    ),
    "converter-slow": (
        "mở {what} mất quá {seconds} giây. Lưu thành {save} rồi tải lại.",
        "opening {what_en} took over {seconds} s. Save it as {save} and upload it again.",
    ),
    "encoding": (
        "văn bản dùng bảng mã {what}, không chuyển sang Unicode chắc chắn được. "
        "Chuyển mã (ví dụ bằng UniKey) hoặc lưu thành UTF-8 rồi tải lại.",
        "the text is in {what_en}, which cannot be converted to Unicode with certainty. "
        "Convert it or save it as UTF-8 and upload it again.",
    ),
    "bomb": (
        "tệp bung ra quá lớn so với tài liệu thật. Mở bằng phần mềm gốc, lưu lại rồi tải lại.",
        "the file unpacks to far more than a real document holds. "
        "Open it in its own program, save it again and upload that.",
    ),
    "entities": (
        "XML trong tệp có khai báo thực thể, tài liệu thật không có. "
        "Mở bằng Word, lưu lại rồi tải lại.",
        "the XML inside declares entities, which real documents do not. "
        "Open it in Word, save it again and upload that.",
    ),
    "macro": (
        "tệp có macro hoặc mã chạy được. Mở bằng phần mềm gốc, lưu thành bản không có macro "
        "(DOCX, XLSX, PDF) rồi tải lại.",
        "the file holds macros or code that runs. Open it in its own program, save it without "
        "macros (DOCX, XLSX, PDF) and upload that.",
    ),
    "carries": (
        "bên trong tệp có {what}. Bỏ tệp nhúng ra, lưu lại rồi tải lại; "
        "tệp kèm theo thì tải riêng.",
        "it carries {what_en}. Take that out, save the file again and upload it; "
        "upload what was inside by itself.",
    ),
    "remote": (
        "tệp tự lấy nội dung từ địa chỉ bên ngoài khi mở (mẫu văn bản từ xa). "
        "Bỏ liên kết đó, lưu lại rồi tải lại.",
        "the file fetches content from outside when it is opened (a remote template). "
        "Remove that link, save it again and upload it.",
    ),
    "too-deep": (
        "trang HTML lồng quá nhiều lớp thẻ. Mở bằng trình duyệt, lưu thành văn bản rồi tải lại.",
        "the page nests too many elements. Open it in a browser, save it as text and upload that.",
    ),
}


def refuse(code: str, *, name: str, **found: object) -> DocumentError:
    """The error to raise for a file that is not read.

    Args:
        code: one of the causes in the table above.
        name: the file's name as the person knows it; "" if it has none.
        found: what the sentence needs to name (size, pages, what).
    """
    vi, en = (sentence.format_map(found) for sentence in _FOUND[code])
    called = f" «{name}»" if name else ""
    called_en = f"“{name}”" if name else "the file"
    return DocumentError(
        vi=f"Không đọc được tệp{called}: {vi}", en=f"Cannot read {called_en}: {en}", code=code
    )
