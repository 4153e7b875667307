"""What a number is apart from any comparison: reached, aimed at, or expected."""

import re
from collections.abc import Callable
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import Cue, first_words, regex
from vanban.readers.figures.mention import Mention, said, words_of
from vanban.readers.figures.roles.bases import is_base
from vanban.records import Role
from vanban.values.times import Time

__all__ = ["aim_words", "is_there", "plain_role"]

_REACH = 40
"""Code points before a number in which the words stand that bind it."""


def _as_it_is_now(m: Mention) -> Role | None:
    there = is_there(m) or _AS_NOW.match(m.text, m.q.end) or _AS_IT_WAS.search(m.before(60))
    return "actual" if there else None


def is_there(m: Mention) -> bool:
    """Whether what is counted is said to be there already: "17 hiệp định đã ký kết"."""
    return _THERE_IS.match(m.text, m.q.number_end, m.sentence.end) is not None


_THERE_IS = regex(r"[^;.,]{0,60} (?:đã|vừa) (?:được )?(?:ký|có hiệu lực|đi vào|thực thi)(?!\w)")
_AS_NOW = regex(r" như (?:hiện nay|hiện tại|hiện giờ|ngày nay|bây giờ)(?!\w)")
"""Behind a figure that was raised, that it is so by now."""
_ONE_THAT_HAS = (
    r"(?<=\w )(?<!\d )(?<!để )(?<!giúp )(?<!đấu )"
    r"(?:tỉnh|thành phố|địa phương|huyện|xã|vùng|quốc gia|(?:đất )?nước|thị trường|khu vực"
    r"|nền kinh tế) (?:hiện |đang )?có(?! (?:thể|khả|mục|kế|tốc))(?: [^\W\d]+){0,3}"
    r"(?: (?:hơn|trên|gần|khoảng))* *$"
)
ONE_THAT_HAS = regex(_ONE_THAT_HAS)
"""Before a figure, whom it describes by the way: "đặt ra cho một tỉnh có 190 km bờ biển"."""
_AS_IT_WAS = regex(rf"{_ONE_THAT_HAS}|, vốn (?:là|đã|có|chiếm|đang|đạt)(?!\w)[^,;.]*$")
"""The same, or that it was so before whatever is to come: ", vốn là mức lớn thứ hai"."""


def _likely(m: Mention) -> Role | None:
    """What may be, or stands before its plan, whatever aim the sentence began with."""
    likely = _LIKELY.search(m.before(_REACH)) or _PLAN_BEHIND.match(m.text, m.q.end)
    return "plan" if likely else None


_LIKELY = rare(
    r"(?:có khả năng|có thể(?! (?:nắm|sở hữu))|dự kiến|ước tính|dự báo)(?: sẽ)?(?: \w+)? *$"
    r"|dự kiến cả năm[^,;.\d]*$"
)
_PLAN_BEHIND = regex(r" (?:theo |là |của )?kế hoạch(?: của)?(?: cả)? năm")
"""Behind an amount, that so much is planned for the year."""


def _forecast(m: Mention) -> Role | None:
    """A forecast that was changed, which raises nothing itself."""
    return "plan" if _FORECAST.search(m.text, m.clause, m.q.number_start) else None


_FORECAST = rare(r"(?:nâng|hạ|giảm|điều chỉnh)(?: [^\W\d]+){0,2} dự báo(?!\w)[^;.]*$")


def _passed_aim(m: Mention) -> Role | None:
    """The aim that was passed: "vượt kế hoạch đề ra (5 tỷ USD)"."""
    passed = _PASSED_AIM.search(m.before(_REACH))
    if passed is None:
        return None
    return "plan" if "kế hoạch" in passed[0] else "target"


_PASSED_AIM = regex(
    r"vượt (?:xa )?(?:mục tiêu|chỉ tiêu|kế hoạch)(?: kim ngạch| doanh thu| thu hút| xuất khẩu)?"
    r"(?: (?:là|đề ra|đặt ra|năm|cả năm))* *\(?$"
)


def _goes_on_aiming(m: Mention) -> Role | None:
    """What a clause behind a semicolon goes on to aim at, of the same time."""
    previous = m.previous
    if previous is None or previous.role != "target":
        return None
    if m.is_relative and not _AIMED_RATE.search(m.before(_REACH)):
        return None
    if m.clause <= m.sentence.start or m.scan.times_between(m.clause, m.q.start):
        return None
    return None if _REPORTED.search(m.text, m.clause, m.q.start) else "target"


_AIMED_RATE = regex(r"(?:tăng trưởng|tỷ lệ|tốc độ tăng)[^,;.\d]*$")
_REPORTED = regex(r"(?<!\w)(?:đã|hiện|trong khi|đến nay|vừa|đang|còn|đạt được)(?!\w)")


