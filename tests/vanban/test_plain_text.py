"""Plain text of pages: cut at a width, with stars around bold type, with bars between cells."""

import json
import textwrap
from pathlib import Path

import pytest

from vanban import Document, load, read

HERE = Path(__file__).parent
TEXTS = [
    *sorted((HERE / "gold" / "composed").glob("*.txt"))[::3],
    *HERE.parents[1].glob("samples/0[139]*.txt"),
]
WHERE = {"start", "end", "confidence", "rule"}

ORDER = """\
**CÔNG ĐIỆN**

**Về thúc đẩy xuất khẩu nông sản**

**1.** Bộ Công Thương:

a) **Chủ trì đàm phán mở cửa thị trường Ấn Độ cho gạo và
hạt điều, kết thúc các phiên kỹ thuật trước ngày
30/6/2026.**

b) Rà soát vướng mắc của doanh nghiệp xuất khẩu; báo
cáo Thủ tướng Chính phủ trong quý I/2026.

2. Bộ Nông nghiệp và Môi trường, Bộ Tài chính,
Ngân hàng Nhà nước Việt Nam hướng dẫn các địa phương
hoàn thiện mã số vùng trồng.

*Nơi nhận:*
- Như trên;

**THỦ TƯỚNG**

**Lê Văn Thử**
"""


def records(document):
    """What was read, blanks in quotes set aside: of wrapped text they are line ends."""
    found = read(document).to_dict()
    return {
        kind: {
            json.dumps(
                {
                    k: " ".join(v.split()) if isinstance(v, str) else v
                    for k, v in one.items()
                    if k not in WHERE
                },
                ensure_ascii=False,
                sort_keys=True,
            )
            for one in rows
        }
        for kind, rows in found.items()
        if isinstance(rows, list)
    }


@pytest.mark.parametrize("width", [72, 81, 95])
def test_a_wrapped_text_is_read_as_the_same_text(width):
    n = n_other = 0
    for path in TEXTS:
        text = load(path).text
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        wrapped = "\n\n".join(
            textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False)
            for p in paragraphs
        )
        want, got = records(Document.from_text(text)), records(Document.from_text(wrapped))
        n += sum(map(len, want.values()))
        n_other += sum(len(want[kind] ^ got[kind]) for kind in want)
    assert n > 1000
    assert n_other < n // 50


def test_lines_that_go_on_are_one_block_and_their_quotes_are_the_texts_own():
    document = Document.from_text(ORDER)
    blocks = [document.text[b.start : b.end] for b in document.blocks]
    kept = "b) Rà soát vướng mắc của doanh nghiệp xuất khẩu; báo\ncáo Thủ tướng Chính phủ"
    assert any(block.startswith(kept) for block in blocks)
    assert "- Như trên;" in blocks
    assert len(document.flow) == len(document.text)
    found = read(document)
    told = found.to_dict()
    tasks = {
        (" ".join(t["quote"].split()), t["deadline"], tuple(t["assignees"])) for t in told["tasks"]
    }
    assert tasks == {
        (
            "Chủ trì đàm phán mở cửa thị trường Ấn Độ cho gạo và hạt điều, "
            "kết thúc các phiên kỹ thuật trước ngày 30/6/2026",
            "2026-06-30",
            ("Bộ Công Thương",),
        ),
        ("Rà soát vướng mắc của doanh nghiệp xuất khẩu", None, ("Bộ Công Thương",)),
        ("báo cáo Thủ tướng Chính phủ trong quý I/2026", "2026-03-31", ("Bộ Công Thương",)),
        (
            "hướng dẫn các địa phương hoàn thiện mã số vùng trồng",
            None,
            ("Bộ Nông nghiệp và Môi trường", "Bộ Tài chính", "Ngân hàng Nhà nước Việt Nam"),
        ),
    }
    anchors = [record.anchor for record in found.records]
    assert all(document.text[a.start : a.end] == a.quote for a in anchors)
    assert [person["name"] for person in told["people"]] == ["Lê Văn Thử"]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Công Thương\nBộ Tài chính\nBộ Y tế\nBộ Nội vụ\n",
        "Thị trường chính:\n- gạo\n- cà phê\n- hạt điều\n- thủy sản\n- rau quả\n",
        "xuất khẩu\nnhập khẩu\nđầu tư\ndu lịch\nlao động\n",
        "Điều 1. Giao Bộ A.\nĐiều 2. Giao Bộ B.\nĐiều 3. Giao Bộ C.\n",
    ],
)
def test_lists_and_menus_are_not_joined(text):
    document = Document.from_text(text)
    assert len(document.blocks) == text.count("\n")
    assert document.flow == document.text


