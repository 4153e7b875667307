"""Clauses that begin like an order and report, admit or view something."""

import re
from functools import cache

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.tasks.people import office_heads

__all__ = [
    "admits",
    "is_anybody",
    "is_body",
    "is_noun",
    "is_of_a_meeting",
    "is_of_a_visit",
    "is_so",
    "leads",
    "narrates",
    "opens_for_another",
    "reports",
    "tells",
    "they_talked",
    "was_signed",
]


def reports(text: str, start: int, end: int, *, press: bool) -> bool:
    """Whether a clause says what was decided, traded or talked of.

    Args:
        press: whether the document is no official one.
    """
    if _DECIDED.match(text, start, end) or _TRADE_AS_NOUN.match(text, start, end):
        return True
    if _SINCE.match(text, start, end):
        return True
    if text.find(" là ", start, end) >= 0 and _ARE_MATTERS.search(text, start, end):
        return True
    return press and _TOLD_OF.match(text, start, end) is not None


def tells(text: str, start: int, end: int) -> bool:
    """Whether a clause of the press tells what somebody said or did, whatever verb it begins with.

    "Có mặt tại sự kiện, ông A cho biết ..."; "Thông qua công ty B, 5 doanh nghiệp đã ký ...".
    """
    if _SAYS_SO.search(text, start, end):
        return True
    return text.find(" đã ", start, end) >= 0 and _SOMEBODY_HAS.search(text, start, end) is not None


_SAYS_SO = regex(
    r"(?<!\w)(?:cho biết|cho hay|chia sẻ rằng|thừa nhận|kể lại|tiết lộ)(?=[ ,:])"
    r"(?! (?:về|rõ|kết quả|nguyên nhân|lý do|tình hình|cụ thể|ý kiến|tiến độ))"
    r"|, (?:hai (?:bên|nước|nhà lãnh đạo|Bộ trưởng|Thủ tướng)|các bên|lãnh đạo hai nước)"
    r" (?:cũng |đã |đều )*(?:nhất trí|thống nhất|trao đổi|thảo luận|cam kết|đồng ý)(?!\w)"
)
_SOMEBODY_HAS = regex(
    r", (?:(?:khoảng |hơn |gần )?\d+ (?:doanh nghiệp|công ty|quốc gia|nước|tỉnh|người|đoàn)"
    r"|[Ôô]ng|[Bb]à|nước này|doanh nghiệp này|Việt Nam|người dân)"
    r"(?: [^\s,;:.]+){0,6} đã (?!ký kết,|được)"
)


def is_anybody(gap: str) -> bool:
    """Whether who is named before a verb is one of many or was spoken of: nobody to be told."""
    return _ANYBODY.match(gap) is not None or _SPOKEN_OF.search(gap) is not None


_ANYBODY = regex(
    r"\W*(?:[Đđ]ại diện (?:một|1)|[Mm]ột(?! số)|[Nn]hiều|[Kk]hông ít|[Hh]àng"
    r" (?:trăm|nghìn|chục|loạt)|[Hh]ầu hết|[Đđ]a số|[Pp]hần lớn|[Kk]hoảng|[Hh]ơn|[Gg]ần"
    r"|\d[\d.,]*)(?!\w)"
)
_SPOKEN_OF = regex(r" (?:này|đó|ấy|nói trên) (?:cũng |đều )?$")


def they_talked(text: str, start: int, end: int) -> bool:
    """Whether a clause says what those at a meeting talked about, as the press does."""
    return _THEY_TALKED.match(text, start, end) is not None


