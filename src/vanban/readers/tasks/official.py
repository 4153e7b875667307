"""Official documents: whose orders they carry."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import alternation, regex
from vanban.readers.tasks.people import find_issuer
from vanban.scan import Scan
from vanban.values.times import Time

__all__ = [
    "body_that_writes",
    "document_issuer",
    "is_report",
    "issuer_of_symbol",
    "year_of_plan",
]

_HEAD = 1500
"""Code points from the top within which a body is named that could be the issuer."""
_TOP = 6000
"""Code points from the top in which an official document says what it is."""


@cache
def _own_number() -> re.Pattern[str]:
    kinds = alternation(load("tasks")["official"]["numbered"])
    return regex(
        rf"(?m)^(?:[^\n|]{{0,60}}\|)? *(?:S[ốỐ] *:?|(?:{kinds}))"
        r" *\d{1,5}(?:/\d{4})?[-/](?P<symbol>[^\s,;|]+)"
    )


@cache
def _title_line() -> re.Pattern[str]:
    return regex(rf"(?m)^ *(?:{alternation(load('tasks')['official']['titles'])}) *$")


@cache
def _concluded() -> re.Pattern[str]:
    words = alternation(load("tasks")["official"]["concluded"])
    return regex(rf"(?:{words})[^\n]{{0,30}}\b(?:CỦA|của)[^\n]{{3,120}}")


@cache
def _report_head() -> re.Pattern[str]:
    heads = alternation(load("tasks")["official"]["report_heads"])
    return regex(
        rf"(?m)^(?:[^\n|]*\|)? *((?:{heads}) (?:(?! TỈNH | THÀNH PHỐ )[^\n|]){{2,60}}?)"
        rf"(?: +(?:TỈNH|THÀNH PHỐ) [^\n|]*)? *(?:\||$)"
    )


_CONCLUDES = regex(r"(?:đã )?(?:kết luận|có ý kiến|chỉ đạo)[^.;:\n]{0,40} như sau")
"""Who concludes is asked first: a meeting may have two chairs."""
_FOR = r"(?<=\w)(?: thay mặt [^,.;:\n]{3,40}?)? (?:đã )?"
_OPINION = regex(rf"{_FOR}có ý ?kiến(?: chỉ đạo| kết luận)? như sau *:")
_ORDERED = regex(rf"{_FOR}(?:có ý ?kiến|cho ý ?kiến|yêu cầu|chỉ đạo|giao|đồng ý)(?!\w)")
_NAMED_BEFORE = 120
"""Code points before that in which the office of whose opinion it is begins."""
_CHAIRED = regex(r"(?:đã )?(?:chủ trì|kết luận)")
_REPORT_LINE = regex(r"(?m)^ *BÁO CÁO *$")
_PROVINCE_S_OWN = regex(r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) (tỉnh|thành phố)(?!\w)")
_PROVINCE = regex(r"ỦY BAN NHÂN DÂN|UBND")


_PARTY_OF = regex(
    rf"(?m)^ *(?P<who>(?:TỈNH|THÀNH) (?:ỦY|UỶ)) (?P<of>[{UPPER}]+(?: [{UPPER}]+){{0,3}}) *$"
)
"""Which province's committee numbers a paper: "TỈNH ỦY KHÁNH HÒA"."""


class _Paper(NamedTuple):
    """The top of a text, as that of an official document.

    Args:
        scan: the document's.
        first: where its content begins.
        text: the document's from there on, `_TOP` code points or a little more.
        numbered_at: where in `text` its number stands; None if it has none.
        symbol: of the number, "TB-BNG"; "" without one.
    """

    scan: Scan
    first: int
    text: str
    numbered_at: int | None
    symbol: str

    @property
    def head(self) -> int:
        """Where in the text the letterhead ends."""
        return 800 if self.numbered_at is None else self.numbered_at


def _paper(scan: Scan) -> _Paper:
    first, end = _top(scan)
    text = scan.text[first:end]
    number = _own_number().search(text, 0, 900)
    if number is None:
        return _Paper(scan, first, text, None, "")
    return _Paper(scan, first, text, number.start(), number["symbol"])


def is_report(scan: Scan) -> bool:
    """Whether an official document is a body's report of what was done."""
    return _is_report(scan.once(_paper))


def _is_report(paper: _Paper) -> bool:
    return "BC" in paper.symbol.split("-") or _REPORT_LINE.search(paper.text[:_HEAD]) is not None


def document_issuer(scan: Scan) -> str | None:
    """Whose orders an official document carries; of a report, whose it is.

    Source: `data/tasks.yml`, section `official`; Nghị định 30/2020/NĐ-CP for the place of number
    and kind.
    Returns:
        None if the document is no official one; "" if a report does not say.
    """
    paper = scan.once(_paper)
    if paper.numbered_at is None and _title_line().search(paper.text) is None:
        return None
    for rule in _WHOSE:
        if (who := rule(paper)) is not None:
            return who
    return find_issuer(scan, *_top(scan, reach=_HEAD))


