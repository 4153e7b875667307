"""The monthly report of a body on the tasks it was given, as an official document."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.utils import translation

from diemcau.delivery.periods import Span
from diemcau.delivery.states import Status
from diemcau.exchange.monthly.rows import MonthlyRow
from diemcau.reports.official import Cell, Head, Paper, Signing, say_day
from diemcau.reports.official import Span as Words
from diemcau.reports.wording import say_count, say_period

__all__ = ["monthly_report"]

_UNKNOWN = Words("chưa rõ", italic=True)


def monthly_report(
    *,
    head: Head,
    signing: Signing,
    body: str,
    rows: Sequence[MonthlyRow],
    span: Span,
    on: dt.date,
    site: str,
) -> bytes:
    """What a body says of each of its tasks in a month, as the form in use has it.

    Source: the form "summary of results on tasks given by the Government and the Prime Minister",
    with number of the conclusions notice, subject, content, result of the unit and state.
    Args:
        body: its name.
        rows: of `exchange.monthly.rows`, filled in Vietnamese.
        on: the day they were filled.
        site: the address the numbers of the register lead to.
    """
    with translation.override("vi"):
        paper = Paper(head)
        period = say_period(span.name)
        paper.name(
            "Báo cáo",
            f"Kết quả thực hiện nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao {period}",
        )
        paper.paragraph(
            f"{head.issuer} báo cáo kết quả thực hiện nhiệm vụ được giao của {body} trong {period} "
            f"(từ {say_day(span.first)} đến {say_day(span.last)}, kỳ báo cáo theo Nghị định số "
            f"09/2019/NĐ-CP); số liệu tính đến {say_day(on)}."
        )
        counts = Counter(row.task.status for row in rows)
        told = "; ".join(
            f"{say_count(counts[one])} nhiệm vụ “{str(one.label).lower()}”"
            for one in Status
            if counts[one]
        )
        silent = sum(not row.result for row in rows)
        if rows:
            paper.paragraph(f"Tổng số {say_count(len(rows))} nhiệm vụ, trong đó: {told}.")
        else:
            paper.paragraph("Trong kỳ không có nhiệm vụ nào.")
        if silent:
            paper.paragraph(f"{say_count(silent)} nhiệm vụ chưa có báo cáo kết quả nào.")
        if rows:
            paper.paragraph("Kết quả thực hiện từng nhiệm vụ tại Phụ lục kèm theo.")
        paper.close(signing, recipients=["Văn phòng Chính phủ"])
        if rows:
            _annex(paper, rows, site)
        return paper.to_bytes()


def _annex(paper: Paper, rows: Sequence[MonthlyRow], site: str) -> None:
    paper.annex("Tổng hợp kết quả thực hiện nhiệm vụ được giao", landscape=True)
    columns = [
        Cell("STT", 1.1, "center"),
        Cell("Số thông báo kết luận", 2.8),
        Cell("Trích yếu", 3.4),
        Cell("Nội dung nhiệm vụ", 5.4),
        Cell("Kết quả thực hiện của đơn vị", 5.4),
        Cell("Trạng thái", 2.2, "center"),
        Cell("Số trong sổ", 1.5, "center"),
    ]
    paper.table(columns, (_row(at, row, site) for at, row in enumerate(rows, 1)), size=11)


def _row(at: int, row: MonthlyRow, site: str) -> list[object]:
    result: object = row.result or Words("chưa có báo cáo", italic=True)
    if row.result and row.reported_on is not None:
        result = f"{row.result} (báo cáo ngày {row.reported_on:%d/%m/%Y})"
    address = f"{site}/so-theo-doi/{row.task.pk}/"
    return [
        str(at),
        row.notice or _UNKNOWN,
        row.subject or _UNKNOWN,
        row.content,
        result,
        str(Status(row.task.status).label),
        Words(str(row.task.pk), url=address),
    ]
