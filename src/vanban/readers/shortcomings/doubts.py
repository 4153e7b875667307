"""What makes the words of a weakness name none: overcome, wished away, of others, of the world."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, cues, frame, turns
from vanban.readers.shortcomings.dealt import dealt_with, done_with_those, wished_away
from vanban.readers.shortcomings.polarity import Named
from vanban.readers.shortcomings.subjects import (
    BEFALLS,
    after_setting,
    done_abroad,
    frame_end,
    of_a_partner,
    of_the_world,
)
from vanban.readers.shortcomings.topics import HOME, WORLDWIDE
from vanban.scan import Scan

__all__ = ["holds", "speaks_of_none"]

_NOT_IN_REACH = 34
"""Code points before a cue in which "khắc phục", "tháo gỡ" ... make it a task or a wish."""


def speaks_of_none(scan: Scan, start: int, end: int) -> bool:
    """Whether a clause as a whole names no weakness: it tells of the world, or of work well done.

    Args:
        scan: the document.
        start: where the clause begins.
        end: where it ends.
    """
    words = scan.words
    said = frame().match(scan.text, start, end)
    front = after_setting(scan, said.end() if said is not None else start, end)
    world = words.find(any_of("world"), front, min(end, front + 60))
    # "nhất thế giới về xuất khẩu" is no word on the world; behind a cue it is only its setting.
    if (
        world is not None
        and not scan.text.endswith(("nhất ", "ra "), start, world.start())
        and not words.has(cues(), front, world.start())
    ):
        return True
    if _DONE_WELL.match(scan.text, front):
        return True
    if _NOT_OURS.search(words.lower, front, end) is not None:
        return True
    if words.lower.endswith(_OF_ALL, start, end) and HOME.search(words.lower, start, end) is None:
        return True
    if _ONLY_A_TOPIC.fullmatch(scan.text, front, end) is not None:
        return True
    return _RESTATES.match(scan.text, front, end) is not None


_IF = regex(r"\W*(?:(?:trong )?trường hợp|nếu)(?!\w)")
_FELL_BY = regex(r"(?:giảm|sụt)(?! (?:mạnh|sâu|tới|nghiêm|thê))[^;,.]{0,34}\d")
_COUNTED_LEFT = regex(r"(?:số phương tiện|lượng xe|số xe)[^;,.]{0,50} tồn [^;,.]{0,50}là \d")


def holds(scan: Scan, start: int, end: int, found: Named) -> bool:
    """Whether a cue in a clause names a weakness there.

    Args:
        scan: the document.
        start: where the clause begins.
        end: where it ends.
        found: the cue.
    """
    words, cue, rule = scan.words, found.start(), found.lastgroup
    told = found.end() if rule in ("low", "high", "meets") or "giảm" in found[0] else cue
    if _overcome(scan, told, end) or of_a_partner(scan, start, found):
        return False
    if _denied(scan, start, found):
        return False
    if _IF.match(words.lower, start, cue) and words.lower.find(", ", start, cue) < 0:
        # "Trường hợp có vướng mắc vượt thẩm quyền, Bộ A báo cáo": what may come.
        return False
    if rule == "below" and _FELL_BY.search(words.lower, cue, end) is not None:
        # "xuất khẩu cà phê giảm 14%": a figure.
        return False
    if rule == "queue" and _COUNTED_LEFT.search(words.lower, start, end) is not None:
        # "lượng xe tồn đến 20h là 549 xe": a count of a day.
        return False
    if rule == "only" and not _too_little(scan, start, found, end):
        return False
    if rule in _BY_BARE_NAME and _is_only_talked_of(scan, start, found):
        return False
    if _only_that_there_are(scan, start, found, end):
        return False
    if _TO_BE_SOLVED.match(words.lower, found.end(), end) is not None:
        return False
    if rule in _ACTS and _against_others(scan, start, found, end):
        return False
    if rule in _CHEATS and _WARNED_OF.search(words.lower, start, cue) is not None:
        return False
    if found[0].endswith("đáng kể") and _NO_HARM.search(words.lower, start, cue) is not None:
        return False
    if rule == "not_yet" and _WHERETO.search(words.lower, start, cue) is not None:
        return False
    if _A_YEAR.match(words.lower, start, cue) and _HAS_BECOME.search(words.lower, cue, end):
        return False
    if _LONG_PAST.match(words.lower, start, cue) is not None:
        return False
    if rule == "closed" and "thành lập mới" in words.lower[max(0, start - _COUNTED) : end]:
        return False
    if _PAST.match(words.lower, start, cue) and _NOW.search(words.lower, found.end(), end):
        return False
    if rule in _ACTS and _BY_OURS.search(words.lower, start, cue) is not None:
        return False
    if _PUNISHED.search(words.lower, start, end) is not None:
        return False
    if rule == "abroad" and not done_abroad(scan, start, cue):
        return False
    if done_with_those(scan, start, cue):
        return False
    if rule in _SAID_OF_WHAT_IS_DEALT_WITH and dealt_with(scan, start, cue):
        return False
    if _LOW.search(found[0]) and _GOOD_WHEN_LOW.search(words.lower, start, found.end()):
        return False
    if "thấp" in found[0] and _A_DUTY.search(words.lower, start, cue) is not None:
        return False
    if words.lower.endswith(_FORBIDDEN, start, cue):
        return False
    if found[0].startswith("quá ") and words.lower.endswith("không ", start, cue):
        return False
    if _CUT.search(words.lower, start, found.end() - len(found[0])) or _SPOKEN_OF.search(
        words.lower, start, cue
    ):
        return False
    if rule in _OF_CHALLENGES and _AND_CHANCES.match(words.lower, found.end(), end):
        return False
    if _TO_OUR_GAIN.match(words.lower, found.end(), end) is not None:
        return False
    if _SET_IN.search(words.lower, start, cue) or of_the_world(scan, start, cue):
        return False
    if WORLDWIDE.search(words.lower, start, found.end()) and not HOME.search(
        words.lower, start, end
    ):
        return False
    if cue < after_setting(scan, frame_end(scan, start, cue), end):
        return False
    if found[0].lower().endswith("phức tạp") and _UNFOLDS.search(words.lower, start, cue):
        return False
    if "khó khăn" in found[0].lower() and _TIMES.search(words.lower, start, cue) is not None:
        return False
    if (
        _WHICHEVER.search(words.lower, start, found.end())
        and words.lower.find(" thì ", cue, end) > 0
    ):
        # "Cơ quan nào chưa có báo cáo thì giải trình"
        return False
    if _FROM.search(words.lower, start, cue) and _BECAME.search(words.lower, found.end(), end):
        return False
    if _CONCEDES.fullmatch(words.lower, start, cue) is not None:
        return False
    if _IN_FRONT.fullmatch(words.lower, start, cue) is not None:
        return False
    if rule in ("high", "low") and _WITH.fullmatch(words.lower, start, cue) is not None:
        return False
    if rule in _OF_OTHERS and _OTHERS.search(words.lower, start, cue) is not None:
        return False
    turn = words.find(turns(), start, cue)
    low = max(turn.end() if turn else start, cue - _NOT_IN_REACH)
    return not wished_away(scan, low, cue)


def _against_others(scan: Scan, start: int, found: Named, end: int) -> bool:
    """Whether a duty or a ban is another's against a third: "Nhật Bản siết xuất sang Hàn Quốc"."""
    if HOME.search(scan.words.lower, start, end) is not None:
        return False
    return any(
        p.type in ("country", "bloc") and scan.text.endswith(_AGAINST, start, p.start)
        for p in scan.partners_between(found.end(), min(end, found.end() + _OBJECT))
    ) or any(
        p.type in ("country", "bloc") and scan.text.startswith((" bị ", " đang bị "), p.end)
        for p in scan.partners_between(start, found.start())
    )


