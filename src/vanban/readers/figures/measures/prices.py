"""Prices: whose a price is, and by how much one differs from another."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.topics import name_of
from vanban.records import Figure
from vanban.values.times import Time

__all__ = ["differs", "is_a_price", "is_price", "price_day", "price_owner"]


def is_price(m: Mention) -> bool:
    """Whether an amount is what one of a thing costs: "513 USD/tấn"."""
    if m.q.unit.startswith("other:"):
        return "/" in m.q.unit
    return m.q.unit in ("USD", "VND") and _EACH.match(m.text, m.q.end) is not None


_EACH = regex(r" ?/ ?(?!năm|tháng|quý|ngày|\d)\w")


def is_a_price(figure: Figure) -> bool:
    """Whether a figure is what one of a thing costs."""
    return figure.unit.startswith("other:") and "/" in figure.unit


def differs(m: Mention) -> bool:
    """Whether an amount is by how much two others differ: "cao hơn 4 USD/tấn", "giảm thêm 9"."""
    before = m.before(_BEFORE)
    if _MORE_BY.search(before):
        return True
    if not is_price(m):
        return False
    return _MOVED_BY.search(before) is not None or _MORE_THAN.search(m.before(80)) is not None


_BEFORE = 40
_BY = r"(?: (?:khoảng|hơn|gần|trên|tới|đến|thêm|nhẹ|mạnh|từ))* *$"
_MORE_BY = rare(
    r"(?<!\w)(?:cao|thấp|nhiều|ít|đắt|rẻ|kém) hơn(?! (?:mức|con số|mốc) \Z)"
    r"(?: (?!so(?!\w))[^\s,;.:()\d]+){0,10}?"
    r"(?: (?:khoảng|gần|tới|đến|là|từ))* *$"
)
_MORE_THAN = regex(r"(?<!\w)(?:cao|thấp|đắt|rẻ) hơn so với (?!mức|con số)[^,;.()\d]{3,60} $")
_MOVED_BY = regex(rf"(?<!\w)(?:tăng|giảm|nhích|cộng|mất|lùi|sụt){_BY}")


def price_owner(m: Mention) -> str | None:
    """Whose a price is: "gạo 5% tấm của Thái Lan ở mức 427 USD/tấn"; None if nobody is named.

    Who stands behind "so với", "hơn", "bằng" is what it is measured against.
    """
    if (behind := _OF_WHOM.match(m.text, m.q.end)) is not None and is_price(m):
        # "so với mức giá 6.133 USD/tấn của Thái Lan"
        for p in m.scan.partners_between(behind.end(), behind.end() + 1):
            return name_of(m.text, p)
    start, text = m.clause_from(m.left), m.text
    names = [(p.start, name_of(text, p)) for p in m.scan.partners_between(start, m.q.start)]
    ours = (text.rfind(words, start, m.q.start) for words in ("Việt Nam", "trong nước", "nước ta"))
    names += [(at, "Việt Nam") for at in ours if at >= 0]
    names = [(at, name) for at, name in names if not _AGAINST.search(text, start, at)]
    for at, name in sorted(names, reverse=True):
        if not _TOLD_BY.search(text, start, at) or _AT_A_PRICE.match(text, at + len(name)):
            return name
    before = m.beside or m.earlier
    goes_on = before is not None and before.measure == "other" and not names
    if before is None or not (goes_on or m.beside is not None):
        return None
    return before.subject if "/" in before.unit or differs(m) else None


_OF_WHOM = regex(r" (?:của|ở|tại) (?:nước )?")
_AT_A_PRICE = regex(r" (?:với|có|ở)? ?(?:mức )?giá(?! trị)(?!\w)")
_AGAINST = regex(r"(?:so với|hơn|bằng|ngang)(?: [^\s,;.:()]+){0,8} $")
_TOLD_BY = regex(
    r"(?:Hiệp hội|Bộ|Cục|Tổng cục|Thương vụ|Ngân hàng|Cơ quan|Viện|sang|từ|với|vào|cho|đến"
    r"|thị trường)"
    r"(?: [^\s,;.:()]+){0,8} $"
)


def price_day(m: Mention) -> Time | None:
    """The day of which a sentence tells a price: "giá gạo ngày 12/9 giảm 15 USD/tấn"."""
    if not (m.q.unit.startswith("other:") or m.q.unit in ("USD", "VND")):
        return None
    days = [t for t in m.times_before if t.kind == "date" and t.year and t.month]
    if len(days) != 1:
        return None
    if _PRICE.search(m.text, days[0].end, m.q.start):
        return days[0]
    said = is_price(m) and _PRICE.search(m.text, m.sentence.start, days[0].start)
    if not said or _SINCE.search(m.text, max(0, days[0].start - _FEW), days[0].start):
        return None
    return days[0]


_FEW = 24
_PRICE = regex(r"(?<!\w)[Gg]iá(?! trị)(?!\w)")
_SINCE = regex(r"(?:[Tt]ừ|[Ss]o với|[Ss]au)(?: ngày)? $")
