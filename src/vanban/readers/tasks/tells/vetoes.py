"""The rules by which a word of telling tells nobody anything: of any word, of a kind, of a word."""

from collections.abc import Callable

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer
from vanban.readers.tasks.planned import works_together
from vanban.readers.tasks.reported import is_of_a_meeting
from vanban.readers.tasks.tells.words import Word

__all__ = ["is_of_swindlers", "is_vetoed"]


def is_vetoed(word: Word) -> bool:
    """Whether what stands around a word of telling makes it none."""
    return (
        any(veto(word) for veto in _OF_ANY)
        or any(veto(word) for veto in _OF_A_KIND.get(word.rule, ()))
        or any(veto(word) for veto in _OF_A_WORD.get(word.said, ()))
    )


# Of any word


def _goes_on_an_action(word: Word) -> bool:
    """Whether a verb leads, and nobody stands between: "tiếp tục ... theo dõi, đề xuất"."""
    clause = word.clause
    led = clause.lead_verb if clause.is_led else None
    if led is None or word.start <= led.start():
        return False
    if led["verb"].lower() in load("tasks")["joint_verbs"]:
        return True
    return find_issuer(clause.scan, clause.front, word.start) is None


def _says_which_tasks(word: Word) -> bool:
    start = word.clause.start
    if word.text.find(" được ", max(start, word.start - 60), word.start) < 0:
        return False
    return _TASKS_GIVEN.search(word.text, start, word.start) is not None


_TASKS_GIVEN = regex(
    r"(?:nhiệm vụ|giải pháp|công việc|nội dung|chỉ tiêu|phần việc"
    r"|là (?:một trong (?:những|các) )?(?:cơ quan|đơn vị|bộ|sở|địa phương|tổ chức))"
    r" (?:đã )?được [^,;.:]{2,40} $"
)
"""Which tasks or which body, no order: "là cơ quan được Thủ tướng giao đầu mối"."""


def _is_planned_before(word: Word) -> bool:
    """Whether a word of telling goes on a plan: "Bộ sẽ lập danh mục, phân công đơn vị ..."."""
    g, clause, text = grammar(), word.clause, word.text
    if word.said.lower() not in g.directive_as_action:
        return False
    will = text.endswith((" sẽ ", " sẽ tiếp tục "), 0, word.start)
    if not (will or text.endswith(", ", 0, word.start) or word.rule == "direct"):
        return False
    plan = clause.scan.words.find(g.plan, clause.start, word.start)
    if plan is None:
        return False
    if will:
        return True
    at = skip_blank(text, plan.end())
    acts = clause.scan.words.match(g.verb, at, word.start) is not None
    return acts or works_together(clause, at)


def _was_told_before(word: Word) -> bool:
    """Whether it was told more than once, or in a time gone by."""
    text, start = word.text, word.start
    if text.endswith(("từng ", "đã nhiều lần ", "đã hai lần ", "đã ba lần "), 0, start):
        return True
    if not text.endswith("đã ", word.clause.start, start):
        return False
    return _PAST.match(text, word.clause.sentence.start) is not None


_PAST = regex(r"(?:Trong )?(?:[Nn]ăm|[Tt]hời gian|[Nn]hững năm|[Nn]hiệm kỳ|[Nn]ăm vừa) qua,")
"""A sentence that opens so reports, and what it says was ordered is no order of today."""


def _is_of_what_was_done(word: Word) -> bool:
    """Whether it goes on what somebody has done, does at all times, or does something for."""
    text, start, at = word.text, word.clause.start, word.start
    if text.endswith("tham mưu, ", 0, at) and _HAS_DONE.search(text, start, at):
        return True
    if _ALWAYS.search(text, start, at) is not None:
        return True
    return _IN_A_PURPOSE.search(text, start, at) is not None


