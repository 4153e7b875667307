"""Figures: every quantitative claim, with bound, measure, subject, period, role."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.patterns import alternation
from vanban.readers.events import event_date
from vanban.records import Compares, Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import Time, iso

__all__ = ["read_figures"]

_S = r"[ \t\u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class _Cue:
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


_KINDS_OF_UNIT = {
    "count": ("count",),
    "people": ("people",),
    "USD": ("money",),
    "VND": ("money",),
    "percent": ("money", "count", "people", "growth", "any"),
    "ratio": ("money", "count", "people", "growth", "any"),
    "rank": ("money", "count", "people", "growth", "any"),
}


@dataclass
class _Memory:
    """What the sentences before have said, inside one block and from block to block."""

    measure: str | None = None
    period: str | None = None
    subject: str | None = None
    block: int = -1


def read_figures(scan: Scan) -> list[Figure]:
    """Every figure the content claims, one record per number.

    The number's own words come first: the noun behind it, the nearest measure before it in its
    sentence, then what the sentences before spoke of. What no word says stays None.
    """
    figures: list[Figure] = []
    memory = _Memory()
    topic = _topic_subject(scan)
    for sentence in scan.sentences:
        if sentence.block != memory.block:
            memory.block = sentence.block
        _remember_period(scan, sentence, memory)
        quantities = scan.quantities.get(sentence.index)
        if not quantities:
            continue
        if sentence.heading and not _is_worth(scan, sentence):
            continue
        figures += _sentence(scan, sentence, quantities, memory, topic)
    return _once(figures)


def _is_worth(scan: Scan, sentence: Sentence) -> bool:
    return False


def _sentence(
    scan: Scan, sentence: Sentence, quantities: list[Quantity], memory: _Memory, topic: str | None
) -> list[Figure]:
    pattern, rows = _cues()
    text = scan.text
    cues = [
        _Cue(m.start(), m.end(), *rows[" ".join(m[0].lower().split())])
        for m in pattern.finditer(text, sentence.start, sentence.end)
    ]
    found: list[Figure] = []
    previous: Figure | None = None
    previous_q: Quantity | None = None
    for n, q in enumerate(quantities):
        stop = quantities[n + 1].start if n + 1 < len(quantities) else sentence.end
        if _is_not_a_figure(scan, sentence, q):
            continue
        left = previous_q.end if previous_q is not None else sentence.start
        role, compares = _role(scan, sentence, q, left, stop, previous)
        measure = _measure(scan, sentence, q, cues, stop, role, previous, memory)
        if measure in ("gdp_growth", "grdp_growth") and q.unit != "percent":
            measure = "other" if q.unit != "rank" else measure
        if (
            role == "comparison"
            and measure in ("gdp_growth", "grdp_growth")
            and q.unit == "percent"
            and compares is not None
            and compares.kind == "yoy"
            and not (previous is not None and previous.measure == measure)
        ):
            role, compares = _plain_role(scan, sentence, q, left), None
        subject = _subject(scan, sentence, q, left, stop, measure, role, previous, memory, topic)
        period, inferred = _period(
            scan, sentence, q, stop, role, compares, previous, memory, measure
        )
        bound = q.bound
        if (
            role == "comparison"
            and bound == "gt"
            and _EXCEEDS.search(text[q.start : q.number_start])
        ):
            bound = "eq"
        record = Figure(
            anchor=scan.document.anchor(*_span(text, sentence, q, stop)),
            rule=f"figure.{q.unit.split(':')[0].lower()}"
            + (f".{q.bound_rule}" if q.bound_rule else ""),
            confidence=_confidence(q, measure, role),
            value=q.value,
            unit=q.unit,
            bound=bound,
            value_high=q.value_high,
            what=_what(text, q, cues, stop),
            measure=measure,
            subject=subject,
            period=period,
            role=role,
            compares=compares,
            period_inferred=inferred,
        )
        found.append(record)
        if role != "comparison" or previous is None:
            previous = record
        previous_q = q
        if measure != "other":
            memory.measure = measure
        if subject is not None and role != "comparison":
            memory.subject = subject
    return found


_EXCEEDS = re.compile(r"vượt", re.I)
_OPEN_LIST = re.compile(rf"^{_S}*(?:/|trên){_S}*\d")


def _is_not_a_figure(scan: Scan, sentence: Sentence, q: Quantity) -> bool:
    text = scan.text
    after = text[q.number_end : q.number_end + 2]
    before = text[max(sentence.start, q.start - 14) : q.start]
    if q.unit == "count" and q.value == q.value.to_integral_value():
        if q.start == sentence.start and re.match(r"[.)]", after):
            return True
        if re.search(rf"(?:lần|năm|khóa|khoá|kỳ){_S}+thứ{_S}+$", before):
            return True
    return q.unit == "rank" and re.search(rf"(?:lần|năm){_S}+$", before) is not None


def _span(text: str, sentence: Sentence, q: Quantity, stop: int) -> tuple[int, int]:
    """From the bound word to the end of what is counted."""
    end = q.end
    if q.unit in ("count", "people", "rank", "ratio", "percent"):
        m = re.compile(r"[^,.;:()\n]{0,60}").match(text, end, min(stop, sentence.end))
        if m is not None and q.unit in ("count", "people"):
            words = m[0].rsplit(" ", 1)[0] if m.end() - m.start() == 60 else m[0]
            end += len(words.rstrip())
    verb = re.search(
        rf"(?:tăng|giảm|đạt|vượt|bằng|chiếm|ước|lên|tới|ký|ký kết|thu hút){_S}+$",
        text[max(sentence.start, q.start - 10) : q.start],
    )
    start = q.start - (len(verb[0]) if verb else 0)
    return start, max(end, q.end)


_VS_PLAN = re.compile(
    rf"(?:so{_S}+với{_S}+)?(?:với{_S}+)?(?:chỉ{_S}+tiêu|kế{_S}+hoạch|dự{_S}+toán|mục{_S}+tiêu|KH)(?!\w)"
)
_GROWS = re.compile(
    rf"(?<!\w)(?:tăng|giảm|vượt|sụt{_S}giảm|sụt|cao{_S}+hơn|thấp{_S}+hơn|bằng|nhiều{_S}+hơn|ít{_S}+hơn|đạt{_S}+tăng)"
    rf"(?:{_S}+(?:nhẹ|mạnh|trưởng|thêm|tới|đến|lên|khoảng|hơn|gần|trên|vọt|đạt|cao|mức))*{_S}*\(?$",
    re.I,
)
_SHARE = re.compile(
    rf"(?<!\w)(?:chiếm|tỷ{_S}+trọng|tỉ{_S}+trọng|tương{_S}+đương|đóng{_S}+góp)"
    rf"(?:{_S}+(?:khoảng|hơn|gần|tới|đến|trên|với|là|đạt|tỷ{_S}+trọng))*{_S}*$",
    re.I,
)
_TARGET = re.compile(
    rf"(?<!\w)(?:mục{_S}+tiêu|phấn{_S}+đấu|quyết{_S}+tâm|chỉ{_S}+tiêu|tiến{_S}+tới|hướng{_S}+tới|hướng{_S}+đến"
    rf"|đặt{_S}+ra|đưa[^.;]{{3,60}}lên|nâng[^.;]{{3,60}}lên|tạo{_S}+đà|phải{_S}+mở)(?!\w)",
    re.I,
)
_PLAN = re.compile(rf"(?<!\w)(?:dự{_S}+kiến|có{_S}+thể|dự{_S}+báo|sẽ|kỳ{_S}+vọng)(?!\w)", re.I)
_STOCK = re.compile(
    rf"(?<!\w)(?:lũy{_S}+kế|luỹ{_S}+kế|tính{_S}+đến|tính{_S}+tới|đến{_S}+nay|hiện{_S}+có|hiện{_S}+nay|tổng{_S}+số|toàn{_S}+tỉnh{_S}+có"
    rf"|còn{_S}+hiệu{_S}+lực|cộng{_S}+dồn|hiện{_S}+đang|đang{_S}+có|tổng{_S}+cộng)(?!\w)",
    re.I,
)
_BASE_TIME = re.compile(
    rf"(?:so{_S}+với|gấp[^.;,]{{0,20}}|của|với|bằng|hơn|ở){_S}+(?:cả{_S}+)?(?:mức{_S}+)?$"
)


def _plain_role(scan: Scan, sentence: Sentence, q: Quantity, left: int) -> Role:
    """Actual, plan or target, by the words of the sentence up to the number."""
    lead = scan.text[sentence.start : q.number_start]
    clause = re.split(r"[;]", lead)[-1]
    if _TARGET.search(clause) and not re.search(r"đạt mục tiêu|vượt mục tiêu", clause[-30:]):
        return "target"
    if q.bound_rule == "at_least" and re.search(
        r"(?:tối thiểu|ít nhất)", scan.text[q.start - 1 : q.number_start]
    ):
        return "target"
    if _PLAN.search(clause):
        return "plan"
    following = scan.text[q.end : q.end + 24]
    m = re.match(rf"[^,.;]{{0,12}}(?:vào|đến|trước){_S}+năm{_S}+(\d{{4}})", following)
    if m is not None and (year := scan.year) is not None and int(m[1]) > year:
        return "target"
    if (
        (scan.year is not None)
        and (p := _leading_year(scan, sentence, q)) is not None
        and p > scan.year
    ):
        return "target"
    return "actual"


def _leading_year(scan: Scan, sentence: Sentence, q: Quantity) -> int | None:
    times = [t for t in scan.times_between(sentence.start, q.start) if t.kind in ("year", "half")]
    times = [t for t in times if not _is_base(scan, t)]
    return times[-1].year if times else None


def _role(
    scan: Scan, sentence: Sentence, q: Quantity, left: int, stop: int, previous: Figure | None
) -> tuple[Role, Compares | None]:
    text = scan.text
    before = text[max(sentence.start, q.start - 40) : q.start]
    with_bound = text[max(sentence.start, q.start - 40) : q.number_start]
    after = text[q.end : min(stop, sentence.end)]
    near = re.split(r"[,;()]", after)[0]
    if q.unit == "rank":
        return "comparison", Compares("rank_of")
    if q.unit == "ratio":
        return "comparison", Compares("times", _base(scan, q.end, min(stop, sentence.end)))
    grows = (
        _GROWS.search(before)
        or _GROWS.search(with_bound)
        or re.search(r"(?i)vượt", text[q.start : q.number_start])
    )
    if q.unit == "percent":
        if _VS_PLAN.match(near.strip()) or re.search(rf"so{_S}+với{_S}+(?:kế|chỉ|mục|dự)", near):
            if re.search(rf"(?:mục{_S}+tiêu|chỉ{_S}+tiêu){_S}+(?:tăng|giảm)", before):
                return "target", None
            return "comparison", Compares("vs_plan")
        if grows:
            if _TARGET.search(text[left : q.start]) and "so với" not in near:
                return "target", None
            return "comparison", _versus(scan, q, near)
        if re.search(rf"so{_S}+với", near):
            return "comparison", _versus(scan, q, near)
        if _SHARE.search(with_bound) or re.search(rf"^{_S}*(?:tổng|cơ cấu|trong tổng)", near):
            if _plain_role(scan, sentence, q, left) == "target":
                return "target", None
            return "comparison", None
        if (
            previous is not None
            and previous.role == "comparison"
            and previous.compares is None
            and previous.unit == "percent"
            and re.search(r"[(]$", before.rstrip() + "")
        ):
            return "comparison", None
    elif grows and re.search(rf"so{_S}+với", near):
        return "comparison", _versus(scan, q, near)
    elif _SHARE.search(with_bound) and previous is not None and q.unit in ("USD", "VND"):
        return "comparison", None
    if re.search(rf"cùng{_S}+kỳ[^,;.]{{0,16}}[:là]{{1,2}}{_S}*$", before):
        return "comparison", Compares("yoy", _base_before(scan, sentence, q))
    opening = text.rfind("(", sentence.start, q.start)
    if opening > left and ")" not in text[opening : q.start] and previous is not None:
        inside = [t for t in scan.times_between(opening, q.start)]
        if inside and previous.unit == q.unit:
            return "comparison", Compares("vs_period", iso(inside[0]))
    role = _plain_role(scan, sentence, q, left)
    if role == "actual" and _is_stock(text, sentence, q, stop):
        return "actual", Compares("cumulative")
    return role, None


def _is_stock(text: str, sentence: Sentence, q: Quantity, stop: int) -> bool:
    lead = text[sentence.start : q.start]
    clause = re.split(r"[;]", lead)[-1]
    following = re.split(r"[;]", text[q.end : min(stop, sentence.end)])[0]
    return bool(_STOCK.search(clause)) or "còn hiệu lực" in following


def _versus(scan: Scan, q: Quantity, near: str) -> Compares:
    if re.search(
        rf"(?:tháng|quý|tuần|kỳ|nửa đầu năm){_S}+trước|trước{_S}+dịch|đại{_S}+dịch|tháng{_S}+liền",
        near,
    ):
        return Compares("vs_period")
    return Compares("yoy", _base(scan, q.end, q.end + len(near)))


def _base(scan: Scan, start: int, end: int) -> str | None:
    """The year a comparison is made with, if the words after it name one."""
    for time in scan.times_between(start, end):
        if time.year is not None and time.kind in ("year", "same_period"):
            return str(time.year)
        if time.kind == "same_period" and time.year is None:
            return None
    return None


def _base_before(scan: Scan, sentence: Sentence, q: Quantity) -> str | None:
    times = scan.times_between(max(sentence.start, q.start - 40), q.start)
    return str(times[-1].year) if times and times[-1].year is not None else None


def _is_base(scan: Scan, time: Time) -> bool:
    if time.kind == "same_period":
        return True
    before = scan.text[max(0, time.start - 26) : time.start]
    return re.search(rf"(?:so{_S}+với|gấp|so){_S}+(?:[\w,]+{_S}+){{0,3}}$", before) is not None


def _measure(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    cues: list[_Cue],
    stop: int,
    role: Role,
    previous: Figure | None,
    memory: _Memory,
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
            return _key(ahead[-1])
        return previous.measure if previous is not None else (memory.measure or "other")
    if unit == "count":
        return _count_measure(scan, sentence, q, behind, cues, limit)
    if unit == "people":
        return _people_measure(text, sentence, q, behind, ahead, cues)
    if (
        behind
        and behind[0].start - q.end < 40
        and re.match(
            rf"{_S}+(?:vốn|kim|giá|tổng|FDI|ODA|kiều|viện|xuất|nhập)", text[q.end : q.end + 8]
        )
    ):
        return _key(behind[0])
    if ahead:
        return _key(ahead[-1])
    if behind and q.unit == "percent":
        return _key(behind[0])
    if q.unit in ("USD", "VND", "percent") and previous is not None:
        return previous.measure if previous.measure not in ("fdi_projects",) else "fdi_registered"
    if q.unit in ("USD",) and memory.measure in (
        "exports",
        "imports",
        "trade_turnover",
        "fdi_registered",
    ):
        return memory.measure
    return "other"


def _last_end(figure: Figure) -> int:
    return figure.anchor.end


def _key(cue: _Cue) -> str:
    return cue.key


def _count_measure(
    scan: Scan, sentence: Sentence, q: Quantity, behind: list[_Cue], cues: list[_Cue], limit: int
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
    if re.search(rf"nâng{_S}+(?:cấp|tầm)[^,;]{{0,30}}với{_S}*$", before) and re.match(
        rf"{_S}+(?:nước|quốc gia|đối tác)", noun
    ):
        return "relations_upgraded"
    if re.match(rf"{_S}+(?:cơ quan đại diện|thương vụ|tỉnh, thành|điểm)", noun) and re.search(
        r"trực tuyến|kết nối|điểm cầu|đầu cầu", text[sentence.start : sentence.end]
    ):
        return "endpoints"
    if re.match(rf"{_S}+hoạt động", noun) and re.search(
        r"xúc tiến|ngoại giao kinh tế|quảng bá", noun[:60]
    ):
        return "promotion_activities"
    if re.match(rf"{_S}+hoạt động", noun):
        nearby = [c for c in cues if c.key in ("high_level_activities", "promotion_activities")]
        return nearby[0].key if nearby else "other"
    return "other"


def _people_measure(
    text: str,
    sentence: Sentence,
    q: Quantity,
    behind: list[_Cue],
    ahead: list[_Cue],
    cues: list[_Cue],
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


_SUBJECT_WORDS = re.compile(
    rf"(?<!\w)(?P<ministry>[Cc]ác{_S}+cơ{_S}+quan{_S}+đại{_S}+diện|[Cc]ơ{_S}+quan{_S}+đại{_S}+diện(?={_S}+Việt))"
    rf"|(?P<country>[Cc]ả{_S}+nước|[Tt]oàn{_S}+quốc|[Vv]iệt{_S}+Nam(?!{_S}+(?:tại|ở|sang)))"
    rf"|(?P<embassy>[Đđ]ại{_S}+sứ{_S}+quán)"
)


def _topic_subject(scan: Scan) -> str | None:
    """Whom the whole text is about: the province it keeps naming, else Viet Nam."""
    counts: dict[str, int] = {}
    for place in scan.places:
        before = scan.text[max(0, place.start - 24) : place.start]
        weight = 3 if re.search(r"(?:điểm cầu|tỉnh|thành phố|UBND|Tỉnh)[\s\u00a0]+$", before) else 1
        if place.name in ("Hà Nội",) and weight == 1:
            continue
        counts[place.name] = counts.get(place.name, 0) + weight
    if not counts:
        return None
    name, n = max(counts.items(), key=lambda item: item[1])
    return name if n >= 3 else None


def _subject(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    left: int,
    stop: int,
    measure: str,
    role: Role,
    previous: Figure | None,
    memory: _Memory,
    topic: str | None,
) -> str | None:
    text = scan.text
    noun = text[q.number_end : min(stop, sentence.end, q.number_end + 90)]
    if q.unit == "count":
        m = re.match(
            rf"{_S}+(?:điểm{_S}+cầu{_S}+)?(?P<who>cơ quan đại diện|tỉnh, thành|tỉnh|địa phương|doanh nghiệp|hiệp hội|thương vụ|đại sứ)",
            noun,
        )
        if m is not None and measure in ("endpoints", "other"):
            who = m["who"]
            return "địa phương" if who.startswith("tỉnh") else who
        of = re.search(r"của các địa phương|của địa phương", noun)
        if of:
            return "địa phương"
    if role == "comparison" and previous is not None and q.unit in ("percent", "ratio", "rank"):
        partner = _partner_between(scan, max(left, _clause_start(text, left, q.start)), q.start)
        return partner or previous.subject
    partner = _partner_between(scan, max(left, _clause_start(text, left, q.start)), q.start)
    if partner is None and measure in ("trade_turnover", "exports", "imports", "fdi_registered"):
        partner = (
            _partner_between(scan, sentence.start, q.start) if left == sentence.start else None
        )
    if partner is not None and measure in (
        "trade_turnover",
        "exports",
        "imports",
        "fdi_registered",
        "fdi_projects",
        "diaspora",
        "oda",
        "tourists",
    ):
        return partner
    places = [p for p in scan.places if sentence.start <= p.start < min(stop, sentence.end)]
    before = [p for p in places if p.start < q.start]
    if before:
        return before[-1].name
    words = [m for m in _SUBJECT_WORDS.finditer(text, sentence.start, q.start)]
    if words:
        last = words[-1]
        if last["country"]:
            return "Việt Nam"
        return "cơ quan đại diện" if last["ministry"] else "Đại sứ quán"
    if (
        re.search(rf"(?<!\w)(?:tỉnh|thành phố|địa bàn)(?!\w)", text[sentence.start : q.start])
        and topic
    ):
        return topic
    if places:
        return places[0].name
    if previous is not None and previous.subject is not None:
        return previous.subject
    if measure in ("gdp_growth", "high_level_activities", "relations_upgraded"):
        return "Việt Nam"
    if measure == "agreements_signed" and topic is not None and memory.subject is not None:
        return memory.subject
    return memory.subject or topic or "Việt Nam"


def _clause_start(text: str, left: int, at: int) -> int:
    cut = max(text.rfind(";", left, at), text.rfind("(", left, at))
    return cut + 1 if cut >= 0 else left


def _partner_between(scan: Scan, start: int, end: int) -> str | None:
    """The last partner named in a run, as written there; agreements are no subjects."""
    mentions = [p for p in scan.partners_between(start, end) if p.type in ("country", "bloc")]
    if not mentions:
        return None
    last: PartnerMention = mentions[-1]
    return scan.text[last.start : last.end]


def _remember_period(scan: Scan, sentence: Sentence, memory: _Memory) -> None:
    """A period named at the front of a sentence or as its frame holds for what follows."""
    for time in scan.times_between(sentence.start, sentence.end):
        if time.kind in ("year", "half", "months", "quarter", "month") and not _is_base(scan, time):
            before = scan.text[sentence.start : time.start]
            lead = re.fullmatch(
                r"(?i)\W*(?:trong|cả|tính|riêng|kết thúc|hết|bước sang)?\W*", before
            )
            framed = re.search(r"(?i)(?:trong|cả|kết quả|công tác)[^.;,]{0,40}$", before)
            if (lead or framed) and (value := iso(time)) is not None:
                memory.period = value
                return


_PERIODLESS = {"diaspora"}


def _period(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    stop: int,
    role: Role,
    compares: Compares | None,
    previous: Figure | None,
    memory: _Memory,
    measure: str,
) -> tuple[str | None, bool]:
    if measure == "endpoints" or (
        q.unit in ("count", "people") and _is_attendance(scan, sentence, q)
    ):
        day = event_date(scan)
        return (day[:7] if day else None), False
    if compares is not None and compares.kind == "cumulative":
        return None, False
    if role == "comparison" and previous is not None and q.unit in ("percent", "ratio", "rank"):
        return previous.period, previous.period_inferred
    if measure in _PERIODLESS:
        return None, False
    following = scan.times_between(q.end, min(stop, sentence.end))
    for time in following:
        gap = scan.text[q.end : time.start]
        if (
            time.kind in ("year", "half", "quarter", "months", "month", "range")
            and not _is_base(scan, time)
            and len(gap) < 75
            and re.search(rf"(?:vào|trong|đến|giai đoạn|cả){_S}*$|^{_S}*\(?$", gap)
            and not re.search(r"[;,(]", gap)
        ):
            return iso(time), time.inferred
        if (
            time.kind in ("year",)
            and len(gap) < 70
            and re.search(rf"trong{_S}*$", gap)
            and "," not in gap
        ):
            return iso(time), time.inferred
    leading = [
        t
        for t in scan.times_between(sentence.start, q.start)
        if t.kind in ("year", "half", "quarter", "months", "month", "range")
        and not _is_base(scan, t)
    ]
    if leading:
        return iso(leading[-1]), leading[-1].inferred
    if re.search(
        rf"(?i)trung bình hàng năm|bình quân|mỗi năm|hàng năm|hằng năm|/năm|mỗi tuần|nhiệm kỳ tới|thời gian tới",
        scan.text[max(sentence.start, q.start - 60) : q.end + 12],
    ):
        return None, False
    if previous is not None:
        return previous.period, previous.period_inferred
    return memory.period, memory.period is not None


_ATTENDANCE = re.compile(
    r"(?i)tham dự|cùng dự|dự hội nghị|có sự tham gia|tham gia của|điểm cầu|kết nối với"
)


def _is_attendance(scan: Scan, sentence: Sentence, q: Quantity) -> bool:
    return _ATTENDANCE.search(scan.text, sentence.start, q.start) is not None


def _what(text: str, q: Quantity, cues: list[_Cue], stop: int) -> str:
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


def _confidence(q: Quantity, measure: str, role: Role) -> float:
    if q.unit in ("USD", "VND", "percent") and measure != "other":
        return 0.92
    return 0.85 if measure != "other" or role == "comparison" else 0.75


def _once(figures: list[Figure]) -> list[Figure]:
    """The same figure said twice is one record: the fuller mention."""
    kept: dict[tuple[Decimal, str, str, str | None, str | None], Figure] = {}
    for figure in figures:
        if figure.role == "comparison":
            key = (figure.value, figure.unit, f"{figure.measure}@{figure.anchor.start}", None, None)
        else:
            key = (figure.value, figure.unit, figure.measure, figure.subject, figure.period)
        known = kept.get(key)
        if known is None:
            kept[key] = figure
        elif len(figure.anchor.quote) > len(known.anchor.quote) + 20:
            kept[key] = replace(figure, role=known.role)
    return list(kept.values())
