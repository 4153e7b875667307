"""The register narrowed: worked out by hand, and the same by list, count, page, file, home, API."""

import csv
import datetime as dt
import io
import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role, User
from diemcau.delivery.models import (
    Answer,
    Assignment,
    Commitment,
    CommitmentParty,
    Directive,
    Handover,
    Instrument,
    Obstacle,
    Progress,
    ReportRequest,
    Slip,
    Transition,
)
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.queries import count_each, count_standings, count_tasks, find_tasks
from diemcau.delivery.states import Standing, standing
from diemcau.urging.requests import requests_of
from tests.diemcau.access.test_seen import UNDER
from tests.diemcau.bodies import make_tree
from tests.diemcau.delivery.register import at, make_task
from tests.diemcau.people import client_of, give_role, make_person
from tests.diemcau.sheets import take_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db):
    return make_tree()


BODIES = sorted(UNDER)
REFS = {name: f"{name}-thu" for name in BODIES}
STATUSES = ["new", "in_progress", "awaiting", "redo", "suspended", "refused", "done"]

tasks_ = st.lists(
    st.fixed_dictionaries(
        {
            "owner": st.sampled_from([None, *BODIES]),
            "closed": st.booleans(),
            "given": st.lists(
                st.tuples(st.sampled_from(BODIES), st.sampled_from(["lead", "coordinating"])),
                max_size=2,
                unique_by=lambda one: one[0],
            ),
            "status": st.sampled_from(STATUSES),
            "due": st.sampled_from([None, -400, -1, 0, 5, 200]),
            "word": st.sampled_from([None, 3, 29, 31, 90]),
            "nature": st.sampled_from(["order", "commitment"]),
            "obstacle": st.sampled_from([None, ("ours", "ministry"), ("partner", "partner")]),
            "slip": st.booleans(),
            "words": st.sampled_from(["de an", "ke hoach"]),
        }
    ),
    max_size=5,
)
grants = st.lists(
    st.tuples(
        st.sampled_from([None, *BODIES]),
        st.sampled_from([Role.READER, Role.REPORTER, Role.APPROVER]),
    ),
    min_size=1,
    max_size=2,
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "standings": st.sampled_from([("late",), ("in_time", "near"), ("done",), ("none",)]),
        "status": st.sampled_from(STATUSES),
        "nature": st.sampled_from(["order", "agreement"]),
        "body": st.sampled_from(BODIES),
        "leads": st.booleans(),
        "due": st.sampled_from(["2026", "2025-H2", "không"]),
        "silent": st.sampled_from([0, 30, 60]),
        "obstacle": st.just(True),
        "side": st.sampled_from(["ours", "both"]),
        "slip_waiting": st.just(True),
        "no_lead": st.just(True),
        "no_deadline": st.just(True),
        "undated": st.just(True),
        "unheard": st.just(True),
        "words": st.sampled_from(["đề án", "KẾ HOẠCH"]),
        "mine": st.just(True),
    },
)
PARAMETERS = {
    "status": "trang-thai",
    "nature": "loai",
    "due": "ky-han",
    "silent": "im-lang",
    "obstacle": "vuong-mac",
    "side": "ben",
    "slip_waiting": "lui-han",
    "no_lead": "chua-ro",
    "no_deadline": "khong-han",
    "undated": "chua-ro-ngay",
    "unheard": "chua-co-tin",
    "words": "q",
    "mine": "cua-toi",
}


def fits(asked, made, held, today):
    """The rule, said once more and otherwise, for one task as it was drawn."""
    due = None if made["due"] is None else today + dt.timedelta(days=made["due"])
    owed = made["status"] in ("new", "in_progress", "awaiting", "redo")
    stands = standing(made["status"], due, None, on=today)
    bodies = {body for body, _role in made["given"]}
    leads = [body for body, role in made["given"] if role == "lead"]
    silence = made["word"] if made["word"] is not None else 100
    reach = UNDER[asked["body"]] if "body" in asked else set()
    within = {"2026": (2026, 1, 12), "2025-H2": (2025, 7, 12)}.get(asked.get("due", ""))
    rules = {
        "standings": lambda v: stands in v,
        "status": lambda v: made["status"] == v,
        "nature": lambda v: made["nature"] == v,
        "body": lambda v: (
            len(leads) == 1 and leads[0] in reach if asked.get("leads") else bool(bodies & reach)
        ),
        "leads": lambda v: True,
        "due": lambda v: (
            bool(within and due) and due.year == within[0] and within[1] <= due.month <= within[2]
        ),
        # A word on the very last day allowed is not silence.
        "silent": lambda v: owed and silence >= max(v, 1),
        "obstacle": lambda v: made["obstacle"] is not None,
        "side": lambda v: made["obstacle"] is not None and made["obstacle"][0] == v,
        "slip_waiting": lambda v: made["slip"],
        "no_lead": lambda v: len(leads) != 1,
        "no_deadline": lambda v: due is None,
        # Each task drawn has its day.
        "undated": lambda v: False,
        "unheard": lambda v: owed and made["word"] is None,
        "words": lambda v: made["words"] == {"đề án": "de an"}.get(v, "ke hoach"),
        "mine": lambda v: None in held or any(bodies & UNDER[one] for one in held),
    }
    return all(rules[name](value) for name, value in asked.items())