_HAS_DONE = regex(r"(?<!\w)đã (?:làm|thực hiện|chủ động|tích cực|kịp thời|phối hợp|tổ chức)")
_ALWAYS = rare(r"(?<!\w)luôn (?:(?:quán triệt|chỉ đạo|nhắc nhở|chủ động|quan tâm), )?$")
"""Before a word of telling, what somebody does at all times: "Huyện ủy luôn quán triệt, giao"."""
_IN_A_PURPOSE = regex(
    r" (?:để|nhằm) [^,;:.]{0,50}(?:tham mưu|đề xuất)(?:, (?:đề xuất|tham mưu))*,? $"
)
"""What something is done for: "... để chủ động tham mưu, đề xuất, kiến nghị với Chính phủ"."""


def _is_denied_with_another(word: Word) -> bool:
    """Whether it is the second of two things that are denied: "không nêu hoặc đề xuất việc"."""
    return word.before(_NOT_EITHER)


_NOT_EITHER = rare(r"(?<!\w)(?:không|chưa)(?: hề| có)? [^,;:.]{2,24} (?:hoặc|hay) $")


def _is_what_else_is_for(word: Word) -> bool:
    """Whether it says what for something is planned or ordered: "sẽ rà soát ... để yêu cầu"."""
    clause = word.clause
    purpose = _FOR_THIS.search(word.text, clause.start, word.start)
    if purpose is None:
        return False
    g, words, at = grammar(), clause.scan.words, purpose.start()
    if words.has(g.done, clause.start, at):
        return False
    if words.has(g.modal, clause.start, at) or words.has(g.plan, clause.start, at):
        return True
    return clause.state.listed and verb_after(clause.scan, clause.front, at) is not None


_FOR_THIS = regex(
    r" (?:để|nhằm) (?:(?:kịp thời|chủ động|sớm|từ đó|tiếp tục|chỉ đạo|hướng dẫn|tham mưu),? )*$"
)
"""Right before a word of telling, that something is done in order to tell."""


_OF_ANY: tuple[Callable[[Word], bool], ...] = (
    _goes_on_an_action,
    _says_which_tasks,
    _is_planned_before,
    _was_told_before,
    _is_of_what_was_done,
    _is_denied_with_another,
    _is_what_else_is_for,
)


# Of a kind


def _is_of_another(word: Word) -> bool:
    if not word.said.startswith(("yêu cầu", "đòi hỏi")):
        return False
    return word.before(_OF_ANOTHER)


_OF_ANOTHER = regex(
    r"(?<!\w)(?:[Đđ]ối tượng|[Kk]ẻ (?:gian|lừa đảo)|[Bb]ên (?:mua|bán)"
    r"|[Nn]gười (?:mua|bán|tiêu dùng)|[Kk]hách hàng"
    r"|[Nn]hà (?:nhập khẩu|bán lẻ|phân phối)|[Tt]hị trường|[Qq]uy (?:định|tắc|chế)"
    r"|[Tt]iêu chuẩn|[Ll]uật)(?: [^,;:.]{1,50})? $"
)
"""What a buyer, a market or a swindler wants of others is no order."""


def _is_as_assigned(word: Word) -> bool:
    return word.before(_AS_ASSIGNED)


_AS_ASSIGNED = regex(
    r"(?:như|theo|do|đã|mà) (?:[Tt]rung ương|Quốc hội|Chính phủ|Thủ tướng(?: Chính phủ)?|cấp trên"
    r"|HĐND(?: tỉnh)?|UBND(?: tỉnh)?|Bộ|tỉnh)(?: đã)? $"
)
"""Before "giao", what was set: "mức 6,5% như Quốc hội giao"."""


def _is_of_a_meeting(word: Word) -> bool:
    """Whether "kiến nghị" is of what a meeting takes up: "... và đề xuất, kiến nghị giải pháp"."""
    clause, text = word.clause, word.text
    if clause.context.own is not None:
        return False
    if not is_of_a_meeting(text, clause.sentence.start, word.end):
        return False
    return not _names_somebody(word)


def _names_somebody(word: Word) -> bool:
    """Whether a body stands right behind a word of telling."""
    clause, at = word.clause, skip_blank(word.text, word.end)
    return clause.scan.words.match(grammar().assignee, at, clause.end) is not None


