"""Official documents: whose orders they carry."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation
from vanban.readers.tasks.people import find_issuer
from vanban.scan import Scan

__all__ = ["document_issuer"]

_HEAD = 1500
"""Code points from the top within which a body is named that could be the issuer."""
_TOP = 6000
"""Code points from the top in which an official document says what it is."""


@cache
def _own_number() -> re.Pattern[str]:
    kinds = alternation(load("tasks")["official"]["numbered"])
    return re.compile(
        rf"(?m)^(?:[^\n|]{{0,60}}\|)? *(?:S[ốỐ] *:?|(?:{kinds}))"
        r" *\d{1,5}(?:/\d{4})?[-/](?P<symbol>[^\s,;|]+)"
    )


@cache
def _title_line() -> re.Pattern[str]:
    return re.compile(rf"(?m)^ *(?:{alternation(load('tasks')['official']['titles'])}) *$")


@cache
def _concluded() -> re.Pattern[str]:
    words = alternation(load("tasks")["official"]["concluded"])
    return re.compile(rf"(?:{words})[^\n]{{0,30}}\b(?:CỦA|của)[^\n]{{3,120}}")


@cache
def _report_head() -> re.Pattern[str]:
    heads = alternation(load("tasks")["official"]["report_heads"])
    return re.compile(rf"(?m)^[^\n]*?\b((?:{heads}) [^\n|]{{2,60}})$")


_CHAIRED = re.compile(r"(?:đã )?(?:chủ trì|kết luận)")
_REPORT_LINE = re.compile(r"(?m)^ *BÁO CÁO *$")
_PROVINCE = re.compile(r"ỦY BAN NHÂN DÂN|UBND")


def document_issuer(scan: Scan) -> tuple[str | None, bool]:
    """Whose orders an official document carries, and whether it is a report.

    Source: `data/tasks.yml`, section `official`; Nghị định 30/2020/NĐ-CP for the place of number
    and kind.
    Returns:
        (None, False) if the document is no official one.
    """
    first, end = _top(scan)
    text = scan.text[first:end]
    number = _own_number().search(text, 0, 900)
    if number is None and _title_line().search(text) is None:
        return None, False
    symbol = number["symbol"] if number else ""
    if "TB" in symbol.split("-") or _concluded().search(text):
        for m in _CHAIRED.finditer(text):
            at = first + m.start()
            if people := scan.people_between(at - 219, at):
                return people[-1].name, False
    if "BC" in symbol.split("-") or _REPORT_LINE.search(text[:1500]):
        head = _report_head().search(text[:800])
        return _as_written(head[1]) if head else "", True
    for row in load("tasks")["official"]["issuers"]:
        if row["symbol"] in symbol:
            return row["name"], False
    if _PROVINCE.search(text, 0, 1200):
        return "UBND tỉnh", False
    return find_issuer(scan, *_top(scan, reach=_HEAD)), False


def _top(scan: Scan, *, reach: int = _TOP) -> tuple[int, int]:
    """The first blocks of the content: as many as begin within `reach` code points of the first."""
    content = scan.document.content
    if not content:
        return 0, 0
    first = content[0].start
    return first, max(b.end for b in content if b.start <= first + reach)


def _as_written(name: str) -> str:
    """A body's name in capitals as texts write it: "SỞ NGOẠI VỤ" is "Sở Ngoại vụ"."""
    kept = load("tasks")["official"]["capitalised"]
    words = " ".join(w.capitalize() if w in kept else w for w in name.lower().split())
    return re.sub(r"(?i)^ubnd", "UBND", words[0].upper() + words[1:])
