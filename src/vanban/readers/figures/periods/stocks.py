"""Whether a figure counts what there is, not what a period brought, and when it was counted."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.frames import month_of
from vanban.readers.figures.mention import Mention, said
from vanban.readers.figures.periods.so_far import during_a_day
from vanban.readers.figures.roles.bases import is_base
from vanban.values.times import PERIODS

__all__ = ["counted_at", "counted_in", "goes_on_counting", "is_stock", "is_stock_s_amount"]

_TO_DATE = regex(r"(?:tính đến|tính tới|đến ngày)")
_GROWN = regex(r",? (?:tăng|giảm|bằng) ")


def is_stock(m: Mention) -> bool:
    """Whether the clause counts what there is, not what a period brought."""
    if m.q.unit.startswith("other:") and "/" in m.q.unit:
        # "đang có mức giá 2.540 USD/tấn": a price.
        return False
    if _OF_LATE.search(m.before(60)) and m.text.find(" kế ", m.clause, m.q.start) < 0:
        # "tính đến 15/12, ... tổng số vốn cấp mới và tăng thêm là 39 tỷ đồng": in the year so far.
        return False
    if during_a_day(m) is not None:
        # "tổng số xe thông quan trong ngày 23/1/2024 là 1.238": what one day brought.
        return False
    if _GROWN.match(m.text, m.q.end, m.q.end + 8) and _TO_DATE.search(m.text, m.clause, m.q.start):
        # "tính đến 20/3 đạt 5,45 tỷ USD, giảm 38,8%": what the year has brought so far.
        return m.says("stock_only", m.clause, m.q.start)
    if _OF_GOODS.match(m.text, m.q.number_end):
        # "tính đến hết tháng 6, đã có 20 mặt hàng đạt kim ngạch trên 1 tỷ USD": in the year so far.
        return False
    span = m.clause, m.q.start
    if m.text.find(" kế ", *span) >= 0 and _MONTHS_TOGETHER.search(m.text, *span):
        # "lũy kế 9 tháng": of the year, no stock.
        return False
    if _IS_SOLD.search(m.before(60)) and not m.says("stock_only", *span):
        # "Mặt hàng xuất khẩu chính hiện nay là cà phê, đạt giá trị 81 triệu USD"
        return False
    if (
        m.text.find("ính ", *span) >= 0
        and _OF_PROJECTS.match(m.text, m.q.number_end)
        and _ATTRACTED.search(m.before(40))
        and not _OF_THIS_YEAR.search(m.text, m.sentence.start, m.sentence.end)
    ):
        # "Tính đến tháng 10/2018, vùng đã thu hút 169 dự án": all there are.
        return True
    if (
        not m.times_before
        and _OF_INVESTMENT.match(m.text, m.q.number_end)
        and _HAS.search(m.before(40))
        and not _RANKED.search(m.before(_RANKED_REACH))
        and not _OF_THIS_YEAR.search(m.text, m.sentence.start, m.sentence.end)
    ):
        # "Việt Nam có 203 dự án đầu tư ở Lào"
        return True
    if m.text.find("ính ", *span) >= 0 and _DONE_SO_FAR.search(m.text, *span):
        # "tính đến hết tháng 9, lãnh đạo đã thực hiện 68 hoạt động": in the year so far.
        return m.says("stock_only", m.clause, m.q.start)
    end = m.text.find(";", m.q.end, m.stop)
    if _NEWLY.search(m.text, *span) is not None and not m.says("stock_only", *span):
        # "có dự án cấp mới tính đến tháng 10": what the year has brought so far.
        return False
    begin = _clause_outside_brackets(m)
    apart = m.text.rfind("riêng", begin, m.q.start)
    begin = max(begin, apart)
    if m.times_before and m.text[m.times_before[-1].start : m.times_before[-1].end].endswith("nay"):
        # "từ đầu năm đến nay" is a period, "đến nay" alone is none.
        begin = max(begin, m.times_before[-1].end)
    if _OF_PROJECTS.match(m.text, m.q.number_end) and m.says("stock_of_projects", begin, m.q.start):
        return True
    return _says_stock(m, begin) or m.says("stock_behind", m.q.end, end if end >= 0 else m.stop)


_OF_LATE = regex(r"vốn[^;.,\d]{0,24}(?:cấp mới|tăng thêm|đăng ký mới)[^;.,\d]{0,24}$")
_NEWLY = rare(
    r"(?:cấp mới|cấp phép mới|đăng ký mới)[^;.]{0,40} (?:tính (?:đến|tới)|đến) "
    r"(?:hết )?(?:tháng|ngày|\d)"
)


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
        and not (found[0].lower() == "toàn tỉnh có" and _is_in_a_period(m, _AT_HEAD))
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


_AT_HEAD = 10
_BEFORE_A_TOTAL = 60
"""Code points: "Theo Tổng cục Du lịch, trong 6 tháng đầu năm, tổng số khách đạt ..."."""
_MONTHS_TOGETHER = regex(r"[Ll](?:ũy|uỹ) kế \w+ tháng(?! \d)[^;]*$")
_DONE_SO_FAR = regex(
    r"[Tt]ính (?:đến|tới) (?:hết )?(?:tháng|ngày|\d)[^;]{0,60}(?<!\w)(?:đã )?"
    r"(?:giải ngân|(?<=đã )(?:thực hiện|tổ chức|ký|đón|tiếp|cấp|thu hút|giải quyết|xử lý|hỗ trợ"
    r"|kết nối|tham gia))"
)
_RANKED = regex(r"[Dd]ẫn đầu|[Tt]hứ \w+ là|[Tt]iếp (?:theo|đến)|[Xx]ét riêng")
_RANKED_REACH = 90
"""Before projects, that they are those of a ranking of what some time has brought."""
_OF_INVESTMENT = regex(
    r" +dự án(?: FDI| đầu tư(?: trực tiếp)?(?: nước ngoài)?)?(?: của [^;.,\d]{2,24})?"
    r"(?: (?:tại|ở|đầu tư|với|còn)(?!\w)|[,.;])"
)
_HAS = regex(
    r"(?<!ký mới )(?<!cấp mới )(?<!phép mới )(?<!sẽ )(?<!số )(?<!đó )(?<!đó, )(?<!là )(?<!\w)có"
    r"(?: (?:khoảng|hơn|gần|trên))* $"
)
"""Before projects, that somebody has them."""
_IS_SOLD = regex(
    r"(?:[Xx]uất khẩu|[Nn]hập khẩu|là) [^;.]{0,40}, đạt (?:giá trị|trị giá|kim ngạch)"
    r"(?: (?:khoảng|hơn|gần|trên))* $"
)
_ATTRACTED = regex(
    r"đã (?:thu hút|có|tiếp nhận)(?: được)?(?: (?:khoảng|hơn|gần|trên|tổng cộng))* $"
)
_OF_THIS_YEAR = regex(
    r"đầu năm|[Gg]iai đoạn|năm nay|cùng kỳ|cấp mới|trong (?:năm|tháng|quý)|(?:tăng|giảm) \d"
)
_OF_GOODS = regex(
    r" (?:mặt hàng|nhóm hàng|sản phẩm|ngành hàng|thị trường)[^;.]{0,24}"
    r"(?:kim ngạch|trị giá|giá trị)"
)
_OF_PROJECTS = regex(r" +dự án(?! mới)(?! cấp mới)(?! được)")
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
