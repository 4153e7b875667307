"""One's own password, people and roles: who may, what is refused, what the log keeps."""

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from diemcau.accounts.first_note import first_login_note
from diemcau.accounts.models import Role, User
from diemcau.audit.models import AuditEntry
from diemcau.commands.first_login import first_login
from tests.diemcau.people import make_person

pytestmark = pytest.mark.django_db

NEW = "ba-con-suoi-nho-2026"


def signed_in(person, language="vi"):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(person)
    return client


@pytest.fixture
def lan(db):
    return User.objects.create_user("lan", password="mua-xuan-Ha-Noi", first_name="Lan")


@pytest.fixture
def administrator(db):
    return make_person(Role.ADMINISTRATOR, name="quan-tri")


def change(client, old="mua-xuan-Ha-Noi", new=NEW, again=None):
    data = {"old": old, "new": new, "again": new if again is None else again}
    return client.post(reverse("password"), data, follow=True)


def test_a_person_changes_the_password_and_stays_signed_in(lan):
    client, elsewhere = signed_in(lan), signed_in(lan)
    answer = change(client)
    assert "Đã đổi mật khẩu" in answer.content.decode()
    assert client.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302
    assert authenticate(username="lan", password=NEW) == lan
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.origin) == (
        "accounts.change_own_password",
        lan,
        "web",
    )
    assert NEW not in str(entry.detail)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "sai"}, "p-old"),
        ({"new": "ngan"}, "p-new"),
        ({"new": "password1234"}, "p-new"),
        ({"again": "khac"}, "p-again"),
    ],
)
def test_a_password_is_refused_beside_its_field(lan, typed, field):
    answer = change(signed_in(lan), **typed)
    assert answer.status_code == 422
    assert f'id="{field}"' in answer.content.decode()
    assert authenticate(username="lan", password="mua-xuan-Ha-Noi") == lan
    assert not AuditEntry.objects.exists()


def test_the_note_of_the_first_log_in_goes_with_its_password(
    lan, django_capture_on_commit_callbacks
):
    User.objects.all().delete()
    name, password = first_login()
    someone = User.objects.create_user("lan", password="mua-xuan-Ha-Noi")
    with django_capture_on_commit_callbacks(execute=True):
        change(signed_in(someone))
    assert first_login_note().exists()
    with django_capture_on_commit_callbacks(execute=True):
        change(signed_in(User.objects.get(username=name)), old=password)
    assert not first_login_note().exists()


def test_the_header_leads_to_the_password(lan, administrator):
    assert f'href="{reverse("password")}"' in signed_in(lan).get("/").content.decode()
    page = signed_in(lan).get(reverse("password")).content.decode()
    assert reverse("accounts") + '"' not in page
    page = signed_in(administrator, "en").get(reverse("password")).content.decode()
    assert f'<a href="{reverse("accounts")}">People and roles' in page


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_an_administrator_sees_and_changes_people(lan, role):
    client = signed_in(make_person(role))
    assert client.get(reverse("accounts")).status_code == 403
    data = {"username": "an", "role": "administrator", "new": NEW}
    assert client.post(reverse("accounts"), data).status_code == 403
    address = reverse("account_role", args=[lan.pk])
    assert client.post(address, {"role": "administrator", "is_active": "1"}).status_code == 403
    assert not AuditEntry.objects.exists()


def test_an_administrator_adds_a_person_who_signs_in(administrator):
    data = {"username": "minh", "name": "Nguyễn  Minh", "role": "coordinator", "new": NEW}
    answer = signed_in(administrator).post(reverse("accounts"), data, follow=True)
    assert "Nguyễn Minh" in answer.content.decode()
    person = authenticate(username="minh", password=NEW)
    assert (str(person), person.role) == ("Nguyễn Minh", Role.COORDINATOR)
    assert AuditEntry.objects.get().detail == {"role": "coordinator"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "lan"}, "p-username"),
        ({"username": "có dấu cách"}, "p-username"),
        ({"new": "123"}, "p-new"),
    ],
)
def test_what_was_typed_of_a_person_stays_beside_the_refusal(administrator, lan, typed, field):
    data = {"username": "minh", "name": "Minh", "role": "coordinator", "new": NEW} | typed
    answer = signed_in(administrator).post(reverse("accounts"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}"' in page
    assert 'name="name" value="Minh"' in page
    assert User.objects.count() == 2


def test_a_role_is_given_and_an_account_closed(administrator, lan):
    client = signed_in(administrator)
    address = reverse("account_role", args=[lan.pk])
    client.post(address, {"role": "approver", "is_active": "1"})
    lan.refresh_from_db()
    assert (lan.role, lan.is_active) == (Role.APPROVER, True)
    client.post(address, {"role": "approver"})
    lan.refresh_from_db()
    assert not lan.is_active
    assert AuditEntry.objects.filter(action="accounts.set_role").count() == 2


def test_the_last_administrator_stays_one(administrator, lan):
    client = signed_in(administrator)
    address = reverse("account_role", args=[administrator.pk])
    for data in ({"role": "reader", "is_active": "1"}, {"role": "administrator"}):
        answer = client.post(address, data, follow=True)
        assert "quản trị cuối cùng" in answer.content.decode()
    lan.role = Role.ADMINISTRATOR
    lan.save()
    client.post(address, {"role": "reader", "is_active": "1"})
    administrator.refresh_from_db()
    assert administrator.role == Role.READER
