"""Quantities: a number with its bound, its scale and its unit, wherever one stands in a text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from vanban.data import load
from vanban.letters import LOWER, UPPER
from vanban.patterns import alternation
from vanban.records import Bound
from vanban.values.numbers import DIGITS, SCALES, parse_digits, parse_words
from vanban.values.times import Time

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


_S = r"[ \t\u00a0\u202f]"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER_WORDS = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"


@dataclass(frozen=True)
class _Lexicon:
    number: re.Pattern[str]
    words: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    skip_before: re.Pattern[str]
    skip_after: re.Pattern[str]
    currency: re.Pattern[str]
    people: re.Pattern[str]
    measure: re.Pattern[str]
    bound_of: dict[str, tuple[str, Bound]]
    currency_of: dict[str, str]


@cache
def _lexicon() -> _Lexicon:
    data = load("quantities")
    bound_of = {w: (row["id"], row["bound"]) for row in data["bounds"] for w in row["words"]}
    currency_of = {w: row["id"] for row in data["currencies"] for w in row["words"]}
    bounds = alternation(bound_of)
    scale = rf"(?:{_S}*(?:{_SCALE})(?!\w)(?:{_S}+(?:{_SCALE})(?!\w))*)?"
    number = rf"(?:{DIGITS})"
    return _Lexicon(
        number=re.compile(
            rf"(?<![\w/.,\-])(?<!\w[-–])(?P<n1>{number})(?P<s1>{scale})(?P<p1>{_S}?%)?"
            rf"(?:{_S}?(?:-|–|—|đến|tới){_S}?(?P<n2>{number})(?P<s2>{scale}))?"
            rf"(?P<pct>{_S}?%|{_S}+(?:phần{_S}+trăm|điểm{_S}+phần{_S}+trăm)|{_S}?điểm{_S}?%)?"
            rf"(?![\d/]|[.,]\d)"
        ),
        words=re.compile(
            rf"(?<!\w)(?:(?P<two>hai{_S}+con{_S}+số)"
            rf"|(?P<times>[Gg]ấp{_S}+(?:(?P<more>hơn|gần|khoảng|trên){_S}+)?(?P<tn>đôi|rưỡi|{number}|{_NUMBER_WORDS})(?:{_S}+(?P<half>rưỡi))?(?:{_S}+lần)?)"
            rf"|(?P<rank>(?:đứng|xếp|thứ{_S}+hạng|xếp{_S}+hạng|hạng|vị{_S}+trí|lớn|nhiều|cao)"
            rf"(?:{_S}+(?:hạng|vị{_S}+trí))?{_S}+thứ{_S}+(?P<rn>\d+|nhất|hai|nhì|ba|tư|năm|sáu|bảy|tám|chín|mười))"
            rf"|(?P<top>(?:top|tốp|Top|TOP){_S}+(?P<tp>\d+))"
            rf"|(?P<word>(?:{_NUMBER_WORDS}|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh|lăm|mốt|tư|lẻ)"
            rf"(?:{_S}+(?:{_NUMBER_WORDS}|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh|lăm|mốt|tư|lẻ))*)"
            rf"{_S}+(?={alternation(data['word_nouns'])}(?!\w)))(?!\w)",
        ),
        before=re.compile(rf"(?<!\w)(?i:{bounds})(?:{_S}+(?:con{_S}+số|mức|đạt|mốc|là))?{_S}+$"),
        after=re.compile(
            rf"{_S}+(?:{alternation(w for row in data['after'] for w in row['words'])})"
        ),
        skip_before=re.compile(rf"(?<!\w)(?:{alternation(data['not_after'])}){_S}*$"),
        skip_after=re.compile(rf"{_S}+(?:{alternation(data['not_counted'])})(?!\w)"),
        currency=re.compile(rf"{_S}?(?:{alternation(currency_of)})(?!\w)"),
        people=re.compile(rf"{_S}+(?:{alternation(data['people'])})(?!\w)"),
        measure=re.compile(rf"{_S}?(?:{alternation(data['measures'])})(?!\w|{_S}+cầu)"),
        bound_of=bound_of,
        currency_of=currency_of,
    )


_RANKS = {"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7,
          "tám": 8, "chín": 9, "mười": 10}  # fmt: skip
_NOUN = re.compile(rf"{_S}+(?=[{LOWER}{UPPER}])")
_STRONG_UNIT = re.compile(rf"{_S}?(?:USD|VND|VNĐ|%)")


def find_quantities(text: str, start: int, end: int, times: tuple[Time, ...]) -> list[Quantity]:
    """Every quantity of one sentence, in text order.

    Source: `data/quantities.yml`; the labelling rules of `eval/SCHEMA.md` say what is no figure.
    Args:
        text: NFC text of the document.
        start, end: half-open run of the sentence.
        times: the sentence's time expressions; no number inside one is a quantity.
    Returns:
        Quantities with values in whole units; dates, durations, ordinals, document numbers and the
        parts of a policy are left out.
    """
    lexicon = _lexicon()
    taken = [(t.start, t.end) for t in times]
    found: list[Quantity] = []
    for m in lexicon.words.finditer(text, start, end):
        if (q := _worded(text, start, m)) is not None:
            found.append(q)
            taken.append((q.number_start, q.number_end))
    for m in lexicon.number.finditer(text, start, end):
        a, b = m.span("n1")
        if any(a < t_end and t_start < m.end() for t_start, t_end in taken):
            continue
        found += _digits(text, start, end, m)
    found.sort(key=lambda q: q.number_start)
    return _inherit_units(text, found)


def _worded(text: str, start: int, m: re.Match[str]) -> Quantity | None:
    a, b = m.span()
    if m["two"]:
        return _bounded(text, start, a, b, Decimal(10), "percent", default="ge")
    if m["times"]:
        word = m["tn"]
        value = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}.get(word)
        if value is None:
            value = parse_words(word) if word[0].isalpha() else parse_digits(word, scaled=True)
        if value is None:
            return None
        if m["half"]:
            value += Decimal("0.5")
        bound: Bound = {"hơn": "gt", "trên": "gt", "gần": "lt", "khoảng": "approx"}.get(
            m["more"] or "", "eq"
        )  # type: ignore[assignment]
        if bound == "eq":
            return _bounded(text, start, a, b, value, "ratio")
        return Quantity(a, b, a, b, value, "ratio", bound, bound_rule="more_than")
    if m["rank"]:
        word = m["rn"]
        rank = Decimal(word) if word.isdigit() else Decimal(_RANKS[word])
        return Quantity(a, b, a, b, rank, "rank")
    if m["top"]:
        return Quantity(a, b, a, b, Decimal(m["tp"]), "rank", "le")
    value = parse_words(m["word"])
    if value is None or value == 0:
        return None
    unit = "people" if _lexicon().people.match(text, m.end("word")) else "count"
    if value == 1 and unit == "count":
        return None
    return _bounded(text, start, a, m.end("word"), value, unit)


def _digits(text: str, start: int, end: int, m: re.Match[str]) -> list[Quantity]:
    lexicon = _lexicon()
    a, b = m.start("n1"), m.end()
    scale1, scale2 = m["s1"].split(), (m["s2"] or "").split()
    percent = bool(m["pct"] or m["p1"])
    unit, unit_end = _unit(text, b, end, percent)
    scaled = bool(scale1 or scale2 or percent)
    if unit is None:
        return []
    before = text[max(start, a - 24) : a]
    plain = unit == "count" and not scaled
    if plain and lexicon.skip_before.search(before):
        return []
    if unit in ("count", "people") and not scaled and lexicon.skip_after.match(text, b):
        return []
    if plain and m["n1"].isdigit() and 1900 <= int(m["n1"]) <= 2100:
        return []
    low = _scaled(m["n1"], scale1 or scale2, scaled)
    high = _scaled(m["n2"], scale2 or scale1, scaled) if m["n2"] else None
    if high is not None:
        if high <= low:
            return []
        begin = a - 3 if before.rstrip().endswith("từ") else a
        return [Quantity(begin, unit_end, a, b, low, unit, "range", high, bound_rule="range")]
    after = lexicon.after.match(text, unit_end)
    if after is not None:
        bound: Bound = "ge" if "lên" in after[0] else "le"
        return [Quantity(a, after.end(), a, b, low, unit, bound, bound_rule="after")]
    return [_bounded(text, start, a, b, low, unit, end=unit_end)]


def _scaled(digits: str, scale: list[str], scaled: bool) -> Decimal:
    value = parse_digits(digits, scaled=scaled)
    for word in scale:
        value *= SCALES[word]
    return value


def _unit(text: str, at: int, end: int, percent: bool) -> tuple[str | None, int]:
    """The unit that begins at `at`, and where it ends; None if nothing is counted."""
    if percent:
        return "percent", at
    lexicon = _lexicon()
    if (m := lexicon.currency.match(text, at, end)) is not None:
        return lexicon.currency_of[" ".join(m[0].split())], m.end()
    if (m := lexicon.people.match(text, at, end)) is not None:
        return "people", m.end()
    if (m := lexicon.measure.match(text, at, end)) is not None:
        return f"other:{' '.join(m[0].split())}", m.end()
    if _NOUN.match(text, at, end) is not None:
        return "count", at
    return "open", at


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
    """A quantity with the bound words that stand right before it."""
    lexicon = _lexicon()
    begin, rule, bound, estimated = a, "", default, False
    for _ in range(3):
        m = lexicon.before.search(text, max(start, begin - 26), begin)
        if m is None:
            break
        word = re.sub(rf"(?:{_S}+(?:con{_S}+số|mức|đạt|mốc|là))?{_S}+$", "", m[0]).lower()
        word = " ".join(word.split())
        row = lexicon.bound_of.get(word) or lexicon.bound_of.get(" ".join(m[0].lower().split()))
        if row is None:
            break
        estimated = estimated or (row[0] == "about" and word.startswith("ước"))
        if not rule or (rule == "about" and row[0] in ("more_than", "nearly")):
            rule, bound = row
        begin = m.start()
    return Quantity(begin, end or b, a, b, value, unit, bound, bound_rule=rule, estimated=estimated)


def _inherit_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give a number without a unit the unit of its neighbour ("từ 3 lên 5 tỷ USD"); drop the rest."""
    kept = []
    for q in found:
        if q.unit != "open":
            kept.append(q)
    return kept