_DECIDED = regex(
    r"(?:[\w ]{2,20} )?(?:thống nhất|nhất trí|đồng ý) (?:thông qua|chủ trương|với )"
    r"|(?:thể hiện|bày tỏ) sự (?:nhất trí|đồng tình|ủng hộ|quan tâm)"
    r"|ủng hộ (?:quan điểm|lập trường)(?!\w)"
    r"|(?:thiết lập|xác lập|nâng cấp) quan hệ [^,;.]{0,60}(?:từ |vào )?năm (?:19|20)\d\d, "
)
_IN_A_VISIT = regex(
    r"(?:Thực hiện|Triển khai|Thi hành|Nhận lời mời|Tiếp tục (?:các|chương trình|chuyến))(?!\w)"
    r"[^;:.]{5,220},"
    r" (?:sáng|trưa|chiều|tối|ngày|hôm|vừa qua|trong các ngày)(?!\w)[^;:]*"
    r" (?:đã|vừa|bắt đầu|tiếp tục (?:thảo luận|trao đổi|làm việc)) |"
    r"(?:Trong|Nhân|Tiếp tục|Kết thúc|Cũng trong|Nằm trong) (?:[\w ]{0,30} )?"
    r"(?:chuyến|chương trình|dịp|khuôn khổ|thời gian|đợt)(?!\w)[^.;]* (?:đã|vừa) "
)
"""What somebody did on a visit: "Trong khuôn khổ chuyến thăm, làm việc tại Nga, ... đã thăm"."""
_SINCE = regex(
    r"(?:thiết lập|xác lập|nâng cấp|gia nhập|ký|ký kết|phê chuẩn|công nhận)"
    r"(?!\w)[^,;.]{0,90}(?:năm|ngày|tháng|từ) (?:[\d.]{1,5}[/.-])*(?:19\d\d|200\d|201\d)(?!\d)"
)
"""What was done so many years ago: "thiết lập quan hệ ngoại giao năm 1989"."""
_TRADE_AS_NOUN = regex(
    r"(?:Xuất|Nhập|xuất|nhập) khẩu (?:\w+ ){0,3}(?:tăng|giảm|đạt|còn|chưa|của) "
    r"|(?:[Xx]uất khẩu|[Nn]hập khẩu|[Cc]hế biến|[Tt]iêu thụ|[Ss]ản xuất|[Vv]ận chuyển|[Gg]iải ngân)"
    r"(?: \w+){0,12} gặp (?:nhiều |không ít )?(?:khó|vướng|trở ngại)"
)
_TOLD_OF = regex(
    r"(?:Cùng )?(?:[Tt]ham dự|[Dd]ự) "
    r"|(?:Dự báo|Dự kiến|Ước tính) [^;.]*\d"
    r"|(?:Làm việc|Gặp|Gặp gỡ|Tiếp(?! tục)|Tiếp xúc|Trao đổi|Điện đàm)(?: với| tại)? [^;.,]{3,90}, "
)
"""What a report says of the times to come, or of whom somebody met, orders nothing."""


_THEY_TALKED = regex(
    r"(?:Các|các|Lãnh đạo|lãnh đạo|Đại diện|đại diện|Hai|hai|Nhiều|nhiều) [^;:.]{3,160}?"
    r" (?:(?:cũng|đều|cùng|cùng nhau|tích cực|sôi nổi|thẳng thắn|cởi mở|tập trung|dành thời gian)"
    r",? )*"
    r"(?:trao đổi|thảo luận|bàn|tham luận|chia sẻ|đóng góp)"
    r"(?:,? (?:và )?(?:trao đổi|thảo luận|phân tích|đánh giá|chia sẻ))*"
    r" (?:về|kỹ|sâu|nhiều|một số|các vấn đề|các nội dung|ý kiến|những)(?!\w)"
)
"""What those at a meeting talked about: "Các đại sứ tích cực trao đổi, đánh giá về ..."."""


_ARE_MATTERS = regex(
    r" (?:cũng|đều) là (?:những|các|một trong những) (?:nội dung|vấn đề|yếu tố|kết quả|ưu tiên)"
)
"""What was spoken of: "... cũng là những nội dung được Thủ tướng đề cập"."""


def admits(text: str, start: int, end: int, *, sentence: int) -> bool:
    """Whether a clause says how a thing done fell short, or by how much it grew.

    Args:
        sentence: where its sentence begins.
    """
    if _POOR.match(text, start, end) or _LATE.search(text, start, end):
        return True
    if text.find(" và đã ", start, end) >= 0 and _AND_REACHED.search(text, start, end):
        return True
    if _ADMITS.match(text, sentence) or _WEAK.search(text, start, end):
        return True
    if text.find(" gặp ", start, end) >= 0 and _HARD.search(text, start, end):
        return True
    compared = text.find("so với", start, end) >= 0
    return compared and _RESULT.search(text, start, end) is not None


