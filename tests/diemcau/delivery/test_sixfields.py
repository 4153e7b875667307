"""The six fields of a commitment, filled in from rows; what nobody recorded stays not known."""

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.delivery.actions import (
    AgreementFields,
    record_stage,
    save_agreement,
    take_back_stage,
    write_commitment,
)
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Commitment,
    DecidingLevel,
    Nature,
    Obstacle,
    Progress,
    ProgressState,
    PromiseForm,
    SlipReason,
    Stage,
    Task,
)
from diemcau.delivery.periods import offer_periods, period_of, read_span
from diemcau.delivery.promises import record_commitment
from diemcau.delivery.queries import TaskFilter, find_tasks, list_tasks
from diemcau.delivery.states import Move, Status
from diemcau.delivery.statistics.signed import signed_in, tell_signed
from diemcau.delivery.statistics.sixfields import fill_six_fields, of_the_period
from diemcau.documents.models import StatementState
from diemcau.engagements.actions import save_event
from diemcau.engagements.models import EventKind
from tests.diemcau.counted import at, day, make_commitment, move, show
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document, make_statement

SPAN = read_span("2025-Q3", DueRule.ADMINISTRATIVE)
ON = SPAN.last


def filled(by=None):
    tasks = of_the_period(list_tasks(by, on=ON), SPAN, on=ON).select_related("document")
    return fill_six_fields(by, list(tasks.order_by("pk")), SPAN, on=ON)


def report(task, *, on="2025-08-01", **fields):
    fields = {"state": ProgressState.RELEASED, "released_at": at(on), **fields}
    return Progress.objects.create(task=task, written_at=at(on), **fields)


def hinder(task, *, on="2025-08-01", **fields):
    known = {
        "what": "bạn chưa phê chuẩn",
        "cause": SlipReason.PARTNER,
        "side": "partner",
        "level": DecidingLevel.GOVERNMENT,
        "recommendation": "đề nghị nêu ở cấp cao",
    }
    return Obstacle.objects.create(task=task, opened_at=at(on), **{**known, **fields})


@pytest.mark.django_db
def test_a_row_that_only_counts_texts_is_not_told():
    task = make_commitment()
    Commitment.objects.filter(task=make_commitment()).update(n_texts=339)
    assert [row.task for row in filled()] == [task]


@pytest.mark.django_db
def test_all_six_are_filled_from_rows():
    task = make_commitment(due="2025-12-31", action="xây kho chung", partner="Ai Cập")
    for role, name in (
        (AssignmentRole.LEAD, "Bộ Công Thương"),
        (AssignmentRole.COORDINATING, "Bộ A"),
    ):
        Assignment.objects.create(task=task, role=role, as_written=name)
    report(task, done="đã họp", recommendation="đề nghị nêu ở cấp cao")
    hinder(task)
    shown = show(task, on="2025-08-02")
    (row,) = filled()
    assert (row.leads, row.coordinating) == (["Bộ Công Thương"], ["Bộ A"])
    assert (row.partners, row.content) == (["Ai Cập"], "xây kho chung")
    assert (row.deadline, row.due_to) == ("2025-12-31", day("2025-12-31"))
    assert [one.what for one in row.difficulties] == ["bạn chưa phê chuẩn"]
    assert row.recommendations == ["đề nghị nêu ở cấp cao"]
    assert (row.progress.done, row.in_period, row.known) == ("đã họp", True, 6)
    assert (row.standing, row.evidence) == ("in_time", [shown])


@pytest.mark.django_db
def test_the_content_is_whole_where_the_reading_cut_it():
    task = make_commitment(action="xây kho chung ở")
    task.title = "Xây kho chung ở cảng Damietta trước mùa vụ"
    task.save()
    assert filled()[0].content == task.title
    # What a person wrote instead is not the beginning of the sentence, and stands.
    task.commitment.content = task.action = "làm kho lạnh"
    task.commitment.save()
    task.save()
    assert filled()[0].content == "làm kho lạnh"


