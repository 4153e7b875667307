"""A word such as "UBND tỉnh" in a body's own document is that body's, and open anywhere else."""

import pytest

import vanban
from diemcau.delivery.ledger import record_task
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

REPORT = """UBND TỈNH BẮC NINH
SỞ NGOẠI VỤ
Số: 12/BC-SNgV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
BÁO CÁO
Kết quả công tác năm."""
PRESS = """Nâng hiệu quả ngoại giao kinh tế
Sáng 20/12, hội nghị diễn ra tại Bắc Ninh."""


def _bodies(text, said_on, *assignees):
    document = make_document(text, event_on=said_on)
    version = document.texts.get()
    version.blocks = [
        [b.start, b.end, b.kind, b.page, b.place] for b in vanban.Document.from_text(text).blocks
    ]
    version.save()
    action = f"giao {', '.join(assignees)} hoàn thiện hồ sơ"
    statement = make_statement(document, "tasks", action, action=action, assignees=list(assignees))
    return [one.body_ref for one in record_task(statement).assignments.order_by("id")]


def test_the_letterhead_says_whose_committee_and_departments_are_meant():
    assert _bodies(REPORT, "2024-12-20", "UBND tỉnh", "Sở KHĐT", "Sở", "Bộ Ngoại giao") == [
        "ubnd.tinh-bac-ninh",
        "so-ke-hoach-dau-tu.tinh-bac-ninh",
        "so-ngoai-vu.tinh-bac-ninh",
        "mofa",
    ]


def test_the_day_says_which_of_two_provinces_of_one_name():
    assert _bodies(REPORT, "2025-12-20", "UBND tỉnh") == ["ubnd.tinh-bac-ninh-2025"]
    assert _bodies(REPORT, None, "UBND tỉnh") == [""]


def test_a_ministry_s_own_document_says_which_ministry():
    notice = "BỘ KẾ HOẠCH VÀ ĐẦU TƯ\nSố: 1/TB-BKHĐT\nTHÔNG BÁO"
    assert _bodies(notice, "2024-12-20", "Bộ", "Bộ trưởng") == ["mpi", "minister@mpi"]


def test_a_press_report_leaves_it_open():
    assert _bodies(PRESS, "2024-12-20", "UBND tỉnh", "Sở KHĐT", "Bộ") == ["", "", ""]
