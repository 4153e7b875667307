"""Files that are not read: one sentence in two languages, and no memory lost on the way."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.vanban.files import docx, flate_pdf, pdf_of_lines, png, scanned_pdf, zip_of
from vanban import DocumentError, load, load_bytes
from vanban.loaders.ocr import Ocr

MB = 1024 * 1024
ROOT = Path(__file__).parents[2]
WORDS = "Hai bên nhất trí mở rộng hợp tác thương mại và đầu tư. "


def ole(stream: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return head + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


def odt(kind: str) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zip_of({"mimetype": mime, "content.xml": "<x/>"})


def big_docx() -> bytes:
    return docx(f"<w:p><w:r><w:t>{WORDS * 200}</w:t></w:r></w:p>")


BOMB = docx("<w:p/>" + " " * 30 * MB)
LAUGHS = docx(
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>",
    prologue='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
)

MANY_PARTS = (
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    + b"--x\nContent-Type: text/plain\n\na\n" * 300
    + b"--x--\n"
)

CASES = {
    "empty.txt": (b"", "empty", "tệp rỗng"),
    "blank.txt": (b" \n\t\n", "blank", "không có chữ nào"),
    "big.txt": (b"a" * 16 * MB, "too-large", "tệp nặng 16,0 MB, giới hạn là 15 MB"),
    "long.txt": (b"abc def\n" * (11 * MB // 8), "too-much-text", "phần chữ dài quá 10 MB"),
    "photo.txt": (png(), "image", "tệp là ảnh PNG"),
    "program.txt": (b"\x7fELF" + bytes(range(256)) * 10, "binary", "chương trình Linux"),
    "noise.txt": (bytes(range(256)) * 100, "binary", "dữ liệu nhị phân"),
    "photos.zip": (zip_of({"a.jpg": b"\xff\xd8\xff"}), "archive", "tệp nén ZIP"),
    "cut.docx": (big_docx()[:-400], "damaged", "tệp DOCX bị hỏng hoặc tải về chưa hết"),
    "hollow.docx": (zip_of({"word/a.xml": "<a/>"}), "damaged", "tệp DOCX bị hỏng"),
    "torn.docx": (docx("<w:p>", prologue=""), "damaged", "tệp DOCX bị hỏng"),
    "blank.docx": (docx("<w:p/>"), "blank", "không có chữ nào"),
    "locked.docx": (ole("EncryptedPackage"), "encrypted", "DOCX có mật khẩu"),
    "locked.xlsx": (ole("EncryptedPackage"), "encrypted", "XLSX có mật khẩu"),
    "locked.tmp": (ole("EncryptedPackage"), "encrypted", "tệp Office có mật khẩu"),
    "mail.msg": (ole("__substg1.0_0037001F"), "unsupported", "thư Outlook (MSG)"),
    "photo.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 99, "unsupported", "ảnh HEIC"),
    "photo.webp": (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 99, "image", "tệp là ảnh WEBP"),
    "old.doc": (
        ole("WordDocument"),
        "no-converter",
        "Word cũ (DOC), cần LibreOffice (hoặc catdoc)",
    ),
    "old.xls": (ole("Workbook"), "no-converter", "Excel cũ (XLS), cần LibreOffice để mở"),
    "old.ppt": (ole("PowerPoint"), "unsupported", "PowerPoint cũ (PPT)"),
    "free.odt": (odt("text"), "no-converter", "Lưu thành DOCX"),
    "free.ods": (odt("spreadsheet"), "no-converter", "Lưu thành XLSX"),
    "rich.rtf": (b"{\\rtf1 abc}", "no-converter", "RTF"),
    "hollow.xlsx": (zip_of({"xl/workbook.xml": "<a/>"}), "damaged", "tệp XLSX bị hỏng"),
    "torn.xlsx": (zip_of({"xl/workbook.xml": "<a>"}), "damaged", "tệp XLSX bị hỏng"),
    "blank.xlsx": (
        zip_of({"xl/workbook.xml": "<workbook><sheets/></workbook>"}),
        "blank",
        "không có chữ nào",
    ),
    "blank.eml": (b"From: a@b.vn\nMIME-Version: 1.0\n\n", "blank", "không có chữ nào"),
    "parts.eml": (MANY_PARTS, "bomb", "bung ra quá lớn"),
    "locked.pdf": (pdf_of_lines([[WORDS]], password="x"), "encrypted", "PDF có mật khẩu. Mở khóa"),
    "scan.pdf": (scanned_pdf(3), "scanned", "PDF quét ảnh, 3 trang, không có lớp chữ"),
    "torn.pdf": (b"%PDF-1.7\n" + b"garbage " * 99, "damaged", "tệp PDF bị hỏng"),
    "cut.pdf": (pdf_of_lines([[WORDS]])[:300], "damaged", "tệp PDF bị hỏng"),
    "west.txt": (
        "Dès l’été, été à Genève, où naïf".encode("latin-1", "replace"),
        "encoding",
        "8-bit",
    ),
    "bomb.docx": (BOMB, "bomb", "bung ra quá lớn"),
    "tags.docx": (docx("".join(f"<a{i}/>" for i in range(1_500_001))), "bomb", "bung ra"),
    "bomb.pdf": (flate_pdf(b"q Q " * 4_000_000), "bomb", "bung ra quá lớn"),
    "lines.txt": (b"a\n" * 200_001, "too-many-lines", "có 200001 dòng"),
    "laughs.docx": (LAUGHS, "entities", "khai báo thực thể"),
    "deep.html": (b"<html><body>" + b"<div>" * 9000 + b"x", "too-deep", "lồng quá nhiều"),
    "attributes.html": (b"<html><p " + b"a=1 " * 9000 + b">x", "too-deep", "lồng quá nhiều"),
    "blank.html": (b"<html><body><script>var x</script></body></html>", "blank", "không có chữ"),
}


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    """No other program is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_programs")
@pytest.mark.parametrize("name", CASES)
def test_it_says_what_was_found_and_what_to_do(name):
    data, code, found = CASES[name]
    with pytest.raises(DocumentError) as refused:
        load_bytes(data, name=name)
    assert refused.value.code == code
    assert refused.value.vi.startswith(f"Không đọc được tệp «{name}»: ")
    assert found in refused.value.vi
    assert (
        refused.value.vi.endswith("lại.")
        or "rồi tải lên" in refused.value.vi
        or code in ("binary", "archive")
    ), refused.value.vi
    assert refused.value.en.startswith(f"Cannot read “{name}”: ")
    assert "{" not in refused.value.vi + refused.value.en


