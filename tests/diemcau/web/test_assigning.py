"""The pages of giving tasks: what each person is offered, how much they ask of the database."""

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.delivery import actions
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Completion, Instrument, Task
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from tests.diemcau.people import signed_in
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    """A task of Bộ Giáp and "các bộ, ngành", which are two others."""
    for n, ref in enumerate(("bo-a", "bo-b", "bo-c")):
        name = ("Bộ Giáp", "Bộ Ất", "Bộ Bính")[n]
        save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")
    document = make_document(event_on="2026-01-10")
    words = "rà soát các cam kết"
    names = ["Bộ Giáp", "các bộ, ngành"]
    made = record_task(make_statement(document, "tasks", words, action=words, assignees=names))
    many = made.assignments.get(is_collective=True)
    actions.expand_collective(
        None, assignment=many.pk, bodies=["bo-b", "bo-c"], completion=Completion.ALL
    )
    return Task.objects.get(pk=made.pk)


def forms(response):
    return {
        one
        for one in ("assign", "end", "answer", "deliver", "pass_on", "split", "product")
        if f'name="do" value="{one}"' in response.content.decode()
    }


def test_each_is_offered_what_they_may_do(task, coordinator):
    address = reverse("assigning", args=[task.pk])
    everything = {"assign", "end", "answer", "deliver", "pass_on", "split", "product"}
    assert forms(coordinator.get(address)) == everything
    body = Body.objects.get(ref="bo-b")
    member = signed_in(Role.REPORTER, name="cán bộ", body=body)
    assert forms(member.get(address)) == {"answer", "deliver"}
    approver = signed_in(Role.APPROVER, name="lãnh đạo", body=Body.objects.get(ref="bo-a"))
    assert forms(approver.get(address)) == {"answer", "pass_on", "split"}
    assert forms(signed_in(Role.READER, name="người xem").get(address)) == set()


def test_where_two_lead_what_becomes_of_both_can_be_said(coordinator):
    save_body(None, {"id": "bo-d", "kind": "ministry", "name": "Bộ Đinh"}, reason="thử")
    words = "lập danh mục dự án"
    given = ["Bộ Kinh tế", "Bộ Tài vụ"]
    document = make_document(event_on="2026-01-10")
    made = record_task(make_statement(document, "tasks", words, action=words, assignees=given))
    address = reverse("assigning", args=[made.pk])
    assert 'name="earlier_lead"' in coordinator.get(address).content.decode()
    sent = {"do": "assign", "body": "bo-d", "role": "lead", "earlier_lead": "coordinating"}
    assert coordinator.post(address, sent).status_code == 302
    leads = made.assignments.filter(role="lead", ended_at=None)
    assert [one.body for one in leads] == ["bo-d"]


def test_who_saw_an_older_version_is_told_and_nothing_is_overwritten(task, coordinator):
    address = reverse("assigning", args=[task.pk])
    sent = {"do": "product", "product": "đề án", "seen": task.version}
    assert coordinator.post(address, sent).status_code == 302
    late = coordinator.post(address, {**sent, "product": "báo cáo"})
    assert late.status_code == 422
    assert 'value="báo cáo"' in late.content.decode()
    assert Task.objects.get().product == "đề án"


@pytest.mark.parametrize(
    "sent",
    [{}, {"do": "burn"}, {"do": "answer", "assignment": "999"}, {"do": "assign", "role": "king"}],
)
def test_what_no_form_of_ours_sends_is_a_bad_request(task, coordinator, sent):
    assert coordinator.post(reverse("assigning", args=[task.pk]), sent).status_code == 400


def test_a_written_note_becomes_a_document_and_the_task_rests_on_it(coordinator):
    note = "Chiều 22/11/2026, Bộ trưởng giao Vụ chuẩn bị báo cáo về thị trường mới."
    sent = {"note": note, "place": "ghi chép 22/11", "text": "chuẩn bị báo cáo thị trường"}
    answer = coordinator.post(reverse("add_task"), sent)
    made = Task.objects.get()
    assert answer.url == reverse("assigning", args=[made.pk])
    assert made.document.texts.get().text.strip() == note
    # Refused, the form keeps what was typed.
    again = coordinator.post(reverse("add_task"), {**sent, "deadline": "sớm nhất"})
    assert again.status_code == 422
    assert "sớm nhất" in again.content.decode()
    assert note in again.content.decode()


@pytest.mark.parametrize("n", [1, 4])
def test_the_pages_ask_the_database_as_often_however_much_there_is(
    task, coordinator, n, django_assert_num_queries
):
    document = make_document("1. Một.\n2. Hai.\n3. Ba.", event_on="2026-01-10")
    fields = InstrumentFields("Thông báo", "65/TB-VPCP")
    made = actions.record_instrument(None, fields=fields, document=document)
    for i in range(n):
        actions.record_typed_task(None, document=document, place=f"{i}", text=f"làm việc số {i}")
        if i:
            fields = InstrumentFields("Thông báo", f"{i}/TB-VPCP")
            actions.record_instrument(None, fields=fields)
    counts = {
        reverse("assigning", args=[task.pk]): 10,
        reverse("ledger_instruments"): 6,
        reverse("instrument", args=[made.pk]): 12,
        reverse("unclear_tasks"): 7,
        reverse("take_overs"): 5,
        reverse("add_task"): 4,
    }
    for address, n_queries in counts.items():
        with django_assert_num_queries(n_queries):
            assert coordinator.get(address).status_code == 200


def test_the_text_of_an_instrument_is_said_on_its_page_and_taken_back(coordinator):
    document = make_document("1. Một.\n2. Hai.", event_on="2026-01-10")
    statement = make_statement(document, "tasks", "lập tổ công tác", action="lập tổ công tác")
    task = record_task(statement)
    coordinator.post(reverse("add_instrument"), {"kind": "Thông báo", "number": "65/TB-VPCP"})
    made = Instrument.objects.get()
    address = reverse("instrument_text", args=[made.pk])
    coordinator.post(address, {"document": f"{document.pk} {document}"})
    task.directive.refresh_from_db()
    assert task.directive.instrument == made
    page = coordinator.get(reverse("instrument", args=[made.pk])).content.decode()
    assert task.title in page
    coordinator.post(address, {"do": "undo"})
    task.directive.refresh_from_db()
    assert task.directive.instrument is None


def test_a_document_named_in_a_text_leads_to_its_record_and_back(coordinator):
    document = make_document(event_on="2026-01-10")
    values = {"kind": "Thông báo", "number": "65/TB-VPCP", "date": "2026-02-04"}
    named = make_statement(document, "instruments", "65/TB-VPCP", state="accepted", **values)
    form = reverse("add_instrument")
    assert (
        f'href="{form}?cau={named.pk}"' in coordinator.get(reverse("instruments")).content.decode()
    )
    page = coordinator.get(form, {"cau": named.pk}).content.decode()
    assert 'value="65/TB-VPCP"' in page
    assert 'value="2026-02-04"' in page
    sent = {"kind": "Thông báo", "number": "65/TB-VPCP", "statement": named.pk}
    answer = coordinator.post(form, sent)
    made = Instrument.objects.get()
    assert (made.statement, answer.url) == (named, reverse("instrument", args=[made.pk]))
    listed = coordinator.get(reverse("instruments")).content.decode()
    assert f'href="{reverse("instrument", args=[made.pk])}"' in listed
