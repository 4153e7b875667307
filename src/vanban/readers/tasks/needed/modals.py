"""A modal where it stands, and the rules by which it makes nothing anybody's duty."""

import re
from collections.abc import Callable
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank
from vanban.readers.tasks.grammar import grammar

__all__ = ["Modal", "is_led_by_another", "is_no_duty", "modal_at"]


class Modal(NamedTuple):
    """A "cần", "phải" of a clause.

    Args:
        start, end: half-open run of the modal `said`, as matched by `m`.
        near: where the words right before it begin.
        contrast: before it, what is not to be done: "không nên trông chờ ... mà".
    """

    clause: Clause
    text: str
    m: re.Match[str]
    said: str
    start: int
    end: int
    near: int
    contrast: re.Match[str] | None


_NEAR = 18


def modal_at(clause: Clause, m: re.Match[str]) -> Modal:
    """A modal of a clause, with what its rules look at."""
    text, (start, end) = clause.scan.text, m.span()
    near = max(clause.sentence.start, start - _NEAR)
    contrast = _BUT_MUST.search(text, clause.front, start)
    return Modal(clause, text, m, m[0], start, end, near, contrast)


_BUT_MUST = regex(
    r"(?<!\w)(?:không|đừng)(?: chỉ| nên| thể| được| phải)? [^;.:]{3,160}?,? mà (?:còn )?$"
)
"""Before a modal, what is not to be done: "không nên trông chờ ... mà phải nâng cao ..."."""


def is_no_duty(modal: Modal) -> bool:
    """Whether what stands around a modal makes it none by which somebody has to do something."""
    return any(rule(modal) for rule in _NO_DUTY)


def is_led_by_another(modal: Modal) -> bool:
    """Whether an order or a plan before a modal, and any behind it, is what is to be done."""
    return _is_told_before(modal) or _is_planned_before(modal)


# What stands right before


def _is_denied(modal: Modal) -> bool:
    if modal.contrast is not None:
        return False
    text, low, at = modal.text, modal.near, modal.start
    if not grammar().modal_not_after.search(text, low, at) or text.endswith(_OF_GOODS, low, at):
        return False
    return not (modal.said.startswith("cần") and text.endswith("vẫn ", low, at))


_OF_GOODS = ("gành hàng ", "gân hàng ")
"""Bodies whose names end like goods: "hiệp hội ngành hàng cần ..." but not "lô hàng phải ..."."""


def _is_of_a_name(modal: Modal) -> bool:
    """Whether it is of a name: "ông Lâu Cần Kiệm"."""
    if not modal.said[0].isupper():
        return False
    return _IN_A_NAME.search(modal.text, modal.clause.front, modal.start) is not None


_IN_A_NAME = regex(r"[^:“] $")


# What stands behind


def _governs_no_action(modal: Modal) -> bool:
    """Whether no duty follows: "phải thu phí", but "phải thu hút", "cần thu hẹp"."""
    scan, at, end = modal.clause.scan, modal.end, modal.clause.end
    blocked = grammar().modal_not_before.match(scan.text, at, end)
    if blocked is None:
        return False
    verb = scan.words.match(grammar().verb, skip_blank(scan.text, at), end)
    return verb is None or verb.end() <= blocked.end()


def _is_a_lack(modal: Modal) -> bool:
    """Whether somebody lacks a thing, a number of it, or another: "cần 500 lao động"."""
    text, end = modal.text, modal.clause.end
    return (
        _NEEDS_THINGS.search(text, modal.near, end) is not None
        or _NO_ACTION.match(text, modal.end, end) is not None
        or _AMOUNT.match(text, modal.end, end) is not None
    )


_NEEDS_THINGS = regex(
    r"(?:rất|đang|luôn|cũng|còn|càng) cần (?:các|những|nhiều|thêm|một|sự|nguồn|có)(?!\w)"
    r"|(?<!\w)cần (?:(?:các|những|nhiều|thêm) )?(?:nhu cầu|vốn|kinh phí|chi phí"
    r"|nguồn lực|nguồn vốn|nhân lực|lao động|nhân công)"
    r"(?! cần)(?!\w)"
)
"""Before a thing, what somebody lacks: "tỉnh rất cần các nguồn lực"."""
_NO_ACTION = regex(r",| (?:mình|nhau|họ|ta|gì|nhu cầu|nguồn vốn|lượng vốn|số vốn)(?!\w)")
"""Behind "cần", what makes it a wish for something: "Đối tác cần mình", "nếu cần, ..."."""
_AMOUNT = regex(r" +(?:(?:khoảng|hơn|trên|gần|tới|ít nhất|thêm|từ) )?\d")


