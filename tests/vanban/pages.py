"""Whole pages of ours: articles with what portals and papers put around them, as HTML and as text.

`compose(seed)` is the same page every time. What is furniture tempts on purpose: headlines with
orders and amounts, captions with names and offices, teasers of other articles in full sentences.
"""

import html
import random
from dataclasses import dataclass

__all__ = ["ARTICLES", "Page", "compose"]


@dataclass(frozen=True)
class Page:
    """A page and the lines that are its article's, the title first."""

    name: str
    data: bytes
    article: tuple[str, ...]
    furniture: tuple[str, ...]


ARTICLES: tuple[tuple[str, ...], ...] = (
    (
        "Quảng Trị tìm thêm đường ra cho nông sản qua cửa khẩu Lao Bảo",
        "Sáng 12/9/2025, tại Đông Hà, Chủ tịch UBND tỉnh Quảng Trị Trần Văn Lạc chủ trì hội "
        "nghị bàn giải pháp đưa nông sản sang thị trường Lào và Thái Lan, có lãnh đạo các sở, "
        "ngành cùng dự.",
        "Theo báo cáo của Sở Công Thương, tám tháng đầu năm 2025, kim ngạch xuất nhập khẩu qua "
        "cửa khẩu Lao Bảo đạt 412 triệu USD, tăng 9,4% so với cùng kỳ. Tỉnh đã ký 5 thỏa thuận "
        "hợp tác với hai tỉnh nước bạn, song kho lạnh còn thiếu, đường nối cửa khẩu xuống cấp.",
        "Ông Trần Văn Lạc yêu cầu Sở Công Thương lập danh mục doanh nghiệp cần kho lạnh, báo "
        "cáo UBND tỉnh trước ngày 30/9/2025. Cùng với đó, Sở Ngoại vụ trao đổi với phía Lào về "
        "giờ thông quan.",
        "Chủ tịch UBND tỉnh cũng đề nghị Bộ Công Thương sớm công bố lịch đàm phán mở cửa thị "
        "trường Thái Lan cho quả chanh leo, để bà con kịp chuẩn bị vùng trồng trong vụ tới.",
    ),
    (
        "Việt Nam và Na Uy bàn việc nối lại đàm phán với khối EFTA",
        "Chiều 4/6/2025, tại Oslo, Thứ trưởng Bộ Công Thương Hồ Việt Thắng làm việc với Bộ "
        "Thương mại Na Uy về hợp tác kinh tế hai nước và tiến trình đàm phán hiệp định thương "
        "mại tự do.",
        "Năm 2024, thương mại hai chiều Việt Nam - Na Uy đạt 630 triệu USD, tăng 6% so với năm "
        "2023; doanh nghiệp Na Uy có 52 dự án tại Việt Nam với tổng vốn đăng ký hơn 200 triệu "
        "USD.",
        "Hai bên nhất trí thúc đẩy phiên đàm phán tiếp theo giữa Việt Nam và EFTA trong quý IV "
        "năm 2025; lập nhóm công tác về năng lượng tái tạo và vận tải biển xanh.",
        "Thứ trưởng đề nghị phía Na Uy tạo thuận lợi cho thủy sản, đồ gỗ của Việt Nam. Khó khăn "
        "hiện nay là chi phí vận chuyển cao và doanh nghiệp nhỏ chưa nắm được quy định về bao "
        "bì.",
    ),
    (
        "Bộ Ngoại giao giao ban ngoại giao kinh tế quý III với các địa phương phía Nam",
        "Ngày 7/10/2025, Thứ trưởng Bộ Ngoại giao Cao Thị Hồng Nhạn chủ trì cuộc họp giao ban "
        "trực tuyến với 22 điểm cầu tại các tỉnh, thành phố phía Nam và một số cơ quan đại diện.",
        "Trong quý III, các cơ quan đại diện đã tổ chức 140 hoạt động xúc tiến, hỗ trợ các địa "
        "phương ký 36 thỏa thuận. Tuy vậy, việc theo dõi thỏa thuận sau khi ký còn lúng túng, "
        "thiếu đầu mối.",
        "Thứ trưởng yêu cầu Vụ Ngoại giao kinh tế xây dựng bộ tiêu chí theo dõi thỏa thuận "
        "trong tháng 11; các cơ quan đại diện chủ động nắm nhu cầu của từng tỉnh, báo cáo Bộ "
        "hằng tháng.",
        "Đại diện tỉnh Đồng Tháp kiến nghị Bộ Ngoại giao hỗ trợ tổ chức đoàn xúc tiến tại Ấn Độ "
        "và Úc trong năm 2026, đồng thời cung cấp thông tin về quy định nhập khẩu gạo của "
        "Indonesia.",
    ),
    (
        "Đại sứ Tống Khánh Duy: Doanh nghiệp Việt cần đi chắc ở thị trường Ai Cập",
        "Trao đổi với báo chí ngày 20/8/2025, Đại sứ Việt Nam tại Ai Cập Tống Khánh Duy cho "
        "biết, bảy tháng đầu năm, kim ngạch hai chiều đạt 390 triệu USD, giảm 4% do biến động "
        "tỷ giá.",
        "Ai Cập áp thuế bổ sung với cá tra và yêu cầu kiểm dịch tại cảng, khiến thời gian giao "
        "hàng kéo dài. Đại sứ quán đã làm việc với cơ quan sở tại, tháo gỡ cho 9 doanh nghiệp.",
        "Đại sứ khuyến nghị các doanh nghiệp kiểm tra kỹ năng lực thanh toán của đối tác; đề "
        "nghị Bộ Công Thương sớm khởi động đàm phán hiệp định thương mại với Ai Cập.",
        "Trong thời gian tới, Đại sứ quán sẽ tổ chức 2 phiên kết nối trực tuyến và đưa 15 doanh "
        "nghiệp dự hội chợ Cairo, dự kiến vào tháng 3/2026.",
    ),
    (
        "Bình Dương đón sóng đầu tư mới từ Hàn Quốc và Đài Loan",
        "Sáu tháng đầu năm 2025, Bình Dương thu hút 98 dự án FDI mới với tổng vốn đăng ký 1,1 "
        "tỷ USD, trong đó Hàn Quốc dẫn đầu với 31 dự án, tiếp theo là Đài Loan và Singapore.",
        "Phó Chủ tịch UBND tỉnh Lữ Thanh Tòng cho biết tỉnh cam kết rút ngắn một nửa thời gian "
        "cấp phép. Ông giao Sở Tài chính rà soát quỹ đất công nghiệp, hoàn thành trước ngày "
        "15/8/2025.",
        "Hiệp hội doanh nghiệp Hàn Quốc kiến nghị tỉnh bảo đảm nguồn điện cho sản xuất và hỗ "
        "trợ nhà ở cho người lao động. Hạ tầng giao thông ở phía bắc tỉnh còn quá tải.",
        "Tỉnh phấn đấu cả năm thu hút 2 tỷ USD vốn FDI, ưu tiên các dự án công nghệ cao, tiết "
        "kiệm đất.",
    ),
)

