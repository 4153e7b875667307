"""The role of a figure: actual, plan, target, or a comparison and what it is made with."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, Ending, first_words, regex
from vanban.readers.figures.bases import base_year, is_base
from vanban.readers.figures.mention import Mention, words_of
from vanban.readers.figures.stocks import is_stock, is_stock_s_amount
from vanban.readers.figures.versus import (
    BASE_BACK,
    COMPARED_BEFORE,
    THAN_SO_MANY,
    versus,
    versus_plan,
)
from vanban.records import Compares, Role
from vanban.values.times import iso

__all__ = ["find_role", "is_base_value", "is_there", "plain_role"]

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
def _grows_as_target() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('target_nouns')}) +(?:tăng|giảm)")


@cache
def _target() -> Cue:
    data = load("figures")
    pattern = regex(
        rf"(?<!\w)(?i:{words_of('target')}"
        rf"|(?:{words_of('raise')})(?! tổng (?:số|cộng))[^.;]{{3,60}}lên)(?!\w)"
    )
    return Cue(pattern, first_words([*data["target"], *data["raise"]]))


_COMPARED = regex(r"so +(?:với|cùng|tháng|quý|năm)(?!\w)")
_GREW_BY = regex(r"(?<!điều chỉnh )(?<!đăng ký )(?<!\w)(?:tăng|giảm)(?: nhẹ| mạnh)? *$")
"""Right before an amount, by how much something grew; "tăng lên", "tăng thêm" say another thing."""
_BASE_VALUE = regex(r"cùng +kỳ[^,;.]{0,16}[:là]{1,2} *$")
_HORIZON = regex(r"[^,.;]{0,12}(?:vào|đến|trước) +năm +(\d{4})")


_PLANNED = regex(
    r"kế hoạch(?: cả)?(?: năm(?: \d{4})?)?(?: là| :|:)? *(?:\((?:thu hút |là |đạt )?)?$"
    r"|kế hoạch (?:vốn|năm|giải ngân)[^,;.]{0,40} là *$"
    r"|(?<!giải ngân )[Tt]ổng kế hoạch vốn(?: (?!đạt|thực|giải)[^\s,;.]+){0,6} *$"
)


def _is_planned(before: str) -> bool:
    return "kế hoạch" in before and _PLANNED.search(before) is not None


_RESPECTIVELY = "lần lượt"


def _is_of_a_past_year(m: Mention) -> bool:
    """Whether what raised a sum did so in a year that is over: "nâng tổng ... cả năm 2025 lên"."""
    years = [t.year for t in m.times_before if t.year is not None and not is_base(m.scan, t)]
    return bool(years) and m.scan.year is not None and years[-1] < m.scan.year


def _is_of_months_gone(m: Mention, at: int) -> bool:
    """Whether what is raised is the total of the months so far: "nâng ... 10 tháng lên"."""
    months = [t for t in m.scan.times_between(at, m.q.start) if t.kind in ("months", "month")]
    if not months or m.scan.year is None or (months[-1].year or m.scan.year) > m.scan.year:
        return False
    return _TO_COME.search(m.text, m.clause, m.q.start) is None


_TO_COME = regex(r"(?<!\w)(?:[Mm]ục tiêu|[Pp]hấn đấu|sẽ|quyết tâm|[Đđ]ể|[Nn]hằm|cần|phải)(?!\w)")


def _comes_of_it(m: Mention, at: int) -> bool:
    """Whether what is raised is raised by what was reached: "đạt 5 tỷ USD, đưa tổng ... lên"."""
    previous = m.previous
    return (
        previous is not None
        and previous.role == "actual"
        and _SO.fullmatch(m.text, m.left, at) is not None
    )


_FULFILLED = regex(
    r"(?<!phải )(?<!để )(?<!cần )(?<!sẽ )(?<!nhằm )(?<!tâm )(?<!đấu )"
    r"(?:hoàn thành|thực hiện đạt)(?: vượt mức| tốt| cơ bản| toàn diện)?"
    r"(?: các| toàn bộ| nhiều| hầu hết| \d+/\d+)* $"
)
"""Right before "chỉ tiêu", that it was reached: "hoàn thành các chỉ tiêu như: ..."."""
_SO = regex(r"[^;.]*, (?:qua đó |từ đó |góp phần )?")
_TO_REACH = regex(
    r"(?:[Đđ]ể|[Nn]hằm|phấn đấu|quyết tâm|phải|cần|sẽ|bảo đảm) (?:\w+ ){0,2}(?:đạt|vượt) (?:các )?"
    r"mục tiêu[^;.]*$"
)
"""Before a number, an aim still to be reached."""
_PASSED_AIM = regex(
    r"vượt (?:xa )?(?:mục tiêu|chỉ tiêu|kế hoạch)(?: kim ngạch| doanh thu| thu hút| xuất khẩu)?"
    r"(?: (?:là|đề ra|đặt ra|năm|cả năm))* *\(?$"
)
"""Right before a number, the aim that was passed."""


def _goes_on_aiming(m: Mention) -> bool:
    """Whether a clause behind a semicolon goes on with what is aimed at, of the same time."""
    if m.clause <= m.sentence.start or m.scan.times_between(m.clause, m.q.start):
        return False
    return not _REPORTED.search(m.text, m.clause, m.q.start)


_AIMED_RATE = regex(r"(?:tăng trưởng|tỷ lệ|tốc độ tăng)[^,;.\d]*$")
_REPORTED = regex(r"(?<!\w)(?:đã|hiện|trong khi|đến nay|vừa|đang|còn|đạt được)(?!\w)")
_LIKELY = regex(
    r"(?:có khả năng|có thể|dự kiến|ước tính|dự báo)(?: sẽ)?(?: \w+)? *$"
    r"|dự kiến cả năm[^,;.\d]*$"
)
"""Right before a number, what may be, whatever aim the sentence began with."""


def is_there(m: Mention) -> bool:
    """Whether what is counted is said to be there already: "17 hiệp định đã ký kết"."""
    return _THERE_IS.match(m.text, m.q.number_end, m.sentence.end) is not None


_THERE_IS = regex(r"[^;.,]{0,60} (?:đã|vừa) (?:được )?(?:ký|có hiệu lực|đi vào|thực thi)(?!\w)")


def plain_role(m: Mention) -> Role:
    """Actual, plan or target, by the words of the sentence up to the number."""
    q, words = m.q, m.scan.words
    if is_there(m):
        return "actual"
    if _LIKELY.search(m.before(_REACH)):
        return "plan"
    if (passed := _PASSED_AIM.search(m.before(_REACH))) is not None:
        return "plan" if "kế hoạch" in passed[0] else "target"
    if (
        m.previous is not None
        and m.previous.role == "target"
        and (not m.is_relative or _AIMED_RATE.search(m.before(_REACH)))
        and _goes_on_aiming(m)
    ):
        return "target"
    if (
        (aim := words.find(_target(), m.clause, q.number_start)) is not None
        and not (
            aim[0].lower().startswith(("đưa", "nâng"))
            and (
                _is_of_a_past_year(m)
                or _comes_of_it(m, aim.start())
                or _is_of_months_gone(m, aim.start())
            )
        )
        and not _FULFILLED.search(m.text, m.sentence.start, aim.start())
    ):
        low = max(m.clause, q.number_start - 30)
        reached = m.says("target_reached", low, q.number_start)
        if not reached or _TO_REACH.search(m.before(90)):
            return "target"
    if q.bound_rule == "at_least" and m.says("target_bounds", q.start, q.number_start):
        return "target"
    if m.says("plan", m.clause, q.number_start) or _is_planned(m.before(70)):
        return "plan"
    year = m.scan.year
    if year is None:
        return "actual"
    horizon = _HORIZON.match(m.text, q.end, q.end + 24)
    if horizon is not None and int(horizon[1]) > year:
        return "target"
    leading = [
        t for t in m.times_before if t.kind in ("year", "half", "range") and not is_base(m.scan, t)
    ]
    ahead = bool(leading) and leading[-1].year is not None and leading[-1].year > year
    return "target" if ahead else "actual"


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
        and _UP_TO.match(m.text, q.end, q.end + 60)
    ):
        # "tăng từ 3,1 tỷ USD năm 2020 lên 4,6 tỷ USD": where it began.
        return "comparison", None
    grows = _grows().search(before) is not None
    if bound and not grows:
        grows = "vượt" in bound.lower() or _grows().search(before + bound) is not None
    shares = (
        _share().search(before + bound) is not None
        or _LARGEST_SHARE.search(m.before(_SHARE_REACH)) is not None
    )
    if q.unit == "percent":
        found = _percentage(m, grows=grows, shares=shares)
        if found is not None:
            return found
    elif grows and (
        _COMPARED.search(m.near)
        or _grew_by(m, before)
        or COMPARED_BEFORE.search(m.before(BASE_BACK))
    ):
        return "comparison", versus(m)
    elif (
        shares
        and previous is not None
        and q.unit in ("USD", "VND")
        and not _ADDS.search(before + bound)
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
        and previous.unit == q.unit
        and not m.is_relative
        and THAN_SO_MANY.search(before)
        and not m.scan.times_between(q.end, q.end + _REACH // 2)
    ):
        # "giảm 125 xe so với 4.329 xe của ngày trước"
        return "comparison", Compares("vs_period")
    if _is_restated(m):
        return "comparison", None
    if _IN_BRACKETS.match(m.text, m.q.end) and (year := _base_in_front(m)) is not None:
        return "comparison", Compares("yoy", year)
    if (period := _period_in_brackets(m)) is not None:
        return "comparison", period
    if (
        base := _BASE_BEFORE.search(m.text[m.sentence.start : q.number_start][-_REACH:])
    ) is not None:
        # "tức nhiều hơn năm ngoái khoảng 50 tỷ USD"
        at = q.number_start - len(base[0])
        return "comparison", Compares("yoy", base_year(m.scan, at, q.number_start))
    role = plain_role(m)
    if role == "actual" and (is_stock(m) or is_stock_s_amount(m)):
        return "actual", Compares("cumulative")
    return role, None


_LARGEST_SHARE = regex(
    r"(?:[Cc]hiếm|giữ|đóng góp) (?:tỷ trọng|tỉ trọng|tỷ lệ|tỉ lệ|thị phần|phần)[^,;.%\d]{0,50}"
    r"(?:,? (?:với|đạt|là))?(?: (?:khoảng|hơn|gần|trên|tới))* *$"
)
"""Right before a percentage: "chiếm tỷ trọng cao nhất với 56%", "chiếm thị phần lớn nhất, đạt"."""
_SHARE_REACH = 90


def _grew_by(m: Mention, before: str) -> bool:
    """Whether an amount of money is by how much something grew: "tăng 1,4 tỷ USD"."""
    if m.q.unit not in ("USD", "VND") or _GREW_BY.search(before) is None:
        return False
    return not m.scan.words.has(_target(), m.clause, m.q.number_start)


_OF_STATES = regex(r" (?:quốc gia|nước|tỉnh|địa phương|nền kinh tế|thị trường)(?!\w)")
_OUT_OF_ALL = regex(r"(?<!\w)(?:trong|trên) (?:tổng số|tổng cộng)(?: hơn| gần| khoảng)? *$")
_ADDS = regex(r"đóng góp(?: khoảng| hơn| gần| tới)* *$")
"""Right before an amount: what a part brought, an amount of its own."""
_FROM = regex(r"(?<!\w)từ(?: mức)? *$")
_UP_TO = regex(r"[^.;]{0,40}? (?:lên|xuống|còn) (?:mức |tới |gần |hơn |khoảng )*\d")


def is_base_value(m: Mention) -> bool:
    """Whether a figure is itself what was in the year compared with: "cùng kỳ năm 2024: 87"."""
    if _BASE_VALUE.search(m.before(_REACH)) is not None:
        return True
    return (
        (not m.is_relative or _THAN_A_LEVEL.search(m.before(_REACH)) is not None)
        and _OF_SAME_PERIOD.match(m.near) is not None
        and _THAN.search(m.before(_REACH)) is not None
    )


_THAN = regex(
    r"(?:(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|so với)(?: (?:mức|con số))?(?: (?:khoảng|gần|hơn))? *$"
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
    if versus_plan().match(m.near):
        if _AIM_IS.search(m.text, m.clause, m.q.start):
            return "target", None
        if _grows_as_target().search(m.before(_REACH)):
            return "target", None
        return "comparison", Compares("vs_plan")
    compared = _COMPARED.search(m.near) is not None
    respective = m.text.find(_RESPECTIVELY, m.sentence.start, m.q.start) >= 0
    if not grows and not compared and respective:
        return "comparison", None
    if grows and not compared and m.scan.words.has(_target(), m.left, m.q.start):
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
    if _OF_A_WHOLE.match(m.near) or m.before(_REACH).endswith(("trong đó ", "trong đó có ")):
        return "comparison", None
    if shares or _share_of().match(m.near):
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


_BASE_BEFORE = regex(
    r"(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt)(?: so với)?"
    r" (?:cùng kỳ(?: năm (?:ngoái|trước|\d{4}))?|năm (?:ngoái|trước|\d{4}))"
    r"(?: (?:là|khoảng|gần|hơn|tới|đến))* *$"
)
_OF_A_WHOLE = regex(r" (?:thị phần|thuộc (?:lĩnh vực|về|nhóm))(?!\w)")
"""Behind a percentage, what makes it a share."""
_AIM_IS = regex(r"(?:[Mm]ục tiêu|[Pp]hấn đấu)(?! tăng)[^;.%]*$")
_NEXT_SHARE = regex(r"[^;.\d]{0,30}(?:,| và) ")
_NEXT_AIM = regex(
    r"(?:/năm| (?:vào|trong|đến) năm \d{4})?(?:[,;]| \(riêng)"
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


_CURRENCY = regex(r"(?:other:)?[A-Z]{3}")
_OPENS_AGAIN = regex(r" ?\((?:tương đương|tức|khoảng|gần|hơn|xấp xỉ|là|với| )*")
_IN_BRACKETS = regex(r"\)")


def _base_in_front(m: Mention) -> str | None:
    """The year compared with right before the bracket a value stands in: "so với 2024 (4,8 tỷ)"."""
    times = m.scan.times_between(m.left, m.q.start)
    if not times or not is_base(m.scan, times[-1]) or times[-1].year is None:
        return None
    opens = _OPENS.fullmatch(m.text, times[-1].end, m.q.start)
    return str(times[-1].year) if opens else None


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
