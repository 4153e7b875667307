"""One record per number: put together what its words, its sentence and its frame say of it."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.figures.changes import change_of
from vanban.readers.figures.frames import Frame, occasion
from vanban.readers.figures.growth import grows_by_itself, is_of_amount
from vanban.readers.figures.measures.branches import of_a_branch
from vanban.readers.figures.measures.measure import find_measure, words_measured
from vanban.readers.figures.measures.named import Named, find_named
from vanban.readers.figures.measures.ways import TRADE, is_bare
from vanban.readers.figures.mention import POINTS, Mention
from vanban.readers.figures.once import told_once
from vanban.readers.figures.periods.period import Period, find_period
from vanban.readers.figures.periods.spoken import own_period
from vanban.readers.figures.periods.stocks import counted_at
from vanban.readers.figures.roles.plain import is_there, plain_role
from vanban.readers.figures.roles.ranks import qualifies_another
from vanban.readers.figures.roles.role import find_role
from vanban.readers.figures.subjects.capital import OF_FDI, invests_elsewhere, is_of_home
from vanban.readers.figures.subjects.subject import find_subject
from vanban.readers.figures.subjects.topics import Topic, find_topic, in_full
from vanban.records import Bound, Compares, Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity

__all__ = ["read_figures"]

_LONGEST_LEAD_IN = 160
_MEMORY = 2
"""Sentences for which a measure is remembered."""
_MOST_NOUN = 60
"""Code points of the noun behind a count that are quoted with it."""


def read_figures(scan: Scan) -> list[Figure]:
    """Every figure the content claims.

    The number's own words come first: the noun behind it, the nearest measure before it in its
    sentence, then what the sentences before spoke of. What no word says stays None.

    Source: `data/figures.yml`, `data/measures.yml`; the labelling rules of `eval/SCHEMA.md`.
    """
    if not scan.quantities:
        return []
    figures: list[Figure] = []
    frame = Frame(occasion(scan))
    topic = find_topic(scan)
    remembered: str | None = None
    said_at = 0
    block = -1
    earlier: Figure | None = None
    for sentence in scan.sentences:
        if sentence.block != block:
            goes_on = _GOES_ON.match(scan.text, sentence.start) is not None
            block, earlier = sentence.block, earlier if goes_on else None
            frame.begin_block()
        bare = sentence.index not in scan.quantities or sentence.heading
        if bare and (spoken_of := _spoken_of(scan, sentence)) is not None:
            remembered, said_at = spoken_of, sentence.index
        if _dates_what_follows(scan, sentence) or _is_numbered_heading(scan, sentence):
            frame.take_heading(scan, sentence.start, sentence.end)
            if sentence.heading:
                continue
        frame.take_sentence(scan, sentence)
        if sentence.index in scan.quantities:
            if sentence.index - said_at > _MEMORY:
                remembered = None
            found = _read_sentence(scan, sentence, remembered, frame, topic, earlier)
            figures += found
            told = next((f for f in reversed(found) if f.role != "comparison"), earlier)
            # "Kiều hối tăng 5%. Mức tăng này ...": growth alone is all there is to go on from.
            earlier = told if told is not None or not found else found[-1]
            named = [f.measure for f in found if f.measure != "other"]
            if named:
                remembered, said_at = named[-1], sentence.index
    if full := in_full(scan):
        figures = [replace(f, subject=full.get(f.subject or "", f.subject)) for f in figures]
    return told_once(scan.text, figures)


def _spoken_of(scan: Scan, sentence: Sentence) -> str | None:
    """The one measure that a sentence without figures speaks of, if figures follow it."""
    if not any(n in scan.quantities for n in range(sentence.index + 1, sentence.index + _MEMORY)):
        return None
    named = {c.key for c in find_named(scan, sentence.start, sentence.end)} & _ALWAYS_COUNTED
    return named.pop() if len(named) == 1 else None


_GOES_ON = regex(r"(?:Trong đó|Trong số (?:này|đó))(?:,|:| có)?(?!\w)")
"""At the head of a paragraph, that it goes on with the one before."""
_ALWAYS_COUNTED = {"exports", "imports", "tourists", "remittances", "labour_sent"}
_NUMBERED_HEADING = regex(r"(?:[IVX]+|\d+(?:\.\d+)*|[A-Za-zđ])[.)] [^.;:!?]{4,110}$")


def _is_numbered_heading(scan: Scan, sentence: Sentence) -> bool:
    """Whether a short numbered line without a stop heads what follows; a table's row does not."""
    if sentence.end - sentence.start > _LONGEST_HEADING:
        return False
    if scan.text.find(" | ", sentence.start, sentence.end) >= 0:
        return False
    words = scan.sentence_text(sentence)
    return _NUMBERED_HEADING.match(words) is not None and not re.search(r"\d[\d.,]* ", words[3:])