@pytest.mark.parametrize(
    ("foot", "signed"),
    [
        ("KT. BỘ TRƯỞNG THỨ TRƯỞNG Nguyễn Văn Thử", "Thứ trưởng"),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Nguyễn Văn Thử", "Phó chủ tịch"),
        ("TM. CHÍNH PHỦ THỦ TƯỚNG Nguyễn Văn Thử", "Thủ tướng"),
        ("HIỆP ĐỊNH VỀ GẠO Nguyễn Văn Thử", None),
    ],
)
def test_lines_between_bars_are_rows_of_a_table(foot, signed):
    text = (
        "| BỘ NGOẠI GIAO | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "| Số: 7/TB-BNG | Hà Nội, ngày 04 tháng 02 năm 2026 |\n"
        "THÔNG BÁO\nVề rào cản thương mại\n"
        "| STT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| I. Về xuất khẩu |\n"
        "| 1 | Lập danh mục rào cản đối với gạo | Bộ Công Thương | 30/6/2026 |\n"
        "| 2 | Đàm phán về kiểm dịch hạt điều | Bộ Nông nghiệp và Môi trường | 31/12/2026 |\n"
        f"Trên đây là kết luận của hội nghị./.\n| Nơi nhận: - Như trên; | {foot} |\n"
    )
    document = Document.from_text(text)
    assert (document.title, document.published) == ("Thông báo Về rào cản thương mại", "2026-02-04")
    told = read(document).to_dict()
    assert [(t["quote"], t["assignees"], t["deadline"]) for t in told["tasks"]] == [
        ("Lập danh mục rào cản đối với gạo", ["Bộ Công Thương"], "2026-06-30"),
        ("Đàm phán về kiểm dịch hạt điều", ["Bộ Nông nghiệp và Môi trường"], "2026-12-31"),
    ]
    people = [(p["name"], p["titles"]) for p in told["people"]]
    assert people == ([("Nguyễn Văn Thử", [signed])] if signed else [])


def test_markdown_is_read_as_what_it_shows():
    text = (
        "## II. NHIỆM VỤ TRỌNG TÂM\n\n1\\. Bộ Công Thương:\n\n"
        "\\- **Đàm phán** mở cửa thị trường gạo trước ngày 30/6/2026.\n"
    )
    document = Document.from_text(text)
    first = document.blocks[0]
    assert (first.kind, document.text[first.start : first.end]) == (
        "heading",
        "II. NHIỆM VỤ TRỌNG TÂM",
    )
    (task,) = read(document).to_dict()["tasks"]
    assert (task["assignees"], task["deadline"]) == (["Bộ Công Thương"], "2026-06-30")
    assert task["quote"] == "Đàm phán** mở cửa thị trường gạo trước ngày 30/6/2026"


@pytest.mark.parametrize(
    "line",
    [
        "(Bra-tít-xla-va, ngày 19 tháng 10 năm 2026)",
        "Làm tại Bra-tít-xla-va ngày 19 tháng 10 năm 2026, thành hai bản bằng tiếng Việt.",
    ],
)
def test_a_joint_statement_is_of_the_day_it_was_done(line):
    document = Document.from_text(
        f"TUYÊN BỐ CHUNG\nVIỆT NAM - XLÔ-VA-KI-A\n\n1. Hai bên nhất trí mở đường bay.\n\n{line}\n"
    )
    assert (document.title, document.published) == (
        "Tuyên bố chung VIỆT NAM - XLÔ-VA-KI-A",
        "2026-10-19",
    )
