"""A forgotten password and an e-mail address: links that are good once and tell nothing."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diemcau.accounts.models import User
from diemcau.audit.models import AuditEntry
from diemcau.signin.actions import issue_link
from diemcau.signin.limits import LIMITS
from diemcau.signin.models import OneTimeLink
from tests.diemcau.signin.conftest import PASSWORD, actions, entries, text_of

NEW = "mot-con-vit-xoe-ra-hai-cai-canh"
NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


@pytest.fixture
def post_office(settings):
    """An installation that sends letters, into memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_HOST = "localhost"
    settings.SITE_URL = "https://diemcau.example.vn"
    settings.DEFAULT_FROM_EMAIL = "diemcau@example.vn"
    mail.outbox.clear()
    return mail.outbox


def ask(visitor, said):
    answer = visitor.post(reverse("recover"), {"said": said})
    for thread in threading.enumerate():
        if thread.name.endswith("(_answer)"):
            thread.join(30)
    return answer


def set_new(visitor, address, new=NEW):
    return visitor.post(address, {"new": new, "again": new})


def link_in(letter):
    return re.search(r"https://diemcau\.example\.vn(/\S+)", letter.body)[1]


@pytest.mark.django_db(transaction=True)
def test_a_link_is_mailed_and_sets_a_new_password_once(add, browser, post_office):
    lan = add(email="lan@example.vn")
    here, there = browser(), browser()
    there.sign_in()
    answer = ask(here, "Lan@Example.VN")
    assert "một liên kết đang được gửi đi" in text_of(answer)
    (letter,) = post_office
    assert (letter.to, letter.subject) == (["lan@example.vn"], "Điểm Cầu: đặt lại mật khẩu")
    address = link_in(letter)
    assert "lan" in text_of(here.get(address))
    weak = set_new(here, address, "password1234")
    assert weak.status_code == 422
    assert set_new(here, address)["Location"] == reverse("login")
    assert authenticate(username="lan", password=NEW) == lan
    assert not there.is_in(), "whoever was in with the old password is out"
    again = set_new(here, address, "bay-con-nga-o-chan-cau-thang")
    assert (again.status_code, "không còn hiệu lực" in text_of(again)) == (410, True)
    assert authenticate(username="lan", password=NEW) == lan
    kept = AuditEntry.objects.order_by("id")
    assert [(e.action, e.actor, e.target_id, e.address) for e in kept][1:] == [
        ("signin.mail_reset_link", None, str(lan.pk), "203.0.113.7"),
        ("signin.reset_password", None, str(lan.pk), "203.0.113.7"),
    ]
    token = address.rsplit("/", 1)[1]
    assert token not in str(entries())
    assert token not in str(list(OneTimeLink.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_the_answer_and_its_work_are_the_same_whoever_is_named(add, browser, post_office):
    add(email="lan@example.vn")
    add("khong-thu")
    add("da-khoa", email="khoa@example.vn", is_active=False)
    outside = add("ngoai", email="ngoai@example.vn")
    outside.set_unusable_password()
    outside.save()
    said = set()
    for name in ("lan", "khong-co", "khong-thu", "da-khoa", "ngoai", "  ", "a'--"):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(browser(), name)
        # Queries of the request; the letter's are made on a connection of its own.
        said.add((answer.status_code, text_of(answer), len(asked)))
    assert len(said) == 1
    assert [letter.to for letter in post_office] == [["lan@example.vn"]]


@pytest.mark.django_db
def test_asking_is_limited_the_same_for_a_name_nobody_has(browser, post_office):
    allowed, _span = LIMITS["recovery:account"][0]
    with time_machine.travel(NOON, tick=False):
        for _n in range(allowed):
            assert ask(browser(), "khong-co").status_code == 200
        answer = ask(browser(), "khong-co")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Thử lại lúc 13:00" in text_of(answer)


@pytest.mark.django_db
def test_without_a_mail_server_the_page_says_whom_to_ask(lan, browser):
    page = text_of(browser().get(reverse("recover")))
    assert "đề nghị người quản trị" in page
    assert "một liên kết" not in text_of(ask(browser(), "lan"))


@pytest.mark.django_db
def test_an_administrator_gives_a_link_and_says_why(lan, administrator, browser):
    boss = browser()
    boss.sign_in("quan-tri-vien")
    address = reverse("signin_give_link", args=[lan.pk])
    boss.post(address, {"kind": "reset", "reason": ""})
    boss.post(address, {"kind": "email", "reason": "x"})
    assert not OneTimeLink.objects.exists()
    page = boss.post(address, {"kind": "reset", "reason": "quên mật khẩu, đã gặp"})
    link = re.search(r'id="link">http://testserver(/[^<]+)<', page.content.decode())[1]
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.actor, entry.target_id) == (
        "signin.issue_link",
        administrator,
        str(lan.pk),
    )
    assert entry.reason == "quên mật khẩu, đã gặp"
    assert set_new(browser(), link).status_code == 302
    assert authenticate(username="lan", password=NEW) == lan


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["late", "second", "closed", "invented"])
def test_a_link_is_good_no_more(lan, administrator, browser, what):
    with time_machine.travel(NOON, tick=False) as clock:
        token = issue_link(administrator, lan.pk, kind="reset", reason="x")
        if what == "late":
            clock.shift(dt.timedelta(hours=24))
        elif what == "second":
            issue_link(administrator, lan.pk, kind="reset", reason="x")
        elif what == "closed":
            User.objects.filter(pk=lan.pk).update(is_active=False)
        else:
            token = token[::-1]
        address = reverse("reset", args=[token])
        assert browser().get(address).status_code == 410
        assert set_new(browser(), address).status_code == 410
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_new_password_leaves_the_second_factor_in_place(lan, administrator, browser):
    from diemcau.signin.models import AppFactor

    AppFactor.objects.create(person=lan, secret="x", added_at=NOON)
    token = issue_link(administrator, lan.pk, kind="reset", reason="x")
    set_new(browser(), reverse("reset", args=[token]))
    assert browser().sign_in(password=NEW)["Location"] == reverse("login_second")


@pytest.mark.django_db
def test_an_address_counts_once_its_link_was_opened_by_its_owner(lan, add, browser, post_office):
    add("minh")
    visitor, other = browser(), browser()
    visitor.sign_in()
    other.sign_in("minh")
    visitor.post(reverse("email_change"), {"email": "khong phai thu"})
    assert not post_office
    visitor.post(reverse("email_change"), {"email": "lan@example.vn"})
    lan.refresh_from_db()
    assert lan.email == ""
    address = link_in(post_office[0])
    assert "lan@example.vn" in text_of(visitor.get(address))
    other.post(address)
    assert not User.objects.exclude(email="").exists(), "the link of another person"
    visitor.post(address)
    lan.refresh_from_db()
    assert lan.email == "lan@example.vn"
    visitor.post(reverse("email_change"), {"email": ""})
    lan.refresh_from_db()
    assert lan.email == ""
    assert actions()[2:] == [
        "signin.start_email",
        "signin.confirm_email",
        "signin.remove_email",
    ]


@pytest.mark.django_db
def test_the_old_password_cannot_be_guessed_through_either(lan, browser):
    visitor = browser()
    visitor.sign_in()
    for _n in range(LIMITS["password:account"][0][0]):
        form = {"old": "sai", "new": NEW, "again": NEW}
        assert visitor.post(reverse("password"), form).status_code == 422
    answer = visitor.post(reverse("password"), {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 429
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)
