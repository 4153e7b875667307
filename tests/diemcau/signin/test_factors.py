"""Second factors: codes good once, recovery codes, roles that must have one."""

import datetime as dt
import re

import pyotp
import pytest
import time_machine
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.directory.models import Body, Source
from diemcau.signin.actions import add_app, set_required_roles
from diemcau.signin.codes import make_secret
from diemcau.signin.limits import LIMITS
from diemcau.signin.models import AppFactor, Passkey, RecoveryCode
from tests.diemcau.people import give_role
from tests.diemcau.signin.conftest import PASSWORD, actions, entries, text_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def code_of(secret, steps=0):
    return pyotp.TOTP(secret).at(timezone.now() + steps * dt.timedelta(seconds=30))


@pytest.fixture
def with_app(clock):
    """Give a person an application; returns its secret and the recovery codes."""

    def give(person):
        secret = make_secret()
        codes = add_app(person, secret=secret, code=code_of(secret))
        clock.shift(30)
        return secret, codes

    return give


def second(visitor, code):
    return visitor.post(reverse("login_second"), {"code": code})


def test_an_application_is_set_up_on_its_page(lan, browser, clock):
    visitor = browser()
    visitor.sign_in()
    page = visitor.get(reverse("app_add")).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "<svg" in page
    assert "style=" not in page, "the content policy allows no inline style"
    wrong = visitor.post(reverse("app_add"), {"code": "000000"})
    assert (wrong.status_code, AppFactor.objects.count()) == (422, 0)
    done = visitor.post(
        reverse("app_add"), {"code": f" {code_of(secret)[:3]} {code_of(secret)[3:]}"}
    )
    codes = re.findall(r"<li><code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert actions() == ["signin.sign_in", "signin.add_app"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM signin_appfactor")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT digest FROM signin_recoverycode")
        kept += str(cursor.fetchall())
    assert secret not in kept
    assert not any(c in kept or c.replace("-", "") in kept for c in codes)


def test_the_second_step_asks_for_a_code_that_is_good_once(lan, browser, with_app, clock):
    secret, _codes = with_app(lan)
    visitor = browser()
    answer = visitor.sign_in(next="/so-lieu/")
    assert answer["Location"] == reverse("login_second")
    assert not visitor.is_in()
    code = code_of(secret)
    assert second(visitor, code)["Location"] == "/so-lieu/"
    assert visitor.is_in()
    assert entries()[-1][1]["ways"] == ["password", "app"]
    again = browser()
    again.sign_in()
    assert second(again, code).status_code == 422, "read over a shoulder, it is good no more"
    clock.shift(30)
    assert second(again, code_of(secret)).status_code == 302
    assert actions() == [
        "signin.add_app",
        "signin.sign_in",
        "signin.refuse",
        "signin.sign_in",
    ]


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (1, 302), (2, 422)])
def test_a_clock_may_be_half_a_minute_off(lan, browser, with_app, clock, steps, status):
    secret, _codes = with_app(lan)
    clock.shift(120)
    visitor = browser()
    visitor.sign_in()
    assert second(visitor, code_of(secret, steps)).status_code == status


def test_a_recovery_code_is_good_once_however_it_is_written(lan, browser, with_app):
    _secret, codes = with_app(lan)
    visitor = browser()
    visitor.sign_in()
    assert second(visitor, codes[0].upper().replace("-", " ")).status_code == 302
    assert entries()[-1][1]["ways"] == ["password", "recovery_code"]
    assert "Còn 9 mã" in text_of(visitor.get(reverse("security")))
    again = browser()
    again.sign_in()
    assert second(again, codes[0]).status_code == 422


def test_new_recovery_codes_end_the_old_ones(lan, browser, with_app, clock):
    secret, codes = with_app(lan)
    visitor = browser()
    visitor.sign_in()
    second(visitor, code_of(secret))
    page = visitor.post(reverse("recovery_codes")).content.decode()
    assert len(re.findall(r"<li><code>", page)) == 10
    assert codes[0] not in page
    assert actions()[-1] == "signin.remake_recovery_codes"
    again = browser()
    again.sign_in()
    assert second(again, codes[0]).status_code == 422


