"""Page furniture: every word list with its examples, and whole pages as they come."""

import re

import pytest

from tests.shared import SHARED, needs_shared
from vanban import Document
from vanban.data import load
from vanban.pages.furniture import classify_lines

DATA = load("furniture")
BODY = (
    "Ngày 14/3, lãnh đạo ba bộ họp bàn cách theo dõi các thỏa thuận đã ký với đối tác nước ngoài, "
    "thống nhất lập danh mục chung và báo cáo kết quả theo quý."
)
MORE = (
    "Các bộ đề nghị cơ quan đại diện ở nước ngoài trao đổi với đối tác về từng thỏa thuận đã ký, "
    "báo cáo những văn bản chậm triển khai và nguyên nhân trước ngày 15 tháng cuối quý."
)
TITLE = "Ba bộ thống nhất cách theo dõi thỏa thuận quốc tế"


def kind_of(line: str) -> str:
    """What a line is in the middle of an article."""
    return classify_lines([TITLE, BODY, line, MORE, BODY + " " + MORE])[2]


def groups():
    for name in ("alt_texts", "labels", "menu", "ends", "boxes", "teasers", "credits"):
        yield name, DATA[name], "furniture"
    yield "recipients", DATA["recipients"], "furniture"
    for rule in DATA["lines"]:
        yield rule["id"], rule, "furniture"
    for name in ("credit", "scene"):
        yield name, DATA["captions"][name], "caption"


EXAMPLES = [(n, e, kind) for n, g, kind in groups() for e in g["examples"]]
COUNTER = [(n, e) for n, g, _ in groups() for e in g["counter"]]


@pytest.mark.parametrize(("group", "line", "kind"), EXAMPLES)
def test_examples_are_set_aside(group, line, kind):
    assert kind_of(line) == kind, group


@pytest.mark.parametrize(("group", "line"), COUNTER)
def test_counter_examples_are_kept(group, line):
    assert kind_of(line) in ("paragraph", "heading"), group


def test_every_group_has_examples_and_counter_examples():
    assert all(g["examples"] and g["counter"] for _, g, _ in groups())


def kinds(*lines: str) -> str:
    """One letter per line: p, h, c, f."""
    return "".join(k[0] for k in classify_lines(list(lines)))


def test_title_and_section_headings():
    section = "Tập trung gỡ vướng cho doanh nghiệp"
    assert kinds(TITLE, BODY, section, MORE) == "hphp"
    assert kinds("I. KẾT QUẢ", BODY, "1. Về thương mại", BODY) == "hphp"


def test_list_items_are_not_headings():
    items = ["- Bộ Công Thương đàm phán hiệp định mới", "a) Bộ Tài chính cân đối nguồn lực"]
    assert kinds(BODY, *items, MORE) == "pppp"


def test_a_byline_and_what_follows_it_end_the_article():
    teaser = (
        "Mùa lúa chín trên những thửa ruộng bậc thang vùng cao luôn hút khách gần xa tìm về chụp "
        "ảnh, nghỉ lại trong nhà sàn và nghe kể chuyện bản làng."
    )
    assert kinds(TITLE, BODY, MORE, "Thu Hà", teaser) == "hppff"
    assert kinds(TITLE, BODY, MORE, "PQ", "Họ tên no image") == "hppff"
    assert kinds(TITLE, BODY, MORE, "Bùi Thị Lan - Hồ Sơn") == "hppf"


def test_a_name_between_paragraphs_of_one_matter_is_kept():
    assert kinds(TITLE, BODY, MORE, "Nguyễn Văn An", MORE, BODY) == "hpphpp"


def test_a_photographer_below_a_caption_ends_no_article():
    other = (
        "Bà Trần Thu Hạnh, chủ một xưởng gốm ở Bát Tràng, kể rằng lô hàng đầu tiên sang Đan Mạch "
        "mất bảy tháng mới xong giấy tờ, còn lô thứ ba chỉ mất mười một ngày."
    )
    lines = [TITLE, BODY, MORE, "Các đại biểu xem danh mục thỏa thuận", "Hà Vy", other]
    assert classify_lines(lines)[3:] == ["caption", "furniture", "paragraph"]
    assert classify_lines([TITLE, BODY, MORE, "Hà Vy", other])[3:] == ["furniture", "furniture"]


def test_comment_counters_above_the_article_end_nothing():
    assert kinds("Bình luận (0)", TITLE, BODY, MORE) == "fhpp"


def test_lists_of_other_articles_are_set_aside():
    others = ["Xuất khẩu gạo vượt 5 triệu tấn", "Khánh thành cảng mới trị giá 3 tỷ USD"]
    assert kinds(TITLE, BODY, MORE, "Các tin khác", *others) == "hppfff"
    assert kinds(TITLE, BODY, "TIN LIÊN QUAN", *others, MORE, BODY) == "hpfffpp"


