"""What a person may see, computed by hand from what they hold, against every way of looking."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Delegation, Denial, Role, User
from diemcau.delivery.queries import count_tasks, list_tasks
from diemcau.documents.groups import list_groups
from diemcau.documents.models import Document
from diemcau.documents.queries import list_documents
from diemcau.documents.rules import seen
from diemcau.documents.search import count_statements, search_statements, search_texts, terms_of
from diemcau.documents.why import why_seen
from diemcau.indicators.queries import FigureFilter, filter_figures
from diemcau.review.queries import next_document
from tests.diemcau.ledgers import fill_one
from tests.diemcau.people import client_of, give_role, make_person

UNDER = {
    "bo": {"bo", "vu", "vu2", "phong", "cu"},
    "vu": {"vu", "phong"},
    "vu2": {"vu2"},
    "phong": {"phong"},
    "tinh": {"tinh", "so"},
    "so": {"so"},
    "cu": {"cu"},
}
BODIES = sorted(UNDER)
TODAY = timezone.localdate
ROLES = [Role.READER, Role.REPORTER, Role.COORDINATOR, Role.AUDITOR]

days = st.sampled_from([(-30, None), (-30, -1), (0, 0), (1, None), (-5, 5)])
grants = st.lists(
    st.tuples(
        st.sampled_from([None, *BODIES]), st.sampled_from(ROLES), st.booleans(), days, st.booleans()
    ),
    max_size=3,
)
documents = st.lists(
    st.tuples(
        st.sampled_from([None, *BODIES]),
        st.booleans(),
        st.sets(st.sampled_from(BODIES), max_size=1),
    ),
    min_size=1,
    max_size=4,
)
denials = st.sets(st.sampled_from(BODIES), max_size=1)


def holds(span):
    first, last = span
    return first <= 0 and (last is None or last >= 0)


def expected(given_, denied, owner, is_closed, shared):
    """The rule, said once more and otherwise."""
    held = [(body, closed) for body, _role, closed, span, _lent in given_ if holds(span)]
    if not held or any(owner in UNDER[body] for body in denied):
        return False
    if not is_closed:
        return True
    for body, closed in held:
        reach = UNDER.get(body)
        if closed and (reach is None or owner in reach):
            return True
        if reach and shared & reach:
            return True
    return False


@given(grants=grants, documents=documents, denied=denials)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_way_of_looking_agrees_with_the_rule(bodies, grants, documents, denied):
    with transaction.atomic():
        _every_way(bodies, grants, documents, denied)
        transaction.set_rollback(True)


def _every_way(bodies, given_, made, denied):
    person = User.objects.create(username="nguoi-xem")
    lender = User.objects.create(username="nguoi-giao")
    today = TODAY()
    for body, role, closed, (first, last), is_lent in given_:
        row = give_role(
            lender if is_lent else person,
            role,
            body=bodies.get(body),
            sees_closed=closed,
            starts_on=today + dt.timedelta(days=-60 if is_lent else first),
            ends_on=None if last is None or is_lent else today + dt.timedelta(days=last),
        )
        if is_lent:
            Delegation.objects.create(
                grant=row,
                to=person,
                starts_on=today + dt.timedelta(days=first),
                ends_on=today + dt.timedelta(days=60 if last is None else last),
                made_at=timezone.now(),
            )
    for body in denied:
        Denial.objects.create(
            person=person, body=bodies[body], starts_on=today, made_at=timezone.now()
        )
    wanted = set()
    for i, (owner, is_closed, shared) in enumerate(made):
        document = fill_one(i)
        document.owner, document.is_closed = bodies.get(owner), is_closed
        document.save()
        document.shared_with.set(bodies[name] for name in shared)
        if expected(given_, denied, owner, is_closed, shared):
            wanted.add(document.pk)
    person = User.objects.get(pk=person.pk)
    _agree(person, wanted)


def _agree(person, wanted):
    everything = Document.objects.all()
    assert set(Document.objects.filter(seen(person, "pk")).values_list("pk", flat=True)) == wanted
    assert {d.pk for d in everything if why_seen(person, d).is_seen} == wanted
    assert set(list_documents(person).values_list("pk", flat=True)) == wanted
    tasks = list_tasks(person, on=TODAY())
    assert set(tasks.values_list("statement__document", flat=True)) == wanted
    assert count_tasks(person, on=TODAY())["all"] == tasks.count()
    figures = filter_figures(person, FigureFilter())
    assert set(figures.values_list("statement__document", flat=True)) <= wanted
    terms = terms_of("thoa thuan")
    found = search_statements(person, terms)
    assert {s.document_id for s in found} == wanted
    assert sum(count_statements(person, terms).values()) == len(found)
    assert {hit.version.document_id for hit in search_texts(person, terms)} == wanted
    groups = list_groups(person, "people")
    assert {s.document_id for g in groups for s in g.statements} == wanted
    first = next_document(person)
    assert first is None or first.pk in wanted
    client = client_of(person)
    for document in everything:
        status = 200 if document.pk in wanted else 404
        assert client.get(reverse("document", args=[document.pk])).status_code == status


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_holds_nothing_is_told_so(bodies, language):
    nobody = User.objects.create(username="moi")
    fill_one(0)
    client = client_of(nobody, language)
    assert client.get(reverse("home")).status_code == 200
    page = client.get(reverse("account", args=[nobody.pk])).content.decode()
    assert ("chưa có vai trò" if language == "vi" else "no role") in page
    assert "Hội nghị năm 2021" not in client.get(reverse("documents")).content.decode()


def test_what_one_may_not_see_changes_nothing_one_sees(bodies):
    """Every page of somebody outside is the same with a closed document there and without it."""
    outsider = make_person(Role.COORDINATOR, name="ngoai", body=bodies["tinh"])
    for i in range(2):
        fill_one(i)
    before = _pages(outsider)
    hidden = fill_one(2)
    hidden.owner, hidden.is_closed = bodies["bo"], True
    hidden.save()
    after = _pages(outsider)
    assert len(before) > 15
    assert {name for name in before if before[name] != after[name]} == set()
    insider = make_person(Role.COORDINATOR, name="trong", body=bodies["bo"], sees_closed=True)
    seen_inside = {name for name, page in _pages(insider).items() if "năm 2023" in page}
    assert {"home", "tasks", "echoes", "documents", "search"} <= seen_inside
    assert not [name for name in seen_inside if "năm 2023" in after.get(name, "")]


def _pages(person):
    """Every page of lists and items by name, without what differs each time."""
    client = client_of(User.objects.get(pk=person.pk))
    names = ("home", "tasks", "echoes", "figures", "clashes", "events", "people", "instruments")
    names += ("partners", "shortcomings", "documents", "review", "directory_by_body")
    names += ("directory_unconfirmed", "figures_by_unit")
    pages = {name: client.get(reverse(name), follow=True).content.decode() for name in names}
    pages["search"] = client.get(reverse("search"), {"q": "thoa thuan"}).content.decode()
    for document in Document.objects.filter(seen(person, "pk")).order_by("pk")[:2]:
        pages[f"document {document.pk}"] = client.get(
            reverse("document", args=[document.pk])
        ).content.decode()
        pages[f"review {document.pk}"] = client.get(
            reverse("review_document", args=[document.pk])
        ).content.decode()
        for statement in document.statements.all():
            address = reverse("review_card", args=[statement.pk])
            pages[f"card {statement.pk}"] = client.get(address).content.decode()
            if hasattr(statement, "task"):
                address = reverse("task", args=[statement.task.pk])
                pages[f"task {statement.pk}"] = client.get(address).content.decode()
            if statement.kind == "figures":
                address = reverse("figure", args=[statement.pk])
                pages[f"figure {statement.pk}"] = client.get(address).content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|slip-\d+')
    return {name: token.sub("", page) for name, page in pages.items()}
