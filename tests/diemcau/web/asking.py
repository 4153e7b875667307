"""Asking a page, and sending a form, as a person signed in."""

from django.urls import reverse

from tests.diemcau.people import client_of

__all__ = ["content_of", "page_of", "post"]


def page_of(person, name, *args, language="vi"):
    """The page as it stands, in one line."""
    response = client_of(person, language).get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(person, name, pk, **sent):
    """What a form of a row was answered."""
    return client_of(person).post(reverse(name, args=[pk]), sent)


def content_of(client, name, **query):
    """The page a client who is signed in gets, asked with a query."""
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()
