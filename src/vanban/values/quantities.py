"""Quantities: a number with its bound, its scale and its unit, wherever one stands in a text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from vanban.data import load
from vanban.letters import LOWER, UPPER
from vanban.patterns import Cue, Ending, alternation, both_cases, first_words
from vanban.records import Bound
from vanban.values.numbers import DIGITS, parse_digits, parse_words, scales
from vanban.values.times import Time
from vanban.words import Words

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts.

    Args:
        start, end: half-open run from the bound word to the unit.
        number_start, number_end: the number itself with its scale.
        value, value_high: whole units ("1,696 tỷ USD" is 1696000000); `value_high` for ranges.
        unit: the schema's unit; "count" if a noun follows that is no unit of measure.
        bound: how the words before bind the value.
        bound_rule: id of the bound's row in `data/quantities.yml`, "" for a plain number.
        estimated: "ước", "ước đạt" stand before: the value is an estimate whatever the bound.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    unit: str
    bound: Bound = "eq"
    value_high: Decimal | None = None
    bound_rule: str = ""
    estimated: bool = False


@dataclass(frozen=True)
class _Lexicon:
    """The patterns of `data/quantities.yml`, `data/units.yml` and `data/numbers.yml`."""

    number: re.Pattern[str]
    worded: Cue
    before: Ending
    after: re.Pattern[str]
    series: re.Pattern[str]
    not_counted: re.Pattern[str]
    currency: re.Pattern[str]
    people: re.Pattern[str]
    measure: re.Pattern[str]
    bound_of: dict[str, tuple[str, Bound]]
    currency_of: dict[str, str]


@cache
def _lexicon() -> _Lexicon:
    data = load("quantities")
    bound_of = {w: (row["id"], row["bound"]) for row in data["bounds"] for w in row["words"]}
    units = load("units")
    currency_of = {w: r["unit"] for r in units if r["dimension"] == "money" for w in r["words"]}
    measures = [w for r in units if r["dimension"] != "money" for w in r["words"]]
    scale = alternation(scales())
    scale = rf"(?: *(?:{scale})(?!\w)(?: +(?:{scale})(?!\w))*)?"
    number = rf"(?:{DIGITS})"
    return _Lexicon(
        number=re.compile(
            rf"(?<![\w.,\-])(?<![\d°]/)(?<!\w[-–])(?P<n1>{number})(?P<s1>{scale})"
            rf"(?:(?<=tỷ|tỉ) +(?P<nb>\d{{1,3}}(?:,\d+)?) +(?P<sb>triệu)(?!\w))?(?P<p1> ?%)?"
            rf"(?: ?(?:-|–|—|đến|tới) ?(?P<n2>{number})(?P<s2>{scale}))?"
            r"(?P<pct> ?%| +(?:phần +trăm|điểm +phần +trăm)| ?điểm ?%)?(?![\d/]|[.,]\d)"
        ),
        worded=_worded_numbers(number, data["word_nouns"], data["rank_words"]),
        before=Ending(
            re.compile(rf"(?<!\w)(?i:{alternation(bound_of)}){_LINK} +$"),
            [*bound_of, *_LINKS],
        ),
        after=re.compile(rf" +(?:{alternation(w for row in data['after'] for w in row['words'])})"),
        series=re.compile(rf"(?<!\w)(?<!thu )(?<!danh )(?:{alternation(data['not_after'])}) *$"),
        not_counted=re.compile(rf" +(?!{_THINGS})(?:{alternation(data['not_counted'])})(?!\w)"),
        currency=re.compile(rf" ?(?:{alternation(currency_of)})(?!\w)"),
        people=re.compile(rf" +(?:{alternation(data['people'])})(?!\w)(?<!lượt(?= +{_NO_PEOPLE}))"),
        measure=re.compile(rf" ?(?:{alternation(measures)})(?!\w| +cầu)"),
        bound_of=bound_of,
        currency_of=currency_of,
    )


_THINGS = (
    "(?:chương +trình|mặt +(?:hàng|bằng)|câu +lạc|luật +sư|đầu +(?:mối|máy|tàu|việc|xe)"
    "|trang +(?:trại|thiết)|phần +mềm|khóa +(?:tập +huấn|đào +tạo|học|bồi +dưỡng))(?!\\w)"
)
"""What is counted though its first syllable alone is not."""
_NO_PEOPLE = (
    "(?:doanh +nghiệp|dự +án|tàu|xe|phương +tiện|hộ|hồ +sơ|văn +bản|chuyến|ý +kiến|sản +phẩm"
    "|tổ +chức|điều +chỉnh|tăng +vốn|góp +vốn|giao +dịch|cấp|kiểm +tra)"
)
"""What is counted by "lượt" and is no person."""
_LINKS = ("con số", "mức", "đạt", "mốc", "là", "đón", "thu hút")
_LINK = rf"(?: +(?:{alternation(_LINKS)}))?"
"""What may stand between a bound word and its number: "hơn con số 5"."""
_LINKED = re.compile(rf"{_LINK} +$")


def _worded_numbers(digits: str, nouns: list[str], rank_words: list[str]) -> Cue:
    """Quantities said in words: "hai con số", "gấp rưỡi", "đứng thứ nhì", "top 10", "ba dự án"."""
    words = load("numbers")
    begin = words["begin"]
    first_word = alternation(both_cases(begin))
    number_word = alternation([*begin, *words["go_on"]])
    forms = (
        r"(?P<two>hai +con +số)",
        r"(?P<times>[Gg]ấp +(?:(?P<more>hơn|gần|khoảng|trên) +)?"
        rf"(?P<tn>đôi|rưỡi|{digits}|{alternation(begin)})(?: +(?P<half>rưỡi))?(?: +lần)?)",
        rf"(?P<rank>(?:{alternation(rank_words)})(?: +(?:hạng|vị +trí))? +thứ +"
        rf"(?P<rn>\d+|{alternation(words['ranks'])}))",
        r"(?P<top>(?:[Tt]op|tốp|TOP) +(?P<tp>\d+))",
        rf"(?P<word>{first_word}(?: +{number_word}){{0,{_MOST_NUMBER_WORDS - 1}}})"
        rf"(?= +{alternation(nouns)}(?!\w))",
    )
    return Cue(
        re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"),
        first_words([*begin, *words["go_on"], *rank_words, "gấp", "top", "tốp"]),
    )


_NOUN = re.compile(rf" +(?=[{LOWER}{UPPER}])")
_MOST_NUMBER_WORDS = 16
"""Words of one number: "chín trăm chín mươi chín nghìn chín trăm chín mươi chín" has 13."""
_NUMBER_AND_BLANK = 24
"""Code points before a number in which its series ("Nghị quyết số") is looked for."""


def find_quantities(words: Words, start: int, end: int, times: tuple[Time, ...]) -> list[Quantity]:
    """Every quantity of one sentence, in text order.

    Source: `data/quantities.yml`; the labelling rules of `eval/SCHEMA.md` say what is no figure.
    Args:
        words: the document's text.
        start, end: half-open run of the sentence.
        times: the sentence's time expressions; no number inside one is a quantity.
    Returns:
        Quantities with values in whole units; dates, durations, ordinals, document numbers and the
        parts of a policy are left out.
    """
    lexicon = _lexicon()
    text = words.text
    found: list[Quantity] = []
    taken = [(t.start, t.end) for t in times]
    for m in words.find_all(lexicon.worded, start, end):
        if (q := _worded(text, start, m)) is not None:
            found.append(q)
            taken.append((q.number_start, q.number_end))
    pairs: list[tuple[int, int]] = []
    stroke = text.find("/", start, end) >= 0
    for m in words.find_numbers(_PAIR, start, end) if stroke else ():
        of = [t for t in times if t.start < m.end() and m.start() < t.end]
        if not of and (pair := _pair(text, start, end, m, found)):
            found += pair
            pairs.append(m.span())
    taken += pairs
    taken.sort(reverse=True)
    for m in words.find_numbers(lexicon.number, start, end):
        while taken and taken[-1][1] <= m.start("n1"):
            taken.pop()
        if not taken or taken[-1][0] >= m.end():
            found += _digits(text, start, end, m)
    found.sort(key=lambda q: q.number_start)
    return _settle_open(_settle_ranks(text, found))


_PAIR = re.compile(
    rf"(?<![\w/.,\-])(?P<one>{DIGITS})/(?P<of>{DIGITS})"
    r"(?P<scale> +(?:nghìn|triệu|tỷ|tỉ))?(?=[ ])(?![\d/])"
)


def _pair(
    text: str, start: int, end: int, m: re.Match[str], found: list[Quantity]
) -> list[Quantity]:
    """The two quantities of "45/63 địa phương": so many of so many; [] if it is no such pair.

    Args:
        found: what is known of the sentence; "đứng thứ 51" of "thứ 51/149" is there already.
    """
    unit, unit_end = _unit(text, m.end(), end, False)
    if unit is None or (unit == "count" and _lexicon().not_counted.match(text, m.end())):
        return []
    scale = (m["scale"] or "").split()
    one, of = (_scaled(m[name], scale, bool(scale)) for name in ("one", "of"))
    if _OF_DAYS.search(text, max(start, m.start() - 16), m.start()) or _YEARLY.match(text, m.end()):
        return []
    ranked = any(q.unit == "rank" and q.number_end == m.end("one") for q in found)
    if not ranked and (
        one > of or _lexicon().series.search(text, max(start, m.start() - 24), m.start())
    ):
        return []
    whole = Quantity(m.start("of"), unit_end, m.start("of"), m.end(), of, unit, bound_rule="of")
    if ranked:
        return [whole]
    return [_bounded(text, start, m.start("one"), m.end("one"), one, unit), whole]


_OF_DAYS = re.compile(r"(?:trước|ngày|đến|vào|từ|hạn|sáng|chiều|tối) *$")
_YEARLY = re.compile(r" +h[aằ]ng +năm")
_OPEN = "open"
_OF_MONEY = ("tỷ", "tỉ", "triệu")


_OUT_OF = re.compile(r",? *(?:trên|trong|/)(?: +tổng)?(?: +số)?(?: +hơn)? *")


def _settle_ranks(text: str, found: list[Quantity]) -> list[Quantity]:
    """The count right behind a rank is what it is a rank of: "thứ 26 trên 151 quốc gia"."""
    settled = []
    for n, q in enumerate(found):
        before = found[n - 1] if n else None
        if (
            before is not None
            and before.unit == "rank"
            and q.unit == "count"
            and _OUT_OF.fullmatch(text, before.number_end, q.number_start)
        ):
            q = replace(q, start=q.number_start, bound="eq", bound_rule="of")
        settled.append(q)
    return settled


def _settle_open(found: list[Quantity]) -> list[Quantity]:
    """Give an amount without a unit ("xuất siêu gần 9,6 tỷ") that of the amount nearest to it.

    The one before it in the sentence comes first; without any the amount is left out.
    """
    money = [(n, q.unit) for n, q in enumerate(found) if q.unit in ("USD", "VND", "people")]
    settled = []
    for n, q in enumerate(found):
        if q.unit == _OPEN:
            units = [unit for at, unit in money if at < n][-1:] or [unit for _, unit in money[:1]]
            if not units:
                continue
            q = replace(q, unit=units[0])
        settled.append(q)
    return settled


def _worded(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    """The quantity a match of `_worded_numbers` stands for; None if it stands for none."""
    a, b = m.span()
    if m["two"]:
        return _bounded(text, start, a, b, Decimal(10), "percent", default="ge")
    if m["times"]:
        return _times(text, start, m)
    if m["rank"]:
        word = m["rn"]
        rank = Decimal(word if word.isdigit() else load("numbers")["ranks"][word])
        return Quantity(a, b, a, b, rank, "rank")
    if m["top"]:
        return Quantity(a, b, a, b, Decimal(m["tp"]), "rank", "le")
    value = parse_words(m["word"])
    if not value or m["word"].lower() == "năm" or _PART.search(text, max(start, a - 8), a):
        return None
    if _NAMED_ONES.match(text, m.end("word")):
        return None
    unit = "people" if _lexicon().people.match(text, m.end("word")) else "count"
    if value == 1 and unit == "count":
        return None
    return _bounded(text, start, a, m.end("word"), value, unit)


def _times(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    """ "Gấp đôi", "gấp hơn 3 lần", "gấp hai rưỡi": how many times as much."""
    a, b = m.span()
    word = m["tn"]
    value = _TIMES.get(word)
    if value is None:
        value = parse_words(word) if word[0].isalpha() else parse_digits(word, scaled=True)
    if value is None:
        return None
    if m["half"]:
        value += Decimal("0.5")
    if m["more"] is None:
        return _bounded(text, start, a, b, value, "ratio")
    rule, bound = _lexicon().bound_of[m["more"]]
    return Quantity(a, b, a, b, value, "ratio", bound, bound_rule=rule)


_PART = re.compile(r"(?<!\w)(?:phần|thứ) +$")
"""Before a number word: a fraction, a place in a row. "Năm" alone is nearly always a year."""
_SMALL_WORDS = "của|với|tại|từ|cho|ở|do|về|trong|sang|và|giữa|theo|được|cùng|đến|tới"
_NAMED_ONES = re.compile(rf"(?: +(?!(?:{_SMALL_WORDS})(?!\w))[{LOWER}]+){{1,4}} +[{UPPER}]")
"""What is counted is named right behind it ("hai tỉnh Savannakhet và ..."): a name, no count."""


_TIMES = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}


_IN_A_ROW = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Quyết định|Nghị định|Kết luận|Thông tư)(?: số)?"
    r"(?:(?: \d{1,4},)+|(?: \d{1,4},)* \d{1,4} và) $"
)
"""Before a number, others of documents: "Nghị quyết 57, 59 và 66"."""
_LONGEST_ROW = 60


def _digits(text: str, start: int, end: int, m: re.Match[str]) -> list[Quantity]:
    """The quantity, if any, of a number in digits."""
    lexicon = _lexicon()
    a, b = m.start("n1"), m.end()
    scale1, scale2 = m["s1"].split(), (m["s2"] or "").split()
    percent = bool(m["pct"] or m["p1"])
    unit, unit_end = _unit(text, b, end, percent)
    scaled = bool(scale1 or scale2 or percent)
    if percent and text.startswith(_GRADE, b):
        return []
    if unit is None and not scaled and _is_number_of(text, start, a):
        unit, unit_end = "count", b
    shared = _SHARED.match(text, b) if unit == "count" and not scaled else None
    if shared is not None and text.find("lần lượt", start, a) >= 0:
        # "lần lượt 1.120 và 880 lao động"
        unit, unit_end = _unit(text, shared.end(), end, False)[0], b
    if unit is None and scale1 and _BRACKETED.search(text, max(start, a - 24), a):
        unit = _OPEN if text.startswith(")", b) else None
    if _TIMES_MORE.match(text, b) and (
        _MORE.search(text, max(start, a - 24), a) or _TIMES_TOO.search(text, start, a)
    ):
        return [_bounded(text, start, a, b, _scaled(m["n1"], scale1, True), "ratio")]
    if (
        unit == "people"
        and _CAPITAL.search(text, max(start, a - 40), a)
        and text[b:].startswith(" lượt")
    ):
        unit, unit_end = "count", b
    if unit in _LENGTHS and lexicon.after.match(text, unit_end):
        return []
    if (
        unit is not None
        and unit.startswith("other:")
        and _SIZED.search(text, max(start, a - 30), a)
    ):
        return []
    if unit == "count" and scaled and _GOES_ON.match(text, b):
        # "từ 530 triệu lên 1,07 tỷ USD": the currency stands with the other.
        unit = None
    if unit is None and not (scale1 and scale1[-1] in _OF_MONEY):
        return []
    unit = unit or _OPEN
    plain = unit == "count" and not scaled
    if plain and _IN_A_NAME.search(text, max(start, a - 60), a) and _ACTS.match(text, b):
        return []
    if plain and lexicon.series.search(text, max(start, a - _NUMBER_AND_BLANK), a):
        return []
    if plain and _IN_A_ROW.search(text, max(start, a - _LONGEST_ROW), a):
        return []
    if unit in ("count", "people") and not scaled and lexicon.not_counted.match(text, b):
        return []
    if plain and m["n1"].isdigit() and 1900 <= int(m["n1"]) <= 2100:
        return []
    low = _scaled(m["n1"], scale1 or scale2, scaled)
    if m["nb"]:
        # "9 tỷ 850 triệu USD"
        low += _scaled(m["nb"], [m["sb"]], True)
    if m["n2"]:
        high = _scaled(m["n2"], scale2 or scale1, scaled)
        if high <= low:
            return []
        begin = a - 3 if text[max(start, a - _NUMBER_AND_BLANK) : a].rstrip().endswith("từ") else a
        return [Quantity(begin, unit_end, a, b, low, unit, "range", high, bound_rule="range")]
    after = lexicon.after.match(text, unit_end)
    if after is not None:
        bound: Bound = "le" if "xuống" in after[0] or "thấp" in after[0] else "ge"
        return [Quantity(a, after.end(), a, b, low, unit, bound, bound_rule="after")]
    return [_bounded(text, start, a, b, low, unit, end=unit_end)]


_SHARED = re.compile(rf"(?:, (?:{DIGITS}))* và (?:{DIGITS})")
_BRACKETED = re.compile(r"\((?:(?:khoảng|hơn|gần|trên|xấp xỉ|ước|đạt) )*$")
"""A number alone in brackets is of what the sentence counts."""
_SIZED = re.compile(
    r"(?:tàu(?: cá| biển| hàng)?|trạm(?: biến áp)?|đường dây|lưới điện)"
    r"(?: (?:cỡ|trên|từ|dưới|hơn|trọng tải|có trọng tải|tải trọng))* *$"
)
"""Before an amount, what is so big: "tàu trên 20.000 tấn", "trạm 110 kV"."""
_GOES_ON = re.compile(r" (?:lên|xuống) (?:\w+ ){0,2}\d")
_IN_A_NAME = re.compile(
    r"(?:[Kk]hu công nghiệp|KCN|[Cc]ảng|[Nn]hà máy|[Tt]rạm|[Tt]uyến|[Cc]ầu|điện|cao tốc|[Đđ]ường"
    rf"|dự án|mặt bằng|kV)(?: [{UPPER}][\w-]*)+ *$"
)
"""A name before a number that belongs to it: "Khu công nghiệp Tràng Duệ 3"."""
_ACTS = re.compile(
    r" (?:chậm|đã|đang|sẽ|vẫn|còn|chưa|phải|cần|trong|tại|vào|trước|với|và|của|do|có)(?!\w)"
)
_GRADE = " tấm"
"""Behind a percentage, how much of the rice is broken: the name of a grade."""
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:[Ss]ố (?!điện thoại|hiệu|tài khoản|nhà|thứ tự|đăng ký|công văn|fax|máy|phận|dư)"
    r"|[Cc]on số (?:này|đó|ấy))"
    r"(?P<of>[^,;.:()]{0,90}?) (?:là|đạt|ước đạt|ở mức|lên tới|lên đến|tăng lên|lên|vào)"
    r"(?: (?:mức|con số|tới|đến|khoảng|vào khoảng|hơn|gần|trên|ước))* *$"
)
"""What is counted stands before its number: "số thỏa thuận được ký là 118"."""


def _is_number_of(text: str, start: int, at: int) -> bool:
    low = max(start, at - 130)
    return text.find("ố ", low, at) >= 0 and _NUMBER_OF.search(text, low, at) is not None


_TIMES_TOO = re.compile(r"lần lượt gấp [^;.]{0,40} lần(?:,| và) $")
_TIMES_MORE = re.compile(r" +lần(?!\w)(?! +(?:thứ|họp|gặp|liên))")
_MORE = re.compile(
    r"(?:tăng|giảm|(?:cao|lớn|nhiều|thấp) +hơn)(?: +(?:khoảng|gần|hơn|trên|tới))? *$"
)
_CAPITAL = re.compile(r"(?:mua cổ phần|góp vốn|tăng vốn|điều chỉnh vốn)[^;.]{0,16}$")
_LENGTHS = ("other:m", "other:mét")
"""Lengths with "trở lên" are thresholds of size."""


def _scaled(digits: str, scale: list[str], scaled: bool) -> Decimal:
    value = parse_digits(digits, scaled=scaled)
    for word in scale:
        value *= scales()[word]
    return value


def _unit(text: str, at: int, end: int, percent: bool) -> tuple[str | None, int]:
    """The unit that begins at `at`, and where it ends; None if nothing is counted."""
    if percent:
        return "percent", at
    lexicon = _lexicon()
    if (m := lexicon.currency.match(text, at, end)) is not None:
        currency = lexicon.currency_of[" ".join(m[0].split())]
        if (per := _PER.match(text, m.end(), end)) is not None:
            # "1.200 USD/tấn" is a price, no sum.
            return f"other:{currency.removeprefix('other:')}/{per['of']}", per.end()
        return currency, m.end()
    if (m := lexicon.people.match(text, at, end)) is not None:
        return "people", m.end()
    if (m := lexicon.measure.match(text, at, end)) is not None:
        return f"other:{' '.join(m[0].split())}", m.end()
    if _NOUN.match(text, at, end) is not None:
        return "count", at
    return None, at


_PER = re.compile(
    r"/ ?(?P<of>tấn|kg|tạ|lít|thùng|bao|container|cont|TEU|teu|m2|m²|m3|m³|kWh|MWh|pound|ounce|ha"
    r"|con|sản phẩm|đơn hàng|chiếc|cái|trái|quả|lô|gram)(?!\w)"
)


def _bounded(
    text: str,
    start: int,
    a: int,
    b: int,
    value: Decimal,
    unit: str,
    *,
    end: int | None = None,
    default: Bound = "eq",
) -> Quantity:
    """A quantity with the bound words that stand right before it.

    Args:
        start: where its sentence begins.
        a, b: the number, half-open.
        end: where its unit ends; None if it ends with the number.
        default: the bound of a number no word binds.
    """
    lexicon = _lexicon()
    begin, rule, bound, estimated = a, "", default, False
    for _ in range(_MOST_BOUNDS):
        m = lexicon.before.search(text, max(start, begin - 26), begin)
        if m is None:
            break
        words = " ".join(m[0].lower().split())
        word = " ".join(_LINKED.sub("", m[0]).lower().split())
        row = lexicon.bound_of.get(word) or lexicon.bound_of.get(words)
        if row is None:
            break
        if word == "hơn" and _COMPARED.search(text, start, m.start()):
            # "thấp hơn 12 USD": by how much, or than what.
            break
        estimated = estimated or (row[0] == "about" and word.startswith("ước"))
        if word == "từ" and (
            _FROM_TO.match(text, end or b) or text.endswith("đến ", start, m.start())
        ):
            # "từ 3,1 tỷ USD lên 4,6 tỷ USD": where it began; "đến từ 31 quốc gia": where from.
            break
        if not rule or (rule == "about" and row[0] in ("more_than", "nearly")):
            rule, bound = row
        begin = m.start()
    return Quantity(begin, end or b, a, b, value, unit, bound, bound_rule=rule, estimated=estimated)


_COMPARED = re.compile(r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|đắt|rẻ|nhanh|chậm|kém) $")
_FROM_TO = re.compile(
    r" +(?:[^\d.;,]{0,20} )?(?:\(?(?:vào )?năm \d{4}\)? )?(?:lên|xuống|thành) +[^\d.;]{0,16}\d"
)
_MOST_BOUNDS = 3
"""Bound words before one number: "ước đạt khoảng hơn" has three."""
