"""Reports on tasks and commitments as official documents, every number with its evidence.

The words are the paper's own, in Vietnamese whatever the screen's language.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone, translation

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.periods import Span
from diemcau.delivery.states import Standing
from diemcau.delivery.statistics.cells import CELLS, Cells, Row, Share, shares_of
from diemcau.delivery.statistics.signed import SignedText
from diemcau.delivery.statistics.sixfields import SixFields
from diemcau.reports.official import Cell, Head, Paper, say_day
from diemcau.reports.official import Span as Words
from diemcau.reports.signed import annex_texts, tell_texts
from diemcau.reports.wording import UNKNOWN, say_count

__all__ = ["Link", "Signing", "commitments_report", "say_period", "statistics_report"]

Link = Callable[..., str]
"""The register's address, narrowed by keyword: `link(tinh_trang="late")`."""

_CELLS: Mapping[str, str] = {
    "done_on_time": "Đã hoàn thành đúng hạn",
    "done_late": "Đã hoàn thành quá hạn",
    "in_time": "Chưa hoàn thành, trong hạn",
    "overdue": "Chưa hoàn thành, quá hạn",
    "done_no_deadline": "Đã hoàn thành, không có thời hạn",
    "no_deadline": "Chưa hoàn thành, chưa có thời hạn",
    "suspended": "Tạm hoãn",
    "refused": "Từ chối, chờ giao lại",
}
_SHARES = {
    ("done", "all"): "đã hoàn thành, trên tổng số",
    ("done", "fell_due"): (
        "đã hoàn thành, trên số đến hạn (đã hoàn thành có thời hạn và quá hạn chưa hoàn thành)"
    ),
    ("done_on_time", "fell_due"): "hoàn thành đúng hạn, trên số đến hạn",
    ("done_on_time", "done_with_deadline"): (
        "hoàn thành đúng hạn, trên số đã hoàn thành có thời hạn"
    ),
    ("overdue", "all"): "quá hạn chưa hoàn thành, trên tổng số",
    ("overdue", "fell_due"): "quá hạn chưa hoàn thành, trên số đến hạn",
}
_RECIPIENTS = ("Văn phòng Chính phủ", "Bộ Ngoại giao")
"""Who reviews commitments every quarter, and its secretariat."""
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: the office, and in whose name."""

    office: str
    authority: str = ""
    name: str = ""


def say_period(name: str) -> str:
    """A period as documents write it: "quý III năm 2025", "6 tháng đầu năm 2025"."""
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", name):
        return f"quý {_ROMAN[int(match[2])]} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-H([12])", name):
        return f"6 tháng {'đầu' if match[2] == '1' else 'cuối'} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-01/\1-09", name):
        return f"9 tháng đầu năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d{2})", name):
        return f"tháng {int(match[2])} năm {match[1]}"
    if re.fullmatch(r"\d{4}", name):
        return f"năm {name}"
    return name


def say_share(part: int, whole: int) -> str:
    """A share with two digits: 98,63%."""
    return f"{part * 100 / whole:.2f}%".replace(".", ",")


def statistics_report(
    *,
    head: Head,
    signing: Signing,
    whose: str,
    scope: Sequence[str],
    link: Link,
    site: str,
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
        what = _whose(head, whose, "kết quả thực hiện nhiệm vụ", "được giao")
        paper.name("Báo cáo", f"{what[:1].upper()}{what[1:]}, tính đến {say_day(on)}")
        paper.paragraph(
            f"{_tells(head, whose)} {what}, số liệu tính đến "
            f"{say_day(on)}; mỗi nhiệm vụ được tính một lần.{_within(scope, whose)}"
        )
        _told(paper, cells, "nhiệm vụ")
        if repeated:
            paper.paragraph(
                f"Trong số đó có {say_count(repeated)} nhiệm vụ nhắc lại việc đã có nhiệm vụ khác; "
                f"tính mỗi việc một lần là {say_count(cells.total - repeated)} việc."
            )
        paper.paragraph("Số liệu theo từng cơ quan tại Phụ lục I; dẫn chứng tại Phụ lục II.")
        paper.end()
        paper.sign(
            signing.office,
            authority=signing.authority,
            name=signing.name,
            recipients=[one for one in _RECIPIENTS[:1] if one != head.issuer],
        )
        _annex_by_body(paper, rows, cells)
        paper.annex("Danh mục dẫn chứng")
        _cell_entries(paper, cells, link)
        return paper.to_bytes()


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
        what = _whose(head, whose, "tình hình thực hiện cam kết, thỏa thuận quốc tế", "")
        paper.paragraph(
            f"{_tells(head, whose)} {what} {period} "
            f"(từ {say_day(span.first)} đến {say_day(span.last)}, {rule}); số liệu tính đến "
            f"{say_day(on)}.{_within(scope, whose)}"
        )
        _told(paper, cells, "cam kết, thỏa thuận")
        tell_texts(paper, texts)
        _difficulties(paper, rows)
        _recommendations(paper, rows)
        _gaps(paper, rows, left_out)
        paper.end()
        paper.sign(
            signing.office,
            authority=signing.authority,
            name=signing.name,
            recipients=[one for one in _RECIPIENTS if one != head.issuer],
        )
        _annex_six_fields(paper, rows)
        if texts:
            annex_texts(paper, texts, site)
        paper.annex("Danh mục dẫn chứng")
        _cell_entries(paper, cells, link)
        _row_entries(paper, rows, site)
        return paper.to_bytes()


def _is_own(head: Head, whose: str) -> bool:
    """Whether the body that issues the paper is the one whose figures it tells."""
    return bool(whose) and whose.casefold() == head.issuer.casefold()


def _tells(head: Head, whose: str) -> str:
    """A body reports on its own work; of others it sums up."""
    return f"{head.issuer} {'báo cáo' if _is_own(head, whose) else 'tổng hợp'}"


def _whose(head: Head, whose: str, what: str, own: str) -> str:
    """What is told, with the bodies it is of where they are not the one that issues the paper."""
    if _is_own(head, whose):
        return f"{what} {own}".strip()
    return f"{what} do {whose} chủ trì" if whose else f"{what} của các cơ quan"


def _within(scope: Sequence[str], whose: str) -> str:
    """The scope in words, never left out: figures of all bodies are said to be of all."""
    said = [] if whose else ["mọi cơ quan, trong phần người lập báo cáo được xem"]
    return f" Phạm vi: {'; '.join([*said, *scope])}."


def _told(paper: Paper, cells: Cells, what: str) -> None:
    paper.heading("1. Kết quả chung")
    if not cells.total:
        paper.paragraph(f"Không có {what} nào trong phạm vi báo cáo.")
        return
    paper.paragraph(
        [
            "Tổng số ",
            Words(say_count(cells.total), to="A0"),
            f" {what}; cụ thể:",
        ]
    )
    lines = [(name, label, cells.of(name)) for name, label in _CELLS.items()]
    table = [
        [
            str(at),
            label,
            say_count(n),
            say_share(n, cells.total),
            Words(f"[A{at}]", to=f"A{at}") if n else "",
        ]
        for at, (_name, label, n) in enumerate(lines, 1)
    ]
    total = ["", "Cộng", say_count(cells.total), say_share(1, 1), Words("[A0]", to="A0")]
    columns = [
        Cell("STT", 1, "center"),
        Cell("Tình trạng", 6),
        Cell("Số lượng", 2, "right"),
        Cell("Tỷ lệ trên tổng số", 2.4, "right"),
        Cell("Dẫn chứng", 2, "center"),
    ]
    paper.table(columns, [*table, total], bold_rows=[len(table)])
    parts = " + ".join(say_count(n) for _name, _label, n in lines)
    added = sum(n for _name, _label, n in lines)
    paper.paragraph(f"Kiểm tra: {parts} = {say_count(added)}; tổng số {say_count(cells.total)}.")
    if cells.awaiting:
        paper.paragraph(
            f"Trong số đó có {say_count(cells.awaiting)} {what} đã báo cáo hoàn thành, "
            "đang chờ xác nhận."
        )
    for share in shares_of(cells):
        if share.whole:
            paper.paragraph(f"- {_share_words(share)}.")


def _share_words(share: Share) -> str:
    words = _SHARES[share.what, share.base]
    return (
        f"Tỷ lệ {words}: {say_share(share.part, share.whole)} "
        f"({say_count(share.part)}/{say_count(share.whole)})"
    )


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


def _listed(counts: Counter[str]) -> str:
    return "; ".join(f"“{label}” {say_count(n)}" for label, n in counts.most_common())


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


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


_FEW = 10
"""Recommendations told in the text; more stand in the annex alone."""


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
    with_ = f"\nPhối hợp: {'; '.join(row.coordinating)}" if row.coordinating else ""
    leads: object = f"{'; '.join(row.leads)}{with_}" if row.leads else [UNKNOWN, with_]
    if row.leads and not row.is_led:
        leads = [
            f"{'; '.join(row.leads)}\n",
            Words("(chưa rõ cơ quan chủ trì)", italic=True),
            with_,
        ]
    if row.is_partners:
        follows = f"\nTheo dõi: {'; '.join(row.following)}" if row.following else ""
        leads = f"Phía đối tác thực hiện{follows}"
    due = _timeline(row)
    state = str(Standing(row.standing).label)
    done = [f"{state}."]
    if row.progress is not None:
        when = f"{timezone.localdate(row.progress.released_at):%d/%m/%Y}"
        kept = "" if row.in_period else ", chưa có báo cáo mới trong kỳ"
        done = [f"{state}.\n{row.progress.done.strip()} (báo cáo ngày {when}{kept})"]
    else:
        done += ["\n", Words("Chưa có báo cáo tiến độ", italic=True)]
    hindered = "\n".join(
        f"- {one.what} ({_lower(one.get_side_display())})" for one in row.difficulties
    )
    return [
        str(at),
        leads,
        _partners(row),
        row.content,
        due or UNKNOWN,
        done,
        hindered or UNKNOWN,
        "\n".join(f"- {words}" for words in row.recommendations) or UNKNOWN,
        Words(f"[{at}]", to=f"R{at}"),
    ]


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
        return said[:1].upper() + said[1:]
    if row.due_to is not None:
        return f"{row.due_to:%d/%m/%Y}"
    return row.timeline


def _annex_by_body(paper: Paper, rows: Sequence[Row], cells: Cells) -> None:
    paper.annex("Kết quả thực hiện nhiệm vụ theo cơ quan chủ trì", landscape=True)
    columns = [
        Cell("STT", 1.1, "center"),
        Cell("Cơ quan chủ trì", 5),
        Cell("Được giao", 1.5, "right"),
        *(Cell(label, 1.8, "right") for label in _CELLS.values()),
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


def _cell_entries(paper: Paper, cells: Cells, link: Link) -> None:
    url = link(tinh_trang=None)
    paper.entry(
        "A0", ["[A0] Tổng số: ", Words("sổ theo dõi", url=url), f", {say_count(cells.total)} mục."]
    )
    for at, (name, label) in enumerate(_CELLS.items(), 1):
        if n := cells.of(name):
            url = link(tinh_trang=",".join(one.value for one in CELLS[name]))
            words = Words("sổ theo dõi", url=url)
            paper.entry(f"A{at}", [f"[A{at}] {label}: ", words, f", {say_count(n)} mục."])


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
