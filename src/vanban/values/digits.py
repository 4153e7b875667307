"""Quantities whose number stands in digits: which numbers count something, and what."""

import re
from decimal import Decimal
from typing import NamedTuple

from vanban.forms import Rare, rare
from vanban.patterns import regex
from vanban.records import Bound
from vanban.values.no_amounts import is_no_amount, is_of_a_name
from vanban.values.numbers import DIGITS, scaled_by
from vanban.values.quantity import Quantity, bounded, lexicon, unit_at

__all__ = ["OPEN", "quantities_in_digits"]

OPEN = "open"
"""The unit of an amount that only others of its sentence tell: "xuất siêu gần 9,6 tỷ"."""
_OF_MONEY = ("tỷ", "tỉ", "triệu")
"""The last scale of what is an amount of money though no currency stands behind it."""


class _Number(NamedTuple):
    """A number in digits, and what it counts as far as it is known.

    Args:
        text: the document's.
        start, end: half-open run of the sentence.
        m: what `Lexicon.number` matched.
        at, behind: half-open run of the number with its scale.
        scale: the words that multiply it.
        scaled: whether such words or a percent sign stand behind it or what it is joined with.
        unit, unit_end: as `unit_at` gives them, or `OPEN`.
    """

    text: str
    start: int
    end: int
    m: re.Match[str]
    at: int
    behind: int
    scale: list[str]
    scaled: bool
    unit: str | None
    unit_end: int

    def follows(self, pattern: re.Pattern[str] | Rare, reach: int) -> bool:
        """Whether a pattern ends right before the number, within so many code points."""
        return pattern.search(self.text, max(self.start, self.at - reach), self.at) is not None


def quantities_in_digits(text: str, start: int, end: int, m: re.Match[str]) -> list[Quantity]:
    """The quantity, if any, of a number in digits.

    Args:
        start, end: half-open run of its sentence.
        m: what `Lexicon.number` matched there.
    """
    a, b = m.start("n1"), m.end()
    if m["n1"] == "2" and m["n2"] is None and (two := _TWO_DIGITS.match(text, b)) is not None:
        return [bounded(text, start, a, two.end(), Decimal(10), "percent", default="ge")]
    percent = bool(m["pct"] or m["p1"])
    scale = m["s1"].split()
    unit, unit_end = unit_at(text, b, end, percent)
    scaled = bool(scale or m["s2"] or percent)
    number = _Number(text, start, end, m, a, b, scale, scaled, unit, unit_end)
    if percent and _names_a_kind(number):
        return []
    if _RATE_OF.match(text, unit_end) or number.follows(_RATE_IS, 24):
        return []
    if unit in _TOLD_ELSEWHERE:
        number = _settled(number)
    if _TIMES_MORE.match(text, b) and (
        number.follows(_MORE, 24) or _TIMES_TOO.search(text, start, a)
    ):
        return [bounded(text, start, a, b, scaled_by(m["n1"], number.scale, scaled=True), "ratio")]
    if number.unit is None:
        if not (number.scale and number.scale[-1] in _OF_MONEY):
            return []
    elif number.unit.startswith("other:"):
        if _is_a_size(number):
            return []
    elif number.unit in ("count", "people") and not number.scaled and _is_no_count(number):
        return []
    return _amount(number)


_TWO_DIGITS = regex(r" +con +số(?!\w)")
_RATE_OF = regex(r" (?:=|bằng|đổi được|ăn|xấp xỉ) [\d.,]+ (?:VND|VNĐ|đồng|USD|nhân dân tệ)")
_RATE_IS = rare(r"(?<![\d.,])1 [A-Z]{3} (?:=|bằng|đổi được|ăn|xấp xỉ) $")
"""Around an amount, that a currency is worth so much: "1 AUD bằng 16.853 đồng"."""
_TIMES_TOO = regex(r"lần lượt gấp [^;.]{0,40} lần(?:,| và) $")
_TIMES_MORE = regex(r" +lần(?!\w)(?! +(?:thứ|họp|gặp|liên))")
_MORE = regex(r"(?:tăng|giảm|(?:cao|lớn|nhiều|thấp) +hơn)(?: +(?:khoảng|gần|hơn|trên|tới))? *$")


# What a number counts


