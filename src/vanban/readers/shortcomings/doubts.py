"""What makes the words of a weakness name none: overcome, wished away, of others, of the world."""

import re

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, frame, turns
from vanban.readers.tasks.grammar import grammar
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
    front = said.end() if said is not None else start
    world = words.find(any_of("world"), start, min(end, front + 60))
    if world is not None and not scan.text.endswith("nhất ", start, world.start()):
        # "nhất thế giới về xuất khẩu" is no word on the world.
        return True
    if _DONE_WELL.match(scan.text, front) or words.lower.endswith(_OF_ALL, start, end):
        return True
    return _RESTATES.match(scan.text, front, end) is not None


def holds(scan: Scan, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a cue in a clause names a weakness there.

    Args:
        scan: the document.
        start: where the clause begins.
        end: where it ends.
        found: the cue.
    """
    words, cue, rule = scan.words, found.start(), found.lastgroup
    if _overcome(scan, cue, end) or _of_a_partner(scan, start, found):
        return False
    if _denied(scan, start, found):
        return False
    if rule == "only" and _NOT_ONLY.search(words.lower, start, cue):
        return False
    if rule == "abroad" and not _done_abroad(scan, start, cue):
        return False
    if rule in _SAID_OF_WHAT_IS_DEALT_WITH and _dealt_with(scan, start, cue):
        return False
    if _LOW.search(found[0]) and _GOOD_WHEN_LOW.search(words.lower, start, found.end()):
        return False
    if _SET_IN.search(words.lower, start, cue) or _of_the_world(scan, start, cue):
        return False
    turn = words.find(turns(), start, cue)
    low = max(turn.end() if turn else start, cue - _NOT_IN_REACH)
    return not _wished_away(scan, low, cue)


_DONE_WELL = regex(
    r"(?:đã )?(?:[Dd]uy trì|[Tt]hực hiện|[Ll]àm|[Tt]ổ chức|[Hh]oàn thành)(?: rất)?"
    r" (?:tốt|xuất sắc|thành công|vượt)(?!\w)"
)
_OF_ALL = ("toàn thế giới", "toàn cầu", "khắp thế giới")
"""At its end, a clause speaks of the world at large."""
_RESTATES = regex(r"(?:Tình trạng|Thực trạng|Điều|Việc) (?:này|trên|đó)[^;.]{0,90} có thể ")
"""What may come of the one told before is no other."""
_SET_IN = regex(
    r"được [^,;.]{0,30} trong bối cảnh[^;.]*$"
    r"|(?<!\w)(?:trong|trước) (?:những |các )?"
    r"(?:bối cảnh|điều kiện|hoàn cảnh|tình hình)[^,;.]{0,120}$"
    r"|(?<!\w)nếu(?!\w)[^;.]{0,200}$"
)
"""Words before a cue that make what it names the setting of something else, or only thought of."""


def _of_the_world(scan: Scan, start: int, cue: int) -> bool:
    """Whether what a cue names befalls the world at large: its subject is that, not one of ours."""
    low = max(start, cue - 70)
    for m in scan.words.find_all(any_of("world"), low, cue):
        if scan.text.endswith("nhất ", start, m.start()):
            continue
        if _OURS.search(scan.words.lower, m.end(), cue) is None:
            return True
    return False


_OURS = regex(r"[,;:]|(?<!\w)(?:khiến|làm|doanh nghiệp|việt nam|nước ta|ta|tỉnh|ngành|đến)(?!\w)")
_LOW = regex(r"thấp|giảm|đi xuống|thu hẹp|chững lại|lao dốc")
_GOOD_WHEN_LOW = regex(
    r"(?<!\w)(?:lạm phát|cpi|thất nghiệp|lãi suất|nợ công|nợ xấu|bội chi|hộ nghèo|nghèo đa chiều"
    r"|tội phạm|tử vong|phát thải|nhập siêu|rủi ro|tai nạn|vi phạm|số vụ|chi phí"
    r"|giá (?:xăng|cước))(?!\w)"
)


def _overcome(scan: Scan, start: int, end: int) -> bool:
    """Whether a clause says that what its cue names was overcome, not that it was not."""
    return any(
        not scan.words.lower.endswith(_NOT_SO, start, m.start())
        for m in scan.words.find_all(any_of("overcome"), start, end)
    )


_NOT_SO = ("chưa ", "không ", "khó ")
_LACKING = ("còn thiếu", "chưa có")


def _of_a_partner(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether what is lacking is lacking abroad: "Nhật Bản thiếu lao động"."""
    if found.lastgroup != "lack" and not found[0].startswith(_LACKING):
        return False
    return any(
        p.type == "country" and not scan.text[p.end : found.start()].strip()
        for p in scan.partners_between(start, found.start())
    )


def _denied(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether "không" stands before what would be one: "không né tránh trách nhiệm"."""
    return found.lastgroup in ("thin", "plight") and scan.words.lower.endswith(
        "không ", start, found.start()
    )


_NOT_ONLY = regex(r"không (?:phải|chỉ|riêng)[^,;.]{0,40}$")


def _done_abroad(scan: Scan, start: int, cue: int) -> bool:
    """Whether a partner does what a cue names: "phía Trung Quốc tăng cường kiểm soát"."""
    return any(
        p.type in ("country", "bloc")
        and _WILL.fullmatch(scan.text, p.end, cue) is not None
        and not scan.text.endswith(("với ", "cùng ", "sang ", "vào "), start, p.start)
        for p in scan.partners_between(start, cue)
    )


_WILL = regex(
    r" (?:\([^()]{1,20}\) )?(?:(?:đã|đang|sẽ|vừa|tiếp tục|dự kiến|liên tục|bắt đầu|cũng) )*"
)
_SAID_OF_WHAT_IS_DEALT_WITH = frozenset(
    {"thin", "hard", "lack", "this_is", "plight", "suffered", "happens", "weakness"}
)
_DEALT_WITH = regex(
    r"(?:tháo gỡ|khắc phục|giải quyết|xử lý|rà soát|thống kê|đôn đốc|bảo hộ|giúp đỡ|trợ giúp"
    r"|chăm lo|hỗ trợ|chia sẻ)"
    r"(?: (?!(?:còn|chưa|bị|vẫn|do|vì|mà|là)(?!\w))(?:\d[\d.,/]*|\w+)| và"
    r"|,(?= (?:khó khăn|vướng mắc|bất cập|có hiệu quả|hiệu quả|dứt điểm)| $)){0,16} $",
    re.IGNORECASE,
)
_OF_SEVERAL = regex(r"(?<!\w)(?:các|những)(?!\w)[^;.]{1,90}$")


def _dealt_with(scan: Scan, start: int, cue: int) -> bool:
    """Whether a cue only tells what something is done about: "rà soát các dự án có vướng mắc"."""
    if _DEALT_WITH.search(scan.text, start, cue) is not None:
        return True
    verb = grammar().verb.pattern.match(scan.text, _frame_end(scan, start, cue), cue)
    return verb is not None and _OF_SEVERAL.search(scan.text, verb.end(), cue) is not None


def _frame_end(scan: Scan, start: int, end: int) -> int:
    said = frame().match(scan.text, start, end)
    start = said.end() if said is not None and said.end() < end else start
    front = _CONTINUES.match(scan.text, start, end)
    return front.end() if front is not None else start


_CONTINUES = regex(r"(?:[-–+•*] *)?(?:(?:Tiếp tục|tiếp tục|Khẩn trương|khẩn trương) )?")


def _wished_away(scan: Scan, start: int, end: int) -> bool:
    """Whether what stands before a cue makes its clause a task, a result or a wish."""
    for m in scan.words.find_all(any_of("not_in"), start, end):
        if scan.words.lower.endswith("việc ", start, m.start()):
            # "Việc xử lý hồ sơ còn chậm" is one.
            continue
        if m[0] == "để" and _LEFT.match(scan.text, m.end()) is not None:
            continue
        # "Trong khi đó", "trong khi ..." only set one thing against another.
        if m[0] != "khi" or not scan.text.endswith("rong ", max(0, m.start() - 5), m.start()):
            return True
    return False


_LEFT = regex(r" (?:trống|mất|xảy ra|lại|lọt|ngỏ|quá hạn|tồn|lỡ|hở)(?!\w)")
"""Behind "để", what was let happen, not what for."""