def test_codes_cannot_be_guessed_through(lan, browser, with_app, clock):
    secret, _codes = with_app(lan)
    allowed, _span = LIMITS["factor:account"][0]
    for n in range(allowed):
        visitor = browser(address=f"203.0.113.{n}")
        visitor.sign_in()
        assert second(visitor, "123456").status_code == 422
    visitor = browser(address="198.51.100.1")
    visitor.sign_in()
    answer = second(visitor, code_of(secret))
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)


def test_a_password_that_changes_between_the_steps_ends_them(lan, browser, with_app, clock):
    secret, _codes = with_app(lan)
    visitor = browser()
    visitor.sign_in()
    lan.set_password("mot-con-vit-xoe-ra-hai-cai-canh")
    lan.save()
    assert second(visitor, code_of(secret))["Location"] == reverse("login")
    assert not visitor.is_in()


def test_the_second_step_does_not_wait_for_ever(lan, browser, with_app, clock):
    secret, _codes = with_app(lan)
    visitor = browser()
    visitor.sign_in()
    clock.shift(601)
    assert second(visitor, code_of(secret))["Location"] == reverse("login")
    assert browser().get(reverse("login_second"))["Location"] == reverse("login")


def test_a_role_that_must_have_a_second_factor_is_led_to_it_and_nowhere_else(
    lan, administrator, browser, clock
):
    set_required_roles(administrator, {Role.READER})
    visitor = browser()
    visitor.sign_in()
    open_to_held = set()
    pages = [k for k in get_resolver().reverse_dict if isinstance(k, str)]
    assert len(pages) > 40
    for name in pages:
        for args in ([], [1], [1, 1], ["x"]):
            try:
                address = reverse(name, args=args)
            except NoReverseMatch:
                continue
            answer = visitor.get(address)
            if answer.status_code != 302 or answer["Location"] != reverse("security"):
                open_to_held.add(name)
            break
    assert open_to_held == {
        *("login", "logout", "set_language", "password", "security", "confirm"),
        *("confirm_begin", "app_add", "passkey_add", "passkey_add_begin"),
        *("reset", "invitation"),
    }
    part = visitor.get("/", headers={"hx-request": "true"})
    assert part.status_code == 403
    assert reverse("security") in part.content.decode()
    page = visitor.get(reverse("app_add")).content.decode()
    assert 'class="rail"' not in page
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    visitor.post(reverse("app_add"), {"code": code_of(secret)})
    assert visitor.get("/").status_code == 200


def test_open_sessions_are_asked_at_once(lan, administrator, browser):
    visitor, other = browser(), browser()
    visitor.sign_in()
    other.sign_in("quan-tri-vien")
    assert visitor.get("/").status_code == 200
    set_required_roles(administrator, {Role.READER})
    assert visitor.get("/")["Location"] == reverse("security")
    assert other.get("/").status_code == 200
    set_required_roles(administrator, set())
    assert visitor.get("/").status_code == 200


def test_a_new_role_is_asked_within_a_minute(lan, administrator, browser, clock):
    set_required_roles(administrator, {Role.APPROVER})
    visitor = browser()
    visitor.sign_in()
    give_role(lan, Role.APPROVER)
    clock.shift(61)
    assert visitor.get("/")["Location"] == reverse("security")


def test_a_password_alone_adds_no_factor_beside_one_that_is_there(
    lan, administrator, browser, with_app, clock
):
    weak = browser()
    weak.sign_in()
    secret, _codes = with_app(lan)
    asked = weak.post(reverse("app_remove"))
    assert asked["Location"].startswith(reverse("confirm"))
    weak.post(reverse("confirm"), {"password": PASSWORD})
    assert weak.post(reverse("app_remove"))["Location"].startswith(reverse("confirm"))
    assert AppFactor.objects.exists()
    weak.post(reverse("confirm"), {"code": code_of(secret)})
    assert weak.post(reverse("app_remove"))["Location"] == reverse("security")
    assert not AppFactor.objects.exists()
    assert not RecoveryCode.objects.exists(), "codes stand for a lost factor, not for none"