_AGAINST = ("sang ", "với ", "từ ", "lên ", "hàng ", "hàng hóa ")
_OBJECT = 110
"""Code points behind a measure in which it is told whom it is against."""
_CHEATS = frozenset({"fraud", "losing"})
_WARNED_OF = regex(
    r"(?<!\w)(?:cảnh báo|khuyến cáo|cập nhật|thông tin|phổ biến)"
    r"(?: (?!rằng|do|vì|đã|đang|bị)\w+|,){0,12}"
    r" (?:về|các|những|trước)(?: (?:các|những))?(?: (?:hiện tượng|hình thức|thủ đoạn|chiêu trò))? $"
)
"""Before a way of cheating, those who warn of it."""
_NO_HARM = regex(
    r"(?<!\w)(?:ảnh hưởng|tác động|thiệt hại|rủi ro|chênh lệch|biến động)(?!\w)[^;.]*$"
    r"|(?<!\w)(?:tăng|giảm) $"
)
"""Before "không đáng kể", what it is well to have little of."""
_WHERETO = regex(
    r"(?:sang|tới|đến) (?:các|những) (?:nước|quốc gia|thị trường|khu vực|địa bàn)(?: \w+){0,3} $"
    r"|(?<!\w)nhiều (?:tiềm năng|dư địa|lợi thế|cơ hội)[^,;.]{0,30}$"
)
"""Before what is not yet so, the place that it tells: "sang các nước chưa có đường bay"."""
_PAST = regex(r"\W*(?:trước (?:đây|kia|đó)|từng|ngày trước)(?!\w)")
_NOW = regex(r"(?<!\w)(?:nay|giờ|giờ đây|hiện|hiện nay|đến nay|thì nay)(?!\w)")
_LONG_PAST = regex(r"\W*(?:những|các) (?:năm|thời gian|giai đoạn) trước(?!\w)")
_COUNTED = 400
"""Code points before firms that close in which new ones are counted with them: a statistic."""
_A_YEAR = regex(r"\W*(?:vào |từ )?năm \d{4}(?!\d)")
_HAS_BECOME = regex(r"(?<!\w)nay(?: \w+){0,3} đã(?!\w)")
"""What was so before, and is otherwise now."""
_OF_OTHERS = BEFALLS | {"nobody"}
_ACTS = frozenset({"complaint", "trade_measure", "abroad", "brings"})
_BY_OURS = regex(
    r"(?:(?:bộ công thương|cục phòng vệ thương mại)(?: việt nam)?"
    r"|(?<!từ )(?<!vào )(?<!cho )(?<!với )(?<!của )(?<!sang )việt nam)"
    r"(?: (?:đã|đang|sẽ|vừa|chính thức|tiếp tục|ra|ban hành|quyết định|việc))* $"
)
"""Before a duty or a case, those of ours who lay or open it against others."""
_PUNISHED = rare(
    r"vi phạm (?:đều |sẽ |đã )?bị (?:phạt|xử)|(?<!\w)(?:sẽ|có thể) (?:\w+ )?bị (?:phạt|buộc"
    r"|xử (?:lý|phạt)|truy|khởi tố"
    r"|trục xuất|tước|kỷ luật)(?!\w)"
)
"""What the law has in store for whoever breaks it."""
_DONE_WELL = regex(
    r"(?:đã )?(?:[Dd]uy trì|[Tt]hực hiện|[Ll]àm|[Tt]ổ chức|[Hh]oàn thành)(?: rất)?"
    r" (?:tốt|xuất sắc|thành công|vượt)(?!\w)"
)
_A_DUTY = regex(r"(?<!\w)thuế(?!\w)[^,;.]{0,110}$")
"""A duty that is low is no obstacle."""
_NOT_OURS = regex(
    r"không (?:phải|liên quan)(?: \w+){0,6} việt nam"
    r"|không có(?: \w+){1,5} việt nam(?: \w+){0,4} bị "
)
"""Of goods that are not ours: "gạo bị tạm giữ không phải gạo Việt Nam"."""
_OF_ALL = ("toàn thế giới", "toàn cầu", "khắp thế giới")
"""At its end, a clause speaks of the world at large, if it names nobody of ours."""
_ONLY_A_TOPIC = regex(
    r"\W*(?:Về|Liên quan (?:đến|tới)|Đối với|Trước) (?:vấn đề|tình trạng|tình hình|những|các) "
    r"[^,;.:]+"
)
"""What is spoken of, before who says what of it."""
_RESTATES = regex(
    r"Đây (?:cũng |chính )?là (?:một )?(?:điều|thực trạng|dấu hiệu|tín hiệu)"
    r" (?:hết sức |rất )?đáng "
    r"|(?:Tình trạng|Thực trạng|Điều|Việc) (?:này|trên|đó)[^;.]{0,90} có thể "
)
"""What may come of the one told before is no other."""
_CUT = regex(
    r"(?<!\w)(?:bỏ|bãi bỏ|loại bỏ|xóa bỏ|cắt|cắt giảm|giảm|giảm bớt|đơn giản hóa|rút ngắn)"
    r"(?: (?:các|những|nhiều|bớt|hơn|gần|hàng loạt|một số|\d+))* $"
    r"|(?<!\w)(?:giải phóng|giải tỏa|cho phép)(?: (?:doanh nghiệp|các|lượng|số|hàng))* $"
)
"""Before what is a burden, that it is taken away."""
_FORBIDDEN = (
    "không phải ",
    "không được ",
    "không được gây ",
    "nghiêm cấm ",
    "tuyệt đối không ",
    "không nên ",
    "chấm dứt ",
)
_SPOKEN_OF = regex(
    r"(?<!\w)(?:trả lời|chất vấn|giải trình|thảo luận|trao đổi|bàn|làm rõ)(?: \w+){0,4}"
    r" về (?:tình trạng|thực trạng|việc|vấn đề) [^,;.:]*$"
)
"""Before what is only spoken of, by whatever name."""
_OF_CHALLENGES = frozenset({"hard", "reveals", "brings", "meets", "cannot"})
_AND_CHANCES = regex(r" (?:và|lẫn|cũng như) (?:cả )?(?:những |các )?(?:cơ hội|thời cơ|thuận lợi)")
"""Behind a challenge, that there are chances too."""
_TO_OUR_GAIN = regex(
    r"[^,;.]{0,30},? (?:giúp|tạo cơ hội|mở ra|là cơ hội|tạo điều kiện|đem lại lợi thế)(?!\w)"
)
"""Behind what befalls others, what we gain by it."""
_SET_IN = rare(
    r"^\W*(?:trong )?trường hợp [^;.]*$|"
    r"được [^,;.]{0,30} trong bối cảnh[^;.]*$"
    r"|(?<!\w)(?:trong|trước) (?:những |các )?"
    r"(?:bối cảnh|điều kiện|hoàn cảnh|tình hình)[^,;.]{0,120}$"
    r"|(?<!\w)(?:giữa|trong|vào) lúc (?!này|đó|nào)[^,;.]{0,120}$"
    r"|diễn ra (?:trong|vào|giữa) (?:bối cảnh|thời điểm|lúc)[^;.]{0,300}$"
    r"|(?<!\w)nếu(?!\w)"
    r"(?! (?:so|xét|tính|nhìn|như (?:năm|trước|tháng|quý|giai|so))(?!\w))[^;]{0,200}$"
)
"""Words before a cue that make what it names the setting of something else, or only thought of."""
_FROM = regex(r"(?<!\w)từ (?:một|chỗ|là|quy mô|mức|con số|điểm)(?!\w)[^;.]{0,120}$")
_BECAME = regex(r"(?<!\w)(?:trở thành|vươn lên|đã có)(?!\w)")
"""From what it was, and that it became more."""
_IN_FRONT = regex(
    r"\W*(?:(?:sau|qua|từ chỗ|khác với|thay vì)(?: khi)? [^,;.]{0,90}"
    r"|(?:về|liên quan (?:đến|tới)|đối với)"
    r" (?:vấn đề|tình trạng|tình hình|việc (?:giải quyết|xử lý|tháo gỡ)) [^,;.]{0,60})"
)
_WITH = regex(r"\W*với [^,;.]{0,90}")
"""What opens a clause up to its first comma, before what the clause tells."""


