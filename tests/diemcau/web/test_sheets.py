"""Lists as files: what the page shows, for the person who asks, and never a formula."""

import csv
import io

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Task
from diemcau.documents.models import Document, Statement
from diemcau.exchange.taking_out import LISTS as LISTS_OUT
from diemcau.web.sheets import Column, Sheet, sheet_file
from tests.diemcau.people import signed_in
from tests.diemcau.sheets import take_sheet
from tests.diemcau.statements import make_document, make_statement

LISTS = {"tasks": {}, "documents": {}, "figures": {}, "clashes": {}, "search": {"q": "thoa thuan"}}


def body(response):
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def cells(client, name, form, **query):
    """The rows of the file under its head row, and the head row."""
    data = body(take_sheet(client, name, form, query))
    if form == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    head = max(range(len(rows)), key=lambda i: -i if sum(map(bool, rows[i])) > 4 else -9999)
    return rows[head + 1 :], rows[head], rows[:head]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_out_whole_with_its_head_in_the_language(coordinator, fill, name, form):
    fill(2)
    rows, head, above = cells(coordinator, name, form, **LISTS[name])
    counts = {
        "tasks": Task.objects.count(),
        "documents": Document.objects.count(),
        "figures": Statement.objects.filter(kind="figures").count(),
    }
    assert len(rows) == counts.get(name, len(rows)) > 0
    assert head[0] == {"tasks": "Số trong sổ"}.get(name, "Mã số")
    assert len(set(head)) == len(head)
    assert not {"count", "percent", "eq", "gt"} & {cell for row in rows for cell in row}
    assert any("Người xuất" in row and str(coordinator.person) in row for row in above)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("exchange.take_list_out", coordinator.person)
    assert entry.detail.pop("list") in LISTS_OUT
    assert entry.detail == {"form": form, "filters": LISTS[name], "rows": len(rows)}


def test_a_file_asked_for_by_its_address_alone_is_the_page(coordinator, fill):
    fill(1)
    for name in LISTS:
        answer = coordinator.get(reverse(name), {"xuat": "csv", **LISTS[name]})
        assert "Ai tải danh sách ra đều được ghi vào nhật ký." in answer.content.decode()
    assert not AuditEntry.objects.exists()


def test_who_holds_no_role_takes_nothing_out(fill):
    fill(1)
    nobody = signed_in(Role.READER)
    nobody.person.grants.all().delete()
    assert take_sheet(nobody, "tasks", "csv").status_code == 403
    assert not AuditEntry.objects.exists()


def test_the_file_follows_the_filters_the_sort_and_the_language(english, fill):
    fill(3)
    rows, head, above = cells(english, "tasks", "csv", q="duong day", xep="moi")
    days = [row[head.index("Said")] for row in rows]
    assert days == sorted(days, reverse=True)
    assert ["Filter", "Words: duong day"] in above
    assert cells_of_none(english) == []


def cells_of_none(client):
    data = body(take_sheet(client, "tasks", "csv", {"q": "không có từ này"}))
    return data.decode("utf-8-sig").splitlines()[6:]


def test_more_than_a_page_goes_out(coordinator):
    for n in range(60):
        make_document(name=f"Văn bản {n}.txt")
    rows, _head, _above = cells(coordinator, "documents", "csv")
    assert len(rows) == 60


def test_a_closed_document_stays_out_of_who_may_not_see_it(fill):
    fill(2)
    Document.objects.filter(pk=Document.objects.first().pk).update(is_closed=True)
    reader = signed_in(Role.READER)
    for name, query in LISTS.items():
        if name == "clashes":
            continue
        data = body(take_sheet(reader, name, "csv", query)).decode()
        assert "Hội nghị năm 2021" not in data or "Hội nghị năm 2022" not in data
    assert len(cells(reader, "documents", "csv")[0]) == 1


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_ever_a_formula(coordinator, text):
    document = make_document(name="x.txt")
    Document.objects.filter(pk=document.pk).update(title=text, outlet=text)
    make_statement(document, "shortcomings", f"{text.strip()} tìm thấy", what="x")
    rows, head, _above = cells(coordinator, "documents", "csv")
    assert rows[0][head.index("Tài liệu")].startswith("'")
    rows, head, _above = cells(coordinator, "documents", "xlsx")
    assert rows[0][head.index("Tài liệu")].strip() == text.strip()
    data = body(take_sheet(coordinator, "search", "csv", {"q": "tim thay"})).decode()
    for row in csv.reader(io.StringIO(data.removeprefix("\ufeff"))):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row)


class _Asked:
    user = "Lan"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_text_comes_back_from_either_form(texts):
    columns = [Column("A", lambda text: text), Column("B", len)]

    def read(form):
        answer, rows = sheet_file(_Asked(), Sheet("x", "X", columns, iter(texts)), form)
        assert rows == len(texts)
        return b"".join(answer.streaming_content)

    lines = list(csv.reader(io.StringIO(read("csv").decode("utf-8-sig"), newline="")))
    assert [row[0].removeprefix("'") for row in lines[5:]] == [t.removeprefix("'") for t in texts]
    assert [int(row[1]) for row in lines[5:]] == [len(text) for text in texts]
    assert read("xlsx")[:2] == b"PK"
