"""The same text from another outlet is found; another report of the same meeting is not one."""

import random

import pytest

import vanban
from diemcau.documents.models import Document
from diemcau.documents.near import family_of, likeness, runs_of, sketch_of
from tests.diemcau.readings import REPORT, store_report

pytestmark = pytest.mark.django_db


def prose(seed, n_words=600):
    """Text of Vietnamese syllables in an order of its own."""
    rng = random.Random(seed)
    syllables = [f"từ{i}" for i in range(400)]
    return " ".join(rng.choice(syllables) for _ in range(n_words))


def test_the_same_text_with_another_tail_is_a_near_copy():
    first = store_text(prose(1))
    second = store_text(prose(1) + " " + prose(2, 100))
    assert second.near_copy_of == first
    assert second.likeness > 0.95


def as_read(text):
    return vanban.Reading(vanban.Document.from_text(text), ())


def store_text(text):
    return store_report(text, reading=as_read(text))


def test_case_and_marks_and_furniture_do_not_hide_a_copy():
    first = store_text(prose(3))
    second = store_text(prose(3).upper())
    assert (second.near_copy_of, second.likeness) == (first, 1.0)


def test_another_text_is_not_a_copy():
    store_text(prose(4))
    assert store_text(prose(5)).near_copy_of is None


def test_a_short_text_inside_a_long_one_is_not_a_copy():
    store_text(prose(6))
    assert store_text(" ".join(prose(6).split()[:12])).near_copy_of is None


def test_a_copy_of_a_copy_is_one_of_the_first_and_its_likeness_is_to_that():
    words = prose(7).split()
    first = store_text(" ".join([*words[:520], *prose(8, 80).split()]))
    second = store_text(prose(7))
    third = store_text(prose(7) + "\n")
    assert (first.near_copy_of, second.near_copy_of, third.near_copy_of) == (None, first, first)
    assert 0.8 < third.likeness == second.likeness < 1


def test_a_text_edited_step_by_step_stays_of_the_family():
    words, family = prose(11).split(), []
    for i in range(8):
        words[60 * i : 60 * i + 60] = prose(12 + i, 60).split()
        family.append(store_text(" ".join(words)))
    assert {d.near_copy_of for d in family[1:]} == {family[0]}
    assert family[-1].likeness < 0.8
    assert family_of(family[3]) == {d.pk for d in family}


@pytest.mark.parametrize("text", ["", "một", "một hai", "!!! ..."])
def test_hardly_any_text_is_no_reason_to_fail(text):
    store_text(text)
    assert Document.objects.count() == 1


def test_a_sketch_is_short_and_the_same_every_time():
    runs = runs_of([REPORT])
    assert sketch_of(runs) == sketch_of(runs)
    assert 0 < len(sketch_of(runs)) <= 24
    assert all(-(2**63) <= value < 2**63 for value in sketch_of(runs))


def test_likeness_is_symmetric_and_one_of_itself():
    a, b = runs_of([prose(9)]), runs_of([prose(9, 300)])
    assert likeness(a, a) == 1.0
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, frozenset()) == 0.0


def test_of_texts_that_share_four_fifths_nearly_all_share_a_band():
    found = 0
    for seed in range(40):
        words = prose(seed).split()
        other = words[:540] + prose(seed + 1000, 60).split()
        a, b = runs_of([" ".join(words)]), runs_of([" ".join(other)])
        found += bool(set(sketch_of(a)) & set(sketch_of(b)))
    assert found == 40
