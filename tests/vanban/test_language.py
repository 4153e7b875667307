"""Texts and parts of texts that are not Vietnamese: said so, and nothing read in them."""

import pytest

from vanban import Document, read

ENGLISH = """JOINT STATEMENT
Berlin, 9 October 2026
1. Germany pledged EUR 60 million for the vocational training programme.
2. Two-way trade reached USD 9.1 billion in the first nine months of 2026.
"""


def test_an_english_text_is_said_to_be_one_and_nothing_is_proposed():
    reading = read(Document.from_text(ENGLISH))
    assert reading.records == ()
    (note,) = reading.document.notes
    assert "tiếng Anh" in note


@pytest.mark.parametrize(
    "text",
    [
        "Les deux parties ont convenu de renforcer la coopération économique avant 2030.",
        "Стороны договорились увеличить товарооборот до 10 миллиардов долларов.",
        "双方同意加强经贸合作，推动双边贸易额达到700亿美元。",
    ],
)
def test_another_language_is_no_vietnamese(text: str):
    reading = read(Document.from_text(text))
    assert reading.records == ()
    assert "không phải tiếng Việt" in reading.document.notes[0]


def test_of_a_mixed_text_the_vietnamese_part_is_read():
    reading = read(
        Document.from_text(
            "Đại sứ quán báo cáo kết quả làm việc với Bộ Kinh tế Hà Lan như sau.\n"
            "The two sides agreed to raise bilateral trade to USD 20 billion by 2030.\n"
            "Article 2\n"
            "The Netherlands committed to provide a loan of EUR 60 million for the port.\n"
            "Đề nghị Bộ Công Thương rà soát 12 dự án trước ngày 30/11/2026."
        )
    )
    assert [f.value for f in reading.of("figures")] == [12]  # type: ignore[attr-defined]
    assert len(reading.of("tasks")) == 1
    assert reading.document.notes == ("Có 3 đoạn tiếng Anh, không đọc; chỉ đọc phần tiếng Việt.",)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Ngoai giao de nghi cac co quan dai dien bao cao ket qua truoc ngay 30/11/2026.",
        "Giao So Cong Thuong phoi hop voi Samsung Electronics to chuc hoi nghi.",
        "Họp 9h.",
        "Samsung Display Vietnam | Samsung Electronics Co., Ltd | 2,5 tỷ USD",
        "Website: www.moit.gov.vn Email: vanphong@moit.gov.vn",
        "12 345 678",
        "",
    ],
)
def test_without_marks_short_or_in_cells_it_is_not_taken_for_another(text: str):
    assert Document.from_text(text).notes == ()
