"""The period a figure is for: said beside it, before it in its sentence, or by the frame around."""

from typing import Literal, NamedTuple

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.beside import reaches
from vanban.readers.figures.frames import AT_HEAD, Frame, is_part, is_past, month_of, up_to_month
from vanban.readers.figures.measures.prices import is_price, price_day
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.averages import is_average
from vanban.readers.figures.periods.base_periods import base_period, same_time_again
from vanban.readers.figures.periods.from_to import carried, remember
from vanban.readers.figures.periods.in_turn import in_turn
from vanban.readers.figures.periods.only import only_period
from vanban.readers.figures.periods.so_far import (
    FLOWS,
    by_a_day,
    during_a_day,
    is_of_the_year,
    months_so_far,
    on_a_day,
    up_to_a_day,
    within_days,
    year_up_to,
)
from vanban.readers.figures.periods.spoken import PLAN_S, ahead_of, behind_it, bracketed, own_period
from vanban.readers.figures.periods.stocks import counted_at, counted_in
from vanban.readers.figures.roles.bases import is_base
from vanban.records import Compares, Role
from vanban.values.times import PERIODS, Time, iso

__all__ = ["Period", "find_period"]

From = Literal[
    "behind", "said", "sentence", "occasion", "frame", "heading", "mean", "nowhere", "previous"
]
"""Where a period is from, the surest first; "mean" and a stock have none, "nowhere" is unknown."""


class Period(NamedTuple):
    """The period of a figure.

    Args:
        value: in the schema's notation; None if there is none, or none is known.
        inferred: whether it was taken from around the sentence, or its year from the document.
        source: where it is from, by which a reading is believed more or less.
    """

    value: str | None
    inferred: bool
    source: From


def find_period(
    m: Mention, *, role: Role, compares: Compares | None, measure: str, frame: Frame
) -> Period:
    """The period a figure is for.

    Args:
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """
    period = _find_period(m, role=role, compares=compares, measure=measure, frame=frame)
    remember(m, frame, period.value)
    return period