def _aimed_at(m: Mention) -> Role | None:
    """What a word of aims in its clause is of, unless that was reached, or raises what was."""
    q = m.q
    aim = m.scan.words.find(aim_words(), m.clause, q.number_start)
    if aim is None or _is_raised_by_what_was(m, aim):
        return None
    if _FULFILLED.search(m.text, m.sentence.start, aim.start()) and not (
        # "sẽ tăng mạnh, góp phần hoàn thành mục tiêu ..."
        m.says("plan", m.clause, aim.start())
    ):
        return None
    reached = m.says("target_reached", max(m.clause, q.number_start - 30), q.number_start)
    return "target" if not reached or _TO_REACH.search(m.before(90)) else None


@cache
def aim_words() -> Cue:
    """The words that say that something is aimed at."""
    data = load("figures")
    pattern = regex(
        rf"(?<!\w)(?i:{words_of('target')}"
        rf"|(?:{words_of('raise')})(?! tổng (?:số|cộng))[^.;]{{3,60}}lên)(?!\w)"
    )
    return Cue(pattern, first_words([*data["target"], *data["raise"]]))


def _is_raised_by_what_was(m: Mention, aim: re.Match[str]) -> bool:
    """Whether what raises a sum has been: "đưa tổng kim ngạch 10 tháng lên 500 tỷ USD"."""
    return aim[0].lower().startswith(("đưa", "nâng")) and (
        _is_of_a_past_year(m) or _comes_of_it(m, aim.start()) or _is_of_months_gone(m, aim.start())
    )


def _is_of_a_past_year(m: Mention) -> bool:
    """Whether what raised a sum did so in a year that is over: "nâng tổng ... cả năm 2025 lên"."""
    years = [t.year for t in m.times_before if t.year is not None and not is_base(m.scan, t)]
    return bool(years) and m.scan.year is not None and years[-1] < m.scan.year


def _comes_of_it(m: Mention, at: int) -> bool:
    """Whether what is raised is raised by what was reached: "đạt 5 tỷ USD, đưa tổng ... lên"."""
    previous = m.previous
    return (
        previous is not None
        and previous.role == "actual"
        and _SO.fullmatch(m.text, m.left, at) is not None
    )


_SO = regex(r"[^;.]*, (?:qua đó |từ đó |góp phần )?")


def _is_of_months_gone(m: Mention, at: int) -> bool:
    """Whether what is raised is the total of the months so far: "nâng ... 10 tháng lên"."""
    months = [t for t in m.scan.times_between(at, m.q.start) if t.kind in ("months", "month")]
    if not months or m.scan.year is None or (months[-1].year or m.scan.year) > m.scan.year:
        return False
    return _TO_COME.search(m.text, m.clause, m.q.start) is None


_TO_COME = regex(r"(?<!\w)(?:[Mm]ục tiêu|[Pp]hấn đấu|sẽ|quyết tâm|[Đđ]ể|[Nn]hằm|cần|phải)(?!\w)")
_FULFILLED = regex(
    r"(?<!phải )(?<!để )(?<!cần )(?<!sẽ )(?<!nhằm )(?<!tâm )(?<!đấu )"
    r"(?:hoàn thành|thực hiện đạt|[Kk]ết quả(?: thực hiện)?|[Tt]ình hình thực hiện)"
    r"(?: vượt mức| tốt| cơ bản| toàn diện)?"
    r"(?: các| toàn bộ| nhiều| hầu hết| \d+/\d+)* $"
)
"""Right before "chỉ tiêu", that it was reached: "hoàn thành các chỉ tiêu như: ..."."""
_TO_REACH = regex(
    r"(?:[Đđ]ể|[Nn]hằm|phấn đấu|quyết tâm|phải|cần|sẽ|bảo đảm|sớm) (?:\w+ ){0,2}(?:đạt|vượt) "
    r"(?:các )?mục tiêu[^;.]*$"
)
"""Before a number, an aim still to be reached."""


def _aimed_at_behind(m: Mention) -> Role | None:
    """What somebody aims at, said behind it: "kế hoạch 9 tỷ USD mà ngành đang hướng tới"."""
    if " mà " not in m.text[m.q.end : m.stop]:
        return None
    aimed = _AIMS_AT_IT.match(m.text, m.q.end, m.sentence.end)
    return "target" if aimed and not _WAS_REACHED.search(m.before(_REACH)) else None


_AIMS_AT_IT = regex(
    r"(?: [^\s,;.]+){0,3} mà (?:[^\s,;.]+ ){1,6}(?:hướng tới|hướng đến|đặt ra|đề ra|phấn đấu)(?!\w)"
)
_WAS_REACHED = regex(r"(?<!\w)(?:đã|vượt)(?!\w)[^;.]*$")


def _at_least(m: Mention) -> Role | None:
    """What is to be at least, by the words of its bound: "tối thiểu 20%"."""
    q = m.q
    aimed = q.bound_rule == "at_least" and m.says("target_bounds", q.start, q.number_start)
    return "target" if aimed else None