@given(made=tasks_, held=grants, asked=filters)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_list_count_page_file_and_api_agree_with_the_rule(bodies, made, held, asked):
    with transaction.atomic(), translation.override("vi"):
        _agree(bodies, made, held, asked)
        transaction.set_rollback(True)


def _agree(bodies, made, held, asked):
    person = User.objects.create(username="nguoi-xem")
    for body, role in held:
        give_role(person, role, body=bodies.get(body))
    today = timezone.localdate()
    over = [body for body, _role in held]
    wanted = set()
    for one in made:
        task = _make(bodies, one)
        # Nobody here holds a grant that shows closed documents.
        if not one["closed"] and fits(asked, one, over, today):
            wanted.add(task.pk)
    person = User.objects.get(pk=person.pk)
    more = {"body": REFS[asked["body"]]} if "body" in asked else {}
    question = TaskFilter(**(asked | more))
    found = find_tasks(person, question, on=today)
    assert set(found.values_list("pk", flat=True)) == wanted
    counts = count_standings(found)
    assert counts["all"] == len(wanted) == sum(counts[one] for one in Standing.values)
    assert count_each(person, {"hoi": question}, on=today)["hoi"] == len(wanted)
    if not asked:
        assert count_tasks(person, on=today)["all"] == len(wanted)
    _agree_on_the_page(person, asked, wanted)


def _make(bodies, one):
    given_ = [(REFS[body], role) for body, role in one["given"]]
    task = make_task(
        bodies.get(one["owner"]),
        given=given_,
        status=one["status"],
        due=one["due"],
        word=one["word"],
        nature=one["nature"],
        folded=one["words"],
    )
    task.document.is_closed = one["closed"]
    task.document.save()
    if one["obstacle"]:
        side, level = one["obstacle"]
        Obstacle.objects.create(
            task=task, what="vướng", cause="legal", side=side, level=level, opened_at=at(-2)
        )
    if one["slip"]:
        due = timezone.localdate() + dt.timedelta(days=300)
        Slip.objects.create(
            task=task, after="2027", due_after=due, reason_code="own", reason="x", asked_at=at(-1)
        )
    return task


