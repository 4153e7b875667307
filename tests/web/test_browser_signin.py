"""The door in a real browser: passkeys of a virtual authenticator, every page read by axe."""

import re

import pyotp
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role, User
from diemcau.audit.models import AuditEntry
from diemcau.signin.actions import issue_link, set_required_roles
from diemcau.signin.configured import Provider
from diemcau.signin.models import Passkey
from tests.diemcau.people import give_role, make_person
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mua-xuan-Ha-Noi"
_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def lan():
    person = User.objects.create_user("lan", password=PASSWORD, first_name="Lan")
    give_role(person, Role.REPORTER)
    return person


@pytest.fixture
def plug_in():
    """Give a page a device that makes passkeys; returns how to say whether its owner is there."""

    def plug(page):
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})

        def owner_is_there(verified):
            devices.send(
                "WebAuthn.setUserVerified",
                {"authenticatorId": made["authenticatorId"], "isUserVerified": verified},
            )

        return owner_is_there

    return plug


def sign_in(page):
    page.fill("#id_username", "lan")
    page.fill("#id_password", PASSWORD)
    page.click("button.primary")


def test_a_passkey_is_set_up_and_signs_in_alone(open_page, lan, plug_in):
    page = open_page("/dang-nhap")
    owner_is_there = plug_in(page)
    sign_in(page)
    expect(page.locator(".who .name")).to_have_text("Lan")
    page.goto("/tai-khoan/bao-mat")
    page.fill('[name="name"]', "Máy tính cơ quan")
    page.get_by_role("button", name="Thiết lập khóa truy cập").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert Passkey.objects.get().person == lan
    page.get_by_role("link", name="Tôi đã lưu các mã").click()
    expect(page.locator("main")).to_contain_text("Máy tính cơ quan")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/dang-nhap?next=/so-lieu/")
    owner_is_there(False)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator("[data-says]")).to_contain_text("Chưa nhận được khóa")
    owner_is_there(True)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator(".who .name")).to_have_text("Lan")
    assert page.url.endswith("/so-lieu/")
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "signin.sign_in",
        "signin.add_passkey",
        "signin.sign_out",
        "signin.sign_in",
    ]
    assert AuditEntry.objects.latest("id").detail["ways"] == ["passkey"]


def test_a_passkey_is_the_second_step_and_not_anybody_elses(open_page, lan, plug_in):
    page = open_page("/dang-nhap")
    plug_in(page)
    sign_in(page)
    expect(page.locator(".who .name")).to_have_text("Lan")
    page.goto("/tai-khoan/bao-mat")
    page.fill('[name="name"]', "Máy của Lan")
    page.get_by_role("button", name="Thiết lập khóa truy cập").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.locator(".who .name")).to_have_text("Lan")
    assert AuditEntry.objects.latest("id").detail["ways"] == ["password", "passkey"]
    # The key on the device is of nobody any more: it opens nothing.
    Passkey.objects.all().delete()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator(".note.error")).to_contain_text("không có khóa truy cập này")
    assert AuditEntry.objects.latest("id").action == "signin.refuse"


def test_who_must_have_a_second_factor_sets_it_up_by_keyboard(open_page, lan):
    administrator = make_person(Role.ADMINISTRATOR)
    set_required_roles(administrator, {Role.REPORTER})
    page = open_page("/dang-nhap?next=/so-lieu/")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-khoan/bao-mat")
    expect(page.locator("main")).to_contain_text("bắt buộc có lớp xác thực thứ hai")
    expect(page.locator(".rail")).to_have_count(0)
    link = page.get_by_role("link", name="Thiết lập ứng dụng tạo mã")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ung-dung")
    secret = page.inner_text(".secret").replace(" ", "")
    page.keyboard.type(pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/so-lieu/")
    expect(page.locator(".rail")).to_have_count(1)


def test_a_part_of_a_page_says_that_a_second_factor_is_needed(open_page, lan):
    page = open_page("/so-theo-doi/", person=lan)
    set_required_roles(make_person(Role.ADMINISTRATOR), {Role.REPORTER})
    page.evaluate("htmx.ajax('GET', '/so-lieu/', {target: '#main', source: '#main'})")
    expect(page.locator("#trouble")).to_contain_text("bắt buộc có lớp xác thực thứ hai")


@in_two_ways
def test_every_page_of_the_door_is_accessible(open_page, lan, settings, language, width, scheme):
    settings.OIDC_PROVIDERS = {
        "bo": Provider("bo", "Cổng dịch vụ của Bộ", "https://sso.example.vn", "x", "x")
    }
    administrator = make_person(Role.ADMINISTRATOR, name="quan-tri")
    person = User.objects.get(pk=administrator.pk)
    reset, invitation = (
        issue_link(administrator, lan.pk, kind=kind, reason="x") for kind in ("reset", "invite")
    )
    out = ["login", "recover", ("reset", reset), ("invitation", invitation)]
    within = ["password", "security", "app_add", "sessions", "signin_policy", "confirm"]
    for pages, who in ((out, None), (within, person)):
        page = open_page(
            "/dang-nhap", language=language, width=width, color_scheme=scheme, person=who
        )
        for one in pages:
            name, *args = (one,) if isinstance(one, str) else one
            assert faults_of(page, [reverse(name, args=args)], opens=True) == {}
            expect(page.locator("h1").first).to_be_visible()
            if language == "en":
                assert not re.search("Mật khẩu|Đăng", page.inner_text("main")), name


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_a_form_sent_after_the_session_ended_is_not_typed_again(open_page, cookie):
    person = make_person(Role.ADMINISTRATOR)
    person.set_password(PASSWORD)
    person.save()
    page = open_page(reverse("accounts"), person=person)
    page.fill("[name=username]", "minh")
    page.fill("[name=name]", "Trần Minh")
    page.fill("[name=new]", "ba-con-suoi-nho-2026")
    page.context.clear_cookies(name=cookie)
    page.press("[name=new]", "Enter")
    if cookie == "sessionid":
        expect(page.locator("[data-sent]")).to_contain_text("chưa có gì thay đổi")
        page.fill("#id_username", person.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
    else:
        expect(page.locator("main")).to_contain_text("chưa có gì thay đổi")
        page.click("main a.primary")
    expect(page.locator("[name=name]")).to_have_value("Trần Minh")
    expect(page.locator("[name=username]")).to_have_value("minh")
    page.fill("[name=new]", "ba-con-suoi-nho-2026")
    page.press("[name=new]", "Enter")
    expect(page.locator("main")).to_contain_text("Trần Minh")
    assert User.objects.filter(username="minh").exists()


def test_signing_out_says_nothing_of_an_ended_session(open_page):
    page = open_page("/", person=make_person())
    page.click("form[action$=dang-xuat] button")
    expect(page.locator("#id_username")).to_be_visible()
    expect(page.locator("[data-sent]")).to_have_count(0)
