"""Every address with every method, and every action: one entry for each write, none otherwise."""

import importlib
import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from diemcau.accounts.models import Role
from diemcau.audit import actions
from diemcau.audit.actions import ACTIONS, EACH
from diemcau.audit.models import AuditEntry
from diemcau.audit.words import ACTION_WORDS, TARGET_WORDS
from diemcau.web.signin import urls as door
from tests.diemcau.everything import READS, TAKES, WRITES, arguments_of, make_everything
from tests.diemcau.people import client_of, make_person

pytestmark = pytest.mark.django_db

DOOR = {one.name for one in door.urlpatterns} | {
    *("decide_stop", "decide_held", "confirmation_answer"),
}
"""Walked with passwords, codes, keys, marked files and one-time links by tests/diemcau/signin,
…/gate and …/web/test_following.py."""

WITHOUT_ENTRY = {
    "set_language": "writes a cookie of the browser, nothing here",
}
"""Addresses that take a POST and leave no entry, and why."""

ELSEWHERE = {
    "accounts.change_own_password": "tests/diemcau/signin",
    "accounts.create_first_administrator": "tests/diemcau/commands/test_run.py",
    "accounts.reopen": "tests/diemcau/access/test_seen.py: the same address as closing",
    **dict.fromkeys(
        ("delivery.choose_start_view", "delivery.delete_view"),
        "tests/diemcau/web/test_register.py: the same address as renaming",
    ),
    "review.take_out_counts": "tests/diemcau/delivery/test_agreements.py",
    "review.settle_ties": "tests/diemcau/delivery/test_tied_reports.py",
    "review.settle_missing": "tests/diemcau/delivery/test_agreements.py",
    "delivery.reopen_echo": "tests/diemcau/web/test_items.py: the same address as confirming",
    "delivery.answer_confirmation": "tests/diemcau/web/test_following.py: nobody signs in for it",
    "delivery.name_product": "tests/diemcau/delivery",
    "urging.load": "tests/diemcau/urging",
    "urging.urge": "tests/diemcau/urging",
    "directory.load": "tests/diemcau/directory/test_shipped.py",
    "exchange.apply_rows": "tests/diemcau/exchange: written by a worker",
    "exchange.report_rows": "tests/diemcau/exchange: written by a worker",
    "exchange.take_back_reports": "tests/diemcau/exchange: written by a worker",
    "exchange.undo_rows": "tests/diemcau/exchange: written by a worker",
    "indicators.reopen_comparison": "tests/diemcau/web/test_items.py: as above",
    **dict.fromkeys(
        (
            "gate.decide_open",
            "gate.decide_paper",
            "gate.decide_refused",
            "gate.destroy",
            "gate.hold",
            "gate.infected",
            "gate.record_paper",
            "gate.release",
            "gate.stop",
            "signin.reset_password",
            "signin.issue_link",
            "signin.mail_reset_link",
            "signin.start_email",
            "signin.confirm_email",
            "signin.remove_email",
            "signin.sign_in",
            "signin.confirm",
            "signin.refuse",
            "signin.sign_out",
            "signin.end_session",
            "signin.end_other_sessions",
            "signin.add_from_identity",
            "signin.add_app",
            "signin.add_passkey",
            "signin.remove_app",
            "signin.remove_passkey",
            "signin.remake_recovery_codes",
            "signin.remove_factors_of",
            "signin.set_required_roles",
            "signin.link_identity",
            "signin.unlink_identity",
        ),
        "tests/diemcau/signin, tests/diemcau/gate",
    ),
}
"""Actions no successful write of this walk calls, and where they are tried."""


def _routes(patterns, namespace=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            # Operations of the API stand under one address each, its reads beside its writes.
            yield f"{namespace}{one.name}", list(one.pattern.converters)
        else:
            inner = f"{one.namespace}:" if one.namespace else namespace
            yield from _routes(one.url_patterns, inner)


ROUTES = dict(_routes(get_resolver().url_patterns))


def _house_tables():
    apps_of_ours = (c for c in apps.get_app_configs() if c.name.startswith("diemcau."))
    return {
        model._meta.db_table
        for config in apps_of_ours
        for model in config.get_models(include_auto_created=True)
    }


class Watch:
    """Sees every statement that writes to a table of the house outside an action."""

    def __init__(self):
        names = "|".join(sorted(_house_tables()))
        self.pattern = re.compile(rf'\s*(INSERT INTO|UPDATE|DELETE FROM) "({names})"')
        self.outside = []

    def __call__(self, execute, sql, params, many, context):
        if self.pattern.match(sql) and actions._running.get() is None:
            self.outside.append(sql)
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker):
    """Made once; what each test writes is taken back after it, and all of it at the end."""
    with django_db_blocker.unblock(), translation.override("vi"):
        around = transaction.atomic()
        around.__enter__()
        made = make_everything()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def ask(client, method, name, everything, body=None):
    """The answer, the entries it left, and what it wrote outside an action."""
    before = AuditEntry.objects.count()
    address = reverse(name, kwargs=arguments_of(name, ROUTES[name], everything))
    kwargs = {}
    if body is not None:
        sent = body(everything)
        kwargs = {"data": sent}
        if isinstance(sent, tuple):
            kwargs = {"content_type": sent[0], "data": sent[1]}
    watch = Watch()
    with connection.execute_wrapper(watch):
        response = getattr(client, method)(address, **kwargs)
        if response.streaming:
            b"".join(response.streaming_content)
    return response, AuditEntry.objects.count() - before, watch.outside


