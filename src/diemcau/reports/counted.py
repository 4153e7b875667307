"""What reports say of the tasks they count: whose they are, where they stand, and the evidence."""

from collections.abc import Callable, Mapping, Sequence

from diemcau.delivery.statistics.cells import CELLS, Cells, Share, shares_of
from diemcau.reports.official import Cell, Head, Paper
from diemcau.reports.official import Span as Words
from diemcau.reports.wording import say_count, say_share

__all__ = [
    *("CELL_WORDS", "Link"),
    *("cell_entries", "of_whom", "who_tells", "within", "write_cells"),
]

Link = Callable[..., str]
"""The register's address, narrowed by keyword: `link(tinh_trang="late")`."""

CELL_WORDS: Mapping[str, str] = {
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


def who_tells(head: Head, whose: str) -> str:
    """A body reports on its own work; of others it sums up."""
    return f"{head.issuer} {'báo cáo' if _is_own(head, whose) else 'tổng hợp'}"


def of_whom(head: Head, whose: str, what: str, own: str) -> str:
    """What is told, with the bodies it is of where they are not the one that issues the paper.

    Args:
        what: is told, and `own` of a body's own: "kết quả thực hiện nhiệm vụ", "được giao".
    """
    if _is_own(head, whose):
        return f"{what} {own}".strip()
    return f"{what} do {whose} chủ trì" if whose else f"{what} của các cơ quan"


def within(scope: Sequence[str], whose: str) -> str:
    """The scope in words, never left out: figures of all bodies are said to be of all."""
    said = [] if whose else ["mọi cơ quan, trong phần người lập báo cáo được xem"]
    return f" Phạm vi: {'; '.join([*said, *scope])}."


def write_cells(paper: Paper, cells: Cells, what: str) -> None:
    """The part on all that is counted: the table of cells, their sum, and the shares.

    Args:
        what: is counted, "nhiệm vụ".
    """
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
    lines = [(name, label, cells.of(name)) for name, label in CELL_WORDS.items()]
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


def cell_entries(paper: Paper, cells: Cells, link: Link) -> None:
    """The evidence of each cell, in the list at the end: the register narrowed to it."""
    url = link(tinh_trang=None)
    paper.entry(
        "A0", ["[A0] Tổng số: ", Words("sổ theo dõi", url=url), f", {say_count(cells.total)} mục."]
    )
    for at, (name, label) in enumerate(CELL_WORDS.items(), 1):
        if n := cells.of(name):
            url = link(tinh_trang=",".join(one.value for one in CELLS[name]))
            words = Words("sổ theo dõi", url=url)
            paper.entry(f"A{at}", [f"[A{at}] {label}: ", words, f", {say_count(n)} mục."])


def _is_own(head: Head, whose: str) -> bool:
    """Whether the body that issues the paper is the one whose figures it tells."""
    return bool(whose) and whose.casefold() == head.issuer.casefold()


def _share_words(share: Share) -> str:
    words = _SHARES[share.what, share.base]
    return (
        f"Tỷ lệ {words}: {say_share(share.part, share.whole)} "
        f"({say_count(share.part)}/{say_count(share.whole)})"
    )
