"""The period of a figure whose sentence says none: that of others, of its heading, of its text."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.frames import is_part, is_past
from vanban.readers.figures.periods.claim import AIMS, Claim, Period
from vanban.readers.figures.periods.only import only_period
from vanban.readers.figures.periods.so_far import FLOWS

__all__ = [
    "after_its_base",
    "before_a_year",
    "of_all_told",
    "of_the_figure_before",
    "of_the_frame",
    "of_the_sentence_before",
    "of_the_title",
    "some_day",
    "soon",
]


def some_day(claim: Claim) -> Period | None:
    """None of what is aimed at for some day: "trong thời gian tới"."""
    m = claim.m
    due = _SOME_DAY.match(m.text, m.q.end, m.sentence.end)
    return Period(None, False, "mean") if due is not None else None


_SOME_DAY = regex(
    r" (?:trong |cho |vào )?(?:(?:những )?(?:năm|giai đoạn|thời gian) (?:tới|tiếp theo)"
    r"|nhiệm kỳ tới|tương lai(?: gần)?|trung hạn|dài hạn)(?!\w)"
)
"""Behind what is aimed at, that it is due some day."""


def before_a_year(claim: Claim) -> Period | None:
    """None of what was before a year that is named: "trước năm 2019, chỉ có 12 dự án"."""
    m = claim.m
    if claim.role != "actual" or not _BEFORE_A_YEAR.search(m.text, m.left, m.q.start):
        return None
    return Period(None, False, "nowhere")


_BEFORE_A_YEAR = rare(r"(?<!\w)[Tt]rước (?:năm )?(?:19|20)\d\d,? (?!(?:đạt|phấn đấu)(?!\w))")


def of_the_figure_before(claim: Claim) -> Period | None:
    """That of the figure before in its sentence."""
    before = claim.m.previous
    if before is None or before.period is None:
        return None
    return Period(before.period, before.period_inferred, "previous")


def of_the_sentence_before(claim: Claim) -> Period | None:
    """That of the sentence before: "Riêng tháng 4 đạt 2,5 tỷ USD. Trong đó, ...": of the month."""
    m, earlier = claim.m, claim.m.earlier
    if earlier is None or not earlier.period or earlier.role not in ("actual", "comparison"):
        return None
    if not (claim.role == "actual" or m.is_relative):
        return None
    if _GOES_ON.match(m.text, m.sentence.start) is None:
        return None
    return Period(earlier.period, True, "frame")


_GOES_ON = regex(r"(?:[-+•*] )?(?:Trong đó|Trong số (?:này|đó)|Chia theo|Cụ thể|Theo đó)(?!\w)")


def soon(claim: Claim) -> Period | None:
    """None of what is aimed at soon: nobody says when."""
    m = claim.m
    if claim.role not in AIMS or _SOON.search(m.text, m.clause, m.q.start) is None:
        return None
    return Period(None, False, "mean")


_SOON = regex(
    r"(?<!\w)(?:sớm (?:đạt|đưa|nâng|hoàn|vượt|cán|trở)"
    r"|(?:trong )?(?:những|vài|các|\d+) năm (?:tới|tiếp)"
    r"|thời gian tới|tương lai)(?!\w)"
)
"""Before what is aimed at, that nobody says when it is to be."""


def of_the_frame(claim: Claim) -> Period | None:
    """What the sentence before, or the heading above, says of the time of what follows."""
    m, frame = claim.m, claim.frame
    period = _held(claim)
    if claim.role in AIMS:
        period = _ahead(claim, period)
    if period is None:
        return None
    # What is part of a longer period said before may be for the whole again.
    sure = frame.set_in == m.sentence.block and not is_part(frame.running, frame.wide)
    return Period(period, True, "frame" if sure else "heading")


def _held(claim: Claim) -> str | None:
    """The period that holds where a figure stands."""
    m, frame = claim.m, claim.frame
    period = frame.running or frame.heading
    behind_other = frame.set_at > m.q.end and _OTHER.search(m.text, m.q.end, frame.set_at)
    if behind_other and (frame.before is not None or behind_other[0] == "("):
        # "khách đạt 478.600 lượt (lũy kế 2 tháng tăng 37%)": of the time before the brackets.
        period = frame.before
    counts = claim.role == "actual" or m.q.unit == "rank"
    if counts and claim.measure not in FLOWS and frame.set_in != m.sentence.block:
        # "Tính đến tháng 4/2017, ... có mặt ở 54 tỉnh. Bình Thuận thu hút ...": by then too.
        period = frame.counted_in(m.sentence.block) or period
    return period


_OTHER = regex(r"[;(](?![^()]*\))")
"""Between a figure and a time behind it, what makes the time that of another."""


def _ahead(claim: Claim, period: str | None) -> str | None:
    """The period of what is to come, which is not of the year whose results stand above."""
    m, frame = claim.m, claim.frame
    if is_past(m.scan, period):
        period = None
    if claim.role == "plan":
        # "Dự báo năm nay đạt 7 triệu tấn. Cao su có thể đạt 830.000 tấn": of the year too.
        goes_on = m.sentence.index - frame.ahead[1] <= _GOES_ON_FOR
        return frame.ahead[0] if period is None and goes_on else period
    if period is not None and _MONTH.fullmatch(period):
        # The month a meeting gives its orders for is not when they are to be fulfilled.
        return frame.title if frame.aims and frame.title and len(frame.title) == 4 else None
    return period


_GOES_ON_FOR = 2
"""Sentences behind an expectation of a year that go on with it."""
_MONTH = regex(r"\d{4}-(?:\d\d|\d\d/\d{4}-\d\d)")


def after_its_base(claim: Claim) -> Period | None:
    """The year behind the one it grew from: "đạt 31 tỷ USD, tăng 10% so với năm 2016"."""
    m, frame = claim.m, claim.frame
    if claim.role != "actual" or claim.measure not in _OF_SOME_TIME:
        return None
    based = _THAN_A_YEAR.match(m.text, m.q.end, m.sentence.end)
    if based is None or m.scan.year not in (None, int(based["year"]) + 1):
        return None
    frame.running = str(int(based["year"]) + 1)
    return Period(frame.running, True, "nowhere")


_OF_SOME_TIME = (*FLOWS, "fdi_registered", "fdi_disbursed", "fdi_projects")
"""What is always told of a time, said or not."""
_THAN_A_YEAR = regex(
    r",? \(?(?:tăng|giảm) (?:khoảng |hơn |gần |trên )*\d[\d.,]* ?% so (?:với )?năm (?P<year>20\d\d)"
)


def of_the_title(claim: Claim) -> Period | None:
    """The first period a heading names, of what is over by the year of the text."""
    frame, year = claim.frame, claim.m.scan.year
    if claim.role != "actual" or frame.aims or not frame.title:
        return None
    if year is not None and int(frame.title[:4]) > year:
        return None
    return Period(frame.title, True, "nowhere")


def of_all_told(claim: Claim) -> Period | None:
    """The one period of all a text tells, of what is always told of a time."""
    if claim.role in AIMS or claim.measure not in _OF_SOME_TIME:
        return None
    return Period(claim.m.scan.once(only_period), True, "nowhere")
