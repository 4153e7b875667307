"""What a cue would name is not so: denied, overcome, taken away, well when low, no longer true."""

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of
from vanban.readers.shortcomings.doubts.told import Told

__all__ = ["DENIED"]


def _overcome(told: Told) -> bool:
    """Whether a clause says that what its cue names was overcome, not that it was not."""
    said = told.behind if told.rule in _WITH_ITS_STATE or "giảm" in told.words else told.cue
    end = min(told.end, said + _SOON_OVERCOME)
    closed = _CLOSED.search(told.scan.text, said, end)
    end = closed.start() if closed is not None else end
    return any(
        not told.lower.endswith(_NOT_SO, said, m.start())
        for m in told.scan.words.find_all(any_of("overcome"), said, end)
    )


_WITH_ITS_STATE = frozenset({"low", "high", "meets"})
_SOON_OVERCOME = 110
"""Code points behind a cue in which what it names is said to be overcome."""
_CLOSED = regex(r"[”\"]")
_NOT_SO = ("chưa ", "không ", "khó ", "sụt ", "suy ", "tụt ")


def _none_of_it(told: Told) -> bool:
    """Whether "không" stands before what would be one: "không né tránh trách nhiệm"."""
    if told.rule in _BEFALLING:
        return told.before(_NOR)
    if told.before(_HARMS_NOT):
        return True
    if told.rule == "makes":
        return told.before(_MAKES_NOT)
    return told.rule in _OF_WHICH_NONE and told.lower.endswith(_NONE, told.start, told.cue)


_BEFALLING = frozenset({"adverse", "suffered", "hits", "low", "high"})
_OF_WHICH_NONE = frozenset({"thin", "hard", "plight", "losing", "hits", "growing", "fraud"})
_NONE = ("không ", "không bị ", "bớt ", "đỡ ", "hết ")
_NOR = regex(
    r"không (?:có )?[^,;.]{0,30} nào (?:\w+ )?$|chưa (?:ghi nhận|phát hiện|có)[^,;.]{0,40} $"
    r"|không bị [^,;.]{0,40} (?:hay|hoặc|và) $|\W*trong (?:giai đoạn|thời gian|thời kỳ) $"
)
"""Before what befalls: it does not, or did when something else was so."""
_HARMS_NOT = regex(r"(?<!\w)(?:không|chưa)(?: hề)? (?:gây|để lại)(?: ra)?(?: \w+){0,3} $")
_MAKES_NOT = regex(r"không (?:dẫn|gây|làm)(?!\w)[^,;.]{0,40}$")


def _forbidden(told: Told) -> bool:
    return told.lower.endswith(_FORBIDDEN, told.start, told.cue)


_FORBIDDEN = (
    "không phải ",
    "không được ",
    "không được gây ",
    "nghiêm cấm ",
    "tuyệt đối không ",
    "không nên ",
    "chấm dứt ",
)


def _not_too(told: Told) -> bool:
    return told.words.startswith("quá ") and told.lower.endswith("không ", told.start, told.cue)


def _taken_away(told: Told) -> bool:
    first = told.behind - len(told.words)
    return _CUT.search(told.lower, told.start, first) is not None or told.before(_RESUMED)


_CUT = regex(
    r"(?<!\w)(?:bỏ|bãi bỏ|loại bỏ|xóa bỏ|cắt|cắt giảm|giảm|giảm bớt|đơn giản hóa|rút ngắn)"
    r"(?: (?:các|những|nhiều|bớt|hơn|gần|hàng loạt|một số|\d+))* $"
    r"|(?<!\w)(?:giải phóng|giải tỏa)(?: (?:doanh nghiệp|các|số|hàng|lượng(?: \w+){0,3}))* $"
    r"|(?<!\w)cho phép(?: (?:doanh nghiệp|các|lượng|số|hàng))* $"
)
"""Before what is a burden, that it is taken away."""
_RESUMED = regex(
    r"(?<!\w)(?:khởi động lại|nối lại|mở lại|trở lại|khôi phục)(?!\w)[^;.]{0,80}"
    r"(?<!\w)sau (?:\w+ ){1,4}$"
)
"""Before an interruption, that it is over."""


def _little_harm(told: Told) -> bool:
    return told.words.endswith("đáng kể") and told.before(_NO_HARM)