def _expected(m: Mention) -> Role | None:
    """What may come; "có thể kể đến" only tells what there is."""
    # "dự kiến 9 tháng đạt 8%, riêng quý III ước đạt 8,5%": what is estimated is there.
    since = max(m.clause, m.left) if m.q.estimated else m.clause
    expected = any(
        _TELLS.match(m.text, found.end()) is None
        for found in m.scan.words.find_all(said("plan"), since, m.q.number_start)
    )
    return "plan" if expected else None


_TELLS = regex(
    r" (?:kể|thấy|nói|nhận thấy|liệt kê|nhắc|điểm qua|khẳng định|nắm|sở hữu|theo dõi|tra cứu)(?!\w)"
)


def _planned(m: Mention) -> Role | None:
    """What is planned, or what somebody promises: "kế hoạch năm 2025 là 5 tỷ USD"."""
    before = m.text[max(m.sentence.start, m.q.start - 160) : m.q.start]
    if "ế hoạch" not in before and "ự toán" not in before and "cam kết" not in before:
        return None
    planned = (
        _PLAN_IS.match(m.text, m.sentence.start, m.q.start)
        or (m.q.unit != "percent" and _PLEDGED.search(before))
        or _PLANNED.search(before)
    )
    return "plan" if planned else None


_PLAN_IS = regex(r"(?:[-+*•–] ?)?(?:Kế hoạch|Dự toán)(?: cả)?(?: năm(?: \d{4}| nay| tới| sau)?)?: ")
"""At the head of a sentence: "Kế hoạch năm 2025: thu hút 25 dự án, vốn 3 tỷ USD"."""
_PLEDGED = regex(
    r"(?<!giá trị )(?<!trị giá )(?<!vốn )(?<!USD )(?<!heo )(?<!ác )(?<!đã )(?<!ược )cam kết"
    r" (?!đã|của|được|với|trong|này|và|là|đạt|thực)(?:[^\s,;.\d]+ ){0,8}(?:\(|với )?$"
)
"""Before an amount, that somebody promises it: "cam kết khoản vay"; "giá trị cam kết" is there."""
_PLANNED = regex(
    r"(?:[Kk]ế hoạch|[Dd]ự toán(?: thu| chi)?)(?: cả)?(?: năm(?: \d{4}| nay)?)?(?: là| :|:)?"
    r" *(?:\((?:thu hút |là |đạt )?)?$"
    r"|kế hoạch (?:đề|đặt) ra[^,;.]{0,30} là *$"
    r"|kế hoạch (?:vốn|năm|giải ngân)[^,;.]{0,40} là *$"
    r"|(?<!giải ngân )[Tt]ổng kế hoạch vốn(?: (?!đạt|thực|giải)[^\s,;.]+){0,6} *$"
)


def _by_a_year_to_come(m: Mention) -> Role | None:
    """What stands before a year to come: "đạt 5 tỷ USD vào năm 2030"."""
    year = m.scan.year
    horizon = _HORIZON.match(m.text, m.q.end, m.q.end + 24)
    later = year is not None and horizon is not None and int(horizon[1]) > year
    return "target" if later else None


_HORIZON = regex(r"[^,.;]{0,12}(?:vào|đến|trước) +năm +(\d{4})")


def _in_a_year_to_come(m: Mention) -> Role | None:
    """What stands behind a year to come, unless it was there by then."""
    year, leading = m.scan.year, _year_before_it(m)
    if year is None or leading is None or leading.year is None or leading.year <= year:
        return None
    if not m.scan.is_dated and _IS_SO.fullmatch(m.text, leading.end, m.q.start):
        # "năm 2022 là 3 tỷ USD, năm 2023 là 4 tỷ USD": which year it is now nobody says.
        return None
    # "thì đến năm 2013 đã xuất khẩu 6,68 triệu tấn" of a text that seems to be of 2006.
    return None if _DONE.search(m.text, leading.end, m.q.start) else "target"


def _year_before_it(m: Mention) -> Time | None:
    """The last year or span of years before a number that it is not compared with."""
    spans = ("year", "half", "range")
    leading = [t for t in m.times_before if t.kind in spans and not is_base(m.scan, t)]
    return leading[-1] if leading else None


_IS_SO = regex(r"[^;.]{0,60}(?<!\w)(?:là|đạt|có|ước|ước đạt|lên|tăng|giảm|còn)(?!\w)[^;.,]{0,16}")
_DONE = regex(r"(?<!\w)(?:đã|chỉ|mới)(?! (?:định|đề ra|đặt ra|xác định|thống nhất))(?!\w)")

_RULES: tuple[Callable[[Mention], Role | None], ...] = (
    _as_it_is_now,
    _likely,
    _forecast,
    _passed_aim,
    _goes_on_aiming,
    _aimed_at,
    _aimed_at_behind,
    _at_least,
    _expected,
    _planned,
    _by_a_year_to_come,
    _in_a_year_to_come,
)
"""In their order: the first that answers decides; what none speaks of is there."""


def plain_role(m: Mention) -> Role:
    """Actual, plan or target, by the words of the sentence up to the number."""
    for rule in _RULES:
        if (role := rule(m)) is not None:
            return role
    return "actual"