_LONGEST_HEADING = 120


def _dates_what_follows(scan: Scan, sentence: Sentence) -> bool:
    if sentence.heading:
        return True
    words = scan.sentence_text(sentence)
    return words.isupper() or (len(words) < _LONGEST_LEAD_IN and words.rstrip().endswith(":"))


def _read_sentence(
    scan: Scan,
    sentence: Sentence,
    remembered: str | None,
    frame: Frame,
    topic: Topic,
    earlier: Figure | None,
) -> list[Figure]:
    """The figures of one sentence.

    Args:
        remembered: the measure of the sentences before; None if none was named.
        frame: the period that holds where the sentence names none; it is kept up to date.
        topic: whom the text is about.
        earlier: the last figure of its block that is no comparison.
    """
    quantities = scan.quantities[sentence.index]
    named = find_named(scan, sentence.start, sentence.end)
    found: list[Figure] = []
    previous: Figure | None = None
    beside: Figure | None = None
    left = sentence.start
    for n, q in enumerate(quantities):
        stop = quantities[n + 1].start if n + 1 < len(quantities) else sentence.end
        m = Mention(scan, sentence, q, left, stop, previous, earlier, beside)
        if _is_no_figure(m):
            continue
        record = _record(m, named, remembered, frame, topic)
        found.append(record)
        beside = record
        qualifies = record.role == "comparison" or record.unit == "rank"
        if previous is None or not (qualifies or _is_measured_by(m, record)):
            previous = record
        left = _behind_its_whole(m)
    return found


_ITS_WHOLE = regex(
    r"(?: trong| của)? tổng [^,;.\d]{3,80}?(?:của |trên )?"
    r"(?:cả nước|toàn quốc|Việt Nam|nước ta)(?=,)"
)


def _behind_its_whole(m: Mention) -> int:
    """Where a figure ends, with the whole that a share is of: "13% trong tổng ... của cả nước"."""
    whole = _ITS_WHOLE.match(m.text, m.q.end, m.stop) if m.q.unit == "percent" else None
    return whole.end() if whole is not None else m.q.end


_BY = regex(r"%[^%]{0,12}(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán)(?: \w+){0,2} *$")


def _is_measured_by(m: Mention, record: Figure) -> bool:
    """Whether a figure only says what another is a part of: "đạt 64% chỉ tiêu 4,5 tỷ USD"."""
    return record.role in ("plan", "target") and _BY.search(m.before(40)) is not None


