"""Every list page: who sees it, what an empty one teaches, how many questions it asks."""

import re

import pytest
from django.urls import reverse

from diemcau.delivery.models import Echo
from diemcau.documents.models import Document
from tests.diemcau.delivery.parties import make_people, make_task
from tests.diemcau.people import client_of
from tests.diemcau.statements import make_document, make_statement

LISTS = {
    "home": 11,
    "tasks": 10,
    "echoes": 7,
    "figures": 12,
    "clashes": 8,
    "events": 5,  # what documents say of events, and what people recorded
    "people": 4,
    "instruments": 5,
    "partners": 4,
    "shortcomings": 6,
    "commitments": 7,
}
"""Questions each page asks the database, session and person included; never more than twelve."""


@pytest.mark.parametrize("name", [*LISTS, "search"])
def test_who_has_not_signed_in_is_sent_to_sign_in(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", [*LISTS, "search"])
def test_who_may_only_look_sees_every_list(reader, fill, name):
    fill(1)
    assert reader.get(reverse(name)).status_code == 200


def test_home_asks_nobody_for_what_they_may_not_decide(coordinator, reader, fill):
    fill(2)
    for words in ("Chờ rà soát, trong", "Chờ tôi xác nhận", "Tài liệu chờ rà soát"):
        assert words in coordinator.get(reverse("home")).content.decode()
        assert words not in reader.get(reverse("home")).content.decode()


def test_what_was_said_again_is_asked_of_who_confirms_for_one_of_its_documents(coordinator, db):
    task = make_task()
    people = make_people()
    other = make_statement(make_document(event_on="2026-07-10"), "tasks", "trình đề án lần nữa")
    Echo.objects.create(
        earlier=task.statement, later=other, score=0.9, shared="trình đề án", n_shared=3
    )

    def asked(client):
        home = " ".join(client.get(reverse("home")).content.decode().split())
        decide = 'name="decision"' in client.get(reverse("echoes")).content.decode()
        return "<b>1</b> <span>Nhắc lại, chờ quyết định" in home, decide

    assert asked(coordinator) == (True, True)
    assert asked(client_of(people["judges"])) == (True, True)
    # Who confirms for another body alone would be refused.
    assert asked(client_of(people["approves"])) == (False, False)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_page_teaches(coordinator, name):
    response = coordinator.get(reverse(name))
    assert response.status_code == 200
    assert 'class="teach"' in response.content.decode()


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_a_page_asks_as_much_for_three_as_for_one(
    coordinator, fill, name, n, django_assert_num_queries
):
    # Pairs take two documents to begin with.
    fill(n + 1)
    with django_assert_num_queries(LISTS[name]):
        assert coordinator.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_a_search_asks_as_much_for_three_as_for_one(
    coordinator, fill, n, django_assert_num_queries
):
    fill(n)
    with django_assert_num_queries(11):  # statements, texts, and three registers
        assert coordinator.get(reverse("search"), {"q": "thoa thuan"}).status_code == 200


@pytest.mark.parametrize("query", ['"', '""', '" "', "", "   "])
def test_a_search_without_a_word_teaches(coordinator, query):
    response = coordinator.get(reverse("search"), {"q": query})
    assert response.status_code == 200
    assert 'class="teach"' in response.content.decode()


@pytest.mark.parametrize("name", [*LISTS, "search"])
def test_no_page_carries_style_or_script_of_its_own(coordinator, fill, name):
    fill(2)
    page = coordinator.get(reverse(name), {"q": "thoa"}).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_the_rail_has_the_eight_words_whose_pages_are_there(coordinator):
    page = coordinator.get(reverse("home")).content.decode()
    rail = page[page.index('<nav class="rail"') : page.index("</nav>")]
    words = ["Việc của tôi", "Rà soát", "Sổ theo dõi", "Số liệu", "Sự kiện", "Đối tác", "Tài liệu"]
    places = [rail.index(word) for word in words]
    assert places == sorted(places)
    assert rail.count("aria-current") == 1


def test_the_language_of_the_person_is_the_page_s(english, fill):
    fill(1)
    page = english.get(reverse("home")).content.decode()
    assert '<html lang="en">' in page
    assert "My work" in page
    assert "Việc của tôi" not in page


@pytest.mark.parametrize("name", ["document", "sessions"])
def test_an_english_page_tells_instants_the_english_way(english, fill, name):
    fill(1)
    args = [Document.objects.get().pk] if name == "document" else []
    page = english.get(reverse(name, args=args)).content.decode()
    assert re.search(r">\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d", page)
