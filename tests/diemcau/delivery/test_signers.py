"""Who signed a document, as its own text shows."""

import pytest

from diemcau.delivery.orders.instruments import signer_of
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sentence", "signer"),
    [
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nMai Thị Vân", "Mai Thị Vân"),
        ("CHÁNH VĂN PHÒNG\n(đã ký)\nMai Thị Vân", "Mai Thị Vân"),
        ("Nơi nhận:\n- Lưu: VT. | ĐẠI SỨ\n\nMai Thị Vân", "Mai Thị Vân"),
        ("Dự họp có bà Mai Thị Vân, Thứ trưởng.", ""),
        ("Thành phần dự họp:\nMai Thị Vân", ""),
    ],
)
def test_who_signs_stands_alone_below_an_office(sentence, signer):
    document = make_document()
    make_statement(document, "people", "Mai Thị Vân", sentence=sentence, name="Mai Thị Vân")
    assert signer_of(document) == signer
