"""Weighed words are of the texts that lie here, sum up, add weaknesses and take tasks back."""

import json
import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.learnt import WEIGHED, digest, sentences
from vanban import Document, learned, read
from vanban.words import Words

LEARNT = json.loads(files("vanban.data").joinpath("learned.json").read_text("utf-8"))
texts = st.text(alphabet="aăbc chưaếmtốN12,.;:“”() \n", max_size=80)


def test_the_weights_are_of_the_labelled_sentences_that_lie_here():
    assert LEARNT["learnt_from"] == digest(), "run bench/learn.py --save"


def test_single_sentences_are_labelled_once_and_both_ways():
    told = [text for _file, _line, _is_one, text in sentences()]
    assert len(told) == len(set(told))
    share = sum(is_one for *_, is_one, _text in sentences()) / len(told)
    assert 0.4 < share < 0.6


@pytest.mark.parametrize("kind", WEIGHED)
@given(text=texts, data=st.data())
def test_a_chance_is_what_each_word_and_pair_adds_once(kind, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words, (least, alone, pairs) = Words(text), LEARNT["weights"][kind]
    flat = alone | {f"{a} {b}": w for a, by in pairs.items() for b, w in by.items()}
    total = least + sum(flat.get(one, 0) for one in learned.features(words, start, end))
    expected = 1 / (1 + math.exp(-total / 100))
    assert learned.chance(kind, words, start, end) == pytest.approx(expected)


def test_a_number_is_any_number():
    assert learned.features(Words("mới 12%, 3,5 tỷ"), 0, 15) == {
        *("mới", "0", "tỷ"),
        *("mới 0", "0 0", "0 tỷ"),
    }


def test_no_word_and_a_hundred_thousand_words_have_a_chance():
    assert 0 < learned.chance("shortcomings", Words(""), 0, 0) < 1
    many = " ".join(f"chưa{n}" for n in range(100_000)) + " chưa có"
    assert 0 <= learned.chance("shortcomings", Words(many), 0, len(many)) <= 1


def test_a_weakness_no_rule_knows_is_read_by_its_words_alone():
    text = "Hồ sơ nằm ở cơ quan kiểm dịch nước bạn từ năm ngoái đến nay mà không thấy hồi âm."
    (found,) = read(Document.from_text(text)).of("shortcomings")
    assert found.rule == "shortcoming.learned"
    assert found.anchor.quote in text
    assert found.confidence < 0.9
    words = Words(found.anchor.quote)
    telling = learned.telling("shortcomings", words, 0, len(words.text))
    assert telling
    assert set(telling) <= learned.features(words, 0, len(words.text))


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị diễn ra trong không khí cởi mở, hai bên trao đổi về hợp tác du lịch và lao động.",
        "Vì sao hồ sơ nằm ở cơ quan kiểm dịch từ năm ngoái đến nay mà không thấy hồi âm?",
    ],
)
def test_neither_a_plain_sentence_nor_a_question_is_one(text):
    assert read(Document.from_text(text)).of("shortcomings") == ()


def test_what_is_told_to_do_is_no_weakness():
    order = "Bộ trưởng yêu cầu Cục Lãnh sự rà soát hồ sơ từ năm ngoái đến nay không thấy hồi âm."
    reading = read(Document.from_text(order))
    assert len(reading.of("tasks")) == 1
    assert reading.of("shortcomings") == ()