def _record(
    m: Mention, named: list[Named], remembered: str | None, frame: Frame, topic: Topic
) -> Figure:
    q = m.q
    role, compares = find_role(m)
    if frame.aims and role == "actual" and compares is None and not _is_over(m):
        role = "target"
    if frame.aims and m.previous is None and compares is not None and compares.kind == "yoy":
        # "Kim ngạch tăng 15% so với năm 2025" under "MỤC TIÊU" is itself what is aimed at.
        role, compares = "target", None
    measure = find_measure(m, named, role=role, remembered=remembered)
    if measure in _OF_ECONOMY and of_a_branch(m):
        measure = "other"
    if measure in _OF_ECONOMY:
        measure, role, compares = _growth(m, measure, role, compares)
    if measure in _OF_ECONOMY and compares is None and role == "comparison":
        # "tăng trưởng 7,8%; tỷ trọng công nghiệp chiếm 28,5%": no share is a growth.
        measure = "other"
    said = any(c.end <= q.number_start and not is_bare(m, c) for c in named)
    subject = find_subject(m, measure=measure, role=role, topic=topic, says_measure=said)
    if topic.abroad is not None and (subject == "Việt Nam" or measure in TRADE):
        # "Xuất khẩu sầu riêng Thái Lan sang Trung Quốc": neither buys of us.
        subject = topic.abroad
    if measure in OF_FDI and is_of_home(m):
        measure = "other"
    if measure == "tourists" and (q.unit in _MONEY or _is_of_money(m)):
        # "Tổng thu từ khách du lịch đạt 290.000 tỷ đồng": what they spend counts no tourists.
        measure = "other"
    if measure in OF_FDI and invests_elsewhere(m):
        measure, subject = "other", "Việt Nam"
    if measure == "gdp_growth" and _is_of_a_province(m, subject):
        measure = "grdp_growth"
    period = find_period(m, role=role, compares=compares, measure=measure, frame=frame)
    compares = _year_before(m, compares, period.value)
    bounding = m.text[q.start : q.number_start].lower()
    exceeds = (
        role == "comparison" and "vượt" in bounding and not bounding.endswith(("hơn ", "trên "))
    )
    confidence = _confidence(m, measure, role, period)
    if q.unit == "rank":
        role = "comparison" if qualifies_another(m) else plain_role(m)
    elif role == "comparison" and (alone := plain_role(m)) != "actual":
        # Growth that is aimed at or expected is no comparison; growth there was is one.
        role = alone if grows_by_itself(m, compares) else role
    return Figure(
        anchor=m.scan.document.anchor(*_span(m)),
        rule=_rule(q),
        confidence=confidence,
        value=q.value,
        unit=q.unit,
        bound=_bound(m, exceeds=exceeds),
        value_high=q.value_high,
        what=words_measured(m, named),
        measure=measure,
        subject=subject,
        period=period.value,
        role=role,
        compares=compares,
        change=change_of(m, compares),
        period_inferred=period.inferred,
    )


def _bound(m: Mention, *, exceeds: bool) -> Bound:
    """How the words of a sentence bind a figure.

    Args:
        exceeds: whether it is by how much something exceeds what it is compared with.
    """
    if exceeds and m.q.bound == "gt":
        # "Vượt 5% kế hoạch" is by 5%, not by more than 5%.
        return "eq"
    return "approx" if _is_estimated(m) else m.q.bound


def _is_estimated(m: Mention) -> bool:
    """Whether all a sentence tells first is an estimate: "Theo số liệu ước tính, ... đạt"."""
    return (
        m.previous is None
        and m.q.bound == "eq"
        and m.q.unit not in ("rank", "ratio", "percent")
        and _ESTIMATES.match(m.text, m.sentence.start) is not None
    )


_ESTIMATES = regex(r"Theo (?:các )?(?:số liệu )?ước tính(?!\w)")
_MONEY = ("USD", "VND")


def _is_of_money(m: Mention) -> bool:
    """Whether a percentage says how an amount of money moved that stands before it."""
    told = m.previous
    return m.is_relative and told is not None and told.unit in _MONEY and told.measure == "other"


_OF_ECONOMY = ("gdp_growth", "grdp_growth")


def _is_of_a_province(m: Mention, subject: str | None) -> bool:
    """Whether growth is that of a province, unless it is called GDP."""
    start = m.clause_from(m.left)
    if m.text.find("GRDP", start, m.stop) >= 0:
        return True
    if m.text.find("GDP", start, m.stop) >= 0:
        return False
    return subject == "tỉnh" or subject in m.scan.place_names


def _year_before(m: Mention, compares: Compares | None, period: str | None) -> Compares | None:
    """What a figure is compared with, "năm trước" as the year before that of the figure."""
    if compares is None or compares.base is None or period is None:
        return compares
    if period[:4] != period.rpartition("/")[2][:4]:
        return compares
    if _THE_YEAR_BEFORE.search(m.text, m.q.end, min(m.stop, m.q.end + _LEAD_OF_BASE)) is None:
        return compares
    return replace(compares, base=str(int(period[:4]) - 1))


_THE_YEAR_BEFORE = regex(r"[^;.,]{0,30}năm (?:trước|ngoái)(?!\w)")
_LEAD_OF_BASE = 48


