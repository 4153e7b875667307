"""Files that are bombs or traps, and secret ones by every door."""

import io
import zipfile

from bench.attacks.house import House, facts
from bench.attacks.tries import Result, attack, unchanged


@attack("Files that are bombs or traps", quick=True)
def traps(house: House, result: Result) -> None:
    from tests.vanban.test_inside import REFUSED

    person = house.visitors["coordinator"]
    before = facts()
    for name, (data, _code) in house.some({**REFUSED, **_bombs()}.items()):
        data = data() if callable(data) else data
        page = person.post("/tai-lieu/tai-len", files=[("files", "a.docx", data)])
        result.expect(page.status == 200 and "✓" not in page.text, f"upload, {name}: {page.status}")
    secretariat = house.visitors["secretariat"]
    for name, data in house.some(_workbooks().items()):
        page = secretariat.post("/danh-ba/nhap", files=[("file", "a.xlsx", data)])
        result.expect(page.status in (400, 403, 413, 422), f"import, {name}: {page.status}")
        result.expect(secretariat.get("/").status == 200, f"the server lives after {name}")
    unchanged(before, result)


def _docx(document: str | bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _bombs() -> dict[str, tuple[bytes, str]]:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = f"<w:document {w}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    laughs = '<!ENTITY l0 "ha">'
    laughs += "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
    return {
        "an entity that is a file": (
            _docx(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{text}'),
            "",
        ),
        "an entity that is an address": (
            _docx(f'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>{text}'),
            "",
        ),
        "a parameter entity": (
            _docx(f'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]>{text}'),
            "",
        ),
        "a billion laughs": (_docx(f"<!DOCTYPE a [{laughs}]>{text.replace('&x;', '&l8;')}"), ""),
        "UTF-16 that hides an entity": (
            _docx(f'<!DOCTYPE a [<!ENTITY x "y">]>{text}'.encode("utf-16")),
            "",
        ),
        "a part of 300 MB": (_docx("<a/>", **{"word/media/a.bmp": bytes(300 * 1024**2)}), ""),
        "a text of 39 MB in a part": (_docx(f"<a>{' ' * 39 * 1024**2}</a>"), ""),
    }


_NS = "http://schemas.openxmlformats.org/"
_BOOK = (
    f'<workbook xmlns="{_NS}spreadsheetml/2006/main" '
    f'xmlns:r="{_NS}officeDocument/2006/relationships">'
    '<sheets><sheet name="bodies" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_NS}package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_NS}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)


def _workbook(sheet: str, prologue: str = "") -> bytes:
    start = f'{prologue}<worksheet xmlns="{_NS}spreadsheetml/2006/main"><sheetData>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", f"{start}{sheet}</sheetData></worksheet>")
    return out.getvalue()


def _workbooks() -> dict[str, bytes]:
    far = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return {
        "two cells far apart": _workbook(far),
        "an entity": _workbook(cell, entity),
        "300 MB": _workbook(" " * 300 * 1024**2),
        "macros": _with_macros(_workbook("")),
        "not a workbook": b"PK\3\4" + b"x" * 1000,
    }


def _with_macros(book: bytes) -> bytes:
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@attack("Secret documents by every door")
def secrets(house: House, result: Result) -> None:
    """Nothing of a marked document is found in the house afterwards, not on disk, not in a row."""
    word = "phuongansieumat"
    marked = [
        f"TUYỆT MẬT\nBáo cáo {word}", f"Số: 15/BC-BNG-m\nBáo cáo {word}",
        f"LƯU HÀNH NỘI BỘ\n{word}", f"BỘ NGOẠI GIAO | MẬT\n{word}", f"M Ậ T\n{word}",
        f"Độ mật: Tối mật\n{word}",
    ]  # fmt: skip
    for text in marked:
        for who in ("reporter", "coordinator"):
            page = house.visitors[who].post(
                "/tai-lieu/tai-len", files=[("files", f"{word}.txt", text.encode())]
            )
            result.expect(
                "✓" not in page.text and page.status == 200, f"{text[:20]!r}: {page.status}"
            )
    for path in house.home.rglob("*"):
        if path.is_file():
            result.expect(word.encode() not in path.read_bytes(), f"in {path.name}")
