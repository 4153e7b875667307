"""The list of work in the background: whose is shown, and how many questions it asks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from diemcau.jobs.models import Job
from tests.diemcau.people import client_of, make_person

pytestmark = pytest.mark.django_db


def _make_job(asked_by, **given):
    now = timezone.now()
    return Job.objects.create(
        kind="no.such", asked_by=asked_by, asked_at=now, not_before=now, **given
    )


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(n, django_assert_num_queries):
    person = make_person("minh")
    for _ in range(n):
        _make_job(person)
    client = client_of(person)
    with django_assert_num_queries(5):
        assert client.get(reverse("jobs")).status_code == 200


def test_each_sees_their_own_work_and_how_far_it_is():
    minh, lan = make_person("minh"), make_person("lan")
    mine, hers = _make_job(minh, done=1_200, total=5_000), _make_job(lan)
    page = client_of(minh).get(reverse("jobs")).content.decode()
    assert reverse("job", args=[mine.pk]) in page
    assert "1.200 / 5.000" in page
    assert "Chờ đến lượt" in page
    assert reverse("job", args=[hers.pk]) not in page


def test_a_page_beyond_the_last_shows_the_last():
    person = make_person("minh")
    for _ in range(51):
        _make_job(person)
    page = client_of(person).get(reverse("jobs"), {"trang": "9"}).content.decode()
    assert page.count("data-row") == 1