def test_every_address_is_walked():
    assert set(ROUTES) == set(WRITES) | set(TAKES) | READS | set(WITHOUT_ENTRY) | DOOR


@pytest.mark.parametrize("name", WRITES)
def test_a_write_leaves_one_entry_and_a_refused_one_none(everything, name):
    called, body = WRITES[name]
    stranger = client_of(make_person(Role.READER, name="nguoi-la"))
    if name not in _OWN:
        response, entries, outside = ask(stranger, "post", name, everything, body)
        assert (response.status_code in (403, 404), entries, outside) == (True, 0, [])
    response, entries, outside = ask(client_of(everything.person), "post", name, everything, body)
    assert response.status_code in (200, 201, 302), response.content.decode()[-2000:]
    assert (entries, outside) == (1 + _MORE_ROWS.get(name, 0), [])
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.actor) == (called, everything.person)
    assert entry.origin in ("api" if name.startswith("api:") else "web", "import")
    assert entry.target_type in TARGET_WORDS


_OWN = {
    *("api:notice_ways_choose", "api:notices_read", "exchange_take_out"),
    *(name for name, (called, _body) in WRITES.items() if called == "exchange.take_list_out"),
    *("notices", "task_view_add", "tokens", "ways"),
}
"""What everybody may do for themselves."""
_MORE_ROWS = {"decide_comparison": 1, "api:decide_comparison": 1}
"""Entries of further rows that a write changes: the same disagreement stands in another pair."""


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_no_other_method_writes_anywhere(everything, method):
    client = client_of(everything.person)
    for name in sorted({*WRITES, *READS, *(TAKES if method != "get" else ())}):
        response, entries, outside = ask(client, method, name, everything)
        assert (entries, outside) == (0, []), name
        assert response.status_code < 500, name


@pytest.mark.parametrize("name", TAKES)
def test_a_file_of_rows_leaves_its_entry(everything, name):
    response, entries, outside = ask(client_of(everything.person), "get", name, everything)
    assert (response.status_code, entries, outside) == (200, 1, [])
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.actor) == (TAKES[name], everything.person)


@pytest.mark.parametrize("name", [one for one in WRITES if not one.startswith("api:")])
def test_who_comes_back_to_a_refused_form_finds_its_page(everything, name):
    client = client_of(everything.person)
    for sent in ({}, {"reason": "thử"}, {"seen": "99"}):
        refused, entries, _outside = ask(client, "post", name, everything, lambda _w, s=sent: s)
        if refused.status_code not in (409, 422):
            continue
        address = reverse(name, kwargs=arguments_of(name, ROUTES[name], everything))
        assert entries == 0
        assert client.get(address, follow=True).status_code == 200


def test_nothing_is_posted_to_an_address_that_only_shows(everything):
    client = client_of(everything.person)
    for name in sorted(READS):
        response, entries, outside = ask(client, "post", name, everything)
        assert (entries, outside) == (0, []), name
        assert response.status_code < 500, name


def test_every_action_is_walked_or_tried_elsewhere():
    importlib.import_module("diemcau.commands.first_login")
    importlib.import_module("diemcau.review.settling")
    walked = {called for called, _body in WRITES.values()} | set(TAKES.values())
    assert set(ACTIONS) == walked | set(ELSEWHERE)


def test_every_action_has_its_words():
    assert {*ACTIONS, *EACH} <= set(ACTION_WORDS)
    # One that is gone keeps its words: the log remembers it.
    models = {m._meta.label_lower for m in apps.get_models()}
    assert set(TARGET_WORDS) <= models
    assert all(str(label) for label in ACTION_WORDS.values())