def test_captions_under_pictures_and_said_twice():
    caption = "Phiên làm việc của ba bộ tại Hà Nội"
    assert kinds(TITLE, BODY, "Anh-tin-bai", caption, MORE) == "hpfcp"
    assert kinds(TITLE, BODY, caption, caption + ".", MORE) == "hpccp"


def test_the_title_under_a_banner_is_a_title():
    assert kinds("image banner", TITLE, BODY, MORE) == "fhpp"


def test_alternative_text_made_of_an_address_is_set_aside():
    slug = "ba bo thong nhat cach theo doi thoa thuan quoc te"
    assert kinds(TITLE, BODY, slug, MORE) == "hpfp"
    assert kinds(slug, "cac bo bao cao truoc ngay 15 thang 6 nam 2026") == "pp"


def test_official_papers_keep_their_signature_and_lose_their_recipients():
    lines = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/TB-BNG",
        BODY,
        "Nơi nhận:",
        "- Văn phòng Chính phủ;",
        "- Lưu: VT.",
        "KT. BỘ TRƯỞNG",
        "Nguyễn Văn An",
    ]
    found = classify_lines(lines)
    assert found[:2] == found[4:7][:2] == ["furniture", "furniture"]
    assert found[6] == "furniture"
    assert found[2] != "furniture"
    assert found[8] != "furniture"


def test_no_lines_and_one_line():
    assert classify_lines([]) == []
    assert classify_lines(["Họp"]) == ["paragraph"]


def test_what_a_page_says_about_itself():
    document = Document.from_text(
        f"{TITLE}\n14:38, 15/03/2026\n{BODY}\n{MORE}\nThu Hà\nNguồn: https://example.vn/tin.html"
    )
    assert document.title == TITLE
    assert document.published == "2026-03-15"
    assert document.url == "https://example.vn/tin.html"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Nguồn: https://baochinhphu.vn/tin-102260315091500123.htm", "2026-03-15"),
        ("Nguồn: https://example.vn/2026/03/15/tin.html", "2026-03-15"),
        ("Nguồn: https://example.vn/tin-102263915091500123.htm", None),
        ("Nguồn: https://example.vn/tin.htm", None),
    ],
)
def test_the_day_in_an_address(line, date):
    assert Document.from_text(f"{TITLE}\n{BODY}\n{MORE}\n{line}").published == date


def test_a_letterhead_gives_the_day_of_issue():
    text = f"BỘ NGOẠI GIAO\nSố: 12/TB-BNG\nHà Nội, ngày 04 tháng 02 năm 2026\n{BODY}"
    assert Document.from_text(text).published == "2026-02-04"


@pytest.mark.parametrize(
    "line", ["2026-03-15", "2026-03-15 07:24:28", "15 / 03 / 2026 - 12:41 PM", "15/3/2026 | 08:05"]
)
def test_a_line_that_is_only_a_date_gives_the_day(line):
    assert Document.from_text(f"{TITLE}\n{line}\n{BODY}").published == "2026-03-15"


def test_a_stamp_before_the_text_gives_the_day():
    assert Document.from_text(f"date 2026-03-15 {BODY}\n{MORE}").published == "2026-03-15"
    assert Document.from_text(f"date 2026-03 {BODY}\n{MORE}").published is None


def test_a_date_below_the_text_gives_no_day():
    assert Document.from_text(f"{TITLE}\n{BODY}\n{MORE}\n2026-03-15").published is None


def test_the_day_of_an_event_is_not_the_day_of_publication():
    text = f"{TITLE}\nSáng 15/3/2026, ba bộ họp tại Hà Nội để bàn việc chung.\n{BODY}"
    assert Document.from_text(text).published is None


# The shapes of real pages: how many lines of each kind, and the first words of those set aside.
SHAPES = {
    "seed0": "ffhpppfcfchpppp" + "fc" + "pppppp" + "p" + "hp" + "fc" + "pppppppp" + "p" + "ffffff",
    "seed1": "pppppppppp",
    "seed2": "cppppppppp" + "ch" + "pppppppppp" + "fff",
    "seed3": "fhfppp" + "cc" + "ppp" + "cc" + "pp" + "ffff",
    "seed4": "hfpcpppp" + "ff",
}


@needs_shared
@pytest.mark.parametrize("name", SHAPES)
def test_real_pages_have_the_shapes_a_person_sees(name):
    text = (SHARED / "seeds" / f"{name}.txt").read_text("utf-8")
    document = Document.from_text(text)
    assert "".join(b.kind[0] for b in document.blocks) == SHAPES[name]


@needs_shared
def test_no_long_sentence_of_a_real_page_is_set_aside_but_the_teaser():
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        document = Document.from_text(path.read_text("utf-8"))
        aside = [document.text[b.start : b.end] for b in document.blocks if b.kind == "furniture"]
        long = [line for line in aside if len(re.findall(r"\w+", line)) > 40]
        assert len(long) == (path.stem == "seed3")
