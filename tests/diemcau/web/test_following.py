"""The page of a task: its one column, its forms, the two-minute report, the link outside."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery import queries as ledger
from diemcau.delivery.actions import (
    add_evidence,
    answer_confirmation,
    ask_confirmation,
    ask_slip,
    decide_slip,
    move_task,
    open_obstacle,
    return_progress,
    take_over,
    undo_take_over,
    write_progress,
)
from diemcau.delivery.models import (
    Answer,
    AssignmentRole,
    Echo,
    EchoState,
    Evidence,
    EvidenceKind,
    Obstacle,
    Progress,
    ProgressState,
    Received,
    Slip,
    SlipReason,
)
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.queries import count_echoes
from diemcau.delivery.states import Move, Status
from diemcau.directory.actions import record_succession
from diemcau.documents.models import Document
from tests.diemcau.delivery.parties import HINDRANCE, make_task
from tests.diemcau.delivery.test_taking_over import NOTICE, SPEECH, pair
from tests.diemcau.people import client_of, make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.web.asking import page_of, post

pytestmark = pytest.mark.django_db

JULY = dt.datetime(2026, 7, 20, 3, tzinfo=dt.UTC)


def live_through(task, people):
    """One of everything that can happen to a task, up to its confirmation."""
    move_task(people["writes"], task=task.pk, move=Move.START)
    write_progress(
        people["approves"],
        task=task.pk,
        done="đã họp liên ngành",
        recommendation="bố trí kinh phí",
        hindrance=HINDRANCE,
        to=ProgressState.RELEASED,
    )
    slip = ask_slip(
        people["writes"],
        task=task.pk,
        deadline="2026-12-31",
        reason_code=SlipReason.PARTNER,
        reason="bạn đổi lịch",
    )
    decide_slip(people["judges"], slip=slip.pk, approve=True)
    add_evidence(
        people["writes"],
        task=task.pk,
        kind=EvidenceKind.DOCUMENT,
        what="đề án",
        document=task.document,
    )
    _made, secret = ask_confirmation(people["writes"], task=task.pk, asked_of="Hội Thủy sản")
    answer_confirmation(None, secret=secret, verdict=Received.PARTLY, words="mới nhận một phần")
    move_task(people["writes"], task=task.pk, move=Move.SUBMIT)


def test_after_a_take_over_the_column_keeps_what_was_said_before(db):
    speech, notice = pair()
    desk = make_person(Role.COORDINATOR, name="dau-moi")
    add_evidence(None, task=speech.pk, kind=EvidenceKind.PRODUCT, what="báo cáo bước đầu")
    Echo.objects.create(
        earlier=speech.statement, later=notice.statement, score=0.9, shared="rà soát", n_shared=9
    )
    instrument = page_of(desk, "instrument", notice.document.instruments.get().pk)
    assert "1 nhiệm vụ đã biết từ lời phát biểu" in instrument
    assert count_echoes(desk)[EchoState.PROPOSED] == 1
    made = take_over(None, task=speech.pk, official=notice.pk)
    page = page_of(desk, "task", speech.pk)
    column = page[page.index('<ol class="time">') : page.index('id="fields"')]
    told = ["<time>10/1/2026</time> nêu", SPEECH, "<time>4/2/2026</time> giao chính thức", NOTICE]
    told += ["báo cáo bước đầu", "chuyển sang thực hiện theo thông báo", "Trước đó được biết qua"]
    places = [column.index(words) for words in told]
    assert places == sorted(places)
    # That the two are one matter was decided with it, and is not asked again until it is undone.
    assert count_echoes(desk)[EchoState.PROPOSED] == 0
    assert "Có thể đã nêu ở nơi khác" not in page
    undo_take_over(None, take_over=made.pk, reason="nhầm")
    assert count_echoes(desk)[EchoState.PROPOSED] == 1
    page = page_of(desk, "task", speech.pk)
    assert "giao chính thức" not in page
    assert "báo cáo bước đầu" in page


def test_the_column_tells_everything_oldest_first(task, people):
    with time_machine.travel(JULY):
        live_through(task, people)
        page = page_of(people["reads"], "task", task.pk)
    told = [
        "nêu",
        "đưa vào sổ theo dõi",
        "→ Đang thực hiện",
        "báo cáo tiến độ",
        "bạn chưa cử đầu mối",
        "đề nghị lùi hạn",
        "chấp thuận lùi hạn",
        "đính kèm minh chứng",
        "xin xác nhận kết quả",
        "mới nhận một phần",
        "→ Chờ xác nhận",
    ]
    column = page[page.index('<ol class="time">') :]
    places = [column.index(words) for words in told]
    assert places == sorted(places)
    assert "<time>10/1/2026</time>" in column
    sentence = (
        "Giao ngày 10/1/2026, báo cáo hoàn thành ngày 20/7/2026, chờ xác nhận;"
        " còn 164 ngày đến hạn; đã lùi hạn 1 lần; vướng phía đối tác."
    )
    assert sentence in page
    assert '<svg class="axis" role="img"' in page
    assert "<s>30/6/2026</s> → 31/12/2026" in page
    assert "bố trí kinh phí" in page[page.index('id="fields"') :]


@pytest.mark.parametrize(("who", "n"), [("reads", 10), ("judges", 11), ("desk", 10)])
@time_machine.travel(JULY)
def test_the_page_asks_as_much_for_much_as_for_little(
    task, people, django_assert_num_queries, who, n
):
    live_through(task, people)
    client = client_of(people[who])
    with django_assert_num_queries(n):
        assert client.get(reverse("task", args=[task.pk])).status_code == 200
    for words in ("a", "b"):
        open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE)
        add_evidence(people["writes"], task=task.pk, kind=EvidenceKind.PRODUCT, what=words)
    with django_assert_num_queries(n):
        assert client.get(reverse("task", args=[task.pk])).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_obstacles_asks_as_much_for_three_as_for_one(
    task, people, django_assert_num_queries, n
):
    for _ in range(n):
        open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE)
    client = client_of(people["reads"])
    with django_assert_num_queries(6):
        assert client.get(reverse("obstacles")).status_code == 200
    page = page_of(people["reads"], "obstacles")
    assert page.count("bạn chưa cử đầu mối") == n
    assert "Bộ trưởng hoặc Chủ tịch UBND tỉnh" in page


def test_a_body_is_asked_on_the_page_whether_it_takes_the_task(task, people):
    page = page_of(people["writes"], "task", task.pk)
    assert "Bộ Làm việc được giao nhiệm vụ này (chủ trì), chưa trả lời" in page
    for who in ("judges", "desk", "reads"):
        assert 'name="do" value="answer"' not in page_of(people[who], "task", task.pk)
    given = task.assignments.get()
    sent = {"do": "answer", "assignment": given.pk, "answer": "returned", "back": "task"}
    assert post(people["writes"], "assigning", task.pk, **sent).status_code == 422
    answer = post(people["writes"], "assigning", task.pk, reason="không đúng việc", **sent)
    assert answer.url == reverse("task", args=[task.pk])
    assert 'name="do" value="answer"' not in page_of(people["writes"], "task", task.pk)
    # Who gave it is told, until somebody gives it otherwise.
    asked, today = TaskFilter(to_confirm=True), timezone.localdate()
    assert list(ledger.find_tasks(people["judges"], asked, on=today)) == [task]
    assert not ledger.find_tasks(people["writes"], asked, on=today)


def test_a_report_given_back_is_there_to_be_written_on(task, people):
    made = write_progress(people["writes"], task=task.pk, done="đã họp", to=ProgressState.SUBMITTED)
    asked, soon = TaskFilter(to_report=True), dt.date(2026, 1, 12)
    assert not ledger.find_tasks(people["writes"], asked, on=soon)
    return_progress(people["approves"], report=made.pk, reason="ghi rõ số công văn")
    assert list(ledger.find_tasks(people["writes"], asked, on=soon)) == [task]


def test_the_last_day_stands_in_its_place_in_time(task, people):
    with time_machine.travel(JULY):
        move_task(people["writes"], task=task.pk, move=Move.START)
    page = page_of(people["reads"], "task", task.pk)
    column = page[page.index('<ol class="time">') :]
    places = [column.index(words) for words in ("đưa vào sổ", "ngày cuối", "→ Đang thực hiện")]
    assert places == sorted(places)


def test_a_result_that_its_report_does_not_date_is_confirmed_with_its_day(people):
    told = {"reported_state": "done", "reported_result": "Hoàn thành", "delivered_on": None}
    task = make_task(**told, given_in=None, given_on=None)
    add_evidence(people["writes"], task=task.pk, kind=EvidenceKind.PRODUCT, what="đề án")
    page = page_of(people["judges"], "task", task.pk)
    assert "Chưa rõ ngày giao" in page
    assert "báo cáo hoàn thành, chờ xác nhận" in page
    assert "Ngày hoàn thành (báo cáo không nêu)" in page
    refused = post(people["judges"], "task_move", task.pk, move="confirm")
    assert "Báo cáo không nêu ngày hoàn thành" in refused.content.decode()
    post(people["judges"], "task_move", task.pk, move="confirm", delivered_on="8/1/2026")
    task.refresh_from_db()
    assert (task.status, task.delivered_on) == (Status.DONE, dt.date(2026, 1, 8))


def test_a_deadline_that_has_passed_is_not_asked_for(task, people):
    form = {"reason_code": "partner", "reason": "bạn đổi lịch"}
    answer = post(people["writes"], "task_slip", task.pk, deadline="1/1/2020", **form)
    assert answer.status_code == 422
    assert "1/1/2020 đã qua" in answer.content.decode()
    assert "Từ khi bạn mở trang" not in answer.content.decode()
    post(people["writes"], "task_slip", task.pk, deadline="quý II/2031", **form)
    assert Slip.objects.get().after == "2031-Q2"


def test_a_document_that_is_not_there_is_named_as_such(task, people):
    form = {"kind": "document", "what": "đề án", "document": "99999"}
    answer = post(people["writes"], "task_evidence", task.pk, **form)
    assert answer.status_code == 422
    assert "Không có văn bản này" in answer.content.decode()
    assert not Evidence.objects.exists()


OFFERS = {
    "writes": {"move-start", "move-submit", "move-refuse", "evidence", "slip", "obstacle", "ask"},
    "judges": {"move-suspend", "ask"},
    "outside": set(),
    "reads": set(),
}


@pytest.mark.parametrize("who", OFFERS)
def test_what_is_offered_is_what_the_table_allows_the_person(task, people, who):
    page = page_of(people[who], "task", task.pk)
    found = set(re.findall(r'id="(move-\w+|evidence|slip|obstacle|ask)"', page))
    assert found == OFFERS[who]
    assert ("Báo cáo tiến độ</a>" in page) == (who == "writes")


def test_a_refused_form_says_why_and_keeps_what_was_typed(task, people):
    answered = post(
        people["writes"],
        "task_slip",
        task.pk,
        deadline="tháng sau",
        reason_code="partner",
        reason="bạn đổi lịch họp",
        seen=task.version,
    )
    page = " ".join(answered.content.decode().split())
    assert answered.status_code == 422
    assert "“tháng sau” không phải là ngày hay kỳ" in page
    assert '<details class="act" id="slip" open>' in page
    assert 'value="tháng sau"' in page
    assert ">bạn đổi lịch họp</textarea>" in page
    assert not Slip.objects.exists()


def test_the_second_editor_is_told_what_changed_and_nothing_is_overwritten(task, people):
    opened = timezone.now().isoformat()
    move_task(people["approves"], task=task.pk, move=Move.REFUSE, reason="không thuộc thẩm quyền")
    answered = post(
        people["judges"],
        "task_move",
        task.pk,
        move="suspend",
        reason="chờ chủ trương",
        seen=task.version,
        opened=opened,
    )
    page = " ".join(answered.content.decode().split())
    assert answered.status_code == 409
    assert "Có người đã sửa nhiệm vụ này" in page or "đã thay đổi" in page
    told = page[page.index("Từ khi bạn mở trang:") :]
    assert "Từ chối" in told[:400]
    assert "chờ chủ trương" in page
    task.refresh_from_db()
    assert task.status == Status.REFUSED


@pytest.mark.parametrize("missing", ["verb", "kind", "cause"])
def test_a_form_without_its_choice_is_refused(task, people, missing):
    before = AuditEntry.objects.count()
    sent = {
        "verb": ("task_move", {"move": "fly"}),
        "kind": ("task_evidence", {"what": "đề án"}),
        "cause": ("task_obstacle", {"what": "chờ", "side": "ours", "level": "unit"}),
    }[missing]
    assert post(people["writes"], sent[0], task.pk, **sent[1]).status_code == 422
    assert AuditEntry.objects.count() == before


def test_evidence_is_uploaded_through_the_ordinary_intake(task, people):
    file = SimpleUploadedFile("de-an.txt", REPORT.encode())
    sent = {"kind": "document", "what": "đề án đã trình", "seen": task.version}
    answered = post(people["writes"], "task_evidence", task.pk, file=file, **sent)
    assert answered.status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.document.name == "de-an.txt"
    assert evidence.document.owner.ref == "bo-lam"
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["documents.take_in", "delivery.add_evidence"]


def test_a_file_the_gate_stops_is_no_evidence_and_the_words_stay(task, people):
    n = Document.objects.count()
    file = SimpleUploadedFile("mat.txt", ("TỐI MẬT\n\n" + REPORT).encode())
    sent = {"kind": "document", "what": "đề án đã trình", "seen": task.version}
    answered = post(people["writes"], "task_evidence", task.pk, file=file, **sent)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert 'value="đề án đã trình"' in page
    assert (Evidence.objects.count(), Document.objects.count()) == (0, n)


def test_a_document_not_open_to_the_reader_is_not_named(task, people):
    hidden = make_task().document
    hidden.title, hidden.is_closed = "Phương án mật danh", True
    hidden.save()
    Evidence.objects.create(
        task=task,
        kind=EvidenceKind.DOCUMENT,
        what="phương án",
        document=hidden,
        added_at=timezone.now(),
    )
    page = page_of(people["reads"], "task", task.pk)
    assert "Phương án mật danh" not in page
    assert "tài liệu chưa mở cho bạn xem" in page


def test_the_two_minute_report_begins_with_the_last_answer(task, people):
    write_progress(
        people["approves"],
        task=task.pk,
        done="đã họp",
        next_step="trình",
        percent=40,
        to=ProgressState.RELEASED,
    )
    page = page_of(people["writes"], "task_report", task.pk)
    assert ">đã họp</textarea>" in page
    assert 'value="40"' in page
    assert 'value="released"' not in page
    sent = {"done": "đã trình", "next_step": "trình", "percent": "60%", "to": "submitted"}
    half = post(people["writes"], "task_report", task.pk, **sent | {"percent": "40,5"})
    assert "số nguyên từ 0 đến 100; đã ghi “40,5”" in half.content.decode()
    assert post(people["writes"], "task_report", task.pk, **sent).status_code == 302
    made = Progress.objects.latest("pk")
    assert (made.state, made.percent) == (ProgressState.SUBMITTED, 60)
    assert 'value="released"' not in page_of(people["approves"], "task_report", task.pk)
    assert "Phát hành" in page_of(people["approves"], "task", task.pk)
    again = post(people["colleague"], "task_report", task.pk, done="bản của tôi")
    assert again.status_code == 409
    assert "bản của tôi" in again.content.decode()
    assert (
        client_of(people["judges"]).get(reverse("task_report", args=[task.pk])).status_code == 404
    )


@pytest.mark.parametrize("who", ["judges", "outside", "reads", "desk"])
def test_a_draft_changes_nothing_anybody_else_sees(task, people, who):
    """Every page, list, count, export and answer of the API, with a body's draft and without."""
    before = _everything_seen(people[who], task)
    write_progress(
        people["writes"],
        task=task.pk,
        done="chuyện nội bộ",
        hindrance=HINDRANCE,
        to=ProgressState.SUBMITTED,
    )
    after = _everything_seen(people[who], task)
    assert {name for name in before if before[name] != after[name]} == set()
    inside = _everything_seen(people["colleague"], task)
    assert {name for name, page in inside.items() if "chuyện nội bộ" in page} == {"task"}


