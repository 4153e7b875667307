"""Numbered documents: "Nghị quyết số 21/NQ-CP ngày 20/2/2023"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import UPPER, fold
from vanban.patterns import Cue, alternation, first_words, regex
from vanban.records import Instrument
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import iso

__all__ = ["read_instruments"]

_SYMBOLS = (
    rf"\d{{1,5}}(?:/(?:19|20)\d\d)?(?:[-–/][{UPPER}](?:(?!ngày)[{UPPER}a-zđ&])*\d{{0,2}})"
    rf"(?:[-/.](?:[{UPPER}0-9](?:(?!ngày)[{UPPER}a-zđ&0-9])*|[a-z](?:(?=ngày)|(?!\w))))*"
    rf"|\d{{1,4}}/(?:19|20)\d\d/QH\d\d?"
)
"""A number with the symbols that make it one of a document: "21/NQ-CP", "33/2009/QH12"."""
_OF_EUROPE = r"(?: *\((?:EU|EC|EEC|UE)\) *)"
_ABROAD = (
    r"(?:(?:19|20)\d\d/\d{1,4}|\d{1,4}/(?:19|20)\d\d)(?:/(?:EU|EC|EEC))?(?![\w/-]|[.,]\d)"
    r"|G/(?:SPS|TBT)/N/[A-Z]{2,4}/\d{1,4}(?:/(?:Add|Corr|Rev)\.\d+)?"
)
"""Numbers of the European Union's acts and of notices to the WTO: "2023/1115", "G/SPS/N/JPN/12"."""
_BEHIND_LETTERS = r"[A-Z]{1,6}-?\d{2,6}(?![\w/-])"
"""Letters, then figures: "Công điện số TTCD118"."""
_MOST_BETWEEN = 12
"""Code points between two numbers of one list: "các Nghị quyết số 01/NQ-CP, 02/NQ-CP"."""
_DATE_REACH = 70
_DATE_LINK = regex(
    r"\s*(?:,|\()?(?: *(?:của|do) [^,.;()\d]{3,44}?,?)?"
    r" *(?:đã )?(?:được )?(?:ký|ban hành|ra)? *(?:ngày *)?$"
)


_DATELINE = regex(rf"\n *[{UPPER}][^\n,]{{2,30}}, *(?:ngày *)?$")
"""Where and when a paper itself was issued, on a line of its own: "Hà Nội, ngày "."""


_FIGURES_ALONE = regex(r"\d+(?:/(?:19|20)\d\d)?")


class _Mention(NamedTuple):
    """A document's number at `text[at:end]`, its kind as written if one stands before it."""

    start: int
    at: int
    end: int
    number: str
    kind: str = ""
    announced: bool = False
    """Whether "số" stands before the number."""

    @property
    def is_full(self) -> bool:
        """Whether the number has its symbols ("21/NQ-CP"), not its figures alone ("21")."""
        return _FIGURES_ALONE.fullmatch(self.number) is None


def _spaced() -> str:
    """A number with blanks at its strokes: "1438 /QĐ-TTg", "25 - CT/TW"; its kind is known."""
    symbols = alternation(load("instruments")["symbols"])
    return (
        rf"\d{{1,5}}(?:/(?:19|20)\d\d)?(?: [-/] ?| ?[-/] |/)(?:{symbols})(?:[-/] | [-/] ?|[-/])"
        rf"[{UPPER}]{{2,}}[{UPPER}a-zđ&]*(?![\w-])"
    )


@cache
def _named() -> Cue:
    kinds = {form for k in load("instruments")["kinds"] for form in (k, k.upper(), k.lower())}
    pattern = regex(
        rf"(?<!\w)(?P<kind>{alternation(kinds)})(?: +(?:của|cho)? *[\w ]{{0,30}}?)?? *{_OF_EUROPE}?"
        rf"(?P<announced> ?(?:số|Số|SỐ|No\.?) *:?)? *{_OF_EUROPE}?"
        rf"(?P<number>{_spaced()}|{_SYMBOLS}|{_ABROAD}|(?<=[sS]ố ){_BEHIND_LETTERS}"
        r"|(?<!tháng )(?<!năm )(?<!quý )(?<!ngày )(?<!\d)\d{1,5}(?:/(?:19|20)\d\d)?"
        r"(?![\w/%-]|[.,]\d))"
    )
    return Cue(pattern, first_words(kinds))