@pytest.mark.django_db
def test_the_clause_itself_is_told_where_the_title_had_to_be_cut():
    words = "tổ chức diễn đàn doanh nghiệp thường niên " * 5 + "tại Cairo"
    document = make_document(event_on="2025-01-10")
    task = record_task(make_statement(document, "tasks", words, action="tổ chức diễn đàn"))
    assert task.title.endswith("…")
    (row,) = filled()
    assert row.content == words[:1].upper() + words[1:]


@pytest.mark.django_db
def test_what_nobody_recorded_is_not_filled_in():
    task = make_commitment()
    task.commitment.parties.all().delete()
    (row,) = filled()
    assert (row.leads, row.partners, row.deadline, row.difficulties) == ([], [], "", [])
    assert (row.recommendations, row.progress, row.known) == ([], None, 1)


@pytest.mark.django_db
def test_latest_report_released_by_the_day_is_told_and_an_old_one_is_marked():
    task = make_commitment()
    report(task, on="2025-05-01", done="quý trước")
    report(task, on="2025-10-01", done="sau kỳ")
    report(task, on="2025-08-01", done="bản nháp", state=ProgressState.DRAFT, released_at=None)
    (row,) = filled()
    assert (row.progress.done, row.in_period) == ("quý trước", False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "collective", "is_led"),
    [
        (["Bộ Công Thương"], False, True),
        (["Bộ Công Thương", "Bộ A"], False, False),
        (["các bộ, ngành"], True, False),
        ([], False, False),
    ],
)
def test_names_that_are_no_single_body_leave_the_lead_unclear(names, collective, is_led):
    task = make_commitment()
    for name in names:
        Assignment.objects.create(
            task=task, role=AssignmentRole.LEAD, as_written=name, is_collective=collective
        )
    (row,) = filled()
    assert (row.leads, row.is_led) == (names, is_led)


@pytest.mark.django_db
def test_obstacle_resolved_by_the_day_is_told_no_more():
    task = make_commitment()
    hinder(task, on="2025-02-01", resolved_at=at("2025-03-01"))
    hinder(task, on="2025-02-01", what="còn", resolved_at=at("2025-10-01"))
    hinder(task, on="2025-10-01", what="sau kỳ")
    (row,) = filled()
    assert [one.what for one in row.difficulties] == ["còn"]


@pytest.mark.django_db
def test_obstacle_of_a_draft_is_for_its_body_alone():
    task = make_commitment()
    draft = Progress.objects.create(task=task, written_at=at("2025-08-01"))
    hinder(task, progress=draft)
    (row,) = filled(make_person(Role.READER))
    assert row.difficulties == []


@pytest.mark.django_db
def test_period_tells_of_what_was_open_in_it_or_delivered_in_it():
    before = make_commitment(Status.DONE, delivered="2025-06-14")
    within = make_commitment(Status.DONE, delivered="2025-06-15")
    after = make_commitment(signed="2025-09-15")
    open_ = make_commitment()
    found = {row.task.pk for row in filled()}
    assert found == {within.pk, open_.pk}
    assert before.pk not in found
    assert after.pk not in found


@pytest.mark.django_db
def test_state_is_that_of_the_day_of_the_report():
    task = make_commitment(due="2025-08-31")
    move(task, Move.START, on="2025-10-01")
    (row,) = filled()
    assert (row.standing, row.task.held_status) == ("late", Status.NEW)


@pytest.mark.django_db
def test_orders_can_be_told_too():
    Task.objects.filter(pk=make_commitment().pk).update(nature=Nature.ORDER)
    assert len(filled()) == 1


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_rows(django_assert_num_queries):
    for _ in range(5):
        task = make_commitment()
        report(task)
        hinder(task)
        show(task, on="2025-08-01")
    with django_assert_num_queries(6):
        filled()


