"""What a body leads by a day or goes on to do, in a text that does not say who ordered it."""

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import split_assignees

__all__ = ["led", "may_lead"]


def may_lead(text: str, start: int, end: int) -> bool:
    """Whether a sentence says of somebody that he leads, or looks ahead from its head on."""
    if text.startswith(_AHEAD, start):
        return True
    return any(text.find(word, start, end) >= 0 for word in (" chủ trì", " đầu mối "))


def led(clause: Clause) -> list[Found]:
    """The task of a body that leads: "Bộ A chủ trì xây dựng đề án B, hoàn thành trước 30/9/2026".

    Only with a day or a period by which it is to be done, and not one of a year that is over:
    without it a report tells what the body does or has done.
    """
    scan, text, end = clause.scan, clause.scan.text, clause.end
    if text.startswith(_AHEAD, clause.sentence.start):
        return _ahead(clause)
    body = scan.words.match(grammar().assignee, clause.front, end)
    leads = _LEADS.search(text, body.end(), min(end, body.end() + _NAME)) if body else None
    if leads is None or scan.words.has(grammar().done, clause.start, leads.end()):
        return []
    if scan.words.match(grammar().verb, leads.end(), end) is None:
        return []
    due = clause_deadline(scan, leads.end(), end)
    if due is None or due.year is None or due.year < (scan.year or 0):
        return []
    clause.state.issuer = clause.context.issuer if clause.context.active else None
    clause.state.assignees = split_assignees(text[clause.front : leads.start()])
    return [clause.task(leads.start("what"), end, "task.led", 0.7)]


def _ahead(clause: Clause) -> list[Found]:
    """The task of a body that goes on: "Thời gian tới, Bộ A tiếp tục triển khai ..."."""
    scan = clause.scan
    goes_on = _GOES_ON.search(scan.text, clause.front, min(clause.end, clause.front + _NAME))
    body = scan.text[clause.front : goes_on.start()] if goes_on is not None else ""
    if goes_on is None or not body or split_assignees(body) != (body,):
        return []
    if (
        scan.words.match(grammar().verb, goes_on.start() + 1, clause.end) is None
        or grammar().not_action.match(scan.text, goes_on.end(), clause.end) is not None
    ):
        return []
    clause.state.issuer, clause.state.assignees = body, (body,)
    return [clause.task(goes_on.start() + 1, clause.end, "task.led", 0.65)]


_AHEAD = ("Thời gian tới, ", "Trong thời gian tới, ", "Tới đây, ", "Sắp tới, ", "Giai đoạn tới, ")
_GOES_ON = regex(r" (?:tiếp tục|tăng cường|đẩy mạnh|chủ động|chú trọng|ưu tiên) (?=\w)")
_NAME = 90
"""Code points behind the first words of a body's name in which it is said that it leads."""
_LEADS = regex(
    r"(?<=\w) (?P<what>(?:làm )?(?:chủ trì|đầu mối)"
    r"(?:,? phối hợp (?:chặt chẽ )?(?:với|cùng) (?:[^,;:.]|, (?=[A-ZĐ])){2,160})??,? )"
    r"(?=(?:xây dựng|tổ chức|hoàn thành|hoàn thiện|rà soát|nghiên cứu|tham mưu|trình|triển khai"
    r"|đề xuất|thực hiện|ban hành|khởi động|đàm phán|lập|xử lý|giải quyết|thúc đẩy|đánh giá"
    r"|tổng hợp|báo cáo) (?!hội nghị|cuộc họp|phiên họp))"
)
