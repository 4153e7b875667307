"""The letter of urging (công văn đôn đốc), with the history of each task it is about.

The words are the paper's own, in Vietnamese whatever the screen's language.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from diemcau.accounts.models import User
from diemcau.delivery.narrowing import SILENT_DAYS
from diemcau.reports.histories import (
    does_lead,
    is_late,
    is_reported,
    is_silent,
    say_asked_now,
    say_due,
    say_given,
    say_last_word,
    say_obstacles,
    say_part,
    say_source,
    say_state,
    say_word,
)
from diemcau.reports.official import Cell, Head, Paper, Signing, Text, say_day
from diemcau.reports.official import Span as Words
from diemcau.reports.wording import say_counted, upper_first
from diemcau.urging.history import History, histories_of
from diemcau.urging.models import Reminder

__all__ = ["reminder_letter", "write_reminder"]

_MOST = 6
"""Answers of one task an annex tells, the latest ones."""


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
        paper.close(signing)
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
            f"”, {say_given(one)}; {to} là cơ quan {say_part(one)}; "
            f"thời hạn hoàn thành: {say_due(one)}.",
        ]
    )
    paper.paragraph(f"Tính đến {say_day(on)}, {say_state(one, on)}. Cụ thể:")
    paper.paragraph(["- Đã đôn đốc: ", _listed([say_word(s, one.at) for s in one.asked], "chưa")])
    answered = [say_word(said, one.at) for said in one.answered]
    paper.paragraph([f"- {to} đã trả lời: ", _listed(answered, "chưa có trả lời")])
    if one.obstacles:
        paper.paragraph(f"- Vướng mắc chưa giải quyết: {'; '.join(say_obstacles(one))}.")
    paper.paragraph(f"- Thông tin gần nhất: {say_last_word(one)}.")


def _told_in_sum(
    paper: Paper, issuer: str, to: str, histories: Sequence[History], on: dt.date
) -> None:
    owed = [one for one in histories if not is_reported(one)]
    reported = len(histories) - len(owed)
    late = sum(is_late(one) for one in owed)
    silent = sum(not is_late(one) and is_silent(one, on) for one in owed)
    parts = []
    if late:
        parts.append(f"{say_counted(late)} nhiệm vụ đã quá thời hạn")
    if silent:
        parts.append(
            f"{say_counted(silent)} nhiệm vụ chưa quá thời hạn nhưng {SILENT_DAYS} ngày trở lên "
            "chưa có thông tin về tình hình thực hiện"
        )
    among = f", trong đó: {'; '.join(parts)}" if parts else ""
    counted = f"còn {say_counted(len(owed))} nhiệm vụ chưa hoàn thành cần đôn đốc{among}"
    if late == len(owed):
        counted = f"còn {say_counted(late)} nhiệm vụ đã quá thời hạn, chưa hoàn thành"
    waiting = f"{say_counted(reported)} nhiệm vụ đã được báo cáo hoàn thành, đang chờ xác nhận"
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
    led = [one for one in histories if does_lead(one)]
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
    if any(is_late(one) for one in led):
        whose = f"nhiệm vụ {to} chủ trì" if helped else "nhiệm vụ"
        asked.append(
            f"Đối với {whose} đã quá thời hạn: nêu rõ nguyên nhân, khó khăn, vướng mắc, cấp có "
            "thẩm quyền giải quyết và thời gian hoàn thành; trường hợp cần điều chỉnh thời hạn, có "
            "văn bản đề nghị, nêu rõ lý do, để cơ quan giao nhiệm vụ xem xét, quyết định."
        )
    if demand:
        asked.append(f"{upper_first(demand).rstrip('.')}.")
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
    state = say_state(one, on)
    answered = [f"- {say_word(said, one.at)}." for said in one.answered[-_MOST:]]
    if left_out := len(one.answered) - len(answered):
        answered.insert(0, f"(còn {left_out} lần trả lời trước đó trong hệ thống)")
    answered += [f"- Vướng mắc: {words}." for words in say_obstacles(one)]
    return [
        str(at),
        Words(upper_first(one.content), url=f"{site}/so-theo-doi/{task.pk}/"),
        f"{upper_first(say_source(one))}.\nVai trò: {say_part(one)}.",
        f"{upper_first(say_due(one))}.\n{upper_first(state)}.",
        "\n".join(f"- {say_word(said, one.at)}." for said in one.asked) or "Chưa.",
        "\n".join([*answered, f"- Thông tin gần nhất: {say_last_word(one)}."]),
        f"{say_asked_now(one)}; chậm nhất ngày {answer_by:%d/%m/%Y}.",
    ]


def _parts(histories: Sequence[History], to: str) -> str:
    """What the tasks of a letter are to the body: "Sở X chủ trì", "Sở X chủ trì (02) …"."""
    n_led = sum(does_lead(one) for one in histories)
    n_helped = len(histories) - n_led
    if not n_helped:
        return f"{to} chủ trì"
    if not n_led:
        return f"{to} phối hợp thực hiện"
    return (
        f"{to} chủ trì ({say_counted(n_led)} nhiệm vụ) hoặc phối hợp thực hiện "
        f"({say_counted(n_helped)} nhiệm vụ)"
    )


def _listed(words: Sequence[str], none: str) -> str:
    return f"{'; '.join(words) or none}."