@pytest.mark.parametrize(
    ("name", "rule", "first", "last"),
    [
        ("2025-Q3", DueRule.ADMINISTRATIVE, "2025-06-15", "2025-09-14"),
        ("2025-H1", DueRule.ADMINISTRATIVE, "2024-12-15", "2025-06-14"),
        ("2025", DueRule.ADMINISTRATIVE, "2024-12-15", "2025-12-14"),
        ("2025-06", DueRule.ADMINISTRATIVE, "2025-05-15", "2025-06-14"),
        ("2025-Q3", DueRule.CALENDAR, "2025-07-01", "2025-09-30"),
        ("2025-01-01/2025-10-20", DueRule.ADMINISTRATIVE, "2025-01-01", "2025-10-20"),
    ],
)
def test_days_of_a_period(name, rule, first, last):
    span = read_span(name, rule)
    assert (span.first, span.last) == (day(first), day(last))


@pytest.mark.parametrize("rule", DueRule)
@pytest.mark.parametrize(
    "on", ["2025-06-14", "2025-06-15", "2025-12-14", "2025-12-15", "2026-01-01"]
)
@pytest.mark.parametrize("kind", ["month", "quarter", "half", "year"])
def test_period_of_a_day_holds_the_day(rule, on, kind):
    span = read_span(period_of(day(on), kind, rule), rule)
    assert span.first <= day(on) <= span.last


def test_periods_offered_are_known_and_each_once():
    for rule in DueRule:
        offered = offer_periods(day("2026-11-22"), rule)
        assert len(set(offered)) == len(offered)
        assert all(read_span(name, rule) for name in offered)
        assert "2026-01-01/2026-11-22" in offered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "quote", "whole"),
    [
        (
            "hoàn tất thủ tục nhập khẩu quả bưởi tươi của Việt Nam trong quý IV năm",
            "Phía bạn cho biết hoàn tất thủ tục nhập khẩu quả bưởi tươi của Việt Nam trong quý IV "
            "năm 2026; hai bên nhất trí họp lại.",
            "hoàn tất thủ tục nhập khẩu quả bưởi tươi của Việt Nam trong quý IV năm 2026",
        ),
        (
            "cung cấp khoản vay ODA thế hệ mới tại Thành phố Hồ…",
            "cam kết cung cấp khoản vay ODA thế hệ mới tại Thành phố Hồ Chí Minh",
            "cung cấp khoản vay ODA thế hệ mới tại Thành phố Hồ Chí Minh",
        ),
        ("mở lớp", "Bộ A mở lớp cho cán bộ", "mở lớp"),
    ],
)
def test_content_is_whole_on_screen_and_on_paper(action, quote, whole):
    statement = make_statement(
        make_document(event_on="2026-09-21"),
        "commitments",
        quote,
        state=StatementState.ACCEPTED,
        what=action,
        parties=["Nhật Bản"],
        counterparts=[],
        form="said",
    )
    task = record_commitment(statement)
    span = read_span("2026-Q3", DueRule.CALENDAR)
    tasks = list(list_tasks(None, on=span.last).filter(pk=task.pk))
    (row,) = fill_six_fields(None, tasks, span, on=span.last)
    assert row.content == whole
    client = client_of(make_person(Role.COORDINATOR))
    page = client.get(reverse("task", args=[task.pk])).content.decode()
    assert f'<dd lang="vi">{whole[:1].upper()}{whole[1:]}<' in page


