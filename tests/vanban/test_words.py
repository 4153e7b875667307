"""Cues are found by their first words just as a search through the text would find them."""

import re
from functools import cache
from re import _constants as codes
from re import _parser as parser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vanban import Document
from vanban.data import load
from vanban.forms import Forms, needed, rare
from vanban.letters import lower, plain_blanks
from vanban.patterns import Ending, alternation, cue, first_words, regex
from vanban.sentences import split_sentences
from vanban.values import times
from vanban.words import Words

PHRASES = ["yêu cầu", "yêu cầu rõ", "giao", "giao cho", "Bộ", "Bộ Công Thương", "5 việc"]
SYLLABLES = ["yêu", "cầu", "rõ", "Yêu", "giao", "cho", "Bộ", "Công", "Thương", "5", "việc", "xgiao"]
BLANKS = [" ", "  ", ", ", ".", "-", " ("]
texts = st.lists(st.sampled_from(SYLLABLES + BLANKS), max_size=40).map("".join)


@pytest.mark.parametrize("any_case", [False, True])
@given(text=texts, start=st.integers(0, 60), length=st.integers(0, 120))
def test_a_cue_is_found_where_a_search_finds_it(any_case, text, start, length):
    asked = cue(PHRASES, any_case=any_case)
    words, end = Words(text), min(len(text), start + length)
    # A range that ends inside a word is asked for nowhere: half a word is no word.
    assume(not (0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum()))
    searched = [m.span() for m in asked.pattern.finditer(text, start, end)]
    assert [m.span() for m in words.find_all(asked, start, end)] == searched
    first = words.find(asked, start, end)
    assert (first.span() if first else None) == (searched[0] if searched else None)
    assert words.has(asked, start, end) == bool(searched)


@given(text=texts, start=st.integers(0, 60), length=st.integers(0, 60))
def test_an_ending_is_found_where_its_pattern_finds_it(text, start, length):
    source = rf"(?<!\w)(?i:{alternation(PHRASES)})(?: +{alternation(['rõ'])})? *\(?$"
    pattern = re.compile(source)
    ending, end = Ending(source, [*PHRASES, "rõ"], skip=" ("), min(len(text), start + length)
    found, searched = ending.search(text, start, end), pattern.search(text, start, end)
    assert (found and found.span()) == (searched and searched.span())


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("[Tt]húc đẩy (?:nhanh |sớm )?(?:FTA|CEPA)[^;]{0,4}", ("húc đẩy ",)),
        ("(?:nhanh |sớm )?(?:FTA|CEPA)", ("FTA", "CEPA")),
        ("yêu+ cầu?", (" cầ",)),
        ("(?:một|hai) nước(?!,)x*", (" nước",)),
        (r"a\.b\d+|\x41\u0042", ("a.b", "AB")),
        (r"[^\]a]b\\c(?:d{0,3}|e)", ("b\\c",)),
        ("(?P<name>bốn|năm) +(?:sáu)?", ("bốn", "năm")),
        ("yêu cầu|", ("",)),
        ("(?i)yêu cầu", ("",)),
        ("(?i:yêu) cầu", ("",)),
        ("(?P<a>bốn)(?P=a)", ("",)),
        (r"\d", ("",)),
    ],
)
def test_a_match_needs_one_of_these_runs(source, runs):
    assert needed(source) == runs


SOURCES = [c.replace("{names}", " *") for row in load("relations") for c in row["cues"]]


@given(data=st.data(), source=st.sampled_from(SOURCES))
def test_what_a_cue_of_a_relation_matches_has_a_run_it_needs(data, source):
    # No text is made for what looks behind.
    one = r"(?:\\.|[^()\\])"
    plain = re.sub(rf"\(\?<?!(?:{one}|\((?:{one}|\({one}*\))*\))*\)", "", source)
    text = data.draw(st.from_regex(plain))
    assert any(run in text for run in needed(source))
    forms = Forms([source])
    assert forms.any_in(text) == bool(re.search(source, text))


@pytest.mark.parametrize(
    "source", [r"(?<!\w)[Yy]êu cầu[^,]{0,9}$", "Bộ Công|giao +cho", "(?=giao)g|5 ", r"rõ(?! việc)"]
)
@given(text=texts, start=st.integers(-9, 90), end=st.none() | st.integers(-9, 90))
def test_a_rare_pattern_is_found_where_a_search_finds_it(source, text, start, end):
    found = rare(source).search(text, start, end)
    searched = re.compile(source).search(text, start, len(text) if end is None else end)
    assert (found and found.span()) == (searched and searched.span())


@given(text=texts)
def test_numbers_are_found_where_a_search_finds_them(text):
    pattern = re.compile(r"(?<!\w)\d+(?: việc)?")
    found = [m.span() for m in Words(text).find_numbers(pattern, 0, len(text))]
    assert found == [m.span() for m in pattern.finditer(text)]


@given(text=st.text(max_size=200))
def test_lower_case_and_plain_blanks_keep_every_offset(text):
    assert len(lower(text)) == len(plain_blanks(text)) == len(text)
    assert plain_blanks("tỷ\u00a0USD\tnăm\u202f2024\n") == "tỷ USD năm 2024\n"


