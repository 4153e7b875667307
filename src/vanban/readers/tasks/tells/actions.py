"""Words of telling that tell no one: what is itself to be done, a wish, what was assigned."""

import re

from vanban.data import load
from vanban.gazetteer import province_at
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.tells.frames import behind_frame, framed, invited
from vanban.readers.tasks.tells.words import rule_of

__all__ = ["is_mere_wish", "is_the_action", "was_assigned"]


def is_the_action(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is itself what is to be done ("phân công cán bộ ...")."""
    word = " ".join(m[0].split())
    as_action = grammar().directive_as_action
    if word == "mời" and clause.scan.text.endswith(" và ", clause.sentence.start, clause.start):
        # "Bà Hòa thông tin và mời phía Nga ...": who speaks goes on.
        return False
    if word == "mời":
        at = skip_blank(clause.scan.text, m.end())
        if invited().match(clause.scan.text, at, clause.end):
            # "Sở Ngoại vụ tập trung: ...; mời A tham gia": what the body of the list is to do.
            return bool(clause.context.heading_assignees) and m.start() == clause.front
    if word.lower() in as_action and m.start() == clause.front and clause.is_led:
        return not _asks_another(clause, m)
    if word not in as_action:
        return False
    if not clause.state.listed and not _is_second(clause, m):
        return False
    named = clause.scan.words.match(grammar().assignee, clause.front, m.start())
    if named is None or m.start() - clause.front >= 160 or _asks_for_itself(clause, m):
        return False
    # "Bộ Tài chính nghiên cứu, đề xuất giảm ...": the first of two things it is to do.
    first = verb_after(clause.scan, named.end(), m.start())
    return first is None or (word != "mời" and first[0] - named.end() < _LONGEST_NAME)


_LONGEST_NAME = 100
"""Code points of the name of a body behind its head."""


def _asks_for_itself(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a body asks another where it may: "Đại sứ quán kiến nghị Bộ Ngoại giao cử đoàn ...".

    In the part of a report that is for it, in a report of its own, or of the body that writes.
    """
    own, scan = clause.context.own, clause.scan
    who = scan.text[clause.front : m.start()].strip()
    if own is None or not _MAY_ASK.fullmatch(who):
        return False
    at = skip_blank(scan.text, m.end())
    if scan.words.match(grammar().assignee, at, clause.end) is None:
        return False
    of_its_own = own != "" and (own.startswith(who) or scan.text.startswith(own, at))
    may = clause.context.section == "kiến nghị" or of_its_own
    return may and verb_after(scan, at, clause.end) is not None


_MAY_ASK = regex(r"[^,;:.]{2,110}?(?<!phối hợp)(?<!tham mưu)(?<!nghiên cứu)(?<!rà soát)")
"""A body with no other verb before the one of asking."""


def _is_second(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "đề xuất" is the second thing a body is to do: "Cục A rà soát, đề xuất giảm ..."."""
    scan = clause.scan
    if not clause.context.active or not scan.text.endswith((", ", " và "), 0, m.start()):
        return False
    named = scan.words.match(grammar().assignee, clause.front, m.start())
    first = verb_after(scan, named.end(), m.start()) if named is not None else None
    return first is not None and not scan.text[first[0] : first[1]].endswith(_TELLS_ONLY)


_TELLS_ONLY = (
    "đánh giá", "ghi nhận", "nhấn mạnh", "khẳng định", "thông báo", "thông tin", "chia sẻ", "nêu",
    "trao đổi", "báo cáo", "tiếp nhận", "làm việc", "khảo sát", "kiểm tra", "tham gia", "trả lời",
    "giới thiệu", "phân tích", "quan tâm", "tôn trọng", "coi trọng", "ủng hộ", "tổ chức",
    "đối thoại", "gặp", "gặp gỡ", "tiếp xúc", "hội kiến", "hội đàm",
)  # fmt: skip
"""Before "và đề nghị", what somebody did who then asks: "Bộ thông báo ... và đề nghị ..."."""


def _asks_another(clause: Clause, m: re.Match[str]) -> bool:
    """Whether who asked before goes on to ask somebody else: "...; đề xuất các địa phương ..."."""
    if m[0] == "Kiến nghị" and m.start() == clause.sentence.start:
        at = skip_blank(clause.scan.text, m.end())
        return _SUPERIOR.match(clause.scan.text, at, clause.end) is not None
    if m[0] in ("kiến nghị", "đề xuất") and clause.context.own is None and not clause.state.cued:
        # "Tỉnh sẽ ... . Đồng thời, kiến nghị các bộ, ngành Trung ương ...": it asks others.
        at = skip_blank(clause.scan.text, m.end())
        if _SUPERIOR.match(clause.scan.text, at, clause.end):
            return verb_after(clause.scan, at, clause.end) is not None
    asked = clause.context.section == "kiến nghị" or clause.state.rule == "plan"
    if not asked and (clause.context.own is not None or clause.state.rule != "ask"):
        return False
    at = skip_blank(clause.scan.text, m.end())
    return clause.scan.words.match(grammar().assignee, at, clause.end) is not None


_SUPERIOR = regex(r"(?:Chính phủ|Thủ tướng|Quốc hội|Trung ương|Bộ |Ban |các bộ)")


def is_mere_wish(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "mong", "hy vọng" is said of nobody who could do anything about it."""
    if m[0] not in load("tasks")["wishes"]:
        return False
    at = behind_frame(clause, skip_blank(clause.scan.text, m.end()))
    if _IS_GIVEN.match(clause.scan.text, at, clause.end):
        return True
    return not (
        framed(clause, m)
        or clause.scan.words.match(grammar().assignee, at, clause.end)
        or province_at(clause.scan.words, at, min(clause.end, at + 30)) is not None
        or any(
            p.type in ("country", "bloc")
            for p in clause.scan.partners_between(min(at, m.end() + 14), at + 14)
        )
        or _FIRM.match(clause.scan.text, at)
    )


_IS_GIVEN = regex(r"[^,;:.]{2,60}? (?:sẽ )?(?:tiếp tục|sớm|luôn|ngày càng) (?:sẽ )?được ")
"""What somebody hopes to be given: "mong tỉnh sẽ tiếp tục được nhà đầu tư quan tâm"."""
_FIRM = regex(rf"[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*){{0,3}} (?=[^\W\d_{UPPER}])")
"""A name with a small letter behind it, where a verb may begin."""


def was_assigned(clause: Clause, m: re.Match[str]) -> bool:
    """Whether it is told what somebody has given out, and not to whom for what."""
    if rule_of(m) != "assign":
        return False
    words, g = clause.scan.words, grammar()
    if not words.has(g.done, max(clause.start, m.start() - 5), m.start()):
        return False
    at = skip_blank(clause.scan.text, m.end())
    told = words.match(g.assignee, at, clause.end)
    if told is None or _IN_A_PAPER.match(clause.scan.text, clause.sentence.start):
        return True
    return verb_after(clause.scan, told.end(), min(clause.end, told.end() + _LONGEST_NAME)) is None


_IN_A_PAPER = regex(r"(?:Tại|Trong|Theo|Ngày|Trước đó|Năm) ")
"""A sentence that opens so looks back at what a paper gave out, or on which day."""