_NO_HARM = regex(
    r"(?<!\w)(?:ảnh hưởng|tác động|thiệt hại|rủi ro|chênh lệch|biến động)(?!\w)[^;.]*$"
    r"|(?<!\w)(?:tăng|giảm) $"
)
"""Before "không đáng kể", what it is well to have little of."""


def _well_when_low(told: Told) -> bool:
    if "thấp" in told.words and told.before(_A_DUTY):
        return True
    return (
        _LOW.search(told.words) is not None
        and _GOOD_WHEN_LOW.search(told.lower, told.start, told.behind) is not None
    )


_A_DUTY = regex(r"(?<!\w)thuế(?!\w)[^,;.]{0,110}$")
"""A duty that is low is no obstacle."""
_LOW = regex(r"thấp|giảm|đi xuống|thu hẹp|chững lại|lao dốc")
_GOOD_WHEN_LOW = regex(
    r"(?<!\w)(?:(?:mức )?sụt giảm [\d.,]+%|mức giảm|lạm phát|cpi|thất nghiệp|lãi suất"
    r"|nợ công|nợ xấu|nợ quá hạn|nguy cơ|tồn kho|bội chi|hộ nghèo|nghèo đa chiều"
    r"|tội phạm|tử vong|phát thải|nhập siêu|rủi ro|tai nạn|vi phạm|số vụ|chi phí"
    r"|giá (?:xăng|cước))(?!\w)"
)


def _to_our_gain(told: Told) -> bool:
    return told.behind_is(_TO_OUR_GAIN)


_TO_OUR_GAIN = regex(
    r"[^,;.]{0,30},? (?:giúp|tạo cơ hội|mở ra|là cơ hội|tạo điều kiện|đem lại lợi thế)(?!\w)"
)
"""Behind what befalls others, what we gain by it."""


def _with_chances(told: Told) -> bool:
    return told.rule in _OF_CHALLENGES and told.behind_is(_AND_CHANCES)


_OF_CHALLENGES = frozenset({"hard", "reveals", "brings", "meets", "cannot"})
_AND_CHANCES = regex(r" (?:và|lẫn|cũng như) (?:cả )?(?:những |các )?(?:cơ hội|thời cơ|thuận lợi)")
"""Behind a challenge, that there are chances too."""


def _granted(told: Told) -> bool:
    return _CONCEDES.fullmatch(told.lower, told.start, told.cue) is not None


_CONCEDES = regex(
    r"(?:\W*|[^;.]{0,120}[,:] )(?:mặc dù|dù|tuy(?! nhiên| vậy)|cho dù),? "
    r"(?:(?!(?:nhưng|song|tuy nhiên|lại)(?!\w))[^,;.]){0,160}"
)
"""Before a cue, what is granted before the clause turns to what is well."""


def _no_longer(told: Told) -> bool:
    """Whether it was so, and is otherwise now, or was so long ago."""
    lower, start, cue = told.lower, told.start, told.cue
    if _LONG_PAST.match(lower, start, cue) is not None:
        return True
    if _A_YEAR.match(lower, start, cue) and _HAS_BECOME.search(lower, cue, told.end):
        return True
    if _PAST.match(lower, start, cue) and _NOW.search(lower, told.behind, told.end):
        return True
    return bool(_FROM.search(lower, start, cue) and _BECAME.search(lower, told.behind, told.end))


_LONG_PAST = regex(r"\W*(?:những|các) (?:năm|thời gian|giai đoạn) trước(?!\w)")
_A_YEAR = regex(r"\W*(?:vào |từ )?năm \d{4}(?!\d)")
_HAS_BECOME = regex(r"(?<!\w)nay(?: \w+){0,3} đã(?!\w)")
"""What was so before, and is otherwise now."""
_PAST = regex(r"\W*(?:trước (?:đây|kia|đó)|từng|ngày trước)(?!\w)")
_NOW = regex(r"(?<!\w)(?:nay|giờ|giờ đây|hiện|hiện nay|đến nay|thì nay)(?!\w)")
_FROM = regex(r"(?<!\w)từ (?:một|chỗ|là|quy mô|mức|con số|điểm)(?!\w)[^;.]{0,120}$")
_BECAME = regex(r"(?<!\w)(?:trở thành|vươn lên|đã có)(?!\w)")
"""From what it was, and that it became more."""


DENIED = (
    _overcome,
    _none_of_it,
    _little_harm,
    _no_longer,
    _well_when_low,
    _forbidden,
    _not_too,
    _taken_away,
    _with_chances,
    _to_our_gain,
    _granted,
)
