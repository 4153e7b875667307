"""A document of the administration as DOCX, laid out as Nghị định 30/2020/NĐ-CP asks.

    paper = Paper(Head(issuer="Bộ Ngoại giao", symbol="BC-BNG", place="Hà Nội", on=day))
    paper.name("Báo cáo", "Kết quả thực hiện cam kết quốc tế quý III năm 2026")
    paper.paragraph("Thực hiện Thông báo số 65/TB-VPCP …")
    paper.heading("1. Kết quả chung")
    paper.table([Cell("STT", 1, "center"), Cell("Nội dung", 5)], [["1", "…"]])
    paper.end()
    paper.sign("Bộ trưởng", name="…", recipients=["Văn phòng Chính phủ"], kept_by="VT, NGKT")
    paper.annex("Bảng tổng hợp", landscape=True)
    data = paper.to_bytes()

A letter (công văn) has no name: `paper.letter("đôn đốc …", to=["Bộ Công Thương"])` stands in its
place. The parts are written in the order they are called, which is their order on paper. A text is
a string, or a list of strings and `Span`s where some words are bold, italic, or a link:
`Span(words, to="E3")` leads to `paper.entry("E3", …)` of a list at the end, `Span(words, url=…)`
out of the paper. What an official fills in by hand (number, day, signature) is left as the blank
the layout gives it; nothing is invented. The words are the paper's own, in Vietnamese whatever the
screen's language: it is the language of the decree.
"""

from diemcau.reports.official.paper import Paper
from diemcau.reports.official.text import Cell, Head, Signing, Span, Text, say_day, say_number_of

__all__ = ["DOCX", "Cell", "Head", "Paper", "Signing", "Span", "Text", "say_day", "say_number_of"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Content type of what `Paper.to_bytes` gives."""
