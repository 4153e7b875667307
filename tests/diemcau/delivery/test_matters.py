"""Matters over conferences: counted, joined and set apart by hand, compared."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import join_matters, part_matter, reopen_echo, undo_thread_change
from diemcau.delivery.ledger import record_task
from diemcau.delivery.matters.conferences import Part, compare_conferences, list_conferences
from diemcau.delivery.matters.told import Outcome, get_line, list_changes, list_threads
from diemcau.delivery.models import Echo, Task, Thread
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move
from diemcau.documents.models import Document, Statement, StatementState
from tests.diemcau.counted import day, move, show
from tests.diemcau.people import client_of, make_person
from tests.diemcau.sayings import ASKED, join, said
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


def threads():
    return sorted(
        sorted(t.sayings.values_list("statement", flat=True)) for t in Thread.objects.all()
    )


def test_statements_joined_by_hand_are_one_matter_and_taken_back_are_two():
    first, second = said("2024-12-20"), said("2025-07-22", "thiết lập kênh với đối tác")
    made = join_matters(None, first=second.pk, second=first.pk, reason="cùng một việc")
    assert threads() == [[first.pk, second.pk]]
    echo = Echo.objects.get()
    assert (echo.earlier_id, echo.later_id, echo.by_hand) == (first.pk, second.pk, True)
    undo_thread_change(None, change=made.pk)
    assert threads() == []
    with pytest.raises(Refused, match="hoàn lại"):
        undo_thread_change(None, change=made.pk)


def test_every_change_is_one_entry_with_its_reason():
    first, second = said("2024-12-20"), said("2025-07-22")
    before = AuditEntry.objects.count()
    made = join_matters(None, first=first.pk, second=second.pk, reason=" cùng một việc ")
    entry = AuditEntry.objects.order_by("-pk").first()
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.reason) == ("delivery.join_matters", "cùng một việc")
    assert (entry.target_type, entry.target_id) == ("delivery.threadchange", str(made.pk))


def test_matter_is_parted_and_put_together_again():
    one, two, three, four = (
        said(on) for on in ("2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01")
    )
    thread = join(one, two)
    join(three, four)
    join(one, three)
    assert threads() == [[one.pk, two.pk, three.pk, four.pk]]
    made = part_matter(None, thread=thread.pk, apart=[three.pk, four.pk], reason="việc khác")
    assert threads() == [[one.pk, two.pk], [three.pk, four.pk]]
    assert sorted(made.statements.values_list("pk", flat=True)) == [three.pk, four.pk]
    undo_thread_change(None, change=made.pk)
    assert threads() == [[one.pk, two.pk, three.pk, four.pk]]


def test_what_was_decided_since_is_not_overwritten_by_taking_back():
    first, second = said("2024-12-20"), said("2025-07-22")
    made = join_matters(None, first=first.pk, second=second.pk, reason="cùng")
    reopen_echo(None, echo=Echo.objects.get())
    with pytest.raises(Refused, match="quyết định khác"):
        undo_thread_change(None, change=made.pk)


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        (join_matters, {"first": 0, "second": 2, "reason": " "}),
        (join_matters, {"first": 0, "second": 0}),
        (join_matters, {"first": 0, "second": 1}),
        (part_matter, {"apart": []}),
        (part_matter, {"apart": [0, 1]}),
        (part_matter, {"apart": [2]}),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(action, asked):
    rows = [said(on) for on in ("2024-12-20", "2025-07-22", "2026-01-10")]
    thread = join(*rows[:2])
    before = threads()
    pks = {name: rows[at].pk for name, at in asked.items() if isinstance(at, int)}
    if "apart" in asked:
        pks = {"apart": [rows[at].pk for at in asked["apart"]], "thread": thread.pk}
    with pytest.raises(Refused):
        action(None, **pks, reason=asked.get("reason", "thử"))
    assert threads() == before


def test_who_may_not_confirm_joins_nothing():
    first, second = said("2024-12-20"), said("2025-07-22")
    with pytest.raises(PermissionDenied):
        join_matters(make_person(Role.READER), first=first.pk, second=second.pk, reason="a")


def test_asked_three_times_with_nothing_to_show():
    first, second, third = said("2024-12-20"), said("2025-07-22"), said("2026-01-10")
    line = get_line(None, join(first, second, third))
    assert (line.times, line.first, line.outcome) == (3, day("2024-12-20"), Outcome.NOTHING)
    assert [one.again for one in line.sayings] == [False, True, True]


def test_two_reports_of_one_day_are_one_saying():
    line = get_line(None, join(said("2024-12-20"), said("2024-12-20"), said("2025-07-22")))
    assert line.times == 2
    assert [one.again for one in line.sayings] == [False, False, True]


def test_what_was_delivered_stands_between_the_sayings_it_came_between():
    first, second = said("2024-12-20"), said("2025-07-22")
    thread = join(first, second)
    move(first.task, Move.START, on="2025-02-01")
    show(first.task, on="2025-03-01")
    show(second.task, on="2025-08-01")
    line = get_line(None, thread)
    between, after = line.sayings
    assert [m.move for m in between.moves] == [Move.START]
    assert [e.on for e in between.evidence] == [day("2025-03-01")]
    assert [e.on for e in after.evidence] == [day("2025-08-01")]
    assert (line.outcome, line.n_evidence) == (Outcome.SHOWN, 2)


def test_done_in_one_of_its_tasks_is_done():
    first, second = said("2024-12-20"), said("2025-07-22")
    thread = join(first, second)
    for one in (Move.START, Move.SUBMIT, Move.CONFIRM):
        move(first.task, one, on="2025-02-01", delivered="2025-01-31")
    line = get_line(None, thread)
    assert (line.outcome, line.done_on) == (Outcome.DONE, day("2025-01-31"))


def test_what_a_person_does_not_see_is_not_counted():
    first, second, hidden = said("2024-12-20"), said("2025-07-22"), said("2026-01-10")
    thread = join(first, second, hidden)
    hidden.document.is_closed = True
    hidden.document.save()
    reader = make_person(Role.READER)
    assert get_line(reader, thread).times == 2
    assert list_threads(reader).get().times == 2
    hidden_change = list_changes(reader, [first])
    assert [c.statements.count() for c in hidden_change] == [2]


def test_list_has_those_asked_most_and_not_delivered_first():
    done = join(said("2021-01-01"), said("2022-01-01"), said("2023-01-01"), said("2024-01-01"))
    task = done.sayings.first().statement.task
    for one in (Move.START, Move.SUBMIT, Move.CONFIRM):
        move(task, one, on="2024-02-01", delivered="2024-01-31")
    thrice = join(said("2023-01-01"), said("2024-01-01"), said("2025-01-01"))
    twice = join(said("2023-01-01"), said("2024-01-01"))
    shown = join(said("2022-01-01"), said("2024-01-01"))
    show(shown.sayings.first().statement.task, on="2024-02-01")
    assert list(list_threads(None)) == [thrice, shown, twice, done]
    assert list(list_threads(None, nothing_yet=True)) == [thrice, twice]
    found = list_threads(None).first()
    assert (found.times, found.first_on, found.last_on) == (3, day("2023-01-01"), day("2025-01-01"))


def test_two_conferences_side_by_side():
    before, now = make_document(event_on="2024-12-20"), make_document(event_on="2025-07-22")
    repeated = said("", document=before), said("", document=now)
    other = "xây dựng chiến lược ngoại giao kinh tế đến năm 2030"
    changed = "ban hành kế hoạch hợp tác công nghệ bán dẫn"
    reworded = said("", other, document=before), said("", changed, document=now)
    dropped = said("", "mở văn phòng xúc tiến tại châu Phi", document=before)
    done = said("", "trình nghị quyết miễn thị thực", document=before)
    for one in (Move.START, Move.SUBMIT, Move.CONFIRM):
        move(done.task, one, on="2025-02-01", delivered="2025-01-31")
    new = said("", "giảm chi phí logistics", document=now)
    join(*repeated)
    join(*reworded)
    found = compare_conferences(None, earlier=day("2024-12-20"), later=day("2025-07-22"))
    assert [(one.part, one.earlier, one.later) for one in found] == [
        (Part.NEW, None, new),
        (Part.REPEATED, *repeated),
        (Part.REWORDED, *reworded),
        (Part.DELIVERED, done, None),
        (Part.DROPPED, dropped, None),
    ]
    assert list_conferences(None) == [(day("2025-07-22"), 3), (day("2024-12-20"), 4)]


@pytest.mark.parametrize(
    ("moved_on", "delivered", "part"),
    [
        ("2025-02-01", "", Part.DELIVERED),
        ("2026-02-01", "2025-01-31", Part.DELIVERED),
        ("2026-02-01", "", Part.DROPPED),
        ("2026-02-01", "2026-01-31", Part.DROPPED),
    ],
)
def test_what_was_done_by_the_later_day_was_not_left_out(moved_on, delivered, part):
    first = said("2024-12-20")
    said("2025-07-22", "giảm chi phí logistics")
    for one in (Move.START, Move.SUBMIT, Move.CONFIRM):
        move(first.task, one, on=moved_on, delivered=delivered)
    found = compare_conferences(None, earlier=day("2024-12-20"), later=day("2025-07-22"))
    assert [one.part for one in found if one.earlier == first] == [part]


def test_comparing_tells_nothing_of_a_task_one_may_not_see():
    hidden = make_document(event_on="2025-01-15")
    first, same = said("2024-12-20"), said("", document=hidden)
    said("2025-07-22", "giảm chi phí logistics")
    join(first, same)
    Document.objects.filter(pk=hidden.pk).update(is_closed=True)
    outside = make_person(Role.READER, name="người ngoài")

    def parts():
        found = compare_conferences(outside, earlier=day("2024-12-20"), later=day("2025-07-22"))
        return [one.part for one in found]

    before = parts()
    Task.objects.filter(statement=same).update(status="done", delivered_on=day("2025-02-01"))
    assert parts() == before
    assert Part.DROPPED in before


def test_what_a_conference_takes_up_of_an_earlier_one_is_not_new():
    first, last = said("2023-07-03"), said("2025-07-22")
    join(first, last)
    said("2024-12-20", "mở văn phòng xúc tiến tại châu Phi")
    found = compare_conferences(None, earlier=day("2024-12-20"), later=day("2025-07-22"))
    assert [one.part for one in found] == [Part.REPEATED, Part.DROPPED]


@pytest.mark.parametrize(
    ("speaks", "part"),
    [
        ("Đại sứ Việt Nam tại Ấn Độ Nguyễn Thanh Hải kiến nghị Bộ Nông nghiệp", Part.PROPOSED),
        ("Tại hội nghị, Đại sứ Nguyễn Thanh Hải đề nghị Bộ Nông nghiệp", Part.PROPOSED),
        ("Đại diện Hiệp hội Rau quả đề xuất Bộ Nông nghiệp", Part.PROPOSED),
        ("Thủ tướng đề nghị Bộ Nông nghiệp", Part.NEW),
        ("Thủ tướng đề nghị các Đại sứ, doanh nghiệp", Part.NEW),
        ("Thủ tướng yêu cầu Bộ Nông nghiệp nghiên cứu, đề xuất; đề nghị các bộ", Part.NEW),
    ],
)
def test_what_was_only_proposed_at_a_conference_is_no_conclusion(speaks, part):
    said("2024-12-20")
    words = "sớm cử đoàn kỹ thuật sang Ấn Độ"
    asked = make_statement(
        make_document(event_on="2025-07-22"),
        "tasks",
        words,
        sentence=f"{speaks} {words}.",
        state=StatementState.ACCEPTED,
        action=words,
    )
    Statement.objects.filter(pk=asked.pk).update(rule="task.ask")
    record_task(asked)
    found = compare_conferences(None, earlier=day("2024-12-20"), later=day("2025-07-22"))
    assert [one.part for one in found if one.later] == [part]
    client = client_of(make_person(Role.COORDINATOR))
    page = client.get(reverse("compare_conferences")).content.decode()
    assert ("không phải kết luận" in page) == (part == Part.PROPOSED)


def test_a_pair_awaiting_a_decision_is_neither_new_nor_left_out():
    first, last = said("2025-07-24"), said("2026-07-17", ASKED + " định kỳ")
    older, other = said("2023-07-03", "mở kho chung"), said("2026-07-17", "mở kho chung ở Brazil")
    new = said("2026-07-17", "soạn sổ tay tiếng Anh")
    for earlier, later in ((first, last), (older, other)):
        Echo.objects.create(earlier=earlier, later=later, score=0.9, shared=ASKED, n_shared=9)
    found = compare_conferences(None, earlier=day("2025-07-24"), later=day("2026-07-17"))
    assert [(one.part, one.earlier, one.later) for one in found] == [
        (Part.NEW, None, new),
        (Part.UNDECIDED, first, last),
        (Part.UNDECIDED, older, other),
    ]


def test_the_conference_before_is_chosen_before_other_talks():
    said("2025-07-24")
    said("2025-11-12", "lập tổ công tác")
    said("2026-07-17", "soạn sổ tay")
    conference = make_document(event_on="2025-07-24")
    make_statement(conference, "events", "Hội nghị ngoại giao kinh tế giữa năm")
    page = client_of(make_person(Role.COORDINATOR)).get(reverse("compare_conferences"))
    assert page.context["earlier"] == day("2025-07-24")


def test_statements_do_not_grow_with_the_sayings(django_assert_num_queries):
    thread = join(*(said(f"20{n}-01-01") for n in range(15, 25)))
    with django_assert_num_queries(4):
        get_line(None, thread)
    with django_assert_num_queries(1):
        list(list_threads(None))
    # One more than the sayings need: the pairs that still wait for a decision.
    with django_assert_num_queries(5):
        compare_conferences(None, earlier=day("2015-01-01"), later=day("2024-01-01"))
