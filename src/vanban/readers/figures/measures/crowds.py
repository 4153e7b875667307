"""What a number of people measures: visitors, workers sent abroad, compatriots, or others."""

from vanban.forms import rare
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case
from vanban.readers.figures.mention import Mention, pattern_of

__all__ = ["GUESTS", "of_people"]


def of_people(case: Case) -> str:
    """The measure of a number of people, of those its item of a list names."""
    m = case.m
    low = m.text.rfind(";", m.sentence.start, m.q.start) + 1 or m.sentence.start
    high = m.text.find(";", m.q.end, m.sentence.end)
    high = high if high >= 0 else m.sentence.end
    return _of_people(m, {c.key for c in case.named if low <= c.start < high}, case.remembered)


def _of_people(m: Mention, keys: set[str], remembered: str | None) -> str:
    """The measure of a number of people, by the word that counts them.

    Args:
        keys: the measures the sentence names.
        remembered: the measure of the sentences before; "3,6 triệu lượt" goes on with visitors.
    """
    unit = m.text[m.q.number_end : m.q.end]
    if m.previous is not None and not unit.strip():
        # "khách Hàn Quốc đông nhất (1,9 triệu)": of what is counted before.
        return m.previous.measure
    if pattern_of("visitors", "{}").search(unit):
        grouped = pattern_of("groups", "{}").search(m.before(40))
        before = m.previous.measure if m.previous is not None else None
        visit = "tourists" in {*keys, remembered, before} or GUESTS.search(m.before(60)) is not None
        return "tourists" if visit and not grouped else "other"
    if _RESCUED.search(m.before(40)):
        return "other"
    if pattern_of("compatriots", "{}").search(unit):
        return "diaspora"
    previous = m.previous.measure if m.previous is not None else remembered
    if _is_another_item(m):
        # "140 người được xuất khẩu lao động; đào tạo nghề cho 4.700 người"
        remembered = previous = "other"
    if _came_here(m):
        return "tourists"
    if "labour_sent" in keys or (
        "labour_sent" in (remembered, previous) and unit.strip() in ("người", "lao động")
    ):
        return "labour_sent"
    if unit.strip() == "lao động" and (
        _WORKS_THERE.match(m.text, m.q.end, m.sentence.end)
        or (_TAKES.search(m.before(24)) and m.scan.partners_between(m.clause, m.q.start))
    ):
        return "labour_sent"
    if unit.strip() == "người" and _TAKEN_IN.search(m.text, m.sentence.start, m.q.start):
        return "labour_sent"
    goes_on = "tourists" in (remembered, previous) and _OTHERS.search(m.before(60)) is None
    if unit.strip() == "người" and goes_on and _NOBODY_ELSE.match(m.text, m.q.end):
        # "khách châu Á đạt 14,3 triệu người", "lần đầu vượt ngưỡng 1 triệu người"
        return "tourists"
    if unit.strip() == "người" and GUESTS.search(m.before(60 if "tourists" in keys else 30)):
        # "trong số du khách, khách Hàn Quốc đông nhất với 763.000 người"
        return "tourists"
    if "diaspora" in keys and "người" in unit:
        return "diaspora"
    if "lao động" in unit and pattern_of("abroad", "{}").search(
        m.text, m.sentence.start, m.sentence.end
    ):
        return "labour_sent"
    return "other"


def _came_here(m: Mention) -> bool:
    """Whether so many of a country came here: "2,56 triệu người Hàn Quốc đã đến Việt Nam"."""
    if m.text[m.q.number_end : m.q.end].strip() != "người":
        return False
    return any(
        p.type == "country" and _CAME.match(m.text, p.end) is not None
        for p in m.scan.partners_between(m.q.end, m.q.end + 2)
    )


_CAME = regex(
    r" (?:đã |đang )?(?:bay |du lịch |đi du lịch )?(?:đến|tới|sang|thăm)(?: thăm| du lịch)?"
    r" (?:Việt Nam|nước ta)(?!\w)"
)


def _is_another_item(m: Mention) -> bool:
    """Whether an item of a list tells of other people than the one before it."""
    low = m.text.rfind(";", m.sentence.start, m.q.start) + 1
    if not low or m.scan.partners_between(low, m.stop) or m.scan.places_between(low, m.stop):
        return False
    return _DONE_FOR.search(m.text, low, m.q.start) is not None or (
        _DONE_TO.match(m.text, m.q.end, m.sentence.end) is not None
    )


_DONE_FOR = regex(r"[^\W\d]+ [^\W\d]+ [^;]*(?:cho|giúp|đỡ|với) (?:hơn |gần |khoảng |trên )?$")
_DONE_TO = regex(r" (?:được|có|mới)(?! xuất khẩu lao động| đưa)")
_RESCUED = regex(r"(?:sơ tán|hồi hương|đưa về nước|giải cứu|bảo hộ|trao trả|di tản)[^,;.]{0,20}$")
"""Who is brought home is no community abroad."""
_WORKS_THERE = regex(
    r" (?:của )?(?:Việt Nam|nước ta)(?: đang| hiện)?(?: sinh sống| và| làm việc)* (?:tại|ở) "
)
_TAKES = regex(r"(?:nhận|cần|tuyển|tuyển dụng)(?: thêm| khoảng| hơn| gần)* *$")
_TAKEN_IN = regex(r"lao động[^;.]{0,60}tiếp nhận|tiếp nhận[^;.]{0,40}lao động")
GUESTS = rare(
    rf"(?<!\w)[Kk]hách (?:du lịch )?(?:từ |đến từ )?"
    rf"(?:(?:các )?(?:châu|nước|thị trường) )?[{UPPER}]"
)
_OTHERS = regex(
    r"(?:lao động|cán bộ|nhân lực|hướng dẫn viên|việc làm|dân số|dân|đào tạo|nhân viên"
    r"|phục vụ)(?!\w)"
)
"""Before a number of people in a text on visitors, that they are others."""
_NOBODY_ELSE = regex(r"[,.;)]|$| (?:và|trong|năm|tháng|quý|vào|so|nhưng|tăng|giảm|\()")
