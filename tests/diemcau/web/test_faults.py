"""A field of a form that is wrong is tied to the line that says why."""

import re

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role
from tests.diemcau.people import give_role, make_person, signed_in

pytestmark = pytest.mark.django_db


def wrong_fields(page):
    """Each field marked as wrong, with the line it names."""
    lines = dict(re.findall(r'class="fault" id="([^"]+)">([^<]+)<', page))
    marked = re.findall(r'<(?:input|select)[^>]*aria-invalid="true"[^>]*>', page)
    found = {}
    for tag in marked:
        name = re.search(r'name="([^"]+)"', tag)[1]
        told = re.search(r'aria-describedby="([^"]+)"', tag)[1].split()
        found[name] = " ".join(lines[one] for one in told if one in lines)
    assert all(found.values())
    assert sorted(set(found.values())) == sorted(set(lines.values()))
    return found


@pytest.fixture
def administrator():
    return signed_in(Role.ADMINISTRATOR)


def test_a_role_that_cannot_be_given(administrator):
    about = make_person(Role.READER, name="lan")
    sent = {"role": "reader", "body": "Bộ không có", "starts_on": "2026-02-30"}
    answer = administrator.post(reverse("account_grant", args=[about.pk]), sent)
    assert answer.status_code == 422
    assert set(wrong_fields(answer.content.decode())) == {"body"}
    answer = administrator.post(reverse("account_grant", args=[about.pk]), {"role": "chief"})
    assert set(wrong_fields(answer.content.decode())) == {"role"}


def test_only_the_role_that_was_to_be_lent_opens_its_form(administrator):
    person = administrator.person
    first = give_role(person, Role.COORDINATOR)
    give_role(person, Role.READER)
    sent = {"to": "không ai", "ends_on": "2030-01-01", "reason": "đi vắng"}
    page = administrator.post(reverse("grant_lend", args=[first.pk]), sent).content.decode()
    assert set(wrong_fields(page)) == {"to"}
    assert page.count("<details open>") == 1
    assert page.count('value="đi vắng"') == 1


def test_a_body_and_a_person_that_cannot_be_saved(administrator):
    sent = {"id": "Bộ A", "valid_from": "mai"}
    page = administrator.post(reverse("directory_add"), sent).content.decode()
    assert {"id", "name", "kind", "valid_from"} <= set(wrong_fields(page))
    sent = {"username": "lan", "name": "Lan", "new": "1"}
    page = administrator.post(reverse("accounts"), sent).content.decode()
    assert set(wrong_fields(page)) == {"new"}