_WEAK = rare(
    r"(?<!không )(?:còn|chưa) (?:kịp thời|đồng bộ|thường xuyên|chặt chẽ|hiệu quả|chậm|hạn chế"
    r"|sâu|đầy đủ|sơ sài|trùng lặp|tương xứng|đáp ứng|dàn trải|lúng túng)"
)
_HARD = regex(
    r"(?:thường|còn|vẫn|luôn) gặp (?:nhiều|không ít|một số|rất nhiều|các)? ?"
    r"(?:khó khăn|trở ngại|vướng mắc|thách thức|rào cản)"
)
_AND_REACHED = regex(r" và đã (?:đạt|có|thu được|mang lại|góp phần)(?!\w)")
_LATE = rare(r"(?:gửi|báo cáo|cung cấp|nộp|trả lời)[^,;.]{0,30} (?:chậm|muộn|sơ sài)(?=$|[,;.])")
_POOR = regex(
    r"(?!giữ|duy trì|bảo đảm|đảm bảo|kéo|hạ|giảm|Giữ|Duy trì|Bảo đảm|Đảm bảo|Kéo|Hạ|Giảm)"
    r"[\w ]{6,40} (?:thấp|kém|yếu|chậm|khiêm tốn|ì ạch)(?=$|[,;.])"
)
"""A thing done that is said to be poor: "thu hút FDI thấp, ..."."""
_ADMITS = regex(r"(?:[\w ]{2,30} )?(?:thẳng thắn|nghiêm túc) (?:nhìn nhận|chỉ ra|thừa nhận)")
_RESULT = regex(r"(?<!\w)(?:tăng|giảm|gấp)[^,;.]{0,24}\d[^;]{0,24}so với")


def is_of_a_visit(text: str, start: int, end: int) -> bool:
    """Whether a sentence says what was done on a visit: "Trong khuôn khổ ..., ông A đã thăm"."""
    return _IN_A_VISIT.match(text, start, end) is not None


def is_noun(text: str, at: int, end: int) -> bool:
    """Whether a verb that ends at an offset is a noun: "Thông tin trên được đưa ra ..."."""
    return _AS_NOUN.match(text, at, end) is not None


_AS_NOUN = regex(
    r" (?:này|trên|nói trên|nêu trên|đó|ấy) (?:được|là|do|đã|cho thấy|nhằm|có|cũng|sẽ)(?!\w)"
    r"| đó, | số \d| (?:sát sao|quyết liệt|kịp thời|chặt chẽ|sâu sát)? ?của(?!\w)"
    r"| [^,;:.]{4,90} (?:sẽ|chính|luôn|cũng|vẫn) là (?:một|những|yếu tố|chìa khóa|nền tảng|động lực"
    r"|tiền đề|cơ hội|điều|hướng)(?!\w)"
    r"| [^,;:.]{3,60} là một trong(?!\w)"
    r"| [^;:.]{4,140} là (?:chiến lược|giải pháp|cách|chìa khóa|hướng đi|xu hướng|lời giải)"
    r" (?:để|giúp|nhằm|của|mà|tất yếu|quan trọng|then chốt|chung)(?!\w)"
    r"| [^,;:.]{3,90} là (?:lời|sự|cách|bước|giải pháp|biện pháp|điều kiện|dịp|minh chứng|cần thiết"
    r"|quan trọng|hết sức|rất|vô cùng|lựa chọn|quá trình)(?!\w)"
    r"| [^,;:.]{3,80} (?:là (?:trọng tâm|xu thế|chủ trương|yêu cầu|con đường)|mở ra|đem lại"
    r"|mang đến|trở thành)(?!\w)"
    r"| (?:với|tới) (?:các )?(?:cử tri|đại biểu|báo chí|doanh nghiệp|nhà đầu tư) về(?!\w)"
    r"| (?:ra )?(?:kỳ vọng|triển vọng) "
    r"|(?:(?<=đề xuất)|(?<=kiến nghị)|(?<=nêu)) (?:những|nhiều|các|một số) (?:ý kiến|vấn đề)(?!\w)"
)


