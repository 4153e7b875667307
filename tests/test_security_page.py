"""Every promise of the security page is held by a test that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`((?:diemcau|web|vanban)/[\w/]+\.py)::(\w+)`")


def test_every_test_the_page_names_is_there():
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = _NAMED.findall(page)
    assert len(named) > 40
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^def {name}\(", (ROOT / "tests" / path).read_text("utf-8"), re.M)
    ]
    assert gone == []


def test_every_promise_names_what_holds_it():
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    promises = re.findall(r"^- (.*(?:\n  .*)*)", page, re.M)
    assert [
        p for p in promises if "::" not in p and "bench/" not in p and "make check" not in p
    ] == []