def _everything_seen(person, task):
    client = client_of(type(person).objects.get(pk=person.pk))
    lists = ("home", "tasks", "echoes", "obstacles", "documents", "review", "directory_by_body")
    addresses = {name: reverse(name) for name in lists}
    addresses |= {
        "task": reverse("task", args=[task.pk]),
        "report": reverse("task_report", args=[task.pk]),
        "search": f"{reverse('search')}?q=noi+bo",
        "csv": f"{reverse('tasks')}?tep=csv",
        "api task": reverse("api:task", args=[task.pk]),
        "api tasks": reverse("api:tasks"),
        "api counts": reverse("api:counts"),
        "api search": f"{reverse('api:search')}?q=noi+bo",
    }
    changing = re.compile(
        r'name="csrfmiddlewaretoken" value="\w+"|slip-\d+|name="opened" value="[^"]+"'
    )
    pages = {}
    for name, address in addresses.items():
        response = client.get(address, follow=True)
        content = b"".join(response) if response.streaming else response.content
        pages[name] = changing.sub("", content.decode())
    return pages


def test_somebody_else_s_draft_is_not_there_to_be_acted_on(task, people):
    draft = write_progress(people["writes"], task=task.pk, done="nội bộ")
    for who in ("judges", "outside", "desk"):
        for name in ("report_submit", "report_release", "report_return", "report_discard"):
            assert post(people[who], name, draft.pk, reason="x").status_code == 404
    assert post(people["writes"], "report_submit", draft.pk).status_code == 302
    assert post(people["approves"], "report_return", draft.pk, reason="").status_code == 422
    assert post(people["approves"], "report_release", draft.pk).status_code == 302
    assert "nội bộ" in page_of(people["reads"], "task", task.pk)


