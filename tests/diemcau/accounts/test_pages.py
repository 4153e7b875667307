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
    refused = list(AuditEntry.objects.values_list("action", flat=True))
    assert refused == (["signin.refuse"] if "old" in typed else [])


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