def _who_concludes(paper: _Paper) -> str | None:
    """Who concludes, in a notice of conclusions."""
    if not ("TB" in paper.symbol.split("-") or _concluded().search(paper.text)):
        return None
    for m in (*_CONCLUDES.finditer(paper.text), *_CHAIRED.finditer(paper.text)):
        at = paper.first + m.start()
        if people := paper.scan.people_between(max(paper.first, at - 219), at):
            return people[-1].name
    return None


def _who_reports(paper: _Paper) -> str | None:
    """The body a report is of: a mission, else the last one above the number."""
    if not _is_report(paper):
        return None
    if (mission := _MISSION.search(paper.text, 0, paper.head)) is not None:
        return _mission_as_written(mission["who"])
    # The body above is the superior; the one right above the number is the issuer.
    heads = _report_head().findall(paper.text[: paper.head])
    name = _as_written(heads[-1]) if heads else ""
    own = _PROVINCE_S_OWN.match(name)
    return own[0] if own else name


def _whose_opinion(paper: _Paper) -> str | None:
    """Whose opinion a paper passes on: the office of the Government, what its leaders order."""
    said_by = _ORDERED if paper.symbol.startswith("VPCP") else _OPINION
    for m in said_by.finditer(paper.text):
        at = paper.first + m.start()
        people = paper.scan.people_between(max(paper.first, at - _NAMED_BEFORE), at)
        if people and people[-1].end >= at - 1:
            return people[-1].name
    return None


def _of_the_symbol(paper: _Paper) -> str | None:
    """The body that numbers its papers so, as the text names it; the Party's by their signature."""
    if re.split(r"[-/]", paper.symbol)[-1] in ("TW", "TƯ"):
        return _of_the_party(paper.scan.text)
    body = issuer_of_symbol(paper.symbol)
    if body is None:
        return None
    named = _PARTY_OF.search(paper.text, 0, _HEAD) if body == "Tỉnh ủy" else None
    if named is not None:
        body = f"{named['who'].capitalize()} {named['of'].title()}"
    written = _as_the_text_does(body, paper.text)
    # A decision of the chairman, not of the committee, says so above its grounds.
    chairs = body == "UBND tỉnh" and _CHAIR_DECIDES.search(paper.text, 0, _HEAD) is not None
    return f"Chủ tịch {written}" if chairs else written


def _of_a_province(paper: _Paper) -> str | None:
    named = _PROVINCE.search(paper.text, 0, 1200)
    return _as_the_text_does("UBND tỉnh", paper.text) if named is not None else None


def _who_orders_first(paper: _Paper) -> str | None:
    """Who gives the first order of a paper that has lost its head."""
    first_order = _FIRST_ORDER.search(paper.text, 0, _TOP)
    return first_order["who"] if first_order is not None else None


_FIRST_ORDER = regex(
    r"(?P<who>Thủ tướng Chính phủ|Chủ tịch (?:UBND|(?:Ủy|Uỷ) ban nhân dân) (?:tỉnh|thành phố)"
    r"|(?:UBND|(?:Ủy|Uỷ) ban nhân dân) (?:tỉnh|thành phố)) (?:yêu cầu|chỉ thị|giao) "
)


_MISSION = regex(
    r"(?m)^(?:[^\n|]*\|)? *(?P<who>(?:ĐẠI SỨ QUÁN|TỔNG LÃNH SỰ QUÁN|PHÁI ĐOÀN|THƯƠNG VỤ)"
    r"[^\n|a-zđ]{0,60}(?:\n *(?:TẠI|BÊN CẠNH) [^\n|a-zđ]{3,40})?)"
)
"""The mission abroad that a letterhead names, in capitals and on one line or two."""


def _mission_as_written(name: str) -> str:
    """A mission's name in capitals as texts write it: "Đại sứ quán Việt Nam tại Hà Lan"."""
    data = load("tasks")["official"]
    first, *rest = name.split()
    words = [first.capitalize()]
    for word in rest:
        if word.lower() in data["small_in_missions"]:
            words.append(word.lower())
        else:
            words.append(word if word in data["letters_in_missions"] else word.capitalize())
    return " ".join(words)


_CHAIR_DECIDES = regex(
    r"(?m)^ *CHỦ TỊCH (?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)(?: (?:TỈNH|THÀNH PHỐ)[^\n]*)?\s+"
    r"(?=Căn cứ)"
)
_PLAN = regex(r"(?m)^ *(?:KẾ HOẠCH|CHƯƠNG TRÌNH)(?: HÀNH ĐỘNG)? *$")
_LONGEST_TITLE = 260
_SPAN_BEFORE = regex(r"(?i)(?:giai đoạn|đến|từ|tầm nhìn|nghị quyết|-|–)(?: năm)? *$")