def _find_period(
    m: Mention, *, role: Role, compares: Compares | None, measure: str, frame: Frame
) -> Period:
    """The period a figure is for.

    Source: `data/figures.yml`.
    Args:
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """
    q, previous = m.q, m.previous
    attends = q.unit in ("count", "people") and (
        m.says("attendance", m.sentence.start, q.start)
        or m.text[q.number_end : q.end].strip() == "đại biểu"
        or (
            frame.occasion is not None
            and _ATTENDED.match(m.text, q.number_end, m.sentence.end) is not None
        )
    )
    awarded = (
        q.unit in ("count", "people")
        and frame.occasion is not None
        and (
            _AWARDED.search(m.text, m.sentence.start, m.sentence.end) is not None
            and not m.scan.times_between(m.sentence.start, m.sentence.end)
        )
    )
    if measure == "endpoints" or attends or awarded:
        return Period(frame.occasion, True, "occasion")
    if (turn := in_turn(m)) is not None:
        return Period(iso(turn), turn.kind != "year", "sentence")
    stock = compares is not None and compares.kind == "cumulative"
    if (
        stock
        and (measure in FLOWS or is_of_the_year(m, measure))
        and (so_far := year_up_to(m)) is not None
    ):
        # What is sold is no stock: "lũy kế đến 15/5/2024, xuất khẩu đạt ..." is of this year.
        frame.running = so_far
        return Period(so_far, False, "sentence")
    if stock and measure in FLOWS and (over := _together_over(m)) is not None:
        return Period(iso(over), over.inferred, "said")
    if stock or measure == "diaspora":
        by = counted_in(m)
        if by is None and not _BY_NOW.search(m.text, m.sentence.start, q.start):
            by = frame.counted_in(m.sentence.block)
        if by is not None:
            frame.counted = by, m.sentence.block
            frame.counted_what = _what_is_counted(m)
        elif frame.counted_what is not None and frame.counted_what == _what_is_counted(m):
            # "tính đến 22/1, cả nước có 161 thương nhân. Theo đó, Cần Thơ có 34 thương nhân"
            by = frame.counted[0]
        # Labellers are not of one mind whether what there is has a period: no sure figure.
        return Period(by, False, "frame" if by else "mean")
    if (base := base_period(m, compares)) is not None:
        return Period(*base, "previous")
    if (ends := carried(m, frame)) is not None:
        return Period(ends, True, "previous")
    own = bracketed(m) or _within(m)
    if role == "comparison" and previous is not None and own is not None:
        # "bình quân tăng 27%/năm giai đoạn 2010-2016 và tăng 50,9% trong năm 2017"
        return Period(iso(own), own.inferred, "behind")
    if m.is_relative and (grown := _FROM_TO.match(m.text, q.end, m.sentence.end)) is not None:
        # "tăng 194%, từ 5,1 tỷ USD năm 2013 lên 14,2 tỷ USD năm 2022"
        return Period(grown["year"], False, "behind")
    differs = m.is_relative or compares is None or compares.kind == "yoy"
    if role == "comparison" and previous is not None and differs and own_period(m) is None:
        return Period(previous.period, previous.period_inferred, "previous")
    if (counted := counted_at(m)) is not None:
        return Period(counted, False, "said")
    if m.beside is not None and reaches(m) and own_period(m) is None:
        return Period(m.beside.period, m.beside.period_inferred, "previous")
    if _THE_ONE_BEFORE.search(m.text, m.left, q.start):
        now = previous or m.earlier
        return Period(_one_before(now.period if now is not None else None), True, "nowhere")
    if (aimed := _of_the_year(m, role)) is not None:
        return aimed
    of_the_occasion = measure in load("figures")["of_the_occasion"] and frame.occasion is not None
    there = measure in _TEXTS and _HERE.match(m.text, m.sentence.start) is not None
    then = m.says("on_the_occasion", m.sentence.start, q.start) and not _MANY_TIMES.search(
        m.text, m.sentence.start, q.start
    )
    if of_the_occasion and not there and (month := _day_before(m, frame.occasion)) is not None:
        return Period(month, False, "frame")
    if of_the_occasion and (there or then):
        return Period(frame.occasion, True, "occasion")
    if role == "actual" and (days := within_days(m)) is not None:
        return Period(days, False, "said")
    if role == "actual" and (month := during_a_day(m)) is not None:
        frame.running, frame.set_in = month, m.sentence.block
        return Period(month, False, "said")
    alike = role == "actual" and frame.counted_what is not None and not m.times_before
    if alike and frame.counted_what == _what_is_counted(m):
        return Period(frame.counted[0], True, "frame")
    if (up_to := up_to_a_day(m)) is not None and role == "actual":
        frame.running = up_to
        return Period(up_to, False, "said")
    if (again := same_time_again(m)) is not None:
        return Period(again, True, "sentence")
    if role in ("target", "plan") and _SOME_DAY.match(m.text, q.end, m.sentence.end):
        return Period(None, False, "mean")
    if role == "actual" and (month := _that_month(m)) is not None:
        return Period(month, True, "frame")
    behind = behind_it(m)
    if role == "actual" and behind is None and (by := by_a_day(m, measure)) is not None:
        return Period(by, False, "said")
    if behind is not None and PLAN_S.search(m.text, max(m.q.end, behind.start - 24), behind.start):
        # "trong tháng 1 đạt 9% kế hoạch năm 2025": the year is the plan's.
        behind = None if ahead_of(m) is not None else behind
    if role == "actual" and behind is None and (so_far := _brought_to(m)) is not None:
        return Period(so_far, True, "frame")
    said = _dated_by_base(m, behind or ahead_of(m))
    if said is not None:
        aside = _is_aside(m, said, frame.running if frame.set_in >= 0 else None) or (
            m.previous is not None
            and said.start > m.previous.anchor.start
            and is_part(iso(said), frame.running)
        )
        if role == "actual" and said.kind in PERIODS and not aside:
            frame.running = months_so_far(m, said) or iso(said)
        if role == "plan" and said.kind in PERIODS:
            frame.ahead = iso(said), m.sentence.index
        near = q.start - said.end < _NEAR
        source: From = "behind" if behind else "said" if near else "sentence"
        if behind is None and _is_one_of_several(m, said):
            source = "frame"
        if role == "target" and m.text.endswith("trước ", 0, said.start):
            # "trước năm 2030": by then, or in the year before.
            source = "heading"
        value = months_so_far(m, said) or iso(said)
        # "Năm ngoái" of a text that nothing dates is no known year.
        return Period(value, said.inferred, source if value is not None else "nowhere")
    if (day := price_day(m)) is not None and (month := month_of(day)) is not None:
        frame.priced = month
        return Period(frame.priced, day.inferred, "sentence")
    if frame.priced is not None and is_price(m):
        return Period(frame.priced, True, "heading")
    if is_average(m):
        if previous is not None and _SPAN.fullmatch(previous.period or ""):
            return Period(previous.period, previous.period_inferred, "previous")
        return Period(None, False, "mean")
    if role == "actual" and _BEFORE_A_YEAR.search(m.text, m.left, q.start):
        return Period(None, False, "nowhere")
    if previous is not None and previous.period is not None:
        return Period(previous.period, previous.period_inferred, "previous")
    earlier = m.earlier if role == "actual" or m.is_relative else None
    goes_on = earlier is not None and earlier.role in ("actual", "comparison") and earlier.period
    if earlier is not None and goes_on and _GOES_ON.match(m.text, m.sentence.start):
        # "Riêng tháng 4 đạt 2,5 tỷ USD. Trong đó, ...": of the month.
        return Period(earlier.period, True, "frame")
    if frame.running is None and of_the_occasion:
        return Period(frame.occasion, True, "occasion")
    if role == "actual" and (month := on_a_day(m)) is not None:
        return Period(month, True, "frame")
    if role in ("target", "plan") and _SOON.search(m.text, m.clause, q.start):
        return Period(None, False, "mean")
    period = frame.running or frame.heading
    behind_other = frame.set_at > q.end and _OTHER.search(m.text, q.end, frame.set_at)
    if behind_other and (frame.before is not None or behind_other[0] == "("):
        # "khách đạt 478.600 lượt (lũy kế 2 tháng tăng 37%)": of the time before the brackets.
        period = frame.before
    counts = role == "actual" or q.unit == "rank"
    if counts and measure not in FLOWS and frame.set_in != m.sentence.block:
        # "Tính đến tháng 4/2017, ... có mặt ở 54 tỉnh. Bình Thuận thu hút ...": by then too.
        period = frame.counted_in(m.sentence.block) or period
    if role in ("target", "plan") and is_past(m.scan, period):
        # What is to come is not of the year whose results stand above.
        period = None
    if role == "plan" and period is None and m.sentence.index - frame.ahead[1] <= _GOES_ON_FOR:
        # "Dự báo năm nay đạt 7 triệu tấn. Cao su có thể đạt 830.000 tấn": of the year too.
        period = frame.ahead[0]
    if role == "target" and period is not None and _MONTH.fullmatch(period):
        # The month a meeting gives its orders for is not when they are to be fulfilled.
        period = frame.title if frame.aims and frame.title and len(frame.title) == 4 else None
    if period is None and role == "actual" and measure in _OF_SOME_TIME:
        based = _THAN_A_YEAR.match(m.text, q.end, m.sentence.end)
        if based is not None and m.scan.year in (None, int(based["year"]) + 1):
            # "đạt 31 tỷ USD, tăng 10% so với năm 2016": of the year behind it.
            frame.running = str(int(based["year"]) + 1)
            return Period(frame.running, True, "nowhere")
    title = frame.title
    if (
        period is None
        and role == "actual"
        and not frame.aims
        and title
        and (m.scan.year is None or int(title[:4]) <= m.scan.year)
    ):
        return Period(title, True, "nowhere")
    if period is None and role in ("actual", "comparison") and measure in _OF_SOME_TIME:
        return Period(m.scan.once(only_period), True, "nowhere")
    if period is None:
        return Period(None, False, "nowhere")
    # What is part of a longer period said before may be for the whole again.
    sure = frame.set_in == m.sentence.block and not is_part(frame.running, frame.wide)
    return Period(period, True, "frame" if sure else "heading")