@cache
def _kind() -> re.Pattern[str]:
    kinds = {form for k in load("instruments")["kinds"] for form in (k, k.upper(), k.lower())}
    return regex(rf"(?<!\w)(?:{alternation(kinds)})(?!\w)")


_ROW = regex(
    r"(?:(?:, *\d{1,4}(?![\w/%.-]))+(?: +(?:và|,) +\d{1,4}(?![\w/%.-]))?(?= +(?:của|và)|[,.;)])"
    r"| +và +\d{2,4}(?= +(?:của|về|có|đã|được|là|do|tại|và)(?!\w)|[,.;)]))"
)


def _row_of_numbers(text: str, start: int, end: int) -> dict[int, _Mention]:
    """The numbers behind the first one in "Nghị quyết 57, 59, 66 của Bộ Chính trị"."""
    row = _ROW.match(text, start, end)
    if row is None:
        return {}
    numbers = regex(r"\d+").finditer(text, start, row.end())
    return {n.start(): _Mention(n.start(), n.start(), n.end(), n[0]) for n in numbers}


_OWN = regex(
    r"(?m)^(?:[^\n|]{0,60}(?:\||-{3}|_{3}))? *"
    r"(?:S[ốỐ]|Luật số|Công điện số|Chỉ thị số) *:?\s{0,3}(?=\d)"
)
_LETTERHEAD = 900
"""Code points from the top in which an official paper gives its number and its day."""
_PLACE_BEFORE = regex(r"[^\W\d_] ?, *(?:ngày *)?$")


def _own_paper(scan: Scan) -> tuple[int, str | None]:
    """Where an official paper gives its own number, and its day; (-1, None) if it is none.

    Source: Nghị định 30/2020/NĐ-CP, annex I: number left, place and day right, under the heading.
    """
    content = scan.document.content
    first = content[0].start if content else 0
    own = _OWN.search(scan.text, first, first + _LETTERHEAD)
    if own is None:
        return -1, None
    found = None
    for time in scan.times_between(first, first + _LETTERHEAD + 300):
        if time.kind != "date" or time.year is None or time.inferred:
            continue
        place = _PLACE_BEFORE.search(scan.text, max(0, time.start - 40), time.start)
        if place is None:
            continue
        if "ngày" in place[0] or scan.text.startswith("ngày", time.start):
            return own.end(), iso(time)
        found = found or iso(time)
    return own.end(), found


@cache
def _number() -> re.Pattern[str]:
    return regex(rf"(?<![\w/.-])(?P<number>{_SYMBOLS})(?:(?=ngày)|(?![\w/-]))")


def read_instruments(scan: Scan) -> list[Instrument]:
    """The numbered documents a text names, once each, with their dates where the text gives them.

    A short form ("Chỉ thị số 15") of a document named in full is not repeated.

    Source: `data/instruments.yml`.
    """
    full: dict[str, Instrument] = {}
    own_at, own_date = _own_paper(scan)
    short: list[Instrument] = []
    kind, last_end = "", -1
    for mention in (m for s in scan.sentences for m in _mentions(scan, s)):
        if mention.kind:
            if not _is_instrument(mention, scan.text):
                continue
            kind = mention.kind[0].upper() + mention.kind[1:].lower()
        elif mention.at - last_end >= _MOST_BETWEEN:
            kind = ""
        # The number of a letter names no kind: "Số: 1877/VPCP-QHQT".
        of_a_letter = _kind_of_own(scan, mention.number) if mention.at == own_at else ""
        record = _record(scan, mention, kind or _kind_of(mention.number) or of_a_letter)
        if record is None:
            continue
        last_end = mention.end
        if not mention.is_full:
            short.append(record)
            continue
        if record.date is None:
            record = replace(record, date=_day_of_issue(scan, mention) or record.date)
        if record.date is None and scan.text.startswith(mention.number, max(own_at, 0)):
            record = replace(record, date=own_date)
        key = fold(mention.number)
        known = full.setdefault(key, record)
        if record.date is None or known.date == record.date:
            continue
        if known.date is None:
            full[key] = replace(known, date=record.date)
        else:
            # One number of two years: 21/NQ-CP of 2020 is not that of 2023.
            full.setdefault(f"{key} {record.date}", record)
    in_full = {(_figures(r.number), r.document_kind) for r in full.values()}
    alone = {
        (r.document_kind, r.number): r
        for r in reversed(short)
        if (_figures(r.number), r.document_kind) not in in_full
    }
    return sorted([*full.values(), *alone.values()], key=lambda r: r.anchor)


