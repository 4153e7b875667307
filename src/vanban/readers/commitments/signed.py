"""Texts that were signed: those a sentence names, and those it only counts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.patterns import Cue, alternation, both_cases, cue, regex
from vanban.readers.commitments.listed import items_below, opens_list
from vanban.readers.commitments.words import BEFORE, cue_of, not_signed, short_of, words_of
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import split_assignees
from vanban.records import Commitment
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import iso

__all__ = ["signed_texts", "signing"]

_LONGEST_NAME = 170


@cache
def signing() -> Cue:
    # "trao đổi" is talk, unless of texts.
    texts = r"(?=(?<!trao đổi)(?<!Trao đổi)| +(?:các +)?(?:bản|biên bản|văn kiện|ý định thư))"
    return cue(both_cases(load("commitments")["signs"]), then=rf"(?!\w)(?! +đổi){texts}")


@cache
def _named_text() -> re.Pattern[str]:
    data = load("commitments")
    named = {t[0].upper() + t[1:] for t in data["texts"]} | set(data["statements"])
    return regex(rf"(?<!\w)(?:{alternation(named)})(?!\w)")


@cache
def _any_text() -> re.Pattern[str]:
    data = load("commitments")
    words = {*data["texts"], *data["statements"]}
    return regex(rf" +(?:các +)?(?:{alternation(both_cases(words))})(?!\w)")


@cache
def _counted() -> re.Pattern[str]:
    return regex(rf" +(?:{words_of('counted')})(?!\w)")


@cache
def _joint() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('statements')})")


def signed_texts(scan: Scan, sentence: Sentence) -> Iterator[Commitment]:
    """The texts one sentence says were signed: those it names, those it counts."""
    if not any(scan.text.find(s, sentence.start, sentence.end) >= 0 for s in _STEMS):
        return
    if _ASKED.match(scan.text, sentence.start):
        return
    signings = [
        m
        for m in scan.words.find_all(signing(), sentence.start, sentence.end)
        if _is_signing(scan.text, max(sentence.start, m.start() - BEFORE), m.start())
        and _EMPOWERED.search(scan.text, sentence.start, m.start()) is None
    ]
    listed = list(_listed_texts(scan, sentence, signings))
    if listed:
        # What is counted and then named is told by its names.
        yield from listed
        return
    taken: list[tuple[int, int]] = []
    for find in (_counted_texts, _named_texts, _plain_texts):
        for text in find(scan, sentence, signings):
            if any(a < text.end and text.start < b for a, b in taken):
                continue
            taken.append((text.start, text.end))
            yield _record(scan, sentence, text)


_ASKED = regex(r"\W*(?:Xét|Theo|Căn cứ) (?:đề nghị|tờ trình|báo cáo|kiến nghị) của ")
"""A sentence that opens so tells what was asked for."""
_EMPOWERED = regex(r"(?:[ỦUủu][yỷ]|Uỷ|uỷ) quyền(?: cho)? [^;:.]{3,150}$")
"""Before a signing, who may sign: nothing is signed yet."""
_STEMS = (
    "văn kiện", "văn bản", "hỏa thuận", "hoả thuận", "ghi nhớ", "iệp định", "ghị định thư",
    "ợp đồng", "iên bản", "ế hoạch h", "hương trình h", "định thư", "uyên bố", "hông cáo",
    "MOU", "MoU", "cam kết",
)  # fmt: skip
"""Parts of the words for what is signed; a sentence without them is not looked at."""


def _is_signing(text: str, start: int, at: int) -> bool:
    """Whether a verb of signing at `at` reports that something was signed."""
    if not_signed().search(text, start, at) is not None:
        return False
    # "các thỏa thuận đã ký" are texts of another day.
    return _SIGNED_NOUN.search(text, start, at) is None


def _listed_texts(
    scan: Scan, sentence: Sentence, signings: list[re.Match[str]]
) -> Iterator[Commitment]:
    """The texts on the lines below a sentence that says they were signed."""
    if not signings or not opens_list(scan, signings[-1].end(), sentence.end):
        return
    signers = _subject(scan, sentence, signings[-1].start())
    for item, start in items_below(scan, sentence):
        named = _named_text().match(scan.text, start, item.end)
        if named is not None:
            end = _name_end(scan.text, named.end(), item.end)
            text = _Text(start, end, start, "signed")
            yield _record(scan, item, text, signers)


class _Text(NamedTuple):
    """A signed text at `text[start:end]`, its own words from `name` on.

    Args:
        n: how many texts; None if the number is no whole one.
    """

    start: int
    end: int
    name: int
    rule: str
    n: int | None = 1


def _counted_texts(
    scan: Scan, sentence: Sentence, signings: list[re.Match[str]]
) -> Iterator[_Text]:
    """Numbers of texts behind a signing, or before "được ký"."""
    text, issues = scan.text, load("commitments")["issues"]
    quoted = sentence.start
    quantities = scan.quantities.get(sentence.index, ())
    for q in quantities:
        if q.unit != "count" or not _counted().match(text, q.number_end, sentence.end):
            said = _number_signed(text, sentence.start, q) if q.unit == "count" else None
            if said is not None:
                yield _Text(said, q.end, said, "counted", int(q.value))
            continue
        before = [m for m in signings if m.end() <= q.start and m[0].lower() not in issues]
        behind = _SIGNED_GAP.match(text, q.end, sentence.end)
        later = behind and cue_of("signed_behind").pattern.match(text, behind.end())
        clause = _clause_of_list(text, sentence.start, q.start)
        if before and _EVER.search(text, sentence.start, before[-1].start()):
            # "Đến nay, nước ta đã ký 17 hiệp định": all that was ever signed.
            continue
        if before and before[-1].start() >= clause:
            between = text[before[-1].end() : q.start]
            if _REVIEWED.search(between) or not_signed().search(between):
                continue
        elif not later and not _part_of_signed(text, sentence.start, q.start):
            continue
        near = before and quoted <= before[-1].start() and q.start - before[-1].end() < _NEAR
        start = before[-1].start() if before and near else q.start
        if q.bound_rule == "of":
            # "5/8 bản ghi nhớ": so many were signed, of so many.
            one = [p for p in quantities if p.number_end == q.number_start - 1]
            if not one:
                continue
            q = one[0]._replace(end=q.end, number_end=q.number_end)
        whole = q.value == q.value.to_integral_value()
        end = quoted = _name_end(text, q.number_end, sentence.end)
        yield _Text(start, end, q.number_end, "counted", int(q.value) if whole else None)


_PART_OF = regex(r"được (?:ký|ký kết|trao)[^;.]{0,40}, (?:trong đó|gồm|bao gồm)(?: có)? $")


def _part_of_signed(text: str, start: int, at: int) -> bool:
    """Whether texts are a part of those just counted: "9 văn kiện được ký, trong đó có 4 ..."."""
    return _PART_OF.search(text, start, at) is not None


@cache
def _signed_number() -> re.Pattern[str]:
    return regex(
        rf"(?<!\w)[Ss]ố (?:lượng )?(?:{words_of('counted')})[^;.]{{0,20}}? (?:đã )?được (?:ký|trao)"
        r"[^;.]*$"
    )


def _number_signed(text: str, start: int, q: Quantity) -> int | None:
    """Where "số thỏa thuận được ký ... là" begins before a number; None if it does not stand."""
    m = _signed_number().search(text, start, q.start)
    return m.start() if m is not None else None


_NEXT_TEXT = regex(r"; (?:cùng |và |cùng với )?(?:[a-zđ]\) ?|\(?[ivx]{1,4}\) ?)?(?=\d|[A-ZĐ])")


def _clause_of_list(text: str, start: int, at: int) -> int:
    """Where the clause of an offset begins; a ";" before another text of a list begins none."""
    begin = text.rfind(";", start, at)
    while begin >= 0 and _NEXT_TEXT.match(text, begin):
        begin = text.rfind(";", start, begin)
    return max(start, begin + 1)


def _named_texts(scan: Scan, sentence: Sentence, signings: list[re.Match[str]]) -> Iterator[_Text]:
    """Texts with a name of their own: "Bản ghi nhớ về hợp tác giáo dục"."""
    text, issues = scan.text, load("commitments")["issues"]
    begin = signings[0].end() if signings else sentence.end
    for m in _named_text().finditer(text, sentence.start, sentence.end):
        passive = _PASSIVE.match(text, m.end(), sentence.end)
        if passive is not None and not not_signed().search(m[0] + passive["gap"]):
            yield _Text(m.start(), passive.end(), m.start(), "signed")
            continue
        if m.start() < begin:
            continue
        nearest = [s for s in signings if s.end() <= m.start()][-1]
        if nearest[0].lower() in issues and not _joint().match(text, m.start()):
            continue
        if not _of_another(text, nearest.end(), m.start()):
            yield _Text(m.start(), _name_end(text, m.end(), sentence.end), m.start(), "signed")


def _plain_texts(scan: Scan, sentence: Sentence, signings: list[re.Match[str]]) -> Iterator[_Text]:
    """A text right behind the signing, named or not: "ký thỏa thuận hợp tác với ..."."""
    for s in signings:
        m = _any_text().match(scan.text, s.end(), sentence.end)
        if m is None and (other := _signed_with(scan.text, s.end(), sentence.end)) is not None:
            end = _name_end(scan.text, other.end(), sentence.end)
            yield _Text(s.start(), end, s.end() + 1, "signed")
            continue
        if m is None:
            continue
        if s[0].lower() in load("commitments")["issues"] and not _joint().search(m[0]):
            continue
        end = _name_end(scan.text, m.end(), sentence.end)
        yield _Text(s.start(), end, m.start() + 1, "signed")


@cache
def _then_text() -> re.Pattern[str]:
    return regex(rf" +với [A-ZĐ][^;.,]{{3,80}}?(?={_any_text().pattern})")


def _signed_with(text: str, start: int, end: int) -> re.Match[str] | None:
    """With whom, where it stands before what was signed: "đã ký với A bản ghi nhớ về ..."."""
    return _then_text().match(text, start, end)


_PASSIVE = regex(r"(?P<gap>[^,;.:]{0,110}?) (?:đã )?được ký(?: kết)?(?= ngày|,|;|\.|$)")
_EVER = regex(r"(?:[Đđ]ến nay|[Ll](?:ũy|uỹ) kế|[Tt]ừ trước đến nay|[Hh]iện (?:đã|nay))[^;]*$")
_NEAR = 60
"""Code points between a signing and a number that is quoted with it."""
_SIGNED_GAP = regex(r"[^,;.()]{0,60}?(?=\b(?:đã )?được (?:ký|trao))")
_REVIEWED = regex(r"rà soát|đôn đốc|triển khai|thực hiện|phấn đấu|mục tiêu|ít nhất|dự kiến")
_IN_NAME = regex(r"(?:thực hiện|triển khai|theo|tận dụng|trong|của|từ|phê chuẩn|về) +(?:các +)?\Z")
_OWN_STOP = regex(r"[;]|\.\s")


def _of_another(text: str, signed: int, start: int) -> bool:
    """Whether a text named behind a signing is not what was signed, but the ground of something."""
    if any(not _NEXT_TEXT.match(text, m.start()) for m in _OWN_STOP.finditer(text, signed, start)):
        return True
    return _IN_NAME.search(text[max(0, start - 24) : start]) is not None


@cache
def _ends() -> re.Pattern[str]:
    nouns = {t[0].upper() + t[1:] for t in load("commitments")["texts"]}
    return regex(
        rf"[;:.](?!\w)|, +|\.\.\.|…| +(?:{words_of('name_ends')})(?!\w)"
        rf"| +(?:và|cùng) +(?=\d|(?:{alternation(nouns)})(?!\w))"
    )


def _name_end(text: str, start: int, end: int) -> int:
    """Where the name of a text ends; a comma inside a ministry's name does not end it."""
    limit = min(end, start + _LONGEST_NAME)
    at = start
    while (m := _ends().search(text, at, limit)) is not None:
        said = text[start : m.start()]
        if m[0].startswith(",") and (_MINISTRY_GOES_ON.search(said) or _NAMES_SIDES.search(said)):
            follows = text[m.end() : m.end() + 24]
            if follows[:1].isupper() and not _named_text().match(follows):
                at = m.end()
                continue
        return m.start()
    return limit if limit == end else text.rfind(" ", start, limit)


