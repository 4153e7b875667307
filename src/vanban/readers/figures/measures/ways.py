"""Which way goods go: what a bare turnover, a share of a market or a count of things is of."""

from vanban.patterns import regex
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.mention import Mention
from vanban.records import Figure

__all__ = [
    "ONE_WAY",
    "TRADE",
    "WEIGHTS",
    "bought_or_sold",
    "in_what",
    "is_bare",
    "of_market",
    "of_market_told",
    "of_one_way",
    "says_nothing",
    "share_of",
    "sold_so_many",
]

ONE_WAY = ("exports", "imports")
TRADE = (*ONE_WAY, "trade_turnover")


def is_bare(m: Mention, named: Named) -> bool:
    """Whether a measure is only "kim ngạch", of whatever was spoken of."""
    return m.text[named.start : named.end].lower() == "kim ngạch"


def of_market(m: Mention, named: Named) -> bool:
    """Whether a share is one of a market, as trade tells it."""
    return m.text[named.start : named.end].lower() == "thị phần"


def of_market_told(m: Mention, named: Named) -> bool:
    """Whether a share is one of the market its text tells the trade of, and is not ours."""
    if m.q.unit != "percent" or not of_market(m, named):
        return False
    return _OUR_SHARE.match(m.text, named.end, m.q.start) is None


_OUR_SHARE = regex(r" (?:của )?(?:[^\s,;.()\d]+ ){0,3}Việt Nam(?!\w)")


def sold_so_many(m: Mention, named: list[Named]) -> str | None:
    """Which way so many things went: "xuất sang Mỹ 404 triệu đôi giày"."""
    ways = [c for c in named if c.end <= m.q.start and c.key in ONE_WAY]
    if not ways or _A_THING.match(m.text, m.q.number_end) is None:
        return None
    return ways[-1].key if _STRAIGHT.fullmatch(m.text, ways[-1].end, m.q.start) else None


def in_what(m: Mention, named: Named) -> bool:
    """Whether a measure only says in what a percentage grew: "tăng 8% về giá", "9% về trị giá".

    Of a weight, a price before it tells nothing either: "giá tăng 0,3%, đạt 51.287 tấn".
    """
    words = m.text[named.start : named.end].lower()
    if words == "sản lượng":
        # "xuất khẩu gạo đạt sản lượng 4,1 triệu tấn"
        return _SOLD_SO_MUCH.search(m.text, m.clause, named.start) is not None
    if words == "giá" and m.q.unit in WEIGHTS and "/" not in m.q.unit:
        return True
    return words in _WORTHS and _GREW_IN.search(m.text, m.sentence.start, named.start) is not None


_SOLD_SO_MUCH = regex(r"(?:[Xx]uất|[Nn]hập) khẩu [^;.\d]{0,50}(?:đạt|với|về) $")
_WORTHS = ("giá", "trị giá", "giá trị", "kim ngạch")
_GREW_IN = regex(r"\d ?%(?: về| cả về| và)? $")
WEIGHTS = ("other:tấn", "other:nghìn tấn", "other:triệu tấn", "other:kg")
_A_THING = regex(
    r" (?:đôi|chiếc|con|bộ|bao|container|cont|lô|thùng|sản phẩm|xe|tờ|quả|cái|hộp|chai|lít)(?!\w)"
)
_STRAIGHT = regex(r"(?: (?:được|đạt|hơn|khoảng|gần|trên|sang|vào|tới|[A-ZĐ]\w+))* ")


_SHARES = regex(r"(?:chiếm|tương đương|đóng góp|bằng)(?: +\w+){0,2} *$")
_WHOLE_REACH = 20
_WHOLES = (
    " khối lượng và ",
    " lượng và ",
    " trong tổng số ",
    " trong tổng ",
    " tổng số ",
    " tổng ",
    " số ",
)


_THROUGH = regex(r"[Kk]im ngạch (?:hàng h(?:óa|oá) )?(?:qua|tại) ")
"""What passes a border goes both ways."""


def of_one_way(m: Mention, named: list[Named], remembered: str | None) -> str | None:
    """What a bare "kim ngạch" is of: exports, if its sentence or the ones before speak of these."""
    if _THROUGH.search(m.before(90)):
        return None
    ahead = [c for c in named if c.end <= m.q.number_start and not is_bare(m, c)]
    if ahead:
        ways = {c.key for c in ahead if c.key in TRADE}
        return ways.pop() if len(ways) == 1 else None
    before = m.previous.measure if m.previous is not None else remembered
    return before if before in ONE_WAY else None