_LOW = regex(r"thấp|giảm|đi xuống|thu hẹp|chững lại|lao dốc")
_GOOD_WHEN_LOW = regex(
    r"(?<!\w)(?:(?:mức )?sụt giảm [\d.,]+%|mức giảm|lạm phát|cpi|thất nghiệp|lãi suất"
    r"|nợ công|nợ xấu|nợ quá hạn|nguy cơ|tồn kho|bội chi|hộ nghèo|nghèo đa chiều"
    r"|tội phạm|tử vong|phát thải|nhập siêu|rủi ro|tai nạn|vi phạm|số vụ|chi phí"
    r"|giá (?:xăng|cước))(?!\w)"
)


def _overcome(scan: Scan, start: int, end: int) -> bool:
    """Whether a clause says that what its cue names was overcome, not that it was not."""
    end = min(end, start + _SOON_OVERCOME)
    closed = _CLOSED.search(scan.text, start, end)
    end = closed.start() if closed is not None else end
    return any(
        not scan.words.lower.endswith(_NOT_SO, start, m.start())
        for m in scan.words.find_all(any_of("overcome"), start, end)
    )


_SOON_OVERCOME = 110
"""Code points behind a cue in which what it names is said to be overcome."""
_CLOSED = regex(r"[”\"]")
_NOT_SO = ("chưa ", "không ", "khó ", "sụt ", "suy ", "tụt ")
_UNFOLDS = regex(
    r"(?<!\w)(?:tình hình|diễn biến|an ninh|thách thức|xung đột|căng thẳng)(?!\w)[^,;.]{0,60}$"
)
_BY_BARE_NAME = frozenset({"hard", "this_is", "weakness"})
_TO_BE_SOLVED = regex(
    r"[^;.:]{0,40} cần (?:được |phải |sớm |tiếp tục )*(?:tháo|gỡ|giải|khắc|xử|quan tâm)\w*"
    r"(?!\w)(?![^;.]{0,60}(?:, (?:như|nhất là|đặc biệt)|:))"
)
"""Behind a bare name, what is to be done about it, where nothing says what it is."""
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
_TIMES = regex(
    r"(?<!\w)(?:giai đoạn|thời kỳ|thời điểm|hoàn cảnh|lúc|những năm|điều kiện|bối cảnh|chặng đường)"
    r"(?:(?! (?:còn|gặp|vẫn))[^,;.]){0,25}$"
)
"""Times of hardship set a scene: "trong giai đoạn hết sức khó khăn"."""
_CONCEDES = regex(
    r"(?:\W*|[^;.]{0,120}[,:] )(?:mặc dù|dù|tuy(?! nhiên| vậy)|cho dù) "
    r"(?:(?!(?:nhưng|song|tuy nhiên|lại)(?!\w))[^,;.]){0,160}"
)
"""Before a cue, what is granted before the clause turns to what is well."""
_OTHERS = regex(
    r"(?<!\w)(?:đối thủ|(?:các|những|nhiều) (?:quốc gia|nước|nhà xuất khẩu) khác|nước khác)(?!\w)"
    r"(?:(?! (?:doanh nghiệp|việt nam|khiến|kéo theo) )[^;.]){0,140}$"
    r"|(?<!\w)trong số (?:các |những |\d+ )?(?:quốc gia|nước)(?: (?!việt|có|ta)\w+){0,8} $"
    r"|(?:cơ hội|hưởng lợi|lợi thế)[^,;.]{0,60} (?:do|khi|vì|nhờ)(?!\w)[^;.]{0,100}$"
    r"|(?:những|nhiều|các) (?:quốc gia|nước) $"
    r"|là (?:những|các) (?:quốc gia|nước) [^;.]{0,90}$"
    r"|so với (?:doanh nghiệp|hàng|các nhà)(?:(?!do |vì |vẫn |nên )[^;]){0,120}$"
)


