"""What a file carries besides its text: what is refused, and what the person is told."""

import contextlib
import io
import struct
import zipfile

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.files import docx, docx_xml, pdf_of_lines, zip_of
from vanban import DocumentError
from vanban.loaders.inside import look_inside

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TYPES = '<?xml version="1.0"?><Types/>'
TEXT = docx_xml("<w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p>")


def _package(**parts):
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    return zip_of({"[Content_Types].xml": TYPES, "word/document.xml": TEXT, **named})


def _with(path, data):
    return zip_of({"[Content_Types].xml": TYPES, "word/document.xml": TEXT, path: data})


def _link(kind, target):
    return _with(
        "word/_rels/settings.xml.rels",
        f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>',
    )


def _exif(*, gps=True, make=b"Canon\0"):
    entries = [struct.pack("<HHII", 0x010F, 2, len(make), 100)]
    entries += [struct.pack("<HHII", 0x8825, 4, 1, 90)] if gps else []
    tiff = b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries)
    return b"\xff\xd8\xff\xe1\x00\xffExif\0\0" + tiff.ljust(100, b"\0") + make + bytes(50)


def _overlapping():
    """A ZIP whose list names one part many times under many names."""
    data = zip_of({"a": b"0" * 100_000})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.start_dir
    end = data[at:].index(b"PK\x05\x06") + at
    entry = data[at:end]
    many = b"".join(entry[:46] + f"{i:01x}".encode() for i in range(16))
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 16, 16, len(many), at, 0)
    return data[:at] + many + tail


def _pdf_with(**objects):
    pypdfium2 = pytest.importorskip("pypdfium2")
    import pypdfium2.raw as raw

    made = pypdfium2.PdfDocument(pdf_of_lines([["Bao cao"]]))
    for name, data in objects.items():
        wide = (name.replace("_dot_", ".") + "\0").encode("utf-16-le")
        attached = raw.FPDFDoc_AddAttachment(made.raw, _shorts(raw, wide))
        raw.FPDFAttachment_SetFile(attached, made.raw, data, len(data))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _shorts(raw, wide):
    import ctypes

    return ctypes.cast(ctypes.create_string_buffer(wide), raw.FPDF_WIDESTRING)


NESTED = zip_of({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<w/>"})
for _depth in range(4):
    NESTED = _with("word/embeddings/a.docx", NESTED)

REFUSED = {
    "macros": (_with("word/vbaProject.bin", b"x"), "macro"),
    "macros of a workbook": (_with("xl/vbaProject.bin", b"x"), "macro"),
    "old macros of a workbook": (_with("xl/macrosheets/sheet1.xml", "<a/>"), "macro"),
    "controls that run": (_with("word/activeX/activeX1.bin", b"x"), "macro"),
    "a type that says macros": (
        zip_of({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
        "macro",
    ),
    "macros of an old file": (OLE + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "macros of a carried workbook": (
        _with("word/embeddings/a.xlsm", _with("xl/vbaProject.bin", b"x")),
        "macro",
    ),
    "a program": (_with("word/media/image1.png", b"MZ\x90\0" + bytes(60)), "carries"),
    "an archive": (_with("word/embeddings/a.bin", zip_of({"a.txt": "x"})), "carries"),
    "a RAR archive": (_with("word/embeddings/a.bin", b"Rar!\x1a\x07\0xxxx"), "carries"),
    "a package": (
        _with("word/embeddings/oleObject1.bin", OLE + "\1Ole10Native".encode("utf-16-le")),
        "carries",
    ),
    "an object of RTF": (rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}", "carries"),
    "a program in a PDF": (lambda: _pdf_with(a_dot_exe=b"MZ" + bytes(99)), "carries"),
    "a template from the web": (_link("attachedTemplate", "https://x.example/t.dotm"), "remote"),
    "an object from the web": (_link("oleObject", "mhtml:http://x.example/a"), "remote"),
    "a picture from a share": (_link("image", r"file:///\\host\share\a.png"), "remote"),
    "a template from a share": (_link("attachedTemplate", r"\\host\share\a.dotx"), "remote"),
    "nested deeper than any document": (NESTED, "bomb"),
    "more parts than any document": (zip_of({f"word/{i}": b"" for i in range(5_001)}), "bomb"),
    "more bytes than any document": (_with("word/media/a.bmp", bytes(210 * 1024**2)), "bomb"),
    "parts that overlap": (_overlapping(), "bomb"),
    "a part that leaves the folder": (_with("../../etc/cron.d/a", b"x"), "damaged"),
    "two parts of one name": (_with("WORD/document.xml", TEXT), "damaged"),
    "a cut file": (_package()[:200], "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_document_needs_is_refused(case):
    data, code = REFUSED[case]
    data = data() if callable(data) else data
    with pytest.raises(DocumentError) as refused:
        look_inside(data, name="a.docx")
    assert refused.value.code == code
    assert "{" not in refused.value.vi + refused.value.en


KEPT = {
    "plain text": "Báo cáo".encode(),
    "a page": b"<html><script>alert(1)</script></html>",
    "a template on the own disk": _link("attachedTemplate", "file:///C:\\Users\\A\\Normal.dotm"),
    "a link to a page": _link("hyperlink", "https://mofa.gov.vn/"),
    "a chart's workbook": _with("word/embeddings/a.xlsx", _package()),
    "an equation": _with("word/embeddings/oleObject1.bin", OLE + b"Equation Native"),
    "a locked PDF": pdf_of_lines([["x"]], password="a"),
    "a torn PDF": b"%PDF-1.7\ngarbage",
}


@pytest.mark.parametrize("case", KEPT)
def test_what_real_documents_hold_passes(case):
    look_inside(KEPT[case], name="a")


def test_the_person_is_told_what_the_file_tells():
    made = python_docx.Document()
    made.core_properties.author = "Nguyễn Thị Bình"
    made.core_properties.last_modified_by = "Trần Văn Ba"
    made.core_properties.keywords = "TỐI MẬT"
    made.add_paragraph("Báo cáo")
    out = io.BytesIO()
    made.save(out)
    found = look_inside(out.getvalue(), name="a.docx")
    assert (found.author, found.last_modified_by) == ("Nguyễn Thị Bình", "Trần Văn Ba")
    assert "TỐI MẬT" in found.words


def test_changes_comments_and_watermarks_are_seen():
    data = docx(
        '<w:p><w:ins w:id="1"><w:r><w:t>thêm</w:t></w:r></w:ins><w:del w:id="2"/></w:p>',
        comments="<w:comments><w:comment/><w:comment/></w:comments>",
        header1='<w:hdr><v:textpath style="x" string="M&#7852;T"/></w:hdr>',
    )
    found = look_inside(data, name="a.docx")
    assert (found.n_changes, found.n_comments, found.words) == (2, 2, ("MẬT",))


def test_pictures_tell_where_and_with_what_they_were_taken():
    found = look_inside(_with("word/media/image1.jpeg", _exif()), name="a.docx")
    assert (found.n_located, found.devices) == (1, ("Canon",))
    assert look_inside(_exif(gps=False), name="a.jpg").n_located == 0


def test_a_pdf_tells_its_attachments():
    assert look_inside(_pdf_with(a_dot_txt=b"x", b_dot_txt=b"y"), name="a.pdf").n_attached == 2


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\3\4", OLE[:8], b"%PDF-1.7\n", b"Exif\0\0II*\0"]),
)
def test_any_bytes_are_looked_into_or_refused(data, start):
    with contextlib.suppress(DocumentError):
        look_inside(start + data, name="a")