def _settled(n: _Number) -> _Number:
    """The number with its unit where that stands elsewhere, and without one that is not its own."""
    known, text, b, unit = lexicon(), n.text, n.behind, n.unit
    if unit == "people":
        visits = text.startswith(" lượt", b) and n.follows(_CAPITAL, 40)
        return n._replace(unit="count", unit_end=b) if visits else n
    if n.scaled:
        if unit is None:
            open_ended = n.scale and text.startswith(")", b) and n.follows(_BRACKETED, 24)
            return n._replace(unit=OPEN) if open_ended else n
        # "xuất khẩu 1,13 tỉ và nhập khẩu 1,03 tỉ USD", "từ 530 triệu lên 1,07 tỷ USD": the
        # currency stands with the other.
        elsewhere = (n.scale and known.no_noun.match(text, b)) or _GOES_ON.match(text, b)
        return n._replace(unit=None) if elsewhere else n
    shared = _SHARED.match(text, b)
    if shared is not None and text.find("lần lượt", n.start, n.at) < 0:
        shared = None
    if unit and shared is None and not n.m["n2"] and known.no_noun.match(text, b):
        # "Đề án 06 đã ...": nothing is counted, unless what is stands before.
        n = n._replace(unit=None)
    if n.unit is None and _is_number_of(text, n.start, n.at):
        n = n._replace(unit="count", unit_end=b)
    if n.unit is None or shared is None:
        return n
    # "lần lượt 1.120 và 880 lao động", "lần lượt là 1,97 và 1,89 tỷ USD"
    common = _COMMON_SCALE.match(text, shared.end())
    behind = common.end() if common else shared.end()
    return n._replace(
        unit=unit_at(text, behind, n.end, False)[0],
        unit_end=b,
        scale=common[0].split() if common else [],
        scaled=common is not None,
    )


_TOLD_ELSEWHERE = (None, "count", "people")
"""Units right behind a number that may not be its own."""
_CAPITAL = regex(r"(?:mua cổ phần|góp vốn|tăng vốn|điều chỉnh vốn)[^;.]{0,16}$")
_BRACKETED = regex(r"\((?:(?:khoảng|hơn|gần|trên|xấp xỉ|ước|đạt) )*$")
"""A number alone in brackets is of what the sentence counts."""
_GOES_ON = regex(r" (?:lên|xuống) (?:\w+ ){0,2}\d")
_SHARED = regex(rf"(?:, (?:{DIGITS}))* và (?:{DIGITS})")
_COMMON_SCALE = regex(r" +(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: +(?:tỷ|tỉ))?(?!\w)")
_NUMBER_OF = regex(
    r"(?<!\w)(?:[Ss]ố (?!điện thoại|hiệu|tài khoản|nhà|thứ tự|đăng ký|công văn|fax|máy|phận|dư)"
    r"|[Cc]on số (?:này|đó|ấy))"
    r"(?P<of>[^,;.:()]{0,90}?) (?:là|đạt|ước đạt|ở mức|lên tới|lên đến|tăng lên|lên|vào)"
    r"(?: (?:mức|con số|tới|đến|khoảng|vào khoảng|hơn|gần|trên|ước))* *$"
)
"""What is counted stands before its number: "số thỏa thuận được ký là 118"."""


def _is_number_of(text: str, start: int, at: int) -> bool:
    low = max(start, at - 130)
    return text.find("ố ", low, at) >= 0 and _NUMBER_OF.search(text, low, at) is not None


# What is no quantity


def _names_a_kind(n: _Number) -> bool:
    """Whether a percentage is part of what a thing is called: "gạo 5% tấm"."""
    return (
        n.text.startswith(_GRADE, n.behind)
        or n.follows(_OF_RICE, 16)
        or _WHOLLY.match(n.text, n.at) is not None
    )


_GRADE = " tấm"
_OF_RICE = rare(r"(?<!\w)[Gg]ạo(?: loại| trắng| thơm| hạt dài)? $")
"""Behind a percentage, how much of the rice is broken: the name of a grade."""
_WHOLLY = regex(r"100 ?% vốn (?:đầu tư )?(?:nước ngoài|FDI|trong nước|nhà nước|của)(?!\w)")
"""A kind of firm: "dự án với 100% vốn nước ngoài"."""


def _is_a_size(n: _Number) -> bool:
    """Whether an amount only says how big something is."""
    threshold = n.unit in _LENGTHS and lexicon().after.match(n.text, n.unit_end) is not None
    return threshold or n.follows(_SIZED, 30)


_LENGTHS = ("other:m", "other:mét")
"""Lengths with "trở lên" are thresholds of size."""
_SIZED = regex(
    r"(?<!\w)(?:loại|bao|túi|hộp|thùng|gói)(?: nặng)? $"
    r"|(?:tàu(?: cá| biển| hàng)?|trạm(?: biến áp)?|đường dây|lưới điện)"
    r"(?: (?:cỡ|trên|từ|dưới|hơn|trọng tải|có trọng tải|tải trọng))* *$"
)
"""Before an amount, what is so big: "tàu trên 20.000 tấn", "trạm 110 kV"."""


