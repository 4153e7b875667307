"""An accepted statement becomes one task, follows corrections, and can be withdrawn."""

import datetime as dt

import pytest

from diemcau.delivery.ledger import record_task, withdraw_task
from diemcau.delivery.models import AssignmentRole, Task
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return make_statement(
        make_document(event_on="2025-07-22"),
        "tasks",
        "khẩn trương hoàn thiện hồ sơ",
        sentence="Thủ tướng giao Bộ Công Thương chủ trì, phối hợp với Bộ Ngoại giao "
        "khẩn trương hoàn thiện hồ sơ trong 6 tháng cuối năm.",
        action="hoàn thiện hồ sơ",
        issuer="Thủ tướng",
        assignees=["Bộ Công Thương", "Bộ Ngoại giao"],
        deadline="2025-H2",
    )


def test_a_task_takes_what_the_statement_says(statement):
    task = record_task(statement)
    assert (task.action, task.issuer) == ("hoàn thiện hồ sơ", "Thủ tướng")
    assert task.said_on == dt.date(2025, 7, 22)
    assert (task.due_from, task.due_to) == (dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    assert [(a.as_written, a.role) for a in task.assignments.order_by("id")] == [
        ("Bộ Công Thương", AssignmentRole.LEAD),
        ("Bộ Ngoại giao", AssignmentRole.COORDINATING),
    ]


def test_who_is_to_help_coordinates(statement):
    statement.data |= {"assignees": ["Bộ Công Thương"], "coordinating": ["Bộ Ngoại giao"]}
    statement.save()
    task = record_task(statement)
    assert [(a.as_written, a.role) for a in task.assignments.order_by("id")] == [
        ("Bộ Công Thương", AssignmentRole.LEAD),
        ("Bộ Ngoại giao", AssignmentRole.COORDINATING),
    ]
    assert "bo ngoai giao" in task.folded


def test_a_correction_changes_the_same_task(statement):
    first = record_task(statement)
    statement.corrected = {**statement.data, "assignees": ["các bộ, ngành"], "deadline": None}
    statement.save()
    second = record_task(statement)
    assert second.pk == first.pk
    assert (second.deadline, second.due_to, second.due_rule) == ("", None, "")
    assert [(a.as_written, a.is_collective) for a in second.assignments.all()] == [
        ("các bộ, ngành", True)
    ]


def test_a_withdrawn_task_is_kept_and_can_come_back(statement):
    task = record_task(statement)
    withdraw_task(statement)
    task.refresh_from_db()
    assert task.withdrawn_at is not None
    record_task(statement)
    assert Task.objects.get().withdrawn_at is None


def test_withdrawing_what_was_never_recorded_does_nothing(statement):
    withdraw_task(statement)
    assert not Task.objects.exists()


def test_only_a_task_statement_becomes_a_task():
    figure = make_statement(make_document(), "figures", "hơn 170 thỏa thuận", value=170)
    with pytest.raises(ValueError, match="not a task"):
        record_task(figure)


def test_a_task_is_called_by_its_clause_until_a_person_puts_it_otherwise(statement):
    assert record_task(statement).title == "Khẩn trương hoàn thiện hồ sơ"
    statement.corrected = {**statement.data, "deadline": None}
    statement.save()
    assert record_task(statement).title == "Khẩn trương hoàn thiện hồ sơ"
    statement.corrected = {**statement.data, "action": "hoàn thiện hồ sơ thị trường"}
    statement.save()
    assert record_task(statement).title == "Hoàn thiện hồ sơ thị trường"
