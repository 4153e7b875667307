"""Whether a figure counts what there is, not what a period brought, and when it was counted."""

from collections.abc import Callable

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.frames import month_of
from vanban.readers.figures.mention import Mention, said
from vanban.readers.figures.roles.bases import is_base
from vanban.values.times import PERIODS

__all__ = ["counted_at", "counted_in", "goes_on_counting", "is_stock", "is_stock_s_amount"]


def is_stock(m: Mention) -> bool:
    """Whether the clause counts what there is, not what a period brought."""
    for rule in _RULES:
        if (answer := rule(m)) is not None:
            return answer
    return _is_said(m)


def _is_price(m: Mention) -> bool | None:
    """Not a price: "đang có mức giá 2.540 USD/tấn"."""
    return False if m.q.unit.startswith("other:") and "/" in m.q.unit else None


def _is_put_in_of_late(m: Mention) -> bool | None:
    """Not capital of late: "tính đến 15/12, ... tổng số vốn cấp mới và tăng thêm là 39 tỷ đồng"."""
    if not _OF_LATE.search(m.before(60)):
        return None
    return False if m.text.find(" kế ", m.clause, m.q.start) < 0 else None


_OF_LATE = regex(r"vốn[^;.,\d]{0,24}(?:cấp mới|tăng thêm|đăng ký mới)[^;.,\d]{0,24}$")


def _has_grown_so_far(m: Mention) -> bool | None:
    """Not what the year has brought so far: "tính đến 20/3 đạt 5,45 tỷ USD, giảm 38,8%"."""
    if not _GROWN.match(m.text, m.q.end, m.q.end + 8):
        return None
    return _says_there_is(m) if _TO_DATE.search(m.text, m.clause, m.q.start) else None


def _says_there_is(m: Mention) -> bool:
    """Whether a word that is only said of what there is stands in the clause."""
    return m.says("stock_only", m.clause, m.q.start)


_TO_DATE = regex(r"(?:tính đến|tính tới|đến ngày)")
_GROWN = regex(r",? (?:tăng|giảm|bằng) ")


def _is_of_goods(m: Mention) -> bool | None:
    """Not the goods of a year: "tính đến hết tháng 6, có 20 mặt hàng đạt kim ngạch 1 tỷ USD"."""
    return False if _OF_GOODS.match(m.text, m.q.number_end) else None


_OF_GOODS = regex(
    r" (?:mặt hàng|nhóm hàng|sản phẩm|ngành hàng|thị trường)[^;.]{0,24}"
    r"(?:kim ngạch|trị giá|giá trị)"
)


def _is_of_months(m: Mention) -> bool | None:
    """Not what some months of a year brought together: "lũy kế 9 tháng"."""
    if m.text.find(" kế ", m.clause, m.q.start) < 0:
        return None
    return False if _MONTHS_TOGETHER.search(m.text, m.clause, m.q.start) else None


_MONTHS_TOGETHER = regex(r"[Ll](?:ũy|uỹ) kế \w+ tháng(?! \d)[^;]*$")


def _is_sold(m: Mention) -> bool | None:
    """Not what is sold: "Mặt hàng xuất khẩu chính hiện nay là cà phê, đạt giá trị 81 triệu USD"."""
    return False if _IS_SOLD.search(m.before(60)) and not _says_there_is(m) else None


_IS_SOLD = regex(
    r"(?:[Xx]uất khẩu|[Nn]hập khẩu|là) [^;.]{0,40}, đạt (?:giá trị|trị giá|kim ngạch)"
    r"(?: (?:khoảng|hơn|gần|trên))* $"
)


def _were_attracted(m: Mention) -> bool | None:
    """All projects there are: "Tính đến tháng 10/2018, vùng đã thu hút 169 dự án"."""
    if m.text.find("ính ", m.clause, m.q.start) < 0 or not _ATTRACTED.search(m.before(40)):
        return None
    projects = _OF_PROJECTS.match(m.text, m.q.number_end)
    return True if projects and not _is_of_this_year(m) else None


def _has_projects(m: Mention) -> bool | None:
    """All projects somebody has, in a sentence without a time: "Việt Nam có 203 dự án ở Lào"."""
    if m.times_before or not _OF_INVESTMENT.match(m.text, m.q.number_end):
        return None
    if not _HAS.search(m.before(40)) or _RANKED.search(m.before(_RANKED_REACH)):
        return None
    return None if _is_of_this_year(m) else True


def _is_of_this_year(m: Mention) -> bool:
    """Whether a sentence tells what some time has brought, and not all there is."""
    return _OF_THIS_YEAR.search(m.text, m.sentence.start, m.sentence.end) is not None


