"""Urging through time: who hears what when, and what is never said."""

import datetime as dt
import io
from contextlib import redirect_stdout

import pytest
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.access.actions import deny
from diemcau.audit.models import AuditEntry
from diemcau.commands.urge import run_urge
from diemcau.delivery.models import (
    Assignment,
    Obstacle,
    Progress,
    ProgressState,
    Side,
    Slip,
    SlipReason,
    Task,
)
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.urging.actions import choose_way, save_exception, save_rule, urge
from diemcau.urging.holding import holding
from diemcau.urging.models import Duty, Kind, Letter, Notice, Rule, Way
from diemcau.urging.plan import make_plan
from diemcau.urging.queries import list_notices, n_unread
from diemcau.urging.refusals import RuleRefused
from diemcau.urging.sending import write_letter
from diemcau.urging.words import say_what, say_why
from tests.diemcau.counted import make_task, move
from tests.diemcau.urging.conftest import MONDAY, instant

pytestmark = pytest.mark.django_db


def round_of(house, days=0, hour=9):
    """Move the clock so many days from the Monday, to an hour, and urge as the timer does."""
    house.clock.move_to(MONDAY + dt.timedelta(days=days, hours=hour - 9))
    with redirect_stdout(io.StringIO()):
        run_urge()


def told(kind=None):
    """Who was told what: (days after the Monday, step, name)."""
    rows = Notice.objects.order_by("pk").select_related("person")
    if kind:
        rows = rows.filter(kind=kind)
    return [
        ((timezone.localtime(one.made_at).date() - MONDAY.date()).days, one.step, str(one.person))
        for one in rows
    ]


def test_a_late_task_climbs_from_the_reporter_to_the_desk(house):
    house.task("2026-03-01", last_word_at=MONDAY)
    for n in range(25):
        round_of(house, n)
    # 1 March is a Sunday; the 21st day after it is a Sunday, too: the desk hears on Monday.
    assert told(Kind.LATE) == [
        (0, 1, "chuyen-vien"),
        (2, 2, "chuyen-vien"),
        (7, 3, "vu-truong"),
        (14, 4, "thu-truong"),
        (21, 5, "dieu-phoi"),
    ]


def test_nothing_is_said_twice_however_often_the_timer_comes(house):
    house.task("2026-03-01")
    for hour in (8, 9, 10, 16):
        round_of(house, 0, hour)
    assert told(Kind.LATE) == [(0, 1, "chuyen-vien")]
    assert AuditEntry.objects.filter(action="urging.urge").count() == 1


def test_a_message_of_the_night_waits_until_the_morning(house):
    house.task("2026-03-06")
    house.clock.move_to(instant("2026-03-06 22:00"))
    house.task("2026-03-05")
    with redirect_stdout(io.StringIO()):
        run_urge()
    assert told() == []
    plan = make_plan()
    assert plan.opens == instant("2026-03-09 08:00")
    with pytest.raises(RuleRefused, match="9/3/2026"):
        urge(None)
    assert Notice.objects.count() == 0


def test_it_stops_when_the_cause_is_gone(house):
    task = house.task("2026-03-01")
    round_of(house)
    move(task, Move.SUBMIT, on="2026-03-03", delivered="2026-03-03")
    for n in range(1, 5):
        round_of(house, n)
    assert told(Kind.LATE) == [(0, 1, "chuyen-vien")]
    notice = Notice.objects.get(kind=Kind.LATE)
    assert notice.pk not in holding([notice])


def test_a_new_deadline_begins_the_ladder_anew(house):
    task = house.task("2026-03-01", last_word_at=MONDAY)
    round_of(house)
    Task.objects.filter(pk=task.pk).update(due_to=dt.date(2026, 3, 3), deadline="2026-03-03")
    for n in range(1, 4):
        round_of(house, n)
    assert told(Kind.LATE) == [(0, 1, "chuyen-vien"), (2, 1, "chuyen-vien")]
    assert told(Kind.BEFORE) == [(1, 3, "chuyen-vien")]


def test_a_task_the_partner_holds_up_is_worded_so(house):
    task = house.task("2026-03-01")
    draft = Progress.objects.create(
        task=task, body=house.unit, written_at=timezone.now(), state=ProgressState.DRAFT
    )
    told = {
        "what": "Phía bạn chưa cử đầu mối",
        "cause": SlipReason.PARTNER,
        "side": Side.PARTNER,
        "level": "partner",
        "opened_at": timezone.now(),
    }
    Obstacle.objects.create(task=task, progress=draft, **told)
    assert not any(one.by_partner for one in make_plan().sayings)
    Obstacle.objects.create(task=task, **told)
    round_of(house)
    notice = Notice.objects.get(kind=Kind.LATE)
    assert "đối tác" in say_what(notice)
    assert "Phía bạn" not in say_what(notice)


def test_it_says_which_rule_sent_it(house):
    house.task("2026-02-27")
    round_of(house)
    notice = Notice.objects.get(kind=Kind.LATE)
    assert say_why(notice) == "vì quy tắc “Quá hạn”, bước 2, quá hạn 3 ngày"


