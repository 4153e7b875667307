"""Write the sample papers that are not plain text: DOCX, PDF, and text in an old encoding.

python samples/build.py [FOLDER]    writes into this folder, or into FOLDER; same bytes every time
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from paper import add_body, add_letterhead, add_signature, add_table, add_title, new_paper, save  # noqa: E402
from report_pdf import write_report  # noqa: E402

CHAIR = "Đỗ Hải Triều"


def main(folder: Path) -> None:
    """Write every built sample into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_conclusions(folder / "04-thong-bao-ket-luan.docx")
    write_report(folder / "05-bao-cao-tinh-2024.pdf")
    write_task_table(folder / "06-bang-nhiem-vu-thang-9-2025.docx")
    write_telegram(folder / "08-cong-dien-iuu.docx")
    (folder / "10-ban-tin-thi-truong-tcvn3.txt").write_bytes(in_tcvn3(BULLETIN))


def write_conclusions(path: Path) -> None:
    """The conclusions notice of the mid-year meeting (thông báo kết luận)."""
    subject = (
        f"Kết luận của Thứ trưởng {CHAIR}\ntại Hội nghị giao ban ngoại giao kinh tế giữa năm 2025"
    )
    paper = new_paper("Thông báo " + subject.replace("\n", " "))
    add_letterhead(
        paper,
        above="",
        body="BỘ NGOẠI GIAO",
        number="9901/TB-BNG",
        place_and_date="Hà Nội, ngày 06 tháng 8 năm 2025",
    )
    add_title(paper, "THÔNG BÁO", subject)
    add_body(paper, CONCLUSIONS)
    add_signature(
        paper,
        recipients=[
            "Văn phòng Chính phủ;",
            "Các Bộ: CT, TC, NN&MT, NV;",
            "Các cơ quan đại diện Việt Nam ở nước ngoài;",
            "Sở ngoại vụ các tỉnh, thành phố;",
            "Các đơn vị thuộc Bộ;",
            "Lưu: VT, NGKT.",
        ],
        titles=["TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"],
        name="Nguyễn Thanh Bách",
    )
    save(paper, path)


def write_task_table(path: Path) -> None:
    """A department's monthly table of tasks it was given."""
    subject = (
        "Tổng hợp kết quả thực hiện nhiệm vụ được giao về ngoại giao kinh tế\nTháng 9 năm 2025"
    )
    paper = new_paper(subject.replace("\n", ", "), landscape=True)
    add_letterhead(
        paper,
        above="BỘ CÔNG THƯƠNG",
        body="VỤ CHÍNH SÁCH THƯƠNG MẠI ĐA BIÊN",
        number="9904/BC-ĐB",
        place_and_date="Hà Nội, ngày 16 tháng 9 năm 2025",
    )
    add_title(paper, "BÁO CÁO", subject, rule=False)
    add_body(paper, "Số liệu tính từ ngày 15 tháng 8 năm 2025 đến ngày 14 tháng 9 năm 2025.")
    paper.paragraphs[-1].paragraph_format.space_after = 76200
    add_table(paper, [1.0, 4.2, 7.6, 3.0, 2.6, 3.7, 3.0], TASKS)
    add_body(paper, TASKS_SUMMARY)
    add_signature(
        paper,
        recipients=["Lãnh đạo Bộ (để báo cáo);", "Văn phòng Bộ;", "Lưu: VT, ĐB."],
        titles=["VỤ TRƯỞNG"],
        name="Tạ Hoàng Ngân",
    )
    save(paper, path)


