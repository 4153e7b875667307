"""Commitments: accepted from their sentences or typed, who keeps them, and where they stand."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Paper

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery import queries
from diemcau.delivery.actions import (
    place_commitment,
    write_commitment,
)
from diemcau.delivery.agreements import (
    list_agreements,
)
from diemcau.delivery.doers.leads import PARTNERS_SIDE, settle_lead
from diemcau.delivery.models import (
    AssignmentRole,
    Commitment,
    Nature,
    PromiseForm,
)
from diemcau.delivery.periods import read_span
from diemcau.delivery.promises import is_partners, read_side, record_commitment
from diemcau.delivery.refusals import Refused
from diemcau.delivery.statistics.cells import count_by_body
from diemcau.delivery.statistics.sixfields import fill_six_fields
from diemcau.documents.models import StatementState
from diemcau.review.actions import accept_statement, reject_statement
from diemcau.review.settling import settle_missing
from tests.diemcau.delivery.signings import signed
from tests.diemcau.people import client_of, make_person
from tests.diemcau.sheets import take_sheet
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def document():
    return make_document(event_on="2025-03-04")


def commitment(document, **values):
    base = {
        "what": "hỗ trợ 5 dự án chuyển đổi năng lượng",
        "parties": ["Nhật Bản"],
        "counterparts": ["Bộ Công Thương"],
        "form": "said",
        "n_texts": None,
        "event": "hội đàm",
        "date": None,
    }
    return make_statement(
        document, "commitments", "Nhật Bản cam kết hỗ trợ 5 dự án", **{**base, **values}
    )


def test_an_accepted_commitment_is_in_the_register_with_its_partner(document):
    said = commitment(document)
    accept_statement(None, said.pk, seen=0)
    made = Commitment.objects.get()
    task = queries.list_tasks(None, on=TODAY).get()
    assert (task.statement, task.nature, made.task_id) == (said, Nature.COMMITMENT, task.pk)
    sides = [(p.as_written, p.is_ours, bool(p.ref)) for p in made.parties.all()]
    assert sides == [("Bộ Công Thương", True, True), ("Nhật Bản", False, True)]
    # Nhật Bản promises, so that the ministry only follows.
    given = [(a.as_written, a.role) for a in task.assignments.all()]
    assert given == [("Bộ Công Thương", AssignmentRole.FOLLOWING)]
    assert not task.lead
    assert task.title.startswith("Nhật Bản cam kết")
    reject_statement(None, said.pk, seen=1)
    assert not queries.list_tasks(None, on=TODAY).exists()
    accept_statement(None, said.pk, seen=2)
    assert Commitment.objects.get() == made


def test_a_promise_is_due_when_its_sentence_says(document):
    task = record_commitment(commitment(document, deadline="2026"))
    assert (task.deadline, task.due_from, task.due_to) == (
        "2026",
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )
    assert record_commitment(commitment(document)).due_to is None


@pytest.mark.parametrize(
    ("form", "parties", "counterparts"),
    [
        ("said", ["Bộ Công Thương"], ["phía Nhật Bản"]),
        ("signed", ["phía Nhật Bản"], ["Bộ Công Thương"]),
    ],
)
def test_our_own_promise_and_a_signed_text_are_ours_to_keep(document, form, parties, counterparts):
    said = commitment(document, parties=parties, counterparts=counterparts, form=form)
    task = record_commitment(said)
    given = [(a.as_written, a.role) for a in task.assignments.all()]
    assert given == [("Bộ Công Thương", AssignmentRole.LEAD)]
    assert task.lead == "moit"


@pytest.mark.parametrize("counterparts", [["Việt Nam"], []])
def test_a_promise_of_the_other_side_is_not_put_on_us(document, counterparts):
    said = make_statement(
        document,
        "commitments",
        "cam kết hoàn tất thủ tục mở cửa thị trường trong quý III/2026",
        what="hoàn tất thủ tục mở cửa thị trường",
        parties=["Phía Brazil"],
        counterparts=counterparts,
        form="said",
        deadline="2026-09-30",
    )
    task = record_commitment(said)
    parties = [(p.as_written, p.is_ours, p.ref) for p in task.commitment.parties.all()]
    assert ("Phía Brazil", False, "br") in parties
    assert [(a.as_written, a.role) for a in task.assignments.all()] == [
        (name, AssignmentRole.FOLLOWING) for name in counterparts
    ]
    assert task.title.startswith("Phía Brazil: cam kết")
    tasks = queries.list_tasks(None, on=TODAY).select_related("document")
    (row,) = fill_six_fields(None, list(tasks), read_span("2026-Q3", "calendar"), on=TODAY)
    assert (row.is_partners, row.leads, row.partners) == (True, [], ["Phía Brazil"])
    assert row.following == counterparts
    client = client_of(make_person(Role.COORDINATOR))
    addresses = [reverse("task", args=[task.pk]), reverse("tasks"), reverse("leader")]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Phía đối tác thực hiện" in page
        assert '<span class="unknown">Chưa rõ cơ quan chủ trì' not in page
    assert queries.count_tasks(None, on=TODAY)["no_lead"] == 0
    assert not queries.find_tasks(None, queries.TaskFilter(no_lead=True), on=TODAY).exists()
    # The number in the statistics opens to the promise.
    (theirs,) = count_by_body(queries.list_tasks(None, on=TODAY))
    assert (theirs.ref, theirs.cells.total) == (PARTNERS_SIDE, 1)
    assert "phia-doi-tac=1" in client.get(reverse("statistics")).content.decode()
    sent = take_sheet(client, "statistics", "docx", **{"co-quan-ky": "Bộ Ngoại giao"})
    tables = Paper(io.BytesIO(b"".join(sent))).tables
    names = [row.cells[1].text for row in tables[-1].rows]
    assert "Phía đối tác thực hiện" in names
    assert "Cơ quan chủ trì chưa có trong danh bạ" not in names
    listed = client.get(reverse("tasks"), {"phia-doi-tac": "1"}).content.decode()
    assert reverse("task", args=[task.pk]) in listed


LEAD, FOLLOWS = AssignmentRole.LEAD, AssignmentRole.FOLLOWING


@pytest.mark.parametrize("given", [[], [("Bộ Giáp", FOLLOWS)], [("Bộ Giáp", LEAD)]])
@pytest.mark.parametrize(
    "parties",
    [
        [],
        [("Bộ Giáp", True)],
        [("Phía Brazil", False)],
        [("Phía Brazil", False), ("Bộ Giáp", True)],
        [("Phía Brazil", False), ("Bộ Ất", True)],
    ],
)
@pytest.mark.parametrize("form", PromiseForm)
def test_who_keeps_a_promise_is_one_rule_in_the_list_and_in_the_six_fields(
    document, form, parties, given
):
    task = record_commitment(commitment(document, parties=[], counterparts=[], form=form))
    for name, is_ours in parties:
        task.commitment.parties.create(as_written=name, is_ours=is_ours)
    for name, role in given:
        task.assignments.create(as_written=name, role=role, is_collective=True)
    settle_lead(task)
    tasks = queries.list_tasks(None, on=TODAY).select_related("document")
    (row,) = fill_six_fields(None, list(tasks), read_span("2026-Q3", "calendar"), on=TODAY)
    expected = is_partners(form, parties=parties, given=given)
    assert (tasks.get().is_partners, row.is_partners) == (expected, expected)
    assert queries.count_tasks(None, on=TODAY)["no_lead"] == (not expected)


def test_a_promise_of_both_sides_asks_nobody_until_a_person_says_who(document):
    task = record_commitment(commitment(document, parties=["hai bên"], counterparts=[]))
    assert (task.lead, task.assignments.count()) == ("", 0)


def test_statements_accepted_before_there_were_rows_get_them_once(document):
    for n in range(3):
        said = commitment(document, what=f"việc {n}")
        said.state = StatementState.ACCEPTED
        said.save()
    make_statement(
        document, "events", "chiều 4/3, hội đàm tại Hà Nội", state=StatementState.ACCEPTED
    )
    assert settle_missing(None) == 4
    assert settle_missing(None) == 0
    assert Commitment.objects.count() == 3
    assert AuditEntry.objects.filter(action="review.settle_missing").count() == 1


def test_a_sentence_that_only_counts_is_no_task(document):
    said = commitment(document, parties=[], counterparts=[], form="signed", n_texts=310)
    accept_statement(None, said.pk, seen=0)
    said.refresh_from_db()
    assert said.state == StatementState.ACCEPTED
    assert not queries.list_tasks(None, on=TODAY).exists()
    assert settle_missing(None) == 0
    assert not Commitment.objects.exists()


def test_counts_recorded_as_tasks_before_are_taken_out_if_nobody_worked_on_them(document):
    left, worked, text = (
        commitment(document, what=f"việc {n}", n_texts=n_texts)
        for n, n_texts in enumerate((310, 253, 1))
    )
    for said in (left, worked, text):
        said.state = StatementState.ACCEPTED
        said.save()
        record_commitment(said)
    worked.task.last_word_at = timezone.now()
    worked.task.save()
    settle_missing(None)
    assert {one.statement for one in queries.list_tasks(None, on=TODAY)} == {worked, text}
    assert AuditEntry.objects.filter(action="review.take_out_counts").count() == 1
    settle_missing(None)
    assert AuditEntry.objects.filter(action="review.take_out_counts").count() == 1


def test_a_typed_commitment_stands_in_its_agreement(document):
    row = signed(document)
    made = write_commitment(
        None,
        document=document,
        content="Mỗi năm họp tổ công tác một lần",
        form=PromiseForm.SIGNED,
        parties=["hai bên"],
        counterparts=[],
        deadline="2025",
        place="khoản 2 Điều 4",
        agreement=row,
    )
    found = list_agreements(None, on=TODAY).get()
    assert (found.n_commitments, made.task.due_to) == (1, dt.date(2025, 12, 31))
    place_commitment(None, task=made.task_id, agreement=None, occasion=None)
    assert list_agreements(None, on=TODAY).get().n_commitments == 0


@pytest.mark.parametrize("changes", [{"content": " "}, {"parties": [""]}, {"deadline": "sang năm"}])
def test_a_commitment_without_what_it_needs_is_refused(document, changes):
    fields = {"content": "Họp tổ công tác", "parties": ["hai bên"], "counterparts": []}
    with pytest.raises(Refused):
        write_commitment(None, document=document, form=PromiseForm.SAID, **{**fields, **changes})
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Bộ Khoa học và Công nghệ", True),
        ("Hàn Quốc", False),
        ("phía Việt Nam", True),
        ("hai bên", None),
        ("Tập đoàn Không Ai Biết", None),
        ("Phía Brazil", False),
        ("phía bạn", False),
        ("Bộ Nông nghiệp và Chăn nuôi Brazil", False),
        ("Chính phủ Hàn Quốc", False),
        ("Bộ Công Thương Việt Nam", True),
        ("các cơ quan Việt Nam", True),
        ("các doanh nghiệp tại Nhật Bản", None),
        ("Phòng Thương mại Brazil – Việt Nam", None),
        ("Nguyễn Thị Lan Anh", None),
    ],
)
def test_whose_side_a_name_is_on_is_known_before_the_day_tells_which_body(name, ours):
    assert read_side(name, on=None).is_ours == ours