def _ought_to_be_and_is_not(modal: Modal) -> bool:
    return _BUT_IS_NOT.match(modal.text, modal.start, modal.clause.end) is not None


_BUT_IS_NOT = regex(r"cần được [^,;:.]{3,40} (?:nhưng|song) (?:vẫn|còn|chưa|đang)(?!\w)")
"""What ought to be and is not, as a report says: "xoài cần được tiêu thụ nhưng vẫn ách tắc"."""


# What the clause is before it


def _is_a_condition(modal: Modal) -> bool:
    """Whether it is of a condition: "Nếu quý vị cần thông tin, ..."."""
    clause = modal.clause
    return modal.start < clause.front and _IF_NEEDED.match(modal.text, clause.start) is not None


_IF_NEEDED = regex(r"(?i:nếu|trường hợp|khi) ")


def _holds_meanwhile(modal: Modal) -> bool:
    """Whether it is of what holds meanwhile: "Trong khi phải trả nợ ..., Bộ A cần báo cáo"."""
    clause = modal.clause
    return (
        _WHILE.match(modal.text, clause.start, modal.start) is not None
        and _THEN_NEEDS.search(modal.text, modal.end, clause.end) is not None
    )


_WHILE = regex(r"(?:Trong khi|Khi|Nếu|Trường hợp|Trong trường hợp|Do|Vì|Mặc dù)(?!\w)(?! đó)")
_THEN_NEEDS = regex(
    r", (?:các |Bộ |Sở |UBND |Cục |doanh nghiệp |địa phương )[^,;:.]{0,60}?(?:cần|phải) "
)


def _is_in_brackets(modal: Modal) -> bool:
    text, start = modal.text, modal.clause.start
    return text.count("(", start, modal.start) > text.count(")", start, modal.start)


def _is_in_capitals(modal: Modal) -> bool:
    """Whether a modal stands in words all in capitals, which are a heading's."""
    return modal.text[modal.start : modal.end + _A_WORD].isupper()


_A_WORD = 6


def _tells_a_hardship(modal: Modal) -> bool:
    """Whether what somebody has to bear is told, no deed: "lái xe phải ăn ngủ tại bãi"."""
    front = modal.clause.front
    if modal.said != "phải" or modal.contrast is not None or modal.start <= front:
        return False
    scan, at, end = modal.clause.scan, skip_blank(modal.text, modal.end), modal.clause.end
    if scan.words.match(grammar().verb, at, end) is not None:
        return False
    if _OF_WORK.match(modal.text, front) or _A_MANNER.match(modal.text, at):
        return False
    return grammar().assignee.pattern.match(modal.text, front) is None


_OF_WORK = regex(
    r"(?i:(?:các |mọi |từng |mỗi |những |việc )?(?:nhiệm vụ|giải pháp|công tác|công việc"
    r"|hoạt động|kế hoạch|chương trình|đề án|báo cáo|kết quả|nội dung|chính sách|quy định"
    r"|dự án|thể chế))(?!\w)"
)
_A_MANNER = regex(r"(?:rõ|thật|thực sự|hết sức|đúng|luôn|nhanh|đi|ưu tiên|có|là)(?!\w)")


_NO_DUTY: tuple[Callable[[Modal], bool], ...] = (
    _is_denied,
    _tells_a_hardship,
    _governs_no_action,
    _is_a_lack,
    _ought_to_be_and_is_not,
    _is_of_a_name,
    _is_a_condition,
    _holds_meanwhile,
    _is_in_brackets,
    _is_in_capitals,
)


# What leads the clause


def _is_told_before(modal: Modal) -> bool:
    clause = modal.clause
    lead = clause.lead_verb
    return lead is not None and lead.start() < modal.start and clause.is_led


def _is_planned_before(modal: Modal) -> bool:
    """Whether a plan comes first: "Bộ sẽ lập danh mục các cam kết cần theo dõi"."""
    g, words, start = grammar(), modal.clause.scan.words, modal.start
    planned = words.find(g.plan, modal.clause.start, start)
    if planned is None:
        return False
    return words.match(g.verb, skip_blank(modal.text, planned.end()), start) is not None
