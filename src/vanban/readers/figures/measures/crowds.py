"""What a number of people measures: visitors, workers sent abroad, compatriots, or others."""

from collections.abc import Callable
from typing import NamedTuple

from vanban.forms import rare
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case
from vanban.readers.figures.mention import Mention, pattern_of

__all__ = ["GUESTS", "of_people"]


class _People(NamedTuple):
    """A number of people.

    Args:
        unit: the word that counts them, with the blanks around it.
        keys: the measures its item of a list names.
        before: those of the sentences and of the figure before it.
        told: the same, if it goes on with these.
    """

    m: Mention
    unit: str
    keys: set[str]
    before: tuple[str | None, ...]
    told: tuple[str | None, ...]


def of_people(case: Case) -> str:
    """The measure of a number of people, by the word that counts them."""
    m = case.m
    low = m.text.rfind(";", m.sentence.start, m.q.start) + 1 or m.sentence.start
    high = m.text.find(";", m.q.end, m.sentence.end)
    high = high if high >= 0 else m.sentence.end
    keys = {c.key for c in case.named if low <= c.start < high}
    before = case.remembered, case.carried
    # "140 người được xuất khẩu lao động; đào tạo nghề cho 4.700 người"
    told = () if _is_another_item(m) else before
    people = _People(m, m.text[m.q.number_end : m.q.end], keys, before, told)
    for rule in _RULES:
        if (measure := rule(people)) is not None:
            return measure
    return "other"


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


def _those_before(people: _People) -> str | None:
    """Those counted before, without a word of its own: "khách Hàn Quốc (1,9 triệu)"."""
    previous = people.m.previous
    return previous.measure if previous is not None and not people.unit.strip() else None


def _visits(people: _People) -> str | None:
    """Visitors, if it is of these that anything tells: "3,6 triệu lượt" goes on with them."""
    m = people.m
    if not pattern_of("visitors", "{}").search(people.unit):
        return None
    if pattern_of("groups", "{}").search(m.before(40)):
        return "other"
    told = "tourists" in people.keys or "tourists" in people.before
    return "tourists" if told or GUESTS.search(m.before(60)) else "other"


GUESTS = rare(
    rf"(?<!\w)[Kk]hách (?:du lịch )?(?:từ |đến từ )?"
    rf"(?:(?:các )?(?:châu|nước|thị trường) )?[{UPPER}]"
)


def _brought_home(people: _People) -> str | None:
    """Who is brought home is no community abroad."""
    return "other" if _RESCUED.search(people.m.before(40)) else None


_RESCUED = regex(r"(?:sơ tán|hồi hương|đưa về nước|giải cứu|bảo hộ|trao trả|di tản)[^,;.]{0,20}$")


def _compatriots(people: _People) -> str | None:
    return "diaspora" if pattern_of("compatriots", "{}").search(people.unit) else None


def _came_here(people: _People) -> str | None:
    """So many of a country who came here: "2,56 triệu người Hàn Quốc đã đến Việt Nam"."""
    m = people.m
    if people.unit.strip() != "người":
        return None
    came = any(
        p.type == "country" and _CAME.match(m.text, p.end) is not None
        for p in m.scan.partners_between(m.q.end, m.q.end + 2)
    )
    return "tourists" if came else None


_CAME = regex(
    r" (?:đã |đang )?(?:bay |du lịch |đi du lịch )?(?:đến|tới|sang|thăm)(?: thăm| du lịch)?"
    r" (?:Việt Nam|nước ta)(?!\w)"
)


def _sent(people: _People) -> str | None:
    """Workers, where those sent abroad are named or were told of."""
    told = "labour_sent" in people.told and people.unit.strip() in ("người", "lao động")
    return "labour_sent" if told or "labour_sent" in people.keys else None


def _at_work_there(people: _People) -> str | None:
    """Workers whom a country has or takes: "200.000 lao động Việt Nam đang làm việc tại ..."."""
    m = people.m
    if people.unit.strip() != "lao động":
        return None
    there = _WORKS_THERE.match(m.text, m.q.end, m.sentence.end) or (
        _TAKES.search(m.before(24)) and m.scan.partners_between(m.clause, m.q.start)
    )
    return "labour_sent" if there else None


_WORKS_THERE = regex(
    r" (?:của )?(?:Việt Nam|nước ta)(?: đang| hiện)?(?: sinh sống| và| làm việc)* (?:tại|ở) "
)
_TAKES = regex(r"(?:nhận|cần|tuyển|tuyển dụng)(?: thêm| khoảng| hơn| gần)* *$")


def _taken_in(people: _People) -> str | None:
    m = people.m
    if people.unit.strip() != "người":
        return None
    return "labour_sent" if _TAKEN_IN.search(m.text, m.sentence.start, m.q.start) else None


_TAKEN_IN = regex(r"lao động[^;.]{0,60}tiếp nhận|tiếp nhận[^;.]{0,40}lao động")


def _guests(people: _People) -> str | None:
    """Visitors told of before, or named right before: "khách Hàn Quốc ... với 763.000 người"."""
    m = people.m
    if people.unit.strip() != "người":
        return None
    goes_on = "tourists" in people.told and _OTHERS.search(m.before(60)) is None
    if goes_on and _NOBODY_ELSE.match(m.text, m.q.end):
        # "khách châu Á đạt 14,3 triệu người", "lần đầu vượt ngưỡng 1 triệu người"
        return "tourists"
    near = 60 if "tourists" in people.keys else 30
    return "tourists" if GUESTS.search(m.before(near)) else None


_OTHERS = regex(
    r"(?:lao động|cán bộ|nhân lực|hướng dẫn viên|việc làm|dân số|dân|đào tạo|nhân viên"
    r"|phục vụ)(?!\w)"
)
"""Before a number of people in a text on visitors, that they are others."""
_NOBODY_ELSE = regex(r"[,.;)]|$| (?:và|trong|năm|tháng|quý|vào|so|nhưng|tăng|giảm|\()")


def _community(people: _People) -> str | None:
    return "diaspora" if "diaspora" in people.keys and "người" in people.unit else None


def _workers_abroad(people: _People) -> str | None:
    m = people.m
    if "lao động" not in people.unit:
        return None
    abroad = pattern_of("abroad", "{}").search(m.text, m.sentence.start, m.sentence.end)
    return "labour_sent" if abroad else None


_RULES: tuple[Callable[[_People], str | None], ...] = (
    _those_before,
    _visits,
    _brought_home,
    _compatriots,
    _came_here,
    _sent,
    _at_work_there,
    _taken_in,
    _guests,
    _community,
    _workers_abroad,
)
"""In their order: the first that answers decides."""