@given(phrases=st.lists(st.sampled_from(PHRASES), min_size=1), text=texts)
def test_an_alternation_takes_the_longest_phrase(phrases, text):
    flat = "|".join(p.replace(" ", " +") for p in sorted(set(phrases), key=len, reverse=True))
    both = [[m.span() for m in re.finditer(s, text)] for s in (flat, alternation(phrases))]
    assert both[0] == both[1]


def test_a_list_that_begins_with_no_word_is_refused():
    with pytest.raises(ValueError, match="does not begin with a word"):
        first_words(["giao", "%"])
    with pytest.raises(ValueError, match="nothing"):
        alternation([])


WORDS_OF_TIMES = [
    *("ngày", "từ", "đến", "tháng", "năm", "quý", "cùng", "kỳ", "đầu", "cuối", "nay", "giai đoạn"),
    *("các", "còn lại", "nửa", "ba", "6", "9", "12", "20", "2024", "2025", "III", "T6", "tháng6"),
    *("/", "-", "(", ")", ",", "\n", "qua", "trong", "tính chung", "chiều", "Sáng", "ngày20", "cả"),
]


@given(st.lists(st.sampled_from(WORDS_OF_TIMES), max_size=12), st.sampled_from([" ", "", "  "]))
def test_the_first_word_of_a_time_tells_all_the_forms_that_can_fit(pieces, blank):
    text = blank.join(pieces).lower()
    whole = times._pattern(range(len(times._FORMS)))
    for m in re.finditer(r"\w+|\(", text):
        any_form = whole.match(text, m.start())
        match = times._begins().match(m[0])
        told = match(text, m.start(), len(text)) if match is not None else None
        assert (told and told.span()) == (any_form and any_form.span())


@cache
def _weaknesses():
    return load("shortcomings")["cues"]


@pytest.mark.parametrize("row", _weaknesses(), ids=lambda row: row["id"])
def test_every_cue_of_a_shortcoming_names_the_words_it_begins_with(row):
    pattern = re.compile(rf"(?<!\w)(?i:{row['pattern']})")
    for example in row["examples"]:
        found = pattern.search(example)
        assert found is not None, example
        assert first_words([found[0]]) <= set(row["begins"]), example
    assert [e for e in row.get("not_examples", ()) if pattern.search(e)] == []


def _first_words(items, open_):
    """What words a parsed pattern can begin with: those ended, and those it may go on with."""
    ended = set()
    for op, arg in items:
        went_on = set()
        if op is codes.LITERAL:
            letter = chr(arg)
            (went_on if letter.isalnum() else ended).update(w + letter.strip() for w in open_)
        elif op is codes.IN:
            letters = [chr(a) for o, a in arg if o is codes.LITERAL]
            went_on = {w + letter for w in open_ for letter in letters if letter.isalnum()}
            if len(letters) < len(arg):
                # A class of letters: any word that goes on so will do.
                return ended, set()
        elif op in (codes.SUBPATTERN, codes.BRANCH, codes.MAX_REPEAT):
            inside = arg[1] if op is codes.BRANCH else [arg[-1]]
            for branch in inside:
                more, on = _first_words(list(branch), open_)
                ended |= more
                went_on |= on
            if op is codes.MAX_REPEAT and arg[0] == 0:
                went_on |= open_
        elif op in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
            went_on = open_
        else:
            return ended, set()
        open_ = went_on
        if not open_:
            break
    return ended, open_


@pytest.mark.parametrize("row", _weaknesses(), ids=lambda row: row["id"])
def test_a_cue_of_a_shortcoming_names_every_word_it_can_begin_with(row):
    """A word left out hides every clause that begins its cue with it, and nothing else tells."""
    ended, open_ = _first_words(list(parser.parse(row["pattern"], re.IGNORECASE)), {""})
    assert {w.lower() for w in ended | open_} - {""} - set(row["begins"]) == set()


def test_a_run_without_a_stop_is_cut_at_blanks_and_nothing_is_lost():
    text = "kim ngạch " * 1000
    document = Document.from_text(text)
    sentences = split_sentences(document)
    assert max(s.end - s.start for s in sentences) <= 2000
    assert "".join(text[s.start : s.end] for s in sentences).replace(" ", "") == "kimngạch" * 1000
    assert all(text[s.start] != " " for s in sentences)


def test_a_pattern_that_is_compiled_late_is_the_pattern():
    late, now = regex(r"(?P<n>\d+) ha\b", re.IGNORECASE), re.compile(r"(?P<n>\d+) ha\b", re.I)
    text = "5 HA, 12 ha, 7 hai"
    assert late.findall(text) == now.findall(text) == ["5", "12"]
    assert [m["n"] for m in late.finditer(text, 3)] == ["12"]
    assert (late.pattern, late.flags, late.groups) == (now.pattern, now.flags, now.groups)
    assert late.match(text, 5) is None
    assert late.search(text, 0, 3) is None
    assert late.sub("x", text) == "x, x, 7 hai"
    with pytest.raises(AttributeError):
        late.nothing  # noqa: B018