_ISSUED = regex(
    r"(?:^|[-–(,;:] *)(?:[Vv]ào )?(?:ngày|Ngày) (?P<day>[\d/.-]+),? (?![,;])[^.;:]{3,90}? "
    r"(?:đã |vừa )?"
    r"(?:ban hành|ký ban hành|ký|có|phê duyệt tại|ra) $"
)
"""Who issued a paper on what day, before it: "Ngày 30/6, Thủ tướng đã ban hành Quyết định ..."."""
_ISSUED_WITHIN = 130


def _day_of_issue(scan: Scan, mention: _Mention) -> str | None:
    """The day on which somebody issued a paper, where the sentence opens with it."""
    low = max(0, mention.start - _ISSUED_WITHIN)
    low = max(low, scan.text.rfind("\n", low, mention.start) + 1)
    m = _ISSUED.search(scan.text[low : mention.start])
    if m is None:
        return None
    at = low + m.start("day")
    for time in scan.times_between(max(0, at - len("Ngày ")), low + m.end("day")):
        if time.kind == "date" and time.year is not None:
            return iso(time)
    return None


_DIGIT = regex(r"\d")


def _mentions(scan: Scan, sentence: Sentence) -> Iterator[_Mention]:
    """The numbers of documents in one sentence, in order; one behind its kind counts once."""
    start, end = sentence.start, sentence.end
    if _DIGIT.search(scan.text, start, end) is None:
        return
    joined = scan.text.find("/", start, end) >= 0 or scan.text.find("-", start, end) >= 0
    found = {
        m.start(): _Mention(m.start(), m.start(), m.end(), m["number"])
        for m in (scan.words.find_numbers(_number(), start, end) if joined else ())
    }
    for m in scan.words.find_all(_named(), start, end):
        at = m.start("number")
        announced = m["announced"] is not None
        kind, begin = m["kind"], m.start()
        # "Kế hoạch năm theo Chỉ thị số 15-CT/TW" names a directive.
        for inner in _kind().finditer(scan.text, m.end("kind"), at):
            kind, begin = inner[0], inner.start()
        number = m["number"].replace(" ", "")
        found[at] = _Mention(begin, at, m.end(), number, kind, announced)
        if m["number"].isdigit():
            found |= _row_of_numbers(scan.text, m.end(), end)
    for at in sorted(found):
        mention = found[at]
        above = (
            None if mention.kind else _on_the_line_above().search(scan.text, max(0, at - 40), at)
        )
        yield mention if above is None else mention._replace(kind=above["kind"])


@cache
def _on_the_line_above() -> re.Pattern[str]:
    """A kind at the end of a line before a number on the next one."""
    return regex(rf"(?<!\w)(?P<kind>{alternation(load('instruments')['kinds'])})\s*\n *(?:số )?$")


def _is_instrument(mention: _Mention, text: str) -> bool:
    """Whether a kind and a number are a document; "kế hoạch 2024" and "báo cáo 5" are not."""
    if mention.is_full:
        return True
    if not mention.announced and _BY_SESSION.search(text, mention.start, mention.at):
        # "Nghị quyết Trung ương 7", "Nghị quyết Đại hội 13": named by who passed it and when.
        return False
    if _BEGINS_AN_ITEM.match(text, mention.end) and len(mention.number) == 1:
        # "Kết luận 1. Bộ ..." is a heading and its first item.
        return False
    named = text[mention.start : mention.at].strip(" :").removesuffix("số").strip()
    if "/" in mention.number:
        # "Quyết định 05/2024"; not "Nghị quyết phiên họp Chính phủ 5/2024"
        if named.endswith(")"):
            # "Quy định (EU) 2023/1115"
            return True
        alone = named.lower() == mention.kind.lower()
        return alone and (mention.announced or mention.kind in _OF_A_YEAR)
    if not mention.number.isdigit():
        return mention.announced
    if mention.kind.lower() == "đề án" and not mention.announced:
        # "Đề án 06 của Chính phủ"; not "Đề án 1 triệu ha lúa"
        return len(mention.number) > 1 and _NO_COUNT.match(text, mention.end) is not None
    if not mention.announced:
        if named != mention.kind or _COUNTED.match(text, mention.end):
            # "Quyết định này có hiệu lực sau 45 ngày"
            return False
        alone = load("instruments")["numbered_alone"]
        if mention.kind[0].islower():
            # "nghị quyết 57 của Bộ Chính trị"; not "quyết định 15 dự án"
            known = mention.kind.capitalize() in alone and len(mention.number) > 1
            if not known or _NO_COUNT.match(text, mention.end) is None:
                return False
        elif mention.kind not in alone:
            return False
    return not 1900 < int(mention.number) < 2100


