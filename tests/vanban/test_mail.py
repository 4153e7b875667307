"""Mail with its files, and files packed in a ZIP."""

import textwrap
from email.message import EmailMessage
from html import escape

import pytest

from diemcau.cli import main
from tests.vanban.files import TABLE, lines, mail, tasks, zip_of
from vanban import Document, load_bytes
from vanban.loaders import archives, attachments
from vanban.loaders.mail import Attachment
from vanban.many import read_file


def test_a_mail_gives_its_headers_its_subject_and_its_words():
    document = load_bytes(mail(), name="thu.eml")
    assert document.media_type == "message/rfc822"
    assert document.title == "Giao nhiệm vụ rà soát thỏa thuận"
    assert document.published == "2025-11-03"
    assert lines(document, "furniture")[:2] == [
        "Từ: Vụ Tổng hợp <vu@example.vn>",
        "Đến: Sở Ngoại vụ <so@example.vn>",
    ]
    assert "> thư cũ được trích" not in document.text
    (task,) = tasks(document)
    assert task["deadline"] == "2025-11-20"
    assert "gửi báo cáo trước ngày" in document.text


def test_the_attachments_of_a_mail_are_documents_of_their_own():
    document = load_bytes(mail(), name="thu.eml")
    assert document.notes == (
        "Thư trích lại 1 dòng của thư khác; phần trích được để riêng.",
        "Thư có 2 tệp kèm theo, là tài liệu riêng: «bảng 1.docx», «thu-kem-2.eml».",
    )
    first, second = attachments(mail(), name="thu.eml")
    assert first == ("bảng 1.docx", TABLE.read_bytes())
    assert load_bytes(second.data, name=second.name).title == "Thư trước"
    assert attachments(TABLE.read_bytes(), name="a.docx") == ()


def test_a_mail_of_html_in_an_old_encoding():
    message = EmailMessage()
    message["Subject"] = "Tin"
    message["MIME-Version"] = "1.0"
    message.set_content(
        "<html><body><p>Hai bên nhất trí mở rộng hợp tác.</p></body></html>", "html"
    )
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [
        "Hai bên nhất trí mở rộng hợp tác."
    ]


