"""The role of a figure: actual, plan, target, or a comparison and what it is made with."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import Ending, regex
from vanban.readers.figures.measures.prices import differs, is_price
from vanban.readers.figures.mention import POINTS, Mention, words_of
from vanban.readers.figures.periods.stocks import goes_on_counting, is_stock, is_stock_s_amount
from vanban.readers.figures.roles.bases import base_year, is_base
from vanban.readers.figures.roles.plain import aim_words, plain_role
from vanban.readers.figures.roles.versus import (
    BASE_BACK,
    COMPARED_BEFORE,
    THAN_A_PRICE,
    THAN_A_SHARE,
    THAN_SO_MANY,
    told_in_turn,
    versus,
    versus_plan,
)
from vanban.records import Compares, Role
from vanban.values.times import Time, iso

__all__ = ["find_role", "is_base_value"]

_REACH = 40
"""Code points before a number in which the words stand that bind it."""


@cache
def _grows() -> Ending:
    source = rf"(?i)(?<!\w)(?:{words_of('grows')})(?: +(?:{words_of('grows_between')}))* *\(?$"
    data = load("figures")
    return Ending(source, [*data["grows"], *data["grows_between"]], skip=" (")


@cache
def _share() -> Ending:
    source = rf"(?i)(?<!\w)(?:{words_of('share')})(?: +(?:{words_of('share_between')}))* *$"
    data = load("figures")
    return Ending(source, [*data["share"], *data["share_between"]])


@cache
def _share_of() -> re.Pattern[str]:
    return regex(rf" *(?:{words_of('share_of')})")


@cache
def _grows_asaim_words() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('target_nouns')}) +(?:tăng|giảm)")


_COMPARED = regex(r"so +(?:với|cùng|tháng|quý|năm)(?!\w)")
_GREW_BY = regex(r"(?<!điều chỉnh )(?<!đăng ký )(?<!\w)(?:tăng|giảm|hạ)(?: nhẹ| mạnh)? *$")
"""Right before an amount, by how much something grew; "tăng lên", "tăng thêm" say another thing."""
_BASE_VALUE = rare(
    r"cùng +kỳ[^,;.]{0,16}(?::|(?<!\w)là) *$"
    r"|(?<!so )(?<!với )(?<!hơn )(?<!bằng )[Cc]ùng +kỳ(?: năm (?:ngoái|trước|\d{4}))?"
    r"(?: (?:chỉ|mới|đã))?"
    r" (?:đạt|có|ước đạt|xuất siêu|nhập siêu)(?: (?:khoảng|gần|hơn|là|mức))* *$"
)
_WORTH = regex(r"(?:vốn|kim ngạch|giá trị|doanh thu)(?: [^\s\d,;()]+){0,3} tương đương *$")
"""Right before an amount, what it is the worth of: no other amount is said again."""
_RESPECTIVELY = "lần lượt"


def find_role(m: Mention) -> tuple[Role, Compares | None]:
    """The role of a figure, and what it is compared with; None if with nothing.

    A percentage that is a share of something is a comparison with None.

    Source: `data/figures.yml`.
    """
    q, previous = m.q, m.previous
    if q.bound_rule == "of" or (
        m.before(12).endswith("trong số ") and _OF_STATES.match(m.text, q.number_end)
    ):
        return "comparison", None
    if q.unit == "rank":
        return "comparison", Compares("rank_of")
    if (
        q.unit in ("count", "people")
        and previous is not None
        and previous.unit in ("count", "people")
        and _OUT_OF_ALL.search(m.before(_REACH))
    ):
        # "thư mời của 6 trong tổng số 26 đơn vị"
        return "comparison", None
    if q.unit == "ratio" and q.value < 1:
        # "Chiếm 2/3 kim ngạch": a share.
        return "comparison", None
    if q.unit == "ratio":
        return "comparison", Compares("times", base_year(m.scan, q.end, m.stop))
    before, bound = m.before(_REACH), m.text[q.start : q.number_start]
    if (
        before.endswith(("từ ", "mức "))
        and _FROM.search(before)
        and _UP_TO.match(m.text, q.end, q.end + 100)
    ):
        # "tăng từ 3,1 tỷ USD năm 2020 lên 4,6 tỷ USD": where it began.
        return "comparison", None
    grows = _grows().search(before) is not None or before.endswith(_SIGNED)
    if bound and not grows:
        grows = "vượt" in bound.lower() or _grows().search(before + bound) is not None
    shares = (
        _share().search(before + bound) is not None
        or _LARGEST_SHARE.search(m.before(_SHARE_REACH)) is not None
    )
    if q.unit in POINTS and grows and not versus_plan().match(m.near):
        return "comparison", versus(m)
    if q.unit == "percent":
        found = _percentage(m, grows=grows, shares=shares)
        if found is not None:
            return found
    elif differs(m) and versus_plan().match(m.near):
        return "comparison", Compares("vs_plan")
    elif differs(m) or (is_price(m) and THAN_A_PRICE.search(before)):
        return "comparison", versus(m) if _says_than_when(m) else None
    elif grows and (
        _COMPARED.search(m.near)
        or _grew_by(m, before)
        or COMPARED_BEFORE.search(m.before(BASE_BACK))
    ):
        return "comparison", versus(m)
    elif (m.beside is not None and _says_the_growth_again(m)) or (
        shares
        and previous is not None
        and (q.unit in ("USD", "VND") or is_price(m))
        and not _ADDS.search(before + bound)
        and not _WORTH.search(before)
    ):
        return "comparison", None
    if is_base_value(m):
        times = m.scan.times_between(max(m.sentence.start, q.start - _REACH), q.start)
        if _OF_SAME_PERIOD.match(m.near):
            times = m.scan.times_between(q.end, q.end + _REACH)
        known = bool(times) and times[-1].year is not None
        return "comparison", Compares("yoy", str(times[-1].year) if known else None)
    if (
        previous is not None
        and previous.unit.split("/")[0].endswith(q.unit.split("/")[0].removeprefix("other:"))
        and not m.is_relative
        and THAN_SO_MANY.search(before)
    ):
        # "giảm 125 xe so với 4.329 xe của ngày trước"
        return "comparison", Compares("vs_period")
    if _is_restated(m):
        return "comparison", None
    if _IN_BRACKETS.match(m.text, m.q.end) and (year := _base_in_front(m)) is not None:
        return "comparison", Compares("yoy", year)
    if _IN_BRACKETS.match(m.text, m.q.end) and (late := _OF_BEFORE.search(before)) is not None:
        # "giảm một nửa so với tháng trước (2,85 tỷ USD)"
        return "comparison", Compares("yoy" if late["unit"] == "năm" else "vs_period")
    if (period := _period_in_brackets(m)) is not None:
        return "comparison", period
    if (
        base := _BASE_BEFORE.search(m.text[m.sentence.start : q.number_start][-_REACH:])
    ) is not None:
        # "tức nhiều hơn năm ngoái khoảng 50 tỷ USD"
        at = q.number_start - len(base[0])
        return "comparison", Compares("yoy", base_year(m.scan, at, q.number_start))
    role = plain_role(m)
    if role == "actual" and (is_stock(m) or is_stock_s_amount(m) or goes_on_counting(m)):
        return "actual", Compares("cumulative")
    return role, None


_SIGNED = ("(+", "(-", "(–", " +")
"""Right before a percentage, that it grew by so much: "208 tỷ đồng (+136%)"."""
_LARGEST_SHARE = rare(
    r"(?:[Cc]hiếm|giữ|đóng góp) (?:tỷ trọng|tỉ trọng|tỷ lệ|tỉ lệ|thị phần|phần)[^,;.%\d]{0,50}"
    r"(?:,? (?:với|đạt|là))?(?: (?:khoảng|hơn|gần|trên|tới))* *$"
)
"""Right before a percentage: "chiếm tỷ trọng cao nhất với 56%", "chiếm thị phần lớn nhất, đạt"."""
_SHARE_REACH = 90


def _says_the_growth_again(m: Mention) -> bool:
    """Whether an amount is what the percentage before it is: "tăng 1,68%, bằng 2.217 tấn"."""
    beside = m.beside
    if beside is None or beside.unit != "percent" or beside.compares is None:
        return False
    return _AGAIN.fullmatch(m.text, beside.anchor.end, m.q.start) is not None


_AGAIN = regex(
    r"[^;.()\d]{0,44}(?:,| \() ?(?:bằng|tương ứng(?: với)?(?: mức)? (?:tăng|giảm)|tức)"
    r"(?: (?:khoảng|hơn|gần|là|mức))* "
)


def _says_than_when(m: Mention) -> bool:
    """Whether a difference is told from another time, or a price has moved at all."""
    if is_price(m) and _MOVED.search(m.before(_REACH)):
        return True
    return any(t.kind == "same_period" or is_base(m.scan, t) for t in _times_beside(m))


def _times_beside(m: Mention) -> list[Time]:
    low = max(m.left, m.q.start - _REACH)
    return [
        *m.scan.times_between(low, m.q.start),
        *m.scan.times_between(m.q.end, m.q.end + len(m.near)),
    ]


_MOVED = regex(r"(?<!\w)(?:tăng|giảm)(?!\w)[^,;]*$")


def _grew_by(m: Mention, before: str) -> bool:
    """Whether an amount of money is by how much something grew: "tăng 1,4 tỷ USD"."""
    if m.q.unit not in ("USD", "VND") or _GREW_BY.search(before) is None:
        return False
    return not m.scan.words.has(aim_words(), m.clause, m.q.number_start)


_OF_STATES = regex(r" (?:quốc gia|nước|tỉnh|địa phương|nền kinh tế|thị trường)(?!\w)")
_OUT_OF_ALL = regex(r"(?<!\w)(?:trong|trên) (?:tổng số|tổng cộng)(?: hơn| gần| khoảng)? *$")
_ADDS = regex(r"đóng góp(?: khoảng| hơn| gần| tới)* *$")
"""Right before an amount: what a part brought, an amount of its own."""
_FROM = regex(r"(?<!\w)từ(?: mức)? *$")
_UP_TO = regex(r"(?:[^.;]|\.\d){0,80}? (?:lên|xuống|còn) (?:mức |tới |gần |hơn |khoảng )*\d")


def is_base_value(m: Mention) -> bool:
    """Whether a figure is itself what was in the year compared with: "cùng kỳ năm 2024: 87"."""
    if _BASE_VALUE.search(m.before(_REACH)) is not None:
        return True
    if m.text.startswith("vượt", m.q.start) and (m.previous or m.earlier) is not None:
        # "đạt 4,37 tỷ USD, vượt con số 4,24 tỷ USD của cả năm 2023"
        return _OF_WHOLE_YEAR.match(m.near) is not None
    return (
        (not m.is_relative or _THAN_A_LEVEL.search(m.before(_REACH)) is not None)
        and _OF_SAME_PERIOD.match(m.near) is not None
        and _THAN.search(m.before(_REACH)) is not None
    )


_OF_WHOLE_YEAR = regex(
    r" (?:của )?cả năm (?:\d{4}|ngoái|trước)| của (?:cùng kỳ|năm (?:\d{4}|ngoái|trước))"
)
_THAN = regex(
    r"(?:(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|so với)(?: (?:mức|con số|kết quả))?"
    r"(?: (?:khoảng|gần|hơn))?(?: [-–])? *$"
)
_THAN_A_LEVEL = regex(r"so với (?:mức|con số)(?: (?:khoảng|gần|hơn))? *$")
_OF_SAME_PERIOD = regex(
    r" *(?:của|trong|ở)? *(?:cùng k[ỳì]|năm ngoái|năm trước|(?:cả )?năm \d{4}"
    r"|(?:nửa (?:đầu|cuối) )?(?:tháng|quý) [\dIV]+[-/]\d{4})"
)
"""Behind a value, when it was: "thấp hơn mức 80 triệu USD của cùng kỳ năm ngoái"."""


def _percentage(m: Mention, *, grows: bool, shares: bool) -> tuple[Role, Compares | None] | None:
    """The role of a percentage that grows, is a share or is measured against a plan.

    Returns:
        None if it is none of these.
    """
    if _OF_AN_AIM.search(m.before(_AIM_REACH)) and not versus_plan().match(m.near):
        return "comparison", Compares("vs_plan")
    if (
        _of_what_was_told(m)
        or _THAN_ALL.search(m.before(_AIM_REACH))
        or _is_measure_of_it(m, grows)
    ):
        return "comparison", None
    if not grows and _SHARE_OF_MARKET.search(m.before(_REACH)):
        return "comparison", None
    if THAN_A_SHARE.search(m.before(_REACH)) and not is_base_value(m):
        return "comparison", Compares("vs_period")
    if versus_plan().match(m.near):
        if _AIM_IS.search(m.text, m.clause, m.q.start):
            return "target", None
        if _grows_asaim_words().search(m.before(_REACH)):
            return "target", None
        return "comparison", Compares("vs_plan")
    compared = _COMPARED.search(m.near) is not None
    respective = m.text.find(_RESPECTIVELY, m.sentence.start, m.q.start) >= 0
    if not grows and not compared and respective:
        return told_in_turn(m)
    if grows and not compared and m.scan.words.has(aim_words(), m.left, m.q.start):
        return "target", None
    previous = m.previous
    if (
        previous is not None
        and previous.role == "comparison"
        and previous.compares is None
        and previous.unit == "percent"
        and (named := m.scan.partners_between(m.left, m.q.start))
        and _NEXT_SHARE.fullmatch(m.text, m.left, named[0].start)
        and not m.text[named[-1].end : m.q.start].strip()
    ):
        # "Mỹ chiếm 26% giá trị, Trung Quốc 18%"
        return "comparison", None
    if (
        grows
        and not compared
        and previous is not None
        and previous.role == "target"
        and _NEXT_AIM.match(m.text, m.left, m.q.start)
    ):
        # "Phấn đấu GRDP tăng 10%, xuất khẩu tăng 11%": each aimed at for itself.
        return "target", None
    if grows and previous is None and _AIMS_AT.search(m.text, m.clause, m.q.start):
        # "Phấn đấu kim ngạch xuất khẩu tăng 12% so với năm 2025"
        return "target", versus(m) if compared else None
    if grows and not compared and _is_mean_to_come(m):
        return "target", None
    if grows or compared:
        return "comparison", versus(m)
    if (base := _BASE_BEFORE.search(m.before(_REACH))) is not None:
        # "cao hơn cùng kỳ 16%"
        at = m.q.start - len(base[0])
        return "comparison", Compares("yoy", base_year(m.scan, at, m.q.start))
    if _OF_A_WHOLE.match(m.near) or m.before(_REACH).lower().endswith(_THEREOF):
        return "comparison", None
    if shares or (_share_of().match(m.near) and not _TAXED.search(m.before(_REACH))):
        return ("target" if plain_role(m) == "target" else "comparison"), None
    if (
        previous is not None
        and previous.role == "comparison"
        and previous.compares is None
        and previous.unit == "percent"
        and m.before(_REACH).rstrip().endswith("(")
    ):
        # "chiếm 30% (20%)": the share of another time.
        return "comparison", None
    if _behind_its_country(m):
        # "một số thị trường tăng mạnh như Ba Lan (69%)"
        grown = _GREW.search(m.text, m.sentence.start, m.q.start) is not None
        return "comparison", versus(m) if grown else None
    return None


_THEREOF = ("trong đó ", "trong đó có ", "trong đó, ", "trong đó, có ")
_TAXED = regex(r"(?:thuế|lấp đầy)[^;.,]*$")
"""Before a percentage, what makes it no part: "xóa bỏ thuế với 99% giá trị", "lấp đầy 72%"."""
_OF_AN_AIM = rare(
    r"(?<!\w)(?:[Mm]ục tiêu|[Cc]hỉ tiêu|[Kk]ế hoạch (?:năm|vốn|thu|xuất|giao|đề|đón|đưa|\d))"
    r"(?! (?:tăng|giảm))(?:[^;.:%]|\.\d)*"
    r" (?:đã|mới|hiện)(?: chỉ| mới)? (?:đạt|hoàn thành|thực hiện)(?: được| xong)?"
    r"(?: (?:khoảng|hơn|gần|trên))* *$"
)
"""Before a percentage, how far an aim has been reached: "mục tiêu ... đã đạt hơn 82%"."""
_AIM_REACH = 120
_SHARE_OF_MARKET = regex(
    r"(?:\((?:với )?|, |với )(?:thị phần|tỷ trọng)(?: (?:khoảng|hơn|gần|trên|là))* *$"
)
"""Right before a percentage, in brackets or not, that it is a share."""
_THAN_WHAT = rare(
    r"(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|chậm) hơn(?: nhiều)?(?: so với)?"
    r" (?:các |những )?(?:mức|tỷ lệ|tỉ lệ|con số|tốc độ|mặt bằng|bình quân|trung bình)"
    r"(?: [^\s,;.()\d%]+){0,6} *$"
)
"""Right before a percentage, that another is more or less: "thấp hơn mức bình quân chung là"."""
_OF_OTHERS = rare(r"(?:cao|thấp|lớn|nhỏ|nhiều|ít|tốt|kém) hơn(?!\w)[^.;()]{0,90}\([^.;()]*$")
"""Before a percentage in brackets, those that have more or less: "thấp hơn A, B (79,5% tại A"."""
_OF_ANOTHER_TOO = regex(
    r"(?: (?:của|tại|ở) [^;.,\d%]{2,40})?,?"
    r" (?:và|hay|hoặc)(?: so với)?(?: (?:mức|tỷ lệ|con số))* "
)
_THAN_ALL = rare(
    r"(?:cao|thấp|lớn|nhanh|chậm) hơn(?: so với)? [^,;.()]{0,44}(?:cả nước|toàn quốc|khu vực|vùng)"
    r" \((?:là |đạt |khoảng )*$"
)
"""Before a percentage in brackets, that it is what the whole country has."""


def _of_what_was_told(m: Mention) -> bool:
    """Whether a bare percentage is what part the figure before is, or goes on with such a part.

    "14,3 triệu người (79,9%)"; "chiếm 77,7% về lượng và 76,3% về kim ngạch".
    """
    beside = m.beside
    if beside is None:
        return False
    gap = m.text[beside.anchor.end : m.q.start]
    if gap == " (" and beside.unit not in ("percent", "rank", "ratio"):
        return m.text.startswith(")", m.q.end)
    share = beside.unit == "percent" and beside.role == "comparison" and beside.compares is None
    return share and _SHARE_GOES_ON.fullmatch(gap) is not None


def _is_measure_of_it(m: Mention, grows: bool) -> bool:
    """Whether a percentage is another's, by which the one told is more or less, or goes on so.

    "27,9%, thấp hơn mức bình quân là 47,8% và so với mức 60,8% của Trung Quốc hay 52,9%".
    """
    if is_base_value(m):
        return False
    if _THAN_WHAT.search(m.before(_AIM_REACH)):
        return True
    if not grows and _OF_OTHERS.search(m.before(2 * _AIM_REACH)):
        return True
    beside = m.beside
    return (
        beside is not None
        and beside.unit == "percent"
        and beside.role == "comparison"
        and (beside.compares is None or beside.compares.kind == "vs_period")
        and _OF.match(m.text, m.q.end) is not None
        and _OF_ANOTHER_TOO.fullmatch(m.text, beside.anchor.end, m.q.start) is not None
    )


_OF = regex(r" (?:của|tại|ở) [A-ZĐ]")
_SHARE_GOES_ON = regex(
    r" (?:tổng )?(?:về )?(?:khối |sản |số )?(?:lượng|giá trị|trị giá|kim ngạch)(?:,| và)"
    r"(?: (?:khoảng|hơn|gần|trên|chiếm))* "
)


def _is_mean_to_come(m: Mention) -> bool:
    """Whether a growth is the mean of years to come: "giai đoạn 2026-2030 tăng 9%/năm"."""
    year = m.scan.year
    if year is None or not (
        m.text.startswith("/năm", m.q.end) or m.says("average", m.clause, m.q.start)
    ):
        return False
    spans = [t for t in m.times_before if t.kind == "range" and t.start >= m.clause]
    return bool(spans) and (spans[-1].end_year or 0) > year


_AIMS_AT = regex(r"(?<!đạt )(?<!vượt )(?:[Pp]hấn đấu|[Mm]ục tiêu|[Cc]hỉ tiêu)(?! đã| đề ra)[^;.]*$")
_GREW = regex(r"(?<!\w)(?:tăng|giảm|sụt giảm)(?!\w)")


def _behind_its_country(m: Mention) -> bool:
    """Whether a percentage stands in brackets of its own right behind a country."""
    text, start = m.text, m.q.start
    return (
        text.startswith(")", m.q.end)
        and text.endswith(" (", 0, start)
        and any(p.end == start - 2 for p in m.scan.partners_between(m.left, start))
    )


_BASE_BEFORE = rare(
    r"(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt)(?: so với)?"
    r" (?:cùng kỳ(?: năm (?:ngoái|trước|\d{4}))?|năm (?:ngoái|trước|\d{4}))"
    r"(?: (?:là|khoảng|gần|hơn|tới|đến))* *$"
)
_OF_A_WHOLE = regex(
    r" (?:(?:của )?(?:cả nước|toàn quốc|toàn vùng)|thị phần|thuộc (?:lĩnh vực|về|nhóm)"
    r"|trong (?:tổng )?số (?:đó|này|ấy|trên))(?!\w)"
)
"""Behind a percentage, what makes it a share."""
_AIM_IS = regex(r"(?:[Mm]ục tiêu|[Pp]hấn đấu)(?! tăng)[^;.%]*$")
_NEXT_SHARE = regex(r"[^;.\d]{0,30}(?:,| và) ")
_NEXT_AIM = regex(
    r"(?:/năm| (?:vào|trong|đến) năm \d{4})?(?:[,;]| \(riêng| và)"
    r" (?!tăng|giảm|đạt|bằng|gấp|vượt|cao|thấp|tương)\w+ \w+[^;.]{0,60}$"
)


def _is_restated(m: Mention) -> bool:
    """Whether an amount in brackets says the one before it in another currency."""
    previous = m.previous
    if previous is None or previous.unit == m.q.unit or not m.text.startswith(")", m.q.end):
        return False
    if not (_CURRENCY.fullmatch(previous.unit) and _CURRENCY.fullmatch(m.q.unit)):
        return False
    return _OPENS_AGAIN.fullmatch(m.text, previous.anchor.end, m.q.start) is not None


_CURRENCY = regex(r"(?:other:)?[A-Z]{3}(?:/\w+)?")
_OPENS_AGAIN = regex(r" ?\((?:tương đương|tức|khoảng|gần|hơn|xấp xỉ|là|với| )*")
_IN_BRACKETS = regex(r"\)")


def _base_in_front(m: Mention) -> str | None:
    """The year compared with right before the bracket a value stands in: "so với 2024 (4,8 tỷ)"."""
    times = m.scan.times_between(m.left, m.q.start)
    if not times or not is_base(m.scan, times[-1]) or times[-1].year is None:
        return None
    opens = _OPENS.fullmatch(m.text, times[-1].end, m.q.start)
    return str(times[-1].year) if opens else None


_OF_BEFORE = regex(
    r"so với (?P<unit>tháng|quý|tuần|kỳ|năm) (?:trước|ngoái) \((?:là |đạt |khoảng |gần |hơn )*$"
)
_OPENS = regex(r" \((?:là |đạt |khoảng |gần |hơn |chỉ )*")


def _period_in_brackets(m: Mention) -> Compares | None:
    """The period of a figure that stands in brackets behind the one it is compared with."""
    previous = m.previous
    if previous is None or previous.unit != m.q.unit:
        return None
    opening = m.text.rfind("(", m.left + 1, m.q.start)
    if opening < 0 or m.text.find(")", opening, m.q.start) >= 0:
        return None
    times = m.scan.times_between(opening, m.q.start)
    return Compares("vs_period", iso(times[0])) if times else None