def year_of_plan(scan: Scan) -> Time | None:
    """The one year that the title of a plan is for: "KẾ HOẠCH / công tác đối ngoại năm 2026"."""
    first, end = _top(scan, reach=_HEAD)
    m = _PLAN.search(scan.text, first, end)
    if m is None:
        return None
    times: list[Time] = []
    for lines in (r"\s*[^\n]+", r"\s*[^\n]+\n[^\n]+"):
        title = re.match(lines, scan.text[m.end() : m.end() + _LONGEST_TITLE])
        if title is not None and not times:
            times = list(scan.times_between(m.end(), m.end() + title.end()))
    if len(times) != 1 or times[0].kind != "year":
        return None
    before = scan.text[m.end() : times[0].start]
    return None if _SPAN_BEFORE.search(before) else times[0]


_HEAD_LINES = 4


def body_that_writes(scan: Scan) -> str | None:
    """The mission or the office that a note without a number names at its head: who says it all."""
    for block in scan.document.content[:_HEAD_LINES]:
        m = _WRITES.fullmatch(scan.text[block.start : block.end].strip())
        if m is not None:
            return " ".join(m["who"].split())
    return None


_WRITES = regex(
    rf"(?P<who>(?:Thương vụ|Chi nhánh Thương vụ|Đại sứ quán|Tổng Lãnh sự quán|Phái đoàn|Văn phòng)"
    rf" [^.;:!?()]{{0,70}}[{UPPER}][\w-]*)(?: \([^()]*\))?"
)
"""A line that is the name of a mission abroad, and what brackets say of it."""


def _as_the_text_does(body: str, text: str) -> str:
    """The committee of a province as the text names it: in full or not, of a province or a city."""
    if body != "UBND tỉnh":
        return body
    said = _ACTS.search(text) or _PROVINCE_S_OWN.search(text)
    return " ".join(said[0].split()) if said is not None else body


_ACTS = regex(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:tỉnh|[Tt]hành phố)"
    r"(?=[\w\s]{0,30}\s(?:ban hành|yêu cầu|giao|chỉ đạo|xây dựng))"
)


def issuer_of_symbol(symbol: str) -> str | None:
    """The body that numbers its papers with a symbol: "TB-BNG" is the Ministry of Foreign Affairs'.

    Source: `data/tasks.yml`, section `official`.
    """
    rows: list[dict[str, str]] = load("tasks")["official"]["issuers"]
    return next((row["name"] for row in rows if row["symbol"] in symbol), None)


@cache
def _orders() -> re.Pattern[str]:
    words = alternation(load("tasks")["official"]["orders"])
    return regex(rf"(?<!\w)(?P<verb>{words})(?!\w)[^\n.;]{{0,60}}: *$", re.MULTILINE)


def _who_opens_the_orders(paper: _Paper) -> str | None:
    """Who says what follows, in the line that opens the orders: "Bộ trưởng ... yêu cầu:"."""
    scan, first = paper.scan, paper.first
    for m in _orders().finditer(scan.text, first, first + len(paper.text)):
        line = max(first, scan.text.rfind("\n", first, m.start()) + 1)
        begin = max(line, scan.text.rfind(", ", line, m.start() - 2) + 1)
        office = _ORDERING_OFFICE.search(scan.text, begin, m.start())
        if office is not None and not scan.people_between(begin, m.start()):
            return " ".join(office[0].split(" thay mặt ")[0].split())
    return None


_ORDERING_OFFICE = regex(
    r"(?:Phó )?(?:Chủ tịch|Bộ trưởng|Thủ tướng|Giám đốc|Chánh Văn phòng|Thống đốc)"
    r"(?: [^,.;:\n]{2,60})? *$"
)
_WHOSE: tuple[Callable[[_Paper], str | None], ...] = (
    _who_concludes,
    _who_reports,
    _whose_opinion,
    _who_opens_the_orders,
    _of_the_symbol,
    _of_a_province,
    _who_orders_first,
)
"""Whose an official document is, the first that answers."""


def _of_the_party(text: str) -> str:
    """Which body of the Party a paper numbered "TW" is of: its signature, else its title, says."""
    names: list[str] = load("tasks")["official"]["party"]
    signed = _PARTY_SIGNED.search(text)
    if signed is not None:
        for name in names:
            if signed[1].strip().lower().startswith(name.lower()):
                return name
    return next((name for name in names if re.search(rf"của {name}", text[:_TOP])), names[-1])


_PARTY_SIGNED = regex(r"(?m)^ *T/?M\.? +([^\n]{5,60})$")


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
    for province in load("places")["provinces"]:
        if name.upper().endswith(f" {province.upper()}"):
            name = name[: -len(province) - 1]
            break
    words = " ".join(w.capitalize() if w in kept else w for w in name.lower().split())
    words = words.replace("Công thương", "Công Thương")
    return re.sub(r"(?i)^ubnd", "UBND", words[0].upper() + words[1:])
