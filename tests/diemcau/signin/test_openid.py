"""Signing in with a real OpenID Connect provider, and what connects an account with it."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import roles_of
from diemcau.audit.models import AuditEntry
from diemcau.signin.actions import issue_link, set_required_roles
from diemcau.signin.configured import Provider
from diemcau.signin.models import Identity
from diemcau.signin.providers import _client
from tests.diemcau.signin.conftest import actions, text_of
from tests.openid import find_program, start_server

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        find_program() is None,
        reason="no OpenID Connect provider here; on Debian: apt-get install glewlwyd",
    ),
]


@pytest.fixture(scope="module")
def server():
    with start_server("http://testserver/dang-nhap/ngoai/bo/ve", ["lan", "minh"]) as found:
        yield found


@pytest.fixture
def provider(server, settings):
    """The provider as an installation configures it."""
    _client.cache_clear()
    made = Provider(
        key="bo",
        name="Cổng của Bộ",
        issuer=server.issuer,
        client_id=server.client_id,
        client_secret=server.client_secret,
        scope="openid",
    )
    settings.OIDC_PROVIDERS = {"bo": made}
    yield made
    _client.cache_clear()


@pytest.fixture
def there(server):
    """Go to the provider as somebody and come back: the answer of our page."""

    def go(visitor, username, start=None, *, change=lambda back: back):
        sent = visitor.get(start or reverse("provider_start", args=["bo"]))
        assert sent.status_code == 302, text_of(sent)
        back = server.answer(server.sign_in(username), sent["Location"])
        parts = urlsplit(change(back))
        return visitor.get(f"{parts.path}?{parts.query}")

    return go


def connect(visitor, there, username="lan"):
    """Connect the signed-in person with somebody at the provider."""
    asked = visitor.post(reverse("provider_connect", args=["bo"]))
    assert asked.status_code == 200
    return there(visitor, username)


def test_the_log_in_page_leads_there_and_nobody_unknown_comes_in(lan, browser, provider, there):
    visitor = browser()
    page = visitor.get(reverse("login") + "?next=/so-lieu/").content.decode()
    assert "Đăng nhập bằng Cổng của Bộ" in page
    answer = there(visitor, "lan")
    assert answer.status_code == 422
    assert "Chưa có tài khoản nào ở đây kết nối" in text_of(answer)
    assert not visitor.is_in(), "the same name, and the same address, are no proof"
    assert actions() == ["signin.refuse"]


def test_a_signed_in_person_connects_and_comes_in_that_way(lan, browser, provider, there):
    visitor = browser()
    visitor.sign_in()
    assert connect(visitor, there)["Location"] == reverse("security")
    assert "Cổng của Bộ" in text_of(visitor.get(reverse("security")))
    identity = Identity.objects.get()
    assert (identity.person, identity.issuer) == (lan, provider.issuer)
    other = browser()
    start = reverse("provider_start", args=["bo"]) + "?next=/so-lieu/"
    assert there(other, "lan", start)["Location"] == "/so-lieu/"
    assert other.is_in()
    assert AuditEntry.objects.latest("id").detail["ways"] == ["provider bo"]
    assert actions() == ["signin.sign_in", "signin.link_identity", "signin.sign_in"]


def test_an_outside_account_is_connected_with_one_person_only(lan, add, browser, provider, there):
    first, second = browser(), browser()
    first.sign_in()
    connect(first, there)
    add("minh")
    second.sign_in("minh")
    answer = connect(second, there)
    assert (answer.status_code, "đã được kết nối" in text_of(answer)) == (422, True)
    assert Identity.objects.get().person == lan


def test_nobody_is_connected_without_having_asked_for_it(lan, browser, provider, there):
    visitor = browser()
    visitor.sign_in()
    assert visitor.get(reverse("provider_connect", args=["bo"])).status_code == 405
    assert there(visitor, "lan")["Location"] == reverse("security")
    assert not Identity.objects.exists()


def test_an_invitation_connects_its_person_once(lan, administrator, browser, provider, there):
    token = issue_link(administrator, lan.pk, kind="invite", reason="người mới")
    address = reverse("invitation", args=[token])
    visitor = browser()
    assert "lan" in text_of(visitor.get(address))
    assert visitor.post(address, {"provider": "bo"}).status_code == 200
    assert there(visitor, "minh")["Location"] == "/"
    assert visitor.is_in()
    assert Identity.objects.get().person == lan
    assert browser().get(address).status_code == 410
    assert actions() == ["signin.issue_link", "signin.link_identity", "signin.sign_in"]


def test_who_is_new_gets_an_account_that_reads_where_the_installation_says_so(
    lan, browser, provider, there, settings
):
    settings.OIDC_PROVIDERS = {"bo": replace(provider, new_accounts="reader")}
    for username in ("lan", "minh", "minh"):
        visitor = browser()
        assert there(visitor, username)["Location"] == "/"
        assert visitor.is_in()
    people = User.objects.order_by("pk")
    assert [roles_of(p) for p in people] == [{Role.READER}] * 3
    assert people[1].username != "lan", "an account that is there is never taken over"
    assert not people[1].has_usable_password()
    settings.OIDC_PROVIDERS = {"bo": replace(provider, new_accounts="no_role")}
    Identity.objects.all().delete()
    there(browser(), "minh")
    assert roles_of(User.objects.latest("pk")) == set()
    assert actions()[:-2] == [
        *("signin.add_from_identity", "signin.sign_in") * 2,
        "signin.sign_in",
    ]


def test_a_closed_account_stays_closed_however_one_comes(lan, browser, provider, there):
    visitor = browser()
    visitor.sign_in()
    connect(visitor, there)
    User.objects.update(is_active=False)
    other = browser()
    assert there(other, "lan").status_code == 422
    assert not other.is_in()


def test_a_provider_without_second_factor_does_not_stand_for_one(
    lan, administrator, browser, provider, there, settings
):
    visitor = browser()
    visitor.sign_in()
    connect(visitor, there)
    set_required_roles(administrator, {Role.READER})
    other = browser()
    there(other, "lan")
    assert other.get("/")["Location"] == reverse("security")
    settings.OIDC_PROVIDERS = {"bo": replace(provider, has_second_factor=True)}
    third = browser()
    there(third, "lan")
    assert third.get("/").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda back: back.replace("state=", "state=x"),
        lambda back: back.replace("code=", "code=x"),
        lambda back: back.split("?")[0] + "?error=access_denied",
        lambda back: back.split("?")[0],
        lambda back: back + "&iss=https://elsewhere.example",
    ],
)
def test_an_answer_that_was_changed_on_its_way_is_refused(lan, browser, provider, there, change):
    visitor = browser()
    answer = there(visitor, "lan", change=change)
    assert answer.status_code == 422
    assert "không hợp lệ" in text_of(answer)
    assert not visitor.is_in()


def test_an_answer_belongs_to_the_browser_that_asked(lan, browser, provider, server):
    asked, other = browser(), browser()
    sent = asked.get(reverse("provider_start", args=["bo"]))
    back = urlsplit(server.answer(server.sign_in("lan"), sent["Location"]))
    assert other.get(f"{back.path}?{back.query}").status_code == 422


def test_another_issuer_than_configured_is_refused(browser, provider, settings, server):
    wrong = replace(provider, issuer=server.issuer.replace("localhost", "127.0.0.1"))
    settings.OIDC_PROVIDERS = {"bo": wrong}
    answer = browser().get(reverse("provider_start", args=["bo"]))
    assert answer.status_code == 502
    assert "không phản hồi đúng" in text_of(answer)


def test_a_provider_that_is_down_is_said(browser, provider, settings):
    settings.OIDC_PROVIDERS = {"bo": replace(provider, issuer="http://localhost:9/oidc")}
    assert browser().get(reverse("provider_start", args=["bo"])).status_code == 502
    assert browser().get(reverse("provider_start", args=["khac"])).status_code == 404


def test_the_last_way_in_is_not_removed(browser, provider, there, settings):
    settings.OIDC_PROVIDERS = {"bo": replace(provider, new_accounts="reader")}
    visitor = browser()
    there(visitor, "lan")
    address = reverse("provider_disconnect", args=[Identity.objects.get().pk])
    assert "không còn cách đăng nhập nào khác" in text_of(visitor.post(address, follow=True))
    assert Identity.objects.exists()
    person = User.objects.get()
    person.set_password("mot-con-vit-xoe-ra-hai-cai-canh")
    person.save()
    again = browser()
    there(again, "lan")
    again.post(address)
    assert not Identity.objects.exists()
