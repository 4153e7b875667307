"""Three people signed in, one stored report, and a real browser."""

import re
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from diemcau.accounts.models import Role
from tests.diemcau.people import signed_in
from tests.diemcau.readings import store_report


@pytest.fixture
def report(db):
    return store_report()


@pytest.fixture
def statement_with(report):
    """The statement of the report whose quote holds some words."""
    return lambda words: report.statements.get(quote__contains=words)


@pytest.fixture
def coordinator(db):
    """May add documents and decide on statements."""
    return signed_in(Role.COORDINATOR, "en")


@pytest.fixture
def reporter(db):
    """May add documents, not decide."""
    return signed_in(Role.REPORTER, "en")


@pytest.fixture
def reader(db):
    """May only look."""
    return signed_in(Role.READER, "en")


@pytest.fixture
def stranger(db):
    """Has not signed in."""
    return Client()


# A loaded machine is slow, not wrong.
expect.set_options(timeout=30_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """A real browser; without one these tests are skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Open a page of the running platform; whatever it writes to the console fails the test."""
    contexts, complaints = [], []

    def open_(path="/", *, language="vi", width=1360, person=None, **more):
        context = chromium.new_context(
            base_url=live_server.url,
            locale="vi-VN" if language == "vi" else "en-US",
            viewport={"width": width, "height": 800},
            **more,
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            cookies[name] = client.cookies[name].value
        context.add_cookies(
            [{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    # The fonts are built by set-up, and a page stands without them; a refusal is said on the page.
    assert [c for c in complaints if not re.search(r"\b4(?:0[134]|2[29])\b", c)] == []
