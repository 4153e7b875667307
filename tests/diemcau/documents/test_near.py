"""The same text from another outlet is found; another report of the same meeting is not one."""

import pytest

import vanban
from diemcau.documents.models import Document
from diemcau.documents.near import family_of
from tests.diemcau.readings import store_report
from tests.vanban.test_near import prose

pytestmark = pytest.mark.django_db


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
