"""What a cue names is only spoken of, by its bare name or as a topic, or to be dealt with."""

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import turns
from vanban.readers.shortcomings.dealt import dealt_with, done_with_those, wished_away
from vanban.readers.shortcomings.doubts.told import Told

__all__ = ["SPOKEN_OF"]


def _by_bare_name(told: Told) -> bool:
    """Whether a cue is the bare name of what is talked of, not of what it is about."""
    return (
        told.rule in _BY_BARE_NAME
        and not told.words.lower().endswith(_SAYS_WHAT)
        and told.before(_TALKED_OF)
        and _OF_WHAT.match(told.lower, told.behind - 1) is None
    )


_BY_BARE_NAME = frozenset({"hard", "this_is", "weakness"})
_SAYS_WHAT = (" về", " do", " vì", " từ", " bởi")
_TALKED_OF = regex(
    r"(?<!\w)(?:nêu|trình bày|trao đổi|thảo luận|bàn|lắng nghe|phản ánh|tổng hợp|tiếp nhận|nắm bắt"
    r"|nhận diện|phân tích|đánh giá|tìm hiểu|giải đáp|làm rõ|đề cập|báo cáo|ghi nhận"
    r"|rà soát|chia sẻ|thông tin|tập hợp)"
    r"(?: ra| lên| thêm| bật| tới| đến)?(?:(?: về)? (?:những |các )?vấn đề(?: \w+){1,4} cũng như)?"
    r"(?: (?:các|những|một số|nhiều|về|cụ thể|rõ|ý kiến|đề xuất|kiến nghị|thuận lợi|khó khăn"
    r"|tồn tại|hạn chế|bất cập|vấn đề|và|tình hình|kết quả)|,)* $"
)
"""Of what is only talked of, by its bare name: "nêu khó khăn, vướng mắc và kiến nghị"."""
_OF_WHAT = regex(
    r".? ?(?!khi (?:rà soát|triển khai|thực hiện|hợp tác|tham gia|làm ăn|kinh doanh)(?!\w))"
    r"(?:do|về|trong (?!(?:việc|quá trình|hoạt động|công tác|hợp tác|triển khai|thực hiện|xuất khẩu"
    r"|sản xuất|kinh doanh|đầu tư|thời gian|lĩnh vực|quan hệ)(?!\w))|mặt bằng|thủ tục|cơ chế"
    r"|pháp lý|ở|từ|khi|vì|liên quan|như|là)(?!\w)"
)


def _only_that_there_are(told: Told) -> bool:
    """Whether a clause only says that there are difficulties: "vẫn còn không ít vướng mắc"."""
    front = max(told.start, told.scan.text.rfind(", ", told.start, told.cue) + 2)
    return _THERE_ARE.match(told.lower, front, told.end) is not None


_THERE_ARE = regex(
    r"\W*(?:(?:song|nhưng|tuy nhiên|thì|hiện|hiện nay|hiện tại|vẫn|đang|đã|cũng|có|còn|phải|rất|đó"
    r"|đến nay|bên cạnh|đồng thời|trong đó|trên thực tế|thực tế|cho rằng|khẳng định"
    r"|vấn đề|hơn|gần|\d+|không ít|nhiều|một số|những|các|gặp|đối mặt với|đặt ra)[ ,:]+)*"
    r"(?:(?:khó khăn|hạn chế|bất cập|tồn tại|vướng mắc|thách thức|trở ngại|khuyết điểm"
    r"|điểm nghẽn|yếu kém|rào cản)(?:, (?:và )?| và )?)+(?!\w)"
    r"(?: (?:nhất định|khác|phía trước|hiện nay|chung))?"
    r"(?:\W*$| (?:cần|phải|chưa được|đòi hỏi|chờ|để) (?:\w+\b ?){1,6}(?:\W*$|, (?!như|nhất|đặc)))"
)


def _to_be_solved(told: Told) -> bool:
    return told.behind_is(_TO_BE_SOLVED)


_TO_BE_SOLVED = regex(
    r"[^;.:]{0,40} cần (?:được |phải |sớm |tiếp tục )*(?:tháo|gỡ|giải|khắc|xử|quan tâm)\w*"
    r"(?!\w)(?![^;.]{0,60}(?:, (?:như|nhất là|đặc biệt)|:))"
)
"""Behind a bare name, what is to be done about it, where nothing says what it is."""


def _warned_of(told: Told) -> bool:
    return told.rule in _CHEATS and told.before(_WARNED_OF)


_CHEATS = frozenset({"fraud", "losing"})
_WARNED_OF = regex(
    r"(?<!\w)(?:cảnh báo|khuyến cáo|cập nhật|thông tin|phổ biến)"
    r"(?: (?!rằng|do|vì|đã|đang|bị)\w+|,){0,12}"
    r" (?:về|các|những|trước)(?: (?:các|những))?(?: (?:hiện tượng|hình thức|thủ đoạn|chiêu trò))? $"
)
"""Before a way of cheating, those who warn of it."""


def _a_topic(told: Told) -> bool:
    return told.before(_SPOKEN_OF)


_SPOKEN_OF = regex(
    r"(?<!\w)(?:trả lời|chất vấn|giải trình|thảo luận|trao đổi|bàn|làm rõ)(?: \w+){0,4}"
    r" về (?:tình trạng|thực trạng|việc|vấn đề) [^,;.:]*$"
)
"""Before what is only spoken of, by whatever name."""


def _of_those_with_whom(told: Told) -> bool:
    return done_with_those(told.scan, told.start, told.cue)


def _is_dealt_with(told: Told) -> bool:
    return told.rule in _SAID_OF_WHAT_IS_DEALT_WITH and dealt_with(told.scan, told.start, told.cue)


_SAID_OF_WHAT_IS_DEALT_WITH = frozenset(
    {"thin", "hard", "lack", "this_is", "plight", "suffered", "happens", "weakness", "slow"}
    | {"adverse", "low", "high", "meets"}
)


def _is_wished_away(told: Told) -> bool:
    turn = told.scan.words.find(turns(), told.start, told.cue)
    low = max(turn.end() if turn else told.start, told.cue - _NOT_IN_REACH)
    return wished_away(told.scan, low, told.cue)


_NOT_IN_REACH = 34
"""Code points before a cue in which "khắc phục", "tháo gỡ" ... make it a task or a wish."""


SPOKEN_OF = (
    _by_bare_name,
    _only_that_there_are,
    _to_be_solved,
    _warned_of,
    _of_those_with_whom,
    _is_dealt_with,
    _a_topic,
    _is_wished_away,
)