def _is_directed_already(word: Word) -> bool:
    """Whether a body tells what it has directed: "Tổng cục đã chỉ đạo các đơn vị triển khai"."""
    if word.clause.context.own is not None:
        return False
    return word.before(_BODY_HAS)


_BODY_HAS = regex(
    r"(?<!\w)(?:Tổng cục|Cục|Sở|Bộ|Vụ|UBND|Ủy ban|Tỉnh ủy|Thành ủy|Ngành|ngành|Hiệp hội"
    r"|Tập đoàn|Công ty|Tổng công ty|Ngân hàng|[Tt]ỉnh|[Tt]hành phố|Đại sứ quán|Thương vụ|Ban)"
    r"(?! trưởng)(?: [^,;:.]{1,60})? đã"
    r"(?: (?:kịp thời|chủ động|tích cực|thường xuyên|khẩn trương|luôn|nhanh chóng|quyết liệt|sớm"
    r"|liên tục|trực tiếp|tiếp tục))* $"
)


def _is_agreed_to(word: Word) -> bool:
    return word.before(_AGREED_TO)


_AGREED_TO = regex(
    r"(?:nhất trí|thống nhất|cam kết|đồng ý)(?: (?:sẽ|tiếp tục|cùng|cùng nhau|tăng cường|sớm))* $"
)
"""Before "chỉ đạo", who agrees to direct others: to direct is what is to be done."""


_OF_A_KIND: dict[str, tuple[Callable[[Word], bool], ...]] = {
    "require": (_is_of_another,),
    "assign": (_is_as_assigned,),
    "ask": (_is_of_a_meeting,),
    "direct": (_is_directed_already, _is_agreed_to),
}


# Of a word


def _presses(word: Word) -> bool:
    return word.before(_PRESSES)


_PRESSES = regex(r"(?i:áp lực|thách thức|rào cản|khó khăn)[^,;.]* $")
"""Before "đòi hỏi", what nobody orders: "áp lực thường xuyên đòi hỏi DN phải ..."."""


def _names_nobody(word: Word) -> bool:
    return not _names_somebody(word)


def _is_of_a_project(word: Word) -> bool:
    return word.text.endswith(("dự án ", "danh mục "), word.clause.start, word.start)


def _notes_how_it_is(word: Word) -> bool:
    return _NOTES_HOW_IT_IS.match(word.text, word.end, word.clause.end) is not None


_NOTES_HOW_IT_IS = regex(r" [^,;:.]{3,90} (?:còn|vẫn|đang|đã|hiện) (?:gặp|còn|có|nhiều|là)(?!\w)")
"""Behind "lưu ý", how things are: "lưu ý hợp tác giữa hai nước còn gặp không ít thách thức"."""


def _is_only_notable(word: Word) -> bool:
    """Whether it only says what is worth noting: "đáng lưu ý là công tác phòng cháy còn yếu"."""
    return word.text.endswith(("đáng ", "Đáng "), 0, word.start)


def _is_how_it_is(word: Word) -> bool:
    """Whether how things are given out is told: "phân công chưa rõ, thiếu kiểm tra"."""
    return word.text.startswith((" chưa ", " còn ", " không ", " thiếu "), word.end)


def _is_a_label(word: Word) -> bool:
    """Whether it stands before a colon and the request itself: "Kiến nghị: đề nghị Bộ A ..."."""
    return _LABELS.match(word.text, word.end, word.clause.end) is not None


_LABELS = regex(r":\s+(?:[Đđ]ề nghị|[Kk]iến nghị|[Đđ]ề xuất|[Yy]êu cầu) ")


def _is_with_whom(word: Word) -> bool:
    return word.before(_WITH_WHOM)


_WITH_WHOM = regex(r"phối hợp (?:chặt chẽ )?(?:với|cùng) [^,;:.]{2,60} $")
"""Before "đề xuất", with whom: "Bộ A chủ động phối hợp với Bộ B đề xuất ..." is what A is to do."""


def _is_of_a_duty(word: Word) -> bool:
    """Whether somebody has to: "doanh nghiệp phải xác minh ..., yêu cầu đối tác cung cấp ..."."""
    clause = word.clause
    if not _THIRD_PARTY.match(word.text, word.end, clause.end):
        return False
    return clause.scan.words.find(grammar().modal, clause.start, word.start) is not None


