"""Whole answers kept: what is told is what would be told anew, to whom it may be told."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diemcau.access.actions import close_account, revoke_grant
from diemcau.accounts.models import AccessToken, Role
from diemcau.audit import kept as room
from diemcau.delivery.actions import ask_slip, move_task, open_obstacle
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import DecidingLevel, Side, SlipReason
from diemcau.delivery.obstacles import Hindrance
from diemcau.delivery.states import Move
from diemcau.documents.models import Document, StatementState
from diemcau.jobs.models import Job
from diemcau.review.intake import take_in
from diemcau.signin.models import Session
from tests.diemcau.api.conftest import program_of
from tests.diemcau.people import client_of, make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    *("home", "tasks", "statistics", "funnel", "six_fields", "threads", "people", "instruments"),
    *("partners", "shortcomings", "commitments", "figures", "clashes", "agreements"),
    *("unclear_tasks", "take_overs", "documents", "directory", "directory_partners"),
    *(
        "figures_by_unit",
        "directory_measures",
        "task_views",
        "echoes",
        "obstacles",
        "urging_rules",
        "notices",
    ),
)


@pytest.fixture
def keeps(settings):
    settings.KEEPS_ANSWERS = True
    room._answers.clear()
    yield
    room._answers.clear()


def a_task(words="trình đề án", **values):
    values = {"state": StatementState.ACCEPTED, "action": words, "assignees": ["Bộ Công Thương"]}
    return record_task(make_statement(make_document(), "tasks", words, **values))


def told(client, name, **query):
    """A page without what is of the one request."""
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


def test_a_page_asked_again_asks_who_and_whether_somebody_wrote(keeps, django_assert_num_queries):
    client = client_of(make_person(Role.COORDINATOR))
    a_task()
    first = told(client, "tasks")
    with django_assert_num_queries(1):
        assert told(client, "tasks") == first


def test_a_session_ends_by_its_hour_though_its_person_is_known(keeps):
    client = client_of(make_person(Role.COORDINATOR))
    told(client, "tasks")
    Session.objects.update(expire_date=timezone.now())
    assert client.get(reverse("tasks")).status_code == 302


def test_an_account_closed_is_out_with_its_next_request_and_its_token_too(keeps):
    person = make_person(Role.COORDINATOR)
    client, (program, _token) = client_of(person), program_of(person)
    assert client.get(reverse("tasks")).status_code == 200
    assert program.get("/api/v1/tasks").status_code == 200
    close_account(None, person.pk, reason="nghỉ việc")
    assert client.get(reverse("tasks")).status_code == 302
    assert program.get("/api/v1/tasks").status_code == 401


def test_a_token_revoked_or_over_opens_nothing(keeps):
    person = make_person(Role.COORDINATOR)
    program, _token = program_of(person)
    assert program.get("/api/v1/tasks").status_code == 200
    AccessToken.objects.update(revoked_at=timezone.now())
    assert program.get("/api/v1/tasks").status_code == 401


def test_after_every_write_all_pages_are_as_worked_out_anew(keeps, settings):
    person = make_person(Role.COORDINATOR, sees_closed=True)
    client = client_of(person)
    hindrance = Hindrance("chờ bạn", SlipReason.PARTNER, Side.PARTNER, DecidingLevel.PARTNER)
    writes = (
        lambda: take_in(None, data=REPORT.encode(), name="bao-cao.txt"),
        lambda: move_task(None, task=task.pk, move=Move.START),
        lambda: open_obstacle(None, task=task.pk, hindrance=hindrance),
        lambda: ask_slip(
            None, task=task.pk, deadline="2031", reason_code=SlipReason.OWN, reason="thử"
        ),
    )
    task = a_task()
    for write in writes:
        for name in PAGES:
            told(client, name)
        write()
        kept = {name: told(client, name) for name in PAGES}
        settings.KEEPS_ANSWERS = False
        assert kept == {name: told(client, name) for name in PAGES}
        settings.KEEPS_ANSWERS = True


def test_a_page_is_kept_for_one_person_one_language_one_address(keeps):
    a_task("việc của phòng kín")
    Document.objects.update(is_closed=True)
    person = make_person(Role.COORDINATOR, name="thay", sees_closed=True)
    sees, in_english = client_of(person), client_of(person, "en")
    other = client_of(make_person(Role.COORDINATOR, name="khong"))
    assert "phòng kín" in told(sees, "tasks")
    assert "phòng kín" not in told(other, "tasks")
    assert "phòng kín" not in told(sees, "tasks", q="không có")
    assert '<html lang="en">' in told(in_english, "tasks")


def test_who_is_granted_nothing_any_more_is_told_nothing(keeps):
    person = make_person(Role.COORDINATOR)
    client = client_of(person)
    a_task("việc còn thấy")
    assert "còn thấy" in told(client, "tasks")
    revoke_grant(None, person.grants.get().pk, reason="chuyển công tác")
    assert "còn thấy" not in client.get(reverse("tasks")).content.decode()


def test_background_work_is_told_as_it_moves_though_the_log_does_not(keeps):
    person = make_person("admin")
    client = client_of(person)
    now = timezone.now()
    job = Job.objects.create(
        kind="no.such", asked_by=person, asked_at=now, not_before=now, total=700, done=1
    )
    assert "1 / 700" in client.get(reverse("jobs")).content.decode()
    Job.objects.filter(pk=job.pk).update(done=432)
    assert "432 / 700" in client.get(reverse("jobs")).content.decode()


def test_the_forms_of_a_kept_page_have_a_token_that_opens(keeps):
    person = make_person(Role.COORDINATOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    a_task()
    tokens = []
    for _again in range(2):
        page = client.get(reverse("tasks")).content.decode()
        tokens.append(re.search(r'csrfmiddlewaretoken" value="(\w{64})"', page)[1])
    assert tokens[0] != tokens[1]
    answer = client.post(
        reverse("set_language"), {"language": "en", "csrfmiddlewaretoken": tokens[1]}
    )
    assert answer.status_code == 302


def test_a_message_is_told_once(keeps):
    client = client_of(make_person(Role.COORDINATOR))
    task = a_task()
    told(client, "tasks")
    client.post(reverse("task_move", args=[task.pk]), {"move": "start"}, follow=False)
    said = [client.get(reverse("tasks")).content.decode() for _again in range(3)]
    assert ['class="note success"' in one for one in said] == [True, False, False]
