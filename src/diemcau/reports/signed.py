"""The agreements of a reporting period, told beside the commitments of a report."""

from collections.abc import Sequence

from diemcau.delivery.statistics.signed import SignedText
from diemcau.reports.official import Cell, Paper
from diemcau.reports.official import Span as Words
from diemcau.reports.wording import say_count

__all__ = ["UNKNOWN", "annex_texts", "tell_texts"]

UNKNOWN = Words("chưa rõ", italic=True)
"""What stands in a cell of a table where nothing is known."""


def tell_texts(paper: Paper, texts: Sequence[SignedText]) -> None:
    """Say the texts of the period; they are in no total, what they oblige to is a commitment."""
    if not texts:
        paper.paragraph(
            "Sổ thỏa thuận không ghi nhận văn bản nào được ký hoặc chuyển giai đoạn trong kỳ."
        )
        return
    bare = sum(not one.n_commitments for one in texts)
    left = f"; trong đó {say_count(bare)} văn bản chưa có cam kết nào được ghi" if bare else ""
    paper.paragraph(
        f"Ngoài ra, trong kỳ có {say_count(len(texts))} thỏa thuận được ký hoặc chuyển giai đoạn "
        f"(Phụ lục II), không tính trong tổng số trên{left}."
    )


def annex_texts(paper: Paper, texts: Sequence[SignedText], site: str) -> None:
    """The texts of the period one by one, each with a link to the register."""
    paper.annex("Danh mục thỏa thuận được ký hoặc chuyển giai đoạn trong kỳ", landscape=True)
    columns = [
        Cell("STT", 1.2, "center"),
        Cell("Thỏa thuận", 7),
        Cell("Các bên", 5),
        Cell("Ngày ký", 2.4, "center"),
        Cell("Giai đoạn", 3),
        Cell("Chuyển trong kỳ", 4),
        Cell("Số cam kết được ghi", 2.4, "center"),
    ]
    paper.table(columns, (_text_row(at, one, site) for at, one in enumerate(texts, 1)), size=11)


def _text_row(at: int, one: SignedText, site: str) -> list[object]:
    row = one.agreement
    moves = "\n".join(
        f"{move.on:%d/%m/%Y}: {move.get_stage_display()}{f' ({move.side})' if move.side else ''}"
        for move in one.moves
    )
    return [
        str(at),
        Words(row.title, url=f"{site}/thoa-thuan/{row.pk}/"),
        "; ".join(side.as_written for side in row.sides.all()),
        f"{row.signed_on:%d/%m/%Y}" if row.signed_on else UNKNOWN,
        str(one.life.stage.label) if one.life.stage else UNKNOWN,
        moves or "Ký",
        say_count(one.n_commitments) if one.n_commitments else Words("chưa có", italic=True),
    ]