def is_body(text: str, verb: re.Match[str], end: int) -> bool:
    """Whether "lãnh đạo" is no verb: "lãnh đạo tỉnh, các sở cần nắm rõ ..."."""
    if verb["verb"] == "Lãnh đạo":
        return _LEADERS_OF.match(text, verb.end(), end) is not None
    if verb["verb"] != "lãnh đạo":
        return False
    return text[verb.end() + 1 : verb.end() + 2].isupper() or (
        _LEADERS.match(text, verb.end(), end) is not None
    )


def leads(text: str, verb: re.Match[str]) -> bool:
    """Whether "lãnh đạo" behind a word of telling are leaders: "đề nghị lãnh đạo tỉnh ..."."""
    return verb["verb"] == "lãnh đạo" and _LEADERS_TOLD.match(text, verb.end()) is not None


_LEADERS_TOLD = regex(
    r" (?:tỉnh|thành phố|các (?:bộ|sở|tỉnh|cơ quan|đơn vị|địa phương|doanh nghiệp|tập đoàn)|hai"
    r"|cấp cao|chính quyền|bộ|sở|địa phương|cơ quan|đơn vị|doanh nghiệp|tập đoàn|công ty|hiệp hội)"
    r"(?!\w)"
)
_LEADERS_OF = regex(
    r" (?:các (?:[Bb]an|[Ss]ở|[Bb]ộ|vụ|cục|nước|bên|tỉnh|thành phố|địa phương|quốc gia|nền kinh tế"
    r"|doanh nghiệp|tập đoàn|hiệp hội)|hai (?:nước|bên|Đảng|tỉnh)|tỉnh|thành phố|cấp cao"
    r"|Bộ|Sở|UBND|HĐND|Cục|Vụ|Tổng cục|Hiệp hội|Tập đoàn)(?!\w)"
)
_LEADERS = regex(
    r" (?:tỉnh|thành phố|các|bộ|Bộ|sở|địa phương|cơ quan|đơn vị|doanh nghiệp|UBND)(?!\w)"
    r"[^;:.]{0,120}? (?:cần|phải)(?!\w)"
)


def was_signed(text: str, at: int, end: int, *, press: bool) -> bool:
    """Whether what is signed at an offset was signed: so many texts, or in the press any."""
    if _SIGNED.match(text, at, end):
        return True
    return press and _SIGNS.match(text, at, end) is not None


_SIGNED = regex(r"(?:ký|ký kết|trao) +(?:hơn |gần )?\d")
_SIGNS = regex(
    r"(?:ký|ký kết|trao) +(?:các |một )?"
    r"(?i:biên bản|bản ghi nhớ|th(?:ỏa|oả) thuận|hợp đồng|hiệp định|ý định|tuyên bố chung"
    r"|nghị định thư)"
)


def narrates(gap: str) -> bool:
    """Whether words between a body and a verb say what it says, does now or is part of."""
    return _NARRATES.search(gap) is not None or _ALONE.fullmatch(gap.strip()) is not None


_NARRATES = regex(
    r"(?<!\w)(?:cho biết|cho hay|cho rằng|nhấn mạnh|đề cập|tuyên bố|tán thành|bày tỏ|có ý kiến"
    r"|dự kiến|dự báo|ước tính|(?<!hiệp )ước"
    r"|(?<!thực )(?<!biểu )(?<!phát )(?<!xuất )hiện(?! đại| trạng)"
    r"|hiện nay|hiện tại|vẫn|chỉ (?:có|cần|còn|là)|họ|nó|chúng ta|khẳng định"
    r"|nhận định|đánh giá|cảm ơn|hoan nghênh|chúc mừng|tin tưởng|nêu|giới thiệu|điểm lại|kể từ"
    r"|dẫn chứng|phản ánh|thừa nhận|cân nhắc|quan tâm|ngày càng|tự hào|vốn (?:là|đã)|nói chung|luôn"
    r"|đó là|những|nhờ|nhiều năm)(?!\w)(?! (?:doanh nghiệp|đơn vị|bên|người))"
    r"| (?:được|bị)(?! (?:giao|phân công|yêu cầu|đề nghị|ủy quyền))(?!\w)|(?:^| )(?:đến|tới) $"
    r"| chỉ $|(?<!\w)còn $| (?:đến|sang|tới) [A-ZĐ][^,;:.]{1,40} và $"
    r"|(?:buổi|cuộc) (?:họp|gặp|làm việc|tiếp|hội đàm|hội kiến)(?!\w)"
)
_ALONE = regex(
    r"(?:Tuyên bố chung|Thông cáo|Bản ghi nhớ|Hiệp định|Sự kiện|Chuyến thăm|Diễn đàn)(?: .*)?"
)


