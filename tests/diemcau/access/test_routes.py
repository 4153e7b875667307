"""Three people before every address: a member, a colleague of another body, a stranger."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Echo, Task
from diemcau.documents.models import Document, Statement
from diemcau.indicators.models import Comparison
from diemcau.review.models import Batch
from tests.diemcau.ledgers import fill_ledger, fill_one
from tests.diemcau.people import client_of, make_person

MARK = "Thuyền Buồm Xanh"
"""Stands in every text of the closed document and nowhere else."""

_LEAVES = {"logout"}
PUBLIC = {
    *("login", "login_second", "logout", "passkey_login", "passkey_login_begin"),
    *("provider_start", "provider_back", "invitation", "recover", "reset", "set_language"),
    # For machines; the measurements answer 404 to whom they are not for.
    *("live", "ready", "metrics"),
    "confirmation_answer",
}
"""What answers who has not signed in, each with tests of its own."""


def routes(patterns=None, prefix="", names=()):
    """Every route as (name, names of its parameters, whether it asks nobody to sign in)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = (*names, pattern.namespace) if pattern.namespace else names
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern), space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            route = prefix + str(pattern.pattern)
            public = not getattr(pattern.callback, "login_required", True)
            places = re.findall(r"<(?:\w+:)?(\w+)>", route)
            yield ":".join((*names, pattern.name)), places, public


def addresses(ids):
    """Every address there is, with every id for what takes one."""
    found = []
    for name, places, _public in routes():
        if not places:
            found.append((name, reverse(name)))
            continue
        if len(places) == 1:
            for value in ids:
                try:
                    found.append((name, reverse(name, args=[value])))
                except NoReverseMatch:  # it takes a word, not an id
                    break
    return found


@pytest.fixture
def closed(bodies):
    """Two open documents, and a closed one that says the same again and more."""
    fill_ledger(2)
    document = fill_one(2)
    document.owner, document.is_closed = bodies["bo"], True
    document.title = document.name = f"{MARK} 2023"
    document.folded = "thuyen buom xanh"
    document.save()
    for one in Document.objects.all():
        one.file.save(f"{one.pk}.txt", ContentFile(str(one).encode()))
    for statement in document.statements.all():
        statement.quote += f" {MARK}"
        statement.data = {
            key: f"{value} {MARK}" if isinstance(value, str) and key in ("name", "title") else value
            for key, value in statement.data.items()
        }
        statement.save()
    Task.objects.filter(statement__document=document).update(action=MARK, issuer=MARK, title=MARK)
    Batch.objects.create(
        document=document, filter={}, by=None, at=document.added_at, n_statements=1
    )
    return document


@pytest.fixture
def ids(closed):
    """Ids of every row anybody could ask for."""
    rows = [Document, Statement, Task, Echo, Comparison, Batch]
    return sorted({pk for model in rows for pk in model.objects.values_list("pk", flat=True)})


def test_a_stranger_is_sent_to_sign_in_everywhere(closed, ids):
    client = Client()
    public = {name for name, _places, is_public in routes() if is_public}
    # The API asks by itself who it is, for it also takes tokens; it answers 401 below.
    by_token = {name for name in public if name.startswith("api:")} | {"api_openapi"}
    assert public - by_token == PUBLIC
    for name, address in addresses(ids[:3]):
        if name in PUBLIC:
            continue
        for answer in (client.get(address), client.post(address)):
            # An address of the API that has no such method says so to everybody.
            assert answer.status_code in (302, 401, 403, 405), (name, answer.status_code)
            if answer.status_code == 302:
                assert answer["Location"].startswith(reverse("login")), name
            assert MARK not in answer.content.decode(errors="replace")
    assert not AuditEntry.objects.exists()


@pytest.fixture
def colleague(bodies):
    """May do everything everyday at another body, and everything over nothing closed here."""
    return make_person(Role.COORDINATOR, name="dong-nghiep", body=bodies["tinh"], sees_closed=True)


def test_a_colleague_is_told_nothing_of_what_another_body_keeps_closed(closed, ids, colleague):
    client = client_of(colleague)
    client.raise_request_exception = True
    asked = 0
    for name, address in addresses(ids):
        if name in _LEAVES:
            continue
        answer = client.get(address, {"q": "thuyen buom xanh", "ten": MARK})
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        # What one typed oneself is shown again as typed.
        text = re.sub(r'value="[^"]*"|\?[^"<>]*"|“[^”]*”', "", text)
        assert MARK not in text, (name, address)
        asked += 1
    assert asked > 200


def test_a_colleague_changes_nothing_of_what_another_body_keeps_closed(closed, ids, colleague):
    client = client_of(colleague)
    kept = _state(closed)
    data = {"verb": "accept", "decision": "confirm", "rule": "administrative", "reason": "thử"}
    for name, address in addresses(ids):
        if name in _LEAVES:
            continue
        client.post(address, {**data, "task": ids[0], "remark": "thử", "owner": "so-thu"})
    assert _state(closed) == kept


def _state(document):
    """Everything the closed document and what was made of it says."""
    document = Document.objects.get(pk=document.pk)
    rows = [vars(document), *document.statements.order_by("pk").values()]
    rows += Task.objects.filter(statement__document=document).order_by("pk").values()
    for model, sides in ((Echo, ("earlier", "later")), (Comparison, ("left", "right"))):
        for side in sides:
            found = model.objects.filter(**{f"{side}__document": document})
            rows += found.order_by("pk").values()
    return [{k: v for k, v in row.items() if not k.startswith("_")} for row in rows]


def test_a_member_reaches_every_page_of_it(closed, bodies):
    member = make_person(Role.COORDINATOR, name="thanh-vien", body=bodies["bo"], sees_closed=True)
    client = client_of(member)
    statement = closed.statements.get(kind="tasks")
    figure = closed.statements.filter(kind="figures").first()
    for name, args in (
        ("document", [closed.pk]),
        ("review_document", [closed.pk]),
        ("review_card", [statement.pk]),
        ("task", [statement.task.pk]),
        ("figure", [figure.pk]),
        ("clash", [Comparison.objects.filter(right__document=closed).first().pk]),
    ):
        answer = client.get(reverse(name, args=args), follow=True)
        assert answer.status_code == 200, name
        assert MARK in answer.content.decode(), name
    listed = client.get(reverse("search"), {"q": "thuyen buom xanh"}).content.decode()
    assert MARK in re.sub(r"</?mark>", "", listed)
