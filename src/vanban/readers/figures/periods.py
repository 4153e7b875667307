"""The period a figure is for: said beside it, before it in its sentence, or by the frame around."""

import re
from dataclasses import dataclass

from vanban.readers.figures.bases import is_base
from vanban.records import Compares, Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import Time, iso

__all__ = ["Frame", "find_period", "occasion"]

_SPANS = ("year", "half", "quarter", "months", "month")


@dataclass
class Frame:
    """The period that holds where a sentence names none: of its heading, of the sentence before."""

    heading: str | None = None
    running: str | None = None

    def take_heading(self, scan: Scan, start: int, end: int) -> None:
        """A heading, or a lead-in that ends in a colon, dates what follows it."""
        times = [t for t in scan.times_between(start, end) if t.kind in _SPANS]
        if times:
            self.heading = self.running = iso(times[-1])

    def take_sentence(self, scan: Scan, sentence: Sentence) -> None:
        """A sentence that opens with a period dates itself and what follows."""
        for time in scan.times_between(sentence.start, sentence.end):
            if time.kind not in _SPANS or is_base(scan, time):
                continue
            before = scan.text[sentence.start : time.start]
            if re.search(r"(?i)riêng\s*(?:trong|tại)?\s*$", before):
                continue
            if re.search(r"(?i)(?:phương hướng|nhiệm vụ|mục tiêu|dự kiến|đến|vào)[^,;.]*$", before):
                continue
            if (value := iso(time)) is not None:
                self.running = value
                return


def occasion(scan: Scan) -> str | None:
    """Month of the meeting or the visit the text reports, "YYYY-MM"."""
    day = scan.meeting.day if scan.meeting is not None else None
    if day is not None:
        return day[:7]
    for sentence in scan.sentences[:8]:
        words = scan.sentence_text(sentence)
        if re.search(r"(?<!\w)(?:thăm|hội đàm|hội kiến|chuyến công tác|khai mạc)(?!\w)", words):
            for time in scan.times_between(sentence.start, sentence.end):
                if time.kind == "date" and (value := iso(time)) is not None:
                    return value[:7]
    return None


_AVERAGE = re.compile(
    r"(?i)trung bình (?:hàng|hằng|mỗi) năm|bình quân|mỗi (?:năm|tuần|tháng|quý)|(?:hàng|hằng) năm|/năm|nhiệm kỳ tới"
)
_ATTENDANCE = re.compile(
    r"(?i)tham dự|cùng dự|dự hội nghị|có sự tham gia|tham gia của|điểm cầu|kết nối với"
)
_OF_THE_OCCASION = frozenset({"agreements_signed", "documents_signed", "high_level_activities"})


def find_period(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    stop: int,
    *,
    role: Role,
    compares: Compares | None,
    previous: Figure | None,
    measure: str,
    frame: Frame,
) -> tuple[str | None, bool]:
    """The period in the schema's notation, and whether it was taken from around the sentence."""
    text = scan.text
    attends = q.unit in ("count", "people") and _ATTENDANCE.search(text, sentence.start, q.start)
    if measure == "endpoints" or attends:
        return occasion(scan), True
    if (compares is not None and compares.kind == "cumulative") or measure == "diaspora":
        return None, False
    if role == "comparison" and previous is not None:
        if q.unit in ("percent", "ratio", "rank"):
            return previous.period, previous.period_inferred
        if compares is None:
            return previous.period, previous.period_inferred
    said = _behind(scan, sentence, q, stop) or _ahead(scan, sentence, q)
    if said is not None:
        if (
            said.kind in _SPANS
            and not re.search(
                r"(?i)riêng[\s\w]*$", text[max(sentence.start, said.start - 8) : said.start]
            )
            and role == "actual"
        ):
            frame.running = iso(said)
        return iso(said), said.inferred
    if _AVERAGE.search(text, max(sentence.start, q.start - 60), q.end + 12):
        return None, False
    if previous is not None and previous.period is not None:
        return previous.period, previous.period_inferred
    if measure in _OF_THE_OCCASION and frame.running is None:
        return occasion(scan), True
    period = frame.running or frame.heading
    return period, period is not None


def _behind(scan: Scan, sentence: Sentence, q: Quantity, stop: int) -> Time | None:
    """A period right behind the figure, with nothing between that closes the claim."""
    for time in scan.times_between(q.end, min(stop, sentence.end)):
        gap = scan.text[q.end : time.start]
        if time.kind not in (*_SPANS, "range") or is_base(scan, time) or re.search(r"[;,()]", gap):
            return None
        if len(gap) < 75 and not re.search(r"(?:so|gấp|hơn|của|từ|với)\s*$", gap):
            return time
    return None


def _ahead(scan: Scan, sentence: Sentence, q: Quantity) -> Time | None:
    """The last period before the figure in its sentence; what stands in closed brackets is aside."""
    text = scan.text
    found = None
    for time in scan.times_between(sentence.start, q.start):
        if time.kind not in (*_SPANS, "range") or is_base(scan, time):
            continue
        closing = text.find(")", time.end, q.start)
        if closing >= 0 and text.rfind("(", sentence.start, time.start) > text.rfind(
            ")", sentence.start, time.start
        ):
            continue
        if time.kind == "range" and found is not None:
            continue
        found = time
    return found
