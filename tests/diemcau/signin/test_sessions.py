"""Sessions: listed with their device, ended one by one, ended by time."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from diemcau.signin.models import Session
from diemcau.signin.sessions import SessionStore
from tests.diemcau.signin.conftest import PASSWORD, actions, text_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_the_page_says_where_one_is_signed_in(lan, add, browser, clock):
    here = browser()
    here.sign_in()
    clock.shift(dt.timedelta(minutes=5))
    browser(agent=PHONE, address="2001:db8::5").sign_in()
    add("minh")
    browser().sign_in("minh")
    page = text_of(here.get(reverse("sessions")))
    assert "Firefox · Windows phiên này 203.0.113.7 12:00 22/11/2026" in page
    assert "Safari · iPhone 2001:db8::5 12:05 22/11/2026" in page
    assert Session.objects.count() == 3
    assert page.count("phiên này") == 1


def test_one_session_is_ended_from_another(lan, browser):
    here, there = browser(), browser(agent=PHONE)
    here.sign_in()
    there.sign_in()
    answer = here.post(reverse("session_end"), {"session": there.row_key}, follow=True)
    assert "Đã kết thúc phiên trên Safari · iPhone" in text_of(answer)
    assert not there.is_in()
    assert here.is_in()
    here.post(reverse("session_end"), {"session": "x" * 40})
    assert actions() == ["signin.sign_in", "signin.sign_in", "signin.end_session"]


def test_nobody_ends_the_session_of_somebody_else(lan, add, browser):
    add("minh")
    here, there = browser(), browser()
    here.sign_in()
    there.sign_in("minh")
    here.post(reverse("session_end"), {"session": there.row_key})
    here.post(reverse("sessions_end_others"))
    assert there.is_in()


def test_all_other_sessions_end_at_once(lan, browser):
    here, others = browser(), [browser(), browser()]
    for visitor in (here, *others):
        visitor.sign_in()
    answer = here.post(reverse("sessions_end_others"), follow=True)
    assert "Đã kết thúc 2 phiên khác" in text_of(answer)
    assert [v.is_in() for v in (here, *others)] == [True, False, False]


def test_a_session_ends_when_it_is_not_used(lan, browser, clock, settings):
    settings.SESSION_IDLE_MINUTES = 30
    visitor = browser()
    visitor.sign_in()
    for _n in range(3):
        clock.shift(dt.timedelta(minutes=29))
        assert visitor.is_in()
    clock.shift(dt.timedelta(minutes=31))
    assert not visitor.is_in()


def test_a_session_ends_in_the_end_however_much_it_is_used(lan, browser, clock, settings):
    settings.SESSION_COOKIE_AGE = 3600
    visitor = browser()
    visitor.sign_in()
    for _n in range(3):
        clock.shift(dt.timedelta(minutes=19))
        assert visitor.is_in()
    clock.shift(dt.timedelta(minutes=4))
    assert not visitor.is_in()


def test_being_seen_is_written_once_a_minute(lan, browser, clock, django_assert_num_queries):
    visitor = browser()
    visitor.sign_in()
    address = reverse("sessions")
    with django_assert_num_queries(4):
        visitor.get(address)
    clock.shift(61)
    with django_assert_num_queries(6):
        visitor.get(address)
    assert Session.objects.get().last_seen == NOON + dt.timedelta(seconds=61)
    with django_assert_num_queries(4):
        visitor.get(address)


def test_a_changed_password_ends_the_others_at_once(lan, browser):
    here, there = browser(), browser()
    here.sign_in()
    there.sign_in()
    new = "mot-con-vit-xoe-ra-hai-cai-canh"
    here.post(reverse("password"), {"old": PASSWORD, "new": new, "again": new})
    assert here.is_in()
    assert not there.is_in()
    assert Session.objects.filter(person=lan).count() == 1


def test_a_closed_account_is_out_at_the_next_click(lan, browser):
    visitor = browser()
    visitor.sign_in()
    lan.is_active = False
    lan.save()
    assert not visitor.is_in()


def test_a_key_from_the_table_opens_nothing(lan, browser):
    visitor, thief = browser(), browser()
    visitor.sign_in()
    thief.cookies["sessionid"] = Session.objects.get().pk
    assert not thief.is_in()


def test_ended_sessions_are_swept_away(lan, browser, clock):
    browser().sign_in()
    clock.shift(dt.timedelta(days=2))
    SessionStore.clear_expired()
    assert not Session.objects.exists()


@pytest.mark.parametrize("url", ["https://diemcau.example.vn", "http://localhost:8000", ""])
def test_cookies_are_secure_where_the_address_is_https(url, tmp_path):
    import os
    import subprocess
    import sys

    ask = "from diemcau import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    environ = os.environ | {"DIEMCAU_URL": url, "DIEMCAU_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", ask], env=environ, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [str(url.startswith("https"))] * 2
