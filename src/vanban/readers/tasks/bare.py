"""A clause without a cue of its own, under an order given before: a verb, or a body and a verb."""

import re
from functools import cache

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.fronts import verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import office_heads, split_assignees
from vanban.readers.tasks.planned import works_together
from vanban.readers.tasks.reported import (
    admits,
    is_anybody,
    is_body,
    is_noun,
    is_of_a_meeting,
    is_of_a_visit,
    is_so,
    narrates,
    opens_for_another,
    reports,
    tells,
    they_talked,
    was_signed,
)
from vanban.scan import Scan

__all__ = ["bare"]

_SHORTEST_TASK = 8
_LONGEST_NAMED = 260
"""Code points between the front of a clause and the verb behind its assignee."""
_STOP = regex(r"[.:](?!\w)")
_PROPOSES = regex(r"(?<= )(đề xuất|kiến nghị|đề nghị) $")
_BOTH_SIDES = regex(r"(?:[Hh]ai|2) (?:bên|nước|phía|Thủ tướng|Bộ trưởng|nhà lãnh đạo)")
_TALKED = ("trao đổi", "thảo luận", "chia sẻ", "ủng hộ", "ký", "ký kết")
_SAYS = (
    "đánh giá", "thông tin", "chia sẻ", "nhận định", "khẳng định", "ghi nhận", "trao đổi",
    "thảo luận", "trình bày", "đưa ra ý kiến", "cho ý kiến", "cũng đưa ra ý kiến",
)  # fmt: skip


@cache
def _official() -> re.Pattern[str]:
    """An office or who stands for a body; its committee may be told."""
    return regex(
        rf"(?:{office_heads()}|[Ôô]ng|[Bb]à|Lãnh đạo|Đại diện|Thường trực)"
        r"(?! UBND)(?<! UBND tỉnh)(?<! UBND thành phố)(?!\w)"
    )


@cache
def _speaks_behind() -> re.Pattern[str]:
    """Somebody with an office, behind a comma, where another clause begins because he speaks."""
    return regex(rf", +(?:đồng chí |ông |bà )?{office_heads()}(?!\w)")


_LONGEST_SUBHEAD = 110
_PARAGRAPH = regex(r"\s*[^\n]{130,}")


def _is_subhead(clause: Clause) -> bool:
    """Whether a clause is a short line without a stop over a paragraph: a heading of the press."""
    scan = clause.scan
    block = scan.document.blocks[clause.sentence.block]
    line = scan.text[block.start : block.end].strip()
    if len(line) > _LONGEST_SUBHEAD or clause.start > block.start + 2 or line.endswith(_STOPS):
        return False
    return _PARAGRAPH.match(scan.text, block.end) is not None


_STOPS = (".", ";", ":", ",", "…", "!", "?", "”", '"')
_TAKES_AS = regex(
    r"(?i:xác định|coi|xem|lấy|đưa|biến|nhận thức|khẳng định|quán triệt|xây dựng|phát triển"
    r"|hình thành|thúc đẩy|hỗ trợ|nâng|nâng tầm|nâng cấp|tạo điều kiện|kiến tạo|phấn đấu|quảng bá"
    r"|quy hoạch|chuyển|chuyển đổi|mở rộng|khai thác)$"
)
"""Verbs behind which "X là Y", "X trở thành Y" is what is to be done: "xác định X là trọng tâm"."""
_LONGEST_TOLD = 60
"""Code points of who is told between "chỉ đạo" and what they are to do."""
_STRESSES = regex(r"nhấn mạnh (?:các |những )?(?:nhiệm vụ|yêu cầu|việc)(?: phải| cần)? $")
_PURPOSE = regex(
    r"(?:Cụ thể h(?:óa|oá)|Nâng cao nhận thức"
    r"|Tạo (?:sự )?(?:chuyển biến|thống nhất|đồng thuận))(?!\w)"
)
"""Under "MỤC ĐÍCH, YÊU CẦU", what a plan is for."""
_EFFECT = regex(r"(?:[Tt]hông qua|[Qq]ua|[Nn]hờ) (?:đó|vậy|thế)(?!\w)")
"""What opens so comes of what is done before."""


def _is_someone(scan: Scan, start: int, verb: int) -> bool:
    """Whether who does what is named or a country: the press tells it, and nobody orders it.

    Args:
        start, verb: where the body begins, and the verb behind it.
    """
    if scan.people_between(start, verb) or scan.partners_between(start, start + 1):
        return True
    if _ABROAD.search(scan.text, start, verb) is None and scan.partners_between(start, verb):
        # "Hải quan Hàn Quốc siết kiểm tra ...": what others do.
        return True
    return scan.text.startswith(_OURS, start)


_OURS = (
    "Việt Nam",
    "Chính phủ Việt Nam",
    "Nhà nước Việt Nam",
    "Đảng, Nhà nước",
    "Đảng và Nhà nước",
)


_ABROAD = regex(r"(?<!\w)(?:Vụ|Sở|[Tt]hị trường|[Pp]hía|tại|ở|với|[Hh]ai|2|Việt Nam|sang|đi)(?!\w)")
"""In bodies that may be told though a country stands in their name: "Thương vụ tại Chile"."""


_DONE_REACH = 4
"""Code points behind a verb in which "đã" makes it a report: "thông báo đã hoàn tất"."""


