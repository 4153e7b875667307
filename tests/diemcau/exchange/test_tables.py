"""A table brought to the register is kept for its rows; it is no document of the library."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

import vanban
from diemcau.accounts.models import Role
from diemcau.commands.run import read_outdated
from diemcau.delivery.actions import add_evidence
from diemcau.delivery.models import EvidenceKind, Task
from diemcau.delivery.refusals import Refused
from diemcau.directory.models import Body
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.documents.models import Document, Reading, Statement
from diemcau.documents.queries import list_documents
from diemcau.documents.search import search_texts
from diemcau.exchange.monthly.rows import fill_monthly, month_of, tasks_of_month
from diemcau.exchange.monthly.writing import write_monthly
from diemcau.exchange.taking import bring
from diemcau.review.intake import reread, take_in
from tests.diemcau.exchange.test_tasks import NEW, csv_of, rows_here, write, xlsx_of
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import client_of, make_person

pytestmark = pytest.mark.django_db
MONTH = month_of("2026-11")


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.fixture
def ministry():
    ensure_shipped_rows()
    fill_ledger(2)
    return Body.objects.get(ref="mofa")


def monthly_of(person, body):
    """The table of a month as it goes out, with a result that nobody else has been told."""
    rows = fill_monthly(person, tasks_of_month(person, body, MONTH, on=MONTH.last), body)
    with write_monthly(rows, body=body, span=MONTH, who="Công hàm lần hai") as file:
        return file.read()


def pages_of(document):
    return [
        reverse(name, args=[document.pk])
        for name in ("document", "document_file", "review_document", "custody", "remark")
    ]


def test_a_monthly_table_is_told_to_nobody_but_who_brought_it(ministry):
    person = make_person(Role.REPORTER, name="viet", body=ministry)
    others = [
        make_person(Role.APPROVER, name="dai-su", body=Body.objects.get(ref="dsq-jp")),
        make_person(Role.READER, name="lanh-dao"),
        make_person(Role.COORDINATOR, name="dieu-phoi"),
    ]
    batch, _new = bring(person, data=monthly_of(person, ministry), name="thang-11.xlsx")
    document = batch.document
    assert document.is_table
    assert "thang-11" not in client_of(person).get(reverse("documents")).content.decode()
    for one in others:
        client = client_of(one)
        assert document not in list_documents(one)
        assert document not in [hit.version.document for hit in search_texts(one, ["viec"])]
        assert [client.get(url).status_code for url in pages_of(document)[:3]] == [404, 404, 404]
        for url in ("/su-kien/them", "/thoa-thuan/them", "/cam-ket/them"):
            assert "thang-11" not in client.get(url).content.decode()
    mine = client_of(person).get(reverse("document", args=[document.pk]))
    assert "Tệp bảng đã đưa vào sổ theo dõi" in mine.content.decode()
    assert client_of(person).get(reverse("document_file", args=[document.pk])).status_code == 200


def test_a_register_opens_to_others_only_as_what_its_tasks_rest_on():
    fill_ledger(1)
    person, other = make_person(name="mang"), make_person(Role.READER, name="doc")
    batch, _new = bring(person, data=csv_of([*rows_here(), NEW]), name="so.csv")
    address = reverse("document", args=[batch.document_id])
    assert client_of(other).get(address).status_code == 404
    write(batch, person)
    task = Task.objects.get(code="CT-01")
    assert task.document == batch.document
    assert client_of(other).get(address).status_code == 200
    page = client_of(other).get(reverse("task", args=[task.pk])).content.decode()
    assert address in page
    assert batch.document not in list_documents(other)


def test_a_table_is_no_evidence_and_its_bytes_are_no_document(ministry):
    person = make_person(name="mang")
    data = csv_of([*rows_here(), NEW])
    document = bring(person, data=data, name="so.csv")[0].document
    with pytest.raises(Refused, match="Không có văn bản này"):
        add_evidence(
            person,
            task=Task.objects.first().pk,
            kind=EvidenceKind.DOCUMENT,
            what="Sổ",
            document=document,
        )
    with pytest.raises(vanban.DocumentError, match="làm bảng của sổ theo dõi"):
        take_in(person, data=data, name="so.csv")
    # What stands in the library already stays there, though its rows are taken too.
    kept = take_in(person, data=csv_of([NEW | {"code": "CT-02"}]), name="khac.csv").document
    bring(person, data=csv_of([NEW | {"code": "CT-02"}]), name="khac.csv")
    kept.refresh_from_db()
    assert not kept.is_table


@pytest.mark.parametrize("form", [csv_of, xlsx_of])
def test_a_newer_engine_reads_no_table(form):
    fill_ledger(2)
    rows = rows_here()
    rows[0]["product"] = "Đề án"
    name = "so.csv" if form is csv_of else "so.xlsx"
    document = bring(None, data=form(rows), name=name)[0].document
    Reading.objects.update(engine_version="0.1")
    read_outdated()
    assert document.texts.count() == 1
    assert not Statement.objects.filter(document=document).exists()
    with pytest.raises(PermissionDenied, match="a table"):
        reread(None, document)


def test_tables_from_before_are_marked_and_what_was_read_in_them_is_taken_back():
    fill_ledger(1)
    rows = rows_here()
    rows[0]["product"] = "Đề án"
    document = bring(None, data=xlsx_of(rows), name="so.xlsx")[0].document
    Document.objects.update(is_table=False)
    document.refresh_from_db()
    reread(None, document)
    proposed = Statement.objects.filter(document=document, state="proposed")
    assert proposed.exists()
    import_module("diemcau.exchange.migrations.0004_tables_are_no_documents").mark(apps, None)
    document.refresh_from_db()
    assert document.is_table
    assert not proposed.exists()
    assert not Document.objects.exclude(pk=document.pk).filter(is_table=True).exists()
