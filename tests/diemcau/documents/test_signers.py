"""Who signed a document, as its own text shows."""

import pytest

import vanban
from diemcau.documents.issuer import signer_of
from tests.diemcau.readings import store_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("foot", "signer"),
    [
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nMai Thị Vân", "Mai Thị Vân"),
        ("CHÁNH VĂN PHÒNG\n(đã ký)\nMai Thị Vân", "Mai Thị Vân"),
        ("Nơi nhận:\n- Lưu: VT. | ĐẠI SỨ\n\nMai Thị Vân", "Mai Thị Vân"),
        ("Dự họp có bà Mai Thị Vân, Thứ trưởng.", ""),
        ("Thành phần dự họp:\nMai Thị Vân", ""),
    ],
)
@pytest.mark.parametrize("n_paragraphs", [1, 60])
def test_who_signs_stands_alone_below_an_office(foot, signer, n_paragraphs):
    body = "Kính gửi các Bộ, ngành, địa phương để tổ chức thực hiện.\n\n" * n_paragraphs
    text = f"{body}{foot}\n"
    reading = vanban.read(vanban.Document.from_text(text, name="van-ban.txt"))
    assert signer_of(store_report(text, reading=reading)) == signer
