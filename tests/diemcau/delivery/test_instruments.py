"""Numbered documents: recorded, their text makes orders official, their clauses are counted."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from diemcau.accounts.models import Role
from diemcau.delivery import actions
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.actions.typed import Given
from diemcau.delivery.deadlines import typed_period
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import AssignmentRole, EvidenceKind, Instrument, Task
from diemcau.delivery.orders.clarity import Clear, count_unclear, lacking, unclear, with_clarity
from diemcau.delivery.orders.clauses import clause_of, clauses_in
from diemcau.delivery.orders.instruments import asks_after, coverage_of, list_instruments, period_in
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move
from diemcau.directory.actions import save_body
from diemcau.documents.models import StatementState
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
FIELDS = InstrumentFields(
    "Thông báo", "65/TB-VPCP", dt.date(2026, 2, 4), "Văn phòng Chính phủ", "Trần Văn Sơn"
)
TEXT = """THÔNG BÁO
1. Đánh giá chung: công tác đã đạt kết quả.
2. Nhiệm vụ:
a) Bộ Ngoại giao xây dựng đề án.
b) Bộ Công Thương đàm phán hiệp định.
3. Văn phòng Chính phủ theo dõi, đôn đốc."""


def test_the_clauses_of_a_text_are_those_that_hold_no_smaller_one():
    found = clauses_in(TEXT)
    assert [one.label for one in found] == ["1", "2.a", "2.b", "3"]
    for one in found:
        assert clause_of(TEXT, one.start) == one.label
        assert TEXT[one.start : one.end].strip()
    assert clauses_in("Không đánh số.") == []


def order(document, words, **values):
    statement = make_statement(
        document, "tasks", words, state=StatementState.ACCEPTED, action=words, **values
    )
    return statement, record_task(statement)


def test_the_text_of_an_instrument_makes_its_orders_official_and_back():
    document = make_document(TEXT, event_on="2026-01-10")
    _statement, task = order(document, "d) Bộ Y tế mua vắc xin")
    assert not task.directive.is_official
    made = actions.record_instrument(None, fields=FIELDS)
    assert actions.set_text(None, instrument=made.pk, document=document) == 1
    task.directive.refresh_from_db()
    assert (task.directive.is_official, task.directive.clause) == (True, "3.d")
    # What is accepted later is official at once.
    _statement, later = order(document, "đ) Bộ Y tế báo cáo")
    assert later.directive.instrument == made
    other = actions.record_instrument(None, fields=InstrumentFields("Công văn", "7/CV-BNG"))
    with pytest.raises(Refused, match="65/TB-VPCP"):
        actions.set_text(None, instrument=other.pk, document=document)
    assert actions.set_text(None, instrument=made.pk, document=None) == 2
    task.directive.refresh_from_db()
    assert not task.directive.is_official


def test_an_instrument_says_which_clauses_have_tasks_and_which_are_done(
    django_assert_num_queries,
):
    document = make_document(TEXT, event_on="2026-01-10")
    version = document.texts.get()
    first = make_statement(document, "tasks", "câu khác", state=StatementState.ACCEPTED)
    waiting = make_statement(document, "tasks", "câu nữa")
    for statement, words in ((first, "xây dựng đề án"), (waiting, "đàm phán hiệp định")):
        statement.start = TEXT.index(words)
        statement.end = statement.start + len(words)
        statement.quote = words
        statement.save()
    version.text = TEXT
    version.save()
    task = record_task(first)
    made = actions.record_instrument(None, fields=FIELDS, document=document)
    with django_assert_num_queries(6):
        found = coverage_of(None, made, on=TODAY)
    assert [one.label for one in found.pieces] == ["1", "2.a", "2.b", "3"]
    assert (found.n_clauses, found.n_with_task, found.n_done, found.n_waiting) == (4, 1, 0, 1)
    actions.add_evidence(None, task=task.pk, kind=EvidenceKind.PRODUCT, what="đề án")
    actions.move_task(None, task=task.pk, move=Move.SUBMIT)
    actions.move_task(None, task=task.pk, move=Move.CONFIRM)
    typed = actions.record_typed_task(
        None, document=document, place="điểm 2b", text="đàm phán hiệp định thương mại"
    )
    found = coverage_of(None, made, on=TODAY)
    assert (found.n_with_task, found.n_done) == (2, 1)
    assert found.pieces[2].tasks == [typed]
    (row,) = list_instruments(None, on=TODAY)
    assert (row.n_orders, row.n_tasks, row.n_done) == (2, 2, 1)


def test_an_instrument_is_recorded_from_an_accepted_sentence_and_once():
    document = make_document(event_on="2026-01-10")
    named = make_statement(document, "instruments", "65/TB-VPCP", kind="Thông báo")
    with pytest.raises(Refused):
        actions.record_instrument(None, fields=FIELDS, statement=named)
    named.state = StatementState.ACCEPTED
    named.save()
    made = actions.record_instrument(None, fields=FIELDS, statement=named)
    assert made.statement == named
    with pytest.raises(Refused, match="65/TB-VPCP"):
        actions.record_instrument(None, fields=FIELDS)
    # Numbers restart each year.
    actions.record_instrument(None, fields=InstrumentFields("Thông báo", "65/TB-VPCP"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (InstrumentFields("", "65/TB-VPCP"), "Thông báo"),
        (InstrumentFields("Thông báo", "TB-VPCP"), "65/TB-VPCP"),
        (InstrumentFields("Thông báo", "6/TB", dt.date(2999, 1, 1)), "1/1/2999"),
        (InstrumentFields("Thông báo", "6/TB", period="mấy năm tới"), "mấy năm tới"),
        (InstrumentFields("Thông báo", "6/TB", issuer="x" * 201), "200"),
    ],
)
def test_what_names_no_numbered_document_is_refused(fields, told):
    with pytest.raises(Refused, match=told):
        actions.record_instrument(None, fields=fields)
    assert not Instrument.objects.exists()


def test_where_its_time_ends_it_is_asked_what_follows():
    assert period_in("Chương trình hành động giai đoạn 2022 - 2026") == "2022/2026"
    assert period_in("Kế hoạch năm 2026") == ""
    fields = InstrumentFields("Nghị quyết", "21/NQ-CP", dt.date(2023, 2, 20), period="2022-2026")
    made = actions.record_instrument(None, fields=fields)
    assert (made.period, made.ends_on) == ("2022/2026", dt.date(2026, 12, 31))
    assert not asks_after(made, dt.date(2026, 5, 1))
    assert asks_after(made, TODAY)
    assert list(list_instruments(None, on=TODAY, only="ending")) == [made]
    fields = InstrumentFields("Nghị quyết", "9/NQ-CP", dt.date(2026, 11, 1))
    after = actions.record_instrument(None, fields=fields)
    with pytest.raises(Refused):
        actions.name_successor(None, instrument=after.pk, successor=made.pk)
    made = actions.name_successor(None, instrument=made.pk, successor=after.pk)
    assert not asks_after(made, TODAY)
    assert list(list_instruments(None, on=TODAY, only="ending")) == []


def test_an_instrument_whose_text_is_closed_is_seen_by_nobody_outside():
    document = make_document(event_on="2026-01-10")
    actions.record_instrument(None, fields=FIELDS, document=document)
    document.is_closed = True
    document.save()
    person = make_person(Role.COORDINATOR, name="văn thư")
    assert list(list_instruments(person, on=TODAY)) == []


def test_a_number_without_a_text_is_corrected_by_the_body_that_recorded_it():
    ours, theirs = (
        make_person(Role.APPROVER, name=ref, body=make_body(ref, name))
        for ref, name in (("bo-giao", "Bộ Giao việc"), ("bo-khac", "Bộ Khác"))
    )
    made = actions.record_instrument(ours, fields=FIELDS)
    change = replace(FIELDS, subject="Đính chính")
    with pytest.raises(PermissionDenied):
        actions.correct_instrument(theirs, instrument=made.pk, fields=change, reason="thử")
    actions.correct_instrument(ours, instrument=made.pk, fields=change, reason="thử")


def test_a_hidden_number_is_refused_without_saying_that_it_is_there():
    document = make_document(event_on="2026-01-10")
    actions.record_instrument(None, fields=FIELDS, document=document)
    document.is_closed = True
    document.save()
    with pytest.raises(Refused) as refused:
        actions.record_instrument(make_person(Role.COORDINATOR, name="văn thư"), fields=FIELDS)
    assert FIELDS.number not in str(refused.value)


# Typed tasks and what they lack


def test_a_typed_task_cites_its_place_and_says_what_it_lacks():
    save_body(None, {"id": "bo-a", "kind": "ministry", "name": "Bộ Giáp"}, reason="thử")
    document = make_document(event_on="2026-01-10")
    person = make_person(Role.COORDINATOR, name="thư ký")
    with pytest.raises(Refused):
        actions.record_typed_task(person, document=document, place=" ", text="xây dựng đề án")
    bare = actions.record_typed_task(
        person, document=document, place="điểm 3b", text="xây dựng đề án"
    )
    assert lacking(bare) == [Clear.PERSON, Clear.TIME, Clear.RESPONSIBILITY, Clear.PRODUCT]
    full = actions.record_typed_task(
        person,
        document=document,
        place="trang 2",
        text="xây dựng đề án\nphát triển thị trường",
        issuer="Thủ tướng Chính phủ",
        product="đề án",
        deadline="quý III/2026",
        given=[
            Given("bộ giáp", AssignmentRole.LEAD),
            Given("các địa phương", AssignmentRole.COORDINATING),
        ],
    )
    assert lacking(full) == []
    assert (full.statement, full.place, full.deadline) == (None, "trang 2", "2026-Q3")
    assert (full.lead, full.due_to, full.said_on) == (
        "bo-a",
        dt.date(2026, 9, 30),
        dt.date(2026, 1, 10),
    )
    tasks = with_clarity(list_tasks(person, on=TODAY))
    counts = count_unclear(tasks)
    assert counts == {
        "all": 2,
        "any": 1,
        "person": 1,
        "work": 0,
        "time": 1,
        "responsibility": 1,
        "product": 1,
    }
    assert [one.pk for one in unclear(tasks, "product")] == [bare.pk]
    assert [one.n_lacking for one in unclear(tasks)] == [4]
    actions.name_product(person, task=bare.pk, product="đề án")
    assert list(unclear(tasks, "product")) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([("Bộ Giáp", "lead"), ("Bộ Ất", "lead")], "Bộ Giáp"),
        ([("Bộ Giáp", "lead"), ("bộ giáp", "coordinating")], "Bộ Giáp"),
        ([("Ban Không Có", "lead")], "Ban Không Có"),
    ],
)
def test_whom_a_typed_task_is_given_to_must_be_plain(given, told):
    for ref, name in (("bo-a", "Bộ Giáp"), ("bo-b", "Bộ Ất")):
        save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")
    with pytest.raises(Refused, match=told):
        actions.record_typed_task(
            None,
            document=make_document(event_on="2026-01-10"),
            place="điểm 1",
            text="xây dựng đề án",
            given=[Given(name, AssignmentRole(role)) for name, role in given],
        )
    assert not Task.objects.exists()


@pytest.mark.parametrize("typed", ["30/9/1926", "2206-H1", "1/1/2016"])
def test_a_deadline_in_another_century_than_its_order_is_refused(typed):
    said = {"document": make_document(event_on="2026-01-10"), "place": "điểm 1", "text": "báo cáo"}
    with pytest.raises(Refused, match=typed):
        actions.record_typed_task(None, deadline=typed, **said)
    assert not Task.objects.exists()
    for late_or_long in ("31/8/2025", "2026-2045"):
        actions.record_typed_task(None, deadline=late_or_long, **said)


def test_a_body_nobody_knows_is_said_and_one_of_several_is_asked_for_by_name():
    for ref, name in (
        ("mae-2025", "Bộ Nông nghiệp"),
        ("bo-manh", "Bộ Mạnh"),
        ("so-a", "Sở Công Thương tỉnh A"),
        ("so-b", "Sở Công Thương tỉnh B"),
    ):
        save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")

    def told(name):
        said = {"document": make_document(event_on="2026-01-10"), "place": "1", "text": "báo cáo"}
        with pytest.raises(Refused) as refused:
            actions.record_typed_task(None, **said, given=[Given(name, AssignmentRole.LEAD)])
        return str(refused.value)

    assert "không có cơ quan nào tên “Bộ Ma”" in told("Bộ Ma")
    several = told("Sở Công Thương tỉnh")
    assert "Sở Công Thương tỉnh A; Sở Công Thương tỉnh B" in several
    assert "so-a" not in several


def test_a_typed_task_is_taken_out_and_one_of_a_sentence_is_not():
    document = make_document(event_on="2026-01-10")
    typed = actions.record_typed_task(
        None, document=document, place="điểm 1", text="xây dựng đề án"
    )
    actions.withdraw_typed_task(None, task=typed.pk, reason="ghi hai lần")
    assert not list_tasks(None, on=TODAY).exists()
    _statement, task = order(document, "việc khác hẳn")
    with pytest.raises(Refused):
        actions.withdraw_typed_task(None, task=task.pk, reason="thử")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("30/6/2026", "2026-06-30"),
        ("6/2026", "2026-06"),
        ("quý iv/2026", "2026-Q4"),
        ("2022 – 2026", "2022/2026"),
        ("2026-H1", "2026-H1"),
        ("ngày 3/2/2026", "2026-02-03"),
        ("tháng 6 năm 2026", "2026-06"),
        ("Quý II năm 2026", "2026-Q2"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("sáu tháng đầu năm 2026", "2026-H1"),
        ("năm 2026", "2026"),
        ("9 tháng đầu năm 2026", "2026-01/2026-09"),
        ("nửa cuối năm 2026", "2026-H2"),
        ("1/2025–10/2025", "2025-01/2025-10"),
        ("2026-q4", "2026-Q4"),
        ("sớm", "sớm"),
        ("", ""),
    ],
)
def test_a_deadline_is_typed_as_people_write_it(typed, kept):
    assert typed_period(typed) == kept