_NAMES_SIDES = regex(r"ba bên|bốn bên|nhiều bên|(?<!\w)giữa (?:(?! (?:và|với) )[^;:.])+$")
"""In a text's name before a comma, that more of its sides may follow: "giữa A, B và C"."""
_MINISTRY_GOES_ON = regex(r"(?:Bộ|Sở) [^,]*$")


_SECOND_HALVES = regex(
    r"(?:Công nghệ|Đầu tư|Môi trường|Du lịch|Thương mại|Truyền thông|Đào tạo|Xã hội|Năng lượng"
    r"|Phát triển|Tài nguyên|Thể thao|Nông thôn|phát triển)"
)
_SIGNED_NOUN = regex(
    r"(?:thỏa thuận|thoả thuận|văn kiện|hiệp định|cam kết|văn bản|bản ghi nhớ)"
    r"[^,;.]{0,14} (?:đã |được )*$"
)
_WITH = regex(
    r" (?:với|cùng) (?P<other>(?:chính quyền|tỉnh|thành phố|phía|các|hiệp hội|[A-ZĐ]).+?)"
    r"(?: về .*)?$"
)


_ABOUT = regex(r" (?:về (?:việc |hợp tác |thương mại |đầu tư )?|trong lĩnh vực |trên các ).*$")
_PURPOSE = regex(r" (?:để|nhằm|về|trong|giữa) .*$")
"""Behind the name of a side, what a text is about or for."""
_WITH_FIRST = regex(
    r"với (?P<other>.+?)(?: \([^)]*\))?"
    r" (?:bản ghi nhớ|biên bản|th(?:ỏa|oả) thuận|hợp đồng|hiệp định|ý định)"
)