def test_the_last_factor_stays_while_the_role_needs_one(
    lan, administrator, browser, with_app, clock
):
    secret, _codes = with_app(lan)
    set_required_roles(administrator, {Role.READER})
    visitor = browser()
    visitor.sign_in()
    second(visitor, code_of(secret))
    answer = visitor.post(reverse("app_remove"))
    assert answer.status_code == 422
    assert "lớp duy nhất còn lại" in text_of(answer)
    assert AppFactor.objects.exists()


def test_who_has_been_away_from_the_keyboard_confirms_first(lan, browser, clock):
    visitor = browser()
    visitor.sign_in()
    clock.shift(16 * 60)
    asked = visitor.get(reverse("app_add"))
    assert (
        asked["Location"] == f"{reverse('confirm')}?next={reverse('app_add').replace('/', '%2F')}"
    )
    before = visitor.cookies["sessionid"].value
    wrong = visitor.post(reverse("confirm"), {"password": "sai", "next": reverse("app_add")})
    assert wrong.status_code == 422
    right = visitor.post(reverse("confirm"), {"password": PASSWORD, "next": reverse("app_add")})
    assert right["Location"] == reverse("app_add")
    assert visitor.cookies["sessionid"].value != before
    assert visitor.get(reverse("app_add")).status_code == 200
    assert actions() == ["signin.sign_in", "signin.refuse", "signin.confirm"]


def test_an_administrator_removes_lost_factors_and_says_why(
    lan, administrator, browser, with_app, clock
):
    with_app(lan)
    Passkey.objects.create(person=lan, name="x", credential_id="x", data=b"", added_at=NOON)
    visitor = browser()
    visitor.sign_in("quan-tri-vien")
    address = reverse("signin_remove_factors", args=[lan.pk])
    visitor.post(address, {"reason": " "})
    assert AppFactor.objects.exists()
    visitor.post(address, {"reason": "mất điện thoại, đã gặp trực tiếp"})
    assert not AppFactor.objects.exists()
    assert not Passkey.objects.exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.target_id) == ("signin.remove_factors_of", str(lan.pk))
    assert entry.reason == "mất điện thoại, đã gặp trực tiếp"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_an_administrator_rules_over_signing_in(add, administrator, browser, role):
    add("an", role)
    visitor = browser()
    visitor.sign_in("an")
    assert visitor.get(reverse("signin_policy")).status_code == 403
    for name in ("signin_give_link", "signin_remove_factors"):
        address = reverse(name, args=[administrator.pk])
        assert visitor.post(address, {"kind": "reset", "reason": "x"}).status_code == 403
    assert visitor.post(reverse("signin_policy_roles"), {}).status_code == 403
    assert actions() == ["signin.sign_in"]


def test_who_administers_one_body_does_not_make_links_for_others(add, administrator, browser):
    body = Body.objects.create(
        ref="bo-thu",
        kind="ministry",
        name="Bộ Thử",
        sort="bo-thu",
        folded="bo thu",
        source=Source.objects.create(key="thu", what="thử"),
        sure="A",
    )
    give_role(add("an"), Role.ADMINISTRATOR, body=body)
    visitor = browser()
    visitor.sign_in("an")
    assert visitor.get(reverse("signin_policy")).status_code == 403
    address = reverse("signin_give_link", args=[administrator.pk])
    assert visitor.post(address, {"kind": "reset", "reason": "x"}).status_code == 403
    assert "Quy định đăng nhập" not in text_of(visitor.get(reverse("password")))


def test_the_page_of_the_rules_costs_the_same_for_many_people(
    add, administrator, browser, django_assert_num_queries
):
    for n in range(30):
        add(f"nguoi-{n}")
    visitor = browser()
    visitor.sign_in("quan-tri-vien")
    visitor.get(reverse("signin_policy"))
    with django_assert_num_queries(5):
        answer = visitor.get(reverse("signin_policy"))
    assert answer.content.decode().count("data-row") == 31
