"""Clauses: where they end, and what two of them share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemcau.delivery.matters.likeness import (
    clause_end,
    containment,
    gram_hash,
    grams,
    longest_run,
    syllables,
)

words = st.lists(st.sampled_from("abcd"), max_size=12)


@given(words, words)
def test_the_longest_run_is_shared_and_nothing_longer_is(left, right):
    i, j, n = longest_run(left, right)
    assert left[i : i + n] == right[j : j + n]
    runs = {tuple(right[a : a + n + 1]) for a in range(len(right) - n)}
    assert not any(tuple(left[a : a + n + 1]) in runs for a in range(len(left) - n))


@given(words, words)
def test_containment_is_symmetric_and_between_none_and_all(left, right):
    a = {gram_hash(g) for g in grams(left)}
    b = {gram_hash(g) for g in grams(right)}
    score = containment(a, b, lambda gram: 1.0)
    assert score == containment(b, a, lambda gram: 1.0)
    assert 0 <= score <= 1
    assert containment(a, a, lambda gram: 1.0) == (1 if a else 0)


def test_marks_and_their_place_do_not_count():
    forms = ["thoả thuận", "thỏa thuận", "THOA THUAN"]
    assert {tuple(w for w, _, _ in syllables(form)) for form in forms} == {("thoa", "thuan")}


def test_syllables_know_where_they_stand():
    text = "Đẩy mạnh, thỏa thuận"
    assert [text[a:b] for _, a, b in syllables(text)] == ["Đẩy", "mạnh", "thỏa", "thuận"]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("lập cơ chế trao đổi; phân công rõ", "lập cơ chế trao đổi"),
        ("lập cơ chế trao đổi. Phân công", "lập cơ chế trao đổi"),
        ("lập cơ chế theo QĐ 1.234 của tỉnh\nkhác", "lập cơ chế theo QĐ 1.234 của tỉnh"),
        ("lập cơ chế", "lập cơ chế"),
    ],
)
def test_a_clause_ends_where_the_sentence_or_its_part_does(text, clause):
    assert text[: clause_end(text, 0, 3)] == clause


def test_a_clause_is_never_longer_than_eight_hundred_beyond_its_start():
    assert clause_end("a " * 2000, 0, 10) == 800
    assert clause_end("a " * 2000, 0, 1000) == 1000