def test_where_nobody_reports_who_is_above_hears(house):
    house.task("2026-03-01", ref="bo-thu")
    house.task("2026-03-01", ref="bo-khac")
    house.task("2026-03-01", ref="khong-biet")
    round_of(house)
    assert [who for _day, _step, who in told(Kind.LATE)] == [
        "thu-truong",
        "dieu-phoi",
        "dieu-phoi",
    ]


def test_silence_answer_slip_and_result_each_have_their_rule(house):
    silent = house.task(last_word_at=instant("2026-01-20 00:00"), status=Status.IN_PROGRESS)
    house.task(recorded_at=instant("2026-02-26 00:00"), last_word_at=MONDAY)
    slipped = house.task(status=Status.IN_PROGRESS, last_word_at=MONDAY)
    slipped.assigner = house.ministry
    slipped.save()
    Slip.objects.create(
        task=slipped,
        after="2026-12-31",
        due_after=dt.date(2026, 12, 31),
        reason_code=SlipReason.OWN,
        reason="chậm",
        asked_at=instant("2026-02-26 00:00"),
    )
    house.task(status=Status.AWAITING, delivered="2026-02-20", assigner=house.ministry)
    round_of(house)
    kinds = set(Notice.objects.values_list("kind", "person__username"))
    assert kinds == {
        (Kind.SILENT, "chuyen-vien"),
        (Kind.ANSWER, "chuyen-vien"),
        (Kind.SLIP, "thu-truong"),
        (Kind.RESULT, "thu-truong"),
    }
    assert Notice.objects.get(kind=Kind.SILENT).task == silent


def test_a_report_that_did_not_come_is_asked_for_with_the_rule_of_the_calendar(house):
    duty = Duty.objects.get(key="month")
    Duty.objects.filter(pk=duty.pk).update(is_on=True, starts_on=dt.date(2026, 1, 1))
    late = house.task(last_word_at=MONDAY, status=Status.IN_PROGRESS)
    came = house.task(last_word_at=MONDAY, status=Status.IN_PROGRESS)
    Progress.objects.create(
        task=came,
        body=house.unit,
        state=ProgressState.RELEASED,
        written_at=timezone.now(),
        released_at=instant("2026-03-16 10:00"),
    )
    save_exception(None, duty=duty.pk, body=house.other, n_days=None, reason="mới lập")
    house.task(last_word_at=MONDAY, status=Status.IN_PROGRESS, ref="bo-khac")
    for n in (14, 15, 16):
        round_of(house, n)
    notice = Notice.objects.get(kind=Kind.REPORT)
    assert (notice.task, str(notice.person), notice.anchor) == (
        late,
        "chuyen-vien",
        dt.date(2026, 3, 17),
    )
    assert "hạn gửi 17/03/2026 = ngày kết thúc kỳ + 2 ngày làm việc" in say_what(notice)


def test_the_mail_of_the_day_comes_once_and_escalations_at_once(house):
    for due in ("2026-03-03", "2026-03-01"):
        house.task(due, last_word_at=MONDAY)
    for n in range(8):
        for hour in (8, 14):
            round_of(house, n, hour)
    digests = Letter.objects.filter(is_digest=True, person=house.reporter)
    by_day = digests.values_list("day").annotate(n=Count("pk"))
    assert {n for _day, n in by_day} == {1}
    at_once = Letter.objects.filter(is_digest=False)
    assert {str(one.person) for one in at_once} == {"vu-truong"}


def test_who_wants_no_mail_gets_none_but_escalations(house):
    with pytest.raises(RuleRefused):
        choose_way(house.reporter, ways={"late": "by post"})
    choose_way(house.reporter, ways={Kind.LATE: Way.NONE, Kind.BEFORE: Way.AT_ONCE})
    choose_way(house.approver, ways={Kind.LATE: Way.NONE})
    for due in ("2026-03-01", "2026-03-09"):
        house.task(due, status=Status.IN_PROGRESS, last_word_at=MONDAY)
    for n in range(8):
        round_of(house, n)
    kinds = Notice.objects.exclude(letter=None).values_list("person__username", "kind")
    assert set(kinds) == {("chuyen-vien", Kind.BEFORE), ("vu-truong", Kind.LATE)}
    assert told(Kind.LATE)[0] == (0, 1, "chuyen-vien")


def test_a_letter_says_only_what_holds_and_is_seen_when_it_goes(house):
    first, second = (house.task(due) for due in ("2026-03-01", "2026-02-28"))
    for one, title in ((first, "Việc thứ nhất"), (second, "Việc thứ hai")):
        Task.objects.filter(pk=one.pk).update(title=title)
    round_of(house)
    letter = Letter.objects.filter(person=house.reporter, is_digest=True).get()
    body = write_letter(letter).body
    assert "Việc thứ nhất" in body
    assert "Việc thứ hai" in body
    assert f"https://diemcau.example/so-theo-doi/{first.pk}/" in body
    move(first, Move.SUBMIT, on="2026-03-02", delivered="2026-03-02")
    Document.objects.filter(pk=second.document_id).update(is_closed=True, owner=house.other)
    letter = Letter.objects.get(pk=letter.pk)
    assert write_letter(letter) is None
    assert list(list_notices(type(house.reporter).objects.get(pk=house.reporter.pk))) == list(
        Notice.objects.filter(person=house.reporter, task=first)
    )