def test_a_released_obstacle_is_resolved_on_the_page(task, people):
    open_obstacle(people["writes"], task=task.pk, hindrance=HINDRANCE)
    row = Obstacle.objects.get()
    assert post(people["judges"], "obstacle_resolve", row.pk, how="").status_code == 422
    assert post(people["judges"], "obstacle_resolve", row.pk, how="đã gặp").status_code == 302
    assert "đã gặp" in page_of(people["reads"], "task", task.pk)


def test_a_body_that_only_follows_is_offered_nothing_to_do(task, people):
    assert reverse("task_report", args=[task.pk]) in page_of(people["writes"], "task", task.pk)
    task.assignments.update(role=AssignmentRole.FOLLOWING)
    assert reverse("task_report", args=[task.pk]) not in page_of(people["writes"], "task", task.pk)


def test_the_successor_of_a_merged_body_is_offered_what_it_took_over(task, people):
    report = reverse("task_report", args=[task.pk])
    assert report not in page_of(people["outside"], "task", task.pk)
    step = {"from": "bo-lam", "to": "bo-khac", "kind": "merged", "on": "2026-03-01"}
    record_succession(None, step, reason="thử")
    assert report in page_of(people["outside"], "task", task.pk)


def test_who_works_on_a_task_has_accepted_it(task, people):
    def answers():
        return list(task.assignments.values_list("answer", flat=True))

    assert answers() == [Answer.WAITING]
    write_progress(people["writes"], task=task.pk, done="đang soạn")
    assert answers() == [Answer.WAITING], "a draft is the body's own"
    write_progress(
        people["approves"],
        task=task.pk,
        done="đã họp",
        report=Progress.objects.get().pk,
        to=ProgressState.RELEASED,
    )
    assert answers() == [Answer.ACCEPTED]
