"""What a year has brought up to a day or a month: "tính đến hết tháng 9", "hết tháng 10"."""

from vanban.patterns import regex
from vanban.readers.figures.frames import UP_TO, month_of, up_to_month
from vanban.readers.figures.mention import Mention
from vanban.values.times import Time

__all__ = [
    "FLOWS",
    "by_a_day",
    "during_a_day",
    "is_of_the_year",
    "months_so_far",
    "on_a_day",
    "up_to_a_day",
    "within_days",
    "year_up_to",
]


def months_so_far(m: Mention, time: Time) -> str | None:
    """The months of the year up to one: "tính đến hết tháng 9 ... đã thực hiện 68 hoạt động"."""
    if time.kind == "year":
        return _since_new_year(m, time)
    if time.kind not in ("month", "quarter") or (time.kind == "quarter" and m.is_relative):
        # "Đến hết quý II/2025, xuất khẩu chỉ còn tăng 8%": in the quarter.
        return None
    since = _SINCE_MONTH.search(m.text, m.sentence.start, time.start)
    if since is not None and time.month is not None:
        first = int(since["month"])
        if time.year is None or first >= time.month:
            return None
        if first == 1:
            return up_to_month(time.year, time.month)
        return f"{time.year}-{first:02d}/{time.year}-{time.month:02d}"
    return _months_to(m, time)


def _since_new_year(m: Mention, time: Time) -> str | None:
    """What "từ đầu năm đến nay" is: the months just named, or the years since one that is over."""
    words = m.text[time.start : time.end].lower()
    if time.year is None or not words.startswith("từ đầu năm") or not words.endswith("nay"):
        return None
    if time.year < (m.scan.year or 0):
        # "Từ đầu năm 2023 đến nay", said in 2024.
        return f"{time.year}/{m.scan.year}"
    for named in reversed(m.scan.times_between(max(0, time.start - _NAMED), time.start)):
        if named.kind == "months" and named.year == time.year and (named.month or 1) == 1:
            return up_to_month(time.year, named.number) if named.number else None
    return None


_NAMED = 160
"""Code points before "từ đầu năm đến nay" in which the months that are meant may be named."""
_SINCE_MONTH = regex(r"[Tt]ừ (?:đầu )?tháng (?P<month>\d{1,2})(?:/\d{4})? (?:đến|tới)(?: hết)? $")
"""Before a month, the one from which it is told: "từ tháng 1 đến tháng 9 năm nay"."""


def within_days(m: Mention) -> str | None:
    """The month of some days of it: "từ ngày 1 đến hết 15-12 chỉ đạt 121 triệu USD"."""
    for time in reversed(m.times_before[-2:]):
        month = month_of(time) if time.kind == "date" else None
        if month is None:
            continue
        whole = _DAY_TO_DAY.search(m.text, time.start, time.end) is not None
        since = m.text.endswith(("từ ", "Từ "), 0, time.start)
        first = _SINCE_DAY.search(m.text, m.sentence.start, time.start)
        if first is not None and first["month"] and int(first["month"]) != time.month:
            continue
        if (whole and since) or first is not None:
            return month
    return None


_DAY_TO_DAY = regex(r" (?:đến|tới) ")
_SINCE_DAY = regex(
    r"[Tt]ừ (?:ngày )?\d{1,2}(?:[/-](?P<month>\d{1,2})(?:[/-]\d{4})?)?"
    r" (?:đến|tới)(?: hết)?(?: ngày)? $"
)
"""Before a day, the one from which it is told: "từ ngày 01/3/2025 đến ngày 15/3/2025"."""


def up_to_a_day(m: Mention) -> str | None:
    """The year up to a day at the head of a sentence: "Tính đến 30/6, ... giải ngân 2.618 tỷ"."""
    days = (_months_to(m, time) for time in m.times_before[:2] if time.kind == "date")
    return next((months for months in days if months is not None), None)


def _months_to(m: Mention, time: Time) -> str | None:
    """The months of the year up to a day, a month or a quarter that "tính đến" stands before."""
    month = 3 * time.number if time.kind == "quarter" and time.number else time.month
    if time.year is None or month is None:
        return None
    since = _SINCE_NEW_YEAR.search(m.text, m.sentence.start, time.start)
    ends = _TO_THE_END.search(m.text, m.sentence.start, time.start)
    if ends and _THERE_ARE.search(m.before(_BEFORE_A_DAY)):
        # "đến cuối tháng 3, tỉnh có 70 hợp tác xã": then, and not in the year so far.
        ends = None
    if not (since or ends or UP_TO.search(m.text, m.sentence.start, time.start)) and not (
        _TO_A_DAY.search(m.text, m.sentence.start, time.start)
        and m.text.find("so với cùng kỳ", time.end, m.sentence.end) >= 0
    ):
        return None
    if (
        time.kind == "date"
        and time.day is not None
        and time.day < _LAST_DAYS
        and month != _YEAR_S_END
    ):
        # "đến hết ngày 15/3" is no whole quarter.
        return f"{time.year}-01/{time.year}-{month:02d}"
    return up_to_month(time.year, month)


