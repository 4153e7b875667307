"""What a figure measures: the canonical key, by the noun behind it or the cue before it."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.letters import LOWER
from vanban.patterns import alternation, regex
from vanban.readers.figures.beside import is_worth_of_weight, reaches
from vanban.readers.figures.measures.counted import of_a_count, of_a_number
from vanban.readers.figures.measures.crowds import GUESTS, measure_of_people
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.measures.prices import is_a_price
from vanban.readers.figures.measures.ranks import rank_measure
from vanban.readers.figures.measures.rates import is_rate
from vanban.readers.figures.measures.supply import supplied
from vanban.readers.figures.measures.ways import (
    ONE_WAY,
    TRADE,
    WEIGHTS,
    bought_or_sold,
    in_what,
    is_bare,
    of_market,
    of_market_told,
    of_one_way,
    says_nothing,
    share_of,
    sold_so_many,
)
from vanban.readers.figures.mention import Mention, pattern_of
from vanban.readers.figures.periods.so_far import FLOWS
from vanban.readers.figures.subjects.capital import (
    OF_FDI,
    goes_abroad,
    is_lent,
    is_of_new_firms,
    lent_by_a_donor,
    paid_in,
)
from vanban.records import Role

__all__ = ["find_measure", "words_measured"]

_NOUN_REACH = 40
"""Code points behind the noun of a count in which its measure may be named."""
_OF_PAIR = regex(r"/\d[\d.]*(?= )")


_ANY = ("money", "count", "people", "growth", "any")
_KINDS_OF_UNIT = {
    "count": ("count",),
    "people": ("people",),
    "USD": ("money",),
    "VND": ("money",),
    "percent": _ANY,
    "ratio": _ANY,
    "rank": _ANY,
}
_KINDS_OF_OTHER = ("money", "any")
_NOUN = regex(r"[^,;.()\n]*")


def find_measure(m: Mention, named: list[Named], *, role: Role, remembered: str | None) -> str:
    """The canonical key of what a figure measures, "other" if no word says it.

    Source: `data/measures.yml`, `data/figures.yml`.
    Args:
        named: the measures its sentence names.
        role: as `find_role` gives it.
        remembered: the measure of the sentences before.
    """
    q, previous = m.q, m.previous
    kinds = _KINDS_OF_UNIT.get(q.unit, _KINDS_OF_OTHER)
    noun = _NOUN.match(m.text, q.end, m.stop)
    limit = noun.end() if noun else q.end
    if q.unit in ("count", "people"):
        limit = min(m.stop, limit + _NOUN_REACH)
    behind = [c for c in named if q.number_end <= c.start < limit and c.kind in kinds]
    # A thing without a key of its own takes the figure all the same: "xuất siêu 2,7 tỷ USD".
    ahead = [c for c in named if c.end <= q.number_start and (c.kind in kinds or c.key == "other")]
    if m.beside is not None and m.beside.measure not in _GROWTHS and not behind and reaches(m):
        return m.beside.measure
    if m.beside is not None and m.beside.measure in FLOWS and is_worth_of_weight(m):
        return m.beside.measure
    if (
        m.earlier is not None
        and (m.earlier.unit == q.unit or (q.unit == "USD" and m.earlier.measure in FLOWS))
        and previous is None
        and not ahead
        and _THIS_NUMBER.match(m.text, m.sentence.start)
    ):
        return m.earlier.measure
    if q.unit == "percent" and _AND_CAME_TO.match(m.text, q.end, m.sentence.end):
        flow = previous.measure if previous is not None else remembered
        if flow in FLOWS and not (ahead and ahead[-1].key not in _GROWTHS):
            # "Việt Nam tăng trưởng đến 26%, đạt giá trị trên 4 tỷ USD"
            return flow or "other"
    if q.unit == "percent" and _IN_PRICE.match(m.text, q.end):
        return "other"
    ahead = [c for c in ahead if not in_what(m, c)]
    if (
        q.unit == "percent"
        and previous is not None
        and not any(c.end > previous.anchor.end for c in (*ahead, *behind))
        and _SO_MUCH_OF_IT.fullmatch(m.text, previous.anchor.end, q.start)
    ):
        return previous.measure
    if q.unit != "percent":
        # "chiếm 54% thị phần, đạt 232 nghìn tấn": the share is of before.
        ahead = [c for c in ahead if not of_market(m, c)]
    if (
        m.is_relative
        and previous is not None
        and is_a_price(previous)
        and _OF_AMOUNT.match(m.text, q.end)
    ):
        # "..., đơn giá 1.479 USD/tấn, tăng 53% về lượng": of what was sold.
        ways = [c.key for c in ahead if c.key in TRADE]
        return ways[-1] if ways else remembered or "other"
    if q.unit == "percent" and _TAX.search(m.before(40)):
        return "other"
    if q.unit == "percent" and _OF_PRODUCT.match(m.text, q.end, m.stop):
        # "Đóng góp 16% GDP" is no growth of it.
        return "other"
    if q.unit in ("percent", "rank") and remembered not in OF_FDI and goes_abroad(m):
        return "other"
    if q.unit == "percent" and (whole := share_of(m, named)) is not None:
        return of_one_way(m, named, remembered) or whole.key if is_bare(m, whole) else whole.key
    if q.unit == "percent" and _PART_OF_AMOUNT.match(m.text, q.end, m.stop):
        ways = [c.key for c in (*behind[:1], *reversed(ahead)) if c.key in ONE_WAY]
        carried = previous.measure if previous is not None else remembered
        return ways[0] if ways else carried or "other"
    if q.unit == "percent" and (by := _GROWN_IN.match(m.text, q.end, m.stop)) is not None:
        of_fdi = {c.key for c in named} & set(OF_FDI) or remembered in OF_FDI
        if of_fdi:
            return "fdi_projects" if by["projects"] else "fdi_registered"
    if q.unit == "percent" and _SIGNED_PART.match(m.text, q.end, m.stop):
        return "other"
    if q.unit == "percent" and role != "comparison" and _NOUN_OF_ITS_OWN.match(m.text, q.end):
        return "other"
    each = "/" in q.unit or (
        q.unit in ("USD", "VND")
        and m.text.startswith("/", q.end)
        and not m.text.startswith("/năm", q.end)
    )
    if each or (q.unit == "percent" and role != "comparison" and is_rate(m)):
        # A price, or "tỷ lệ tận dụng ưu đãi ... đạt 58%", is of itself.
        return "other"
    if (
        _OURS_HOLD.search(m.before(40))
        and not any(c.key == "trade_turnover" and m.clause <= c.start < q.start for c in named)
        and (previous.measure if previous is not None else remembered) in ONE_WAY
    ):
        return "exports"
    if q.unit == "rank" and q.bound == "le" and behind and previous is None:
        # "một trong 20 nền kinh tế thu hút FDI nhiều nhất"
        return behind[0].key
    if q.unit == "rank" and (way := supplied(m, named)) is not None:
        return way
    if q.unit == "rank" and (ranked := rank_measure(m)) is not None:
        ours = (previous.measure if previous is not None else remembered) == "exports"
        # In a note on what we sell, "thị trường nhập khẩu lớn thứ 2" buys of us.
        return "exports" if ours and ranked == "imports" else ranked
    if role == "comparison" and m.is_relative:
        if GUESTS.search(m.before(40)):
            return "tourists"
        carries = previous.measure if previous is not None else remembered
        own = bool(ahead) and ahead[-1].start >= m.left
        if carries == "tourists" and not own and _OF_OTHERS.search(m.text, m.left, q.start):
            # "khách tăng 13%, tổng thu du lịch tăng 17%"
            return "other"
        if previous is not None and (
            not (ahead and ahead[-1].start > previous.anchor.end)
            or says_nothing(m, ahead[-1], previous)
            or (is_bare(m, ahead[-1]) and previous.measure in ONE_WAY)
        ):
            return previous.measure
        if q.unit == "ratio" and previous is None and not ahead and behind:
            # "nâng gấp đôi kim ngạch thương mại song phương"
            return behind[0].key
        of_its_own = q.unit not in ("ratio", "rank") and _of_its_own().match(m.text, q.end, m.stop)
        if previous is None and of_its_own:
            return "other"
        if not ahead and GUESTS.search(m.before(60)):
            return "tourists"
        if ahead and ahead[-1].key == "imports" and _FROM_US.match(m.text, ahead[-1].end):
            # What others buy of us is what we sell.
            return "exports"
        if ahead and of_market(m, ahead[-1]):
            if previous is not None and previous.measure in ONE_WAY:
                return previous.measure
            ways = [c.key for c in ahead if c.key in ONE_WAY]
            return ways[-1] if ways else remembered if remembered in ONE_WAY else "other"
        if ahead and is_bare(m, ahead[-1]):
            return of_one_way(m, named, remembered) or ahead[-1].key
        return ahead[-1].key if ahead else (remembered or "other")
    if q.unit == "count" and (pair := _OF_PAIR.match(m.text, q.number_end)) is not None:
        named_behind = [c for c in behind if c.start >= pair.end()]
        return of_a_count(m, named, named_behind, m.text[pair.end() : limit])
    if q.unit == "count" and not m.text[q.number_end : q.number_end + 2].strip(" ,.;:)").isalpha():
        return of_a_number(m, named, remembered)
    if q.unit == "count" and (sold := sold_so_many(m, named)) is not None:
        return sold
    if q.unit == "count":
        return of_a_count(m, named, behind, m.text[q.number_end : limit])
    if q.unit == "people":
        low = m.text.rfind(";", m.sentence.start, q.start) + 1 or m.sentence.start
        high = m.text.find(";", q.end, m.sentence.end)
        high = high if high >= 0 else m.sentence.end
        return measure_of_people(m, {c.key for c in named if low <= c.start < high}, remembered)
    if q.unit in ("USD", "VND") or q.unit.startswith("other:"):
        if q.unit == "VND" and _REVENUE.search(m.before(_REVENUE_REACH)):
            return "other"
        if (way := bought_or_sold(m) or supplied(m, named)) is not None:
            return way
        if not (ahead and ahead[-1].start >= m.clause) and _TRADE_BETWEEN.search(m.before(120)):
            return "trade_turnover"
        trade = previous.measure if previous is not None else remembered
        if trade in TRADE and _BRINGS_IN.search(m.before(40)):
            return "exports"
        if ahead and (one := _ONE_OF_BOTH.search(m.before(30))) is not None:
            return "imports" if one["way"] == "nhập" else "exports"
        if (
            previous is not None
            and previous.measure == "fdi_projects"
            and _ITS.search(m.before(30))
        ):
            return "fdi_registered"
        if lent_by_a_donor(m) or is_lent(m, remembered):
            return "oda"
    if q.unit in WEIGHTS and behind and not ahead and behind[0].key in TRADE:
        # "vận chuyển 512.786 tấn hàng hóa xuất nhập khẩu"
        return behind[0].key
    if behind and _names_amount(m, behind[0]):
        return behind[0].key
    if ahead and _is_worth(m, ahead[-1]):
        # "gạo xuất khẩu 1,1 triệu tấn, trị giá 561 triệu USD": the worth of what went before.
        ahead = [c for c in ahead if c.key != "other"] or ahead
        carried = previous.measure if previous is not None else "other"
        if ahead[-1].key == "other" and carried == "fdi_projects":
            return "fdi_registered"
        if ahead[-1].key == "other" and carried in TRADE:
            # "nước này nhập 61.000 tấn, trị giá 345 triệu USD"
            return carried
    if ahead:
        if ahead[-1].key == "gdp_growth" and any(c.key == "grdp_growth" for c in ahead[-2:-1]):
            # "GRDP tăng trưởng 10%"
            return "grdp_growth"
        last = ahead[-1]
        if of_market_told(m, last) and (supplied(m, named) or remembered in ONE_WAY):
            # "Thị phần của Mỹ là 17%", in a note on what is sold.
            return supplied(m, named) or remembered or "other"
        if is_bare(m, last):
            if _OUTWARD.match(m.text, last.end) or _SENT_TO.match(m.text, q.end):
                return "exports"
            before = previous.measure if previous is not None else remembered
            both = previous is None and (
                _OF_BOTH.search(m.text, m.sentence.start, q.start) is not None
            )
            said = {c.key for c in ahead if c.start >= m.left and c.key in ONE_WAY}
            if before in ONE_WAY and not both:
                return said.pop() if len(said) == 1 else before
            if not both and (trade := of_one_way(m, named, remembered)) is not None:
                return trade
        if last.key == "exports" and _TO_US.match(m.text, last.end):
            # What others sell here is what we buy.
            return "imports"
        if last.key == "imports" and _FROM_US.match(m.text, last.end):
            # What others buy of us is what we sell.
            return "exports"
        if (
            q.unit == "VND"
            and last.key == "fdi_registered"
            and _ANY_CAPITAL.match(m.text, last.start, last.end)
        ):
            foreign = _FOREIGN.search(m.text, m.sentence.start, m.sentence.end)
            return "other" if foreign is None else last.key
        if last.key == "fdi_registered" and is_of_new_firms(m):
            # What new firms put in is not from abroad.
            return "other"
        if last.key == "fdi_registered" and _ITS_OWN_CAPITAL.match(m.text, last.end):
            return "other"
        if last.key == "fdi_registered" and _ABROAD.match(m.text, last.end):
            return "other"
        if last.key == "fdi_registered" and goes_abroad(m):
            return "other"
        disbursed = ahead[-1].key == "fdi_registered" and _DISBURSED.search(m.before(30))
        return "fdi_disbursed" if disbursed else ahead[-1].key
    if behind and q.unit == "percent":
        return behind[0].key
    if q.unit.startswith("other:"):
        if _BUYS.search(m.before(40)):
            our_goods = _OUR_GOODS.match(m.text, q.end) is not None
            of_ours = remembered == "exports" and "mua" in m.before(10)
            return "exports" if our_goods or of_ours else "imports"
        if remembered == "exports" and _SELLS.search(m.before(30)):
            return "exports"
        if previous is not None and previous.unit == q.unit:
            return previous.measure
    if (
        q.unit in WEIGHTS
        and remembered in ONE_WAY
        and (previous is None or previous.unit == "rank")
        and (_A_MARKET.search(m.text, m.sentence.start, q.start) or _comes_to(m))
    ):
        # "Châu Phi là thị trường lớn thứ hai, đạt 1,39 triệu tấn"
        return remembered
    if q.unit in ("USD", "VND") and any(
        c.key == "fdi_projects" and c.end <= q.number_start for c in named
    ):
        # "hiện có 1.680 dự án FDI, dẫn đầu là Hàn Quốc (7,8 tỷ USD)"
        if goes_abroad(m):
            return "other"
        return "fdi_disbursed" if _DISBURSED.search(m.before(30)) else "fdi_registered"
    if q.unit in ("USD", "VND") and (paid := paid_in(m, remembered)) is not None:
        return paid
    if previous is not None and q.unit in ("USD", "VND", "percent"):
        if previous.measure in _COUNTED_TEXTS and q.unit != "percent":
            # "23 bản ghi nhớ, giá trị 18 triệu USD": their worth is no number of texts.
            return "other"
        if (
            previous.unit == "count"
            and previous.measure == "other"
            and remembered in OF_FDI
            and "đầu tư" in m.text[m.sentence.start : q.start]
        ):
            # "Có 68 quốc gia đầu tư, trong đó Singapore 4,2 tỷ USD"
            return "fdi_registered"
        return "fdi_registered" if previous.measure == "fdi_projects" else previous.measure
    if (
        q.unit == "USD"
        and remembered == "fdi_disbursed"
        and m.scan.partners_between(m.clause, m.clause + 2)
    ):
        return "fdi_registered"
    if q.unit == "USD" and _ATTRACTS.search(m.before(24)):
        return "fdi_registered"
    if q.unit == "USD" and _A_PRICE.search(m.text, m.sentence.start, q.start):
        return "other"
    if q.unit == "USD" and remembered in load("figures")["carried"]:
        both = _OF_BOTH.search(m.text, m.sentence.start, m.sentence.end) is not None
        one_way = remembered in ONE_WAY
        return "trade_turnover" if both and one_way else (remembered or "other")
    return "other"


_GROWTHS = ("gdp_growth", "grdp_growth")
_THIS_NUMBER = regex(
    r"(?:Con số|Mức(?: tăng| giảm)?|Lượng|Kim ngạch|Kết quả|Số(?: \w+)?) (?:này|trên|đó)(?!\w)"
)
_OF_OTHERS = regex(
    r"(?:^|[,;]) (?:tổng thu|doanh thu|vận chuyển|vận tải|luân chuyển|sản lượng|công suất"
    r"|chỉ số|hàng hóa|chi tiêu)(?!\w)[^,;]*$"
)
"""Before a growth in a row, what has grown and is no number of visitors."""
_ANY_CAPITAL = regex(r"(?i:thu hút đầu tư)")
_FOREIGN = regex(r"FDI|nước ngoài")
_OF_AMOUNT = regex(
    r" (?:về|và [\d.,]+ ?% về) (?:(?:khối|sản|số) )?(?:lượng|trị giá|giá trị|kim ngạch)"
)
_AND_CAME_TO = regex(
    r",? (?:và )?(?:ước )?đạt (?:(?:giá trị|kim ngạch|trị giá|gần|hơn|trên|khoảng|tới) )*"
    r"\d[\d.,]* (?:triệu|tỷ|tỉ|nghìn|tấn)"
)
_A_PRICE = regex(r"(?<![Tt]rị )(?<!\w)[Gg]iá(?! trị)(?!\w)|USD/tấn|[Gg]ạo \d+%")
_ATTRACTS = regex(r"(?<!\w)thu hút(?: được| thêm| đạt| khoảng| hơn| trên| gần| từ)* *$")
_TAX = regex(r"thuế(?: suất)?(?: về| xuống| còn| là| ở mức| mức| từ| lên)+ *$")
_OF_PRODUCT = regex(r"(?: trong| của| cho| vào)?(?: tổng| quy mô)? G(?:R?DP)(?!\w)")
_SO_MUCH_OF_IT = regex(r",? (?:và )?(?:(?:ước )?đạt|bằng) (?:khoảng |hơn |gần |trên )?")
"""Between an amount and a percentage, that it is that much of what was to be: "..., đạt 59%"."""
_IN_PRICE = regex(r" (?:về|ở) (?:đơn )?giá(?! trị)(?!\w)")
_GROWN_IN = regex(
    r" về (?:(?P<projects>(?:tổng )?(?:số )?(?:lượt )?dự án)"
    r"|(?:tổng )?(?:giá trị|trị giá|số vốn|vốn|quy mô vốn|lượng vốn)(?! thực hiện))(?!\w)"
)
"""Behind a percentage, what has grown so much: "tăng 23% về số dự án, 58% về vốn"."""
_ABROAD = regex(r"[^,;.\d]{0,40} ra nước ngoài")
"""Behind a measure of capital, that it goes the other way."""
_ITS_OWN_CAPITAL = regex(r" (?:kinh doanh|thành lập|điều lệ|của (?:các )?doanh nghiệp)(?!\w)")


_OURS_HOLD = rare(
    r"(?:[Hh]àng(?: hóa)?|[Gg]ạo|[Cc]à phê|[Tt]ôm|[Cc]á tra|[Tt]iêu|[Hh]ạt điều|[Ss]ản phẩm)"
    r" (?:của )?Việt Nam (?:đạt|chiếm|có|giữ)(?: khoảng| gần| hơn)* *$"
)
"""Right before a number: what we sell, in a note on what another imports."""
_FROM_US = regex(r"(?: từ)? Việt Nam(?!\w)|(?: (?!từ|với|đạt)[^\s,;.()\d]+){1,5} từ Việt Nam(?!\w)")
_TRADE_BETWEEN = rare(r"(?<!\w)[Tt]hương mại [^;.]{0,60}giữa [^;.]{3,60}$")
_REVENUE = regex(
    r"(?:[Nn]guồn thu|[Ss]ố thu"
    r"|(?<!\w)[Tt]hu (?:từ|ngân sách|NSNN|thuế|hải quan|xuất nhập khẩu))[^;.,\d]*$"
)
"""Before an amount, that the budget takes it in: "thu từ hoạt động xuất nhập khẩu đạt ..."."""
_REVENUE_REACH = 80
_TO_US = regex(r"(?: hàng hóa)? (?:sang|vào|tới|đến) (?:thị trường )?Việt Nam(?!\w)")
_BRINGS_IN = regex(
    r"(?:mang|thu|đem) về(?: cho [^\s,;.]+(?: (?!hơn|gần)[^\s,;.\d]+)?)?"
    r"(?: doanh thu| kim ngạch| giá trị| nguồn thu| ngoại tệ| số tiền)?"
    r"(?: đạt| ước| khoảng| hơn| gần| tới)* *$"
)
_ONE_OF_BOTH = regex(r"(?:ta|Việt Nam|,|và|;) (?P<way>xuất|nhập)(?: khoảng| hơn| gần)* *$")
"""One way of a trade: "..., trong đó ta xuất 2,2 tỷ USD, nhập 0,4 tỷ USD"."""
_OUR_GOODS = regex(r"(?: \w+){1,4} (?:của |từ )?Việt Nam(?!\w)")
_SENT_TO = regex(r" (?:đi|sang) (?!năm)")
_OUTWARD = regex(r"(?: hàng hóa| hàng)? (?:đi|sang|vào|tới) ")
_ITS = regex(r"(?:với|,|có)(?: tổng)?(?: số)? vốn(?: (?:đăng ký|đầu tư|khoảng|hơn|gần|trên))* *$")
_CAME_TO = regex(r"(?<!\w)(?:đạt|với|lên|xuống|còn)(?: (?:khoảng|hơn|gần|trên|mức|tới))* *$")
_A_MARKET = regex(r"[Tt]hị trường|khách hàng|(?<!\w)(?:sang|tới) ")
_PART_OF_AMOUNT = regex(
    r" (?:trong )?tổng (?:khối |sản )?lượng"
    r"(?: (?:và|cũng như) (?:tổng )?(?:kim ngạch|trị giá|giá trị))?"
)


def _comes_to(m: Mention) -> bool:
    """Whether a weight is what something came to, and no harvest or freight is told."""
    start, at = m.sentence.start, m.q.number_start
    return (
        _CAME_TO.search(m.text, max(start, at - _COMES_REACH), at) is not None
        and _OF_ANOTHER.search(m.text, start, at) is None
    )


_COMES_REACH = 30
_OF_ANOTHER = regex(
    r"(?<!\w)(?:cảng|cửa khẩu|sản lượng|sản xuất|thu hoạch|khai thác|nuôi|vận chuyển|tiêu thụ"
    r"|nhu cầu)(?!\w)"
)


_BUYS = regex(
    r"(?<!\w)(?:nhập|nhập khẩu|nhập về|mua|thu mua)(?: (?:đều|khoảng|hơn|gần|trên|tới|ước))* *$"
)
_SELLS = regex(r"(?<!\w)(?:bán|xuất|giao)(?: (?:ra|đi|được|khoảng|hơn|gần|trên|tới|tổng cộng))* *$")
_SIGNED_PART = regex(r" (?:số )?(?:các )?(?:thỏa thuận|thoả thuận|cam kết|văn bản|dự án|hợp đồng)")
"""A share of texts or projects says how many of them are so, and counts none."""


@cache
def _of_its_own() -> re.Pattern[str]:
    words = alternation(load("figures")["behind_percent"])
    return regex(rf" (?!(?:{words})(?!\w))[{LOWER}]{{2,}}")


_NOUN_OF_ITS_OWN = regex(
    r" (?:số )?(?:các )?(?:doanh nghiệp|vùng|cơ sở|hộ|lô hàng|sản phẩm|mặt hàng|địa phương|xã|huyện"
    r"|cán bộ|hồ sơ|đơn vị|người|nhu cầu)(?!\w)"
)
"""Behind a percentage, of what it is a part: "100% doanh nghiệp xuất khẩu được ..."."""
_COUNTED_TEXTS = ("agreements_signed", "documents_signed")
_OF_BOTH = regex(r"[Hh]ai (?:nước|bên)|song phương|hai chiều")


def _is_worth(m: Mention, named: Named) -> bool:
    """Whether a measure only says that what went before is worth so much."""
    return pattern_of("worth", "{}$").match(m.text, named.start, named.end) is not None


_DISBURSED = regex(r"(?:giải ngân|thực hiện)[^,;.]{0,18}$")


def _names_amount(m: Mention, named: Named) -> bool:
    """Whether an amount is of what stands right behind it: "5 tỷ USD vốn đăng ký"."""
    return (
        named.start - m.q.end < _NOUN_REACH
        and pattern_of("money_nouns", " +{}").match(m.text, m.q.end, m.q.end + 8) is not None
    )


_COUNTED_NOUN = regex(r"[^,.;:()\n]{1,70}")


def words_measured(m: Mention, named: list[Named]) -> str:
    """What is measured, in the text's own words: the noun behind a count, else the nearest cue."""
    q, text = m.q, m.text
    if q.unit in ("count", "people"):
        noun = _COUNTED_NOUN.match(text, q.number_end, m.stop)
        if noun is not None:
            return " ".join(noun[0].split())
    if q.unit == "percent" and (whole := _NOUN_OF_ITS_OWN.match(text, q.end)) is not None:
        return whole[0].strip()
    ahead = [c for c in named if c.end <= q.number_start]
    behind = (c for c in named if q.end <= c.start < m.stop)
    nearest = ahead[-1] if ahead else next(behind, None)
    return " ".join(text[nearest.start : nearest.end].split()) if nearest is not None else ""