def write_telegram(path: Path) -> None:
    """An urgent order to coastal provinces (công điện)."""
    subject = (
        "Về việc chuẩn bị làm việc với đoàn thanh tra lần thứ năm\n"
        "của Ủy ban châu Âu về chống khai thác thủy sản bất hợp pháp"
    )
    paper = new_paper("Công điện " + subject.replace("\n", " "))
    add_letterhead(
        paper,
        above="",
        body="BỘ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG",
        number="9902/CĐ-BNNMT",
        place_and_date="Hà Nội, ngày 27 tháng 02 năm 2026",
    )
    add_title(paper, "CÔNG ĐIỆN", subject)
    add_body(paper, TELEGRAM)
    add_signature(
        paper,
        recipients=["Như trên;", "Văn phòng Chính phủ (để báo cáo);", "Lưu: VT, TSKN."],
        titles=["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"],
        name="Phùng Gia Khiêm",
    )
    save(paper, path)


def in_tcvn3(text: str) -> bytes:
    """A text in TCVN 5712:1993, as the "ABC" fonts used it."""
    from vanban.loaders.legacy import TCVN3_LETTERS

    codes = {letter: 0xA0 + index for index, letter in enumerate(TCVN3_LETTERS)}
    return bytes(codes.get(letter) or ord(letter) for letter in text)


CONCLUSIONS = f"""
Ngày 24 tháng 7 năm 2025, tại trụ sở Bộ Ngoại giao, Thứ trưởng {CHAIR} đã chủ trì Hội nghị giao
ban ngoại giao kinh tế giữa năm 2025 theo hình thức trực tiếp kết hợp trực tuyến với 94 điểm cầu
cơ quan đại diện Việt Nam ở nước ngoài. Dự Hội nghị có đại diện Văn phòng Chính phủ, các Bộ: Công
Thương, Tài chính, Nông nghiệp và Môi trường, Nội vụ; lãnh đạo các đơn vị thuộc Bộ Ngoại giao và
sở ngoại vụ một số địa phương.

Sau khi nghe Vụ Ngoại giao kinh tế báo cáo và ý kiến của các đại biểu, Thứ trưởng {CHAIR} kết luận
như sau:

I. ĐÁNH GIÁ CHUNG

1. Sáu tháng đầu năm 2025, công tác ngoại giao kinh tế được triển khai chủ động. Gần 50 hoạt động
đối ngoại của lãnh đạo chủ chốt đã được thực hiện; 253 thỏa thuận hợp tác được ký kết; quan hệ với
10 nước được nâng cấp. Các cơ quan đại diện tổ chức gần 300 hoạt động xúc tiến và hỗ trợ các địa
phương thực hiện hơn 150 hoạt động.

2. Bên cạnh kết quả đạt được, việc triển khai các cam kết, thỏa thuận quốc tế còn chậm; nhiều văn
bản chưa xác định cơ quan chủ trì; công tác nghiên cứu, dự báo có lúc chưa theo kịp diễn biến tình
hình.

II. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2025

1. Vụ Ngoại giao kinh tế

a) Chủ trì, phối hợp với Vụ Luật pháp và Điều ước quốc tế xây dựng cơ chế trao đổi định kỳ với
từng đối tác về tiến độ thực hiện các cam kết, thỏa thuận cấp cao, trình Lãnh đạo Bộ trước ngày 30
tháng 9 năm 2025.

b) Lập danh mục các thỏa thuận ký trong 6 tháng đầu năm 2025, ghi rõ cơ quan chủ trì, cơ quan phối
hợp, đối tác và thời hạn; cập nhật trước ngày 15 tháng cuối mỗi quý.

2. Các cơ quan đại diện Việt Nam ở nước ngoài

a) Theo dõi sát chính sách thuế quan và tiêu chuẩn mới của nước sở tại, kiến nghị biện pháp ứng
phó; gửi bản tin thị trường hằng tháng cho địa phương và hiệp hội ngành hàng.

b) Vận động các nước thành viên Liên minh châu Âu (EU) chưa phê chuẩn Hiệp định Bảo hộ đầu tư Việt
Nam - EU (EVIPA) sớm hoàn tất thủ tục trong năm 2025.

3. Cục Lãnh sự chủ trì, phối hợp với cơ quan chức năng của Bộ Công an đánh giá kết quả thực hiện
Nghị quyết số 44/NQ-CP ngày 07 tháng 3 năm 2025 của Chính phủ về việc miễn thị thực cho công dân
12 nước; đề xuất mở rộng danh sách trước ngày 31 tháng 10 năm 2025.

4. Đề nghị Bộ Công Thương chủ trì đàm phán hiệp định thương mại tự do với khối MERCOSUR, Hội đồng
Hợp tác vùng Vịnh (GCC) và Liên minh thuế quan miền Nam châu Phi (SACU); thông báo kết quả mỗi
phiên cho Bộ Ngoại giao.

5. Đề nghị sở ngoại vụ các tỉnh, thành phố đăng ký nhu cầu xúc tiến tại từng địa bàn, gửi Vụ Ngoại
giao kinh tế trước ngày 30 tháng 8 năm 2025.

III. TỔ CHỨC THỰC HIỆN

Văn phòng Bộ theo dõi, đôn đốc; các đơn vị báo cáo kết quả thực hiện trước ngày 14 tháng 12 năm
2025.

Bộ Ngoại giao thông báo để các cơ quan, đơn vị biết, thực hiện./.
"""

