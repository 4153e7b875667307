"""What the API tells and does of assignments, figures, matters, links and letters of urging."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from docx import Document as open_docx

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import record_stage, save_agreement
from diemcau.delivery.actions.agreements import AgreementFields
from diemcau.delivery.models import Confirmation, Saying, Stage, Task
from diemcau.delivery.states import Status
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.engagements.actions import save_event
from diemcau.engagements.models import EventKind
from diemcau.indicators.compare import propose_comparisons
from tests.diemcau.api.conftest import program_of
from tests.diemcau.counted import make_commitment, make_task, show
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db):
    """Two ministries, and a department under the first."""
    for ref, name, kind, parent in (
        ("bo-a", "Bộ A", "ministry", ""),
        ("bo-b", "Bộ B", "ministry", ""),
        ("vu-a", "Vụ A", "unit", "bo-a"),
    ):
        cells = {"id": ref, "name": name, "kind": kind, "parent": parent}
        save_body(None, cells, reason="thử")


@pytest.fixture
def task(bodies):
    return make_task(Status.NEW, due="2026-12-31")


def asked(program, method, path, body=None, **query):
    """The answer's content, of a request that is carried out."""
    answer = program.ask(method, path, body, **query)
    assert answer.status_code in (200, 201), answer.content.decode()
    return answer.json()


def version(task):
    return Task.objects.values_list("version", flat=True).get(pk=task.pk)


def give(program, task, body, role="lead", **more):
    said = {"version": version(task), "body": body, "role": role, **more}
    return asked(program, "post", f"/tasks/{task.pk}/assignments", said)


def entries(action):
    return AuditEntry.objects.filter(action=action, origin="api").count()


def test_a_task_is_given_answered_and_taken_back(coordinator, task):
    given = give(coordinator, task, "bo-a")
    assert (given["body"], given["answer"]) == ("bo-a", "waiting")
    acts, _token = program_of(make_person(Role.REPORTER, body=Body.objects.get(ref="bo-a")))
    said = {"version": version(task), "answer": "accepted"}
    path = f"/assignments/{given['id']}/answer"
    assert asked(acts, "post", path, said)["answer"] == "accepted"
    late = acts.ask("post", path, said)
    assert (late.status_code, late.json()["code"]) == (409, "moved")
    assert late.json()["problems"][0]["expected"] == str(version(task))
    # Another leads from now on: what becomes of the first is asked.
    other = {"version": version(task), "body": "bo-b", "role": "lead"}
    refused = coordinator.ask("post", f"/tasks/{task.pk}/assignments", other)
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    give(coordinator, task, "bo-b", earlier_lead="coordinating")
    rows = asked(coordinator, "get", f"/tasks/{task.pk}/assignments")["items"]
    held = {(one["body"], one["role"]) for one in rows if one["ended_at"] is None}
    assert held == {("bo-a", "coordinating"), ("bo-b", "lead")}
    end = {"version": version(task), "reason": "đổi phân công"}
    (lead,) = [one for one in rows if one["role"] == "lead" and one["ended_at"] is None]
    ended = asked(coordinator, "post", f"/assignments/{lead['id']}/end", end)
    assert ended["ended_because"] == "đổi phân công"
    assert entries("delivery.assign_body") == 2


def test_who_did_not_give_a_task_gives_it_to_nobody(task):
    task.document.owner = Body.objects.get(ref="bo-a")
    task.document.save()
    stranger, _token = program_of(make_person(Role.APPROVER, body=Body.objects.get(ref="bo-b")))
    said = {"version": version(task), "body": "bo-b", "role": "lead"}
    assert stranger.ask("post", f"/tasks/{task.pk}/assignments", said).status_code == 403
    hidden = make_task()
    hidden.document.is_closed, hidden.document.owner = True, Body.objects.get(ref="bo-a")
    hidden.document.save()
    path = f"/tasks/{hidden.pk}/assignments"
    assert stranger.ask("post", path, said).status_code == 404


