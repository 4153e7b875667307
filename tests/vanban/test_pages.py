"""Nothing is read from what stands around an article, and nothing of the article is lost to it."""

from functools import cache

import pytest

from tests.vanban.pages import ARTICLES, CAPTIONS, Page, compose
from vanban import Document, Reading, read
from vanban.loaders import load_bytes

PAGES = 120


@cache
def own_records(article: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Kind and quote of what the article holds alone on its page."""
    reading = read(Document.from_text("\n\n".join(article)))
    return frozenset(_told(reading))


def _told(reading: Reading) -> list[tuple[str, str]]:
    return [(r.kind, r.anchor.quote) for r in reading.records]


def _line_of(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", start)].strip()


def from_furniture(page: Page, reading: Reading) -> list[str]:
    """The records that stand outside the lines of the article.

    Whom a caption shows at work belongs to it: only repeated captions are unlabelled.
    """
    own = set(page.article)
    text = reading.document.text
    return [
        f"{r.kind} «{r.anchor.quote[:70]}» in «{_line_of(text, r.anchor.start)[:90]}»"
        for r in reading.records
        if (line := _line_of(text, r.anchor.start)) not in own
        and not (r.kind == "people" and line in CAPTIONS)
    ]


@pytest.mark.parametrize("seed", range(PAGES))
def test_only_the_article_of_a_page_is_read_and_all_of_it(seed):
    page = compose(seed)
    reading = read(load_bytes(page.data, name=page.name))
    assert from_furniture(page, reading) == []
    lost = own_records(page.article) - set(_told(reading))
    assert not lost


def test_pages_are_many_and_differ():
    pages = [compose(seed) for seed in range(PAGES)]
    assert len({page.data for page in pages}) == PAGES >= 100
    assert {page.article for page in pages} == set(ARTICLES)
    assert {page.name.rpartition(".")[2] for page in pages} == {"html", "txt"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a[0][:20])
def test_an_article_has_records_that_could_be_lost(article):
    assert {"figures", "tasks", "partners", "people"} <= {kind for kind, _ in own_records(article)}


def test_what_is_around_would_be_read_if_it_were_not_set_aside():
    """The furniture tempts: alone, its lines hold records of every kind a page is asked for."""
    lines = {line for seed in range(PAGES) for line in compose(seed).furniture}
    kinds = {r.kind for line in lines for r in read(Document.from_text(line)).records}
    assert {"figures", "tasks", "partners", "people", "instruments"} <= kinds
