"""Opening files: what each format gives, in order and whole."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vanban.files import FONT, docx, docx_xml, pdf_of_lines, zip_of
from vanban import DocumentError, load, load_bytes
from vanban.loaders.legacy import repair

needs_font = pytest.mark.skipif(FONT is None, reason="no font with Vietnamese letters installed")

CORE_END = "</cp:coreProperties>"
SENTENCE = "Bộ Công Thương chủ trì, phối hợp với các bộ, ngành đàm phán hiệp định mới."
ARTICLE = [
    "Ba bộ thống nhất cách theo dõi các thỏa thuận đã ký",
    "Sáng 14/3, đại diện ba bộ họp tại Hà Nội để thống nhất cách theo dõi các thỏa thuận đã ký "
    "với đối tác nước ngoài trong năm qua, trong đó có những văn bản chưa được triển khai.",
    "Cuộc họp đề nghị mỗi đơn vị lập danh mục văn bản mình chủ trì, ghi rõ đối tác, nội dung, thời "
    "hạn và vướng mắc; báo cáo trước ngày 15 của tháng cuối quý.",
]


def blocks(document):
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def places(document):
    return [(b.place, document.text[b.start : b.end]) for b in document.blocks if b.place]


# Plain text


def test_a_text_file_is_loaded_under_its_name(tmp_path):
    path = tmp_path / "tin.txt"
    path.write_text("\n\n".join(ARTICLE), "utf-8")
    document = load(path)
    assert document.name == "tin.txt"
    assert document.title == ARTICLE[0]
    assert [kind for kind, _ in blocks(document)] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_give_the_same_text(encoding):
    document = load_bytes("\r\n".join(ARTICLE).encode(encoding), name="tin.txt")
    assert document.text == "\n".join(ARTICLE)
    assert document.notes == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tin.txt", ()),
        ("tin", ()),
        ("tin.v1.2", ()),
        (
            "Báo cáo.PDF",
            ("Tên tệp có đuôi .pdf nhưng nội dung là văn bản thuần; đã đọc theo nội dung.",),
        ),
        (
            "tin.docx",
            ("Tên tệp có đuôi .docx nhưng nội dung là văn bản thuần; đã đọc theo nội dung.",),
        ),
    ],
)
def test_a_name_that_says_another_format_is_noted(name, said):
    document = load_bytes("\n".join(ARTICLE).encode(), name=name)
    assert document.notes == said
    assert document.text == load_bytes("\n".join(ARTICLE).encode(), name="a.txt").text


def test_a_document_saved_as_a_page_is_read_as_one_and_said():
    document = load_bytes(PAGE.encode(), name="bao-cao.doc")
    assert document.media_type == "text/html"
    assert document.notes[0].startswith("Tên tệp có đuôi .doc nhưng nội dung là trang web (HTML)")


def test_decomposed_text_is_composed_and_no_break_spaces_stay():
    text = "Thủ\u00a0tướng giao các bộ"
    document = load_bytes(unicodedata.normalize("NFD", text).encode(), name="a.txt")
    assert document.text == text


TCVN3 = (
    b"Th\xf1 t\xad\xedng Ch\xdd\x6eh ph\xf1 giao B\xe9 C\xabng Th\xad\xacng ch\xf1 tr\xd7, "
    b"b\xb8o c\xb8o tr\xad\xedc th\xb8ng 6."
)
VNI = "Thuû töôùng Chính phuû giao Boä Coâng Thöông chuû trì, baùo caùo tröôùc thaùng 6."
PLAIN = "Thủ tướng Chính phủ giao Bộ Công Thương chủ trì, báo cáo trước tháng 6."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TCVN3, "TCVN3 (ABC)"),
        (VNI.encode("cp1252"), "VNI"),
        # windows-1258 writes some tone marks as characters of their own.
        (
            "Thu\u0309 tươ\u0301ng Chi\u0301nh phu\u0309 giao Bô\u0323 Công Thương chu\u0309 "
            "tri\u0300, ba\u0301o ca\u0301o trươ\u0301c tha\u0301ng 6.".encode("cp1258"),
            "windows-1258",
        ),
        (PLAIN.encode().decode("latin-1").encode(), "UTF-8 ghi hai lần"),
    ],
)
def test_old_encodings_are_converted_with_a_note(data, encoding):
    document = load_bytes(data, name="cu.txt")
    # TCVN3 writes "hỗ" and "hòa" the way its time did; this sentence has no such word.
    assert document.text == PLAIN
    assert document.notes == (f"Chuyển từ bảng mã cũ {encoding} sang Unicode.",)


def test_healthy_text_with_foreign_letters_is_left_alone():
    text = "Đoàn gặp ông Müller, ông Français và bà Núñez; nhiệt độ 25°C, tăng ±5%, §2."
    document = load_bytes(text.encode(), name="a.txt")
    assert document.text == text
    assert document.notes == ()


def test_a_text_cut_inside_a_letter_is_read_with_a_note():
    data = ("\n".join(ARTICLE) * 3).encode() + "ộ".encode()[:2]
    document = load_bytes(data, name="cut.txt")
    assert document.text.startswith(ARTICLE[0])
    assert document.notes == ("1 chỗ có byte hỏng, hiện thành ký tự \ufffd.",)


def test_a_line_of_one_megabyte_is_one_block():
    line = SENTENCE * (2**20 // len(SENTENCE))
    assert blocks(load_bytes(line.encode(), name="long.txt")) == [("paragraph", line)]


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_give_a_document_or_one_reason(data):
    reason, document = None, None
    try:
        document = load_bytes(data, name="x")
    except DocumentError as refused:
        reason = refused
    if document is None:
        assert reason.vi.startswith("Không đọc được tệp «x»: ")
        assert reason.en.startswith("Cannot read “x”: ")
    else:
        assert unicodedata.is_normalized("NFC", document.text)
        assert document.blocks


# HTML

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{ARTICLE[0]} - Báo Tỉnh</title>
<meta property="article:published_time" content="2026-03-14T08:00:00+07:00">
<link rel="canonical" href="https://example.vn/tin-1.html"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/k">Kinh tế</a></li></ul></nav>
<h1>{ARTICLE[0]}</h1><p>14/03/2026 08:00</p>
<p>{ARTICLE[1]}</p>
<table><tr><th>Đối tác</th><th>Số văn bản</th></tr>
<tr><td><p>Hàn Quốc</p></td><td><p>12</p><p>3 chưa làm</p></td></tr></table>
<p>{ARTICLE[2]}</p>
<div class="comments"><h4>Bình luận (0)</h4><form>Họ tên <input></form></div>
<script>var a = "Thủ tướng";</script></body></html>"""