_YEAR_S_END = 12
_LAST_DAYS = 20
"""From this day of a month on, what was told by it is taken for the whole month's."""
_SINCE_NEW_YEAR = regex(
    r"[Tt]ừ (?:ngày )?0?1[/-]0?1(?:[/-]\d{4})? (?:đến|tới)(?: hết| cuối| giữa)?(?: ngày)? $"
)
_TO_THE_END = regex(r"(?<!\w)(?:[Đđ]ến|[Tt]ới) cuối $")
_THERE_ARE = regex(r"(?<!\w)(?:có|còn)(?: (?:khoảng|hơn|gần|trên|tới))* *$")
_TO_A_DAY = regex(r"(?<!\w)[Đđ]ến ngày $")
"""Before a day, in a sentence that tells growth: "đến ngày 20/6/2023, ... bằng 95% so với ..."."""
FLOWS = ("exports", "imports", "trade_turnover", "tourists", "labour_sent", "remittances")


def by_a_day(m: Mention, measure: str) -> str | None:
    """The month of a day by which there was so much: "nợ xấu đến 30/9/2022 là 360 tỷ đồng".

    Of what is sold it is the year up to that month.
    """
    for time in reversed(m.times_before):
        if time.kind != "date" or time.year is None or time.month is None:
            continue
        low = max(m.sentence.start, time.start - _BEFORE_A_DAY)
        if _BY_A_DAY.search(m.text, low, time.start) is None:
            return None
        if measure in FLOWS:
            return up_to_month(time.year, time.month)
        return month_of(time)
    return None


_BEFORE_A_DAY = 24
_BY_A_DAY = regex(
    r"(?<!\w)(?:[Đđ]ến|[Tt]ới|[Tt]ại)(?: hết| cuối)?(?: thời điểm)?(?: hết)?(?: ngày)? $"
)


def during_a_day(m: Mention) -> str | None:
    """The month of the day in which so much was: "trong ngày 23/1/2024 là 1.238 xe"."""
    for time in reversed(m.times_before):
        month = month_of(time) if time.kind == "date" else None
        low = max(m.sentence.start, time.start - _BEFORE_A_DAY)
        if month is not None and _DURING.search(m.text, low, time.start):
            return month
    return None


_DURING = regex(r"(?<!\w)[Tt]rong (?:ngày )?$")


def on_a_day(m: Mention) -> str | None:
    """The month of the day at the head of a sentence, on which something was done.

    "Ngày 12/5/2024, tỉnh trao giấy chứng nhận cho 8 dự án"; not what somebody only said that day.
    """
    for time in m.times_before[:1]:
        if time.kind != "date":
            return None
        if time.start - m.sentence.start > _BEFORE_A_DAY:
            return None
        if _ONE_DAY.fullmatch(m.text, m.sentence.start, time.start) is None:
            return None
        if _TOLD.search(m.text, time.end, m.q.start) is not None:
            return None
        return month_of(time)
    return None


_ONE_DAY = regex(
    r"(?!Từ|Kể từ|Trước|Sau|Đến|Tính|Theo)(?:Vào |Trong |Mới đây, )?[^,;.()]{0,16}[( ]?"
)
_TOLD = regex(
    r"(?<!\w)(?:cho biết|cho hay|công bố|thông tin|thông báo|báo cáo|phát biểu|khẳng định|chia sẻ"
    r"|nhận định|dự báo|số liệu|thống kê|nhấn mạnh|đánh giá|nêu|hiện|có hiệu lực|ban hành)(?!\w)"
)


_OF_PROJECTS = ("fdi_projects", "fdi_registered", "diaspora", "oda", "agreements_signed")
_MORE_THAN_THEN = regex(r"(?:,? | \()(?:tăng|giảm|bằng) [^;.]{0,24}so với (?:cùng kỳ|năm)")
_BALANCE = regex(r"(?:xuất siêu|nhập siêu|thặng dư|thâm hụt)[^;.,]{0,30}$")


def is_of_the_year(m: Mention, measure: str) -> bool:
    """Whether what there is by a day is what the year has brought: it is compared, or a balance."""
    if measure in _OF_PROJECTS or m.q.unit in ("count", "people"):
        return False
    behind = m.text[m.q.end : min(m.sentence.end, m.q.end + 60)]
    return _MORE_THAN_THEN.match(behind) is not None or _BALANCE.search(m.before(60)) is not None


def year_up_to(m: Mention) -> str | None:
    """The year up to the day, the month or its own end at the head of a sentence."""
    for time in m.times_before[:2]:
        if (
            time.kind in ("date", "month", "quarter")
            and (months := _months_to(m, time)) is not None
        ):
            return months
        ends = time.kind == "year" and time.year is not None
        if ends and _TO_ITS_END.search(m.text, m.sentence.start, time.start):
            return str(time.year)
    return None


_TO_ITS_END = regex(r"(?:đến|tới) (?:cuối|hết) $")
