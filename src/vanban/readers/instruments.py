"""Numbered documents: "Nghị quyết số 21/NQ-CP ngày 20/2/2023"."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.letters import UPPER, fold
from vanban.patterns import alternation
from vanban.records import Instrument
from vanban.scan import Scan
from vanban.values.times import iso

__all__ = ["read_instruments"]

_S = r"[ \t\u00a0\u202f]"
_NUMBER = (
    rf"\d{{1,5}}(?:/(?:19|20)\d\d)?(?:[-/][{UPPER}][{UPPER}a-zđ&]*\d{{0,2}})"
    rf"(?:[-/.][{UPPER}0-9][{UPPER}a-zđ&0-9]*)*"
    rf"|\d{{1,4}}/(?:19|20)\d\d/QH\d\d?"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    kinds = alternation(
        {v for k in load("instruments")["kinds"] for v in (k, k.upper(), k.lower())}
    )
    named = re.compile(
        rf"(?<!\w)(?P<kind>{kinds})(?:{_S}+(?:của|cho)?{_S}*[\w ]{{0,30}}?)??{_S}*"
        rf"(?P<so>(?:{_S}số|{_S}Số|{_S}SỐ){_S}*:?)?{_S}*(?P<number>{_NUMBER}|\d{{1,4}}(?![\w/.,%-]))"
    )
    bare = re.compile(rf"(?<![\w/.-])(?P<number>{_NUMBER})(?![\w/-])")
    own = re.compile(rf"(?:^|\n|\|){_S}*[Ss][ốỐ]{_S}*:{_S}*(?P<number>{_NUMBER})")
    return named, bare, own


def read_instruments(scan: Scan) -> list[Instrument]:
    """The numbered documents a text names, once each, with their dates where the text gives them.

    A short form ("Chỉ thị số 15") of a document named in full is not repeated.
    """
    named, bare, _ = _patterns()
    text = scan.text
    found: dict[str, Instrument] = {}
    short: list[Instrument] = []
    kind = ""
    last_end = -1
    for sentence in scan.sentences:
        matches = {m.start("number"): m for m in bare.finditer(text, sentence.start, sentence.end)}
        for m in named.finditer(text, sentence.start, sentence.end):
            matches[m.start("number")] = m
        for at in sorted(matches):
            m = matches[at]
            has_kind = "kind" in m.groupdict()
            number = m["number"]
            full = not number.isdigit()
            if has_kind:
                if not full and not m["so"] and not m["kind"][0].isupper():
                    continue
                if (
                    not full
                    and not m["so"]
                    and m["kind"]
                    not in ("Nghị quyết", "Chỉ thị", "Quyết định", "Nghị định", "Kết luận")
                ):
                    continue
                if not full and 1900 < int(number) < 2100:
                    continue
                kind = _kind(m["kind"])
            elif not (kind and at - last_end < 12):
                kind = ""
            kind_here = kind or _kind_of(number)
            if not kind_here:
                continue
            start = m.start() if has_kind else at
            end, date = _date_after(scan, m.end())
            record = Instrument(
                anchor=scan.document.anchor(start, end),
                rule="instrument.named" if has_kind else "instrument.number",
                confidence=0.97 if full else 0.8,
                document_kind=kind_here,
                number=number,
                date=date,
            )
            last_end = m.end()
            if not full:
                short.append(record)
                continue
            known = found.get(fold(number))
            if known is None:
                found[fold(number)] = record
            elif known.date is None and date is not None:
                found[fold(number)] = replace(known, date=date)
    for record in short:
        full_forms = (
            f for f in found.values() if f.number.split("/")[0].split("-")[0] == record.number
        )
        if not any(f.document_kind == record.document_kind for f in full_forms):
            found.setdefault(f"{record.document_kind} {record.number}", record)
    return sorted(found.values(), key=lambda r: r.anchor)


def _kind(words: str) -> str:
    return words[0].upper() + words[1:].lower()


def _kind_of(number: str) -> str:
    symbols = load("instruments")["symbols"]
    for part in re.split(r"[-/.]", number)[1:]:
        if part in symbols:
            return str(symbols[part])
    return ""


_LINK = re.compile(rf"{_S}*(?:,|\()?{_S}*(?:ký|ban{_S}hành)?{_S}*(?:ngày{_S}*)?$")


def _date_after(scan: Scan, end: int) -> tuple[int, str | None]:
    """Where the mention ends, and the full date that follows it at once, if one does."""
    for time in scan.times_between(end, end + 30):
        if time.kind == "date" and _LINK.fullmatch(scan.text[end : time.start]):
            if time.year is not None and not time.inferred:
                return time.end, iso(time)
            return end, None
    return end, None