MENUS = (
    "Trang chủ | Thời sự | Chính trị | Kinh tế | Quốc tế | Video",
    "Trang chủ › Tin tức › Đối ngoại",
    "Giới thiệu / Tin tức - Sự kiện / Văn bản chỉ đạo / Dịch vụ công / Liên hệ",
    "Kinh tế | Đầu tư | Thương mại | Du lịch | Podcast",
    "Trang chủ » Hoạt động của lãnh đạo » Đối ngoại",
)
TOPS = (
    "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH",
    "Thứ Sáu, 12/09/2025 | 14:22 GMT+7",
    "Đăng nhập | Đăng ký | RSS",
    "image banner",
    "Hotline: 0233 3999 888 - Email: toasoan@baotinh.example",
    "Lượt xem: 1.284",
    "Cỡ chữ: Font size: Giảm (A-) Mặc định (A) Tăng (A+)",
    "Nghe đọc bài | Giọng nữ | Giọng nam",
    "Chia sẻ Facebook Zalo Twitter Email In bài viết",
    "Theo dõi Báo Tỉnh trên Google News",
)
CAPTIONS = (
    "Chủ tịch nước Doãn Minh Khuê tiếp Đại sứ Kuwait. Ảnh: TTXVN",
    "Phó Thủ tướng Lý Đông Hưng phát biểu tại hội nghị. (Ảnh: VGP/Thu Sa)",
    "Quang cảnh buổi làm việc tại điểm cầu tỉnh",
    "Các đại biểu chụp ảnh lưu niệm tại hội nghị.",
    "Lễ ký 12 thỏa thuận giữa hai nước. Ảnh: Minh Trí",
    "Bốc xếp 3.000 tấn gạo xuất khẩu sang Philippines tại cảng Mỹ Thới - Ảnh: Nguyễn Hành",
    "Bộ trưởng Đàm Quý Long bắt tay Bộ trưởng Kinh tế Ba Lan tại lễ đón. Nguồn: Bộ Ngoại giao",
    "Công nhân kiểm tra lô hàng tôm trước khi đi Nhật Bản (ảnh minh họa)",
    "Đồ họa: Kim ngạch Việt Nam - EU 5 năm qua. Đồ họa: T.N",
)
BOXES = ("Tin liên quan", "TIN LIÊN QUAN", "Xem thêm:", "Bài liên quan", "Đọc thêm")
ENDS = (
    "Các tin khác",
    "Tin cùng chuyên mục",
    "CÙNG CHUYÊN MỤC",
    "Có thể bạn quan tâm",
    "Đọc nhiều nhất",
    "Tin mới nhất",
    "Các bài viết khác",
)
HEADLINES = (
    "Thủ tướng yêu cầu các bộ khẩn trương giải ngân 100% vốn đầu tư công",
    "Xuất khẩu rau quả vượt 6 tỷ USD, Trung Quốc là thị trường lớn nhất",
    "Chủ tịch Quốc hội thăm chính thức Cuba và Mexico",
    "Bộ Tài chính đề nghị giảm 2% thuế giá trị gia tăng đến hết năm 2026",
    "Kiên Giang đón 8 triệu lượt khách, doanh thu tăng gấp đôi",
    "Hoa Kỳ khởi xướng điều tra chống bán phá giá tôm Việt Nam",
    "Giao Sở Xây dựng rà soát 45 dự án chậm tiến độ",
    "Nhật Bản cam kết 100 tỷ yên vốn ODA cho đường sắt đô thị",
    "Nghị quyết 68-NQ/TW: Kinh tế tư nhân là động lực quan trọng nhất",
    "Thứ trưởng Phan Gia Lễ: Cần sớm gỡ thẻ vàng IUU",
)
TEASERS = (
    ">> Ấn Độ mở cửa cho 4 loại trái cây của Việt Nam",
    "(E-magazine) Mười năm hành trình đưa cà phê Việt tới 80 quốc gia",
    "[Infographic] Thương mại Việt Nam - ASEAN đạt 83 tỷ USD",
    "Xem thêm: Bộ Công Thương yêu cầu kiểm soát giá xăng dầu",
    "► Video: Tổng Bí thư tiếp Thủ tướng Lào",
    "[Video] Hội nghị xúc tiến đầu tư Thanh Hóa thu hút 2 tỷ USD",
)
FULL_TEASERS = (
    "Ngày 2/9, hơn 30.000 du khách quốc tế đổ về phố cổ, các khách sạn kín phòng từ đầu tuần và "
    "giá dịch vụ tăng nhẹ so với ngày thường.",
    "Bộ Nội vụ yêu cầu các tỉnh hoàn thành sắp xếp cán bộ trước ngày 31/12, bố trí trụ sở mới "
    "cho các xã vừa sáp nhập và công khai đường dây nóng.",
    "Giá vàng trong nước sáng nay vượt 130 triệu đồng mỗi lượng, trong khi đồng USD tại các "
    "ngân hàng giữ quanh mức 26.300 đồng sau phiên giảm hôm qua.",
)
FORMS = (
    (
        "Ý kiến bạn đọc",
        "Họ và tên:",
        "Email *",
        "Nội dung bình luận",
        "Mã xác nhận",
        "Gửi bình luận",
    ),
    ("Bình luận (3)", "Vui lòng nhập nội dung bình luận.", "Gửi bình luận"),
    (
        "Bình luận của bạn",
        "Họ tên",
        "Địa chỉ email",
        "Gửi ý kiến",
        "Hãy là người đầu tiên bình luận",
    ),
)
FEET = (
    "© Bản quyền thuộc về Báo điện tử tỉnh. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.",
    "Cơ quan chủ quản: Tỉnh ủy - Tổng Biên tập: Vương Đình Lộc",
    "Giấy phép số 118/GP-BTTTT cấp ngày 14/03/2021",
    "Điện thoại: 0274.3822222 - Fax: 0274.3822223",
    "Tổng lượt truy cập: 18.402.113",
    "Từ khóa: ngoại giao kinh tế, Ấn Độ, FTA",
    "Tags: xuất khẩu, Hàn Quốc",
)
WIDGETS = (
    "Tỷ giá USD: Mua 26.120 - Bán 26.480",
    "Giá vàng SJC: 128,5 - 130,5 triệu đồng/lượng",
    "VN-Index 1.645,20 (+0,84%)",
    "Hà Nội 29°C - Độ ẩm 74%",
    "Thăm dò ý kiến: Bạn đánh giá thế nào về giao diện mới? Tốt 62% - Khá 25%",
    "Số người đang truy cập: 1.204",
    "Văn bản mới: Quyết định số 1204/QĐ-UBND ngày 10/9/2025",
    "Mời bạn đọc đón xem số báo Xuân với 120 trang đặc biệt.",
    "Lịch công tác tuần của lãnh đạo UBND tỉnh",
    "Bài 1: Mở cánh cửa sang thị trường Halal",
)
SOURCES = (
    "Tin, ảnh: Hồng Vân",
    "Theo baochinhphu.vn",
    "Nguồn: Cổng thông tin điện tử",
    "Bài và ảnh: Sỹ Luân",
)