TASKS = [
    [
        "TT",
        "Văn bản giao\n(số, ngày, người ký)",
        "Nội dung nhiệm vụ",
        "Đơn vị phối hợp",
        "Thời hạn",
        "Kết quả",
        "Trạng thái",
    ],
    ["I. Nhiệm vụ do Bộ Ngoại giao đề nghị"],
    [
        "1",
        "9901/TB-BNG, 06/8/2025, Nguyễn Thanh Bách",
        "Chủ trì đàm phán hiệp định thương mại tự do với khối MERCOSUR",
        "Vụ Thị trường nước ngoài",
        "31/12/2025",
        "Đã thống nhất đề cương, chưa ấn định phiên đầu",
        "Đang thực hiện, trong hạn",
    ],
    [
        "2",
        "9901/TB-BNG, 06/8/2025, Nguyễn Thanh Bách",
        "Thông báo kết quả mỗi phiên đàm phán với GCC cho Bộ Ngoại giao",
        "Văn phòng Bộ",
        "Không có",
        "Chưa có phiên mới",
        "Không thời hạn",
    ],
    [
        "3",
        "9901/TB-BNG, 06/8/2025, Nguyễn Thanh Bách",
        "Lập danh mục thỏa thuận thương mại ký 6 tháng đầu năm 2025, ghi rõ cơ quan chủ trì",
        "Vụ Pháp chế",
        "30/8/2025",
        "Gửi danh mục 41 thỏa thuận ngày 29/8/2025",
        "Hoàn thành đúng hạn",
    ],
    ["II. Nhiệm vụ do Lãnh đạo Bộ giao"],
    [
        "4",
        "9905/TB-BCT, 12/8/2025, Phạm Đình Khôi",
        "Báo cáo tình hình sử dụng ưu đãi EVFTA và CPTPP 7 tháng đầu năm 2025",
        "Cục Xuất nhập khẩu",
        "25/8/2025",
        "Đã báo cáo ngày 28/8/2025",
        "Hoàn thành quá hạn",
    ],
    [
        "5",
        "9905/TB-BCT, 12/8/2025, Phạm Đình Khôi",
        "Tổng hợp vướng mắc của doanh nghiệp khi xuất khẩu sang Hoa Kỳ; đề xuất nội dung đàm phán",
        "Cục Phòng vệ thương mại; Thương vụ tại Hoa Kỳ",
        "10/9/2025",
        "Mới nhận ý kiến của 3/7 hiệp hội",
        "Đang thực hiện, quá hạn",
    ],
    [
        "6",
        "9905/TB-BCT, 12/8/2025, Phạm Đình Khôi",
        "Chuẩn bị kỳ họp Ủy ban hỗn hợp về hợp tác kinh tế Việt Nam - UAE",
        "Vụ Thị trường nước ngoài",
        "31/10/2025",
        "Đã gửi chương trình dự kiến cho phía UAE",
        "Đang thực hiện, trong hạn",
    ],
]

