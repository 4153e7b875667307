"""A body's progress report: filled with its last answer, its own until its approver releases it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from diemcau.access.actions import grant_role
from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    discard_draft,
    move_task,
    release_progress,
    return_progress,
    submit_progress,
    write_progress,
)
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Obstacle,
    Progress,
    ProgressState,
)
from diemcau.delivery.refusals import Refused, ReportMoved
from diemcau.delivery.rules import sees_progress
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import Body
from tests.diemcau.delivery.parties import HINDRANCE
from tests.diemcau.people import client_of

pytestmark = pytest.mark.django_db


def write(by, task, **typed):
    return write_progress(by, task=task.pk, **typed)


def test_a_report_is_written_handed_on_and_released_and_the_task_is_begun(task, people):
    before = (task.version, task.last_word_at)
    draft = write(people["writes"], task, done="đã họp liên ngành", percent=30)
    submit_progress(people["writes"], report=draft.pk)
    task.refresh_from_db()
    assert (task.version, task.last_word_at) == before
    assert task.status == Status.NEW
    made = release_progress(people["approves"], report=draft.pk)
    task.refresh_from_db()
    assert made.released_by == people["approves"]
    assert task.last_word_at == made.released_at
    assert task.status == Status.IN_PROGRESS
    moved = task.transitions.order_by("pk").last()
    assert (moved.move, moved.by, moved.body) == (Move.START, people["approves"], made.body)


def test_a_report_nobody_could_release_is_not_handed_on(task, people):
    people["approves"].is_active = False
    people["approves"].save()
    with pytest.raises(Refused) as refused:
        write(people["writes"], task, done="đã họp", to=ProgressState.SUBMITTED)
    assert "Bộ Làm việc chưa có người duyệt báo cáo" in str(refused.value)
    draft = write(people["writes"], task, done="đã họp")
    with pytest.raises(Refused):
        submit_progress(people["writes"], report=draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.done) == (ProgressState.DRAFT, "đã họp")


def test_who_acts_for_several_bodies_of_a_task_reports_for_the_lead_or_says_for_which(task, people):
    helper = Body.objects.get(ref="bo-khac")
    lead = Body.objects.get(ref="bo-lam")
    # The helping body was in the directory first.
    assert helper.pk > lead.pk
    Assignment.objects.filter(task=task).update(body_ref=helper.ref)
    Assignment.objects.create(
        task=task, as_written="Bộ Làm việc", body_ref=lead.ref, role=AssignmentRole.COORDINATING
    )
    task.lead = helper.ref
    task.save()
    grant_role(None, person=people["writes"], role=Role.REPORTER, body=helper)
    assert write(people["writes"], task, done="đã họp").body == helper
    assert write(people["writes"], task, done="đã góp ý", body=lead.ref).body == lead
    client, address = client_of(people["writes"]), reverse("task_report", args=[task.pk])
    page = client.get(address).content.decode()
    assert "Báo cáo thay mặt: Bộ Khác." in page
    assert f"{address}?co-quan=bo-lam" in page
    page = client.get(f"{address}?co-quan=bo-lam").content.decode()
    assert 'name="body" value="bo-lam"' in page
    assert "đã góp ý" in page
    typed = {"body": "bo-lam", "done": "đã góp ý xong", "to": "draft"}
    mine = Progress.objects.get(body=lead)
    client.post(address, typed | {"report": mine.pk, "seen": mine.version})
    mine.refresh_from_db()
    assert mine.done == "đã góp ý xong"


def test_only_the_change_is_typed(task, people):
    first = write(
        people["approves"],
        task,
        done="đã họp",
        next_step="trình Thủ tướng",
        recommendation="bố trí kinh phí",
        percent=40,
        to=ProgressState.RELEASED,
    )
    second = write(people["writes"], task, done="đã trình")
    assert second.follows == first
    assert (second.done, second.next_step) == ("đã trình", "trình Thủ tướng")
    assert (second.recommendation, second.percent) == ("bố trí kinh phí", 40)
    third = write(people["writes"], task, percent=None, report=second.pk, seen=second.version)
    assert (third.pk, third.percent, third.done) == (second.pk, None, "đã trình")


def test_who_writes_may_release_only_as_an_approver_of_the_body(task, people):
    for who in ("writes", "judges", "outside", "desk", "reads"):
        if who in ("judges", "outside", "reads"):
            with pytest.raises(PermissionDenied):
                write(people[who], task, done="x")
            continue
        draft = write(people[who], task, done="đã họp", to=ProgressState.SUBMITTED)
        assert draft.body == (None if who == "desk" else people["writes"].grants.get().body)
    own = Progress.objects.get(written_by=people["writes"])
    for who in ("writes", "judges", "outside", "desk"):
        with pytest.raises(PermissionDenied):
            release_progress(people[who], report=own.pk)
    assert release_progress(people["approves"], report=own.pk).state == ProgressState.RELEASED


def test_a_returned_report_goes_back_to_its_writer_with_the_reason(task, people):
    draft = write(people["writes"], task, done="đã họp", to=ProgressState.SUBMITTED)
    with pytest.raises(Refused):
        return_progress(people["approves"], report=draft.pk, reason=" ")
    with pytest.raises(Refused):
        discard_draft(people["writes"], report=draft.pk)
    with pytest.raises(Refused):
        write(people["writes"], task, done="thêm", report=draft.pk)
    back = return_progress(people["approves"], report=draft.pk, reason="thiếu số liệu")
    assert (back.state, back.returned_because) == (ProgressState.RETURNED, "thiếu số liệu")
    with pytest.raises(Refused):
        release_progress(people["approves"], report=draft.pk)
    again = write(
        people["writes"], task, done="đủ số liệu", report=draft.pk, to=ProgressState.SUBMITTED
    )
    assert (again.state, again.returned_because) == (ProgressState.SUBMITTED, "")


def test_two_writers_of_one_body_do_not_overwrite_each_other(task, people):
    first = write(people["writes"], task, done="bản của tôi")
    with pytest.raises(ReportMoved):
        write(people["colleague"], task, done="bản của bạn")
    write(people["colleague"], task, done="sửa chung", report=first.pk, seen=first.version)
    with pytest.raises(ReportMoved):
        write(people["writes"], task, done="đè lên", report=first.pk, seen=first.version)
    assert Progress.objects.get().done == "sửa chung"
    with pytest.raises(ReportMoved):
        submit_progress(people["writes"], report=first.pk, seen=first.version)


def test_a_draft_is_found_by_its_body_alone(task, people):
    draft = write(people["writes"], task, done="đã họp", hindrance=HINDRANCE)
    for who, person in people.items():
        is_own = who in ("writes", "colleague", "approves")
        assert Progress.objects.filter(sees_progress(person), pk=draft.pk).exists() == is_own
        hindered = Obstacle.objects.filter(sees_progress(person, "progress__"))
        assert hindered.exists() == is_own
    for who in ("judges", "outside", "desk"):
        with pytest.raises(PermissionDenied):
            submit_progress(people[who], report=draft.pk)


def test_a_draft_thrown_away_takes_its_obstacle_along_and_the_log_knows_no_word_of_it(task, people):
    draft = write(people["writes"], task, done="chuyện riêng", hindrance=HINDRANCE)
    draft = submit_progress(people["writes"], report=draft.pk)
    return_progress(people["approves"], report=draft.pk, reason="chuyện riêng khác")
    discard_draft(people["writes"], report=draft.pk)
    assert not Progress.objects.exists()
    assert not Obstacle.objects.exists()
    entries = AuditEntry.objects.filter(target_type="delivery.progress")
    assert [one.action for one in entries.order_by("pk")] == [
        "delivery.write_progress",
        "delivery.submit_progress",
        "delivery.return_progress",
        "delivery.discard_draft",
    ]
    said = " ".join(f"{one.detail} {one.reason}" for one in entries)
    assert "riêng" not in said
    assert "bạn chưa cử" not in said


@pytest.mark.parametrize(
    "typed", [{"done": "  "}, {"done": "x", "percent": 101}, {"done": "x", "percent": -1}]
)
def test_what_is_no_report_is_refused(task, people, typed):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        write(people["writes"], task, **typed)
    assert (Progress.objects.count(), AuditEntry.objects.count()) == (0, before)


def test_a_refused_task_takes_no_report_and_lets_a_draft_be_thrown_away_only(task, people):
    draft = write(people["writes"], task, done="đã họp", to=ProgressState.SUBMITTED)
    move_task(people["approves"], task=task.pk, move=Move.REFUSE, reason="không thuộc thẩm quyền")
    with pytest.raises(Refused):
        release_progress(people["approves"], report=draft.pk)
    with pytest.raises(Refused):
        write(people["desk"], task, done="muộn")
    return_progress(people["approves"], report=draft.pk, reason="đã từ chối")
    discard_draft(people["writes"], report=draft.pk)