def _parties_of(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Between whom a text is, by its own words: "giữa A và B", "với B"."""
    at = words.find(" giữa ")
    first = _WITH_FIRST.match(words) or (_WITH.search(words[:at]) if at >= 0 else None)
    if at >= 0 and first is None:
        pair = _ABOUT.sub("", words[at + 6 :])
        for m in re.finditer(r" (?:và|với) ", pair):
            if _SECOND_HALVES.match(pair, m.end()):
                continue
            one, *others = _sides(pair[: m.start()].strip())
            return (one,), (*others, pair[m.end() :].strip())
        return (pair.strip(),), ()
    if first is not None:
        return (), (_PURPOSE.sub("", first["other"]).strip(),)
    other = _WITH.search(words)
    return ((), (other["other"].strip(),)) if other is not None else ((), ())


def _sides(words: str) -> list[str]:
    """The sides named before the last: "Tập đoàn A, Viện B" are two, a ministry's fields none."""
    found: list[str] = []
    for part in words.split(", "):
        if found and _BODY.match(part) is None:
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


_BODY = regex(
    r"(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban|Tập đoàn|Tổng công ty|Công ty|Ngân hàng|Viện|Đại học|Trường"
    r"|Học viện|Hiệp hội|Liên đoàn|Phòng Thương mại|Cục|Tổng cục|Cơ quan|Chính phủ|Quỹ|Trung tâm)"
    r"(?!\w)"
)


def _record(
    scan: Scan, sentence: Sentence, text: _Text, signers: tuple[str, ...] = ()
) -> Commitment:
    """The record of a text; `signers` are who signs it where its own words name nobody."""
    named, own_day = _signed_on(scan, text)
    words = " ".join(_PASSIVE_TAIL.sub("", scan.text[text.name : named]).split())
    parties, counterparts = _parties_of(words)
    if words.startswith("giữa"):
        words = "văn kiện " + words
    return Commitment(
        anchor=scan.document.anchor(text.start, max(text.end, text.start + 1)),
        rule=f"commitment.{text.rule}",
        confidence=0.85 if text.rule == "counted" else 0.8,
        what=short_of(words),
        parties=parties or signers or _subject(scan, sentence, text.start),
        counterparts=counterparts,
        form="signed",
        n_texts=text.n,
        date=own_day,
    )


_PASSIVE_TAIL = regex(r" (?:đã )?được ký(?: kết)?$")


def _signed_on(scan: Scan, text: _Text) -> tuple[int, str | None]:
    """Where a text's name ends, and the day it was signed: "Bản ghi nhớ ... ngày 7/10/2026"."""
    for time in reversed(scan.times_between(text.name, text.end)):
        on = _ON_A_DAY.search(scan.text, text.name, time.start) if time.kind == "date" else None
        if on is not None and _ENDS_THERE.fullmatch(scan.text, time.end, text.end):
            return on.start(), iso(time)
    return text.end, _own_day(scan, text.end)


_ON_A_DAY = regex(r"(?<=\w)(?: (?:vào|sáng|chiều|tối))*(?: ngày)? ?$")
_ENDS_THERE = regex(r"(?: (?:tại|ở) [^,;:.]{2,60})?\s*")


def _own_day(scan: Scan, end: int) -> str | None:
    """The day a text was signed, if it stands right behind "được ký"."""
    for time in scan.times_between(end, end + len(" ngày ") + 2):
        if time.kind == "date" and scan.text[end : time.start].strip() in ("", "ngày"):
            return iso(time)
    return None


def _subject(scan: Scan, sentence: Sentence, at: int) -> tuple[str, ...]:
    """Who signs: both sides, or the bodies named right before the signing."""
    m = scan.words.find(cue_of("both"), sentence.start, at)
    if m is not None:
        return (" ".join(m[0].split()),)
    signed = [v for v in scan.words.find_all(signing(), sentence.start, at + 4) if v.start() <= at]
    if not signed:
        return ()
    end = signed[-1].start()
    begin = max(sentence.start, *(scan.text.rfind(c, sentence.start, end) + 1 for c in ",;:"))
    while (ministry := _MINISTRY_BEFORE.search(scan.text, sentence.start, begin)) is not None:
        if _HALF_A_NAME.match(scan.text, begin, end) is None:
            break
        begin = max(
            sentence.start,
            *(scan.text.rfind(c, sentence.start, ministry.start()) + 1 for c in ",;:"),
        )
    words = _DONE_TAIL.sub("", scan.text[begin:end].strip())
    if (joined := _TWO_SIGN.fullmatch(words)) is not None:
        return joined["one"], joined["other"]
    # "Cục Quản lý lao động": a verb in capitals is part of a name.
    verbs = (v for v in grammar().verb.pattern.finditer(words) if v[0][0].islower())
    verb = next((v for v in verbs if not _IN_A_NAME.search(words, 0, v.start())), None)
    named = split_assignees(words[: verb.start()] if verb is not None else words)
    if not named and verb is None and _BY_NAME.fullmatch(words):
        return (words,)
    return named


_IN_A_NAME = regex(r"(?:Quản lý|Hợp tác|Phát triển|Xúc tiến|Cơ quan|Hỗ trợ)[^,;]*$")
_BY_NAME = regex(r"[A-ZĐ][\w&.-]*(?: [\w&.-]+){1,12}")
"""A body of no known kind: "Đại học Bách khoa Hà Nội"."""
_MINISTRY_BEFORE = regex(r"(?<!\w)(?:Bộ|Ủy ban|Uỷ ban) [A-ZĐ][^,;:.()]{1,40},$")
_HALF_A_NAME = regex(r" (?!Bộ |Ủy |Uỷ |Sở |Cục |UBND |Tập |Công ty )[A-ZĐ]\w+(?: \w+)? và ")
"""Behind a comma, more of a ministry's name: "Bộ Kinh tế, Thương mại và Công nghiệp"."""
_TWO_SIGN = regex(
    r"(?P<one>(?:UBND|Ủy ban nhân dân|Sở|Bộ|Tập đoàn|Ngân hàng|Viện|Đại học|Hãng|Tỉnh ủy|Cảng"
    r"|Công ty|Hiệp hội|Trường)[^,;]{0,40}?(?:, [A-ZĐ]\w+[^,;]{0,40})??)"
    r" (?:và|cùng) (?P<other>(?:[A-ZĐ]\w+(?: [A-ZĐ]|$)"
    r"|Bộ |Hãng |Viện |Đại học |chính quyền|thành phố"
    r"|tỉnh|bang|Cảng|Tập đoàn|Công ty)[^,;]{0,40}(?:, [A-ZĐ]\w+[^,;]{0,40})?)"
)
_DONE_TAIL = regex(r" +(?:đã|vừa|cũng|cùng|lễ|chứng kiến lễ)+ *$")
