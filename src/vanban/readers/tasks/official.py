"""Official documents: whose orders they carry."""

import re
from functools import cache

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


def document_issuer(scan: Scan) -> str | None:
    """Whose orders an official document carries; of a report, whose it is.

    Source: `data/tasks.yml`, section `official`; Nghị định 30/2020/NĐ-CP for the place of number
    and kind.
    Returns:
        None if the document is no official one.
    """
    first, end = _top(scan)
    text = scan.text[first:end]
    number = _own_number().search(text, 0, 900)
    if number is None and _title_line().search(text) is None:
        return None
    symbol = number["symbol"] if number else ""
    if "TB" in symbol.split("-") or _concluded().search(text):
        for m in (*_CONCLUDES.finditer(text), *_CHAIRED.finditer(text)):
            at = first + m.start()
            if people := scan.people_between(max(first, at - 219), at):
                return people[-1].name
    if _is_report(symbol, text):
        if (mission := _MISSION.search(text, 0, number.start() if number else 800)) is not None:
            return _mission_as_written(" ".join(mission["who"].split()))
        # The body above is the superior; the one right above the number is the issuer.
        heads = _report_head().findall(text[: number.start() if number else 800])
        name = _as_written(heads[-1]) if heads else ""
        own = _PROVINCE_S_OWN.match(name)
        return own[0] if own else name
    # The office of the Government passes on what its leaders order.
    said_by = _ORDERED if symbol.startswith("VPCP") else _OPINION
    for m in said_by.finditer(text):
        at = first + m.start()
        people = scan.people_between(max(first, at - _NAMED_BEFORE), at)
        if people and people[-1].end >= at - 1:
            return people[-1].name
    if (said := _who_orders(scan, first, end)) is not None:
        return said
    if re.split(r"[-/]", symbol)[-1] in ("TW", "TƯ"):
        return _of_the_party(scan.text)
    if (body := issuer_of_symbol(symbol)) is not None:
        named = _PARTY_OF.search(text, 0, _HEAD) if body == "Tỉnh ủy" else None
        if named is not None:
            body = f"{named['who'].capitalize()} {named['of'].title()}"
        written = _as_the_text_does(body, text)
        # A decision of the chairman, not of the committee, says so above its grounds.
        chairs = body == "UBND tỉnh" and _CHAIR_DECIDES.search(text, 0, _HEAD) is not None
        return f"Chủ tịch {written}" if chairs else written
    if _PROVINCE.search(text, 0, 1200):
        return _as_the_text_does("UBND tỉnh", text)
    if (first_order := _FIRST_ORDER.search(text, 0, _TOP)) is not None:
        return first_order["who"]
    return find_issuer(scan, *_top(scan, reach=_HEAD))


def is_report(scan: Scan) -> bool:
    """Whether an official document is a body's report of what was done."""
    first, end = _top(scan)
    number = _own_number().search(scan.text[first:end], 0, 900)
    return _is_report(number["symbol"] if number else "", scan.text[first:end])


def _is_report(symbol: str, text: str) -> bool:
    return "BC" in symbol.split("-") or _REPORT_LINE.search(text[:1500]) is not None


_MISSION = regex(
    r"(?m)^(?:[^\n|]*\|)? *(?P<who>(?:ĐẠI SỨ QUÁN|TỔNG LÃNH SỰ QUÁN|PHÁI ĐOÀN|THƯƠNG VỤ)"
    r"[^\n|a-zđ]{0,60}(?:\n *(?:TẠI|BÊN CẠNH) [^\n|a-zđ]{3,40})?)"
)
"""The mission abroad that a letterhead names, in capitals and on one line or two."""


def _mission_as_written(name: str) -> str:
    """A mission's name in capitals as texts write it: "Đại sứ quán Việt Nam tại Hà Lan"."""
    data = load("tasks")["official"]
    first, *rest = name.split()
    return " ".join(
        [
            first.capitalize(),
            *(
                word.lower()
                if word.lower() in data["small_in_missions"]
                else (word if word in data["letters_in_missions"] else word.capitalize())
                for word in rest
            ),
        ]
    )


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


_FIRST_ORDER = regex(
    r"(?P<who>Thủ tướng Chính phủ|Chủ tịch (?:UBND|Ủy ban nhân dân) (?:tỉnh|thành phố)"
    r"|(?:UBND|Ủy ban nhân dân) (?:tỉnh|thành phố)) (?:yêu cầu|chỉ thị|giao) "
)
"""Who gives the first order of a paper that has lost its head."""


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


def _who_orders(scan: Scan, first: int, end: int) -> str | None:
    """Who says what follows, in the line that opens the orders: "Bộ trưởng ... yêu cầu:"."""
    for m in _orders().finditer(scan.text, first, end):
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
