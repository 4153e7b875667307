"""What stands on top of every official paper: who issues it, the country, its number and day.

Source: Nghị định 30/2020/NĐ-CP, Annex I.
"""

from docx.shared import Pt

from diemcau.reports.official.page import ALIGN, Page
from diemcau.reports.official.text import Head, say_day, say_number_of

__all__ = ["write_banner"]

_COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_EM = 12.3
"""Width of the motto in ems of bold Times, for the rule that is as long as it is."""


def write_banner(page: Page, head: Head, *, about: str = "") -> None:
    """Write the two columns: the body, its number and what a letter is about; the country, the day.

    Args:
        about: of a letter, under its number; "" for what has a name.
    """
    table = page.document.add_table(rows=1, cols=2)
    shares = [41, 59]
    page.fix(table, shares)
    left, right = table.rows[0].cells
    inner = page.width_mm() * shares[0] / 100
    first = left.paragraphs[0]
    lines = [(head.above.upper(), False)] if head.above else []
    for words, bold in [*lines, (head.issuer.upper(), True)]:
        line = first if not first.text else left.add_paragraph()
        line.alignment = ALIGN["center"]
        page.run(line, words, 12 if head.above else 13, bold=bold)
    shown = min(len(head.issuer) * 13 * 0.7 * 0.353, inner)
    page.rule(shown * 0.42, within=inner, cell=left)
    number = say_number_of(head.number) if head.number else "       "
    line = left.add_paragraph()
    line.alignment = ALIGN["center"]
    page.run(line, f"Số: {number}{'/' + head.symbol if head.symbol else ''}", 13)
    if about:
        line = left.add_paragraph()
        line.alignment, line.paragraph_format.space_before = ALIGN["center"], Pt(6)
        page.run(line, about, 12)
    line = right.paragraphs[0]
    line.alignment = ALIGN["center"]
    page.run(line, _COUNTRY, 12, bold=True)
    line = right.add_paragraph()
    line.alignment = ALIGN["center"]
    page.run(line, _MOTTO, 13, bold=True)
    wide = page.width_mm() * shares[1] / 100
    page.rule(_MOTTO_EM * 13 * 0.353, within=wide, cell=right)
    if head.above:
        # Place and day stand on the line of the number.
        page.run(right.add_paragraph(), "", 2)
    line = right.add_paragraph()
    line.alignment = ALIGN["center"]
    place = f"{head.place}, " if head.place else ""
    page.run(line, f"{place}{say_day(head.on)}", 13, italic=True)
