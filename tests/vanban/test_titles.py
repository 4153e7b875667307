"""The title of an official paper: never its letterhead, its number, its place or whom it is to."""

import pytest

from vanban import Document

HEAD = """SỞ NGOẠI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 118/{symbol}-SNgV
Quảng Ninh, ngày 12 tháng 11 năm 2026
"""


@pytest.mark.parametrize(
    ("symbol", "below", "title"),
    [
        (
            "BC",
            "BÁO CÁO\nKết quả đoàn công tác tại Quảng Tây\nKính gửi: UBND tỉnh\nI. KẾT QUẢ\n",
            "Báo cáo Kết quả đoàn công tác tại Quảng Tây",
        ),
        (
            "TB",
            "THÔNG BÁO\nKết luận của Giám đốc Sở tại cuộc họp rà soát tình hình triển khai các "
            "thỏa thuận hợp tác đã ký với các địa phương nước ngoài trong quý III năm 2026\n"
            "Ngày 03 tháng 11 năm 2026, Giám đốc Sở đã chủ trì cuộc họp.\n",
            "Thông báo Kết luận của Giám đốc Sở tại cuộc họp rà soát tình hình triển khai các thỏa "
            "thuận hợp tác đã ký với các địa phương nước ngoài trong quý III năm 2026",
        ),
        (
            "CV",
            "V/v rà soát thỏa thuận\nKính gửi: Các sở, ngành\nĐề nghị các sở rà soát.\n",
            "Về việc rà soát thỏa thuận",
        ),
        (
            "KTĐN",
            "TỔNG HỢP KẾT QUẢ THỰC HIỆN\nNHIỆM VỤ ĐƯỢC GIAO\nTháng 11 năm 2026\n",
            "TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO",
        ),
        (
            "BC",
            "Báo cáo về đàm phán kết nghĩa\nSở đã làm việc với đối tác trong ba ngày vừa qua.\n",
            "Báo cáo về đàm phán kết nghĩa",
        ),
        ("CV", "Kính gửi: UBND tỉnh\nSở Ngoại vụ báo cáo như sau.\n", ""),
    ],
)
def test_the_title_of_a_paper_stands_below_its_letterhead(symbol: str, below: str, title: str):
    assert Document.from_text(HEAD.format(symbol=symbol) + below).title == title


def test_a_headline_in_capitals_stays_the_title_of_what_is_no_paper():
    text = (
        "BỘ CÔNG THƯƠNG TỔ CHỨC HỘI NGHỊ GIAO BAN XÚC TIẾN THƯƠNG MẠI\n"
        "Ngày 12/11/2026, tại Hà Nội, Bộ Công Thương tổ chức hội nghị giao ban tháng 11 năm 2026."
    )
    assert Document.from_text(text).title.startswith("BỘ CÔNG THƯƠNG TỔ CHỨC")


def test_a_place_with_hyphens_dates_a_paper():
    text = "ĐẠI SỨ QUÁN VIỆT NAM TẠI CHI LÊ\nXan-ti-a-gô, ngày 14 tháng 7 năm 2026\nBáo cáo."
    assert Document.from_text(text).published == "2026-07-14"