TASKS_SUMMARY = """
Tổng số 6 nhiệm vụ: đã hoàn thành 2 (đúng hạn 1, quá hạn 1); chưa hoàn thành 4 (trong hạn 2, quá
hạn 1, không thời hạn 1). Tỷ lệ hoàn thành trên tổng số nhiệm vụ là 33,3%.

Vụ đề nghị Lãnh đạo Bộ cho phép lùi thời hạn nhiệm vụ số 5 đến ngày 30 tháng 9 năm 2025./.
"""

TELEGRAM = """
BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG điện:

- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố ven biển;

- Cục trưởng Cục Thủy sản và Kiểm ngư.

Thủy sản khai thác của Việt Nam bị Ủy ban châu Âu (EC) áp dụng cảnh báo "thẻ vàng" từ năm 2017.
Đoàn thanh tra lần thứ năm của EC dự kiến bắt đầu làm việc từ ngày 09 tháng 3 năm 2026; đợt trước
diễn ra tháng 10 năm 2023. Đến nay dữ liệu tàu cá giữa các hệ thống còn sai lệch, một số tàu mất
kết nối giám sát hành trình chưa bị xử lý.

Thực hiện Công điện số 18/CĐ-TTg ngày 25 tháng 02 năm 2026 của Thủ tướng Chính phủ, Bộ trưởng Bộ
Nông nghiệp và Môi trường yêu cầu:

1. Chủ tịch Ủy ban nhân dân các tỉnh, thành phố ven biển

a) Rà soát toàn bộ tàu cá từ 15 mét trở lên, khớp dữ liệu đăng ký, cấp phép và giám sát hành trình
trước ngày 06 tháng 3 năm 2026.

b) Xử lý dứt điểm các vụ tàu cá mất kết nối quá 10 ngày; công khai kết quả xử phạt.

c) Bố trí hồ sơ truy xuất nguồn gốc của ít nhất 20 lô hàng xuất khẩu sang châu Âu tại mỗi cảng cá
chỉ định.

2. Cục trưởng Cục Thủy sản và Kiểm ngư

a) Chủ trì, phối hợp với Bộ Tư lệnh Bộ đội Biên phòng kiểm tra thực tế tại các cảng cá trọng điểm
từ ngày 02 đến ngày 07 tháng 3 năm 2026.

b) Tổng hợp báo cáo của các địa phương, báo cáo Bộ trước 17 giờ hằng ngày.

Yêu cầu Chủ tịch Ủy ban nhân dân các tỉnh, thành phố ven biển và Cục trưởng Cục Thủy sản và Kiểm
ngư nghiêm túc thực hiện./.
"""

BULLETIN = """\
Bản tin thị trường của thương vụ, số tháng 5

1. Thị trường Nhật Bản
Nhà nhập khẩu yêu cầu hồ sơ truy xuất nguồn gốc tôm và cá tra.

Doanh nghiệp cần hoàn thiện mã số vùng nuôi trước tháng 9.

2. Thị trường Hàn Quốc
Xuất khẩu rau quả sang thị trường này trong 4 tháng tăng khoảng 12% so với cùng kỳ.

Một số lô hàng bị trả lại do dư lượng thuốc bảo vệ thực vật.

3. Kiến nghị
Đề nghị các hiệp hội gửi danh sách doanh nghiệp tham gia hội chợ trước ngày 15/6.

Cơ quan đại diện hỗ trợ doanh nghiệp kết nối với hệ thống bán lẻ.

(Tài liệu mẫu của dự án Điểm Cầu, không phải bản tin thật.)
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
