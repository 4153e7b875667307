"""The meeting a text reports on: its date, who chaired, in which mode, how many remote points."""

import re

from vanban.records import Event
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time, iso

__all__ = ["event_date", "read_events"]

_S = r"[ \t\u00a0\u202f]"
_MEETING = re.compile(
    r"(?<!\w)(?:Hội nghị|hội nghị|Phiên toàn thể|phiên toàn thể|cuộc họp|Cuộc họp|phiên họp|Phiên họp|Diễn đàn|diễn đàn|"
    r"Hội thảo|hội thảo|[Tt]ọa đàm|[Tt]oạ đàm|[Bb]uổi làm việc|[Hh]ội đàm|Đối thoại|đối thoại|buổi gặp|buổi tiếp|Lễ|Phiên)(?!\w)"
)
_HELD = re.compile(
    r"(?<!\w)(?:chủ trì|tổ chức|diễn ra|dự|tham dự|khai mạc|bế mạc|đồng chủ trì|phối hợp tổ chức|họp|đã họp|có buổi|làm việc với)(?!\w)"
)
_CHAIRED = re.compile(r"(?<!\w)(?:đồng[ \u00a0]+)?chủ[ \u00a0]+trì(?!\w)")
_VISIT = re.compile(r"(?<!\w)(?:thăm|chuyến công tác|hội đàm|hội kiến)(?!\w)")
_BACKGROUND = re.compile(
    r"(?i)(?:trước đó|sau hội nghị|tại các hội nghị|nhân dịp|vừa qua|trước thềm)"
)


def event_date(scan: Scan) -> str | None:
    """Day of the meeting, "YYYY-MM-DD"; None if the text reports on none or does not fix it."""
    found = _lead(scan)
    return iso(found[1]) if found is not None and found[1] is not None else None


def _lead(scan: Scan) -> tuple[Sentence, Time | None] | None:
    """The sentence that reports the meeting, and its date."""
    cached: dict[int, tuple[Sentence, Time | None] | None] = scan.memo
    if 0 not in cached:
        cached[0] = _find_lead(scan)
    return cached[0]


def _find_lead(scan: Scan) -> tuple[Sentence, Time | None] | None:
    fallback: Sentence | None = None
    content = [s for s in scan.sentences if not s.heading][:14]
    for sentence in content:
        text = scan.sentence_text(sentence)
        meeting = _MEETING.search(text)
        if meeting is None or not _HELD.search(text) or _BACKGROUND.match(text):
            continue
        if _VISIT.search(text[: meeting.start()]):
            continue
        dates = [
            t
            for t in scan.times_between(sentence.start, sentence.end)
            if t.kind == "date" and not _of_a_document(scan, t)
        ]
        near = [t for t in dates if t.start < sentence.start + meeting.end() + 60]
        if near:
            return sentence, near[0]
        if fallback is None and _CHAIRED.search(text):
            fallback = sentence
    for block in scan.document.blocks:
        if block.kind == "caption":
            text = scan.text[block.start : block.end]
            if _MEETING.search(text) and _HELD.search(text):
                times = [t for t in scan.times_between(block.start, block.end) if t.kind == "date"]
                if times:
                    sentence = Sentence(block.start, block.end, -1, -1)
                    return sentence, times[0]
    return (fallback, None) if fallback is not None else None


def _of_a_document(scan: Scan, time: Time) -> bool:
    """Whether a date belongs to a numbered document ("21/NQ-CP ngày 20/2/2023")."""
    before = scan.text[max(0, time.start - 24) : time.start]
    return re.search(r"[A-ZĐ]{2}[\w/-]*[,\s\u00a0(]*(?:ngày[\s\u00a0]*)?$", before) is not None


