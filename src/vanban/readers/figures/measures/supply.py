"""Who supplies whom: what others buy of us is what we sell, what they supply us is what we buy."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.mention import Mention

__all__ = ["supplied"]

_SUPPLIER = (
    r"(?:(?:thị trường|nước|quốc gia|nhà|đối tác)(?: [^\s,;.()\d]+){0,2} cung (?:cấp|ứng)"
    r"|nguồn cung(?: cấp| ứng)?|(?:quốc gia|nước|nhà) xuất khẩu)(?!\w)"
)
_SUPPLIES = regex(_SUPPLIER)
_WE_SUPPLY = rare(
    r"(?<!của )(?<!cho )(?<!tại )(?<!vào )(?<!sang )(?<!với )(?<!từ )Việt Nam"
    rf"(?: (?!từ|cho|của|sang|nhập|mua)[^\s,;.()]+){{0,8}} {_SUPPLIER}"
)
"""In a note on what another country buys, that it is we who sell it."""
_BUYS_OF_US = rare(
    r"[Tt]hị trường (?:tiêu thụ|nhập khẩu) (?!hàng)[^;.\d]{0,40}(?:của|từ) "
    r"(?:Việt Nam|nước ta)(?!\w)"
)
"""Who buys most of a thing of ours: "thị trường tiêu thụ gạo lớn nhất của Việt Nam"."""
_TO_US = regex(r"[^;.]{0,60} (?:cho|của) (?:Việt Nam|nước ta|ta)(?!\w)")


def supplied(m: Mention, named: list[Named]) -> str | None:
    """Which way goods go where a sentence says who supplies them; None if it does not.

    "Việt Nam là nguồn cung lớn thứ ba của Nhật Bản, đạt 12 nghìn tấn": we sell. "Lào là nhà cung
    cấp lớn nhất cho Việt Nam": we buy.

    Args:
        named: the measures its sentence names; behind one that is said since, it holds no longer.
    """
    start, end = m.clause, m.q.start
    if (found := _BUYS_OF_US.search(m.text, start, end)) is not None:
        since = (c for c in named if found.end() <= c.start < end and c.kind != "any")
        return "exports" if all(c.key == "other" for c in since) else None
    if m.text.find("cung ", start, end) < 0 and m.text.find(" xuất khẩu", start, end) < 0:
        return None
    found = _WE_SUPPLY.search(m.text, start, end)
    way = "exports"
    if (
        found is not None
        and m.earlier is not None
        and m.earlier.measure == "imports"
        and m.scan.partners_between(found.end(), m.sentence.end)
    ):
        # "Philippines nhập 2,3 triệu tấn. Việt Nam là nguồn cung lớn nhất, kế đó là Myanmar":
        # all who supply it are told, and what it buys.
        return None
    if found is None:
        found = _SUPPLIES.search(m.text, start, end)
        if found is None or _TO_US.match(m.text, found.end(), m.sentence.end) is None:
            return None
        if found[0].endswith("xuất khẩu"):
            return None
        way = "imports"
    since = (c for c in named if found.end() <= c.start < end and c.kind != "any")
    return way if all(c.key == "other" for c in since) else None
