"""Quantities: a number with its bound, its scale and its unit, wherever one stands in a text."""

import re
from decimal import Decimal

from vanban.data import load
from vanban.letters import LOWER, UPPER
from vanban.patterns import regex
from vanban.values.digits import OPEN, quantities_in_digits
from vanban.values.numbers import DIGITS, parse_digits, parse_words, scaled_by
from vanban.values.parts import is_part, part
from vanban.values.quantity import Quantity, bounded, lexicon, unit_at
from vanban.values.signs import settle_signs
from vanban.values.times import Time
from vanban.words import Words

__all__ = ["Quantity", "find_quantities"]


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
    known = lexicon()
    text = words.text
    found: list[Quantity] = []
    taken = [(t.start, t.end) for t in times]
    for m in words.find_all(known.worded, start, end):
        if (q := _worded(text, start, m)) is not None:
            found.append(q)
            taken.append((q.number_start, q.number_end))
    pairs: list[tuple[int, int]] = []
    stroke = text.find("/", start, end) >= 0 or text.find(" tổng số ", start, end) >= 0
    for m in words.find_numbers(_PAIR, start, end) if stroke else ():
        of = [t for t in times if t.start < m.end() and m.start() < t.end]
        if not of and (pair := _pair(text, start, end, m, found)):
            found += pair
            pairs.append(m.span())
    taken += pairs
    taken.sort(reverse=True)
    for m in words.find_numbers(known.number, start, end):
        while taken and taken[-1][1] <= m.start("n1"):
            taken.pop()
        if not taken or taken[-1][0] >= m.end():
            found += quantities_in_digits(text, start, end, m)
    found.sort(key=lambda q: q.number_start)
    settled = _settle_dollars(text, _settle_open(_settle_ranks(text, found)))
    return settle_signs(text, start, end, _settle_ranges(text, settled))


_PAIR = regex(
    rf"(?<![\w/.,\-])(?P<one>{DIGITS})(?:/|(?: trong| trên) tổng số )(?P<of>{DIGITS})"
    r"(?P<scale> +(?:nghìn|triệu|tỷ|tỉ))?(?=[ ])(?![\d/])"
)


def _pair(
    text: str, start: int, end: int, m: re.Match[str], found: list[Quantity]
) -> list[Quantity]:
    """The two quantities of "45/63 địa phương": so many of so many; [] if it is no such pair.

    Args:
        found: what is known of the sentence; "đứng thứ 51" of "thứ 51/149" is there already.
    """
    unit, unit_end = unit_at(text, m.end(), end, False)
    # "17 trong tổng số 21 ngành": said in words, it is no date and no part of a policy.
    in_words = "/" not in m[0]
    if unit is None:
        return []
    if unit == "count" and not in_words and lexicon().not_counted.match(text, m.end()):
        return []
    scale = (m["scale"] or "").split()
    one, of = (scaled_by(m[name], scale, scaled=bool(scale)) for name in ("one", "of"))
    if is_part(text, m.start(), m.end(), one, of):
        return [bounded(text, start, m.start(), m.end(), part(one, of), "ratio")]
    if one == 1 and unit == "count" and lexicon().no_noun.match(text, m.end()):
        return []
    if not in_words and _OF_DAYS.search(text, max(start, m.start() - 16), m.start()):
        return []
    if _YEARLY.match(text, m.end()):
        return []
    ranked = any(q.unit == "rank" and q.number_end == m.end("one") for q in found)
    if not ranked and (
        one > of or lexicon().series.search(text, max(start, m.start() - 24), m.start())
    ):
        return []
    whole = Quantity(m.start("of"), unit_end, m.start("of"), m.end(), of, unit, bound_rule="of")
    if ranked:
        return [whole]
    if _RANKS.search(text, max(start, m.start() - 90), m.start()):
        # "đứng 26/240 nền kinh tế": a place, and of how many.
        return [Quantity(*m.span("one"), *m.span("one"), one, "rank"), whole]
    return [bounded(text, start, m.start("one"), m.end("one"), one, unit), whole]


