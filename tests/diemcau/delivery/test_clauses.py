"""The number of the clause a place stands in."""

import pytest

from diemcau.delivery.orders.clauses import clause_of

NOTICE = """THÔNG BÁO
I. Đánh giá chung
1. Kết quả đạt được khá tốt.
II. Nhiệm vụ thời gian tới
1. Bộ Công Thương chủ trì:
a) rà soát cam kết;
b) mở thị trường mới.
2. Bộ Tài chính bố trí 1.5 tỷ đồng.
Việc này làm ngay.
"""
DECISION = """Điều 1. Ban hành kế hoạch.
Điều 2. Tổ chức thực hiện
1. Giao Bộ Ngoại giao:
đ) báo cáo hằng quý.
"""


@pytest.mark.parametrize(
    ("text", "words", "clause"),
    [
        (NOTICE, "THÔNG BÁO", ""),
        (NOTICE, "Kết quả", "I.1"),
        (NOTICE, "chủ trì", "II.1"),
        (NOTICE, "rà soát", "II.1.a"),
        (NOTICE, "mở thị trường", "II.1.b"),
        (NOTICE, "bố trí", "II.2"),
        (NOTICE, "làm ngay", "II.2"),
        (DECISION, "kế hoạch", "Điều 1"),
        (DECISION, "báo cáo", "Điều 2.1.đ"),
    ],
)
def test_the_clause_a_place_stands_in(text, words, clause):
    assert clause_of(text, text.index(words)) == clause


def test_a_number_within_a_line_begins_no_clause():
    assert clause_of("Chi 2. tỷ đồng\nvà 3) việc", 20) == ""