_SAYS_WHAT = (" về", " do", " vì", " từ", " bởi")


def _is_only_talked_of(scan: Scan, start: int, found: Named) -> bool:
    """Whether a cue is the bare name of what is talked of, not of what it is about."""
    return (
        not found[0].lower().endswith(_SAYS_WHAT)
        and _TALKED_OF.search(scan.words.lower, start, found.start()) is not None
        and _OF_WHAT.match(scan.words.lower, found.end() - 1) is None
    )


def _only_that_there_are(scan: Scan, start: int, found: Named, end: int) -> bool:
    """Whether a clause only says that there are difficulties: "vẫn còn không ít vướng mắc"."""
    front = max(start, scan.text.rfind(", ", start, found.start()) + 2)
    return _THERE_ARE.match(scan.words.lower, front, end) is not None


_THERE_ARE = regex(
    r"\W*(?:(?:song|nhưng|tuy nhiên|thì|hiện|hiện nay|hiện tại|vẫn|đang|đã|cũng|có|còn|phải|rất|đó"
    r"|đến nay|bên cạnh|đồng thời|trong đó|trên thực tế|thực tế|cho rằng|khẳng định"
    r"|vấn đề|hơn|gần|\d+|không ít|nhiều|một số|những|các|gặp|đối mặt với|đặt ra)[ ,:]+)*"
    r"(?:(?:khó khăn|hạn chế|bất cập|tồn tại|vướng mắc|thách thức|trở ngại|khuyết điểm"
    r"|điểm nghẽn|yếu kém|rào cản)(?:, (?:và )?| và )?)+(?!\w)"
    r"(?: (?:nhất định|khác|phía trước|hiện nay|chung))?"
    r"(?:\W*$| (?:cần|phải|chưa được|đòi hỏi|chờ|để) (?:\w+\b ?){1,6}(?:\W*$|, (?!như|nhất|đặc)))"
)