_BY_SESSION = regex(
    r"(?:rung ương|[Đđ]ại hội|[Hh]ội nghị|[Kk]ỳ họp|[Pp]hiên họp|thứ|khóa|khoá|kỳ|lần|phiên"
    r"|đợt|[Đđ]iều|khoản|mục|điểm|phần|chương) $"
)
_BEGINS_AN_ITEM = regex(rf"\. [{UPPER}]")
_OF_A_YEAR = ("Nghị quyết", "Quyết định", "Nghị định", "Thông tư", "Chỉ thị", "Luật")
_COUNTED = regex(
    r" *(?:ngày(?! *\d)|tháng(?! *\d)|năm(?! *\d)|tuần|giờ|chương|điều|khoản|mục|nhóm|trang|phần"
    r"|quốc gia|người|doanh nghiệp|lần|triệu|tỷ|tỉ|nghìn|tấn)(?!\w)"
)
"""Behind a number that counts something: "quyết định 10 ngày"."""
_NO_COUNT = regex(
    r" *(?:$|[,.;:)\n”\"/]|(?:của|về|và|với|theo|đã|đang|là|tại|trong|cho|để|ở|được|sẽ|do|trên|từ"
    r"|nhằm|thì|hay|cũng|còn|có|giai đoạn|phải|cần|đến|tới)(?!\w)|\()"
)
"""Behind the number of a scheme: what does not make it count something."""


def _record(scan: Scan, mention: _Mention, kind: str) -> Instrument | None:
    """The record of a mention; None if nothing says what kind of document it is.

    Args:
        kind: what the words before say it is, "" if they do not.
    """
    kind = kind or _kind_of(mention.number)
    if not kind:
        return None
    end, date = _date_after(scan, mention.end)
    return Instrument(
        anchor=scan.document.anchor(mention.start, end),
        rule="instrument.named" if mention.kind else "instrument.number",
        confidence=0.97 if mention.is_full else 0.8,
        document_kind=kind,
        number=mention.number,
        date=date,
    )


def _kind_of_own(scan: Scan, number: str) -> str:
    """What a paper is whose number does not say it: a letter, or a law that calls itself one."""
    if "/QH" not in number:
        return "Công văn"
    itself = _ITSELF.search(scan.text)
    return itself["kind"] if itself is not None else "Luật"


_ITSELF = regex(r"(?P<kind>Luật|Bộ luật|Nghị quyết) này ")


def _kind_of(number: str) -> str:
    """The kind its symbols name; "" if they name none."""
    symbols: dict[str, str] = load("instruments")["symbols"]
    parts = re.split(r"[-–/.]", number)[1:]
    return next((symbols[part] for part in parts if part in symbols), "")


def _figures(number: str) -> str:
    """The figures a full number begins with: "21" of "21/NQ-CP"."""
    return re.split(r"[-–/]", number, maxsplit=1)[0]


def _date_after(scan: Scan, end: int) -> tuple[int, str | None]:
    """Where a mention ends, its date included, and the full date that follows it, if one does."""
    for time in scan.times_between(end, end + _DATE_REACH):
        if _DATELINE.search(scan.text, end, time.start):
            break
        if time.kind == "date" and _DATE_LINK.fullmatch(scan.text, end, time.start):
            if time.year is not None and not time.inferred:
                return time.end, iso(time)
            break
    return end, None