def _what_is_counted(m: Mention) -> str | None:
    """The first two words of what a count is of; None of an amount or a share."""
    if m.q.unit != "count":
        return None
    noun = _COUNTED.match(m.text, m.q.number_end)
    return noun[0] if noun is not None else None


_COUNTED = regex(r" [^\W\d]+ [^\W\d]+")


def _dated_by_base(m: Mention, said: Time | None) -> Time | None:
    """Months without a year, by the year they are compared with: "so cùng kỳ năm 2022"."""
    if said is None or not said.inferred or said.kind in ("year", "range"):
        return said
    this_year = m.text.endswith("năm nay", said.start, said.end)
    if not this_year and said.relative is None:
        for time in reversed(m.scan.times_between(m.sentence.start, said.start)):
            if time.kind in PERIODS - {"year"} and not time.inferred and not is_base(m.scan, time):
                # "tháng 9/2024 đạt 29 triệu USD, đưa kim ngạch 9 tháng lên 284 triệu USD"
                return said._replace(year=time.year)
    reach = m.sentence.end if this_year else min(m.sentence.end, m.q.end + _BASE_REACH)
    for time in m.scan.times_between(m.q.end, reach):
        if time.kind == "same_period" and (time.year is None or time.inferred):
            # "so với cùng kỳ năm trước; tăng 3,9% so với cùng kỳ năm 2019"
            break
        if time.kind == "same_period" and time.year is not None:
            if _YARDSTICK.search(m.text, max(0, time.start - 40), time.start):
                # "bằng 34% so với cùng kỳ 2019" of a text of 2023 looks back farther.
                continue
            return said._replace(year=time.year + 1)
    return said