def letter(subject: str, words: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.vn", subject
    message.set_content(words)
    return message


QUOTED = "Đồng ý.\n\n> Bộ yêu cầu các Sở báo cáo trước ngày 5/3/2025.\n>> Thư đầu.\n"


def test_what_a_reply_quotes_is_kept_apart_and_told():
    document = load_bytes(letter("Re: Báo cáo", QUOTED).as_bytes(), name="a.eml")
    quoted = [document.text[b.start : b.end] for b in document.blocks if b.place == "quoted"]
    assert quoted == ["Bộ yêu cầu các Sở báo cáo trước ngày 5/3/2025.", "Thư đầu."]
    assert document.notes == ("Thư trích lại 2 dòng của thư khác; phần trích được để riêng.",)
    assert tasks(document) == []


def test_what_a_forwarded_mail_quotes_is_its_content():
    document = load_bytes(letter("Fwd: Báo cáo", QUOTED).as_bytes(), name="a.eml")
    assert [t["deadline"] for t in tasks(document)] == ["2025-03-05"]
    assert document.notes == ()


OLD_MAIL = "Bộ yêu cầu các Sở báo cáo trước ngày 5/3/2025."
ABOVE = {
    "outlook": "From: Vụ Tổng hợp <vu@example.vn>\nSent: Monday, March 3, 2025 8:00 AM\n"
    "To: Sở Ngoại vụ\nSubject: Báo cáo\n\n",
    "outlook, in Vietnamese": "________________________________\nTừ: Vụ Tổng hợp <vu@example.vn>\n"
    "Đã gửi: Thứ Hai, 03 Tháng Ba 2025\nĐến: Sở Ngoại vụ\nChủ đề: Báo cáo\n\n",
    "bold names": "*From:* Vụ Tổng hợp\n*Sent:* Monday\n*To:* Sở Ngoại vụ\n\n",
    "a line of dashes": "-----Original Message-----\n",
    "gmail": "Vào Th 2, 3 thg 3, 2025 lúc 08:00 Vụ Tổng hợp <vu@example.vn> đã viết:\n\n",
}


def as_page(text: str) -> str:
    return "<html><body>" + "".join(f"<p>{escape(x)}</p>" for x in text.split("\n")) + "</body>"


@pytest.mark.parametrize("form", ["plain", "html"])
@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_what_is_quoted_without_marks_is_kept_apart_too(above, form):
    def mail(subject: str, words: str) -> Document:
        message = letter(subject, words)
        if form == "html":
            message.set_content(as_page(words), "html")
        return load_bytes(message.as_bytes(), name="a.eml")

    words = f"Sở xin báo cáo như tệp kèm theo.\n\n{above}{OLD_MAIL}\n"
    reply = mail("Re: Báo cáo", words)
    assert tasks(reply) == []
    assert lines(reply, "paragraph") == ["Sở xin báo cáo như tệp kèm theo."]
    assert OLD_MAIL in lines(reply, "furniture")
    assert "phần trích được để riêng" in reply.notes[0]
    for brings in (mail("Fwd: Báo cáo", words), mail("Re: Báo cáo", f"{above}{OLD_MAIL}\n")):
        assert [t["deadline"] for t in tasks(brings)] == ["2025-03-05"]
        assert brings.notes == ()


def test_a_letter_that_names_its_sides_quotes_nobody():
    words = "Từ: 3/3/2025\n\nĐến: 5/3/2025\n\nBộ yêu cầu các Sở báo cáo trước ngày 5/3/2025."
    document = load_bytes(letter("Báo cáo", words).as_bytes(), name="a.eml")
    assert document.notes == ()
    assert len(tasks(document)) == 1


def test_plain_words_that_only_point_to_the_page_give_way_to_it():
    message = letter("Thông báo", "Thư này ở dạng HTML.")
    words = "Bộ yêu cầu các Sở rà soát các thỏa thuận đã ký và báo cáo trước ngày 5/3/2025."
    message.add_alternative(f"<html><body><p>{words}</p></body></html>", "html")
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [words]


def test_the_lines_of_a_mail_are_paragraphs_again():
    words = (
        "Quý I/2025, các cơ quan đại diện đã tổ chức 37 hoạt động xúc tiến, hỗ trợ hơn "
        "214 doanh nghiệp kết nối với đối tác nước ngoài, trong đó có nhiều doanh nghiệp nhỏ tại "
        "Đà Nẵng, Huế và các tỉnh miền Trung; kim ngạch tăng so với cùng kỳ năm trước, đạt mức "
        "cao nhất kể từ năm 2019 đến nay."
    )
    message = letter("Tin", "\n\n".join([textwrap.fill(words, 72)] * 2))
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [words] * 2


@pytest.mark.parametrize("first", ["X-Mozilla-Status: 0001", "Content-Type: text/plain", "Date: x"])
def test_a_mail_is_known_whatever_header_comes_first(first):
    raw = f"{first}\nFrom: a@example.vn\nSubject: Tin\nMIME-Version: 1.0\n\nNội dung.".encode()
    assert load_bytes(raw, name="a").media_type == "message/rfc822"


# Files packed in a ZIP


def test_the_files_of_a_zip_are_read_each_for_itself(tmp_path, capsys):
    inner = zip_of({"trong.txt": "Hai bên nhất trí lập tổ công tác."})
    content = zip_of(
        {
            "thư mục/bảng.docx": TABLE.read_bytes(),
            "trong.zip": inner,
            "__MACOSX/._bảng.docx": b"\0",
            ".DS_Store": b"\0",
            "rỗng.txt": b"",
        }
    )
    rows = list(read_file("gửi.zip", content))
    assert [(r.id, r.status) for r in rows] == [
        ("gửi.zip/bảng.docx", "read"),
        ("gửi.zip/trong.zip/trong.txt", "read"),
        ("gửi.zip/rỗng.txt", "refused"),
    ]
    (tmp_path / "gửi.zip").write_bytes(content)
    assert main(["read", str(tmp_path / "gửi.zip"), "--out", str(tmp_path / "out")]) == 1
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == ["gửi-bảng.json", "gửi-trong.json"]


def test_a_zip_that_holds_itself_comes_to_an_end(monkeypatch):
    monkeypatch.setattr(archives, "members_of", lambda data, name: [Attachment(name, data)])
    (row,) = read_file("a.zip", zip_of({"a": b"1"}))
    assert "Giải nén" in row.message


def test_a_zip_that_unpacks_to_too_much_is_a_bomb(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 1000)
    (row,) = read_file("a.zip", zip_of({"a.txt": b"0" * 2000}))
    assert "bung ra quá lớn" in row.message