@pytest.mark.usefixtures("no_programs")
@pytest.mark.parametrize(
    ("data", "found"),
    [(scanned_pdf(3), "PDF quét ảnh, 3 trang, không có lớp chữ"), (png(), "ảnh PNG")],
    ids=["pdf", "png"],
)
def test_recognition_without_its_program_names_what_to_install(data, found):
    with pytest.raises(DocumentError) as refused:
        load_bytes(data, name="a", ocr=Ocr())
    assert refused.value.code == "no-ocr"
    assert f"{found}" in refused.value.vi
    assert "tesseract-ocr-vie" in refused.value.vi
    assert "tesseract-ocr-vie" in refused.value.en


def program(folder, name, script):
    """A program of a name that does what a shell script says."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_recognition_without_vietnamese_data_says_so(monkeypatch, tmp_path):
    program(tmp_path, "tesseract", "echo eng")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as refused:
        load_bytes(scanned_pdf(1), name="a.pdf", ocr=Ocr())
    assert refused.value.code == "no-ocr-language"
    assert "chưa có dữ liệu tiếng Việt" in refused.value.vi


@pytest.mark.parametrize(
    ("script", "code"),
    [("echo vie; exec /bin/sleep 60", "ocr-slow"), ("echo vie; [ $# -lt 3 ]", "ocr-failed")],
)
def test_recognition_that_hangs_or_fails_is_stopped_and_told(monkeypatch, tmp_path, script, code):
    listing = '[ "$1" = --list-langs ] && echo vie && exit 0'
    program(tmp_path, "tesseract", f"{listing}\n{script}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as refused:
        load_bytes(scanned_pdf(1), name="a.pdf", ocr=Ocr(seconds=0.5))
    assert refused.value.code == code
    assert "{" not in refused.value.vi


def test_more_scanned_pages_than_asked_for_are_refused():
    with pytest.raises(DocumentError) as refused:
        load_bytes(scanned_pdf(4), name="a.pdf", ocr=Ocr(most_pages=3))
    assert refused.value.code == "ocr-too-long"
    assert "có 4 trang quét ảnh cần nhận dạng chữ, giới hạn là 3 trang" in refused.value.vi


def test_what_a_converter_cannot_open_is_told(monkeypatch, tmp_path):
    program(tmp_path, "soffice", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as refused:
        load_bytes(ole("Workbook"), name="a.xls")
    assert refused.value.code == "not-converted"
    assert refused.value.vi.endswith("Lưu thành XLSX rồi tải lại.")


def test_a_file_without_a_name_is_still_a_sentence():
    with pytest.raises(DocumentError, match=r"^Không đọc được tệp: tệp rỗng\."):
        load_bytes(b"", name="")


def test_a_file_over_the_limit_is_not_even_read(tmp_path):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(DocumentError) as refused:
        load(path)
    assert refused.value.code == "too-large"
    assert "1048576,0 MB" in refused.value.vi
    assert "1048576.0 MB" in refused.value.en


def test_a_missing_file_is_the_system_s_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.txt")


def test_a_docx_part_that_lies_about_its_size_is_damaged():
    data = bytearray(docx("<w:p/>" * 5000))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lying = bytes(data).replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little"))
    with pytest.raises(DocumentError) as refused:
        load_bytes(lying, name="a.docx")
    assert refused.value.code == "damaged"


# The heaviest inputs the limits let through, each in a process of its own.
HEAVY = {
    "a line of 9 MB": "('Thủ tướng giao các bộ. ' * 300_000).encode()",
    "lines of one letter": "b'a\\n' * 190_000",
    "a page of breaks": "b'<html><body>' + b'<br>' * 1_200_000 + b'abc def</body></html>'",
    "a docx of empty runs": "docx('<w:p>' + ''.join(f'<w:r>{i}</w:r>' for i in range(700_000)) "
    "+ '<w:r><w:t>abc</w:t></w:r></w:p>')",
    "a pdf of many words": "flate_pdf(b'BT /F1 1 Tf 1 1 Td (abc) Tj ET ' * 150_000)",
    "text of another encoding": "('B¸o c¸o kÕt qu¶. ' * 500_000).encode('latin-1')",
}
CHILD = """
from pathlib import Path
from tests.vanban.files import docx, flate_pdf
data = {data}
from vanban import DocumentError, load_bytes
from time import process_time
start = process_time()
try:
    print(len(load_bytes(data, name="x").blocks), "blocks")
except DocumentError as error:
    print(error.code)
print(process_time() - start)
# Not ru_maxrss: Linux keeps the parent's over exec.
peak = next(s for s in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in s)
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("case", HEAVY)
def test_no_input_takes_half_a_gigabyte_or_long(case):
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(data=HEAVY[case])],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome, seconds, peak = done.stdout.split("\n")[:3]
    assert int(peak) < 500, (outcome, peak)
    assert float(seconds) < 20, (outcome, seconds)
