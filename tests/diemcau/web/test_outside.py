"""The one-time link by which who benefits answers: shown once, good once, nothing else told."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import ask_confirmation
from diemcau.delivery.models import Confirmation, Received
from diemcau.signin.limits import LIMITS
from tests.diemcau.web.asking import page_of, post

pytestmark = pytest.mark.django_db


def link_of(answered):
    return re.search(r'id="link">http://testserver([^<]+)<', answered.content.decode())[1]


def test_the_link_is_shown_once_and_answered_without_signing_in(task, people):
    answered = post(people["writes"], "task_ask", task.pk, asked_of="Hội Thủy sản")
    link = link_of(answered)
    assert "no-store" in answered["Cache-Control"]
    assert link not in page_of(people["writes"], "task", task.pk)
    outside = Client()
    shown = outside.get(link)
    page = shown.content.decode()
    assert shown["X-Robots-Tag"].startswith("noindex")
    assert shown["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]
    assert task.title in page
    assert "Bộ Làm việc" in page
    for hidden in ("Bộ Giao việc", "nguoi-soan", "van-ban", "30/6/2026"):
        assert hidden not in page
    assert outside.post(link, {"words": "thiếu lựa chọn"}).status_code == 422
    done = outside.post(link, {"verdict": "partly", "without": "later", "words": "một phần"})
    assert done.status_code == 200
    assert outside.get(link).status_code == 410
    assert outside.post(link, {"verdict": "yes"}).status_code == 410
    assert Confirmation.objects.get().verdict == Received.PARTLY
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.actor, entry.origin) == (
        "delivery.answer_confirmation",
        None,
        "web",
    )
    assert "một phần" in page_of(people["reads"], "task", task.pk)


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Việc này đã có kết quả chưa?"), ("en", "Was this delivered?")]
)
def test_the_page_outside_speaks_both_languages(task, people, settings, language, words):
    link = link_of(post(people["writes"], "task_ask", task.pk, asked_of="Hội A"))
    outside = Client()
    outside.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert words in outside.get(link).content.decode()


def test_a_link_says_why_it_is_good_no_more(task, people):
    made, secret = ask_confirmation(people["writes"], task=task.pk, asked_of="Hội A")
    address = reverse("confirmation_answer", args=[secret])
    again = post(people["writes"], "task_ask", task.pk, asked_of="Hội A", instead_of=made.pk)
    assert "đã dừng đường dẫn này" in Client().get(address).content.decode()
    link = link_of(again)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert "đã hết hạn" in Client().get(link).content.decode()
    unknown = Client().get(reverse("confirmation_answer", args=["x" * 43]))
    assert (unknown.status_code, "Không có đường dẫn này" in unknown.content.decode()) == (
        410,
        True,
    )


def test_who_guesses_links_is_stopped_as_at_the_door(task, people, monkeypatch):
    monkeypatch.setitem(LIMITS, "confirmation:address", ((3, dt.timedelta(minutes=15)),))
    outside = Client()
    wrong = reverse("confirmation_answer", args=["x" * 43])
    assert [outside.get(wrong).status_code for _ in range(4)] == [410, 410, 410, 429]
    _made, secret = ask_confirmation(people["writes"], task=task.pk, asked_of="Hội A")
    assert outside.get(reverse("confirmation_answer", args=[secret])).status_code == 429


def test_the_link_goes_by_letter_where_the_installation_sends_some(
    task, people, settings, mailoutbox
):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.vn", "https://dc.example.vn"
    sent = {"asked_of": "Hội A", "email": "hoi@example.vn"}
    answered = post(people["writes"], "task_ask", task.pk, **sent)
    assert 'id="link"' not in answered.content.decode()
    (letter,) = mailoutbox
    assert letter.to == ["hoi@example.vn"]
    link = re.search(r"https://dc.example.vn(/\S+)", letter.body)[1]
    assert Client().get(link).status_code == 200