def compose(seed: int) -> Page:
    """The page of a seed: every other one HTML, the articles in turn, the rest drawn."""
    rng = random.Random(seed)
    article = ARTICLES[seed // 2 % len(ARTICLES)]
    make = _page_of_markup if seed % 2 else _page_of_text
    return make(rng, f"trang-{seed:03d}", article)


def _some(rng: random.Random, of: tuple[str, ...], low: int, high: int) -> list[str]:
    return rng.sample(of, rng.randint(low, min(high, len(of))))


def _between(rng: random.Random, paragraphs: int) -> dict[int, list[str]]:
    """What stands before which paragraph: a caption, a box of headlines, a teaser."""
    found: dict[int, list[str]] = {}
    for at in rng.sample(range(1, paragraphs), rng.randint(0, min(2, paragraphs - 1))):
        kind = rng.choice(("caption", "box", "teaser"))
        if kind == "caption":
            found[at] = [rng.choice(("Anh-tin-bai", "image advertisement")), rng.choice(CAPTIONS)]
        elif kind == "box":
            found[at] = [rng.choice(BOXES), *_some(rng, HEADLINES, 1, 3)]
        else:
            found[at] = _some(rng, TEASERS, 1, 2)
    return found


def _after(rng: random.Random) -> list[str]:
    """What stands behind an article: its source, other articles, a form, the foot of the page."""
    lines = [rng.choice(SOURCES)] if rng.random() < 0.7 else []
    blocks = [
        [rng.choice(ENDS), *_some(rng, HEADLINES, 2, 5)],
        list(rng.choice(FORMS)),
        _some(rng, FEET, 1, 3),
    ]
    if rng.random() < 0.5:
        blocks[0] += [rng.choice(FULL_TEASERS)]
    if rng.random() < 0.6:
        blocks[2] += _some(rng, WIDGETS, 1, 3)
    first = blocks.pop(rng.randrange(2))
    lines += [*first, *blocks[0], *blocks[1]]
    return lines


def _page_of_text(rng: random.Random, name: str, article: tuple[str, ...]) -> Page:
    """A page as it is when all of it is copied: one line for each block."""
    title, *paragraphs = article
    top = [rng.choice(MENUS), *_some(rng, TOPS, 1, 4), *_some(rng, WIDGETS[:6], 0, 2)]
    between, after = _between(rng, len(paragraphs)), _after(rng)
    lines = [*top, title]
    if rng.random() < 0.5:
        share = rng.choice(TOPS[6:])
        top.append(share)
        lines.append(share)
    for at, paragraph in enumerate(paragraphs):
        lines += [*between.get(at, ()), paragraph]
    lines += after
    aside = [*top, *(line for some in between.values() for line in some), *after]
    gap = rng.choice(("\n", "\n\n", "\n \n"))
    return Page(f"{name}.txt", gap.join(lines).encode(), article, tuple(aside))


def _page_of_markup(rng: random.Random, name: str, article: tuple[str, ...]) -> Page:
    """A page of a portal: several ways to mark up the article and what is around it."""
    title, *paragraphs = article
    body = rng.choice(
        (
            ("<article>", "</article>"),
            ('<div class="detail-content" id="content">', "</div>"),
            ('<main><div class="entry-content">', "</div></main>"),
            ('<table width="100%"><tr><td class="noidung">', "</td></tr></table>"),
        )
    )
    menu, top = rng.choice(MENUS), _some(rng, (*TOPS, *WIDGETS[:6]), 1, 4)
    aside, between, after = [menu, *top], _between(rng, len(paragraphs)), _after(rng)
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'>"]
    out.append(f"<title>{html.escape(title)} | Báo điện tử</title></head><body>")
    entries = [f"<li><a href='#'>{html.escape(e.strip())}</a></li>" for e in menu.split("|")]
    out.append(f"<nav><ul>{''.join(entries)}</ul></nav>")
    out += [f"<div class='topbar'>{html.escape(line)}</div>" for line in top]
    if rng.random() < 0.5:
        rail = _some(rng, HEADLINES, 2, 4)
        aside += rail
        items = "".join(f"<li><a href='#'>{html.escape(line)}</a></li>" for line in rail)
        out.append(f"<aside class='sidebar'><h4>Đọc nhiều</h4><ul>{items}</ul></aside>")
    out += [body[0], f"<h1>{html.escape(title)}</h1>"]
    for at, paragraph in enumerate(paragraphs):
        out += _block_of_markup(rng, between.get(at, []))
        aside += between.get(at, [])
        out.append(f"<p>{html.escape(paragraph)}</p>")
    if rng.random() < 0.5:
        # What is around the article stands inside its element.
        out += [*_rest_of_markup(rng, after), body[1]]
    else:
        out += [body[1], *_rest_of_markup(rng, after)]
    aside += after
    out.append("</body></html>")
    return Page(f"{name}.html", "\n".join(out).encode(), article, tuple(aside))


def _block_of_markup(rng: random.Random, lines: list[str]) -> list[str]:
    if not lines:
        return []
    if lines[0] in ("Anh-tin-bai", "image advertisement"):
        image, caption = "<img src='a.jpg' alt='Anh-tin-bai'>", html.escape(lines[1])
        return [
            rng.choice(
                (
                    f"<figure>{image}<figcaption>{caption}</figcaption></figure>",
                    f"<div class='image-box'>{image}<p class='image-caption'>{caption}</p></div>",
                )
            )
        ]
    if lines[0] in BOXES:
        items = "".join(f"<li><a href='#'>{html.escape(line)}</a></li>" for line in lines[1:])
        name = rng.choice(("related-news", "tin-lien-quan", "box"))
        return [f"<div class='{name}'><p>{html.escape(lines[0])}</p><ul>{items}</ul></div>"]
    return [f"<p><a href='#'>{html.escape(line)}</a></p>" for line in lines]


def _rest_of_markup(rng: random.Random, lines: list[str]) -> list[str]:
    tag = rng.choice(("p", "div"))
    rows = [f"<{tag}>{html.escape(line)}</{tag}>" for line in lines]
    return ["<footer>", *rows, "</footer>"] if rng.random() < 0.5 else rows