def read_events(scan: Scan) -> list[Event]:
    """The meeting the text reports as its subject; background meetings are left out.

    The year is taken as said, or as the document fixes it (`date_inferred`); the chair only where
    somebody "chủ trì"; hybrid only where both "trực tiếp" and "trực tuyến" are said.
    """
    lead = _lead(scan)
    if lead is None:
        return []
    sentence, time = lead
    opening = [s for s in scan.sentences if s.index <= max(sentence.index, 0) + 5]
    text = " ".join([scan.text[sentence.start : sentence.end], *map(scan.sentence_text, opening)])
    return [
        Event(
            anchor=scan.document.anchor(*_span(scan, sentence)),
            rule="event.lead" if time is not None else "event.undated",
            confidence=0.92 if time is not None else 0.6,
            date=iso(time) if time is not None else None,
            date_inferred=bool(time is not None and time.inferred),
            chair=_chair(scan, sentence),
            mode=_mode(text),  # type: ignore[arg-type]
            endpoints=_endpoints(scan, sentence),
        )
    ]


def _span(scan: Scan, sentence: Sentence) -> tuple[int, int]:
    text = scan.text[sentence.start : sentence.end]
    meeting = _MEETING.search(text)
    end = meeting.end() if meeting else len(text)
    held = _HELD.search(text)
    return sentence.start, sentence.start + max(end, held.end() if held else 0)


def _chair(scan: Scan, sentence: Sentence) -> str | None:
    """Who chaired, by name; two names joined with "; "."""
    sentences = [sentence]
    sentences += [s for s in scan.sentences if sentence.index < s.index <= sentence.index + 3]
    for s in sentences:
        text = scan.sentence_text(s)
        for m in _CHAIRED.finditer(text):
            if re.match(r"[ \u00a0]+(?:của|,[ \u00a0]*phối hợp)", text[m.end() :]):
                continue
            if re.search(r"điểm cầu|đầu cầu", text[: m.start()]) and s is not sentence:
                continue
            people = [p for p in scan.people if s.start <= p.start < s.start + m.start()]
            if people:
                last = people[-1]
                gap = scan.text[last.end : s.start + m.start()]
                if len(gap) > 160 or re.search(r"[.;]", gap):
                    continue
                names = [last.name]
                if (
                    len(people) > 1
                    and re.search(
                        r"^[^.;]{0,90}(?:và|cùng|,)[^.;]*$",
                        scan.text[people[-2].end : last.name_start],
                    )
                    and "đồng" in m[0]
                ):
                    names.insert(0, people[-2].name)
                return "; ".join(dict.fromkeys(names))
            titled = re.search(r"((?:Phó )?Thủ tướng)[^.,;]{0,20}$", text[: m.start()])
            if titled:
                for p in scan.people:
                    if any(t.startswith(titled[1]) for t in p.titles):
                        return p.name
    return None


def _mode(text: str) -> str | None:
    online = "trực tuyến" in text.lower()
    in_person = re.search(
        r"(?i)trực tiếp (?:kết hợp|và|với)|(?:kết hợp|hình thức|và) trực tiếp|họp trực tiếp", text
    )
    if online and in_person:
        return "hybrid"
    if online:
        return "online"
    return "in_person" if in_person else None


_POINTS = re.compile(rf"(?:điểm|đầu){_S}+cầu|cơ{_S}+quan{_S}+đại{_S}+diện")


def _endpoints(scan: Scan, sentence: Sentence) -> int | None:
    low = max(sentence.index, 0)
    for s in scan.sentences:
        if not low - 1 <= s.index <= low + 5:
            continue
        for q in scan.quantities.get(s.index, ()):
            noun = scan.text[q.number_end : q.number_end + 40]
            before = scan.text[max(s.start, q.start - 60) : q.start]
            if re.match(
                rf"{_S}+(?:điểm{_S}+cầu|đầu{_S}+cầu|cơ{_S}+quan{_S}+đại{_S}+diện)", noun
            ) or (re.search(rf"(?:điểm|đầu){_S}+cầu{_S}+(?:tại{_S}+|ở{_S}+)?$", before)):
                if re.search(r"trực tuyến|điểm cầu|đầu cầu|kết nối", scan.sentence_text(s)):
                    return int(q.value)
    return None
