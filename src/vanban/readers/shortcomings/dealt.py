"""What is done about a weakness where it is named: dealt with, wished away, helped through."""

import re

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of
from vanban.readers.shortcomings.orders import stopped_abroad
from vanban.readers.shortcomings.subjects import frame_end
from vanban.readers.tasks.grammar import grammar
from vanban.scan import Scan

__all__ = ["dealt_with", "done_with_those", "wished_away"]

_DEALT_WITH = regex(
    r"(?:tháo gỡ|khắc phục|giải quyết|xử lý|rà soát|thống kê|đôn đốc|bảo hộ|giúp đỡ|trợ giúp"
    r"|truy xuất|thu hồi"
    r"|chăm lo|(?<!nghiệp )hỗ trợ|chia sẻ)"
    r"(?: (?!(?:còn|chưa|bị|vẫn|do|vì|mà|là)(?!\w))(?:\d[\d.,/]*|\w+)| và"
    r"|,(?= (?:khó khăn|vướng mắc|bất cập|có hiệu quả|hiệu quả|dứt điểm)| $)){0,16} $",
    re.IGNORECASE,
)
_A_WORK = regex(r"(?<!\w)(?:việc|(?<!tổ )công tác|hoạt động|tiến độ|khâu|quá trình) $")
"""Before what is done, these make it the subject: "công tác rà soát hồ sơ lúng túng"."""
_OF_THE_OBJECT = regex(r"gặp|gây|đang|đối|đứng|chịu|khó khăn|vướng|hạn chế|bất cập|tồn tại|rào cản")
_NAMES_ONE = regex(
    r"(?:khó khăn|vướng|hạn chế|bất cập|tồn tại|rào cản|điểm nghẽn|trở ngại|thách thức|yếu kém)"
)
_TOLD_OF_THOSE = rare(
    r"(?<!\w)(?:[Hh]ỗ trợ|[Gg]iúp đỡ|[Gg]iúp|[Qq]uan tâm|[Tt]háo gỡ|[Gg]iải quyết|[Xx]ử lý"
    r"|[Kk]hắc phục|[Tt]rao đổi|[Tt]hảo luận|[Bb]àn|[Rr]à soát|[Đđ]ồng hành)"
    r"(?: (?:về|với|cùng|tới|đến))?"
    r" (?:các|những|một số)(?: (?!(?:nhưng|song|mà|vì|do|tuy|khi)(?!\w))\w+){1,5} (?:đang |hiện )?$"
)
"""Those with whom or of which something is done: "hỗ trợ các doanh nghiệp còn gặp khó khăn"."""
_STRICKEN = rare(
    r"(?<!\w)(?:ủng hộ|cứu trợ|viện trợ|giúp đỡ|chia sẻ với)(?: (?!bị|do)\w+){0,3}"
    r" (?:nhân dân|người dân|đồng bào|bà con|các nạn nhân)(?: (?!còn|vẫn|chưa)\w+){0,5} $"
)
"""Those to whom help goes: "ủng hộ nhân dân nước bạn bị thiên tai"."""
_TO_THEM = regex(
    r"(?<!\w)(?:cho|giúp|tới|đến|với) (?:các|những|người|bà con)"
    r"(?! (?:yêu cầu|quy định|tiêu chuẩn|thủ tục|rào cản|điều kiện|biện pháp))"
    r"(?: (?!(?:còn|chưa|vẫn|thường|luôn)(?!\w))\w+){0,4} (?:đang |bị )?$"
)
"""To whom something is done: "cung cấp gạo cho các nước đang thiếu"."""
_OF_SEVERAL = regex(
    r"(?<!\w)(?:các|những)(?!\w)"
    r"(?:(?! (?:trong khi|nhưng|song|lại|cho thấy|cho biết|rằng)(?!\w))[^;.]){1,90}$"
)


def done_with_those(scan: Scan, start: int, cue: int) -> bool:
    """Whether a cue only tells with whom something is done: "hỗ trợ các xưởng còn khó khăn".

    Args:
        scan: the document.
        start: where the clause begins.
        cue: where the cue begins.
    """
    if _STRICKEN.search(scan.words.lower, start, cue) is not None:
        return True
    those = _TOLD_OF_THOSE.search(scan.text, start, cue)
    return those is not None and _A_WORK.search(scan.words.lower, start, those.start()) is None


