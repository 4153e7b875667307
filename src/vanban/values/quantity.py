"""What a quantity is: the words that bound it, its scale, and the unit behind it."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import LOWER, UPPER
from vanban.patterns import Cue, Ending, alternation, both_cases, first_words, regex
from vanban.records import Bound
from vanban.values.numbers import DIGITS, scales

__all__ = ["Lexicon", "Quantity", "bounded", "lexicon", "unit_at"]


class Quantity(NamedTuple):
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


class Lexicon(NamedTuple):
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
    compounds: re.Pattern[str]
    no_noun: re.Pattern[str]
    does: re.Pattern[str]
    bound_of: dict[str, tuple[str, Bound]]
    currency_of: dict[str, str]


@cache
def lexicon() -> Lexicon:
    data = load("quantities")
    bound_of = {w: (row["id"], row["bound"]) for row in data["bounds"] for w in row["words"]}
    units = load("units")
    currency_of = {w: r["unit"] for r in units if r["dimension"] == "money" for w in r["words"]}
    measures = [w for r in units if r["dimension"] != "money" for w in r["words"]]
    scale = alternation(scales())
    scale = rf"(?: *(?:{scale})(?!\w)(?: +(?:{scale})(?!\w))*)?"
    number = rf"(?:{DIGITS})"
    return Lexicon(
        number=regex(
            rf"(?<![\w.,])(?<![^( ]-)(?<!\d:)(?<![\d°]/)(?<!\w[-–])(?P<n1>{number})(?P<s1>{scale})"
            rf"(?:(?<=tỷ|tỉ) +(?P<nb>\d{{1,3}}(?:,\d+)?) +(?P<sb>triệu)(?!\w)"
            r"|(?<=ệu) +(?P<nc>\d{1,3}) +(?P<sc>nghìn|ngàn)(?!\w)"
            r"|(?<=tỷ|tỉ|ệu|ìn|àn) +(?P<half>rưỡi)(?!\w))?(?P<p1> ?%)?"
            rf"(?: ?(?:-|–|—|đến|tới) ?(?P<n2>{number})(?P<s2>{scale}))?"
            r"(?P<pct> ?%| +phần +trăm)?(?!\d|/(?!năm)|[.,]\d)"
        ),
        worded=_worded_numbers(number, data["word_nouns"], data["rank_words"]),
        before=Ending(
            rf"(?<!\w)(?i:{alternation(bound_of)}){_LINK} +$",
            [*bound_of, *_LINKS],
        ),
        after=regex(rf" +(?:{alternation(w for row in data['after'] for w in row['words'])})"),
        series=regex(
            r"(?<!\w)(?<!thu )(?<!danh )(?<!con )(?<![Tt]ổng )(?<![Tt]rong )"
            rf"(?:{alternation(data['not_after'])}) *$"
        ),
        not_counted=regex(rf" +(?!{_THINGS}|{_MANY})(?:{alternation(data['not_counted'])})(?!\w)"),
        currency=regex(rf" ?(?:{alternation(currency_of)})(?!\w)"),
        people=regex(rf" +(?:{alternation(data['people'])})(?!\w)(?<!lượt(?= +{_NO_PEOPLE}))"),
        measure=regex(rf" ?(?:{alternation(measures)})(?!\w| +cầu)"),
        compounds=regex(rf" +(?:{alternation(data['compounds'])})(?!\w)"),
        no_noun=regex(rf" +(?:{alternation(data['no_noun'])})(?!\w)"),
        does=regex(rf" +(?:{alternation(data['does'])})(?!\w)"),
        bound_of=bound_of,
        currency_of=currency_of,
    )


_THINGS = (
    "(?:chương +trình|mặt +(?:hàng|bằng)|nhóm +(?:hàng|mặt +hàng|sản +phẩm)|câu +lạc|luật +sư"
    "|đầu +(?:mối|máy|tàu|việc|xe)"
    "|trang +(?:trại|thiết)|nghị +định +thư"
    "|phần +mềm|kh(?:óa|oá) +(?:tập +huấn|đào +tạo|học|bồi +dưỡng))(?!\\w)"
)
"""What is counted though its first syllable alone is not."""
_MANY = r"(?<=\d\d )điều +kiện(?!\w)"
"""What is counted where there are many: few are those of a policy."""
_NO_PEOPLE = (
    "(?:doanh +nghiệp|dự +án|tàu|xe|phương +tiện|hộ|hồ +sơ|văn +bản|chuyến|ý +kiến|sản +phẩm"
    "|truy +cập|xem|tương +tác|tiếp +cận|tải|tổ +chức|điều +chỉnh|tăng +vốn|góp +vốn|giao +dịch"
    "|cấp|kiểm +tra)"
)
"""What is counted by "lượt" and is no person."""
_LINKS = ("con số", "mức", "đạt", "mốc", "ngưỡng", "là", "có", "đón", "thu hút")
_LINK = rf"(?: +(?:{alternation(_LINKS)}))?"
"""What may stand between a bound word and its number: "hơn con số 5"."""
_LINKED = regex(rf"{_LINK} +$")


def _worded_numbers(digits: str, nouns: list[str], rank_words: list[str]) -> Cue:
    """Quantities said in words: "hai con số", "gấp rưỡi", "đứng thứ nhì", "top 10", "ba dự án"."""
    words = load("numbers")
    begin = words["begin"]
    first_word = alternation(both_cases(begin))
    number_word = alternation([*begin, *words["go_on"]])
    forms = (
        r"(?P<two>hai +con +số)",
        rf"(?P<part>(?P<pn>{first_word}) +phần +(?P<po>{alternation([*begin, 'tư'])}))",
        r"(?P<times>[Gg]ấp +(?:(?P<more>hơn|gần|khoảng|trên) +)?"
        rf"(?P<tn>đôi|rưỡi|{digits}|{alternation(begin)})(?: +(?P<half>rưỡi))?(?: +lần)?)",
        rf"(?P<rank>(?:{alternation(both_cases(rank_words))})(?: +(?:hạng|vị +trí|vị))? +thứ:? +"
        rf"(?P<rn>\d+|{alternation(words['ranks'])}))",
        rf"(?P<first>số +(?P<nr>\d{{1,2}}|{alternation(begin)})(?!\w|[/.,-]\d|-))",
        rf"(?P<then>[Tt]hứ +(?P<tt>\d+|{alternation(words['ranks'])})"
        rf"(?= +(?:về|của|tại|trong)(?!\w)| +(?:là|thuộc +về)(?: +[{UPPER}][\w-]+){{1,4}}"
        r"(?:,? +(?:với|chiếm|đạt|khoảng|gần|hơn|\(|\d)|[;.])))",
        rf"(?P<grown>(?:tăng|giảm)(?: +lên)?(?: +cả)? +(?P<gn>{alternation(begin)})"
        r"(?= +lần(?!\w)(?! +(?:thứ|họp|gặp|liên))))",
        r"(?P<half_of>(?:một|phân) +nửa)"
        r"(?= +(?:trong|của|số|tổng|kim|dân|giá +trị|lượng|sản|GDP)(?!\w))",
        r"(?P<top>(?:[Tt]op|tốp|TOP)[”\"’]? +(?P<tp>\d+))",
        rf"(?P<word>{first_word}(?: +{number_word}){{0,{_MOST_NUMBER_WORDS - 1}}})"
        rf"(?= +{alternation(nouns)}(?!\w)"
        rf"|(?:(?<=nghìn)|(?<=ngàn)|(?<=triệu)|(?<=tỷ)|(?<=tỉ)) +(?:{_SCALED}))",
    )
    return Cue(
        regex(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"),
        first_words(
            [
                *begin,
                *words["go_on"],
                *rank_words,
                "gấp",
                "top",
                "tốp",
                "thứ",
                "Thứ",
                "tăng",
                "giảm",
                "số",
                "phân",
            ]
        ),
    )


_SCALED = r"(?:lượt|người|khách|tấn|ha|USD|đô ?-?la|đồng|euro|héc-ta|bao|kiều bào|lao động)(?!\w)"
"""What is counted in thousands and millions said in words."""
_NOUN = regex(rf" +(?=[{LOWER}{UPPER}])")
_MOST_NUMBER_WORDS = 16
"""Words of one number: "chín trăm chín mươi chín nghìn chín trăm chín mươi chín" has 13."""


def unit_at(text: str, at: int, end: int, percent: bool) -> tuple[str | None, int]:
    """The unit that begins at `at`, and where it ends; None if nothing is counted."""
    if percent:
        return "percent", at
    known = lexicon()
    if (m := known.compounds.match(text, at, end)) is not None:
        # "34 đồng chí" are people, and no money; "12 khách sạn" are neither.
        whole = known.people.match(text, at, end)
        return ("people", m.end()) if whole and whole.end() == m.end() else ("count", at)
    if (m := known.currency.match(text, at, end)) is not None:
        currency = known.currency_of[" ".join(m[0].split())]
        if (per := _PER.match(text, m.end(), end)) is not None:
            # "1.200 USD/tấn" is a price, no sum.
            return f"other:{currency.removeprefix('other:')}/{per['of']}", per.end()
        return currency, m.end()
    if (m := known.people.match(text, at, end)) is not None:
        return "people", m.end()
    if (m := known.measure.match(text, at, end)) is not None:
        return f"other:{' '.join(m[0].split())}", m.end()
    if _NOUN.match(text, at, end) is not None:
        return "count", at
    return None, at


_PER = regex(
    r" ?/ ?1?(?P<of>tấn|kg|tạ|lít|thùng|bao|container|cont|TEU|teu|m2|m²|m3|m³|kWh|MWh|pound|ounce"
    r"|ha|con|sản phẩm|đơn hàng|chiếc|cái|trái|quả|lô|gram)(?!\w)"
)


def bounded(
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
    known = lexicon()
    begin, rule, bound, estimated = a, "", default, False
    for _ in range(_MOST_BOUNDS):
        m = known.before.search(text, max(start, begin - 26), begin)
        if m is None:
            break
        words = " ".join(m[0].lower().split())
        word = " ".join(_LINKED.sub("", m[0]).lower().split())
        row = known.bound_of.get(word) or known.bound_of.get(words)
        if row is None:
            break
        binds_not = _BINDS_NOT.get(word)
        if binds_not is not None and binds_not(
            _Before(text, start, m.start(), b, end or b, value, words)
        ):
            break
        estimated = estimated or (row[0] == "about" and word.startswith("ước"))
        if not rule or (rule == "about" and row[0] in ("more_than", "nearly")):
            rule, bound = row
        begin = m.start()
    return Quantity(begin, end or b, a, b, value, unit, bound, bound_rule=rule, estimated=estimated)


_MOST_BOUNDS = 3
"""Bound words before one number: "ước đạt khoảng hơn" has three."""


# Words before a number that do not bind it


class _Before(NamedTuple):
    """A word before a number that binds others.

    Args:
        text: the document's.
        start: where the sentence begins.
        at: where the word begins.
        behind, unit_end: where the number and its unit end.
        value: of the number.
        words: the word with what stands between it and the number.
    """

    text: str
    start: int
    at: int
    behind: int
    unit_end: int
    value: Decimal
    words: str


def _is_india(before: _Before) -> bool:
    """ "Ấn Độ 96 nghìn lượt"."""
    return before.text.endswith("Ấn ", before.start, before.at)


def _has_most(before: _Before) -> bool:
    """ "Khách Trung Quốc chiếm nhiều nhất là 5,8 triệu": no one else has more."""
    return before.words != "nhiều nhất"


def _is_fulfilled(before: _Before) -> bool:
    """ "Đạt và vượt 10 trên 15 chỉ tiêu": so many, and no more."""
    return _FULFILS.match(before.text, before.behind) is not None


def _is_done_on(before: _Before) -> bool:
    """ "Kiểm tra thực tế trên 1 tàu": on it; "12 trên 15 chỉ tiêu": so many of so many."""
    text, at = before.text, before.at
    if before.value < _FEW and _ON.search(text, max(before.start, at - 40), at):
        return True
    return at >= 2 and text[at - 2].isdigit()


def _is_compared(before: _Before) -> bool:
    """ "Thấp hơn 12 USD": by how much, or than what."""
    text, start, at = before.text, before.start, before.at
    if before.words == "hơn mức" and _TO_PASS.search(text, start, at):
        return False
    return _COMPARED.search(text, start, at) is not None


def _is_whence(before: _Before) -> bool:
    """ "Từ 3,1 tỷ USD lên 4,6 tỷ USD": where it began; "đến từ 31 quốc gia": where from."""
    text = before.text
    return (
        before.words == "từ mức"
        or _WHENCE.match(text, before.behind) is not None
        or _FROM_TO.match(text, before.unit_end) is not None
        or text.endswith("đến ", before.start, before.at)
    )


_WHENCE = regex(
    r" (?:quốc gia|nước|vùng lãnh thổ|tỉnh|thành phố|địa phương|thị trường|nền kinh tế"
    r"|châu lục|hiệp định|FTA|tổ chức|nhà (?:thu mua|nhập khẩu|phân phối|đầu tư))(?!\w)"
)
"""Behind a number, where something is from: "từ 46 quốc gia"."""
_FULFILS = regex(r"(?:(?: trên|/)(?: tổng số)? ?\d+)? (?:chỉ tiêu|mục tiêu|tiêu chí)(?!\w)")
_COMPARED = regex(r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|đắt|rẻ|nhanh|chậm|kém) $")
_TO_PASS = regex(r"(?:nâng|đưa|phấn đấu|mục tiêu)[^;.]{0,80} cao $")
_FROM_TO = regex(
    r" +(?:[^\d.;,]{0,20} )?(?:\(?(?:vào |trong )?(?:\d+ tháng )?(?:năm|tháng|quý|giai đoạn)"
    r" [\dIVX/.-]+"
    r"(?: ?[-–] ?\d{4})?"
    r"\)?,? )?"
    r"(?:lên|xuống|thành|còn) +[^\d.;]{0,16}\d"
)
_FEW = 10
_ON = regex(
    r"(?<!\w)(?:kiểm tra|khảo sát|thí điểm|thử nghiệm|áp dụng|thực nghiệm|lắp đặt|thực hành)"
    r"(?: thực tế| trực tiếp| thử| thí điểm)? $"
)
"""Before "trên" and a small number, what is done on so many."""
_BINDS_NOT: dict[str, Callable[[_Before], bool]] = {
    "độ": _is_india,
    "nhiều nhất": _has_most,
    "vượt": _is_fulfilled,
    "trên": _is_done_on,
    "hơn": _is_compared,
    "từ": _is_whence,
}
"""Of words that bind a number, when they do not."""