def _is_no_count(n: _Number) -> bool:
    """Whether a number of things or of people is a name, an address, a year, or of documents."""
    text, a, b, known = n.text, n.at, n.behind, lexicon()
    if n.unit == "count" and (
        is_of_a_name(text, n.start, a, b)
        or is_no_amount(text, n.start, a, b)
        or _A_SCORE.fullmatch(n.m["n1"])
        or _STREET.match(text, b)
        or n.follows(known.series, _SERIES_REACH)
        or n.follows(_IN_A_ROW, 60)
        or (n.m["n1"].isdigit() and 1900 <= int(n.m["n1"]) <= 2100)
    ):
        return True
    one_by_one = _TASKS.match(text, b) and n.follows(_ALL_OF, 24)
    return not one_by_one and known.not_counted.match(text, b) is not None


_SERIES_REACH = 24
"""Code points before a number in which its series ("Nghị quyết số") is looked for."""
_IN_A_ROW = regex(
    r"(?:Nghị quyết|Chỉ thị|Quyết định|Nghị định|Kết luận|Thông tư)(?: số)?"
    r"(?:(?: \d{1,4},)+|(?: \d{1,4},)* \d{1,4} và) $"
)
"""Before a number, others of documents: "Nghị quyết 57, 59 và 66"."""
_A_SCORE = regex(r"\d+,\d{1,2}")
"""Things are counted whole: "tuổi thọ là 83,5 cao nhất thế giới"."""
_STREET = regex(r"(?: [A-Z][a-z]+){1,3} (?:Street|Road|Avenue|Lane|Drive|Boulevard|Square)")
"""Behind a number, the street of an address."""
_TASKS = regex(r" nhiệm vụ(?!,| và giải| giải| trọng| chủ yếu| cơ bản)")
_ALL_OF = regex(r"(?:[Tt]ổng số|toàn bộ|hoàn thành(?: xong| tốt)?|được giao|trong số)(?: là)? $")
"""Before tasks, that they are counted one by one."""


# How much it is


def _amount(n: _Number) -> list[Quantity]:
    """The quantity of a number, open if it has no unit; [] if it is a threshold, or no range."""
    text, a, b, m, unit = n.text, n.at, n.behind, n.m, n.unit or OPEN
    scale2 = m["s2"].split() if m["s2"] else []
    low = scaled_by(m["n1"], n.scale or scale2, scaled=n.scaled)
    if unit == "count" and not (n.scaled or m["n2"]) and _is_of_the_first(n):
        # "vào nhóm 20 nước có quy mô thương mại lớn nhất": a place among the first 20.
        return [Quantity(a, b, a, b, low, "rank", "le")]
    low += _smaller_part(m, n.scale)
    if m["n2"]:
        high = scaled_by(m["n2"], scale2 or n.scale, scaled=n.scaled)
        if high <= low:
            return []
        begin = a - 3 if text[max(n.start, a - 24) : a].rstrip().endswith("từ") else a
        return [Quantity(begin, n.unit_end, a, b, low, unit, "range", high, bound_rule="range")]
    after = lexicon().after.match(text, n.unit_end)
    if after is None:
        return [bounded(text, n.start, a, b, low, unit, end=n.unit_end)]
    if n.follows(_THRESHOLD, 90):
        return []
    bound: Bound = "le" if "xuống" in after[0] or "thấp" in after[0] else "ge"
    return [Quantity(a, after.end(), a, b, low, unit, bound, bound_rule="after")]


_THRESHOLD = regex(
    r"(?<!\w)(?:[Kk]hi|[Nn]ếu|[Tt]rường hợp)(?!\w)[^;.]*$"
    r"|(?:dự án|doanh nghiệp|nhà đầu tư|công trình|lô hàng|đơn hàng|hộ|cơ sở)"
    r"(?: [^\W\d]+){0,5} (?:từ|trên) $"
)
"""Before an amount with "trở lên", that it only says of which size: "khi chi phí tăng từ 3%"."""


def _is_of_the_first(n: _Number) -> bool:
    """Whether a number says among how many something comes first."""
    return n.follows(_GROUP, 24) and _OF_THE_FIRST.match(n.text, n.behind, n.end) is not None


_GROUP = regex(
    r"(?:(?:vào|thuộc|trong) nhóm|[Mm]ột trong|(?<!\d)1 trong|lọt vào|đứng trong)"
    r" (?:số )?(?:những )?$"
)
_OF_THE_FIRST = regex(
    r" (?:nước|quốc gia|nền kinh tế|thị trường|địa phương|tỉnh|thành phố|mặt hàng|đối tác"
    r"|nhà đầu tư|điểm đến)[^,;.\d]{0,80}?(?:nhất|hàng đầu|dẫn đầu|đứng đầu|đầu tiên)(?!\w)"
)


def _smaller_part(m: re.Match[str], scale: list[str]) -> Decimal:
    """What stands behind the larger part: "9 tỷ 850 triệu", "1 triệu 200 nghìn", "2 tỷ rưỡi"."""
    if m["half"]:
        return scaled_by("0,5", scale, scaled=True)
    for digits, word in ((m["nb"], m["sb"]), (m["nc"], m["sc"])):
        if digits:
            return scaled_by(digits, (word,), scaled=True)
    return Decimal(0)