def _denied(scan: Scan, start: int, found: Named) -> bool:
    """Whether "không" stands before what would be one: "không né tránh trách nhiệm"."""
    if found.lastgroup in ("adverse", "suffered", "hits", "low", "high"):
        return _NOR.search(scan.words.lower, start, found.start()) is not None
    if found.lastgroup == "makes":
        return _MAKES_NOT.search(scan.words.lower, start, found.start()) is not None
    return found.lastgroup in _OF_WHICH_NONE and scan.words.lower.endswith(
        ("không ", "không bị ", "bớt ", "đỡ ", "hết "), start, found.start()
    )


_OF_WHICH_NONE = frozenset({"thin", "plight", "losing", "hits", "growing", "fraud"})
_NOR = regex(
    r"không (?:có )?[^,;.]{0,30} nào (?:\w+ )?$|chưa (?:ghi nhận|phát hiện|có)[^,;.]{0,40} $"
    r"|không bị [^,;.]{0,40} (?:hay|hoặc|và) $|\W*trong (?:giai đoạn|thời gian|thời kỳ) $"
)
"""Before what befalls: it does not, or did when something else was so."""
_MAKES_NOT = regex(r"không (?:dẫn|gây|làm)(?!\w)[^,;.]{0,40}$")


def _too_little(scan: Scan, start: int, found: Named, end: int) -> bool:
    """Whether "chỉ chiếm 7%" tells that it is little, not only how much it is."""
    lower = scan.words.lower
    if _NOT_ONLY.search(lower, start, found.start()) is not None:
        return False
    if not found[0].lower().startswith("chỉ"):
        return True
    return (
        _A_RATE.search(lower, start, found.start()) is not None
        or _MEASURED_BY.search(lower, found.start(), end) is not None
    )


