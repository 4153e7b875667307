"""Near copies among many texts: found, told once, and not by comparing every pair."""

import random

import pytest

from vanban.near import Copy, find_near_copies, likeness, runs_of, sketch_of


def prose(seed, n_words=600):
    """Text of Vietnamese syllables in an order of its own."""
    rng = random.Random(seed)
    syllables = [f"từ{i}" for i in range(400)]
    return " ".join(rng.choice(syllables) for _ in range(n_words))


def test_a_sketch_is_short_and_the_same_every_time():
    runs = runs_of([prose(5)])
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


def test_every_near_copy_is_told_with_the_text_it_is_like():
    texts = [prose(seed, 40) for seed in range(300)]
    copies = {}
    for n, of in enumerate(range(0, 300, 10)):
        words = texts[of].split()
        if n % 2:
            words[20] = "khác"
        copies[len(texts)] = of
        texts.append(" ".join(words).upper())
    found = find_near_copies(texts)
    assert {c.index: c.of for c in found} == copies
    assert {c.likeness for c in found if texts[c.index] == texts[c.of].upper()} == {1.0}


def test_copies_of_one_text_are_told_with_the_first():
    text = prose(1, 40)
    near = text.replace(text.split()[5], "khác", 1)
    share = likeness(runs_of([text]), runs_of([near]))
    assert find_near_copies([near, text, near, text]) == [
        Copy(1, 0, share),
        Copy(2, 0, 1.0),
        Copy(3, 0, share),
    ]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["!", "…", " "]], ids=str)
def test_no_words_are_a_copy_of_nothing(texts):
    assert find_near_copies(texts) == []


def test_a_text_that_is_everywhere_costs_no_more_than_the_texts():
    class Counted(list):
        asked = 0

        def __getitem__(self, index):
            self.asked += 1
            return super().__getitem__(index)

    texts = Counted(["Kính gửi Quý cơ quan, đề nghị báo cáo trước ngày 15 hằng tháng."] * 3000)
    assert len(find_near_copies(texts)) == 2999
    assert texts.asked <= 3000