def dealt_with(scan: Scan, start: int, cue: int) -> bool:
    """Whether a cue only tells what something is done about: "rà soát các dự án có vướng mắc".

    Args:
        scan: the document.
        start: where the clause begins.
        cue: where the cue begins.
    """
    dealt = _DEALT_WITH.search(scan.text, start, cue)
    if dealt is not None and (
        _OF_THE_OBJECT.match(scan.words.lower, cue) is not None
        or _A_WORK.search(scan.words.lower, start, dealt.start()) is None
    ):
        return True
    if _TO_THEM.search(scan.words.lower, start, cue) is not None:
        return True
    if scan.words.lower.endswith(_AS_A_RULE, start, cue):
        # "Tổ chức các đoàn thường gặp khó khăn": the verb and its object are what meets them.
        return False
    verb = grammar().verb.pattern.match(scan.text, frame_end(scan, start, cue), cue)
    return verb is not None and _OF_SEVERAL.search(scan.text, verb.end(), cue) is not None


_AS_A_RULE = ("thường ", "luôn ", "hay ")


_REMAINS = ("còn ", "vẫn ", "chưa ")


def wished_away(scan: Scan, start: int, end: int) -> bool:
    """Whether what stands before a cue makes its clause a task, a result or a wish.

    Args:
        scan: the document.
        start: how far before the cue to look.
        end: where the cue begins.
    """
    for m in scan.words.find_all(any_of("not_in"), start, end):
        if scan.words.lower.endswith(_A_WAY, start, m.start()) and (
            _NAMES_ONE.match(scan.words.lower, end) is None
        ):
            # "Việc xử lý hồ sơ còn chậm" is one.
            continue
        if _A_FIELD.search(scan.words.lower, start - _FIELD, m.start()) is not None:
            # "Công tác tuyên truyền, phòng chống cháy rừng còn hạn chế" is one.
            continue
        if m[0] in _GRANTED and ", " in scan.text[m.end() : end]:
            continue
        behind = min(m.end() + 1, len(scan.text))
        if m[0] in _ASKED and stopped_abroad(scan, behind):
            continue
        if m[0] == "chống" and _NAMED.match(scan.words.lower, m.end()) is not None:
            continue
        if m[0] == "gỡ" and scan.words.lower.endswith("gặp ", start, m.start()):
            # "gặp gỡ" is to meet.
            continue
        if m[0] == "để" and _LEFT.match(scan.text, m.end()) is not None:
            continue
        if m[0] == "yêu cầu" and scan.words.lower.endswith(_AS_A_NOUN, start - 9, m.start()):
            continue
        if m[0] == "khi" and _STILL.match(scan.words.lower, m.end()) is not None:
            continue
        if (
            m[0] == "khi"
            and scan.words.lower.endswith("sau ", start, m.start())
            and scan.words.lower.startswith(_REMAINS, end)
        ):
            # "Việc triển khai sau khi ký còn chậm"
            continue
        # "Trong khi đó", "trong khi ..." only set one thing against another.
        if m[0] != "khi" or not scan.text.endswith("rong ", max(0, m.start() - 5), m.start()):
            return True
    return False


_A_WAY = ("việc ", "cách ", "tiến độ ", "quá trình ", "khâu ")
"""Before what is done, these make it what is told of."""
_A_FIELD = regex(r"(?<!\w)công tác(?: \w+){1,4}(?:, \w+){0,2}, $")
"""Right before what is done, that it is one of several parts of a work told of."""
_FIELD = 60
"""Code points before what is done in which the work is named."""
_NAMED = regex(r" (?:dịch|bán phá giá|trợ cấp|lẩn tránh|(?:mất|phá|suy thoái) rừng)(?!\w)")
"""Behind "chống", what makes it part of a name, nothing that somebody does about a weakness."""
_AS_A_NOUN = ("các ", "những ", "đáp ứng ", "đảm bảo ", "bảo đảm ")
_STILL = regex(
    r" (?:vẫn|mà|(?:dịch|dịch bệnh|đại dịch|sự cố)(?: [\w-]+){0,2} (?:xảy ra|bùng phát)"
    r"|(?:thực thi|triển khai|áp dụng|thực hiện|vào thực tế)(?: \w+){0,2} lại)(?!\w)"
)
_GRANTED = ("mặc dù", "dù", "bất chấp")
_ASKED = ("đề nghị", "yêu cầu")
_LEFT = regex(r" (?:trống|mất|xảy ra|lại|lọt|ngỏ|quá hạn|tồn|lỡ|hở)(?!\w)")
"""Behind "để", what was let happen, not what for."""