def _agree_on_the_page(person, asked, wanted):
    query = {name: asked[key] for key, name in PARAMETERS.items() if key in asked}
    query = {name: "1" if value is True else value for name, value in query.items()}
    if "standings" in asked:
        query["tinh-trang"] = ",".join(asked["standings"])
    if "body" in asked:
        query["co-quan"] = REFS[asked["body"]]
        if asked.get("leads"):
            query["vai-tro"] = "chu-tri"
    client = client_of(person)
    page = client.get(reverse("tasks"), query | {"tat-ca": "1"})
    body = page.content.decode()
    assert {int(pk) for pk in re.findall(r'href="/so-theo-doi/(\d+)/"', body)} == wanted
    if wanted:
        n = re.search(r'<p class="found">(\d+)', body)
        assert int(n[1]) == len(wanted)
        sheet = take_sheet(client, "tasks", "csv", query)
        text = b"".join(sheet.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        head = next(i for i, row in enumerate(rows) if len(row) > 5)
        assert {int(row[0]) for row in rows[head + 1 :]} == wanted
    plain = {"status", "nature", "words", "no_lead"}
    if set(asked) <= plain | {"standings"} and len(asked.get("standings", "x")) == 1:
        said = {key: asked[key] for key in ("words", "no_lead") if key in asked}
        if set(asked) <= {"words", "no_lead", "standings"}:
            if "standings" in asked:
                said["state"] = asked["standings"][0]
            items = client.get("/api/v1/tasks", said | {"limit": 100}).json()["items"]
            assert {item["id"] for item in items} == wanted


def ids(person, **asked):
    found = find_tasks(person, TaskFilter(**asked), on=timezone.localdate())
    return set(found.values_list("pk", flat=True))


def test_a_divided_body_s_task_goes_where_a_person_said(bodies):
    task = make_task(given=["cu-thu"])
    other = make_task(given=["cu-thu"])
    Handover.objects.create(
        task=task, from_ref="cu-thu", to_ref="tinh-thu", reason="chia", decided_at=at(0)
    )
    for leads in (False, True):
        assert ids(None, body="tinh-thu", leads=leads) == {task.pk}
        # The ministry took the old one over whole, but this task was said to be the province's.
        assert ids(None, body="bo-thu", leads=leads) == {other.pk}
        assert ids(None, body="so-thu", leads=leads) == set()
    assert ids(None, body="bo-thu", alone=True) == set()
    assert ids(None, body="khong-co") == set()


def test_what_waits_for_a_person(bodies):
    doer = make_person(Role.REPORTER, name="lam", body=bodies["vu"])
    judge = make_person(Role.APPROVER, name="giao", body=bodies["bo"])
    loud = make_task(bodies["bo"], given=["vu-thu"], word=2)
    quiet = make_task(bodies["bo"], given=["vu-thu"], word=40)
    make_task(bodies["bo"], given=["tinh-thu", ("vu-thu", "following")], word=40)
    asked_for = make_task(bodies["bo"], given=["phong-thu"], word=2)
    ReportRequest.objects.create(task=asked_for, asked_at=at(-1))
    answered = make_task(bodies["bo"], given=["vu-thu"], word=1)
    ReportRequest.objects.create(task=answered, asked_at=at(-2))
    Transition.objects.create(task=answered, move="start", after="in_progress", at=at(-1))
    # What the giver does to it answers nothing.
    spoken_over = make_task(bodies["bo"], given=["vu-thu"], word=1)
    ReportRequest.objects.create(task=spoken_over, asked_at=at(-2))
    Transition.objects.create(task=spoken_over, move="resume", after="in_progress", at=at(-1))
    for task in (answered, spoken_over, asked_for):
        (one,) = requests_of([task.pk])
        assert (one.answered is None) == (task != answered)
    Assignment.objects.exclude(task=loud).update(answer=Answer.ACCEPTED)
    assert ids(doer, to_report=True) == {quiet.pk, asked_for.pk, spoken_over.pk}
    assert ids(doer, to_answer=True) == {loud.pk}
    assert ids(doer, to_confirm=True) == set()
    done = make_task(bodies["bo"], given=["vu-thu"], status="awaiting", word=1)
    own = make_task(bodies["bo"], given=["vu-thu"], status="awaiting", word=1)
    for task, by in ((done, doer), (own, judge)):
        Transition.objects.create(task=task, move="submit", after="awaiting", by=by, at=at(0))
    make_task(bodies["tinh"], given=["vu-thu"], status="awaiting", word=1)
    slip = Slip.objects.create(
        task=loud,
        after="2027",
        due_after="2027-12-31",
        reason_code="own",
        reason="x",
        asked_at=at(-1),
        asked_by=doer,
    )
    draft = Progress.objects.create(
        task=quiet, body=bodies["vu"], state="submitted", written_by=doer, written_at=at(0)
    )
    # What one reported oneself, a second person confirms.
    assert ids(judge, to_confirm=True) == {done.pk, loud.pk, quiet.pk}
    slip.asked_by = judge
    slip.save()
    draft.state = "draft"
    draft.save()
    assert ids(judge, to_confirm=True) == {done.pk}


def test_a_past_day_is_asked_of_the_rows_of_that_day(bodies):
    task = make_task(given=["vu-thu"], word=1, status="in_progress")
    Obstacle.objects.create(
        task=task,
        what="vướng",
        cause="legal",
        side="ours",
        level="unit",
        opened_at=at(-20),
        resolved_at=at(-10),
    )
    today = timezone.localdate()

    def on(days, **asked):
        day = today - dt.timedelta(days=days)
        return find_tasks(None, TaskFilter(**asked), on=day).exists()

    assert [on(days, obstacle=True) for days in (25, 15, 5, 0)] == [False, True, False, False]
    # Given in January 2025; the obstacle, and what was said of it, is a word of its day.
    assert [on(days, silent=30) for days in (90, 15, 5, 0)] == [True, False, False, False]
    assert [on(days, unheard=True) for days in (90, 5)] == [True, False]
    young = make_task(given=["vu-thu"], said_on=today - dt.timedelta(days=20))
    silent = find_tasks(None, TaskFilter(silent=30), on=today)
    assert not silent.filter(pk=young.pk).exists()
    # Where no day is known, the register counts from the day it learned of the task.
    assert silent.filter(pk=make_task(given=["vu-thu"], said_on=None).pk).exists()


def test_partner_instrument_periods_and_programme(bodies):
    document = make_task(given=["vu-thu"], said_on=dt.date(2024, 12, 10)).document
    numbered = Instrument.objects.create(
        kind="Thông báo", number="65/TB-VPCP", document=document, recorded_at=at(0)
    )
    order = Directive.objects.create(
        document=document, instrument=numbered, text="x", recorded_at=at(0)
    )
    task = make_task(
        given=["vu-thu"],
        directive=order,
        programme="Chương trình A",
        said_on=dt.date(2025, 6, 20),
        nature="commitment",
    )
    promise = Commitment.objects.create(task=task, content="x")
    CommitmentParty.objects.create(commitment=promise, is_ours=False, as_written="L", ref="la")
    CommitmentParty.objects.create(commitment=promise, is_ours=True, as_written="V", ref="vn")
    for asked in (
        {"partner": "la"},
        {"instrument": numbered.pk},
        {"directive": order.pk},
        {"programme": "Chương trình A"},
        {"said": "2025-H1"},
        {"said": "2025-H2", "rule": "administrative"},
        {"assignee": "vu-thu", "nature": "commitment"},
    ):
        assert ids(None, **asked) == {task.pk}, asked
    assert ids(None, partner="vn") == set()
    assert ids(None, said="2025-H1", rule="administrative") == set()
