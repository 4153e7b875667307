"""The report on commitments and agreements of a period: the six fields, in sum and row by row."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.utils import timezone, translation

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.periods import Span
from diemcau.delivery.states import Standing
from diemcau.delivery.statistics.cells import Cells
from diemcau.delivery.statistics.signed import SignedText
from diemcau.delivery.statistics.sixfields import SixFields
from diemcau.reports.counted import Link, cell_entries, of_whom, who_tells, within, write_cells
from diemcau.reports.official import Cell, Head, Paper, Signing, say_day
from diemcau.reports.official import Span as Words
from diemcau.reports.signed import UNKNOWN, annex_texts, tell_texts
from diemcau.reports.wording import lower_first, say_count, say_period, upper_first

__all__ = ["commitments_report"]

_RECIPIENTS = ("Văn phòng Chính phủ", "Bộ Ngoại giao")
"""Who reviews commitments every quarter, and its secretariat."""
_FEW = 10
"""Recommendations told in the text; more stand in the annex alone."""


def commitments_report(
    *,
    head: Head,
    signing: Signing,
    whose: str,
    scope: Sequence[str],
    link: Link,
    site: str,
    rows: Sequence[SixFields],
    texts: Sequence[SignedText],
    cells: Cells,
    span: Span,
    on: dt.date,
    left_out: int = 0,
) -> bytes:
    """The six fields of every commitment in a period: what is known in sum, and row by row.

    Args:
        whose: the body whose figures they are; "" for those of every body.
        rows: of `delivery.statistics.sixfields`; `cells` counts the same tasks.
        texts: the agreements signed or moved in the period, told beside.
        left_out: how many rows there are beyond those given, which the paper then says.
    """
    with translation.override("vi"):
        paper = Paper(head)
        period = say_period(span.name)
        paper.name("Báo cáo", f"Tình hình thực hiện cam kết, thỏa thuận quốc tế {period}")
        rule = (
            "kỳ báo cáo theo Nghị định số 09/2019/NĐ-CP"
            if span.rule == DueRule.ADMINISTRATIVE
            else "kỳ theo lịch"
        )
        what = of_whom(head, whose, "tình hình thực hiện cam kết, thỏa thuận quốc tế", "")
        paper.paragraph(
            f"{who_tells(head, whose)} {what} {period} "
            f"(từ {say_day(span.first)} đến {say_day(span.last)}, {rule}); số liệu tính đến "
            f"{say_day(on)}.{within(scope, whose)}"
        )
        write_cells(paper, cells, "cam kết, thỏa thuận")
        tell_texts(paper, texts)
        _difficulties(paper, rows)
        _recommendations(paper, rows)
        _gaps(paper, rows, left_out)
        paper.close(signing, recipients=_RECIPIENTS)
        _annex_six_fields(paper, rows)
        if texts:
            annex_texts(paper, texts, site)
        paper.annex("Danh mục dẫn chứng")
        cell_entries(paper, cells, link)
        _row_entries(paper, rows, site)
        return paper.to_bytes()


def _difficulties(paper: Paper, rows: Sequence[SixFields]) -> None:
    paper.heading("2. Khó khăn, vướng mắc")
    open_ = [one for row in rows for one in row.difficulties]
    if not open_:
        paper.paragraph("Chưa có khó khăn, vướng mắc nào được ghi nhận còn chưa giải quyết.")
        return
    hindered = sum(bool(row.difficulties) for row in rows)
    sides = Counter(one.get_side_display() for one in open_)
    levels = Counter(one.get_level_display() for one in open_)
    paper.paragraph(
        f"{say_count(hindered)}/{say_count(len(rows))} cam kết, thỏa thuận còn vướng mắc, với "
        f"{say_count(len(open_))} vướng mắc chưa giải quyết; phân theo phía: {_listed(sides)}; "
        f"phân theo cấp quyết định: {_listed(levels)}."
    )


def _recommendations(paper: Paper, rows: Sequence[SixFields]) -> None:
    paper.heading("3. Kiến nghị")
    asked = [(at, words) for at, row in enumerate(rows, 1) for words in row.recommendations]
    if not asked:
        paper.paragraph("Chưa có kiến nghị nào được ghi nhận.")
        return
    paper.paragraph(
        f"Có {say_count(len(asked))} kiến nghị; nội dung từng kiến nghị tại cột “Kiến nghị” của "
        "Phụ lục I" + (", trong đó:" if len(asked) <= _FEW else ".")
    )
    if len(asked) <= _FEW:
        for at, words in asked:
            paper.paragraph([f"- {words.rstrip('.')} (mục ", Words(str(at), to=f"R{at}"), ")."])


def _gaps(paper: Paper, rows: Sequence[SixFields], left_out: int) -> None:
    paper.heading("4. Thông tin còn thiếu")
    gaps = {
        "chưa rõ cơ quan chủ trì": sum(not (row.is_led or row.is_partners) for row in rows),
        "chưa rõ đối tác": sum(not row.partners for row in rows),
        "chưa rõ thời hạn": sum(not (row.deadline or row.timeline or row.due_to) for row in rows),
        "chưa có báo cáo tiến độ trong kỳ": sum(not row.in_period for row in rows),
    }
    missing = [f"{say_count(n)} {what}" for what, n in gaps.items() if n]
    n = say_count(len(rows))
    if missing:
        paper.paragraph(f"Trên {n} cam kết, thỏa thuận: {'; '.join(missing)}.")
    else:
        paper.paragraph(f"Không: {n} cam kết, thỏa thuận đều có đủ thông tin.")
    if left_out:
        paper.paragraph(
            f"Phụ lục I ghi {n} mục đầu; còn {say_count(left_out)} mục có trong bảng tính kèm theo."
        )


def _annex_six_fields(paper: Paper, rows: Sequence[SixFields]) -> None:
    paper.annex("Bảng tổng hợp tình hình thực hiện cam kết, thỏa thuận", landscape=True)
    columns = [
        Cell("STT", 1.2, "center"),
        Cell("Cơ quan chủ trì", 2.6),
        Cell("Đối tác", 2.2),
        Cell("Nội dung", 5),
        Cell("Thời hạn", 2.2, "center"),
        Cell("Tình trạng, kết quả", 4),
        Cell("Khó khăn, vướng mắc", 3.6),
        Cell("Kiến nghị", 3.6),
        Cell("Dẫn chứng", 1.5, "center"),
    ]
    paper.table(columns, (_six_row(at, row) for at, row in enumerate(rows, 1)), size=11)


def _six_row(at: int, row: SixFields) -> list[object]:
    due = _timeline(row)
    state = str(Standing(row.standing).label)
    done = [f"{state}."]
    if row.progress is not None:
        when = f"{timezone.localdate(row.progress.released_at):%d/%m/%Y}"
        kept = "" if row.in_period else ", chưa có báo cáo mới trong kỳ"
        done = [f"{state}.\n{row.progress.words.strip()} (báo cáo ngày {when}{kept})"]
    else:
        done += ["\n", Words("Chưa có báo cáo tiến độ", italic=True)]
    hindered = "\n".join(
        f"- {one.what} ({lower_first(one.get_side_display())})" for one in row.difficulties
    )
    return [
        str(at),
        _leads(row),
        _partners(row),
        row.content,
        due or UNKNOWN,
        done,
        hindered or UNKNOWN,
        "\n".join(f"- {words}" for words in row.recommendations) or UNKNOWN,
        Words(f"[{at}]", to=f"R{at}"),
    ]


def _leads(row: SixFields) -> object:
    if row.is_partners:
        follows = f"\nTheo dõi: {'; '.join(row.following)}" if row.following else ""
        return f"Phía đối tác thực hiện{follows}"
    leads = "; ".join(row.leads)
    helps = f"\nPhối hợp: {'; '.join(row.coordinating)}" if row.coordinating else ""
    if not leads:
        return [UNKNOWN, helps]
    if row.is_led:
        return f"{leads}{helps}"
    return [f"{leads}\n", Words("(chưa rõ cơ quan chủ trì)", italic=True), helps]


_TAKEN_FROM = {"event": "theo chuyến thăm, cuộc gặp", "agreement": "theo thỏa thuận"}
"""Of what the partner is, where the words of the promise name none."""


def _partners(row: SixFields) -> object:
    if not row.partners:
        return UNKNOWN
    names = "; ".join(row.partners)
    if not row.partners_of:
        return names
    return [f"{names}\n", Words(f"({_TAKEN_FROM[row.partners_of]})", italic=True)]


def _timeline(row: SixFields) -> str:
    said = say_period(row.deadline)
    if said and said != row.deadline:
        return upper_first(said)
    if row.due_to is not None:
        return f"{row.due_to:%d/%m/%Y}"
    return row.timeline


def _row_entries(paper: Paper, rows: Sequence[SixFields], site: str) -> None:
    for at, row in enumerate(rows, 1):
        task = row.task
        url = f"{site}/so-theo-doi/{task.pk}/"
        shown = "; ".join(
            f"{one.what}{f' ({one.on:%d/%m/%Y})' if one.on else ''}" for one in row.evidence
        )
        paper.entry(
            f"R{at}",
            [
                f"[{at}] {task.document}; ",
                Words(f"mục {task.pk} của sổ theo dõi", url=url),
                f". Minh chứng: {shown or 'chưa có'}.",
            ],
        )


def _listed(counts: Counter[str]) -> str:
    return "; ".join(f"“{label}” {say_count(n)}" for label, n in counts.most_common())