_BASE_REACH = 60
_YARDSTICK = regex(r"bằng(?: \w+)? \d[\d.,]* ?%(?: so)?(?: với| của)?(?: mức)? $")


def _is_one_of_several(m: Mention, said: Time) -> bool:
    """Whether its sentence names other periods too, and no comma's part makes this one its own."""
    if said.start >= m.left and m.previous is not None:
        return False
    times = m.scan.times_between(m.sentence.start, m.sentence.end)
    others = {iso(t) for t in times if t.kind in PERIODS and not is_base(m.scan, t)}
    return len(others - {None}) > 1 and said.start - m.sentence.start > AT_HEAD


_FROM_TO = regex(
    r",? từ (?:mức |khoảng |hơn |gần )*\d[^;()]{3,60}? lên (?:mức |khoảng |hơn |gần |trên )*"
    r"\d[\d.,]*[^;(),]{0,30}?"
    r" (?:trong |vào )?năm (?P<year>(?:19|20)\d\d)"
)
"""Behind a growth, from when to when it was."""
_ATTENDED = regex(
    r" [^;.]{3,60} (?:(?:đã|cùng|về) "
    r"dự(?! án| kiến| báo| toán| thảo| trữ| phòng)|tham dự|góp mặt tại|tháp tùng) "
)
"""Behind a number of people or firms, that they came to the meeting."""
_BEFORE_A_YEAR = rare(r"(?<!\w)[Tt]rước (?:năm )?(?:19|20)\d\d,? (?!(?:đạt|phấn đấu)(?!\w))")
_AFTER_THAT = regex(r"(?:Hai bên|Hai nước|Sau đó|Tại đây|Dịp này|Nhân dịp này|Trong chuyến thăm)")


