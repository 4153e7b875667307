"""Readings made by hand: a text with its records, as a reader would return them."""

from decimal import Decimal

import vanban
from diemcau.documents.opening import OpenedFile, hash_bytes
from diemcau.documents.store import store_document
from vanban import records

__all__ = ["REPORT", "opened_report", "read_by_hand", "store_report"]

REPORT = """\
Hội nghị ngoại giao kinh tế tổng kết năm
Ảnh: Minh họa
Chiều 18/12/2024, Bộ trưởng Nguyễn Văn An chủ trì hội nghị với 91 điểm cầu.
Cả năm các đoàn đã ký hơn 120 thỏa thuận, tăng 15,5% so với năm 2023.
Bộ trưởng yêu cầu Vụ Tổng hợp kinh tế lập cơ chế trao đổi với đối tác trước 30/6/2025; \
các cơ quan đại diện báo cáo hằng quý.
Hội nghị nhắc lại Nghị quyết số 93/NQ-CP và thị trường Brazil.
Việc theo dõi thỏa thuận sau khi ký còn chậm.
"""

_AT = {
    "events": "hội nghị với 91 điểm cầu",
    "people": "Bộ trưởng Nguyễn Văn An",
    "agreements": "ký hơn 120 thỏa thuận",
    "growth": "tăng 15,5% so với năm 2023",
    "mechanism": "lập cơ chế trao đổi với đối tác trước 30/6/2025",
    "quarterly": "các cơ quan đại diện báo cáo hằng quý",
    "instruments": "Nghị quyết số 93/NQ-CP",
    "partners": "thị trường Brazil",
    "shortcomings": "theo dõi thỏa thuận sau khi ký còn chậm",
}


def read_by_hand(text=REPORT, *, without=(), **changes):
    """A reading of the report: nine records; `changes` replaces fields of one by its key."""
    document = vanban.Document.from_text(text, name="bao-cao.txt")

    def of(key, make, **fields):
        start = text.index(_AT[key])
        anchor = document.anchor(start, start + len(_AT[key]))
        values = {"confidence": 0.9, "rule": f"test {key}"} | fields | changes.get(key, {})
        return key, make(anchor=anchor, **values)

    made = [
        of("events", records.Event, date="2024-12-18", chair="Nguyễn Văn An", endpoints=91),
        of("people", records.Person, name="Nguyễn Văn An", titles=("Bộ trưởng",)),
        of(
            "agreements",
            records.Figure,
            value=Decimal(120),
            unit="count",
            bound="gt",
            what="thỏa thuận",
            measure="agreements_signed",
            subject="Việt Nam",
            period="2024",
        ),
        of(
            "growth",
            records.Figure,
            value=Decimal("15.5"),
            unit="percent",
            role="comparison",
            measure="agreements_signed",
            compares=records.Compares("yoy", "2023"),
            confidence=0.6,
        ),
        of(
            "mechanism",
            records.Task,
            action="lập cơ chế trao đổi với đối tác",
            issuer="Bộ trưởng",
            assignees=("Vụ Tổng hợp kinh tế",),
            deadline="2025-06-30",
            deadline_quote="trước 30/6/2025",
        ),
        of(
            "quarterly",
            records.Task,
            action="báo cáo hằng quý",
            assignees=("các cơ quan đại diện",),
        ),
        of("instruments", records.Instrument, document_kind="Nghị quyết", number="93/NQ-CP"),
        of("partners", records.Partner, name="Brazil", type="country", ref="BR"),
        of("shortcomings", records.Shortcoming, what="theo dõi sau ký chậm", confidence=0.5),
    ]
    return vanban.Reading(document, tuple(r for key, r in made if key not in without))


def opened_report(text=REPORT, *, name="bao-cao.txt", reading=None):
    """The report as an opened file, read by hand."""
    reading = reading or read_by_hand(text)
    data = text.encode()
    return OpenedFile(data, name, hash_bytes(data), reading.document, reading, 0.01)


def store_report(text=REPORT, *, name="bao-cao.txt", reading=None, added_by=None):
    """The stored document of the report with its statements."""
    document, _reconciled = store_document(
        opened_report(text, name=name, reading=reading), added_by=added_by
    )
    return document