def share_of(m: Mention, named: list[Named]) -> Named | None:
    """What a share is of, if it is named right behind it: "chiếm 64% tổng kim ngạch xuất khẩu"."""
    if _SHARES.search(m.before(24)) is None:
        return None
    gap = m.text[m.q.end : m.q.end + _WHOLE_REACH]
    lead = next((w for w in _WHOLES if gap.startswith(w)), "")
    reach = m.q.end + max(2, len(lead))
    # "chiếm 54% tổng giá trị xuất khẩu" is of exports, "26% giá trị" of what stands before.
    own = _OWN[:1] if "tổng" in lead else _OWN
    whole = next(
        (c for c in named if m.q.end <= c.start <= reach and not m.text.startswith(own, c.start)),
        None,
    )
    of_trade = whole is not None and whole.key in TRADE
    return whole if of_trade or not lead.startswith(" trong") else None


def says_nothing(m: Mention, named: Named, previous: Figure) -> bool:
    """Whether a measure between two figures only belongs to the first: "25% thị phần"."""
    if m.text[named.start : named.end].lower() == "thị phần":
        return named.start - previous.anchor.end <= 1
    return named.kind == "count" and previous.unit in ("USD", "VND")


_OWN = ("thị phần", "giá trị")
"""A share of the market, or of the value, is of what stands before: "..., chiếm 21% thị phần"."""


def bought_or_sold(m: Mention) -> str | None:
    """Which way an amount went, by the verb beside it: "chi 3 tỷ USD để nhập tôm từ Việt Nam"."""
    if _BUYS_OURS.search(m.before(40)):
        return "exports"
    if _TAKES_IN.search(m.before(24)) and _FROM_OURS.match(m.text, m.q.end, m.sentence.end):
        # "UAE nhập 1,4 tỷ USD hàng hóa từ Việt Nam"
        return "exports"
    if _SPENDS.search(m.before(30)) and _TO_BUY.match(m.text, m.q.end):
        bought = _ALL_OURS.match(m.text, m.q.end, m.sentence.end)
        return "imports" if bought is None else "exports"
    if _goes_out(m):
        return "exports"
    if _FROM_SELLING.match(m.text, m.q.end, m.sentence.end):
        return "exports"
    return None


_BUYS_OURS = regex(r"(?:mua|nhập|nhập khẩu)(?: hàng)? (?:của|từ) (?:ta|Việt Nam)(?: \w+){0,2} *$")


def _goes_out(m: Mention) -> bool:
    """Whether our goods are said to go to another country: "cá ngừ Việt Nam sang Mỹ đạt 20 ..."."""
    if m.previous is not None and m.previous.unit != "percent":
        return False
    for sent in _SENT_OUT.finditer(m.text, m.clause, m.q.start):
        at = sent.end()
        if m.scan.partners_between(at, at + 1) or _THAT_ONE.match(m.text, at):
            return _NO_GOODS.search(m.text, m.clause, m.q.start) is None
    return False


_SENT_OUT = regex(
    r"(?:Việt Nam|của (?:ta|tỉnh|thành phố)) (?:sang|vào|qua) (?:thị trường |các nước )?"
)
_THAT_ONE = regex(r"(?:thị trường|nước|quốc gia)(?: [^\s,;.]+){0,3} này(?!\w)")
_NO_GOODS = regex(
    r"(?:đầu tư|vốn|lao động|khách|du lịch|kiều hối|học sinh|sinh viên|chuyến|đường bay|dự án|FDI"
    r"|nhập khẩu|hai chiều|viện trợ|doanh nghiệp|đoàn|giá|thuế)(?! trị)(?!\w)"
)
_TAKES_IN = regex(r"(?<!\w)(?:nhập|nhập khẩu|mua)(?: (?:khoảng|hơn|gần|trên|tới|về))* *$")
_FROM_OURS = regex(r"(?: (?!từ|của)[^\s,;.()\d]+){0,4} (?:từ|của) (?:Việt Nam|nước ta|ta)(?!\w)")
_SPENDS = regex(r"(?<!\w)(?:chi|bỏ)(?: ra| tới)?(?: hơn| gần| khoảng| trên)? *$")
_TO_BUY = regex(r"(?: USD)?(?: ra)? (?:để |cho việc )?(?:nhập|mua)(?!\w)")
_ALL_OURS = regex(
    r"[^;.,]{0,80} (?:từ|của) Việt Nam| (?:để |cho việc )?(?:nhập khẩu|nhập|mua)"
    r"(?: (?!từ|của)[^\s,;.()\d]+){1,4} Việt Nam"
)
"""Behind an amount spent, that it is our goods it was spent on: "để mua tôm Việt Nam"."""
_FROM_SELLING = regex(r" từ (?:việc |hoạt động )?(?:xuất khẩu|xuất cảng)(?! lao động)")