def _day_before(m: Mention, occasion: str | None) -> str | None:
    """The month of another visit that the sentence before told of by its day."""
    if m.sentence.index == 0 or _AFTER_THAT.match(m.text, m.sentence.start) is None:
        return None
    before = m.scan.sentences[m.sentence.index - 1]
    if before.block != m.sentence.block:
        return None
    for t in m.scan.times_between(before.start, before.end)[:1]:
        if t.kind == "date" and not t.inferred and (month := month_of(t)) is not None:
            return month if month != occasion else None
    return None


_THE_ONE_BEFORE = rare(
    r"(?<!so với )(?<!so )(?:tháng|quý) (?:trước|liền trước|trước đó)"
    r"(?: (?:chỉ|mới|đã|có|là|đạt|ở mức|khoảng|gần|hơn))+ *$"
)
"""Right before a figure, that it is of the month or the quarter before: "quý trước là 4 tỷ"."""
_PART = regex(r"(?P<year>\d{4})-(?P<quarter>Q)?(?P<number>\d{1,2})")


def _one_before(period: str | None) -> str | None:
    """The month or the quarter before one; None of a longer period."""
    part = _PART.fullmatch(period or "")
    if part is None:
        return None
    year, number = int(part["year"]), int(part["number"]) - 1
    if part["quarter"]:
        return f"{year}-Q{number}" if number else f"{year - 1}-Q4"
    return f"{year}-{number:02d}" if number else f"{year - 1}-12"


_THAN_A_YEAR = regex(
    r",? \(?(?:tăng|giảm) (?:khoảng |hơn |gần |trên )*\d[\d.,]* ?% so (?:với )?năm (?P<year>20\d\d)"
)
_PLAN_OF_YEAR = regex(r" (?:theo |là |của )?kế hoạch(?: của)? cả năm(?! \d)")
_YEAR_S_AIM = regex(r"(?:kế hoạch|mục tiêu|chỉ tiêu)(?: cả)? năm(?: nay)?(?: là| ?:)? *\(?$")


def _of_the_year(m: Mention, role: Role) -> Period | None:
    """The year of "kế hoạch năm (125.000 người)", whose part the figure before is for."""
    now = m.previous or m.earlier
    if role not in ("plan", "target") or now is None or now.period is None:
        return None
    if _YEAR_S_AIM.search(m.before(30)) is None and not _PLAN_OF_YEAR.match(m.text, m.q.end):
        return None
    return Period(now.period[:4], True, "previous")


_MANY_TIMES = regex(r"các (?:dịp|chuyến|lễ)")
"""Signed on many occasions, not on the one the text reports."""
_TEXTS = ("agreements_signed", "documents_signed")
_HERE = regex(
    r"(?:Cũng )?[Tt]ại (?:buổi |cuộc )?"
    r"(?:hội nghị|hội đàm|làm việc|diễn đàn|gặp|kỳ họp|tọa đàm|lễ|đây)(?: này)?,"
)
"""A sentence that opens so tells what was signed there."""


_SOME_DAY = regex(
    r" (?:trong |cho |vào )?(?:(?:những )?(?:năm|giai đoạn|thời gian) (?:tới|tiếp theo)"
    r"|nhiệm kỳ tới|tương lai(?: gần)?|trung hạn|dài hạn)(?!\w)"
)
"""Behind what is aimed at, that it is due some day."""
_OF_SOME_TIME = (*FLOWS, "fdi_registered", "fdi_disbursed", "fdi_projects")
"""What is always told of a time, said or not."""
_GOES_ON = regex(r"(?:[-+•*] )?(?:Trong đó|Trong số (?:này|đó)|Chia theo|Cụ thể|Theo đó)(?!\w)")
_IN_THE_MONTH = regex(r"trong tháng (?:này )?(?:đạt|ước|là)(?: [^\s\d]+){0,2} *$")


def _that_month(m: Mention) -> str | None:
    """The month a text speaks of, where it only says "trong tháng đạt 10,2 tỷ USD"."""
    if _IN_THE_MONTH.search(m.before(36)) is None:
        return None
    named = [t for t in m.scan.times_between(0, m.sentence.start) if t.kind == "month"]
    own = [t for t in named if not is_base(m.scan, t)]
    return iso(own[-1]) if own else None