def test_many_are_expanded_and_each_delivers_its_part(coordinator, task):
    many = task.assignments.create(as_written="các bộ", is_collective=True)
    said = {"version": version(task), "bodies": ["bo-a", "bo-b"], "completion": "all"}
    members = asked(coordinator, "post", f"/assignments/{many.pk}/members", said)["items"]
    assert [one["body"] for one in members] == ["bo-a", "bo-b"]
    part = {"version": version(task), "shown": {"kind": "product", "what": "báo cáo"}}
    path = f"/assignments/{members[0]['id']}/delivery"
    assert asked(coordinator, "post", path, part)["delivered_at"]
    back = {"version": version(task), "reason": "thiếu phụ lục"}
    assert asked(coordinator, "post", f"{path}/return", back)["delivered_at"] is None
    hidden = {**part, "version": version(task), "shown": {**part["shown"], "document": 10**9}}
    refused = coordinator.ask("post", path, hidden)
    assert refused.json()["problems"][0]["where"] == "body.shown.document"


def test_a_task_is_split_and_passed_on_below(coordinator, task):
    given = give(coordinator, task, "bo-a")
    parts = [{"title": "Dự thảo", "deadline": "2026-06-30"}, {"title": "Trình", "body": "bo-b"}]
    said = {"version": version(task), "parts": parts}
    made = asked(coordinator, "post", f"/tasks/{task.pk}/parts", said)["items"]
    assert [(one["title"], one["lead"], one["parent"]) for one in made] == [
        ("Dự thảo", "bo-a", task.pk),
        ("Trình", "bo-b", task.pk),
    ]
    down = {"version": version(task), "to": "vu-a"}
    passed = asked(coordinator, "post", f"/assignments/{given['id']}/pass-on", down)
    assert (passed["lead"], passed["parent"]) == ("vu-a", task.pk)
    up = {"version": version(task), "to": "bo-b"}
    assert coordinator.ask("post", f"/assignments/{given['id']}/pass-on", up).status_code == 422


@pytest.fixture
def counted(bodies):
    """Tasks in every cell but one, of two ministries."""
    known = {"said": "2025-01-10", "lead": "bo-a"}
    make_task(Status.DONE, due="2025-06-30", delivered="2025-06-01", **known)
    make_task(Status.DONE, due="2025-06-30", delivered="2025-07-15", **known)
    make_task(Status.AWAITING, due="2025-06-30", delivered="2025-07-02", **known)
    make_task(Status.NEW, due="2030-06-30", said="2025-01-10", lead="bo-b")
    make_task(Status.NEW, said="2025-01-10")
    make_task(Status.SUSPENDED, due="2025-06-30", **known)


def test_the_cells_add_up_and_tell_both_bases(coordinator, counted):
    told = asked(coordinator, "get", "/statistics/cells")
    cells = told["cells"]
    parts = {name: n for name, n in cells.items() if name not in ("total", "awaiting")}
    assert (sum(parts.values()), cells["total"]) == (6, 6)
    assert (cells["overdue"], cells["awaiting"], cells["suspended"]) == (1, 1, 1)
    shares = {(one["what"], one["base"]): (one["part"], one["whole"]) for one in told["shares"]}
    assert shares["done", "all"] == (2, 6)
    assert shares["done", "fell_due"] == (2, 3)
    rows = asked(coordinator, "get", "/statistics/by-body")["bodies"]
    assert {row["lead"]: row["cells"]["total"] for row in rows} == {"bo-a": 4, "bo-b": 1, "": 1}
    late = asked(coordinator, "get", "/statistics/cells", state="late")["cells"]
    assert (late["overdue"], late["total"]) == (1, 1)
    refused = coordinator.ask("get", "/statistics/cells", due="soon")
    assert refused.json()["problems"][0]["where"] == "query.due"


def test_figures_count_what_the_person_sees_and_nothing_else(counted):
    hidden = Task.objects.order_by("pk").first().document
    hidden.is_closed, hidden.owner = True, Body.objects.get(ref="bo-a")
    hidden.save()
    stranger, _token = program_of(make_person(Role.READER, body=Body.objects.get(ref="bo-b")))
    assert asked(stranger, "get", "/statistics/cells")["cells"]["total"] == 5


