"""Who may ask the API, in which language, and what a refusal looks like."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diemcau.access.actions import close_account, reopen_account
from diemcau.accounts.models import Role
from diemcau.accounts.tokens import AccessToken, Scope
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Echo, Task, Thread
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.indicators.models import Comparison
from tests.diemcau.api.conftest import program_of
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.statements import make_statement

pytestmark = pytest.mark.django_db


def walk(program, path, *, limit, **query):
    """Every row of a list, page after page."""
    rows, after = [], ""
    while True:
        page = program.ask("get", path, limit=limit, after=after, **query).json()
        rows += page["items"]
        if not (after := page["next"]):
            return rows


@pytest.mark.parametrize("header", [None, "Bearer dcpat_unknown", "Bearer ", "Bearer a b"])
def test_who_is_not_known_is_told_how_to_sign_in(ledger, header):
    client = Client(headers={"Authorization": header, "Accept-Language": "en"} if header else {})
    answer = client.get("/api/v1/tasks")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": timezone.now() - dt.timedelta(2), "expires_at": timezone.now()},
        {"revoked_at": timezone.now()},
    ],
)
def test_a_token_that_ended_opens_nothing(changes):
    program, _token = program_of(make_person(), **changes)
    assert program.ask("get", "/tasks").status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_session():
    client = Client(headers={"Authorization": "Bearer dcpat_unknown"})
    client.force_login(make_person())
    assert client.get("/api/v1/tasks").status_code == 401


def test_closing_an_account_ends_its_tokens_for_good():
    person = make_person(name="minh")
    program, token = program_of(person)
    assert program.ask("get", "/tasks").status_code == 200
    administrator = make_person(Role.ADMINISTRATOR)
    close_account(administrator, person.pk)
    assert program.ask("get", "/tasks").status_code == 401
    reopen_account(administrator, person.pk)
    assert program.ask("get", "/tasks").status_code == 401
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_token_that_reads_writes_nothing(ledger):
    program, _token = program_of(make_person(), scope=Scope.READ)
    echo = Echo.objects.first()
    answer = program.ask("post", f"/echoes/{echo.pk}/decision", {"decision": "confirm"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert not AuditEntry.objects.exists()


def test_a_token_keeps_when_it_was_used_and_not_its_secret():
    program, token = program_of(make_person())
    program.ask("get", "/tasks")
    token.refresh_from_db()
    assert timezone.now() - token.last_used_at < dt.timedelta(minutes=1)
    secret = program.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert secret not in str(AccessToken.objects.values().get())


def test_a_session_writes_with_its_csrf_token_only(ledger):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    echo = Echo.objects.first()
    address, body = f"/api/v1/echoes/{echo.pk}/decision", {"decision": "dismiss"}
    assert client.get("/api/v1/echoes").status_code == 200
    refused = client.post(address, body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    client.get(reverse("home"))
    token = client.cookies["csrftoken"].value
    answer = client.post(
        address, body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.json()["state"] == "dismissed"
    assert AuditEntry.objects.get().origin == "api"


@pytest.mark.parametrize(
    ("query", "header", "words"),
    [
        ({}, "", "không được"),
        ({}, "en-GB,vi;q=0.5", "may not"),
        ({"lang": "en"}, "vi", "may not"),
        ({"lang": "fr"}, "", "không được"),
    ],
)
def test_a_refusal_speaks_the_language_asked_for(ledger, query, header, words):
    program, _token = program_of(make_person(Role.READER), language=header)
    echo = Echo.objects.first()
    address = f"/api/v1/echoes/{echo.pk}/decision"
    answer = program.post(
        address, {"decision": "confirm"}, content_type="application/json", query_params=query
    )
    assert answer.status_code == 403
    assert words in answer.json()["message"]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("query", "where", "found", "expected"),
    [
        ({"limit": 201}, "query.limit", "201", "at most 200"),
        ({"limit": "x"}, "query.limit", "x", "a whole number"),
        ({"on": "31/12/2025"}, "query.on", "31/12/2025", "a day as 2025-12-31"),
        (
            {"state": "soon"},
            "query.state",
            "soon",
            "one of 'late', 'near', 'in_time', 'none', 'done_on_time', 'done_late', 'done', "
            "'suspended' or 'refused'",
        ),
        ({"after": "abc"}, "query.after", "abc", "“next” of a page of this list in this order"),
        ({"words": "a\x00b"}, "query.words", "a\x00b", "text"),
    ],
)
def test_what_cannot_stand_is_told_with_where_and_what_can(
    coordinator, ledger, query, where, found, expected
):
    answer = coordinator.ask("get", "/tasks", **query)
    assert answer.status_code == 422
    assert answer.json()["problems"] == [{"where": where, "found": found, "expected": expected}]


@pytest.mark.parametrize("path", ["/tasks", "/statistics/cells", "/exports/tasks"])
def test_a_parameter_that_nothing_reads_is_refused(coordinator, ledger, path):
    answer = coordinator.ask("get", path, stat="late")
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["where"], problem["found"]) == ("query.stat", "late")
    assert "state" in problem["expected"]
    assert coordinator.ask("get", path, lang="vi").status_code == 200


LISTS = {
    "/documents": Document,
    "/statements": Statement,
    "/tasks": Task,
    "/echoes": Echo,
    "/comparisons": Comparison,
}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 200])
def test_pages_tell_every_row_once(coordinator, ledger, path, limit):
    rows = walk(coordinator, path, limit=limit)
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)) == LISTS[path].objects.count()


@pytest.mark.parametrize("sort", ["due", "said", "issuer", "action"])
def test_rows_without_a_value_come_last_on_every_page_size(coordinator, ledger, sort):
    first, second, _third = Task.objects.order_by("pk")
    Task.objects.filter(pk=first.pk).update(due_to=None, said_on=None)
    Task.objects.filter(pk=second.pk).update(due_to=None)
    whole = [row["id"] for row in walk(coordinator, "/tasks", limit=200, sort=sort)]
    assert [row["id"] for row in walk(coordinator, "/tasks", limit=1, sort=sort)] == whole
    assert len(whole) == 3
    if sort in ("due", "said"):
        assert whole[-1] == first.pk


def test_a_cursor_of_another_order_is_refused(coordinator, ledger):
    after = coordinator.ask("get", "/tasks", limit=1, sort="due").json()["next"]
    assert coordinator.ask("get", "/tasks", after=after, sort="said").status_code == 422


PAGES = {
    "/documents": 5,
    "/documents/{document}": 4,
    "/documents/{document}/text": 4,
    "/statements": 3,
    "/statements/{statement}": 3,
    "/search?q=thoa": 3,
    "/tasks": 5,
    "/tasks/counts": 4,
    "/tasks/{task}": 4,
    "/tasks/{task}/timeline": 5,
    "/tasks/{task}/transitions": 5,
    "/tasks/{task}/evidence": 5,
    "/tasks/{task}/slips": 5,
    "/tasks/{task}/progress": 6,
    "/tasks/{task}/obstacles": 6,
    "/tasks/{task}/assignments": 5,
    "/tasks/{task}/servings": 5,
    "/tasks/{task}/confirmations": 5,
    "/tasks/{task}/report-requests": 5,
    "/statistics/cells": 4,
    "/statistics/by-body": 9,
    "/statistics/six-fields?period=2025-H1": 8,
    "/statistics/six-fields/agreements?period=2025-H1": 5,
    "/statistics/funnel": 8,
    "/notices": 3,
    "/notices/ways": 3,
    "/reminders": 3,
    "/thread-changes": 3,
    "/agreements": 5,
    "/events": 4,
    "/figures": 3,
    "/figures/{figure}": 3,
    "/comparisons": 4,
    "/echoes": 3,
    "/threads": 3,
    "/bodies": 3,
    "/partners": 4,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_read_asks_the_database_a_few_things(
    coordinator, ledger, path, django_assert_max_num_queries
):
    ids = {
        "document": Document.objects.first().pk,
        "statement": Statement.objects.first().pk,
        "task": Task.objects.first().pk,
        "figure": Statement.objects.filter(kind="figures").first().pk,
    }
    coordinator.ask("get", "/tasks")
    with django_assert_max_num_queries(PAGES[path]):
        assert coordinator.get(f"/api/v1{path.format(**ids)}").status_code == 200


def test_a_statement_is_decided_once_and_the_second_is_told(coordinator, ledger):
    row = Statement.objects.filter(state=StatementState.PROPOSED).first()
    seen = coordinator.ask("get", f"/statements/{row.pk}")
    assert seen["ETag"] == f'"{row.pk}-0"'
    said = {"version": seen.json()["version"]}
    done = coordinator.ask("post", f"/statements/{row.pk}/accept", said)
    assert (done.json()["state"], done.json()["version"]) == ("accepted", 1)
    late = coordinator.ask("post", f"/statements/{row.pk}/reject", said)
    assert (late.status_code, late.json()["code"]) == (409, "moved")
    assert late.json()["problems"] == [{"where": "body.version", "found": "0", "expected": "1"}]
    again = coordinator.ask("post", f"/statements/{row.pk}/accept", {"version": 1})
    assert (again.status_code, again.json()["code"]) == (409, "refused")
    back = coordinator.ask("post", f"/statements/{row.pk}/undo", {"version": 1})
    assert back.json()["state"] == "proposed"
    assert [e.action for e in AuditEntry.objects.order_by("pk")] == ["review.accept", "review.undo"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_figure_is_corrected_by_numbers_whatever_the_language(ledger, language):
    program, _token = program_of(make_person(), language=language)
    row = Statement.objects.filter(kind="figures").first()
    said = {"version": row.version, "values": {"value": 1234.5, "unit": "USD"}}
    answer = program.ask("post", f"/statements/{row.pk}/correct", said).json()
    assert (answer["values"]["value"], answer["values"]["unit"]) == (1234.5, "USD")
    assert answer["values"]["period"] == row.values["period"]
    assert answer["is_corrected"] is True


def test_a_field_that_is_not_there_is_refused(coordinator, ledger):
    row = Statement.objects.filter(kind="figures").first()
    said = {"version": row.version, "values": {"colour": "red"}}
    answer = coordinator.ask("post", f"/statements/{row.pk}/correct", said)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["where"] == "body.values.colour"


def test_a_value_that_cannot_stand_is_told_as_it_was_sent(coordinator, ledger):
    row = Statement.objects.filter(kind="figures").first()
    said = {"version": row.version, "values": {"value": "nhiều"}}
    answer = coordinator.ask("post", f"/statements/{row.pk}/correct", said)
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["where"], problem["found"]) == ("body.values.value", "nhiều")


def test_two_statements_are_merged(coordinator, ledger):
    document = Document.objects.first()
    one = make_statement(document, "people", "ông Trần Văn B", name="Trần Văn B")
    two = Statement.objects.filter(document=document, kind="people").exclude(pk=one.pk).get()
    answer = coordinator.ask("post", f"/statements/{one.pk}/merge", {"version": 0, "into": two.pk})
    assert (answer.json()["state"], answer.json()["merged_into"]) == ("merged", two.pk)


def test_many_are_accepted_in_one_stroke_and_put_back(coordinator, ledger):
    document = Document.objects.first()
    asked = {"kinds": ["shortcomings"], "minimum": 0.5}
    made = coordinator.ask("post", f"/documents/{document.pk}/batches", asked)
    assert (made.status_code, made.json()["accepted"]) == (201, 1)
    back = coordinator.ask("post", f"/batches/{made.json()['id']}/undo")
    assert back.json()["put_back"] == 1
    again = coordinator.ask("post", f"/batches/{made.json()['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "refused")


def test_a_confirmed_matter_becomes_a_thread(coordinator, ledger):
    echo = Echo.objects.order_by("pk").first()
    decided = coordinator.ask("post", f"/echoes/{echo.pk}/decision", {"decision": "confirm"})
    assert decided.json()["state"] == "confirmed"
    (listed,) = coordinator.ask("get", "/threads").json()["items"]
    thread = coordinator.ask("get", f"/threads/{Thread.objects.get().pk}").json()
    assert (listed["times_said"], len(thread["sayings"])) == (2, 2)
    days = [one["said_on"] for one in thread["sayings"]]
    assert days == sorted(days)


def test_a_comparison_is_decided(coordinator, ledger):
    row = Comparison.objects.first()
    address = f"/comparisons/{row.pk}/decision"
    assert coordinator.ask("post", address, {"decision": "confirm"}).json()["state"] == "confirmed"
    assert coordinator.ask("post", address, {"decision": "reopen"}).json()["state"] == "proposed"
    assert coordinator.ask("post", address, {"decision": "burn"}).status_code == 422


def test_a_deadline_is_counted_by_the_administrative_periods(coordinator, ledger):
    task = Task.objects.first()
    answer = coordinator.ask("post", f"/tasks/{task.pk}/due-rule", {"rule": "administrative"})
    assert answer.json()["due_to"].endswith("-12-14")
    Task.objects.update(due_to=None)
    refused = coordinator.ask("post", f"/tasks/{task.pk}/due-rule", {"rule": "calendar"})
    assert refused.json()["problems"][0]["expected"] == "a task with a deadline"


def test_a_file_is_taken_in_once(coordinator, reader):
    def send(program, data):
        file = SimpleUploadedFile("bao-cao.txt", data)
        return program.post("/api/v1/documents", {"file": file})

    refused = send(reader, REPORT.encode())
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    made = send(coordinator, REPORT.encode())
    assert (made.status_code, made.json()["is_new"]) == (201, True)
    pk = made.json()["document"]["id"]
    text = coordinator.ask("get", f"/documents/{pk}/text").json()["text"]
    for row in walk(coordinator, "/statements", limit=3, document=pk):
        assert text[row["start"] : row["end"]] == row["quote"]
    known = send(coordinator, REPORT.encode())
    assert (known.status_code, known.json()["is_new"]) == (200, False)
    bad = send(coordinator, b"\x89PNG\r\n\x1a\n")
    assert (bad.status_code, bad.json()["code"]) == (422, "unreadable")
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/documents/9", "/statements/9", "/tasks/9", "/echoes/9", "/bodies/x", "/partners/x"]
)
def test_what_is_not_there_is_said_so(coordinator, path):
    answer = coordinator.ask("get", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_register_has_the_filters_of_its_page(coordinator, ledger):
    page = coordinator.get(reverse("tasks"))
    assert page.status_code == 302
    for query, n in (
        ({"state": "late"}, 3),
        ({"state": "none"}, 0),
        ({"assignee": "Bộ Ngoại giao"}, 3),
        ({"words": "duong day"}, 3),
        ({"words": "khong co"}, 0),
        ({"no_lead": True}, 0),
        ({"on": "2021-01-01", "state": "late"}, 0),
    ):
        assert len(coordinator.ask("get", "/tasks", **query).json()["items"]) == n


def test_a_task_moves_once_and_the_second_is_told_the_version_of_now(coordinator, ledger):
    pk = Task.objects.first().pk
    told = coordinator.ask("get", f"/tasks/{pk}").json()
    said = {"version": told["version"], "move": "start"}
    moved = coordinator.ask("post", f"/tasks/{pk}/moves", said)
    assert (moved.status_code, moved.json()["status"]) == (200, "in_progress")
    late = coordinator.ask("post", f"/tasks/{pk}/moves", said)
    assert (late.status_code, late.json()["code"]) == (409, "moved")
    assert late.json()["problems"][0]["expected"] == str(moved.json()["version"])
    again = {"version": moved.json()["version"], "move": "confirm"}
    refused = coordinator.ask("post", f"/tasks/{pk}/moves", again)
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    assert refused.json()["message"]
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.origin) == ("delivery.move_task", "api")
    transitions = coordinator.ask("get", f"/tasks/{pk}/transitions").json()["items"]
    assert transitions[-1]["after"] == "in_progress"
    timeline = coordinator.ask("get", f"/tasks/{pk}/timeline").json()["items"]
    assert [one["said"]["status"] for one in timeline if one["kind"] == "moved"] == [
        one["after"] for one in transitions
    ]


def test_evidence_is_attached_and_taken_back(coordinator, ledger):
    pk = Task.objects.first().pk
    version = coordinator.ask("get", f"/tasks/{pk}").json()["version"]
    said = {"version": version, "kind": "product", "what": "đề án"}
    made = coordinator.ask("post", f"/tasks/{pk}/evidence", said)
    assert (made.status_code, made.json()["what"]) == (201, "đề án")
    back = coordinator.ask("post", f"/evidence/{made.json()['id']}/withdraw", {"reason": "nhầm"})
    assert back.json()["withdrawn_because"] == "nhầm"
    (listed,) = coordinator.ask("get", f"/tasks/{pk}/evidence").json()["items"]
    assert listed == back.json()


def test_an_agreement_tells_the_stage_of_each_side_on_a_day(coordinator, ledger):
    said = {
        "document": Document.objects.first().pk,
        "title": "Bản ghi nhớ về nông nghiệp",
        "ours": ["Bộ Ngoại giao"],
        "theirs": ["Ai Cập"],
    }
    made = coordinator.ask("post", "/agreements", said).json()
    assert (made["stage"], made["in_force_for"]) == ("draft", 0)
    stage = {"stage": "in_force", "side": made["sides"][0]["id"], "on": "2025-03-01"}
    one_side = coordinator.ask("post", f"/agreements/{made['id']}/stages", stage).json()
    assert [side["stage"] for side in one_side["sides"]] == ["in_force", None]
    told = {one["side_as_written"] for one in one_side["stages"]}
    assert told == {"", made["sides"][0]["as_written"]}
    before = coordinator.ask("get", f"/agreements/{made['id']}", on="2025-02-28").json()
    assert before["in_force_for"] == 0
    assert one_side["in_force_for"] == 1
    twin = coordinator.ask("post", "/agreements", said)
    assert (twin.status_code, twin.json()["code"]) == (422, "refused")
    hidden = coordinator.ask("post", "/agreements", {**said, "document": 10**9})
    assert hidden.json()["problems"][0]["where"] == "body.document"


def test_a_period_that_is_none_is_refused(coordinator, ledger):
    answer = coordinator.ask("get", "/tasks", due="soon")
    assert answer.json()["problems"][0]["where"] == "query.due"
    assert len(coordinator.ask("get", "/tasks", nature="commitment").json()["items"]) == 0
