"""What a figure measures: the canonical key, by the noun behind it or the cue before it."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.patterns import alternation
from vanban.records import Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity

__all__ = ["Cue", "find_cues", "find_measure", "words_measured"]


@dataclass(frozen=True, slots=True)
class Cue:
    start: int
    end: int
    key: str
    kind: str


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = {
        cue.lower(): (row["key"], row["kind"]) for row in load("measures") for cue in row["cues"]
    }
    pattern = re.compile(rf"(?<!\w)(?i:{alternation(rows)})(?!\w)")
    return pattern, rows


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """The measures named in `text[start:end]`, in order."""
    pattern, rows = _cues()
    return [
        Cue(m.start(), m.end(), *rows[" ".join(m[0].lower().split())])
        for m in pattern.finditer(text, start, end)
    ]


_KINDS_OF_UNIT = {
    "count": ("count",),
    "people": ("people",),
    "USD": ("money",),
    "VND": ("money",),
    "percent": ("money", "count", "people", "growth", "any"),
    "ratio": ("money", "count", "people", "growth", "any"),
    "rank": ("money", "count", "people", "growth", "any"),
}


def find_measure(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    cues: list[Cue],
    stop: int,
    role: Role,
    previous: Figure | None,
    remembered: str | None,
) -> str:
    text = scan.text
    unit = q.unit.split(":")[0]
    kinds = _KINDS_OF_UNIT.get(q.unit, ("money", "any"))
    noun_end = re.compile(r"[^,;.()\n]*").match(text, q.end, min(stop, sentence.end))
    limit = noun_end.end() if noun_end else q.end
    if q.unit in ("count", "people"):
        limit = min(stop, sentence.end, limit + 40)
    behind = [c for c in cues if q.number_end <= c.start < limit and c.kind in kinds]
    ahead = [c for c in cues if c.end <= q.start + (q.number_start - q.start) and c.kind in kinds]
    if role == "comparison" and q.unit in ("percent", "ratio", "rank"):
        if previous is not None and not (ahead and ahead[-1].start > _last_end(previous)):
            return previous.measure
        if ahead:
            return ahead[-1].key
        return previous.measure if previous is not None else (remembered or "other")
    if unit == "count":
        return _count_measure(scan, sentence, q, behind, cues, limit)
    if unit == "people":
        return _people_measure(text, sentence, q, behind, ahead, cues)
    if (
        behind
        and behind[0].start - q.end < 40
        and re.match(r" +(?:vốn|kim|giá|tổng|FDI|ODA|kiều|viện|xuất|nhập)", text[q.end : q.end + 8])
    ):
        return behind[0].key
    if ahead:
        return ahead[-1].key
    if behind and q.unit == "percent":
        return behind[0].key
    if q.unit in ("USD", "VND", "percent") and previous is not None:
        return previous.measure if previous.measure not in ("fdi_projects",) else "fdi_registered"
    if q.unit in ("USD",) and remembered in (
        "exports",
        "imports",
        "trade_turnover",
        "fdi_registered",
    ):
        return remembered
    return "other"


def _last_end(figure: Figure) -> int:
    return figure.anchor.end


def _count_measure(
    scan: Scan, sentence: Sentence, q: Quantity, behind: list[Cue], cues: list[Cue], limit: int
) -> str:
    text = scan.text
    noun = text[q.number_end : limit]
    if behind and behind[0].start - q.number_end <= 14:
        key = behind[0].key
        if key == "agreements_signed" and not re.search(
            r"(?i)\bký|trao|đạt được|ghi nhận|mang về|hoàn tất", text[sentence.start : sentence.end]
        ):
            return "other"
        if key == "fdi_projects" and re.search(r"phi chính phủ|viện trợ|ODA|khoản", noun[:60]):
            return "other"
        if key == "high_level_activities" and re.search(r"xúc tiến", noun[:60]):
            return "promotion_activities"
        if key == "agreements_signed" and re.search(r"triển khai|thực hiện", noun[:40]):
            return "other"
        if key == "relations_upgraded":
            return "other"
        return key
    before = text[max(sentence.start, q.start - 40) : q.start]
    if re.search(r"nâng +(?:cấp|tầm)[^,;]{0,30}với *$", before) and re.match(
        r" +(?:nước|quốc gia|đối tác)", noun
    ):
        return "relations_upgraded"
    if re.match(r" +(?:cơ quan đại diện|thương vụ|tỉnh, thành|điểm)", noun) and re.search(
        r"trực tuyến|kết nối|điểm cầu|đầu cầu", text[sentence.start : sentence.end]
    ):
        return "endpoints"
    if re.match(r" +hoạt động", noun) and re.search(
        r"xúc tiến|ngoại giao kinh tế|quảng bá", noun[:60]
    ):
        return "promotion_activities"
    if re.match(r" +hoạt động", noun):
        nearby = [c for c in cues if c.key in ("high_level_activities", "promotion_activities")]
        return nearby[0].key if nearby else "other"
    return "other"


def _people_measure(
    text: str,
    sentence: Sentence,
    q: Quantity,
    behind: list[Cue],
    ahead: list[Cue],
    cues: list[Cue],
) -> str:
    unit = text[q.number_end : q.end]
    whole = text[sentence.start : sentence.end]
    if re.search(r"khách|lượt", unit):
        if any(c.key == "tourists" for c in cues) and not re.search(
            r"đoàn", text[max(sentence.start, q.start - 40) : q.start]
        ):
            return "tourists"
        return "other"
    if re.search(r"kiều bào|công dân", unit):
        return "diaspora"
    if any(c.key == "labour_sent" for c in cues):
        return "labour_sent"
    if any(c.key == "diaspora" for c in cues) and re.search(r"người|kiều", unit):
        return "diaspora"
    if "lao động" in unit and re.search(r"nước ngoài|sang|phái cử", whole):
        return "labour_sent"
    return "other"


def words_measured(text: str, q: Quantity, cues: list[Cue], stop: int) -> str:
    """The thing measured, in the text's own words: the noun behind a count, else the nearest cue."""
    if q.unit in ("count", "people"):
        m = re.compile(r"[^,.;:()\n]{1,70}").match(text, q.number_end, stop)
        if m is not None:
            return " ".join(m[0].split())
    ahead = [c for c in cues if c.end <= q.number_start]
    if ahead:
        return " ".join(text[ahead[-1].start : ahead[-1].end].split())
    behind = [c for c in cues if q.end <= c.start < stop]
    return " ".join(text[behind[0].start : behind[0].end].split()) if behind else ""