def test_figures_are_asked_for_by_several_names_and_a_day(coordinator):
    said = {"measure": "exports", "period": "2026", "value": 9, "unit": "count", "bound": "eq"}
    for subject, day in (("Hoa Kỳ", "2026-10-01"), ("Mỹ", "2025-10-01"), ("Pháp", "2025-10-01")):
        document = make_document(event_on=day)
        make_statement(document, "figures", f"xuất khẩu sang {subject}", subject=subject, **said)
        propose_comparisons(document)

    def subjects(**query):
        return {one["subject"] for one in asked(coordinator, "get", "/figures", **query)["items"]}

    assert subjects() == {"Hoa Kỳ", "Mỹ", "Pháp"}
    assert subjects(subject="hoa kỳ") == {"Hoa Kỳ", "Mỹ"}
    assert subjects(subject="Pháp") == {"Pháp"}
    assert subjects(subject=["Pháp", "Mỹ"]) == {"Hoa Kỳ", "Mỹ", "Pháp"}
    assert subjects(subject=["Hoa Kỳ", "Mỹ"], said_by="2025-12-31") == {"Mỹ"}


def test_the_texts_beside_the_six_fields_are_told_page_by_page(coordinator):
    texts = {}
    for title, on in (("Cũ", "2024-05-05"), ("Trong kỳ", "2025-02-10"), ("Sau kỳ", "2025-09-01")):
        fields = AgreementFields(
            title, signed_on=dt.date.fromisoformat(on), ours=["Bộ A"], theirs=["Ai Cập"]
        )
        texts[title] = save_agreement(None, document=make_document(), fields=fields)
    ours = texts["Cũ"].sides.get(is_ours=True)
    record_stage(
        None, agreement=texts["Cũ"], stage=Stage.IN_FORCE, side=ours, on=dt.date(2025, 3, 1)
    )
    path, period = "/statistics/six-fields/agreements", {"period": "2025-H1"}
    first = asked(coordinator, "get", path, limit=1, **period)
    (signed,) = first["items"]
    assert signed == {
        "agreement": texts["Trong kỳ"].pk,
        "title": "Trong kỳ",
        "sides": ["Bộ A", "Ai Cập"],
        "signed_on": "2025-02-10",
        "stage": "signed",
        "moves": [],
        "commitments": 0,
    }
    rest = asked(coordinator, "get", path, after=first["next"], **period)
    assert [(one["title"], one["moves"]) for one in rest["items"]] == [
        ("Cũ", [{"stage": "in_force", "side": "Bộ A", "on": "2025-03-01"}])
    ]
    assert rest["next"] is None
    early = asked(coordinator, "get", path, on="2025-02-20", **period)["items"]
    assert [one["title"] for one in early] == ["Trong kỳ"]
    assert asked(coordinator, "get", path, nature="order", **period)["items"] == []
    wrong = coordinator.ask("get", path, period="soon")
    assert wrong.json()["problems"][0]["where"] == "query.period"


def test_the_six_fields_and_the_funnel_of_commitments(coordinator, bodies):
    task = make_commitment(Status.IN_PROGRESS, signed="2025-01-10", lead="bo-a")
    show(task, on="2025-02-03")
    (row,) = asked(coordinator, "get", "/statistics/six-fields", period="2025-H1")["items"]
    assert (row["task"], row["partners"]) == (task.pk, ["Ai Cập"])
    assert row["known"] == 2
    assert len(row["evidence"]) == 1
    wrong = coordinator.ask("get", "/statistics/six-fields", period="soon")
    assert wrong.json()["problems"][0]["where"] == "query.period"
    told = asked(coordinator, "get", "/statistics/funnel", on="2025-03-01")
    assert [(one["step"], one["n"], one["of"]) for one in told["steps"]] == [
        ("signed", 1, 1),
        ("started", 1, 1),
        ("delivering", 1, 1),
        ("delivered", 0, 1),
    ]
    assert sum(sum(row["n"]) + row["unknown"] for row in told["ageing"]) == told["open"] == 1


