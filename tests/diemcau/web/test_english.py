"""What an English reader meets: words of ours in English, names as the directory has them, and
whatever stays Vietnamese marked as such, for who has the page read aloud."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve, reverse
from django.utils import translation

from diemcau.accounts.models import Role
from diemcau.directory.english import english_name
from diemcau.directory.models import Partner
from diemcau.review.actions import accept_batch
from diemcau.review.intake import take_in
from diemcau.web.names import say_called, say_given, say_name, say_quoting
from diemcau.web.templatetags.shell import RAIL, TABS
from tests.diemcau.people import signed_in

SAMPLES = Path(__file__).parents[3] / "samples"
_TAKEN = ("01-", "04-", "07-")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "data-label")


class Unmarked(HTMLParser):
    """The words of a page that no element marks as Vietnamese, and the links of the page."""

    def __init__(self, page):
        super().__init__()
        self.within, self.words, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or (self.within[-1][1] if self.within else "")
        if tag not in _VOID:
            self.within.append((tag, language))
        if language != "vi":
            self.words += [given[one] for one in _READ_ALOUD if given.get(one)]
            if tag == "input" and given.get("type", "text") in ("text", "search"):
                self.words.append(given.get("value") or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        # A title holds no element that could mark a part of it.
        if self.within and self.within[-1][1] != "vi" and self.within[-1][0] != "title":
            self.words.append(data)

    def vietnamese(self, *, but=()):
        """Words with a letter English lacks; the product's own name apart."""
        told = (" ".join(one.replace("Điểm Cầu", "").split()) for one in self.words)
        return [one for one in told if _FOREIGN.search(one) and one not in but]


@pytest.fixture
def english_desk(db):
    """Somebody of the secretariat who reads English, where some samples are in the register."""
    for file in sorted(SAMPLES.iterdir()):
        if file.name.startswith(_TAKEN):
            document = take_in(None, data=file.read_bytes(), name=file.name).document
            accept_batch(None, document=document, kinds=[], minimum=0.0)
    return signed_in(Role.COORDINATOR, "en")


def test_a_name_of_the_directory_is_said_in_english():
    said = {
        "Bộ Ngoại giao": "Ministry of Foreign Affairs",
        "Bộ Tài chính": "Ministry of Finance",
        "UBND tỉnh Nghệ An": "People's Committee, Nghe An",
        "Thủ tướng": "Prime Minister",
        "Bộ trưởng Bộ Ngoại giao": "Minister, Ministry of Foreign Affairs",
        "CỘNG HÒA ẤN ĐỘ": "India",
    }
    assert {name: english_name(name) for name in said} == said


@pytest.mark.parametrize("name", ["các bộ, ngành", "ĐSQ", "UBND tỉnh", "Đỗ Hải Triều", ""])
def test_a_name_of_nobody_or_of_many_stays_as_it_is_written(name):
    assert english_name(name) == ""
    with translation.override("en"):
        assert say_name(name) == name


def test_words_of_the_data_are_marked_for_who_reads_another_language():
    quoting = "The text says “tăng 12%”: that is <1.11>."
    assert (say_given("tăng 12%"), say_quoting("“a” <b>")) == ("tăng 12%", "“a” &lt;b&gt;")
    with translation.override("en"):
        assert say_given("<tăng> 12%") == '<span lang="vi">&lt;tăng&gt; 12%</span>'
        assert say_given("12%") == "12%"
        assert say_called("Ấn Độ") == "India"
        assert say_called("nước bạn") == '<span lang="vi">nước bạn</span>'
        assert say_quoting(quoting) == (
            'The text says <span lang="vi">“tăng 12%”</span>: that is &lt;1.11&gt;.'
        )


def _pages():
    tabs = (name for groups in TABS.values() for group in groups for name, _label in group)
    return sorted({*(name for name, _label in RAIL), *tabs} - {"conferences"})


def test_the_menu_in_english_marks_what_is_vietnamese(english_desk):
    names = set(Partner.objects.values_list("name_en", flat=True))
    queue, seen, found = [reverse(name) for name in _pages()], set(), []
    while queue:
        url = queue.pop(0)
        name = resolve(urlsplit(url).path).url_name
        if name in seen:
            continue
        seen.add(name)
        response = english_desk.get(url, follow=True)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        page = Unmarked(response.content.decode())
        found += [(name, words) for words in page.vietnamese(but=names)]
        links = (urljoin(url, link).partition("#")[0] for link in page.links)
        queue += [link for link in links if link.startswith("/") and "/static/" not in link]
    assert found == []
    assert len(seen) > 50
