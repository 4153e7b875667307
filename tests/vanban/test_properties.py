"""Laws of reading for every text: of random letters, and mixed of the phrases of the corpus."""

import json
import re
import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.vanban.phrases import MATTERS, Phrase, phrases
from vanban import Document, Reading, read
from vanban.records import KINDS

PHRASES = [phrase for matter in (*MATTERS, "open") for phrase in phrases(matter)]
ONE_LINE = [p.text for p in PHRASES if "\n" not in p.text]

# Letters of the language, the signs numbers and papers are written with, and what breaks lines.
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)
SIGNS = " \u00a0\t.,;:!?%/-–—()[]“”'\"|0123456789&+*…\u200b\u0301\u0323İßﬁ"
typed = st.text(alphabet=st.sampled_from(LETTERS + LETTERS.upper() + SIGNS + "\n"), max_size=300)
mixed = st.lists(
    st.tuples(st.sampled_from([p.text for p in PHRASES]), st.sampled_from([" ", "\n", "\n\n"])),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(text.rstrip("\n") + gap for text, gap in parts))
torn = st.tuples(mixed, st.integers(0, 400), st.integers(0, 40), typed).map(
    lambda t: t[0][: t[1]] + t[3] + t[0][t[1] + t[2] :]
)
"""A mixture out of which some letters are cut, and into which others fall."""

quick = settings(deadline=None, max_examples=60)


def read_text(text: str) -> Reading:
    return read(Document.from_text(text))


def values(reading: Reading, kind: str) -> list[dict[str, Any]]:
    """The records of one kind without where they stand and how they are worded."""
    worded = {"quote", "start", "end", "what", "action", "deadline_quote", "mentions"}
    return [{k: v for k, v in r.to_dict().items() if k not in worded} for r in reading.of(kind)]


def told(records: Any) -> Any:
    """Plain JSON types with no-break spaces as blanks."""
    return json.loads(json.dumps(records, ensure_ascii=False).replace("\u00a0", " "))


@quick
@given(st.one_of(st.text(), typed, mixed, torn))
@example("\u0323\u0301\n 12% İstanbul 3/7.")
def test_every_record_quotes_its_place(text):
    reading = read_text(text)
    for record in reading.records:
        anchor = record.anchor
        assert 0 <= anchor.start < anchor.end <= len(reading.document.text)
        assert reading.document.text[anchor.start : anchor.end] == anchor.quote


@quick
@given(st.one_of(typed, mixed, torn))
def test_reading_twice_gives_the_same(text):
    assert read_text(text).to_dict() == read_text(text).to_dict()


@quick
@given(st.one_of(mixed, torn), st.sampled_from(["\n", "\n\n", "\n \t\n", " \n\u00a0\n"]))
def test_a_blank_paragraph_in_front_only_shifts(text, blank):
    plain, shifted = read_text(text), read_text(blank + text)
    for kind in KINDS:
        assert values(shifted, kind) == values(plain, kind)
    assert [(r.anchor.start - len(blank), r.anchor.quote) for r in shifted.records] == [
        (r.anchor.start, r.anchor.quote) for r in plain.records
    ]


@quick
@given(st.one_of(mixed, torn))
def test_decomposed_letters_read_as_composed_ones(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert read_text(decomposed).to_dict() == read_text(composed).to_dict()


@cache
def with_blanks_and_without() -> list[tuple[str, Reading, Reading]]:
    """Each phrase, read with blanks and with no-break spaces."""
    return [(p.place, read_text(p.text), read_text(p.text.replace(" ", "\u00a0"))) for p in PHRASES]


@pytest.mark.parametrize("kind", KINDS)
def test_no_break_spaces_change_no_value(kind):
    changed = [
        place
        for place, plain, bound in with_blanks_and_without()
        if told(values(bound, kind)) != told(values(plain, kind))
    ]
    assert changed == []


MARKS = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé",
    "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
LATER = re.compile(r"(?<![qQ])(?:" + "|".join(MARKS) + r")(?!\w)")
EARLIER = re.compile(r"(?<![qQ])(?:" + "|".join(MARKS.values()) + r")(?!\w)")


@pytest.mark.parametrize(
    "phrase",
    [p for p in PHRASES if LATER.search(p.text) or EARLIER.search(p.text)],
    ids=lambda p: p.place,
)
def test_either_place_of_the_tone_mark_gives_the_same_partners(phrase: Phrase):
    back = {new: old for old, new in MARKS.items()}
    newer = LATER.sub(lambda m: MARKS[m[0]], phrase.text)
    older = EARLIER.sub(lambda m: back[m[0]], phrase.text)

    def partners(text: str) -> list[tuple[Any, ...]]:
        return [(p.ref, p.type, p.relation) for p in read_text(text).of("partners")]

    assert partners(newer) == partners(older)


@quick
@given(st.sampled_from(ONE_LINE), st.sampled_from(["", "I. ", "2. ", "III. "]))
def test_a_heading_in_capitals_is_no_task(line, number):
    # A heading is one sentence.
    heading = number + " ".join(line.split(". ")[0].rstrip(".").upper().split()[:14])
    body = "Kim ngạch hai chiều tăng đều qua các năm và cơ cấu hàng hóa ngày càng đa dạng."
    reading = read_text(f"{heading}\n{body}")
    assert [r.anchor.quote for r in reading.of("tasks")] == []


@quick
@given(st.one_of(mixed, torn))
def test_a_reading_survives_json(text):
    plain = read_text(text).to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert set(KINDS) <= set(plain)


@quick
@given(st.one_of(mixed, torn))
def test_every_record_names_its_rule_and_how_sure_it_is(text):
    for record in read_text(text).records:
        assert re.fullmatch(r"[a-z]+(?:\.[a-z_]+)+", record.rule), record.rule
        assert 0 <= record.confidence <= 1


@quick
@given(st.one_of(mixed, torn))
def test_counts_and_order_are_those_of_the_records(text):
    reading = read_text(text)
    assert sum(reading.counts().values()) == len(reading.records)
    starts = [r.anchor.start for r in reading.records]
    assert starts == sorted(starts)