def test_matters_are_joined_told_in_a_sentence_and_set_apart_again(coordinator, db):
    days = ("2024-12-20", "2025-07-22")
    pair = [
        make_statement(make_document(event_on=day), "tasks", f"việc {day}", state="accepted")
        for day in days
    ]
    said = {"first": pair[0].pk, "second": pair[1].pk, "reason": "một việc"}
    made = asked(coordinator, "post", "/thread-changes", said)
    assert made["statements"] == sorted(one.pk for one in pair)
    thread = Saying.objects.first().thread_id
    told = asked(coordinator, "get", f"/threads/{thread}/standing")
    assert (told["times"], told["first"], told["outcome"]) == (2, days[0], "nothing")
    assert told["sentence"] == "Asked for 2 times since December 2024, nothing delivered"
    undone = asked(coordinator, "post", f"/thread-changes/{made['id']}/undo")
    assert undone["undone_at"]
    assert coordinator.ask("get", f"/threads/{thread}/standing").status_code == 404
    hidden = coordinator.ask("post", "/thread-changes", {**said, "second": 10**9})
    assert hidden.json()["problems"][0]["where"] == "body.second"


def test_a_link_is_told_once_and_opens_the_page_outside(coordinator, task, client):
    said = {"version": version(task), "asked_of": "Hội B"}
    made = coordinator.ask("post", f"/tasks/{task.pk}/confirmations", said)
    assert (made.status_code, made["Cache-Control"]) == (201, "no-store")
    link = made.json()["link"]
    assert client.get(link).status_code == 200
    (listed,) = asked(coordinator, "get", f"/tasks/{task.pk}/confirmations")["items"]
    assert "link" not in listed
    assert listed["verdict"] is None
    ended = asked(coordinator, "post", f"/confirmations/{listed['id']}/end")
    assert ended["ended_at"]
    assert client.get(link).status_code == 410
    secret = link.rpartition("/")[2]
    assert secret not in str(Confirmation.objects.values().get())
    assert secret not in str(list(AuditEntry.objects.values()))


