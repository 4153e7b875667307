"""Words of trade that make nobody a market of ours: others sell, we buy, or people only came."""

from vanban.patterns import regex
from vanban.readers.partners.marks import NAMES, Clause

__all__ = ["is_among_strangers"]

_THEY_SELL = regex(
    r"(?<!nhập )[Xx]uất khẩu(?: (?!sang|vào|tới|đi|đến|qua|Việt)[^\s;.,\x01]+){0,6} \x01+"
    rf"(?: \w+){{0,2}} (?:sang|vào|tới|đi|đến)(?: thị trường)?{NAMES}$"
)
"""Before a name, that it is another who sells there: "xuất khẩu gạo của Lào sang"."""
_THEIR_GOODS = regex(r"(?:xuất khẩu|bán)[^;.]{0,60} (?:sang|vào|tới|cho) Việt Nam(?!\w)")
_OF_THEIRS = regex(r"(?:của|với|từ)(?: [^\s;.,\x01]+){0,3} $")
"""What others sell to us, and before a name that the goods are its own."""
_CAME = regex(
    r"thu hút(?:[^;.]|\.(?=\d)){0,60} (?:đại diện|đại biểu|diễn giả|khách mời|học giả"
    r"|chuyên gia|người tham|vận động viên|đoàn nghệ thuật|đơn vị tham|nghệ sĩ|thí sinh)[^;.]*$"
)
"""Before a name, that its people came to an event."""
_WE_BUY = regex(
    rf"{NAMES}[^;.\x01]{{0,60}}(?:Việt Nam|nước ta|doanh nghiệp Việt)"
    r"(?: (?:có thể|muốn|đã|sẽ|cần))* (?:nhập khẩu|nhập|mua)(?!\w)"
)
"""Behind a name, that it is we who buy."""
_TAXES_OF = regex(r"(?:thuế quan|thuế|pháp luật|quy định|công nghệ|hải quan) $")
_SPOKESMAN = regex(
    r"(?:[Đđ]ại diện|thay mặt) (?:nhà đầu tư|các nhà đầu tư|doanh nghiệp)[^;.]{0,4},"
    r" (?:ông|bà) [^;.]*$"
)
"""Before a name, its taxes, or who speaks for a firm from there."""


def is_among_strangers(clause: Clause) -> bool:
    """Whether others trade, we buy, or people only came where a clause has words of a market.

    Args:
        clause: where the cue stands.
    """
    before, behind = clause.before, len(clause.before) + 1
    if "Việt Nam" not in before and _THEY_SELL.search(before) is not None:
        return True
    if _THEIR_GOODS.search(clause.text) is not None and _OF_THEIRS.search(before) is not None:
        return True
    if _CAME.search(before) is not None or _SPOKESMAN.search(before) is not None:
        return True
    if clause.mention.type == "bloc" and _TAXES_OF.search(before) is not None:
        return True
    return _WE_BUY.match(clause.whole, behind) is not None
