"""What a percentage is of, where the words right around it say so."""

from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.going_on import GROWTHS
from vanban.readers.figures.measures.prices import is_a_price
from vanban.readers.figures.measures.rates import is_rate
from vanban.readers.figures.measures.ways import ONE_WAY, TRADE, is_bare, of_one_way, share_of
from vanban.readers.figures.periods.so_far import FLOWS
from vanban.readers.figures.subjects.capital import OF_FDI, goes_abroad

__all__ = ["ITS_NOUN", "PERCENTAGES", "RATES", "of_ours_abroad", "of_what_has_a_price"]


def _of_what_came_to(case: Case) -> str | None:
    """What is carried on: "Việt Nam tăng trưởng đến 26%, đạt giá trị trên 4 tỷ USD"."""
    m = case.m
    if not _AND_CAME_TO.match(m.text, m.q.end, m.sentence.end) or case.carried not in FLOWS:
        return None
    if case.said and case.said[-1].key not in GROWTHS:
        return None
    return case.carried


_AND_CAME_TO = regex(
    r",? (?:và )?(?:ước )?đạt (?:(?:giá trị|kim ngạch|trị giá|gần|hơn|trên|khoảng|tới) )*"
    r"\d[\d.,]* (?:triệu|tỷ|tỉ|nghìn|tấn)"
)


def _in_price(case: Case) -> str | None:
    return "other" if _IN_PRICE.match(case.m.text, case.m.q.end) else None


_IN_PRICE = regex(r" (?:về|ở) (?:đơn )?giá(?! trị)(?!\w)")


def _so_much_of_it(case: Case) -> str | None:
    """What the figure before it is of, as so much of what was to be: "..., đạt 59%"."""
    m, previous = case.m, case.m.previous
    if previous is None or any(c.end > previous.anchor.end for c in (*case.ahead, *case.behind)):
        return None
    told = _SO_MUCH_OF_IT.fullmatch(m.text, previous.anchor.end, m.q.start)
    return previous.measure if told else None


_SO_MUCH_OF_IT = regex(r",? (?:và )?(?:(?:ước )?đạt|bằng) (?:khoảng |hơn |gần |trên )?")


def of_what_has_a_price(case: Case) -> str | None:
    """What was sold at the price before: "..., đơn giá 1.479 USD/tấn, tăng 53% về lượng"."""
    m = case.m
    if m.previous is None or not is_a_price(m.previous) or not _OF_AMOUNT.match(m.text, m.q.end):
        return None
    ways = [c.key for c in case.ahead if c.key in TRADE]
    return ways[-1] if ways else case.remembered or "other"


_OF_AMOUNT = regex(
    r" (?:về|và [\d.,]+ ?% về) (?:(?:khối|sản|số) )?(?:lượng|trị giá|giá trị|kim ngạch)"
)


def _of_a_tax(case: Case) -> str | None:
    return "other" if _TAX.search(case.m.before(40)) else None


_TAX = regex(r"thuế(?: suất)?(?: về| xuống| còn| là| ở mức| mức| từ| lên)+ *$")


def _of_product(case: Case) -> str | None:
    """A part of GDP: "Đóng góp 16% GDP" is no growth of it."""
    m = case.m
    return "other" if _OF_PRODUCT.match(m.text, m.q.end, m.stop) else None


_OF_PRODUCT = regex(r"(?: trong| của| cho| vào)?(?: tổng| quy mô)? G(?:R?DP)(?!\w)")


def of_ours_abroad(case: Case) -> str | None:
    """A part of what we invest elsewhere, or a place in it."""
    return "other" if case.remembered not in OF_FDI and goes_abroad(case.m) else None


def _share_of_what_is_behind(case: Case) -> str | None:
    """What is named behind a share: "chiếm 64% tổng kim ngạch xuất khẩu"."""
    m, named = case.m, case.named
    whole = share_of(m, named)
    if whole is None:
        return None
    return (of_one_way(m, named, case.remembered) if is_bare(m, whole) else None) or whole.key


def _part_of_amount(case: Case) -> str | None:
    """The way that goods go of which it is a part: "chiếm 21% tổng lượng và kim ngạch"."""
    m = case.m
    if not _PART_OF_AMOUNT.match(m.text, m.q.end, m.stop):
        return None
    ways = [c.key for c in (*case.behind[:1], *reversed(case.ahead)) if c.key in ONE_WAY]
    return ways[0] if ways else case.carried or "other"


_PART_OF_AMOUNT = regex(
    r" (?:trong )?tổng (?:khối |sản )?lượng"
    r"(?: (?:và|cũng như) (?:tổng )?(?:kim ngạch|trị giá|giá trị))?"
)


def _of_projects_or_capital(case: Case) -> str | None:
    """What of capital from abroad grew: "tăng 23% về số dự án, 58% về vốn"."""
    m, told = case.m, case.remembered in OF_FDI
    by = _GROWN_IN.match(m.text, m.q.end, m.stop)
    if by is None or not (told or any(c.key in OF_FDI for c in case.named)):
        return None
    return "fdi_projects" if by["projects"] else "fdi_registered"


_GROWN_IN = regex(
    r" về (?:(?P<projects>(?:tổng )?(?:số )?(?:lượt )?dự án)"
    r"|(?:tổng )?(?:giá trị|trị giá|số vốn|vốn|quy mô vốn|lượng vốn)(?! thực hiện))(?!\w)"
)


def _part_of_what_was_signed(case: Case) -> str | None:
    """A share of texts or projects says how many of them are so, and counts none."""
    m = case.m
    return "other" if _SIGNED_PART.match(m.text, m.q.end, m.stop) else None


_SIGNED_PART = regex(r" (?:số )?(?:các )?(?:thỏa thuận|thoả thuận|cam kết|văn bản|dự án|hợp đồng)")

PERCENTAGES: tuple[Rule, ...] = (
    _of_what_came_to,
    _in_price,
    _so_much_of_it,
    of_what_has_a_price,
    _of_a_tax,
    _of_product,
    of_ours_abroad,
    _share_of_what_is_behind,
    _part_of_amount,
    _of_projects_or_capital,
    _part_of_what_was_signed,
)
"""Of any percentage, a growth or a share or neither."""


def _of_its_own_noun(case: Case) -> str | None:
    return "other" if ITS_NOUN.match(case.m.text, case.m.q.end) else None


ITS_NOUN = regex(
    r" (?:số )?(?:các )?(?:doanh nghiệp|vùng|cơ sở|hộ|lô hàng|sản phẩm|mặt hàng|địa phương|xã|huyện"
    r"|cán bộ|hồ sơ|đơn vị|người|nhu cầu)(?!\w)"
)
"""Behind a percentage, of what it is a part: "100% doanh nghiệp xuất khẩu được ..."."""


def _of_itself(case: Case) -> str | None:
    """A rate is of itself: "tỷ lệ tận dụng ưu đãi ... đạt 58%"."""
    return "other" if is_rate(case.m) else None


RATES: tuple[Rule, ...] = (_of_its_own_noun, _of_itself)
"""Of a percentage that is neither a growth nor a share."""
