"""Which way an amount or a weight of goods goes, by the words right around it."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.supply import supplied
from vanban.readers.figures.measures.ways import ONE_WAY, TRADE, WEIGHTS, bought_or_sold
from vanban.readers.figures.mention import Mention

__all__ = ["CARRIED_GOODS", "TRADED", "goods_behind", "ours_hold"]


def ours_hold(case: Case) -> str | None:
    """What we sell, in a note on what another country imports: "hàng Việt Nam chiếm 5%"."""
    m = case.m
    if not _OURS_HOLD.search(m.before(40)) or case.carried not in ONE_WAY:
        return None
    both = any(c.key == "trade_turnover" and m.clause <= c.start < m.q.start for c in case.named)
    return None if both else "exports"


_OURS_HOLD = rare(
    r"(?:[Hh]àng(?: h(?:óa|oá))?|[Gg]ạo|[Cc]à phê|[Tt]ôm|[Cc]á tra|[Tt]iêu|[Hh]ạt điều|[Ss]ản phẩm)"
    r" (?:của )?Việt Nam (?:đạt|chiếm|có|giữ)(?: khoảng| gần| hơn)* *$"
)


def _bought_or_supplied(case: Case) -> str | None:
    return bought_or_sold(case.m) or supplied(case.m, case.named)


def _trade_between(case: Case) -> str | None:
    """Both ways, if nothing else is named in the clause: "thương mại giữa A và B đạt ..."."""
    m, ahead = case.m, case.ahead
    if (ahead and ahead[-1].start >= m.clause) or not _TRADE_BETWEEN.search(m.before(120)):
        return None
    return "trade_turnover"


_TRADE_BETWEEN = rare(r"(?<!\w)[Tt]hương mại [^;.]{0,60}giữa [^;.]{3,60}$")


def _brings_in(case: Case) -> str | None:
    return "exports" if case.carried in TRADE and _BRINGS_IN.search(case.m.before(40)) else None


_BRINGS_IN = regex(
    r"(?:mang|thu|đem) về(?: cho [^\s,;.]+(?: (?!hơn|gần)[^\s,;.\d]+)?)?"
    r"(?: doanh thu| kim ngạch| giá trị| nguồn thu| ngoại tệ| số tiền)?"
    r"(?: đạt| ước| khoảng| hơn| gần| tới)* *$"
)


def _one_of_both(case: Case) -> str | None:
    """One way of a trade: "..., trong đó ta xuất 2,2 tỷ USD, nhập 0,4 tỷ USD"."""
    one = _ONE_OF_BOTH.search(case.m.before(30)) if case.ahead else None
    if one is None:
        return None
    return "imports" if one["way"] == "nhập" else "exports"


_ONE_OF_BOTH = regex(r"(?:ta|Việt Nam|,|và|;) (?P<way>xuất|nhập)(?: khoảng| hơn| gần)* *$")


def _trade_aimed_at(case: Case) -> str | None:
    """Money two sides aim at where they trade: "thúc đẩy thương mại nhằm đạt mục tiêu 9 tỷ USD"."""
    q = case.m.q
    if case.ahead or q.unit != "USD" or q.value < _BILLION:
        return None
    return "trade_turnover" if _AIMS_OF_TRADE.search(case.m.before(120)) else None


_BILLION = 1_000_000_000
_AIMS_OF_TRADE = rare(
    r"(?<!\w)[Tt]hương mại(?:(?: ?[-–] ?|,| và) ?đầu tư)?(?!\w)[^;.]{0,40} mục tiêu"
    r"(?: (?:đạt|đưa|là|khoảng|hơn|trên|gần))* *$"
)

TRADED: tuple[Rule, ...] = (
    _bought_or_supplied,
    _trade_between,
    _brings_in,
    _one_of_both,
    _trade_aimed_at,
)
"""Of money and of goods alike."""


def goods_behind(case: Case) -> str | None:
    """What a weight stands before: "vận chuyển 512.786 tấn hàng hóa xuất nhập khẩu"."""
    if case.m.q.unit not in WEIGHTS or case.ahead or not case.behind:
        return None
    return case.behind[0].key if case.behind[0].key in TRADE else None


def _bought(case: Case) -> str | None:
    """What others buy of us we sell; what else is bought we buy."""
    m = case.m
    if not _BUYS.search(m.before(40)):
        return None
    of_ours = case.remembered == "exports" and "mua" in m.before(10)
    return "exports" if of_ours or _OUR_GOODS.match(m.text, m.q.end) else "imports"


_BUYS = regex(
    r"(?<!\w)(?:nhập|nhập khẩu|nhập về|mua|thu mua)(?: (?:đều|khoảng|hơn|gần|trên|tới|ước))* *$"
)
_OUR_GOODS = regex(r"(?: \w+){1,4} (?:của |từ )?Việt Nam(?!\w)")


def _sold(case: Case) -> str | None:
    sold = case.remembered == "exports" and _SELLS.search(case.m.before(30)) is not None
    return "exports" if sold else None


_SELLS = regex(r"(?<!\w)(?:bán|xuất|giao)(?: (?:ra|đi|được|khoảng|hơn|gần|trên|tới|tổng cộng))* *$")


def _as_the_amount_before(case: Case) -> str | None:
    previous = case.m.previous
    return previous.measure if previous is not None and previous.unit == case.m.q.unit else None


def _way_told_before(case: Case) -> str | None:
    """The way goods go of which a text tells: "thị trường lớn thứ hai, đạt 1,39 triệu tấn"."""
    m, previous = case.m, case.m.previous
    if m.q.unit not in WEIGHTS or case.remembered not in ONE_WAY:
        return None
    if previous is not None and previous.unit != "rank":
        return None
    a_market = _A_MARKET.search(m.text, m.sentence.start, m.q.start) is not None
    return case.remembered if a_market or _comes_to(m) else None


_A_MARKET = regex(r"[Tt]hị trường|khách hàng|(?<!\w)(?:sang|tới) ")


def _comes_to(m: Mention) -> bool:
    """Whether a weight is what something came to, and no harvest or freight is told."""
    start, at = m.sentence.start, m.q.number_start
    return (
        _CAME_TO.search(m.text, max(start, at - _COMES_REACH), at) is not None
        and _OF_ANOTHER.search(m.text, start, at) is None
    )


_CAME_TO = regex(r"(?<!\w)(?:đạt|với|lên|xuống|còn)(?: (?:khoảng|hơn|gần|trên|mức|tới))* *$")
_COMES_REACH = 30
_OF_ANOTHER = regex(
    r"(?<!\w)(?:cảng|cửa khẩu|sản lượng|sản xuất|thu hoạch|khai thác|nuôi|vận chuyển|tiêu thụ"
    r"|nhu cầu)(?!\w)"
)

CARRIED_GOODS: tuple[Rule, ...] = (_bought, _sold, _as_the_amount_before, _way_told_before)
"""Of an amount of goods in whose sentence no measure is named before it."""
