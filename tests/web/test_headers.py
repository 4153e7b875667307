"""Every address answers with the headers that keep a browser from running what is not ours."""

import re

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.diemcau.ledgers import fill_ledger


def _routes(patterns, before=""):
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        else:
            yield route


def _addresses():
    """Each address once, with 1 for every number and a word for every word."""
    for route in _routes(get_resolver().url_patterns):
        filled = re.sub(r"<(?:int):\w+>", "1", route)
        yield "/" + re.sub(r"<(?:\w+:)?\w+>", "x", filled)


ADDRESSES = sorted(set(_addresses()))


def _assert_safe(response, address):
    policy = response["Content-Security-Policy"]
    assert "'unsafe" not in policy, address
    assert "default-src 'self'" in policy or "default-src 'none'" in policy, address
    assert response["X-Content-Type-Options"] == "nosniff", address
    assert response["X-Frame-Options"] == "DENY", address
    assert response["Referrer-Policy"] == "same-origin", address
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", address


def _assert_no_inline(text, address):
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), address
    assert not re.search(r"<style\b|<[^>]*\sstyle=|<[^>]*\son\w+=|javascript:", text), address


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "reader", "coordinator"])
def test_every_address_has_the_headers_whoever_asks(request, who):
    fill_ledger(2)
    client = request.getfixturevalue(who)
    n = 0
    for address in ADDRESSES:
        for method in ("get", "post"):
            if who == "coordinator" and method == "post":
                # What a post does is the matter of other tests; here it is the refusal's headers.
                continue
            response = getattr(client, method)(address)
            _assert_safe(response, address)
            if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
                _assert_no_inline(response.content.decode(), address)
            n += 1
    assert n >= len(ADDRESSES)


@pytest.mark.django_db
def test_what_is_not_there_has_the_headers_too():
    _assert_safe(Client().get("/khong-co"), "/khong-co")


def test_the_walk_sees_the_pages_of_the_product():
    assert {reverse("documents"), reverse("stops"), reverse("tasks")} <= set(ADDRESSES)
    assert len(ADDRESSES) > 40
