"""What a cue names is the setting or the condition of something else, or where it is told of."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.doubts.told import Told
from vanban.readers.shortcomings.subjects import after_setting, frame_end, of_the_world
from vanban.readers.shortcomings.topics import HOME, WORLDWIDE

__all__ = ["SETTINGS"]


def _if_it_comes(told: Told) -> bool:
    """Whether it is what may come: "Trường hợp có vướng mắc vượt thẩm quyền, Bộ A báo cáo"."""
    return (
        _IF.match(told.lower, told.start, told.cue) is not None
        and told.lower.find(", ", told.start, told.cue) < 0
    )


_IF = regex(r"\W*(?:(?:trong )?trường hợp|nếu)(?!\w)")


def _in_a_setting(told: Told) -> bool:
    return told.before(_SET_IN) or told.cue < after_setting(
        told.scan, frame_end(told.scan, told.start, told.cue), told.end
    )


_SET_IN = rare(
    r"^\W*(?:trong )?trường hợp [^;.]*$|"
    r"được [^,;.]{0,30} trong bối cảnh[^;.]*$"
    r"|(?<!\w)(?:trong|trước) (?:những |các )?"
    r"(?:bối cảnh|điều kiện|hoàn cảnh|tình hình)[^,;.]{0,120}$"
    r"|(?<!\w)(?:giữa|trong|vào) lúc (?!này|đó|nào)[^,;.]{0,120}$"
    r"|diễn ra (?:trong|vào|giữa) (?:bối cảnh|thời điểm|lúc)[^;.]{0,300}$"
    r"|(?<!\w)nếu(?!\w)"
    r"(?! (?:so|xét|tính|nhìn|như (?:năm|trước|tháng|quý|giai|so|tại|ở))(?!\w))[^;]{0,200}$"
)
"""Words before a cue that make what it names the setting of something else, or only thought of."""


def _of_all_the_world(told: Told) -> bool:
    return of_the_world(told.scan, told.start, told.cue) or bool(
        WORLDWIDE.search(told.lower, told.start, told.behind)
        and not HOME.search(told.lower, told.start, told.end)
    )


def _how_things_unfold(told: Told) -> bool:
    return told.words.lower().endswith("phức tạp") and told.before(_UNFOLDS)


_UNFOLDS = regex(
    r"(?<!\w)(?:tình hình|diễn biến|an ninh|thách thức|xung đột|căng thẳng)(?!\w)[^,;.]{0,60}$"
)


def _hard_times(told: Told) -> bool:
    return "khó khăn" in told.words.lower() and told.before(_TIMES)


_TIMES = regex(
    r"(?<!\w)(?:giai đoạn|thời kỳ|thời điểm|hoàn cảnh|lúc|những năm|điều kiện|bối cảnh|chặng đường)"
    r"(?:(?! (?:còn|gặp|vẫn))[^,;.]){0,25}$"
)
"""Times of hardship set a scene: "trong giai đoạn hết sức khó khăn"."""


def _whichever(told: Told) -> bool:
    """Whether it says of whom something holds: "Cơ quan nào chưa có báo cáo thì giải trình"."""
    return (
        _WHICHEVER.search(told.lower, told.start, told.behind) is not None
        and told.lower.find(" thì ", told.cue, told.end) > 0
    )


_WHICHEVER = rare(r"(?<!\w)nào (?:mà )?(?:chưa|không|còn|chậm|để)")


def _whereto(told: Told) -> bool:
    return told.rule == "not_yet" and told.before(_WHERETO)


_WHERETO = regex(
    r"(?:sang|tới|đến) (?:các|những) (?:nước|quốc gia|thị trường|khu vực|địa bàn)(?: \w+){0,3} $"
    r"|(?<!\w)nhiều (?:tiềm năng|dư địa|lợi thế|cơ hội)[^,;.]{0,30}$"
)
"""Before what is not yet so, the place that it tells: "sang các nước chưa có đường bay"."""


def _in_front(told: Told) -> bool:
    """Whether it stands in what opens a clause, before what the clause tells."""
    return _IN_FRONT.fullmatch(told.lower, told.start, told.cue) is not None or (
        told.rule in _STATES and _WITH.fullmatch(told.lower, told.start, told.cue) is not None
    )


_STATES = frozenset({"high", "low"})
_IN_FRONT = regex(
    r"\W*(?:(?:sau|qua|từ chỗ|khác với|thay vì)(?: khi)? [^,;.]{0,90}"
    r"|(?:về|liên quan (?:đến|tới)|đối với)"
    r" (?:vấn đề|tình trạng|tình hình|việc (?:giải quyết|xử lý|tháo gỡ)) [^,;.]{0,60})"
)
_WITH = regex(r"\W*với [^,;.]{0,90}")
"""What opens a clause up to its first comma, before what the clause tells."""


SETTINGS = (
    _if_it_comes,
    _whereto,
    _in_a_setting,
    _of_all_the_world,
    _how_things_unfold,
    _hard_times,
    _whichever,
    _in_front,
)
