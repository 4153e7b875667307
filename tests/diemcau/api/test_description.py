"""The description is true: no operation breaks, none answers a status it does not name."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.accounts.tokens import Scope
from diemcau.api.site import api
from tests.diemcau.api.conftest import program_of
from tests.diemcau.api.described import ask_everything, operations
from tests.diemcau.people import make_person, signed_in

pytestmark = pytest.mark.django_db

_OPERATIONS = {f"{one.method} {one.path}": one for one in operations()}
_EXAMPLES = 6


@pytest.mark.parametrize("name", _OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(ledger, name):
    program, _token = program_of(make_person(Role.COORDINATOR))
    headers = {"Authorization": program.defaults["HTTP_AUTHORIZATION"]}
    statuses = ask_everything(_OPERATIONS[name], headers=headers, n=_EXAMPLES, on=20261122)
    assert max(statuses) < 500


def test_no_operation_answers_who_is_not_known():
    client = Client()
    for operation in _OPERATIONS.values():
        address = operation.full_path.format(pk=1, stage=1, version=1, ref="x")
        for header in ("", "Bearer dcpat_made-up", "Basic eA=="):
            headers = {"Authorization": header} if header else {}
            answer = client.generic(operation.method, address, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_program_gets_the_description_with_its_token_and_a_refusal_as_json():
    address = reverse("api_openapi")
    program, token = program_of(make_person(Role.READER), scope=Scope.READ)
    answer = program.get(address)
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer["Content-Type"] == "application/json"
    token.revoked_at = timezone.now()
    token.save()
    for asks in (program, Client()):
        refused = asks.get(address)
        assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
        assert refused["WWW-Authenticate"].startswith("Bearer")


def test_every_operation_names_its_refusals_in_one_shape():
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            wanted = {401, 403, 404, 422} | ({409} if method == "post" else set())
            told = {
                status
                for status, answer in operation["responses"].items()
                if status >= 400
                and answer["content"]["application/json"]["schema"]["$ref"].endswith("/Error")
            }
            assert told == wanted, f"{method} {path}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_reads_it_on_a_page_without_script_or_style_of_its_own(language):
    client = signed_in(Role.READER, language)
    page = client.get(reverse("api_docs")).content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert f" {path}</code>" in page
    assert "<script>" not in page
    assert " style=" not in page
    assert ("Liệt kê" if language == "vi" else "List documents") in page
    assert client.get(reverse("api_openapi")).json()["openapi"] == "3.1.0"