def test_the_dry_run_writes_nothing(house):
    house.task("2026-03-01")
    out = io.StringIO()
    with redirect_stdout(out):
        run_urge(dry_run=True)
    assert (
        "chuyen-vien: Trình đề án (vì quy tắc “Quá hạn”, bước 1, quá hạn 1 ngày)" in out.getvalue()
    )
    assert Notice.objects.count() == Letter.objects.count() == 0


def test_a_rule_that_is_off_says_nothing(house):
    rule = Rule.objects.get(key="late")
    save_rule(None, rule=rule.pk, steps=[(1, "reporter")], is_on=False, seen=0)
    house.task("2026-03-01", last_word_at=MONDAY)
    round_of(house)
    assert told(Kind.LATE) == []


@pytest.mark.parametrize(
    ("key", "steps", "words"),
    [
        ("late", [], "1 đến 12 bước"),
        ("late", [(3, "reporter"), (1, "desk")], "tăng dần"),
        ("before", [(1, "reporter"), (3, "reporter")], "giảm dần"),
        ("late", [(1, "desk"), (3, "reporter")], "không thấp hơn"),
        ("late", [(1, "minister")], "minister"),
        ("result", [(1, "reporter")], "Chỉ người duyệt"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(house, key, steps, words):
    rule = Rule.objects.get(key=key)
    before = list(rule.steps.values_list("days", "to"))
    with pytest.raises(RuleRefused, match=words):
        save_rule(None, rule=rule.pk, steps=steps, is_on=True)
    assert list(rule.steps.values_list("days", "to")) == before


_CLOSED = [Status.DONE, Status.SUSPENDED, Status.REFUSED]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_nobody_hears_twice_late_at_night_or_of_what_is_not_theirs(house, data):
    """Random tasks, closings, denials and hours of the timer; the laws hold at every message."""
    Notice.objects.all().delete()
    Letter.objects.all().delete()
    Assignment.objects.all().delete()
    Task.objects.all().update(withdrawn_at=timezone.now())
    house.clock.move_to(MONDAY)
    first = MONDAY
    tasks = []
    for _n in range(data.draw(st.integers(1, 3))):
        due = MONDAY.date() + dt.timedelta(days=data.draw(st.integers(-40, 12)))
        ref = data.draw(st.sampled_from(["bo-thu", "vu-thu", "bo-khac"]))
        one = house.task(due.isoformat(), ref=ref, last_word_at=MONDAY)
        is_closed = data.draw(st.booleans())
        owner = Body.objects.get(ref="bo-khac") if is_closed else None
        Document.objects.filter(pk=one.document_id).update(is_closed=is_closed, owner=owner)
        tasks.append((one, is_closed))
    ends = {one.pk: data.draw(st.integers(0, 20)) for one, _closed in tasks}
    hours = data.draw(st.lists(st.integers(0, 20 * 24), min_size=1, max_size=8))
    closed_at = {}
    for n in sorted(hours):
        house.clock.move_to(first + dt.timedelta(hours=n))
        for one, _closed in tasks:
            if n >= ends[one.pk] * 24 and one.pk not in closed_at:
                closed_at[one.pk] = timezone.now()
                Task.objects.filter(pk=one.pk).update(status=data.draw(st.sampled_from(_CLOSED)))
        with redirect_stdout(io.StringIO()):
            run_urge()
    rows = list(Notice.objects.select_related("person"))
    keys = [(r.rule_id, r.task_id, r.about, r.step, r.day, r.person_id) for r in rows]
    assert len(keys) == len(set(keys))
    hidden = {one.pk for one, is_closed in tasks if is_closed}
    for row in rows:
        at = timezone.localtime(row.made_at)
        assert at.weekday() < 5
        assert 8 <= at.hour < 17
        assert row.task_id not in closed_at or row.made_at < closed_at[row.task_id]
        assert row.task_id not in hidden


def test_a_denied_person_hears_nothing_and_the_next_one_does(house):
    task = house.task("2026-03-01", status=Status.IN_PROGRESS, last_word_at=MONDAY)
    task.document.owner = house.other
    task.document.save()
    deny(None, person=house.reporter, body=house.other, reason="thử")
    round_of(house)
    assert told(Kind.LATE) == [(0, 1, "vu-truong")]
    assert n_unread(house.approver) == 1


def test_a_task_with_no_one_asked_goes_to_the_desk(house):
    make_task(due="2026-03-01", last_word_at=MONDAY)
    round_of(house)
    assert told(Kind.LATE) == [(0, 1, "dieu-phoi")]