_OF_PROJECTS = regex(r" +dự án(?! mới)(?! cấp mới)(?! được)")
_ATTRACTED = regex(
    r"đã (?:thu hút|có|tiếp nhận)(?: được)?(?: (?:khoảng|hơn|gần|trên|tổng cộng))* $"
)
_OF_INVESTMENT = regex(
    r" +dự án(?: FDI| đầu tư(?: trực tiếp)?(?: nước ngoài)?)?(?: của [^;.,\d]{2,24})?"
    r"(?: (?:tại|ở|đầu tư|với|còn)(?!\w)|[,.;])"
)
_HAS = regex(
    r"(?<!ký mới )(?<!cấp mới )(?<!phép mới )(?<!sẽ )(?<!số )(?<!đó )(?<!đó, )(?<!là )(?<!\w)có"
    r"(?: (?:khoảng|hơn|gần|trên))* $"
)
"""Before projects, that somebody has them."""
_RANKED = regex(r"[Dd]ẫn đầu|[Tt]hứ \w+ là|[Tt]iếp (?:theo|đến)|[Xx]ét riêng")
_RANKED_REACH = 90
"""Before projects, that they are those of a ranking of what some time has brought."""
_OF_THIS_YEAR = regex(
    r"đầu năm|[Gg]iai đoạn|năm nay|cùng kỳ|cấp mới|trong (?:năm|tháng|quý)|(?:tăng|giảm) \d"
)


def _is_done_so_far(m: Mention) -> bool | None:
    """Not the doings of a year: "tính đến hết tháng 9, lãnh đạo đã thực hiện 68 hoạt động"."""
    if m.text.find("ính ", m.clause, m.q.start) < 0:
        return None
    return _says_there_is(m) if _DONE_SO_FAR.search(m.text, m.clause, m.q.start) else None


_DONE_SO_FAR = regex(
    r"[Tt]ính (?:đến|tới) (?:hết )?(?:tháng|ngày|\d)[^;]{0,60}(?<!\w)(?:đã )?"
    r"(?:giải ngân|(?<=đã )(?:thực hiện|tổ chức|ký|đón|tiếp|cấp|thu hút|giải quyết|xử lý|hỗ trợ"
    r"|kết nối|tham gia))"
)


def _is_new(m: Mention) -> bool | None:
    """Not what a year has licensed so far: "có dự án cấp mới tính đến tháng 10"."""
    new = _NEWLY.search(m.text, m.clause, m.q.start) is not None
    return False if new and not _says_there_is(m) else None


_NEWLY = rare(
    r"(?:cấp mới|cấp phép mới|đăng ký mới)[^;.]{0,40} (?:tính (?:đến|tới)|đến) "
    r"(?:hết )?(?:tháng|ngày|\d)"
)


def _is_now_so_many(m: Mention) -> bool | None:
    """What a number has come to in all: "nâng số đối tác lên con số 38"."""
    return True if m.q.unit == "count" and m.before(12).endswith("lên con số ") else None


_RULES: tuple[Callable[[Mention], bool | None], ...] = (
    _is_price,
    _is_now_so_many,
    _is_put_in_of_late,
    _has_grown_so_far,
    _is_of_goods,
    _is_of_months,
    _is_sold,
    _were_attracted,
    _has_projects,
    _is_done_so_far,
    _is_new,
)
"""What a count cannot be, or must be; where none of them tells, the words beside it do."""


def _is_said(m: Mention) -> bool:
    """Whether a word beside the figure says that there is so much."""
    begin = _counting_from(m)
    if _OF_PROJECTS.match(m.text, m.q.number_end) and m.says("stock_of_projects", begin, m.q.start):
        return True
    end = m.text.find(";", m.q.end, m.stop)
    return _says_stock(m, begin) or m.says("stock_behind", m.q.end, end if end >= 0 else m.stop)


def _counting_from(m: Mention) -> int:
    """Where the words begin that may say that there is so much."""
    begin = _clause_outside_brackets(m)
    begin = max(begin, m.text.rfind("riêng", begin, m.q.start))
    if m.q.unit == "percent":
        # "tới nay đã thắng 65 vụ, giúp hàng hóa hưởng thuế 5%"
        begin = max(begin, m.text.rfind(", giúp ", begin, m.q.start))
    if m.times_before and m.text[m.times_before[-1].start : m.times_before[-1].end].endswith("nay"):
        # "từ đầu năm đến nay" is a period, "đến nay" alone is none.
        begin = max(begin, m.times_before[-1].end)
    return begin


def _clause_outside_brackets(m: Mention) -> int:
    """Where the clause begins that brackets stand in: "... 465 dự án (KCN 292; ngoài KCN 173)"."""
    opened = m.text.rfind("(", m.sentence.start, m.q.start)
    if opened < 0 or opened > m.clause or m.text.find(")", opened, m.q.start) >= 0:
        return m.clause
    return max(m.sentence.start, m.text.rfind(";", m.sentence.start, opened) + 1)