@pytest.mark.django_db
def test_a_past_day_does_not_name_bodies_given_later():
    task = make_commitment(due="2025-12-31")
    for given, name in ((None, "Bộ A"), (at("2025-08-01"), "Bộ B"), (at("2025-12-01"), "Bộ C")):
        Assignment.objects.create(
            task=task, role=AssignmentRole.LEAD, as_written=name, given_at=given
        )
    Task.objects.filter(pk=task.pk).update(recorded_at=at("2025-02-01"))
    (row,) = filled()
    assert row.leads == ["Bộ A", "Bộ B"]


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["", "Phía Bạn", "Ai Cập"])
def test_a_promise_that_names_no_partner_has_that_of_the_visit_it_is_tied_to(other):
    document = make_document(event_on="2025-07-01")
    visit = save_event(
        None,
        document=document,
        kind=EventKind.VISIT_OUT,
        title="Thăm Ấn Độ",
        on=day("2025-07-01"),
        partners=["Ấn Độ"],
    )
    made = write_commitment(
        None,
        document=document,
        content="Hai bên nhất trí đưa kim ngạch lên 25 tỷ USD",
        form=PromiseForm.SAID,
        parties=["Hai bên"],
        counterparts=[other] if other else [],
        occasion=visit,
    )
    (row,) = filled()
    known = ["Ai Cập"] if other == "Ai Cập" else ["Ấn Độ"]
    assert (row.partners, row.partners_of) == (known, "" if other == "Ai Cập" else "event")
    found = [find_tasks(None, TaskFilter(partner=ref), on=ON) for ref in ("in", "eg")]
    expected = [[], [made.task]] if other == "Ai Cập" else [[made.task], []]
    assert [list(one) for one in found] == expected


@pytest.mark.django_db
def test_a_promise_in_an_agreement_has_its_other_side():
    document = make_document(event_on="2025-07-01")
    text = save_agreement(
        None,
        document=document,
        fields=AgreementFields(title="Bản ghi nhớ", ours=["Bộ Công Thương"], theirs=["Ấn Độ"]),
    )
    write_commitment(
        None,
        document=document,
        content="Lập nhóm công tác chung",
        form=PromiseForm.SIGNED,
        parties=["hai bên"],
        counterparts=[],
        agreement=text,
    )
    (row,) = filled()
    assert (row.partners, row.partners_of) == (["Ấn Độ"], "agreement")


def a_text(title, *, signed_on, ours="Bộ Công Thương"):
    return save_agreement(
        None,
        document=make_document(event_on="2025-07-01"),
        fields=AgreementFields(title=title, signed_on=signed_on, ours=[ours], theirs=["Ấn Độ"]),
    )


@pytest.mark.django_db
def test_texts_signed_or_moved_in_the_period_are_told_beside_it():
    inside, before = day("2025-07-10"), day("2024-05-05")
    signed = a_text("Ký trong kỳ", signed_on=inside)
    moved = a_text("Chuyển trong kỳ", signed_on=before)
    stage = record_stage(None, agreement=moved, stage=Stage.IN_FORCE, on=day("2025-08-01"))
    still = a_text("Không đổi", signed_on=before, ours="Bộ Ngoại giao")
    gone = record_stage(None, agreement=still, stage=Stage.IN_FORCE, on=day("2025-08-01"))
    take_back_stage(None, stage=gone, reason="ghi nhầm")
    told = tell_signed(signed_in(None, TaskFilter(), SPAN, on=ON), SPAN, on=ON)
    assert [(one.agreement, one.life.stage, one.moves) for one in told] == [
        (signed, Stage.SIGNED, ()),
        (moved, Stage.IN_FORCE, (stage,)),
    ]
    early = signed_in(None, TaskFilter(), SPAN, on=day("2025-07-15"))
    assert list(early) == [signed]
    for nature in Nature:
        asked = signed_in(None, TaskFilter(nature=nature), SPAN, on=ON)
        assert asked.count() == (0 if nature == Nature.ORDER else 2)
    assert not signed_in(None, TaskFilter(partner="eg"), SPAN, on=ON)
    assert not signed_in(None, TaskFilter(body="mofa"), SPAN, on=ON)
    assert len(signed_in(None, TaskFilter(body="moit"), SPAN, on=ON)) == 2