_OVER = regex(
    r"(?:[Tt]rong |[Tt]ính chung )?(?:\w+ tháng (?:đầu năm|qua|vừa qua)|[Nn]ửa đầu năm|[Nn]ăm qua)"
)


def _is_over(m: Mention) -> bool:
    """Whether it is told of a time that is over or of what there is: "Trong 6 tháng đầu năm"."""
    return (
        _OVER.match(m.text, m.sentence.start, m.q.start) is not None
        or m.q.estimated
        or _GREW_THEN.match(m.text, m.q.end, m.sentence.end) is not None
        or is_there(m)
        or _AS_REPORTED.match(m.text, m.sentence.start) is not None
        or _HAS_BEEN.search(m.text, m.clause, m.q.start) is not None
        or counted_at(m) is not None
    )


_GREW_THEN = regex(
    r"(?:,| \() ?(?:tăng|giảm) (?:khoảng |gần |hơn |trên )?\d[\d.,]* ?%"
    r"(?! so(?: với)? (?:ước|thực hiện|kết quả))"
)
"""Behind a figure, by how much it grew; against what a year is thought to end with, it is aimed."""
_HAS_BEEN = regex(
    r"(?:(?<!\w)đã (?:ban hành|tổ chức|ký|thu hút|cấp|thành lập|xây dựng|hoàn thành|triển khai|đón"
    r"|có|đạt|hỗ trợ|phê duyệt|khai trương|xử lý)|vừa qua|(?<!\w)chính thức khai trương)(?!\w)"
)
"""In the clause of a figure, that it is over, whatever heads its section."""
_AS_REPORTED = regex(r"Theo (?:báo cáo|số liệu|thống kê)(?: sơ bộ)?(?: của|,| từ)(?!\w)")


def _growth(
    m: Mention, measure: str, role: Role, compares: Compares | None
) -> tuple[str, Role, Compares | None]:
    """The measure and the role of what is said of growth of an economy."""
    if m.q.unit not in ("percent", "rank", *POINTS):
        return "other", role, compares
    if m.previous is not None and compares is not None and is_of_amount(m):
        # "đạt 1,16 tỷ USD, tăng trưởng 53,7%": of the amount.
        return m.previous.measure, role, compares
    again = m.previous is not None and m.previous.measure == measure and own_period(m) is None
    if compares is not None and compares.kind == "yoy" and not again:
        # "GRDP tăng 8,2%" is the growth itself, not a comparison of something else.
        return measure, plain_role(m), None
    return measure, role, compares


@cache
def _series() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = alternation(load("figures")["series"])
    return regex(rf"(?:{words}) +$"), regex(rf"(?:{words}) +thứ +$")


@cache
def _sized() -> re.Pattern[str]:
    words = alternation(load("figures")["sized"])
    return regex(
        rf"\d +(?:{words})[^,;.]{{0,12}} (?<!với )(?<!tổng )(?<!tổng số )(?:đạt |có )?"
        r"(?:(?:kim ngạch|trị giá|giá trị|vốn|quy mô)[^,;.]{0,20}|(?:xuất|nhập) khẩu(?: đạt)? )$"
        r"|\d (?:mặt hàng|nhóm hàng|thị trường|sản phẩm|dự án)(?: xuất khẩu)? $"
    )


_ITEM = regex(r"[.)]")


_THESE = regex(
    r"(?: (?!(?:trong|tại|ở|của|thuộc|cho|vào|sang|lĩnh|khu|thị|ngành|tỉnh|địa|từ|đến)(?!\w))"
    r"[^\s,;.()]+){1,3} (?:này|nói trên|kể trên|vừa nêu)(?!\w)"
)
_ARE = regex(r"(?<!\w)là (?:những )?$")
_SUMS_UP = regex(r" (?:thị trường|nước|quốc gia|đối tác|nhà đầu tư|nhà cung cấp)(?!\w)")
_SIDES_OF_TALKS = regex(
    r" (?:(?:nước|quốc gia) (?=[A-ZĐ])|(?:nhà )?(?:lãnh đạo|nguyên thủ|Thủ tướng|Bộ trưởng)(?!\w))"
)
_MOST_SIDES = 3
"""Two or three states with their names, or their leaders, are the sides of a meeting."""
_BOTH = 2
_SIDES = regex(
    r" (?:nước|bên|quốc gia)(?=[,.;:)]|$| (?:đã|sẽ|có|cùng|nhất|trong|và|về|tiếp|được|là)(?!\w))"
)
"""Behind a two, the two sides of a text: "lợi ích của cả 2 nước"."""