def test_a_letter_is_drafted_and_issued_and_its_answer_awaited(coordinator, bodies):
    task = make_task(Status.NEW, due="2025-12-31", said="2025-01-10", lead="bo-a")
    task.assignments.create(as_written="Bộ A", body_ref="bo-a")
    by_day = timezone.localdate() + dt.timedelta(days=5)
    said = {"body": "bo-a", "tasks": [task.pk], "answer_by": by_day.isoformat()}
    made = asked(coordinator, "post", "/reminders", said)
    assert (made["tasks"], made["number"], made["sender"]) == ([task.pk], "", None)
    issue = {"version": 0, "number": "12/BNG", "issued_on": timezone.localdate().isoformat()}
    path = f"/reminders/{made['id']}/issue"
    assert asked(coordinator, "post", path, issue)["number"] == "12/BNG"
    stale = coordinator.ask("post", path, issue)
    assert (stale.status_code, stale.json()["problems"][0]["expected"]) == (409, "1")
    (request,) = asked(coordinator, "get", f"/tasks/{task.pk}/report-requests")["items"]
    assert (request["by_day"], request["stands"]) == (by_day.isoformat(), "waiting")
    wrong = coordinator.ask("post", "/reminders", {**said, "body": "bo-b"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "refused")
    assert entries("urging.draft_reminder") == entries("urging.issue_reminder") == 1


def test_the_register_is_a_file_under_the_filters_of_its_list(coordinator, counted):
    def lines(**query):
        answer = coordinator.ask("get", "/exports/tasks", **query)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    assert len(lines()) == 6
    listed = asked(coordinator, "get", "/tasks", state="late")["items"]
    assert [int(row["id"]) for row in lines(state="late")] == [one["id"] for one in listed]
    sheet = coordinator.ask("get", "/exports/tasks", form="xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    # It comes back in, so it has no past day; asked for one, it says so.
    past = coordinator.ask("get", "/exports/tasks", on="2025-02-01")
    (problem,) = past.json()["problems"]
    assert (past.status_code, problem["where"]) == (422, "query.on")


def test_a_letter_is_read_as_a_paper_by_who_may_issue_it(coordinator, bodies):
    task = make_task(Status.NEW, due="2025-12-31", said="2025-01-10", lead="bo-a")
    task.assignments.create(as_written="Bộ A", body_ref="bo-a")
    by_day = timezone.localdate().isoformat()
    said = {"body": "bo-a", "tasks": [task.pk], "answer_by": by_day}
    made = asked(coordinator, "post", "/reminders", said)
    path = f"/reminders/{made['id']}/paper"
    answer = coordinator.ask("get", path, issuer="Văn phòng Chính phủ")
    paper = open_docx(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Kính gửi: Bộ A" in [one.text for one in paper.paragraphs]
    stranger, _token = program_of(make_person(Role.APPROVER, body=Body.objects.get(ref="bo-b")))
    assert stranger.ask("get", path).status_code == 404


def test_the_ways_a_person_hears_are_read_and_chosen(coordinator):
    before = asked(coordinator, "get", "/notices/ways")["ways"]
    assert set(before.values()) == {"digest"}
    after = asked(coordinator, "post", "/notices/ways", {"ways": {"late": "none"}})["ways"]
    assert after == before | {"late": "none"}
    nothing = coordinator.ask("post", "/notices/read", {})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "refused")


def test_a_stale_agreement_or_event_is_a_conflict_that_tells_the_version_of_now(coordinator, db):
    document = make_document()
    agreement = save_agreement(
        None,
        document=document,
        fields=AgreementFields(title="Bản ghi nhớ", ours=["Bộ A"], theirs=["Ai Cập"]),
    )
    event = save_event(None, document=document, kind=EventKind.MEETING, title="Cuộc gặp", on=None)
    changes = {
        f"/agreements/{agreement.pk}": (
            agreement,
            {"title": "Bản ghi nhớ mới", "ours": ["Bộ A"], "theirs": ["Ai Cập"]},
        ),
        f"/events/{event.pk}": (event, {"title": "Cuộc gặp mới", "kind": "meeting"}),
    }
    for path, (row, fields) in changes.items():
        said = {"version": row.version, **fields}
        now = asked(coordinator, "post", path, said)["version"]
        stale = coordinator.ask("post", path, said)
        assert (stale.status_code, stale.json()["code"]) == (409, "moved")
        assert stale.json()["problems"] == [
            {"where": "body.version", "found": str(said["version"]), "expected": str(now)}
        ]


def test_an_agreement_has_no_stage_before_anything_was_known_and_a_slip_is_taken_back(coordinator):
    fields = AgreementFields(
        "Bản ghi nhớ", signed_on=dt.date(2026, 10, 14), ours=["Bộ A"], theirs=["Ai Cập"]
    )
    made = save_agreement(None, document=make_document(), fields=fields)
    path = f"/agreements/{made.pk}"
    for day, stage in (("2025-12-31", None), ("2026-10-14", "signed")):
        assert asked(coordinator, "get", f"{path}?on={day}")["stage"] == stage
        (row,) = asked(coordinator, "get", f"/agreements?on={day}&stage={stage or 'unknown'}")[
            "items"
        ]
        assert row["stage"] == stage
    over = asked(coordinator, "post", f"{path}/stages", {"stage": "expired", "on": "2026-11-20"})
    assert (over["stage"], len(over["stages"])) == ("expired", 2)
    said = {"reason": "ghi nhầm", "version": over["version"]}
    back = asked(coordinator, "post", f"{path}/stages/{over['stages'][-1]['id']}/take-back", said)
    assert (back["stage"], back["stages"][-1]["taken_back_why"]) == ("signed", "ghi nhầm")