_NOT_ONLY = regex(
    r"không (?:(?:phải|chỉ|riêng)[^,;.]{0,40})?$|\W*trước (?:đây|kia|đó)(?!\w)[^;.]*$"
)
_A_RATE = regex(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|thị phần|tỷ trọng|năng suất|năng lực|nhu cầu|giải ngân|nội địa hóa"
    r"|tận dụng|nhân lực|tuy nhiên|nhưng|song|vẫn|mới|cũng|tuy|dù|đáng tiếc|trong khi)(?!\w)"
)
"""Before what there only is, what it is a part of, or that more was hoped for."""
_MEASURED_BY = regex(
    r"(?<!\w)(?:so với(?! (?:cùng|năm|tháng|quý))|trong khi|nhỏ|thấp|khiêm tốn|nhu cầu|tiềm năng"
    r"|yêu cầu|nên|dưới|chưa"
    r"|một nửa|một phần)(?!\w)"
)
"""Behind it, what shows that it is too little."""


_SAID_OF_WHAT_IS_DEALT_WITH = frozenset(
    {"thin", "hard", "lack", "this_is", "plight", "suffered", "happens", "weakness", "slow"}
    | {"adverse", "low", "high", "meets"}
)
_WHICHEVER = rare(r"(?<!\w)nào (?:mà )?(?:chưa|không|còn|chậm|để)")
