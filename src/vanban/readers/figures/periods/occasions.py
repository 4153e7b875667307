"""What was done at the meeting or on the visit a text reports: it is of the month of that."""

from vanban.data import load
from vanban.patterns import regex
from vanban.readers.figures.frames import Frame, month_of
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import Claim, Period

__all__ = ["at_the_meeting", "of_another_visit", "of_the_only_time", "on_the_occasion"]


def at_the_meeting(claim: Claim) -> Period | None:
    """Who came to the meeting a text reports, where it was held, who was honoured at it."""
    m, frame = claim.m, claim.frame
    people = m.q.unit in ("count", "people")
    if claim.measure == "endpoints" or (people and (_attend(m, frame) or _honoured(m, frame))):
        return Period(frame.occasion, True, "occasion")
    return None


def _attend(m: Mention, frame: Frame) -> bool:
    """Whether so many came: "với 200 đại biểu", "30 doanh nghiệp đã dự"."""
    if m.says("attendance", m.sentence.start, m.q.start):
        return True
    if m.text[m.q.number_end : m.q.end].strip() == "đại biểu":
        return True
    told = frame.occasion is not None
    return told and _ATTENDED.match(m.text, m.q.number_end, m.sentence.end) is not None


_ATTENDED = regex(
    r" [^;.]{3,60} (?:(?:đã|cùng|về) "
    r"dự(?! án| kiến| báo| toán| thảo| trữ| phòng)|tham dự|góp mặt tại|tháp tùng) "
)
"""Behind a number of people or firms, that they came to the meeting."""


def _honoured(m: Mention, frame: Frame) -> bool:
    if frame.occasion is None or not _AWARDED.search(m.text, m.sentence.start, m.sentence.end):
        return False
    return not m.scan.times_between(m.sentence.start, m.sentence.end)


_AWARDED = regex(
    r"(?:trao|tặng|khen thưởng|vinh danh)[^.;]{0,40}"
    r"(?:[Bb]ằng khen|[Hh]uân chương|[Kk]ỷ niệm chương|[Gg]iấy khen|danh hiệu)"
)
"""In a sentence without a time, what was awarded at the meeting the text reports."""


def of_another_visit(claim: Claim) -> Period | None:
    """What was signed on another visit than the one reported, of which the sentence before told."""
    if not _is_of_an_occasion(claim) or _is_told_there(claim):
        return None
    month = _day_before(claim.m, claim.frame.occasion)
    return Period(month, False, "frame") if month is not None else None


def _is_of_an_occasion(claim: Claim) -> bool:
    """Whether the measure is of what meetings bring, in a text that reports on one."""
    frame, of_the_occasion = claim.frame, load("figures")["of_the_occasion"]
    return frame.occasion is not None and claim.measure in of_the_occasion


def _is_told_there(claim: Claim) -> bool:
    m = claim.m
    return claim.measure in _TEXTS and _HERE.match(m.text, m.sentence.start) is not None


_TEXTS = ("agreements_signed", "documents_signed")
_HERE = regex(
    r"(?:Cũng )?[Tt]ại (?:buổi |cuộc )?"
    r"(?:hội nghị|hội đàm|làm việc|diễn đàn|gặp|kỳ họp|t(?:ọa|oạ) đàm|lễ|đây)(?: này)?,"
)
"""A sentence that opens so tells what was signed there."""


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


_AFTER_THAT = regex(r"(?:Hai bên|Hai nước|Sau đó|Tại đây|Dịp này|Nhân dịp này|Trong chuyến thăm)")


def on_the_occasion(claim: Claim) -> Period | None:
    """What was signed or done on the occasion a text reports, where the sentence says that."""
    m = claim.m
    if not _is_of_an_occasion(claim):
        return None
    span = m.sentence.start, m.q.start
    if not _is_told_there(claim) and (
        not m.says("on_the_occasion", *span) or _MANY_TIMES.search(m.text, *span)
    ):
        return None
    return Period(claim.frame.occasion, True, "occasion")


_MANY_TIMES = regex(r"các (?:dịp|chuyến|lễ)")
"""Signed on many occasions, not on the one the text reports."""


def of_the_only_time(claim: Claim) -> Period | None:
    """What meetings bring, in a text that has named no other period than the occasion's."""
    if claim.frame.running is not None or not _is_of_an_occasion(claim):
        return None
    return Period(claim.frame.occasion, True, "occasion")