def test_a_page_gives_its_article_title_date_and_address():
    document = load_bytes(PAGE.encode(), name="tin.html")
    assert document.media_type == "text/html"
    assert document.title == ARTICLE[0]
    assert document.published == "2026-03-14"
    assert document.url == "https://example.vn/tin-1.html"
    read = [document.text[b.start : b.end] for b in document.content]
    assert read == [
        ARTICLE[0],
        ARTICLE[1],
        "Đối tác | Số văn bản",
        "Hàn Quốc | 12; 3 chưa làm",
        ARTICLE[2],
    ]
    assert places(document)[1] == ("table 1, row 2", "Hàn Quốc | 12; 3 chưa làm")


def test_a_caption_of_a_figure_stays_and_rows_below_the_article_go():
    figure = "<figure><img alt='Anh-tin-bai'><figcaption>Lễ ký ngày 14/3</figcaption></figure>"
    table = (
        "<table><tr><td>Đọc nhiều</td><td>1</td></tr><tr><td>Giá gạo</td><td>9</td></tr></table>"
    )
    page = PAGE.replace("<table>", figure + "<table>", 1)
    page = page.replace("</form>", f"</form></div><h4>Các tin khác</h4>{table}<div>")
    document = load_bytes(page.encode(), name="tin.html")
    assert ("caption", "Lễ ký ngày 14/3") in blocks(document)
    assert "Giá gạo" not in "".join(document.text[b.start : b.end] for b in document.content)


def test_a_page_is_known_by_its_content_and_decoded_as_it_says():
    page = PAGE.replace("utf-8", "windows-1258").encode("cp1258", errors="xmlcharrefreplace")
    document = load_bytes(page, name="tin.txt")
    assert document.title == ARTICLE[0]
    assert ARTICLE[2] in document.text


def test_text_about_tags_is_not_a_page():
    text = "Thẻ <p> mở một đoạn.\nThẻ <b> in đậm."
    assert load_bytes(text.encode(), name="a.txt").media_type == "text/plain"


