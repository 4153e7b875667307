"""Which measures a sentence names, by the cues of `data/measures.yml`."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import modern_tones
from vanban.patterns import Cue, cue, regex
from vanban.scan import Scan

__all__ = ["Named", "find_named"]


class Named(NamedTuple):
    """A measure named in `text[start:end]`.

    Args:
        key: canonical key, as `eval/SCHEMA.md` lists them.
        kind: what its figures are: "money", "count", "people", "growth", "any".
    """

    start: int
    end: int
    key: str
    kind: str


@cache
def _names() -> tuple[Cue, dict[str, tuple[str, str]]]:
    rows = {
        modern_tones(name.lower()): (row.get("key", row.get("id")), row["kind"])
        for row in (*load("measures"), *load("figures")["more_measures"])
        for name in row["cues"]
    }
    others = load("figures")["other_measures"]
    rows |= {modern_tones(name.lower()): ("other", "any") for name in others}
    return cue(rows, any_case=True), rows


def find_named(scan: Scan, start: int, end: int) -> list[Named]:
    """The measures named in `[start, end)`, in order. Source: `data/measures.yml`."""
    names, _ = _names()
    found = [
        Named(m.start(), m.end(), *(_SOLD if _is_ours_bought(scan, m, start) else _row(m[0])))
        for m in scan.words.find_all(names, start, end)
        # "Giá trị" is no price, nor is "theo giá so sánh".
        if not (m[0] == "giá" and scan.text.startswith(_NO_PRICE, m.end()))
        and not _names_investors(scan, m)
        and (not _names_buyers(scan, m) or _is_ours_bought(scan, m, start))
        and not (m[0][0].isupper() and _OF_A_BODY.search(scan.text, start, m.start()))
    ]
    return [c for n, c in enumerate(found) if not _grows_itself(scan, found, n, start)]


_NO_PRICE = (" trị", " so sánh", " hiện hành", " cố định")


def _grows_itself(scan: Scan, found: list[Named], n: int, start: int) -> bool:
    """Whether "tăng trưởng" is only the verb of what is before it: "xuất khẩu tăng trưởng 24%"."""
    c = found[n]
    if scan.text[c.start : c.end].lower() not in ("tăng trưởng", "tốc độ tăng trưởng"):
        return False
    if _OF_GOODS.search(scan.text, start, c.start) and not _ECONOMY.match(scan.text, c.end):
        return True
    if n == 0:
        return False
    other = found[n - 1]
    if other.key in ("gdp_growth", "grdp_growth"):
        # "đều tăng trưởng âm ..., nhóm tăng trưởng dương chiếm 43%" goes on as it began.
        return scan.text[other.start : other.end].lower() == "tăng trưởng" and (
            _grows_itself(scan, found, n - 1, start)
        )
    if other.start < start:
        return False
    between = scan.text[other.end : c.start]
    if between.endswith((", ", "(")) and _BY_SO_MUCH.match(scan.text, c.end):
        # "thu về 31 tỷ USD từ xuất khẩu gạo, tăng trưởng hơn 10% so với năm trước"
        return True
    return _ITS_VERB.fullmatch(between) is not None or _ITS_NOUN.fullmatch(between) is not None


_OF_GOODS = regex(
    r"(?<!kinh tế )(?:thị trường|mặt hàng|nhóm hàng|ngành hàng|đơn hàng|doanh thu|tín dụng"
    r"|sản lượng|sản xuất công nghiệp|doanh số|chỉ số|lĩnh vực|dịch vụ|bán lẻ"
    r"|thương mại điện tử)[^;.:]*$"
    r"|(?<!toàn )ngành[^;.:,]{0,60}$"
)
_ECONOMY = regex(r" (?:kinh tế|GDP)(?!\w)")
_BY_SO_MUCH = regex(
    r"(?: (?:hơn|gần|khoảng|trên|tới|đến|đạt|là|mức|cao|nhất|âm|dương|trung bình|bình quân),?)*"
    r" \d[\d.,]* ?%"
)
_ITS_VERB = regex(r"(?:[^,;.:()]|(?<=TP)\.){0,90}")
"""Between a measure and "tăng trưởng", nothing that begins another claim."""
_ITS_NOUN = regex(
    r"[^;.:]{0,120}(?<!\w)(?:có|đạt|vượt|sự|mức|đà|nhịp|tốc độ|ghi nhận|đều|vẫn|cũng|tiếp tục) "
)
"""The same over commas, where "tăng trưởng" is said of it: "..., với mức tăng trưởng 41%"."""


_SOLD = ("exports", "money")


def _is_ours_bought(scan: Scan, m: re.Match[str], start: int) -> bool:
    """Whether "nhập khẩu" is what another country buys of us, and so what we sell.

    "Trung Quốc đứng đầu về nhập khẩu gạo của Việt Nam", "xoài Việt Nam được nhập khẩu vào Úc".
    """
    if not m[0].lower().endswith("nhập khẩu"):
        return False
    if (into := _INTO.match(scan.text, m.end())) is not None:
        ours = scan.text.find("Việt Nam", max(start, m.start() - _OURS_REACH), m.start()) >= 0
        return ours and bool(scan.partners_between(into.end(), into.end() + 1))
    if _OF_OURS.match(scan.text, m.end()) is None:
        return False
    return any(
        p.type == "country" and _HEADS.fullmatch(scan.text, p.end, m.start()) is not None
        for p in scan.partners_between(start, m.start())[-1:]
    )


_INTO = regex(r" (?:vào|sang) (?:thị trường )?")
_OURS_REACH = 60
_OF_OURS = regex(
    r"(?: (?:các |nhiều )?(?:mặt hàng|nhóm hàng))?(?: (?!từ|của|hàng)[^\s,;.:()\d]+){1,6}"
    r" (?:của|từ) (?:Việt Nam|VN|nước ta)(?!\w)"
)
_HEADS = regex(
    r" (?:đã |vẫn |hiện |đang |luôn |tiếp tục )*(?:là|đứng|xếp|dẫn|giữ|vươn|vượt)(?!\w)[^;.]{0,60}"
)


def _names_buyers(scan: Scan, m: re.Match[str]) -> bool:
    """Whether "nhập khẩu" only says who buys of us: "các thị trường nhập khẩu chính gồm ..."."""
    if m[0].lower() != "nhập khẩu":
        return False
    return scan.text.endswith(_WHO_BUYS, 0, m.start()) and (
        _BUYERS.match(scan.text, m.end()) is not None
    )


_OF_A_BODY = regex(
    r"(?:Cục|Vụ|Phòng|Hiệp hội|Hội|Ngân hàng|[Cc]ông ty|Trung tâm|Viện|Luật|Chế biến và"
    r"|Sản xuất và)(?: (?:[cC]ổ phần|CP|TNHH|MTV|Thương mại|Quản lý))* $"
)
"""Before a measure in capitals, that it belongs to a name: "Cục Xuất nhập khẩu"."""
_WHO_BUYS = ("thị trường ", "nước ", "quốc gia ", "khách hàng ", "nhà ")
_BUYERS = regex(
    r"(?:,? (?!hàng|từ|của)[^\s,;.:()\d]+){0,5}? (?:đứng|lớn thứ|nhiều nhất|chính"
    r"|chủ yếu|chủ lực|lớn|hàng đầu|gồm|là|quan trọng)(?!\w)"
)
_INVESTORS = regex(
    r"(?:doanh nghiệp|khu vực|khối|công ty|nhà đầu tư|thành phần)"
    r"(?: kinh tế| có| sử dụng| đầu tư| vốn| trực tiếp| nước ngoài)* \(?$"
)


def _names_investors(scan: Scan, m: re.Match[str]) -> bool:
    """Whether "FDI" only says whose: "xuất khẩu của khối doanh nghiệp FDI"."""
    low = max(0, m.start() - _INVESTORS_REACH)
    return _row(m[0])[0] == "fdi_registered" and (
        _INVESTORS.search(scan.text, low, m.start()) is not None
    )


_INVESTORS_REACH = 64


@lru_cache(maxsize=2048)
def _row(name: str) -> tuple[str, str]:
    """Key and kind of a measure by its name in lower case, however its blanks and tones stand."""
    return _names()[1][modern_tones(" ".join(name.split()))]