_RANKS = regex(
    r"(?<!\w)(?:(?:đứng|xếp|xếp hạng|hạng|vị trí|thứ hạng|vị thứ)"
    r"(?: vị trí| hạng| thứ| ở vị trí| vị thứ)*:? +"
    r"|(?:đứng|xếp|hạng|vị thứ|thứ hạng|vị trí)[^.;]{0,16} \d+/\d+ [^.;]{0,60}(?:;|,| và) "
    r"(?:và )?)$"
)
"""Before a pair, that it is a place in a row, or goes on with such: "đứng 8/63 tỉnh; 4/14"."""
_OF_DAYS = regex(r"(?:trước|ngày|đến|vào|từ|hạn|sáng|chiều|tối) *$")
_YEARLY = regex(r" +h[aằ]ng +năm")
_OUT_OF = regex(r",? *(?:trên|trong|/)(?: +tổng)?(?: +số)?(?: +hơn)? *")


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
            q = q._replace(start=q.number_start, bound="eq", bound_rule="of")
        settled.append(q)
    return settled


def _settle_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two amounts that are the ends of one: "từ 80 triệu đồng đến 82 triệu đồng"."""
    settled: list[Quantity] = []
    for q in found:
        low = settled[-1] if settled else None
        if (
            low is not None
            and low.unit == q.unit
            and low.unit not in ("count", "people", "rank")
            and low.value < q.value
            and q.bound == "eq"
            and text[low.start : low.number_start].endswith("từ ")
            and text[low.end : q.start] == " đến "
            and not _GREW_FROM.search(text, max(0, low.start - 20), low.start)
        ):
            settled[-1] = low._replace(
                end=q.end,
                number_end=q.number_end,
                bound="range",
                value_high=q.value,
                bound_rule="range",
            )
        else:
            settled.append(q)
    return settled


_GREW_FROM = regex(r"(?:tăng|giảm|nâng|đưa)(?: \w+)? $")
"""Before the first of two amounts, that one became the other."""


def _settle_dollars(text: str, found: list[Quantity]) -> list[Quantity]:
    """Bare dollars behind those of a country are its own: "90 triệu đôla Úc, 60 triệu đôla"."""
    settled: list[Quantity] = []
    kind = "USD"
    for q in found:
        if _DOLLARS.search(text, q.number_end, q.end):
            if q.unit == "USD" and kind != "USD" and _BARE.fullmatch(text, q.number_end, q.end):
                q = q._replace(unit=kind)
            kind = q.unit
        settled.append(q)
    return settled


_DOLLARS = regex(r"(?i:đô ?-?la|dollar)")
_BARE = regex(r"(?i: *(?:đô ?-?la|dollar))")


def _settle_open(found: list[Quantity]) -> list[Quantity]:
    """Give an amount without a unit ("xuất siêu gần 9,6 tỷ") that of the amount nearest to it.

    The one before it in the sentence comes first; without any the amount is left out.
    """
    money = [(n, q.unit) for n, q in enumerate(found) if q.unit in ("USD", "VND", "people")]
    settled = []
    for n, q in enumerate(found):
        if q.unit == OPEN:
            units = [unit for at, unit in money if at < n][-1:] or [unit for _, unit in money[:1]]
            if not units:
                continue
            q = q._replace(unit=units[0])
        settled.append(q)
    return settled


def _worded(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    """The quantity a match of `Lexicon.worded` stands for; None if it stands for none."""
    a, b = m.span()
    if m["part"]:
        one, of = (load("numbers")["ranks"].get(m[n]) or parse_words(m[n]) for n in ("pn", "po"))
        if not one or not of or one >= of:
            return None
        return bounded(text, start, a, b, part(Decimal(one), Decimal(of)), "ratio")
    if m["two"]:
        return bounded(text, start, a, b, Decimal(10), "percent", default="ge")
    if m["times"]:
        return _times(text, start, m)
    if m["rank"]:
        return Quantity(a, b, a, b, _place(m["rn"]), "rank")
    if m["top"]:
        return Quantity(a, b, a, b, Decimal(m["tp"]), "rank", "le")
    if m["first"]:
        return _number_one(text, start, m)
    if m["then"]:
        return _next_place(text, start, m)
    if m["grown"]:
        value = parse_words(m["gn"])
        return bounded(text, start, m.start("gn"), b, value, "ratio") if value else None
    if m["half_of"]:
        return bounded(text, start, a, b, Decimal("0.5"), "ratio")
    value = parse_words(m["word"])
    if not value or m["word"].lower() == "năm" or _PART.search(text, max(start, a - 8), a):
        return None
    if _NAMED_ONES.match(text, m.end("word")):
        return None
    unit = "people" if lexicon().people.match(text, m.end("word")) else "count"
    if m["word"].endswith(_SCALES):
        # "gần bốn triệu lượt người", "hai tỷ USD"
        scaled, end = unit_at(text, m.end("word"), len(text), False)
        return bounded(text, start, a, m.end("word"), value, scaled, end=end) if scaled else None
    if value == 1 and unit == "count":
        return None
    return bounded(text, start, a, m.end("word"), value, unit)


_SCALES = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")


def _place(word: str) -> Decimal:
    """A place in a row, in digits or in words: "nhì" is 2."""
    return Decimal(word if word.isdigit() else load("numbers")["ranks"][word])


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
        return bounded(text, start, a, b, value, "ratio")
    rule, bound = lexicon().bound_of[m["more"]]
    return Quantity(a, b, a, b, value, "ratio", bound, bound_rule=rule)


def _next_place(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    """A place without a word before it: "đứng thứ nhất về ODA, thứ hai về lao động"."""
    a, b = m.span()
    if _OF_PARTNERS.match(text, b):
        placed = _PARTNER_IS.search(text, max(start, a - 60), a) is not None
        return Quantity(a, b, a, b, _place(m["tt"]), "rank") if placed else None
    alone = a == start or text[a - 2] in ";,"
    goes_on = _PLACED.search(text, start, a) and _GOES_ON_PLACING.search(text, start, a)
    if not goes_on and not (alone and not text.startswith(" về", b)):
        # "Thứ hai là Nhật Bản với 28.000 người" tells a place too.
        return None
    return Quantity(a, b, a, b, _place(m["tt"]), "rank")


def _number_one(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    """A place in a row: "đối tác đầu tư số 1", "vị trí số hai"."""
    value = Decimal(m["nr"]) if m["nr"].isdigit() else parse_words(m["nr"])
    if not value or value > _LAST_PLACE or not _NUMBER_ONE_ENDS.match(text, m.end()):
        return None
    before = max(start, m.start() - 60)
    goes_on = _NUMBER_GOES_ON.search(text, before, m.start())
    if goes_on is None and _NUMBER_ONE_OF.search(text, before, m.start()) is None:
        return None
    return Quantity(*m.span(), *m.span(), value, "rank")


_NUMBER_GOES_ON = regex(r"(?<!\w)số \d{1,2} (?:về|của) [^.;]{3,50}[;,] $")
_LAST_PLACE = 10
_NUMBER_ONE_OF = regex(
    r"(?<!\w)(?:đối tác|nhà đầu tư|thị trường|nước|quốc gia|điểm đến|nhà cung cấp|nguồn cung)"
    r"(?: (?!(?:Quyết|Nghị|Thông|Chỉ|Công|Luật|Kế|Mẫu)(?!\w))[^\s,;.:()]+){0,8} $"
    r"|(?<!\w)(?:vị trí|ngôi|đứng|giữ|xếp) $"
)
_NUMBER_ONE_ENDS = regex(
    r"[,.;:)”\"]|$| (?:của|và|tại|trong|ở|thế giới|Việt Nam|cả nước|châu|khu vực|về)(?!\w)"
    r"| (?:\w+ ){1,3}(?:cho|của) [A-ZĐ]"
)
_OF_PARTNERS = regex(r" +(?:của|tại|trong)(?!\w)")
_PARTNER_IS = regex(
    r"(?:là|thành|thứ) (?:đối tác|thị trường|nhà đầu tư|nguồn cung|bạn hàng)"
    r"(?: (?!lần|phiên|kỳ)[^\s,;.:()\d]+){0,5} $"
)
"""Before a place: "là đối tác thương mại thứ 5 của Việt Nam"."""
_PLACED = regex(r"(?<!\w)(?:đứng|xếp|hạng|vị trí|lớn|nhiều)(?: vị trí| hạng)? thứ ")
_GOES_ON_PLACING = regex(r"(?:[,;]| và)(?: đứng| xếp)? $")
_PART = regex(r"(?<!\w)(?:phần|thứ) +$")
"""Before a number word: a fraction, a place in a row. "Năm" alone is nearly always a year."""
_SMALL_WORDS = "của|với|tại|từ|cho|ở|do|về|trong|sang|và|giữa|theo|được|cùng|đến|tới"
_NAMED_ONES = regex(rf"(?: +(?!(?:{_SMALL_WORDS})(?!\w))[{LOWER}]+){{1,4}} +[{UPPER}]")
"""What is counted is named right behind it ("hai tỉnh Savannakhet và ..."): a name, no count."""


_TIMES = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}