# DOCX


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(c)}</w:tc>" for c in cells) + "</w:tr>"


def test_docx_keeps_paragraphs_and_tables_in_order():
    body = p("Trước bảng") + f"<w:tbl>{row('TT', 'Nhiệm vụ', 'Hạn')}{row('1', 'Ký', '6/2026')}"
    document = load_bytes(docx(body + "</w:tbl>" + p("Sau bảng")), name="a.docx")
    assert blocks(document) == [
        ("paragraph", "Trước bảng"),
        ("row", "TT | Nhiệm vụ | Hạn"),
        ("row", "1 | Ký | 6/2026"),
        ("paragraph", "Sau bảng"),
    ]
    assert places(document)[1] == ("table 1, row 2", "1 | Ký | 6/2026")


def test_docx_leaves_deleted_and_hidden_text_and_keeps_inserted():
    body = (
        "<w:p><w:r><w:t>Giao </w:t></w:r>"
        "<w:del><w:r><w:delText>Bộ A</w:delText><w:t>Bộ A</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>Bộ B</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:t>C</w:t></w:r></w:p>"
    )
    assert load_bytes(docx(body), name="a.docx").text == "Giao Bộ B-C"


def test_docx_letterhead_cells_are_blocks_of_their_own():
    cells = f"<w:tc>{p('BỘ A')}{p('Số: 12/BC-BA')}</w:tc><w:tc>{p('Hà Nội')}</w:tc>"
    document = load_bytes(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), name="a.docx")
    assert places(document) == [
        ("table 1, row 1", "BỘ A"),
        ("table 1, row 1", "Số: 12/BC-BA"),
        ("table 1, row 1", "Hà Nội"),
    ]


def test_docx_wide_cells_keep_the_columns():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("A")}</w:tc><w:tc>{p("B")}</w:tc>'
    body = f"<w:tbl>{row('1', '2', '3')}<w:tr>{wide}</w:tr>{row('x', 'y', 'z')}</w:tbl>"
    assert load_bytes(docx(body), name="a.docx").text == "1 | 2 | 3\nA |  | B\nx | y | z"


def test_docx_headings_are_told_by_style_name():
    styles = '<w:styles><w:style w:styleId="u1"><w:name w:val="heading 1"/></w:style></w:styles>'
    body = p("Kết quả", '<w:pPr><w:pStyle w:val="u1"/></w:pPr>') + p("Đã ký.")
    document = load_bytes(docx(body, styles=styles), name="a.docx")
    assert blocks(document)[0] == ("heading", "Kết quả")


def test_docx_list_numbers_are_written_as_word_draws_them():
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(level: int, text: str) -> str:
        at = f'<w:ilvl w:val="{level}"/><w:numId w:val="5"/>'
        return p(text, f"<w:pPr><w:numPr>{at}</w:numPr></w:pPr>")

    body = item(0, "Một.") + item(1, "Hai.") + item(1, "Ba.") + item(2, "Tư.") + item(0, "Năm.")
    body += item(1, "Sáu.")
    text = load_bytes(docx(body, numbering=numbering), name="a.docx").text
    assert text == "I. Một.\na) Hai.\nb) Ba.\n- Tư.\nII. Năm.\na) Sáu."


def test_docx_footnotes_and_headers_are_kept_apart():
    notes = (
        '<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("Theo số liệu sơ bộ.")}</w:footnote></w:footnotes>'
    )
    header = f"<w:hdr>{p('LƯU HÀNH NỘI BỘ')}</w:hdr>"
    document = load_bytes(docx(p("Đạt 5%."), footnotes=notes, header1=header), name="a.docx")
    assert [(b.kind, b.place) for b in document.blocks] == [
        ("furniture", "header"),
        ("paragraph", ""),
        ("paragraph", "footnote 2"),
    ]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Kế hoạch năm 2026", "Kế hoạch năm 2026"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        ("Microsoft Word - abc.doc", ""),
        ("(anonymous)", ""),
    ],
)
def test_a_title_in_the_properties_counts_unless_it_is_junk(given, title):
    core = f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>{given}</dc:title>'
    parts = {"word/document.xml": docx_xml(p("Một dòng.")), "docProps/core.xml": core + CORE_END}
    assert load_bytes(zip_of(parts), name="a.docx").title == title


