"""A connection is looked at before it is used, unless it has just answered."""

import time

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse

from diemcau.web.operation.middleware import JustAnswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_at() -> list[bool]:
    """Whether Django would look at the connection in each request."""
    return []


@pytest.fixture
def server(looked_at: list[bool]) -> JustAnswered:
    def answer(request: HttpRequest) -> HttpResponse:
        looked_at.append(not connection.health_check_done)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse()

    return JustAnswered(answer)


def _ask(server: JustAnswered) -> None:
    # What Django does when a request begins.
    connection.health_check_done = False
    server(HttpRequest())


def test_only_the_first_of_quick_requests_looks(
    server: JustAnswered, looked_at: list[bool]
) -> None:
    for _ in range(3):
        _ask(server)
    assert looked_at == [True, False, False]


def test_after_a_pause_it_is_looked_at_again(server: JustAnswered, looked_at: list[bool]) -> None:
    _ask(server)
    time.sleep(1.1)
    _ask(server)
    assert looked_at == [True, True]