def is_of_a_meeting(text: str, start: int, end: int) -> bool:
    """Whether a clause says what a meeting takes up: "Hội nghị cũng xem xét các Báo cáo ..."."""
    return _MEETING.match(text, start, end) is not None


_MEETING = regex(
    r"(?:Theo chương trình, |Tiếp đó, |Sau đó, |Trong đó, |(?:Tại|Trong) [^,;.:]{3,60}, )?"
    r"(?:[Hh]ội nghị|Hội thảo|Phiên họp|Kỳ họp|Cuộc họp|Đại hội|Diễn đàn|Tọa đàm|Toạ đàm"
    r"|Buổi làm việc|Cuộc làm việc|Hội nghị này|Phiên thảo luận|[Cc]ác đại biểu|[Đđ]ại biểu)"
    r"(?: [\w, ]{2,60})??"
    r" (?:cũng |đã |còn |sẽ |tập trung |dành thời gian |được )*"
    r"(?:xem xét|nghe|lắng nghe|thảo luận|trao đổi|bàn|bàn thảo|cho ý kiến|diễn ra|thông qua"
    r"|tham luận|đóng góp ý kiến|đánh giá|nhận định|ghi nhận|chia sẻ|kiến nghị|đề xuất|đề cập)"
    r"(?!\w)"
)


def opens_for_another(text: str, start: int, end: int) -> bool:
    """Whether a clause says in what who is named behind it speaks: "Chia sẻ tại hội thảo, bà A"."""
    return _opens_for().match(text, start, end) is not None


@cache
def _opens_for() -> re.Pattern[str]:
    return regex(
        r"(?:Sau khi (?:lắng )?nghe(?!\w)"
        r"|(?:Chia sẻ|Thông tin|Trao đổi|Báo cáo|Góp ý|Thảo luận|Giải trình|chia sẻ)"
        r"(?: \w+){0,2} (?:tại|về|với|thêm|bên lề|trước)(?!\w)"
        r"|Tham gia (?:đóng góp |góp )?(?:ý kiến|thảo luận)"
        r"|Đóng góp ý kiến|Đánh giá(?! \w+, )|Nhìn nhận|Lý giải|Trả lời|Căn cứ|Phân tích)"
        r"(?:[^;:.]|\.(?! )){0,260}?, (?:thay mặt [^,;:.]{3,60}, )?"
        rf"(?:{office_heads()}|ông|bà|đồng chí|GS|TS|PGS|anh|chị|Phó|Tổng"
        r"|(?:các|nhiều|một số) (?:DN|doanh nghiệp|đại biểu|chuyên gia|nhà đầu tư)[^,;:.]{0,30}"
        r" (?:cho|còn|đều|cũng|khẳng định|bày tỏ|nhận định|kiến nghị))(?!\w)"
    )


def is_so(gap: str) -> bool:
    """Whether words between a body and a verb say what it is, holds, lacks or suffers."""
    return any(of.search(gap) is not None for of in (_VIEWS, _IS_SO, _LACKS))


_LACKS = regex(r" (?:khó|vẫn|chưa|khó khăn|không thể|ngại|lúng túng)(?: \w+)? $")
_VIEWS = regex(r" (?:bày tỏ|quan ngại|lo ngại|nhận định|cho rằng|phàn nàn)(?!\w)")
"""Before a verb, a view on what it says: "bày tỏ quan ngại về thủ tục cấp phép"."""
_IS_SO = regex(
    r" (?:nên|coi trọng|rất|gặp|mong|mong muốn|bị|có thể|nhận thấy|đối mặt|ở mức|trở nên|khiến"
    r"|quan trọng"
    r"|có (?:quan hệ|điều kiện|cơ hội|dịp|nhiều|hơn|trên|khoảng|\d|nhu cầu|lợi thế))(?!\w)"
)
"""Between a body and a verb, what it is, wants or suffers: "Công ty nhà nước rất quan trọng"."""
