"""The letter of urging (công văn đôn đốc), with the history of each task it is about.

The words are the paper's own, in Vietnamese whatever the screen's language.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from diemcau.accounts.models import User
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
from diemcau.reports.official import Cell, Head, Paper, Text, say_day, say_number_of
from diemcau.reports.official import Span as Words
from diemcau.reports.tasks import Signing, say_period
from diemcau.urging.history import History, Said, decided, histories_of
from diemcau.urging.models import Reminder
from vanban.letters import fold

__all__ = ["reminder_letter", "write_reminder"]

_LONG = 600
"""Letters of a report told in a letter; the whole of it stands in the register."""


def reminder_letter(
    *,
    head: Head,
    signing: Signing,
    to: str,
    histories: Sequence[History],
    answer_by: dt.date,
    demand: str = "",
    on: dt.date,
    site: str,
) -> bytes:
    """A letter that asks a body for word on tasks by a day, as DOCX.

    One task is told in the letter itself, several in an annex; a draft that its writer edits.

    Source: Nghị định 30/2020/NĐ-CP for the form of a letter; the first mention of a document gives
    its type, number, day, issuer and subject.
    Args:
        to: the body it goes to, by name.
        histories: the tasks with what was asked and answered, in the order they are told.
        answer_by: the day the answer is asked for by.
        demand: what is asked beside word on each task.
        on: the day the state of the tasks is told for.
        site: address of the register, for links.
    """
    with translation.override("vi"):
        paper = Paper(head)
        paper.letter("đôn đốc thực hiện nhiệm vụ được giao", to=[to])
        if len(histories) == 1:
            _told_in_text(paper, head.issuer, to, histories[0], on, site)
        else:
            _told_in_sum(paper, head.issuer, to, histories, on)
        _demands(paper, head.issuer, to, histories, answer_by, demand)
        paper.paragraph(f"{head.issuer} trân trọng đề nghị {to} quan tâm, phối hợp thực hiện.")
        paper.end()
        paper.sign(signing.office, authority=signing.authority, name=signing.name)
        if len(histories) > 1:
            _annex(paper, to, histories, answer_by, on, site)
        return paper.to_bytes()


def write_reminder(by: User, row: Reminder, *, head: Head, signing: Signing, site: str) -> bytes:
    """A drafted letter as a person sees it: of today while it is a draft, else of its day.

    Args:
        row: with its body at hand, one of those the person sees.
    """
    at = row.recorded_at or timezone.now()
    tasks = list(row.items.order_by("pk").values_list("task", flat=True))
    return reminder_letter(
        head=head,
        signing=signing,
        to=row.body.name,
        histories=histories_of(by, tasks, to=row.body.ref, at=at, but=row.pk),
        answer_by=row.answer_by,
        demand=row.demand,
        on=timezone.localdate(at),
        site=site,
    )


def _told_in_text(paper: Paper, issuer: str, to: str, one: History, on: dt.date, site: str) -> None:
    task = one.task
    content = one.content.rstrip(".;")
    paper.paragraph(
        [
            f"Thực hiện nhiệm vụ theo dõi, đôn đốc việc thực hiện ý kiến chỉ đạo và nhiệm vụ được "
            f"giao, {issuer} đã rà soát tình hình thực hiện nhiệm vụ “",
            Words(content, url=f"{site}/so-theo-doi/{task.pk}/"),
            f"”, {_given(one)}; {to} là cơ quan {_part(one)}; thời hạn hoàn thành: {_due(one)}.",
        ]
    )
    paper.paragraph(f"Tính đến {say_day(on)}, {_state(one, on)}. Cụ thể:")
    paper.paragraph(["- Đã đôn đốc: ", _listed([_say(s, one.at) for s in one.asked], "chưa")])
    answered = [_say(said, one.at) for said in one.answered]
    paper.paragraph([f"- {to} đã trả lời: ", _listed(answered, "chưa có trả lời")])
    if one.obstacles:
        paper.paragraph(f"- Vướng mắc chưa giải quyết: {'; '.join(_obstacles(one))}.")
    paper.paragraph(f"- Thông tin gần nhất: {_last_word(one)}.")


def _told_in_sum(
    paper: Paper, issuer: str, to: str, histories: Sequence[History], on: dt.date
) -> None:
    owed = [one for one in histories if not _is_reported(one)]
    reported = len(histories) - len(owed)
    late = sum(_is_late(one) for one in owed)
    silent = sum(not _is_late(one) and _is_silent(one, on) for one in owed)
    parts = []
    if late:
        parts.append(f"{_count(late)} nhiệm vụ đã quá thời hạn")
    if silent:
        parts.append(
            f"{_count(silent)} nhiệm vụ chưa quá thời hạn nhưng {SILENT_DAYS} ngày trở lên chưa có "
            "thông tin về tình hình thực hiện"
        )
    among = f", trong đó: {'; '.join(parts)}" if parts else ""
    counted = f"còn {_count(len(owed))} nhiệm vụ chưa hoàn thành cần đôn đốc{among}"
    if late == len(owed):
        counted = f"còn {_count(late)} nhiệm vụ đã quá thời hạn, chưa hoàn thành"
    waiting = f"{_count(reported)} nhiệm vụ đã được báo cáo hoàn thành, đang chờ xác nhận"
    if reported:
        counted = f"{counted}; {waiting}" if owed else waiting
    paper.paragraph(
        "Thực hiện nhiệm vụ theo dõi, đôn đốc việc thực hiện ý kiến chỉ đạo và nhiệm vụ được giao, "
        f"{issuer} đã rà soát tình hình thực hiện các nhiệm vụ {_parts(histories, to)}. Tính đến "
        f"{say_day(on)}, {counted} (nguồn giao, thời hạn, quá trình đôn đốc và trả lời của "
        "từng nhiệm vụ tại Phụ lục kèm theo)."
    )


def _demands(
    paper: Paper,
    issuer: str,
    to: str,
    histories: Sequence[History],
    answer_by: dt.date,
    demand: str,
) -> None:
    paper.paragraph(f"Để bảo đảm tiến độ thực hiện, {issuer} đề nghị {to}:")
    led = [one for one in histories if _leads(one)]
    helped = len(led) < len(histories)
    them = "nhiệm vụ nêu trên" if len(histories) == 1 else "các nhiệm vụ tại Phụ lục"
    asked = []
    if led:
        of_lead = f"các nhiệm vụ {to} chủ trì tại Phụ lục" if helped else them
        asked.append(
            f"Tập trung chỉ đạo thực hiện {of_lead}; báo cáo kết quả, kèm theo sản phẩm hoặc tài "
            "liệu chứng minh."
        )
    if helped:
        of_help = f"các nhiệm vụ {to} phối hợp tại Phụ lục" if len(histories) > 1 else them
        asked.append(
            f"Phối hợp với cơ quan chủ trì thực hiện {of_help}; báo cáo phần việc phối hợp, "
            "khó khăn, vướng mắc (nếu có)."
        )
    if any(_is_late(one) for one in led):
        whose = f"nhiệm vụ {to} chủ trì" if helped else "nhiệm vụ"
        asked.append(
            f"Đối với {whose} đã quá thời hạn: nêu rõ nguyên nhân, khó khăn, vướng mắc, cấp có "
            "thẩm quyền giải quyết và thời gian hoàn thành; trường hợp cần điều chỉnh thời hạn, có "
            "văn bản đề nghị, nêu rõ lý do, để cơ quan giao nhiệm vụ xem xét, quyết định."
        )
    if demand:
        asked.append(f"{_upper(demand).rstrip('.')}.")
    asked.append(
        f"Gửi báo cáo về {issuer} chậm nhất {say_day(answer_by)} và cập nhật trên hệ thống theo "
        "dõi thực hiện nhiệm vụ."
    )
    for at, words in enumerate(asked, 1):
        paper.paragraph(f"{at}. {words}")


def _annex(
    paper: Paper,
    to: str,
    histories: Sequence[History],
    answer_by: dt.date,
    on: dt.date,
    site: str,
) -> None:
    paper.annex(f"Danh mục nhiệm vụ đề nghị {to} báo cáo", landscape=True)
    columns = [
        Cell("STT", 1.3, "center"),
        Cell("Nhiệm vụ", 5),
        Cell("Nguồn giao, vai trò", 4),
        Cell("Thời hạn, tình trạng", 2.6),
        Cell("Đã đôn đốc", 3.6),
        Cell("Đã trả lời, thông tin gần nhất", 5),
        Cell("Đề nghị báo cáo", 3.6),
    ]
    paper.table(
        columns,
        (_row(at, one, answer_by, on, site) for at, one in enumerate(histories, 1)),
        size=11,
    )


def _row(at: int, one: History, answer_by: dt.date, on: dt.date, site: str) -> list[Text]:
    task = one.task
    state = _state(one, on)
    answered = [f"- {_say(said, one.at)}." for said in one.answered[-_MOST:]]
    if left_out := len(one.answered) - len(answered):
        answered.insert(0, f"(còn {left_out} lần trả lời trước đó trong hệ thống)")
    answered += [f"- Vướng mắc: {words}." for words in _obstacles(one)]
    return [
        str(at),
        Words(_upper(one.content), url=f"{site}/so-theo-doi/{task.pk}/"),
        f"{_upper(_source(one))}.\nVai trò: {_part(one)}.",
        f"{_upper(_due(one))}.\n{_upper(state)}.",
        "\n".join(f"- {_say(said, one.at)}." for said in one.asked) or "Chưa.",
        "\n".join([*answered, f"- Thông tin gần nhất: {_last_word(one)}."]),
        f"{_asked_now(one)}; chậm nhất ngày {answer_by:%d/%m/%Y}.",
    ]


_MOST = 6
"""Answers of one task an annex tells, the latest ones."""


def _asked_now(one: History) -> str:
    if not _leads(one):
        return "Phần việc phối hợp đã thực hiện, khó khăn, vướng mắc (nếu có)"
    if _is_reported(one):
        return "Sản phẩm, tài liệu chứng minh kết quả đã báo cáo"
    if one.task.status == Status.REDO:
        return "Kết quả thực hiện lại theo yêu cầu đã trả lại"
    if _is_late(one):
        return "Kết quả, nguyên nhân chậm, thời gian hoàn thành"
    if one.last_word is None:
        return "Việc tiếp nhận, kế hoạch và tiến độ thực hiện"
    return "Tiến độ thực hiện, khó khăn, vướng mắc (nếu có)"


def _given(one: History) -> str:
    """Where the task stands, said as an order only where one is known."""
    if _is_ordered(one):
        return f"được giao tại {_source(one)}"
    return f"được {_source(one)}"


def _is_ordered(one: History) -> bool:
    """Whether what the register has of the task is the order itself.

    A report that tells of a task is none, nor is a document that does not say who gave it.
    """
    directive = one.task.directive
    if directive is not None and directive.instrument is not None:
        return True
    return bool(one.giver) and not fold(str(one.task.document)).startswith(_REPORT)


_REPORT = "bao cao "
"""How the title of a report begins, folded."""


def _source(one: History) -> str:
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
        words += f" {about}{_lower(subject)}"
    return words


def _leads(one: History) -> bool:
    return one.part == AssignmentRole.LEAD


def _part(one: History) -> str:
    """The part of the body written to; who leads, where it does not."""
    if _leads(one):
        return "chủ trì"
    words = "theo dõi" if one.part == AssignmentRole.FOLLOWING else "phối hợp"
    leads = "; ".join(one.leads) or "chưa rõ"
    return f"{words} (cơ quan chủ trì: {leads})"


def _parts(histories: Sequence[History], to: str) -> str:
    """What the tasks of a letter are to the body: "Sở X chủ trì", "Sở X chủ trì (02) …"."""
    n_led = sum(_leads(one) for one in histories)
    n_helped = len(histories) - n_led
    if not n_helped:
        return f"{to} chủ trì"
    if not n_led:
        return f"{to} phối hợp thực hiện"
    return (
        f"{to} chủ trì ({_count(n_led)} nhiệm vụ) hoặc phối hợp thực hiện ({_count(n_helped)} "
        "nhiệm vụ)"
    )


def _due(one: History) -> str:
    task = one.task
    if task.due_to is None:
        return "chưa xác định thời hạn"
    period = say_period(task.deadline)
    day = f"{task.due_to:%d/%m/%Y}"
    words = day if period in (task.deadline, "") else f"{period} (ngày {day})"
    if n := len(one.slips):
        first = one.slips[0].due_before
        words += f", đã lùi {_count(n)} lần"
        words += f" từ ngày {first:%d/%m/%Y}" if first else ""
    return words


def _is_late(one: History) -> bool:
    return one.task.standing == Standing.LATE and not _is_reported(one)


def _is_reported(one: History) -> bool:
    """Whether it was reported done by the day the letter speaks of, and waits for who judges it."""
    return one.task.held_status == Status.AWAITING


def _is_silent(one: History, on: dt.date) -> bool:
    return (on - silent_since(one.task, one.last_word)).days >= SILENT_DAYS


def _state(one: History, on: dt.date) -> str:
    task = one.task
    if _is_reported(one):
        day = f" ngày {task.held_delivered:%d/%m/%Y}" if task.held_delivered else ""
        return f"nhiệm vụ đã được báo cáo hoàn thành{day}, đang chờ xác nhận"
    if _is_late(one) and task.due_to is not None:
        return f"nhiệm vụ đã quá thời hạn {_count((on - task.due_to).days)} ngày, chưa hoàn thành"
    if task.status == Status.REDO:
        return "kết quả đã được trả lại để thực hiện lại"
    if _is_silent(one, on):
        return f"{SILENT_DAYS} ngày trở lên chưa có thông tin về tình hình thực hiện"
    return "nhiệm vụ chưa hoàn thành"


def _last_word(one: History) -> str:
    if one.last_word is None:
        since = silent_since(one.task, None)
        return f"hệ thống theo dõi chưa ghi nhận thông tin nào từ ngày {since:%d/%m/%Y}"
    report = one.last_report
    shown = f"; {_count(one.n_evidence)} minh chứng đã gửi" if one.n_evidence else ""
    if report is not None and report.next_step.strip():
        shown += f"; bước tiếp theo đã báo cáo: {_short(report.next_step)}"
    return f"ngày {one.last_word:%d/%m/%Y}{shown}"


def _obstacles(one: History) -> list[str]:
    return [
        f"{_short(row.what)} ({_lower(row.get_side_display())}; cấp quyết định: "
        f"{row.get_level_display()})"
        for row in one.obstacles
    ]


def _say(said: Said, at: dt.datetime) -> str:
    """One thing asked or answered, with its day."""
    day, row = f"ngày {said.on:%d/%m/%Y}", said.row
    match said.kind:
        case "notices":
            n, first = row
            if n == 1:
                return f"nhắc qua hệ thống {day}"
            return f"nhắc qua hệ thống {_count(n)} lần, từ ngày {first:%d/%m/%Y} đến {day}"
        case "request":
            by_day = f", hạn trả lời {row.by_day:%d/%m/%Y}" if row.by_day else ""
            note = f": {_short(row.note)}" if row.note else ""
            return f"{day} yêu cầu báo cáo{by_day}{note}"
        case "letter":
            return f"Công văn số {row.number} {day}, hạn trả lời {row.answer_by:%d/%m/%Y}"
        case "progress":
            by = f"{row.body.name} " if row.body else ""
            percent = f" (ước {row.percent}%)" if row.percent is not None else ""
            told = f": {_short(row.done)}" if row.done.strip() else ""
            return f"{day} {by}báo cáo tiến độ{percent}{told}"
        case "answer":
            verb = _ANSWERS[Answer(row.answer)]
            reason = f", lý do: {_short(row.reason)}" if row.reason else ""
            return f"{day} {row.assignment} {verb}{reason}"
        case "slip":
            outcome = _SLIPS[decided(row, at)]
            reason = f"{_lower(SlipReason(row.reason_code).label)}; {_short(row.reason)}"
            return f"{day} đề nghị lùi thời hạn đến {row.due_after:%d/%m/%Y} ({reason}); {outcome}"
        case "evidence":
            if row.kind == EvidenceKind.CONFIRMATION:
                return f"{day} bên thụ hưởng xác nhận: {_short(row.what)}"
            by = f"{row.body.name} " if row.body else ""
            return f"{day} {by}gửi minh chứng: {_short(row.what)}"
        case "submitted":
            return f"{day} báo cáo đã hoàn thành"
    return f"{day} kết quả được trả lại, lý do: {_short(row.reason)}"


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


def _listed(words: Sequence[str], none: str) -> str:
    return f"{'; '.join(words) or none}."


def _short(words: str) -> str:
    words = " ".join(words.split()).rstrip(".;")
    return words if len(words) <= _LONG else words[:_LONG].rsplit(" ", 1)[0] + " …"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _count(n: int) -> str:
    """A count as letters write it: 03 nhiệm vụ."""
    return say_number_of(f"{n:,}".replace(",", "."))
