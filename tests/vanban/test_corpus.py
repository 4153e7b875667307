"""The corpus is the specification: every phrase is read as it says, and as nothing else."""

import json

import pytest

from tests.vanban.phrases import MATTERS, Phrase, amiss, phrases
from vanban import Document, read
from vanban.letters import modern_tones, tone_variants

SETTLED = [phrase for matter in MATTERS for phrase in phrases(matter)]
OPEN = phrases("open")


@pytest.mark.parametrize("phrase", SETTLED, ids=lambda p: p.place)
def test_a_phrase_is_read_as_the_corpus_says(phrase: Phrase):
    wrong = amiss(phrase)
    assert not wrong, wrong


@pytest.mark.parametrize(
    "phrase",
    [pytest.param(p, marks=pytest.mark.xfail(strict=True, reason=p.why), id=p.place) for p in OPEN],
)
def test_an_open_phrase_is_not_read_yet(phrase: Phrase):
    """One that is read now fails here: move its row to the file of its matter."""
    wrong = amiss(phrase)
    assert not wrong, wrong


def test_a_tone_mark_may_stand_on_either_vowel():
    """ "Hoá" is "hóa" written as it used to be, and a text is read alike in both."""
    for phrase in SETTLED:
        _, *older = tone_variants(modern_tones(phrase.text))
        for text in older:
            read_as = [_in_modern_tones(each) for each in (modern_tones(phrase.text), text)]
            assert read_as[0] == read_as[1], phrase.place


def _in_modern_tones(text: str) -> str:
    """What is read in a text, in the words of today."""
    told = read(Document.from_text(text)).to_dict()
    return modern_tones(json.dumps(told, ensure_ascii=False))


def test_the_corpus_is_large_enough_to_be_a_specification():
    assert len(SETTLED) + len(OPEN) >= 250
    assert all(p.why for p in OPEN)


def test_no_phrase_stands_twice():
    texts = [(p.text, p.published, tuple(p.expected)) for p in (*SETTLED, *OPEN)]
    assert len(set(texts)) == len(texts)
