"""The report on tasks: the four cells, both bases of punctuality, and the table by body."""

import datetime as dt
from collections.abc import Sequence

from django.utils import translation

from diemcau.delivery.doers.leads import PARTNERS_SIDE
from diemcau.delivery.statistics.cells import CELLS, Cells, Row, shares_of
from diemcau.reports.counted import (
    CELL_WORDS,
    Link,
    cell_entries,
    of_whom,
    who_tells,
    within,
    write_cells,
)
from diemcau.reports.official import Cell, Head, Paper, Signing, say_day
from diemcau.reports.wording import say_count, say_share, upper_first

__all__ = ["statistics_report"]

_RECIPIENT = "Văn phòng Chính phủ"


def statistics_report(
    *,
    head: Head,
    signing: Signing,
    whose: str,
    scope: Sequence[str],
    link: Link,
    cells: Cells,
    rows: Sequence[Row],
    on: dt.date,
    repeated: int = 0,
) -> bytes:
    """The four cells with both bases of punctuality, and the table by body as an annex.

    Args:
        whose: the body whose figures they are; "" for those of every body.
        scope: the filters in words.
        link: to the register, narrowed.
        cells, rows: of `delivery.statistics.cells`, over the same tasks.
        on: the day they are told for.
        repeated: how many of the tasks are the same matter as another of them.
    """
    with translation.override("vi"):
        paper = Paper(head)
        what = of_whom(head, whose, "kết quả thực hiện nhiệm vụ", "được giao")
        paper.name("Báo cáo", f"{upper_first(what)}, tính đến {say_day(on)}")
        paper.paragraph(
            f"{who_tells(head, whose)} {what}, số liệu tính đến "
            f"{say_day(on)}; mỗi nhiệm vụ được tính một lần.{within(scope, whose)}"
        )
        write_cells(paper, cells, "nhiệm vụ")
        if repeated:
            paper.paragraph(
                f"Trong số đó có {say_count(repeated)} nhiệm vụ nhắc lại việc đã có nhiệm vụ khác; "
                f"tính mỗi việc một lần là {say_count(cells.total - repeated)} việc."
            )
        paper.paragraph("Số liệu theo từng cơ quan tại Phụ lục I; dẫn chứng tại Phụ lục II.")
        paper.close(signing, recipients=[_RECIPIENT])
        _annex_by_body(paper, rows, cells)
        paper.annex("Danh mục dẫn chứng")
        cell_entries(paper, cells, link)
        return paper.to_bytes()


def _annex_by_body(paper: Paper, rows: Sequence[Row], cells: Cells) -> None:
    paper.annex("Kết quả thực hiện nhiệm vụ theo cơ quan chủ trì", landscape=True)
    columns = [
        Cell("STT", 1.1, "center"),
        Cell("Cơ quan chủ trì", 5),
        Cell("Được giao", 1.5, "right"),
        *(Cell(label, 1.8, "right") for label in CELL_WORDS.values()),
        Cell("Hoàn thành trên tổng số", 1.8, "right"),
        Cell("Hoàn thành trên số đến hạn", 1.8, "right"),
    ]
    lines = [_body_row(str(at), _row_label(row), row.cells) for at, row in enumerate(rows, 1)]
    total = sum((row.cells for row in rows), start=Cells())
    paper.table(columns, [*lines, _body_row("", "Cộng", total)], size=11, bold_rows=[len(lines)])
    paper.paragraph(
        f"Kiểm tra: cộng các dòng {say_count(total.total)}; tổng số {say_count(cells.total)}."
    )


def _row_label(row: Row) -> str:
    if not row.ref:
        return "Chưa rõ một cơ quan chủ trì"
    if row.ref == PARTNERS_SIDE:
        return "Phía đối tác thực hiện"
    if row.body is None:
        return "Cơ quan chủ trì chưa có trong danh bạ"
    kept = {"own": " (riêng cơ quan)", "inherited": " (nhiệm vụ tiếp nhận)"}
    return row.body.name + kept.get(row.how, "")


def _body_row(number: str, label: str, cells: Cells) -> list[str]:
    shares = {(one.what, one.base): one for one in shares_of(cells)}

    def share(base: str) -> str:
        one = shares["done", base]
        return say_share(one.part, one.whole) if one.whole else ""

    counts = [say_count(cells.of(name)) for name in CELLS]
    return [number, label, say_count(cells.total), *counts, share("all"), share("fell_due")]
