"""Confidence: shares that never fall as the stated one rises, and that are kept where shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.test_gold import LABELS, TEXTS, labels_of, sample_of
from vanban import Document, read
from vanban import load as load_file
from vanban.confidence import HIGH, MEDIUM, Calibration, level_of, mark_of
from vanban.data import load
from vanban.reading import read_as_stated
from vanban.records import KINDS
from vanban.scoring import verdicts

rows = st.tuples(
    st.sampled_from(["a", "b", "a+x", "c+x+y"]),
    st.integers(500, 990),
    st.integers(0, 40),
    st.integers(0, 40),
)


def counted(rows):
    """Counts of some records that were right and some that were not."""
    found = {}
    for mark, stated, right, wrong in rows:
        if right + wrong:
            found.setdefault(mark, {})[stated] = (right, right + wrong)
    return found


shares = st.floats(0, 1)


@given(st.lists(rows, max_size=6), shares, shares, st.sampled_from(["a", "b+x", "new"]))
def test_a_share_is_one_and_never_falls_as_the_stated_one_rises(rows, one, other, mark):
    calibration = Calibration(counted(rows))
    low, high = sorted((one, other))
    assert 0 <= calibration.share(mark, low) <= calibration.share(mark, high) <= 1


@given(shares)
def test_a_kind_nobody_labelled_keeps_what_its_readers_state(stated):
    assert Calibration({}).share("a", stated) == stated


def test_a_rule_that_errs_is_believed_less_the_more_often_it_was_seen():
    few = Calibration({"good": {900: (90, 100)}, "bad": {900: (0, 2)}})
    many = Calibration({"good": {900: (90, 100)}, "bad": {900: (0, 60)}})
    assert many.share("bad", 0.9) < few.share("bad", 0.9) < few.share("good", 0.9)


def test_shares_come_of_first_readings_where_there_are_enough():
    tuned = {"a": {850: (99, 100)}}
    assert Calibration(tuned, {850: (60, 100)}).share("a", 0.85) < 0.75
    assert Calibration(tuned, {850: (6, 10)}).share("a", 0.85) > 0.9


def test_first_readings_are_of_texts_that_are_labelled():
    names = {path.stem for paths in TEXTS.values() for path in paths}
    here = {name for name in load("first_readings") if not name.startswith("elsewhere.")}
    assert here <= names


def test_the_words_for_a_confidence():
    assert [level_of(c) for c in (1, HIGH, HIGH - 0.01, MEDIUM, MEDIUM - 0.01, 0)] == [
        *("high", "high", "medium", "medium", "low", "low")
    ]


def test_what_is_counted_is_of_this_reader():
    rules = {
        (kind, rule.split("+")[0]) for kind, rows in load("confidence").items() for rule in rows
    }
    read_now = {
        (kind, record["rule"])
        for path in LABELS
        for kind, records in read_as_stated(sample_of(path)).to_dict().items()
        if kind in KINDS
        for record in records
    }
    missing = read_now - rules
    assert not missing, f"count again: python bench/confidence.py --write ({sorted(missing)[:3]})"


def test_records_called_sure_are_right_nine_times_in_ten():
    right = {"high": [], "medium": [], "low": []}
    for path in LABELS:
        document = sample_of(path)
        labels, got = labels_of(path), read(document).to_dict()
        for kind in KINDS:
            for record, is_right in zip(
                got[kind], verdicts(kind, labels, got, document.text), strict=True
            ):
                right[level_of(record["confidence"])].append(is_right)
    shares = {level: sum(all_) / len(all_) for level, all_ in right.items()}
    assert shares["high"] >= HIGH
    assert shares["high"] > shares["medium"]


def test_figures_called_sure_are_right_in_value_unit_bound_and_period():
    documents = [(labels_of(p), sample_of(p)) for p in LABELS]
    documents += [(labels_of(p), load_file(p.with_suffix(".txt"))) for p in TEXTS["composed"]]
    sure = []
    for labels, document in documents:
        got = read(document).to_dict()
        judged = zip(got["figures"], verdicts("figures", labels, got, document.text), strict=True)
        sure += [is_right for f, is_right in judged if level_of(f["confidence"]) == "high"]
    # Enough for the share to mean something; how many are sure is for the first readings to say.
    assert len(sure) >= 75
    assert sum(sure) / len(sure) >= 0.95


TEXT = "Kim ngạch xuất khẩu năm 2024 của Việt Nam ước đạt 403 tỷ USD."


def test_a_record_on_words_recognised_with_doubt_is_not_sure():
    plain = Document.from_text(TEXT)
    at = TEXT.index("403")
    (sure,) = read(plain).of("figures")
    blurred = Document(plain.text, plain.blocks, recognised=True, unsure=((at, at + 3),))
    scanned = Document(plain.text, plain.blocks, recognised=True)
    (doubtful,), (recognised,) = read(blurred).of("figures"), read(scanned).of("figures")
    assert doubtful.confidence <= 0.5
    assert level_of(recognised.confidence) != "high"
    assert recognised.confidence <= sure.confidence


@pytest.mark.parametrize(
    ("record", "mark"),
    [
        ({"rule": "task.ask"}, "task.ask"),
        ({"rule": "figure.usd", "period_inferred": True, "measure": "other"},
         "figure.usd+guessed+unnamed"),
    ],
)  # fmt: skip
def test_a_figure_is_counted_with_what_tells_it_from_others(record, mark):
    assert mark_of(record) == mark
