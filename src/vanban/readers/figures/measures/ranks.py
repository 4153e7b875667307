"""What a place in a row is of: "đối tác đầu tư số 1", "đứng thứ hai về khách du lịch"."""

from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.supply import supplied
from vanban.readers.figures.mention import Mention

__all__ = ["RANKED"]

_OF = (
    ("oda", r"ODA|viện trợ"),
    ("labour_sent", r"(?:hợp tác |thị trường )lao động|tiếp nhận lao động"),
    ("tourists", r"du lịch|(?:lượng |số )?(?:du )?khách"),
    ("exports", r"xuất khẩu"),
    ("imports", r"nhập khẩu"),
    ("trade_turnover", r"(?:quan hệ |kim ngạch |đối tác |quy mô )?thương mại"),
    ("fdi_registered", r"(?:tổng )?(?:số |lượng )?vốn|FDI|đầu tư|nhà đầu tư"),
)
_ABOUT = tuple(
    (
        key,
        regex(rf" về (?:tổng |quy mô |cung cấp |hợp tác |thu hút |lĩnh vực )*(?:{words})(?!\w)"),
    )
    for key, words in _OF
)
_AS = tuple(
    (
        key,
        regex(
            r"(?:đối tác|thị trường|nước|quốc gia|nguồn|nhà)(?: \w+){0,3}? "
            rf"(?:{words})(?: (?:\w+ ){{1,6}}và)?(?: \w+){{0,3}} $".replace("nhà đầu tư", "đầu tư")
        ),
    )
    for key, words in _OF
)
_AS_REACH = 60
_ONE_OF_SO_MANY = tuple(
    (
        key,
        regex(
            r" (?:đối tác|thị trường|nước|quốc gia|nguồn|nhà|nền kinh tế)(?: [^\s,;.()\d]+){0,2}? "
            rf"(?:{words})(?!\w)".replace("nhà đầu tư", "đầu tư")
        ),
    )
    for key, words in _OF
)
"""Behind "một trong 10", "top 5": "đối tác thương mại lớn nhất"."""
_INVESTING = regex(
    r"(?:/\d+| (?:trong|trên)(?: tổng)?(?: số)? \d+)? (?:quốc gia|nước)[^;.,]{0,30} đầu tư"
    r"(?: nhiều nhất| lớn nhất)?"
    r"(?: (?:vào|tại) (?P<here>Việt Nam|tỉnh|thành phố|địa bàn|TP)| ra nước ngoài)"
)
_AMONG_INVESTORS = regex(
    r" (?:trong|trên)(?: tổng)?(?: số)?(?: các)? (?:\d+ )?nhà đầu tư|(?: về)? đầu tư vào (?!Việt)"
)
"""Behind a rank, that it is one among those who invest here, or among those of ours abroad."""
_INTO_A_PLACE = regex(
    r"(?:/\d+| (?:trong|trên)(?: tổng)?(?: số)?(?: \d+| các| những)?)? (?:quốc gia|nước)"
    r"[^;.,]{0,34} đầu tư(?: nhiều nhất| lớn nhất)? (?:vào|tại|ở|sang) "
)
_OF_THOSE_WHO_INVEST = regex(
    r"[Tt]rong (?:tổng )?số[^;.]{0,40} (?:quốc gia|nước|đối tác)[^;.]{0,40} đầu tư (?:vào|tại|ở)"
    r"[^;.]{2,50}, [^;.]*$"
)
_WE_INVEST_IN = regex(r"[^;.]{0,60}(?:mà )?Việt Nam (?:đang |đã )?(?:có )?đầu tư")
_OURS_ABROAD = regex(r"Việt Nam[^;.]*$")
_OF_ITSELF = regex(
    r" về (?:sản lượng|diện tích|dân số|năng lực|chỉ số|mức độ|thu nhập|công suất|trữ lượng)(?!\w)"
)
_THERE = regex(r" (?:vào|tại|ở|sang) (?!Việt Nam)")


def _rank_measure(m: Mention) -> str | None:
    """What a rank is of, by the words right around it; None if they do not say.

    Where Viet Nam is the investor, capital is none that comes in: "other".
    """
    for key, pattern in _ABOUT:
        if pattern.match(m.text, m.q.end, m.sentence.end):
            return key
    if (listed := _INVESTING.match(m.text, m.q.end, m.sentence.end)) is not None:
        return "fdi_registered" if listed["here"] else "other"
    if _AMONG_INVESTORS.match(m.text, m.q.end, m.sentence.end) or (
        _OF_THOSE_WHO_INVEST.search(m.text, m.sentence.start, m.q.start)
    ):
        return "fdi_registered"
    if _WE_INVEST_IN.match(m.text, m.q.end, m.sentence.end):
        return "other"
    if (there := _INTO_A_PLACE.match(m.text, m.q.end, m.sentence.end)) is not None:
        at = there.end()
        if m.scan.places_between(at, at + 1):
            return "fdi_registered"
        ours = _OURS_ABROAD.search(m.text, m.sentence.start, m.q.start)
        return "other" if ours and m.scan.partners_between(at, at + 1) else None
    if _OF_ITSELF.match(m.text, m.q.end, m.sentence.end):
        return "other"
    if m.q.bound == "le":
        for key, pattern in _ONE_OF_SO_MANY:
            if pattern.match(m.text, m.q.end, m.sentence.end):
                return key
    before = m.before(_AS_REACH)
    for key, pattern in _AS:
        if pattern.search(before):
            if key == "fdi_registered" and _THERE.match(m.text, m.q.end):
                ours = _OURS_ABROAD.search(m.text, m.sentence.start, m.q.start)
                return "other" if ours else key
            return key
    return None


def _one_of_so_many(case: Case) -> str | None:
    """ "một trong 20 nền kinh tế thu hút FDI nhiều nhất"."""
    m = case.m
    if m.q.bound != "le" or not case.behind or m.previous is not None:
        return None
    return case.behind[0].key


def _of_who_supplies(case: Case) -> str | None:
    return supplied(case.m, case.named)


def _of_what_is_ranked(case: Case) -> str | None:
    ranked = _rank_measure(case.m)
    # In a note on what we sell, "thị trường nhập khẩu lớn thứ 2" buys of us.
    return "exports" if ranked == "imports" and case.carried == "exports" else ranked


RANKED: tuple[Rule, ...] = (_one_of_so_many, _of_who_supplies, _of_what_is_ranked)