def _within(m: Mention) -> Time | None:
    """The period right behind a growth, in which it was: "tăng 50,9% trong năm 2017"."""
    for time in m.scan.times_between(m.q.end, min(m.stop, m.q.end + 24))[:1]:
        gap = m.text[m.q.end : time.start]
        if time.kind in PERIODS and gap in (" trong ", " vào ", " trong cả "):
            return time
        if time.kind in PERIODS and gap == " " and _GOES_UP.match(m.text, time.end):
            # "gấp 5 lần từ mức 375 triệu USD năm 2011 lên 1,7 tỷ USD"
            return time
    return None


_GOES_UP = regex(r" (?:lên|xuống|đến|tới|còn) ")


_AWARDED = regex(
    r"(?:trao|tặng|khen thưởng|vinh danh)[^.;]{0,40}"
    r"(?:[Bb]ằng khen|[Hh]uân chương|[Kk]ỷ niệm chương|[Gg]iấy khen|danh hiệu)"
)
"""In a sentence without a time, what was awarded at the meeting the text reports."""


_ONE_MONTH = regex(r"\d{4}-\d\d")
_BRINGS_TO = regex(r"(?:đưa|nâng)(?: tổng)?[^;.\d]{3,90}(?:lên|đạt)[^;.,\d]{0,16}$")


def _brought_to(m: Mention) -> str | None:
    """The year so far: "riêng tháng 8 đạt 3,2 tỷ USD, đưa kim ngạch lên 22,7 tỷ USD"."""
    month = m.previous.period if m.previous is not None else None
    if month is None or _ONE_MONTH.fullmatch(month) is None or own_period(m) is not None:
        return None
    if _BRINGS_TO.search(m.text, m.left, m.q.start) is None:
        return None
    return up_to_month(int(month[:4]), int(month[5:]))


_OTHER = regex(r"[;(](?![^()]*\))")
"""Between a figure and a time behind it, what makes the time that of another."""
_BY_NOW = regex(r"(?<!\w)(?<!hực )(?<!ần )(?:[Đđ]ến nay|[Hh]iện)(?!\w)")
_GOES_ON_FOR = 2
"""Sentences behind an expectation of a year that go on with it."""
_SPAN = regex(r"\d{4}/\d{4}")
_NEAR = 70
"""Code points between a figure and a period before it that is surely its own."""
_MONTH = regex(r"\d{4}-(?:\d\d|\d\d/\d{4}-\d\d)")


def _together_over(m: Mention) -> Time | None:
    """The part of a year that "lũy kế" sums up: "lũy kế xuất khẩu tôm quý I đạt 690 triệu USD"."""
    summed = _SUMMED.search(m.text, m.left, m.q.start)
    times = m.scan.times_between(summed.end(), m.q.start) if summed is not None else ()
    return next((t for t in times if t.kind in PERIODS and not is_base(m.scan, t)), None)


_SUMMED = regex(r"[Ll](?:ũy|uỹ) kế")


_SOON = regex(
    r"(?<!\w)(?:sớm (?:đạt|đưa|nâng|hoàn|vượt|cán|trở)"
    r"|(?:trong )?(?:những|vài|các|\d+) năm (?:tới|tiếp)"
    r"|thời gian tới|tương lai)(?!\w)"
)
"""Before what is aimed at, that nobody says when it is to be."""
_RIENG = regex(r"(?i)(?:riêng[\s\w]*|(?:trước đó|trong khi|trong đó),?\s*)$")


def _is_aside(m: Mention, time: Time, running: str | None) -> bool:
    """Whether a period holds for one figure alone: "riêng tháng 6", "cả năm 2024 là 59" in 2025."""
    low = max(m.sentence.start, time.start - 16)
    if _RIENG.search(m.text[low : time.start]) is not None:
        return True
    year = m.scan.year
    past = year is not None and time.year is not None and time.year < year
    return past and running is not None and running.startswith(str(year))