def bare(clause: Clause, start: int, rule: str) -> list[Found]:
    """A clause that begins with a verb, or with a body and a verb, under somebody's order.

    Args:
        start: where the verb or the body begins.
        rule: name of the rule by which the order goes on.
    """
    scan, g, end = clause.scan, grammar(), clause.end
    text, words = scan.text, scan.words
    if end - start < _SHORTEST_TASK:
        return []
    press = clause.context.own is None
    if press and text.startswith("Trước đó", clause.sentence.start):
        clause.state.closed = True
        return []
    if press and (
        is_of_a_meeting(text, clause.sentence.start, end)
        or is_of_a_visit(text, clause.sentence.start, clause.sentence.end)
        or opens_for_another(text, start, clause.sentence.end)
        or (
            rule == "task.context"
            and text.startswith("Sau khi ", clause.sentence.start)
            and opens_for_another(text, clause.sentence.start, clause.sentence.end)
        )
    ):
        clause.state.closed = True
        return []
    if press and not clause.state.listed and _is_subhead(clause):
        return []
    if press and rule == "task.context" and _speaks_behind().match(text, clause.end):
        # "Tiếp thu các ý kiến, Bộ trưởng A cho biết ...": what he did as he spoke.
        return []
    if _EFFECT.match(text, clause.start, end) or reports(text, start, end, press=press):
        return []
    if press and rule == "task.context" and they_talked(text, start, end):
        clause.state.closed = True
        return []
    if press and rule == "task.context" and not clause.state.listed and tells(text, start, end):
        # What is told by the way ends no list of orders.
        return []
    if admits(text, start, end, sentence=clause.sentence.start):
        clause.state.closed = True
        return []
    if clause.context.purpose and _PURPOSE.match(text, start, end):
        return []
    if rule == "task.carried" and text.startswith("cho các ", start):
        # "đề nghị A tăng ...; đồng thời cho các hãng bay mở thêm ...": A lets others.
        return [clause.task(start, end, rule, 0.7)]
    verb = words.match(g.verb, start, end)
    if press and verb is not None and verb[0].startswith("không nên"):
        return []
    if verb is not None and not _TAKES_AS.search(verb[0]) and is_noun(text, verb.end(), end):
        return []
    if verb is not None and is_body(text, verb, end):
        verb = None
    if verb is not None and was_signed(text, verb.start("verb"), end, press=False):
        return []
    if verb is not None and not words.has(g.done, start, verb.end() + _DONE_REACH):
        return [clause.task(start, end, rule, 0.8)]
    if words.match(g.modal, start, end) is not None:
        return [clause.task(start, end, rule, 0.75)]
    if works_together(clause, start):
        return [clause.task(start, end, rule, 0.8)]
    named = words.match(g.assignee, start, end)
    reached = verb_after(scan, named.end(), end) if named is not None else None
    if (
        reached is None
        or was_signed(text, reached[0], end, press=press)
        or words.has(g.done, start, reached[1] + _DONE_REACH)
        or text.startswith(("đặt mục tiêu", "đặt chỉ tiêu"), reached[0])
    ):
        return []
    begin = reached[0]
    if is_noun(text, reached[1], end):
        return []
    if text.startswith("làm công tác", begin):
        # "cán bộ làm công tác đối ngoại": which ones.
        return []
    if (proposes := _PROPOSES.search(text, max(start, begin - 14), begin)) is not None:
        # "Cục Lãnh sự đề xuất mở rộng ...": to propose is what it is to do.
        begin = proposes.start(1)
    gap = text[start:begin]
    if press and text.startswith(("không nên", "luôn "), begin):
        return []
    if _STRESSES.search(gap):
        # "Thứ trưởng cũng nhấn mạnh nhiệm vụ tiếp tục ...": who stresses it orders it.
        return [clause.task(begin, end, rule, 0.8)]
    if len(gap) >= _LONGEST_NAMED or _STOP.search(gap) or is_so(gap):
        return []
    if press and not clause.state.listed:
        if narrates(gap) or (rule == "task.context" and is_anybody(gap)):
            return []
        people = scan.people_between(start, begin)
        if people and text[begin : reached[1]].endswith(("chỉ đạo", "giao")):
            # "Phó Chủ tịch A cũng chỉ đạo Công an tỉnh điều tra ...": A orders it.
            then = verb_after(scan, reached[1], end)
            told = text[reached[1] : then[0]].strip() if then is not None else ""
            if then is not None and told and len(told) < _LONGEST_TOLD:
                clause.state.issuer = people[-1].name
                clause.state.assignees = split_assignees(told) or (told,)
                return [clause.task(then[0], end, f"{rule}.named", 0.75)]
        if _is_someone(scan, start, begin):
            clause.state.closed = True
            return []
    says = (*_SAYS, "làm việc với") if press else _SAYS
    if text.startswith(says, begin) and _official().match(gap):
        # "Thứ trưởng đánh giá chuyến thăm thành công": said, not ordered.
        clause.state.closed = True
        return []
    if gap.strip() in ("ông", "bà", "Ông", "Bà", "Ngài", "ngài"):
        return []
    clause.state.assignees = split_assignees(gap) or clause.state.assignees
    if _BOTH_SIDES.match(gap) and text[begin : reached[1]].endswith(_TALKED):
        # "Hai bên cũng trao đổi ...": what was talked about.
        return []
    asked = clause.state.cued and clause.state.rule in ("ask", "require")
    if _BOTH_SIDES.fullmatch(gap.strip()) and not (asked and rule == "task.carried"):
        # "Hai bên khuyến khích ...": who agrees is who does.
        clause.state.issuer = gap.strip()
    return [clause.task(begin, end, f"{rule}.named", 0.8)]
