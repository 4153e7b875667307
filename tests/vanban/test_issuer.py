"""The body a document comes from is read off its letterhead, or left open."""

from datetime import date
from pathlib import Path

import pytest

import vanban
from vanban.directory.issuer import find_issuer

SAMPLES = Path(__file__).parents[2] / "samples"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DAY = "Bắc Ninh, ngày 20 tháng 12 năm 2024\n"


@pytest.mark.parametrize(
    ("begin", "issuer"),
    [
        ("04", "mofa"),
        ("05", "so-ngoai-vu.tinh-nghe-an"),
        ("06", "moit-multilateral"),
        # The name is broken over two lines.
        ("08", "mae-2025"),
        # Press reports and a joint statement have no letterhead.
        ("01", None),
        ("02", None),
        ("03", None),
        ("07", None),
        ("09", None),
    ],
)
def test_issuers_of_the_samples(begin, issuer):
    (path,) = SAMPLES.glob(f"{begin}-*")
    found = find_issuer(vanban.load_bytes(path.read_bytes(), name=path.name))
    assert (found and found.id) == issuer


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("UBND TỈNH BẮC NINH\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ\nSố: 1/BC-SKHĐT\n" + MOTTO + DAY,
         "so-ke-hoach-dau-tu.tinh-bac-ninh"),
        (MOTTO + "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\nSố: 1/BC-UBND\n" + DAY, "ubnd.tinh-bac-ninh"),
        ("UBND TỈNH BẮC NINH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" + DAY, "ubnd.tinh-bac-ninh"),
        # A unit the rows do not know: the body above it is known.
        ("UBND TỈNH BẮC NINH\nUBND HUYỆN GIA BÌNH\nSố: 1/BC-UBND\n" + MOTTO + DAY,
         "ubnd.tinh-bac-ninh"),
        # Old or new Bắc Ninh: without a day it is neither.
        ("UBND TỈNH BẮC NINH\nSố: 1/BC-UBND\n" + MOTTO, None),
        ("BỘ NGOẠI GIAO\nHọp báo thường kỳ chiều nay.\n", None),
        ("CÔNG TY ABC\nSố: 1\n" + MOTTO, None),
        ("", None),
    ],
)  # fmt: skip
def test_letterheads(head, issuer):
    found = find_issuer(vanban.Document.from_text(head + "BÁO CÁO\nKết quả năm 2024.\n"))
    assert (found and found.id) == issuer


def test_the_day_the_text_speaks_of_decides_where_it_bears_none():
    document = vanban.Document.from_text("UBND TỈNH BẮC NINH\nSố: 1/BC-UBND\n" + MOTTO)
    found = [find_issuer(document, on=date(year, 12, 20)) for year in (2024, 2025)]
    assert [f and f.id for f in found] == ["ubnd.tinh-bac-ninh", "ubnd.tinh-bac-ninh-2025"]
