"""Whom the frame of a word of telling names, before it or behind, and who is invited."""

import re
from functools import cache

from vanban.data import load
from vanban.gazetteer import province_at
from vanban.patterns import alternation, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import split_assignees

__all__ = ["behind_frame", "framed", "invited"]


def framed(clause: Clause, m: re.Match[str]) -> tuple[str, ...]:
    """Whom a frame before the verb of telling names: "Với các bộ, ngành, chúng tôi kiến nghị"."""
    frame = _frame_of_assignee().match(clause.scan.text, clause.start, m.start())
    if frame is not None:
        # "Với Nhật Bản, Thủ tướng đề nghị ..."
        for partner in clause.scan.partners_between(frame.start("who"), frame.start("who") + 1):
            if partner.end == frame.end("who"):
                return (clause.scan.text[partner.start : partner.end],)
    if frame is None or not grammar().assignee.pattern.match(frame["who"]):
        return ()
    return split_assignees(frame["who"])


@cache
def _frame_of_assignee() -> re.Pattern[str]:
    words = alternation(load("tasks")["assignee_frames"])
    return regex(rf"(?:{words}) +(?P<who>(?:[^,;:.]|, +(?=ngành|thành phố|ban|địa phương))+),")


def behind_frame(clause: Clause, at: int) -> int:
    """Past a frame behind a verb of telling: "lưu ý ngoài giá thành, doanh nghiệp cần ..."."""
    scan, g = clause.scan, grammar()
    if (hopes := _AND_HOPES.match(scan.text, at, clause.end)) is not None:
        at = hopes.end()
    to_whom = _TO_WHOM.match(scan.text, at, clause.end)
    if to_whom is not None and scan.words.match(g.assignee, to_whom.end(), clause.end):
        return at
    frame = (
        _WHEN.match(scan.text, at, clause.end)
        or _TO_AN_END.match(scan.text, at, clause.end)
        or scan.words.match(g.frame, at, clause.end)
    )
    if frame is None or scan.words.match(g.verb, at, clause.end) is not None:
        return at
    if scan.words.has(g.done, at, frame.end()) or scan.words.match(g.assignee, at, frame.end()):
        return at
    follows = scan.words.match(g.assignee, frame.end(), clause.end) is not None or any(
        partner.start == frame.end()
        for partner in scan.partners_between(frame.end(), frame.end() + 1)
    )
    follows = follows or province_at(scan.words, frame.end(), clause.end) is not None
    return frame.end() if follows else at


_AND_HOPES = regex(
    r"(?:(?:và|,) )?(?:tin tưởng|tin chắc|kỳ vọng|hy vọng|mong muốn|mong đợi|chờ đợi)(?: rằng)? "
)
"""Behind "mong muốn", another word for it: "mong muốn và tin tưởng các Đại sứ sẽ ..."."""
_TO_WHOM = regex(r"(?:với|đối với|cùng với) ")
"""What opens so behind a verb of telling may name who is told, and be no frame."""
_WHEN = regex(
    r"(?:trong )?(?:thời gian tới|thời gian sớm nhất|những năm tới|những tháng tới|giai đoạn tới"
    r"|tới đây|sắp tới|trước mắt), (?=\w)"
    r"|(?:trong )?(?:thời gian|những năm|giai đoạn) tới (?=\w)"
)
_TO_AN_END = regex(r"(?:để|nhằm|muốn) [^,;:.]{3,110}, (?=\w)")
"""What something is asked for: "lưu ý để giảm tai nạn, các tỉnh cần ..."."""


@cache
def invited() -> re.Pattern[str]:
    words = alternation(load("tasks")["invited"])
    return regex(rf"(?P<who>[^,;.]{{3,110}}?) (?:sớm +|sang +|trở lại +|đến +)*(?:{words})(?!\w)")
