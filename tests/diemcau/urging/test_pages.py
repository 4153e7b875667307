"""The pages of urging: what each shows to whom, and in how many statements."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery.models import Progress, ProgressState
from diemcau.delivery.states import Status
from diemcau.urging.models import Duty, Notice, Rule
from tests.diemcau.people import client_of
from tests.diemcau.urging.conftest import MONDAY, instant
from tests.diemcau.urging.test_urge import round_of

pytestmark = pytest.mark.django_db


def statements(client, address, django_assert_num_queries, n):
    """The page, fetched in exactly n statements."""
    client.get(address)
    with django_assert_num_queries(n):
        return client.get(address)


def test_notices_are_shown_with_their_rule_and_marked_as_read(house, django_assert_num_queries):
    for due in ("2026-03-01", "2026-02-27", "2026-03-04"):
        house.task(due, status=Status.IN_PROGRESS, last_word_at=MONDAY)
    round_of(house)
    client = client_of(house.reporter)
    page = statements(client, reverse("notices"), django_assert_num_queries, 6)
    assert "vì quy tắc “Quá hạn”, bước 2, quá hạn 3 ngày" in page.content.decode()
    assert ">3<" in client.get(reverse("notices_unread")).content.decode()
    one = Notice.objects.filter(person=house.reporter).first()
    client.post(reverse("notices"), {"notice": one.pk})
    one.refresh_from_db()
    assert one.read_at is not None
    client.post(reverse("notices"))
    assert not Notice.objects.filter(person=house.reporter, read_at=None).exists()


def test_the_calendar_of_a_body_counts_what_came(house, django_assert_num_queries):
    Duty.objects.filter(key="month").update(is_on=True, starts_on=dt.date(2026, 1, 1))
    tasks = [
        house.task(status=Status.IN_PROGRESS, last_word_at=MONDAY, title=f"Việc {n}")
        for n in (1, 2, 3)
    ]
    for task, when in zip(tasks, ("2026-02-16 10:00", "2026-02-25 10:00"), strict=False):
        Progress.objects.create(
            task=task,
            body=house.unit,
            state=ProgressState.RELEASED,
            written_at=timezone.now(),
            released_at=instant(when),
        )
    client = client_of(house.approver)
    address = reverse("report_calendar", args=["vu-thu"]) + "?che-do=month&ky=2026-02"
    page = statements(client, address, django_assert_num_queries, 12).content.decode()
    # Tết 2026: nobody worked from 14 to 22 February.
    assert "Kỳ 15/01/2026–14/02/2026, hạn gửi 24/02/2026" in page
    assert page.count(">Đúng hạn</t") == 2
    assert "Chưa gửi" in page


def test_the_preview_says_who_would_hear_and_sends_nothing(house):
    house.task("2026-03-01", status=Status.IN_PROGRESS, last_word_at=MONDAY)
    page = client_of(house.desk).get(reverse("urging_preview")).content.decode()
    assert "chuyen-vien" in page
    assert Notice.objects.count() == 0


def test_only_who_keeps_the_rules_changes_them(house):
    rule = Rule.objects.get(key="late")
    address = reverse("urging_rule", args=[rule.pk])
    form = {"days": ["2", "9"], "to": ["reporter", "desk"], "seen": "0", "is_on": "1", "again": "0"}
    assert client_of(house.approver).post(address, form).status_code == 403
    assert client_of(house.approver).get(reverse("urging_rules")).status_code == 200
    client = client_of(house.desk)
    assert client.post(address, form).status_code == 302
    assert list(rule.steps.values_list("days", "to")) == [(2, "reporter"), (9, "desk")]
    answer = client.post(address, form)
    assert (answer.status_code, "người khác sửa" in answer.content.decode()) == (422, True)
    form |= {"seen": "1", "days": ["x", "9"]}
    answer = client.post(address, form)
    assert (answer.status_code, "“x” không phải số nguyên" in answer.content.decode()) == (
        422,
        True,
    )


def test_who_sees_no_task_of_a_body_sees_none_in_its_calendar(house):
    Duty.objects.filter(key="month").update(is_on=True, starts_on=dt.date(2026, 1, 1))
    task = house.task(status=Status.IN_PROGRESS, title="Việc kín", last_word_at=MONDAY)
    task.document.is_closed, task.document.owner = True, house.unit
    task.document.save()
    stranger = house.person(Role.READER, "nguoi-la", body=house.other)
    page = client_of(stranger).get(reverse("report_calendar", args=["vu-thu"]) + "?che-do=month")
    assert "Việc kín" not in page.content.decode()
    assert "Chưa có báo cáo nào phải gửi" in page.content.decode()