_THIRD_PARTY = regex(
    r" (?:các )?(?:đối tác|khách hàng|bên (?:mua|bán)|người (?:mua|bán)|nhà (?:nhập khẩu|cung cấp))"
)


def _is_in_a_warning(word: Word) -> bool:
    return is_of_swindlers(word.clause, word.start)


def is_of_swindlers(clause: Clause, at: int) -> bool:
    """Whether a warning tells what swindlers asked for: "... mời doanh nghiệp tham gia đấu thầu".

    Args:
        at: the word of telling; a body or a person named before it in its clause does tell.
    """
    scan, low = clause.scan, max(0, at - _NEAR_SWINDLERS)
    if at == clause.sentence.start or all(scan.text.find(word, low, at) < 0 for word in _SWINDLERS):
        return False
    return find_issuer(scan, clause.start, at) is None


_SWINDLERS = ("lừa đảo", "giả mạo", "mạo danh", "chiếm đoạt")
_NEAR_SWINDLERS = 300
"""Code points behind a word for swindlers in which nobody unnamed gives an order."""


def _goes_on_a_report(word: Word) -> bool:
    """Whether an invitation was given with what else was done: "đã thăm ... và mời 30 ..."."""
    clause = word.clause
    if not word.text.endswith((" và ", ", "), clause.start, word.start):
        return False
    return clause.scan.words.has(grammar().done, clause.start, word.start)


def _says_which_one(word: Word) -> bool:
    """Whether it tells which one: "nhiệm vụ Bộ Chính trị giao, xác định rõ trách nhiệm"."""
    if not word.text.startswith((",", "."), word.end):
        return False
    return word.before(_GIVEN_BY)


_GIVEN_BY = regex(
    r"(?:nhiệm vụ|công việc|chỉ tiêu|mục tiêu|trọng trách|kế hoạch|dự toán|việc) "
    r"(?:[^,;:.]{2,60} )?$"
)


def _is_of_results(word: Word) -> bool:
    """Whether results are told: "I. CÔNG TÁC CHỈ ĐẠO ... UBND tỉnh tập trung chỉ đạo các sở"."""
    return word.clause.context.section == "results"


def _is_for_a_paper(word: Word) -> bool:
    """Whether a state asks goods for a paper, and nobody for a deed: "EU yêu cầu chứng thư"."""
    clause = word.clause
    return _A_PAPER.match(word.text, word.end, clause.end) is not None and (
        clause.scan.follows_a_state(_BEFORE_IT_ASKS, clause.start, word.start)
    )


_BEFORE_IT_ASKS = regex(r"(?: (?:đã|cũng|vẫn|hiện))* ")
_A_PAPER = regex(
    r" (?:thêm |phải có |có |các |nhiều )?(?:giấy|chứng nhận|chứng thư|chứng từ|hồ sơ|mã số"
    r"|tiêu chuẩn|bảo lãnh|xét nghiệm|kiểm nghiệm|kiểm dịch|nhãn|khai báo)(?!\w)"
)
"""What a market asks goods for."""


_OF_A_WORD: dict[str, tuple[Callable[[Word], bool], ...]] = {
    "yêu cầu": (_is_of_a_duty, _is_in_a_warning, _is_for_a_paper),
    "đề nghị": (_is_of_a_duty, _is_in_a_warning),
    "mời": (_goes_on_a_report, _is_in_a_warning),
    "đề xuất": (_is_with_whom, _is_a_label),
    "kiến nghị": (_is_with_whom, _is_a_label),
    "Kiến nghị": (_is_a_label,),
    "Đề xuất": (_is_a_label,),
    "kêu gọi": (_is_of_a_project,),
    "lưu ý": (_notes_how_it_is, _is_only_notable),
    "phân công": (_is_how_it_is,),
    "đòi hỏi": (_presses, _names_nobody),
    "giao": (_says_which_one,),
    "chỉ đạo": (_is_of_results,),
}
