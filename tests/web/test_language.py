"""Vietnamese first: what a browser prefers is not what a person chose."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_english_browser_is_shown_vietnamese_until_its_person_chooses():
    client = Client(headers={"accept-language": "en-US,en"})
    assert client.get(reverse("login"))["Content-Language"] == "vi"
    client.post(reverse("set_language"), {"language": "en"})
    response = client.get(reverse("login"))
    assert response["Content-Language"] == "en"
    assert "Sign in" in response.content.decode()


def test_a_language_we_do_not_speak_is_vietnamese():
    client = Client()
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi">' in client.get(reverse("login")).content.decode()
