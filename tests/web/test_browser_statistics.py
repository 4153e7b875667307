"""Statistics, reports and matters in a real browser: accessible in both languages, and fitting."""

import pytest
from django.conf import settings
from django.urls import reverse

from diemcau.delivery.actions import join_matters
from diemcau.delivery.models import Saying
from diemcau.delivery.states import Status
from diemcau.directory.actions import save_body
from diemcau.documents.models import Statement
from tests.diemcau.counted import make_commitment, make_task, show
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(transactional_db):
    """Every page with something on it."""
    fill_ledger(2)
    for ref, name in (("bo-a", "Bộ Công Thương"), ("bo-b", "Bộ Nông nghiệp và Môi trường")):
        save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")
    make_task(Status.DONE, due="2025-06-30", delivered="2025-06-01", lead="bo-a")
    make_task(Status.AWAITING, due="2025-06-30", delivered="2025-07-15", lead="bo-b")
    for n in range(3):
        show(make_commitment(Status.IN_PROGRESS, lead="bo-a"), on=f"2025-02-0{n + 1}")
    first, second = Statement.objects.filter(kind="tasks").order_by("pk")[:2]
    join_matters(None, first=first.pk, second=second.pk, reason="cùng một việc")
    figures = "giao=9831&xong=7892&xong-phan=80,3&trong-han=1602&trong-han-phan=16,47&qua-han=319"
    thread = reverse("thread", args=[Saying.objects.first().thread_id])
    return [
        reverse("statistics"),
        f"{reverse('statistics')}?co-quan=bo-a",
        f"{reverse('six_fields')}?ky-bao-cao=2025-Q3",
        f"{reverse('funnel')}?buoc=started",
        f"{reverse('checked_figures')}?{figures}",
        reverse("threads"),
        thread,
        f"{reverse('thread_join')}?viec={first.task.pk}&voi={second.task.pk}",
        reverse("compare_conferences"),
    ]


@in_two_ways
def test_every_page_is_accessible_and_fits(open_page, addresses, language, width, scheme):
    page = open_page(width=width, color_scheme=scheme, person=make_person(name="Lan"))
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}
    page.context.add_cookies([cookie])
    assert faults_of(page, addresses) == {}