def _says_stock(m: Mention, begin: int) -> bool:
    """Whether a word before a figure makes it a stock; "tổng số vốn" alone is that of a period."""
    return any(
        not (found[0].lower() == "tổng số" and m.text.startswith(" vốn", found.end()))
        and not (found[0] == "mới có" and m.text.endswith(_OF_A_PROJECT, begin, found.start()))
        and not (found[0].lower() == "tổng số" and _PASSING.match(m.text, found.end(), m.q.start))
        and not (found[0].lower() == "toàn tỉnh có" and _is_in_a_period(m, _BEFORE_A_TOTAL))
        and not (found[0].lower() == "tổng số" and _is_in_a_period(m, _BEFORE_A_TOTAL))
        for found in m.scan.words.find_all(said("stock"), begin, m.q.start)
    )


_PASSING = regex(r" lượt|[^;.]*(?:thông quan|xuất cảnh|nhập cảnh|xuất nhập cảnh)(?!\w)")
"""Behind "tổng số", what a day or a year lets through, and nothing that stays."""
_OF_A_PROJECT = ("cấp ", "đăng ký ", "đầu tư ", "dự án ", "nhà máy ", "FDI ")
"""Before "mới có", that something new has it: "dự án đầu tư mới có vốn lớn"."""


def _is_in_a_period(m: Mention, reach: int) -> bool:
    """Whether its sentence begins with a part of a year: "Trong 6 tháng đầu năm, toàn tỉnh có"."""
    return any(
        t.kind in PERIODS and t.start - m.sentence.start < reach and not is_base(m.scan, t)
        for t in m.times_before
    )


_BEFORE_A_TOTAL = 60
"""Code points: "Theo Tổng cục Du lịch, trong 6 tháng đầu năm, tổng số khách đạt ..."."""
_IN_ITS_NOUN = regex(r"[^;,]{1,90} với (?:tổng vốn|tổng số vốn|số vốn)(?: [^\W\d]+){0,5} $")
_OF_THE_STOCK = regex(r"[^;\d]{0,40}(?:tổng vốn|tổng số vốn|số vốn|vốn đăng ký)[^;,\d]{0,30}$")


def is_stock_s_amount(m: Mention) -> bool:
    """Whether the amount is that of the stock of projects right before it."""
    previous = m.previous
    return (
        previous is not None
        and previous.measure == "fdi_projects"
        and previous.compares is not None
        and previous.compares.kind == "cumulative"
        and m.q.unit in ("USD", "VND")
        and (
            _OF_THE_STOCK.match(m.text, previous.anchor.end, m.q.start) is not None
            or _IN_ITS_NOUN.match(m.text, previous.anchor.start, m.q.start) is not None
        )
    )


def goes_on_counting(m: Mention) -> bool:
    """Whether an item of a list counts on: "gồm 97 dự án trong nước; 349 dự án FDI"."""
    previous = m.previous
    if previous is None or previous.compares is None or previous.compares.kind != "cumulative":
        return False
    return (
        m.q.unit == "count"
        and not m.text[m.clause : m.q.start].strip()
        and (_OF_PROJECTS.match(m.text, m.q.number_end) is not None)
    )


def counted_in(m: Mention) -> str | None:
    """The month in which there was so much, if the sentence says: "tính đến 30/6/2024, có 985"."""
    for time in reversed(m.times_before):
        if time.kind not in ("date", "month", "quarter", "year") or time.year is None:
            continue
        if not _BY.search(m.text, max(m.sentence.start, time.start - 30), time.start):
            continue
        if (month := month_of(time)) is not None:
            return month
        if time.kind == "quarter" and time.number is not None:
            return f"{time.year}-{3 * time.number:02d}"
        if m.text.endswith(("hết ", "cuối "), m.sentence.start, time.start):
            return f"{time.year}-12"
    return None


def counted_at(m: Mention) -> str | None:
    """The month of an hour at which it was counted: "đến sáng 25/12/2021 là 5.759 xe"."""
    for time in reversed(m.times_before):
        month = month_of(time) if time.kind == "date" else None
        low = max(m.sentence.start, time.start - 30)
        if month is not None and _AN_HOUR.search(m.text, low, time.start):
            return month
    return None


_AN_HOUR = regex(r"(?<!\w)[Đđ]ến (?:thời điểm )?(?:sáng|trưa|chiều|tối|\d+ ?(?:h|giờ))[^;,.]*$")
_BY = regex(
    r"(?:(?:[Tt]ính|[Ll]ũy kế|[Ll]uỹ kế|[Tt]ính chung)(?: từ [^,;.]{2,20})? (?:đến|tới)"
    r"|(?<![\w-])[Đđ]ến)"
    r"(?: thời điểm| hết| cuối| giữa| đầu| sáng| chiều| trưa| tối| ngày| nay,?)* *$"
)
"""Before a time, that so much was counted by then."""
