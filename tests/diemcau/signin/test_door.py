"""Coming in by password: what is kept, what is refused, how often one may try."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diemcau.audit.models import AuditEntry
from diemcau.signin.limits import LIMITS, TooMany, network_of, take
from diemcau.signin.models import Attempt, Session
from tests.diemcau.signin.conftest import PASSWORD, actions, entries, text_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


def test_a_person_comes_in_and_goes_out_with_one_entry_each(lan, browser):
    visitor = browser()
    answer = visitor.sign_in(next="/so-lieu/")
    assert (answer.status_code, answer["Location"]) == (302, "/so-lieu/")
    visitor.post(reverse("logout"))
    assert not visitor.is_in()
    kept = AuditEntry.objects.order_by("id")
    assert [(e.action, e.actor, e.address, e.detail) for e in kept] == [
        (
            "signin.sign_in",
            lan,
            "203.0.113.7",
            {"ways": ["password"], "device": "Firefox · Windows"},
        ),
        ("signin.sign_out", lan, "203.0.113.7", {"device": "Firefox · Windows"}),
    ]


def test_the_session_gets_a_new_key_when_somebody_comes_in(lan, browser):
    visitor = browser()
    session = visitor.session
    session["typed"] = "before"
    session.save()
    before = visitor.cookies["sessionid"].value
    visitor.sign_in()
    cookie = visitor.cookies["sessionid"]
    assert cookie.value != before
    assert visitor.session["typed"] == "before"
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert not Session.objects.filter(pk=cookie.value).exists(), "the key itself is not stored"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:1", "{{7*7}}"]
)
def test_nobody_is_sent_elsewhere_after_coming_in(lan, browser, elsewhere):
    assert browser().sign_in(next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("lan", "sai"),
        ("khong-co", PASSWORD),
        ("da-khoa", PASSWORD),
        ("lan\x00", "sai-rồi"),
        ("", ""),
    ],
)
def test_every_refusal_reads_the_same_and_leaves_one_entry(lan, add, browser, username, password):
    add("da-khoa", is_active=False)
    answer = browser().sign_in(username, password)
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text_of(answer)
    assert actions() == ["signin.refuse"]
    assert password not in str(entries()) or not password


def test_an_unknown_name_costs_the_same_work(lan, browser, monkeypatch):
    hashed = []

    def counted(method):
        true = getattr(Argon2PasswordHasher, method)

        def count(*args, **kwargs):
            hashed.append(method)
            return true(*args, **kwargs)

        return count

    for method in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, method, counted(method))
    browser().sign_in("lan", "sai")
    work = set()
    for name in ("lan", "khong-co"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            browser().sign_in(name, "sai")
        work.add((len(hashed), len(asked)))
    assert len(work) == 1


def test_an_account_is_shut_for_a_while_and_opens_by_itself(lan, browser):
    allowed, span = LIMITS["password:account"][0]
    with time_machine.travel(NOON, tick=False) as clock:
        for n in range(allowed):
            assert browser(address=f"203.0.113.{n}").sign_in(password="sai").status_code == 422
            clock.shift(dt.timedelta(seconds=10))
        answer = browser().sign_in()
        assert answer.status_code == 429
        assert answer["Retry-After"] == str(int(span.total_seconds()) - 10 * allowed)
        assert "Thử lại lúc 12:15, ngày 22/11/2026" in text_of(answer)
        assert entries()[-1][1]["limit_reached"] is True
        assert len(actions()) == allowed, "a door that is shut is no further attempt"
        clock.shift(dt.timedelta(seconds=int(answer["Retry-After"])))
        assert browser().sign_in().status_code == 302


def test_the_answer_about_a_shut_account_does_not_say_whether_it_exists(lan, browser):
    said = []
    with time_machine.travel(NOON, tick=False):
        for name in ("lan", "khong-co"):
            for _n in range(LIMITS["password:account"][0][0]):
                browser(address="198.51.100.1").sign_in(name, "sai")
            answer = browser().sign_in(name)
            said.append((answer.status_code, answer["Retry-After"], text_of(answer)))
    assert said[0] == said[1]


def test_an_address_that_guesses_at_many_accounts_is_shut(lan, browser):
    allowed, _span = LIMITS["password:address"][0]
    with time_machine.travel(NOON, tick=False):
        for n in range(allowed):
            take([("password:account", f"ten-{n}"), ("password:address", "203.0.113.7")])
        assert browser().sign_in().status_code == 429
        assert browser(address="198.51.100.9").sign_in().status_code == 302


def test_what_is_right_does_not_count(lan, browser):
    for _n in range(LIMITS["password:account"][0][0] + 2):
        assert browser().sign_in().status_code == 302
    assert not Attempt.objects.exists()


def test_a_try_that_is_refused_does_not_keep_the_door_shut():
    allowed, span = LIMITS["factor:account"][0]
    with time_machine.travel(NOON, tick=False) as clock:
        for _n in range(allowed):
            take([("factor:account", "lan")])
        for _n in range(20):
            clock.shift(dt.timedelta(seconds=20))
            with pytest.raises(TooMany) as refused:
                take([("factor:account", "lan")])
            assert refused.value.until == NOON + span
        clock.move_to(NOON + span)
        assert take([("factor:account", "LAN ")]).rows


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_get_no_more_than_the_limit():
    allowed, _span = LIMITS["factor:account"][0]

    def one(_n):
        try:
            take([("factor:account", "lan")])
        except TooMany:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(one, range(4 * allowed))) <= allowed
    assert Attempt.objects.count() <= allowed


def test_the_long_window_outlasts_the_short_one():
    (_few, short), (many, day) = LIMITS["factor:account"]
    with time_machine.travel(NOON, tick=False) as clock:
        taken = 0
        while taken < many:
            try:
                take([("factor:account", "lan")])
                taken += 1
            except TooMany as refused:
                clock.move_to(refused.until)
        clock.shift(short)
        with pytest.raises(TooMany) as refused:
            take([("factor:account", "lan")])
        assert refused.value.until == NOON + day


def test_an_office_network_of_ipv6_is_one_address():
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2::ffff")
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("nonsense") == "nonsense"


def test_neither_names_nor_addresses_stand_among_the_attempts(lan, browser):
    browser().sign_in(password="sai")
    kept = str(list(Attempt.objects.values_list("scope", "key")))
    assert "203.0.113" not in kept
    assert "'lan'" not in kept


def test_the_address_behind_a_proxy_is_believed_from_it_only(lan, browser, settings):
    forged = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.5"}
    visitor = browser(address="127.0.0.1")
    visitor.post(reverse("login"), {"username": "lan", "password": "sai"}, **forged)
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    visitor.post(reverse("login"), {"username": "lan", "password": "sai"}, **forged)
    seen = AuditEntry.objects.order_by("id").values_list("address", flat=True)
    assert list(seen) == ["127.0.0.1", "198.51.100.5"]
