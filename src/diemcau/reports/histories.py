"""What a letter of urging says of a task: who gave it, how it stands, what was asked and said.

The words are the paper's own, in Vietnamese whatever the screen's language.
"""

import datetime as dt

from diemcau.delivery.models import (
    Answer,
    AssignmentRole,
    EvidenceKind,
    Instrument,
    SlipReason,
    SlipState,
)
from diemcau.delivery.narrowing import SILENT_DAYS, silent_since
from diemcau.delivery.states import Standing, Status
from diemcau.reports.wording import lower_first, say_counted, say_period
from diemcau.urging.history import History, Said, decided
from vanban.letters import fold

__all__ = [
    *("does_lead", "is_late", "is_reported", "is_silent", "say_asked_now", "say_due", "say_given"),
    *("say_last_word", "say_obstacles", "say_part", "say_source", "say_state", "say_word"),
]

_LONG = 600
"""Letters of a report told in a letter; the whole of it stands in the register."""
_REPORT = "bao cao "
"""How the title of a report begins, folded."""
_ANSWERS = {
    Answer.ACCEPTED: "tiếp nhận nhiệm vụ",
    Answer.RETURNED: "chuyển trả để giao cơ quan khác",
    Answer.REFUSED: "từ chối nhiệm vụ",
    Answer.WAITING: "chưa trả lời",
}
_SLIPS = {
    SlipState.ASKED: "đang chờ quyết định",
    SlipState.APPROVED: "đã được chấp thuận",
    SlipState.REFUSED: "không được chấp thuận",
    SlipState.WITHDRAWN: "sau đó đã rút",
}


def does_lead(one: History) -> bool:
    """Whether the body written to leads the task."""
    return one.part == AssignmentRole.LEAD


def is_late(one: History) -> bool:
    """Whether its last day is over and nothing was reported done."""
    return one.task.standing == Standing.LATE and not is_reported(one)


def is_reported(one: History) -> bool:
    """Whether it was reported done by the day the letter speaks of, and waits for who judges it."""
    return one.task.held_status == Status.AWAITING


def is_silent(one: History, on: dt.date) -> bool:
    """Whether nobody has said a word of it for so long that the register calls it silent."""
    return (on - silent_since(one.task, one.last_word)).days >= SILENT_DAYS


def say_asked_now(one: History) -> str:
    """What the letter asks of the task, by its state and the part in it."""
    if not does_lead(one):
        return "Phần việc phối hợp đã thực hiện, khó khăn, vướng mắc (nếu có)"
    if is_reported(one):
        return "Sản phẩm, tài liệu chứng minh kết quả đã báo cáo"
    if one.task.status == Status.REDO:
        return "Kết quả thực hiện lại theo yêu cầu đã trả lại"
    if is_late(one):
        return "Kết quả, nguyên nhân chậm, thời gian hoàn thành"
    if one.last_word is None:
        return "Việc tiếp nhận, kế hoạch và tiến độ thực hiện"
    return "Tiến độ thực hiện, khó khăn, vướng mắc (nếu có)"


def say_given(one: History) -> str:
    """Where the task stands, said as an order only where one is known."""
    if _is_ordered(one):
        return f"được giao tại {say_source(one)}"
    return f"được {say_source(one)}"


def say_source(one: History) -> str:
    """Where the task was ordered: clause, type, number, day, issuer and subject of the document.

    Where the order itself is not known: the document that tells of it, and its own day.
    """
    task, directive = one.task, one.task.directive
    if directive is not None and directive.instrument is not None:
        clause = directive.clause or task.place
        return f"{_clause(clause)}{_instrument(directive.instrument)}"
    if not _is_ordered(one):
        told_on = task.document.published_on or task.document.event_on
        told = f"nêu tại {_clause(task.place)}“{task.document}”{_of_day(told_on)}"
        if one.giver:
            return f"{told}, do {one.giver} giao"
        return f"{told}, chưa ghi nhận văn bản hoặc ý kiến giao"
    said_on = directive.said_on if directive is not None else task.said_on
    said = f"ý kiến chỉ đạo của {one.giver}{_of_day(said_on)}"
    return f"{_clause(task.place)}{said} ({task.document})"


def say_part(one: History) -> str:
    """The part of the body written to; who leads, where it does not."""
    if does_lead(one):
        return "chủ trì"
    words = "theo dõi" if one.part == AssignmentRole.FOLLOWING else "phối hợp"
    leads = "; ".join(one.leads) or "chưa rõ"
    return f"{words} (cơ quan chủ trì: {leads})"


def say_due(one: History) -> str:
    """Its deadline as the order has it, and how often that was moved."""
    task = one.task
    if task.due_to is None:
        return "chưa xác định thời hạn"
    period = say_period(task.deadline)
    day = f"{task.due_to:%d/%m/%Y}"
    words = day if period in (task.deadline, "") else f"{period} (ngày {day})"
    if n := len(one.slips):
        first = one.slips[0].due_before
        words += f", đã lùi {say_counted(n)} lần"
        words += f" từ ngày {first:%d/%m/%Y}" if first else ""
    return words