def test_the_title_on_the_paper_comes_before_the_properties():
    body = "".join(map(p, ["BỘ NGOẠI GIAO", "BÁO CÁO", "Kết quả sáu tháng", "Thực hiện kế hoạch:"]))
    assert load_bytes(docx(body), name="a.docx").title == "Báo cáo Kết quả sáu tháng"


def test_docx_in_an_old_font_is_converted_with_a_note():
    body = p("B¸o c¸o kÕt qu¶ ho¹t ®éng ngo¹i giao kinh tÕ") + p("Đã Unicode")
    document = load_bytes(docx(body), name="a.docx")
    assert document.text == "Báo cáo kết quả hoạt động ngoại giao kinh tế\nĐã Unicode"
    assert document.notes == ("Chuyển từ bảng mã cũ TCVN3 (ABC) sang Unicode.",)


# PDF


@pytest.mark.parametrize("letter", ["<w:t>\u00ad</w:t>", "<w:softHyphen/>"])
def test_the_letter_of_an_old_font_that_is_a_soft_hyphen_is_kept(letter):
    old = "Thø tr<w:t/>ëng yªu cÇu c¸c ®Þa ph¬ng b¸o c¸o t×nh h×nh"
    runs = old.replace("<w:t/>", f"</w:t>{letter}<w:t>")
    document = load_bytes(docx(f"<w:p><w:r><w:t>{runs}</w:t></w:r></w:p>"), name="a.docx")
    assert document.text.startswith("Thứ trưởng yêu cầu các địa ")
    plain = f"<w:p><w:r><w:t>Bộ Công</w:t>{letter}<w:t> Thương</w:t></w:r></w:p>"
    assert load_bytes(docx(plain), name="a.docx").text == "Bộ Công Thương"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Thø tr-ëng", "Thứ trưởng"),
        ("®Çu t- n-íc ngoµi", "đầu tư nước ngoài"),
        ("®Çu t-ph¸t triÓn", "đầu tư phát triển"),
        ("Ma-rèc vµ Lµo", "Ma-rốc và Lào"),
        ("l-u ý -u tiªn ch-a ®ñ", "lưu ý ưu tiên chưa đủ"),
        ("giai ®o¹n 2025-2027 - §¹i sø", "giai đoạn 2025-2027 - Đại sứ"),
    ],
)
def test_a_hyphen_that_is_a_letter_of_an_old_font_is_that_letter(shown, meant):
    text, encoding = repair(f"{shown} c¸c ®Þa danh b¸o c¸o t×nh h×nh thùc hiÖn")
    assert encoding == "TCVN3 (ABC)"
    assert text.startswith(meant)


@needs_font
def test_pdf_lines_become_paragraphs_again_across_pages():
    first = [
        "Năm 2025, các cơ quan đại diện đã tổ chức nhiều hoạt động xúc tiến thương mại tại các",
        "thị trường lớn, góp phần đưa hàng hóa vào hệ thống phân phối của nước sở tại theo chương",
    ]
    second = ["trình 2021-", "2025 đã duyệt.", "Bộ Ngoại giao tổng hợp kết quả."]
    document = load_bytes(pdf_of_lines([first, second]), name="a.pdf")
    assert document.media_type == "application/pdf"
    texts = [t for _, t in blocks(document)]
    assert texts[0].endswith("theo chương trình 2021-2025 đã duyệt.")
    assert texts[1] == "Bộ Ngoại giao tổng hợp kết quả."
    assert [b.page for b in document.blocks] == [1, 2]


@needs_font
def test_a_short_pdf_without_pictures_is_not_a_scan():
    assert load_bytes(pdf_of_lines([["Họp ngày mai."]]), name="a.pdf").text == "Họp ngày mai."


@needs_font
def test_pdf_headers_and_page_numbers_are_furniture():
    def page(number: int) -> list[str]:
        head = f"Báo cáo ngoại giao kinh tế - trang {number}"
        words = ["Một", "Hai", "Ba"][number - 1]
        body = [f"{words} nội dung thứ {i} trình bày trong một dòng." for i in range(50)]
        return [head, *body, "", str(number)]

    document = load_bytes(pdf_of_lines([page(n) for n in (1, 2, 3)]), name="a.pdf")
    aside = {t for kind, t in blocks(document) if kind == "furniture"}
    headers = {f"Báo cáo ngoại giao kinh tế - trang {n}" for n in (1, 2, 3)}
    assert aside == headers | {"1", "2", "3"}