def _is_no_figure(m: Mention) -> bool:
    """The number of a list item, or an ordinal ("lần thứ 2")."""
    ranked, ordinal = _series()
    if m.previous is not None and m.q.bound in ("gt", "ge") and _sized().search(m.before(60)):
        return True
    if m.q.unit in ("count", "people") and (
        m.before(6).endswith("thứ ")
        or (m.q.value == 1 and m.before(12).endswith(("bình quân ", "trung bình ")))
        or _THESE.match(m.text, m.q.number_end)
    ):
        # "vị khách thứ 9 triệu"; "hai dự án này" were told before.
        return True
    if m.q.unit == "count" and _SUMS_UP.match(m.text, m.q.number_end) and _ARE.search(m.before(20)):
        # "A, B và C là 3 thị trường lớn nhất": how many were just named.
        named = len(m.scan.partners_between(m.sentence.start, m.q.start))
        if 1 < m.q.value <= named + 1:
            return True
    if (
        m.q.unit in ("count", "people")
        and 1 < m.q.value <= _MOST_SIDES
        and _SIDES_OF_TALKS.match(m.text, m.q.number_end)
    ):
        return True
    if m.q.unit == "count" and m.q.value == _BOTH and _SIDES.match(m.text, m.q.number_end):
        return True
    if m.q.unit == "rank":
        return ranked.search(m.before(14)) is not None
    if m.q.start == m.sentence.start and _ITEM.match(m.text, m.q.number_end):
        return True
    before = m.before(14)
    return "thứ" in before and ordinal.search(before) is not None


@cache
def _verb() -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternation(load('figures')['verbs'])}) +$")


_NOUN = regex(rf"[^,.;:()\n]{{0,{_MOST_NOUN}}}")


def _span(m: Mention) -> tuple[int, int]:
    """From the verb before the bound to the end of what is counted."""
    q, end = m.q, m.q.end
    if q.unit in ("count", "people"):
        noun = _NOUN.match(m.text, end, m.stop)
        if noun is not None:
            whole = len(noun[0]) < _MOST_NOUN
            words = noun[0] if whole else noun[0].rsplit(" ", 1)[0]
            words = words.partition(" so với")[0]
            end += len(words.rstrip())
    verb = _verb().search(m.before(10))
    return q.start - (len(verb[0]) if verb else 0), max(end, q.end)


def _rule(q: Quantity) -> str:
    unit = q.unit.split(":")[0].lower()
    return f"figure.{unit}.{q.bound_rule}" if q.bound_rule else f"figure.{unit}"


_BELIEVED = {
    "behind": 0.95,
    "said": 0.95,
    "mean": 0.92,
    "sentence": 0.92,
    "occasion": 0.88,
    "frame": 0.85,
    "heading": 0.75,
    "nowhere": 0.6,
}
"""How far a figure is believed, by where its period is from; counted shares come of these."""
_UNSURE_BOUNDS = ("range", "of", "after")


def _confidence(m: Mention, measure: str, role: Role, period: Period) -> float:
    """What the signals of a reading let state: its period, what is measured, its form.

    A figure that takes its period from the one before is no surer than that one.
    """
    if period.source == "previous" and m.previous is not None:
        stated = min(_BELIEVED["said"], m.previous.confidence)
    else:
        stated = _BELIEVED.get(period.source, _BELIEVED["frame"])
    if period.inferred and not m.scan.is_dated:
        # The year itself is only gathered from what the text tells.
        stated = min(stated, _BELIEVED["frame"])
    if role in ("target", "plan") and period.source not in ("behind", "previous"):
        # A period before what is aimed at is as often when it was said.
        stated = min(stated, _BELIEVED["heading"])
    if measure == "other" and role != "comparison":
        stated -= 0.05
    if m.q.bound_rule in _UNSURE_BOUNDS:
        stated -= 0.05
    return round(stated, 2)