def say_state(one: History, on: dt.date) -> str:
    """How it stands on a day: reported done, late, given back, silent or not done yet."""
    task = one.task
    if is_reported(one):
        day = f" ngày {task.held_delivered:%d/%m/%Y}" if task.held_delivered else ""
        return f"nhiệm vụ đã được báo cáo hoàn thành{day}, đang chờ xác nhận"
    if is_late(one) and task.due_to is not None:
        return (
            f"nhiệm vụ đã quá thời hạn {say_counted((on - task.due_to).days)} ngày, chưa hoàn thành"
        )
    if task.status == Status.REDO:
        return "kết quả đã được trả lại để thực hiện lại"
    if is_silent(one, on):
        return f"{SILENT_DAYS} ngày trở lên chưa có thông tin về tình hình thực hiện"
    return "nhiệm vụ chưa hoàn thành"


def say_last_word(one: History) -> str:
    """When it was last heard of, and what was shown or announced then."""
    if one.last_word is None:
        since = silent_since(one.task, None)
        return f"hệ thống theo dõi chưa ghi nhận thông tin nào từ ngày {since:%d/%m/%Y}"
    report = one.last_report
    shown = f"; {say_counted(one.n_evidence)} minh chứng đã gửi" if one.n_evidence else ""
    if report is not None and report.next_step.strip():
        shown += f"; bước tiếp theo đã báo cáo: {_short(report.next_step)}"
    return f"ngày {one.last_word:%d/%m/%Y}{shown}"


def say_obstacles(one: History) -> list[str]:
    """What stands in the way, each with its side and who can decide."""
    return [
        f"{_short(row.what)} ({lower_first(row.get_side_display())}; cấp quyết định: "
        f"{row.get_level_display()})"
        for row in one.obstacles
    ]


def say_word(said: Said, at: dt.datetime) -> str:
    """One thing asked or answered, with its day."""
    day, row = f"ngày {said.on:%d/%m/%Y}", said.row
    match said.kind:
        case "notices":
            n, first = row
            if n == 1:
                return f"nhắc qua hệ thống {day}"
            return f"nhắc qua hệ thống {say_counted(n)} lần, từ ngày {first:%d/%m/%Y} đến {day}"
        case "request":
            by_day = f", hạn trả lời {row.by_day:%d/%m/%Y}" if row.by_day else ""
            note = f": {_short(row.note)}" if row.note else ""
            return f"{day} yêu cầu báo cáo{by_day}{note}"
        case "letter":
            return f"Công văn số {row.number} {day}, hạn trả lời {row.answer_by:%d/%m/%Y}"
        case "progress":
            by = f"{row.body.name} " if row.body else ""
            percent = f" (ước {row.percent}%)" if row.percent is not None else ""
            told = f": {_short(row.words)}" if row.words.strip() else ""
            return f"{day} {by}báo cáo tiến độ{percent}{told}"
        case "answer":
            verb = _ANSWERS[Answer(row.answer)]
            reason = f", lý do: {_short(row.reason)}" if row.reason else ""
            return f"{day} {row.assignment} {verb}{reason}"
        case "slip":
            outcome = _SLIPS[decided(row, at)]
            reason = f"{lower_first(SlipReason(row.reason_code).label)}; {_short(row.reason)}"
            return f"{day} đề nghị lùi thời hạn đến {row.due_after:%d/%m/%Y} ({reason}); {outcome}"
        case "evidence":
            if row.kind == EvidenceKind.CONFIRMATION:
                return f"{day} bên thụ hưởng xác nhận: {_short(row.what)}"
            by = f"{row.body.name} " if row.body else ""
            return f"{day} {by}gửi minh chứng: {_short(row.what)}"
        case "submitted":
            return f"{day} báo cáo đã hoàn thành"
    return f"{day} kết quả được trả lại, lý do: {_short(row.reason)}"


def _is_ordered(one: History) -> bool:
    """Whether what the register has of the task is the order itself.

    A report that tells of a task is none, nor is a document that does not say who gave it.
    """
    directive = one.task.directive
    if directive is not None and directive.instrument is not None:
        return True
    return bool(one.giver) and not fold(str(one.task.document)).startswith(_REPORT)


def _of_day(day: dt.date | None) -> str:
    return f" ngày {day:%d/%m/%Y}" if day else ""


def _clause(words: str) -> str:
    words = words.strip()
    if not words:
        return ""
    named = words if not words[0].isdigit() else f"điểm {words}"
    return f"{named}, "


def _instrument(one: Instrument) -> str:
    words = f"{one.kind} số {one.number}".strip()
    if one.issued_on:
        words += f" ngày {one.issued_on:%d/%m/%Y}"
    if one.issuer:
        words += f" của {one.issuer}"
    if one.subject:
        subject = one.subject.strip().rstrip(".")
        about = "" if subject.lower().startswith(("về ", "v/v ")) else "về "
        words += f" {about}{lower_first(subject)}"
    return words


def _short(words: str) -> str:
    words = " ".join(words.split()).rstrip(".;")
    return words if len(words) <= _LONG else words[:_LONG].rsplit(" ", 1)[0] + " …"
