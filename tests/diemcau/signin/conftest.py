"""People with a password, browsers that sign in, the log of one test."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from diemcau.accounts.models import Role, User
from diemcau.audit.models import AuditEntry
from tests.diemcau.people import give_role

PASSWORD = "mua-xuan-Ha-Noi"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
_HASHED = make_password(PASSWORD)


@pytest.fixture
def add(db):
    """Make a person with the password of these tests."""

    def add_(username="lan", role=Role.READER, **more):
        more.setdefault("first_name", username.title())
        person = User.objects.create(username=username, password=_HASHED, **more)
        give_role(person, role)
        return person

    return add_


@pytest.fixture
def lan(add):
    return add()


@pytest.fixture
def administrator(add):
    return add("quan-tri-vien", Role.ADMINISTRATOR)


class Browser(Client):
    """A test client that knows the pages of the door."""

    def __init__(self, language="vi", agent=FIREFOX, address="203.0.113.7"):
        super().__init__(headers={"user-agent": agent}, REMOTE_ADDR=address)
        self.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def sign_in(self, username="lan", password=PASSWORD, **more):
        return self.post(reverse("login"), {"username": username, "password": password, **more})

    def is_in(self):
        return self.get(reverse("sessions")).status_code == 200

    @property
    def row_key(self):
        return self.session.row_key


@pytest.fixture
def browser():
    return Browser


def entries():
    """The log so far: action and detail of each entry."""
    return [(e.action, e.detail) for e in AuditEntry.objects.order_by("id")]


def actions():
    return [name for name, _detail in entries()]


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def as_json(answer):
    return json.loads(answer.content)
