"""A pattern cut up by the word it begins with matches what the whole of it does."""

import re

import pytest

from vanban.data import load
from vanban.readers.shortcomings.beginnings import beginnings


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        ("còn (?:chậm|yếu)|chưa", [("còn", True), ("chưa", True)]),
        ("(?<!không )(?:vẫn|còn) (?:chậm|yếu)", [("vẫn", True), ("còn", True)]),
        ("(?:sụt|suy) giảm(?! nhẹ)", [("sụt", True), ("suy", True)]),
        (r"chậm(?=$|[,;|.])|\(|[(|]x", [("chậm", True), (None, False), (None, False)]),
        ("(?:rất )?chậm|tăn?g", [(None, False), (None, False)]),
        ("chi(?: phí)? cao", [("chi", False)]),
    ],
)
def test_it_is_known_how_each_alternative_begins(source, literals):
    assert [(b.literal, b.whole) for b in beginnings(source)] == literals


def test_an_alternative_whose_beginning_is_not_clear_fits_every_word():
    unclear, clear = beginnings("(?:rất )?chậm|còn yếu")
    assert unclear.fits("còn")
    assert clear.fits("còn")
    assert not clear.fits("cò")
    assert [b.fits("tăng") for b in beginnings("tă[nt]g")] == [True]


def test_a_group_that_is_not_closed_is_refused():
    with pytest.raises(ValueError, match="unclosed"):
        beginnings("(?:a|b")


@pytest.mark.parametrize("row", load("shortcomings")["cues"], ids=lambda row: row["id"])
def test_what_fits_a_word_matches_as_the_whole_pattern_there(row):
    whole = re.compile(rf"(?i:{row['pattern']})")
    ways = beginnings(row["pattern"])
    for example in row["examples"]:
        for word in re.finditer(r"\w+", example):
            first = word[0].lower()
            source = "|".join(way.source for way in ways if way.fits(first)) or r"(?!)"
            found = re.compile(rf"(?i:{source})").match(example, word.start())
            wanted = whole.match(example, word.start())
            assert (found and found.span()) == (wanted and wanted.span())
