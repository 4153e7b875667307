"""Clauses that name no weakness whatever words stand in them."""

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, cues, frame
from vanban.readers.shortcomings.subjects import after_setting
from vanban.readers.shortcomings.topics import HOME
from vanban.scan import Scan

__all__ = ["speaks_of_none"]


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
    # "nhất thế giới về xuất khẩu" is no word on the world; behind a cue it is only its setting,
    # and so it is before a turn: "lớn trên thế giới nhưng ...".
    if (
        world is not None
        and not scan.text.endswith(("nhất ", "ra "), start, world.start())
        and not words.has(cues(), front, world.start())
        and (scan.text.startswith(_SETS, front) or not words.has(any_of("turns"), world.end(), end))
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


_SETS = ("Trong bối cảnh", "Trước bối cảnh", "Giữa bối cảnh")
_DONE_WELL = regex(
    r"(?:đã )?(?:[Dd]uy trì|[Tt]hực hiện|[Ll]àm|[Tt]ổ chức|[Hh]oàn thành)(?: rất)?"
    r" (?:tốt|xuất sắc|thành công|vượt)(?!\w)"
)
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
