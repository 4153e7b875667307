"""Marks in a text: every statement opens once, pieces never nest, the text stays the text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemcau.documents.models import Statement, TextVersion
from diemcau.web.documents.marking import marked_text

TEXT = "Một hai ba\nbốn & năm <sáu>\nbảy"
BLOCKS = [[0, 10, "heading", None, ""], [11, 26, "paragraph", None, ""], [27, 30, "row", 2, "b"]]


def version():
    return TextVersion(text=TEXT, blocks=BLOCKS)


def statement(pk, start, end, kind="tasks"):
    return Statement(pk=pk, start=start, end=end, kind=kind, state="proposed")


def plain(markup):
    """The text of the blocks without tags and without the links that open statements."""
    without_tags = re.sub(r'<a class="tag.*?</a>', "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", without_tags)).strip("\n")


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(
    lambda span: span[0] < span[1]
)


@given(st.lists(spans, max_size=8))
def test_however_statements_overlap_the_text_is_whole_and_marks_do_not_nest(found):
    statements = [statement(i, a, b) for i, (a, b) in enumerate(found, start=1)]
    markup = marked_text(version(), statements)
    assert plain(markup) == TEXT
    assert re.search(r"<mark[^>]*>[^<]*<mark", markup) is None
    for one in statements:
        pieces = re.findall(r'<mark[^>]*data-s="([^"]*)"[^>]*>([^<]*)', markup)
        run = "".join(html.unescape(t) for ids, t in pieces if str(one.pk) in ids.split())
        covered = "".join(
            TEXT[max(one.start, a) : max(one.start, a, min(one.end, b))] for a, b, *_ in BLOCKS
        )
        assert run == covered
        assert markup.count(f'id="s{one.pk}"') == bool(covered)


def test_nested_runs_wear_the_inner_kind():
    markup = marked_text(version(), [statement(1, 0, 10), statement(2, 4, 7, "figures")])
    assert '<mark class="k-figures nested" data-s="1 2">hai</mark>' in markup
    assert '<mark class="k-tasks" data-s="1">Một </mark>' in markup


@pytest.mark.parametrize("kind", ["heading", "caption", "furniture", "row", "paragraph"])
def test_every_block_kind_has_its_class(kind):
    one = TextVersion(text="abc", blocks=[[0, 3, kind, None, ""]])
    assert f'class="block {kind}"' in marked_text(one, [])
