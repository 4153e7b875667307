"""Labels: how many of the records a person finds in a text are read, and how many read are real.

`gold/*.json` are our labels of the samples, in the schema of the labelled reports beside the
repository. Besides its rules: a clause that names a weakness ends at ";" or with its sentence, as
one that names a task does; the row of a task table is a task of the body that gave it; the number
of the paper itself is read, with the day of its letterhead. `floors.yml` holds what must not fall.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shared import SHARED, needs_shared
from vanban import Document, load, read
from vanban.records import KINDS
from vanban.scoring import ATTRIBUTES, Score, macro_f1, right_share, score

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
LABELS = sorted((HERE / "gold").glob("*.json"))
FLOORS: dict[str, Any] = yaml.safe_load((HERE / "floors.yml").read_text("utf-8"))
needs_labels = pytest.mark.skipif(
    not (SHARED / "eval" / "gold").is_dir(),
    reason=f"no labelled reports at {SHARED} (set DIEMCAU_SHARED)",
)
TEXTS = {
    "composed": sorted((HERE / "gold" / "composed").glob("[!q]*.json")),
    "another": sorted((HERE / "gold" / "composed").glob("q*.json")),
    "learnt": sorted((HERE / "gold" / "learnt").glob("*.json")),
    "held": sorted((HERE / "gold" / "held").glob("*.json")),
    "held2": sorted((HERE / "gold" / "held2").glob("*.json")),
}
"""Texts by kind of document, ours and those by another hand, looked at while rules change, those
whose words are weighed (decision 45), and those of both hands that are neither."""
# The bars set for labels that nobody sees here, besides those for every kind.
BARS = {
    "people": 0.96,
    "instruments": 0.98,
    "events": 0.93,
    "figures": 0.92,
    "tasks": 0.85,
    "partners": 0.95,
    "shortcomings": 0.75,
}


def labels_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def sample_of(labels: Path) -> Document:
    (path,) = (p for p in SAMPLES.glob(f"{labels.stem}.*") if p.suffix != ".py")
    return load(path)


@cache
def sample_scores() -> dict[str, Score]:
    documents = [(labels_of(path), sample_of(path)) for path in LABELS]
    return score((labels, read(d).to_dict(), d.text) for labels, d in documents)


@cache
def report_scores() -> dict[str, Score]:
    documents = [
        (labels_of(path), load(SHARED / "seeds" / f"{path.stem}.txt"))
        for path in sorted((SHARED / "eval" / "gold").glob("*.json"))
    ]
    return score((labels, read(d).to_dict(), d.text) for labels, d in documents)


def told(name: str, total: Score) -> str:
    """What a failing floor prints."""
    missed = [f"  missed   {where}: {words[:90]}" for where, words in total.missed]
    invented = [f"  invented {where}: {words[:90]}" for where, words in total.invented]
    return "\n".join([f"{name}: P {total.precision:.3f} R {total.recall:.3f}", *missed, *invented])


@cache
def text_scores(name: str) -> dict[str, Score]:
    documents = [(labels_of(path), load(path.with_suffix(".txt"))) for path in TEXTS[name]]
    return score((labels, read(d).to_dict(), d.text) for labels, d in documents)


# Our labels


def test_every_sample_is_labelled():
    documents = {
        p.stem for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html", ".docx", ".pdf")
    }
    assert {path.stem for path in LABELS} == documents


@pytest.mark.parametrize("path", LABELS, ids=lambda p: p.stem[:2])
def test_each_label_is_found_in_its_sample_and_has_the_attributes_of_its_kind(path):
    labels, text = labels_of(path), sample_of(path).text
    assert set(labels) == {"id", "published", *KINDS}
    assert labels["id"] == path.stem
    for kind in KINDS:
        for record in labels[kind]:
            assert record["quote"] in text, record["quote"]
            wanted = {a.split(".")[0] for a in ATTRIBUTES[kind]}
            assert wanted <= set(record), record["quote"]


@pytest.mark.parametrize("kind", KINDS)
def test_samples_are_read_at_least_as_well_as_before(kind):
    total, floor = sample_scores()[kind], FLOORS["samples"][kind]
    assert total.precision >= floor["precision"], told(kind, total)
    assert total.recall >= floor["recall"], told(kind, total)


def test_attributes_of_samples_are_right_at_least_as_often_as_before():
    assert right_share(sample_scores()) >= FLOORS["samples"]["attributes"]


# Texts of other kinds


@pytest.mark.parametrize(
    "path", [path for paths in TEXTS.values() for path in paths], ids=lambda p: p.stem
)
def test_each_label_of_a_text_is_found_in_it(path):
    labels, text = labels_of(path), load(path.with_suffix(".txt")).text
    assert labels["id"] == path.stem
    for kind in KINDS:
        for record in labels.get(kind, ()):
            assert record["quote"] in text, record["quote"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_read_at_least_as_well_as_before(name, kind):
    floor = FLOORS[name].get(kind)
    if floor is None:
        assert text_scores(name)[kind].labelled == 0
        return
    total = text_scores(name)[kind]
    # What is missed in a text held out is not told, so that nobody tunes to it; pytest would show
    # whatever the attributes are taken of.
    words = told(kind, total) if not name.startswith("held") else kind
    precision, recall = total.precision, total.recall
    assert precision >= floor["precision"], words
    assert recall >= floor["recall"], words


@pytest.mark.parametrize("name", TEXTS)
def test_attributes_of_texts_are_right_at_least_as_often_as_before(name):
    assert right_share(text_scores(name)) >= FLOORS[name]["attributes"]


# The labelled reports


@needs_labels
@pytest.mark.parametrize("kind", KINDS)
def test_reports_are_read_to_the_bar(kind):
    total = report_scores()[kind]
    if total.labelled == 0:
        assert total.read == 0, told(kind, total)
        return
    assert total.f1 >= max(0.9, BARS[kind]), told(kind, total)


@needs_labels
def test_reports_as_a_whole():
    assert macro_f1(report_scores()) >= max(0.95, FLOORS["reports"]["macro_f1"])
    assert right_share(report_scores()) >= max(0.88, FLOORS["reports"]["attributes"])


# The scorer


@needs_shared
@needs_labels
def test_our_scorer_pairs_as_the_schema_s_does():
    spec = importlib.util.spec_from_file_location("schema_score", SHARED / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    documents = [(labels_of(p), sample_of(p)) for p in LABELS]
    ours = sample_scores()
    # The schema's scorer knows the seven kinds that were there before commitments.
    for kind in [k for k in KINDS if k != "commitments"]:
        pairs = [
            theirs.pair(kind, labels[kind], read(d).to_dict()[kind], d.text)
            for labels, d in documents
        ]
        assert sum(map(len, pairs)) == ours[kind].paired


LABEL = {"quote": "ký 253 thỏa thuận", "value": 253, "unit": "count", "bound": "eq"}
TEXT = "Quý II ký 253 thỏa thuận; quý III ký 253 thỏa thuận khác."


def figures(*records: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"figures": list(records)}


def test_one_record_pairs_with_one_label():
    got = LABEL | {"start": 7, "end": 24}
    assert TEXT[7:24] == LABEL["quote"]
    total = score([(figures(LABEL), figures(got, got), TEXT)])["figures"]
    assert (total.labelled, total.read, total.paired) == (1, 2, 1)
    assert total.precision == 0.5
    assert total.recall == 1
    assert total.invented == [("", LABEL["quote"])]


@pytest.mark.parametrize(
    "other", [{"value": 254}, {"unit": "people"}, {"start": 0, "end": 6}], ids=str
)
def test_another_value_unit_or_place_is_another_figure(other):
    got = LABEL | {"start": 7, "end": 24} | other
    total = score([(figures(LABEL), figures(got), TEXT)])["figures"]
    assert total.paired == 0
    assert total.f1 == 0
    assert total.missed == [("", LABEL["quote"])]


def test_an_attribute_is_asked_only_where_the_label_gives_it():
    label = LABEL | {"period": None, "compares": {"kind": "yoy", "base": None}}
    got = LABEL | {"start": 7, "end": 24, "period": "2025", "compares": None, "bound": "gt"}
    total = score([(figures(label), figures(got), TEXT)])["figures"]
    assert total.asked == {"bound": 1, "compares.kind": 1}
    assert total.right == {}
    assert right_share({"figures": total}) == 0


def test_a_partner_is_found_under_any_of_its_names():
    label = {"partners": [{"quote": "Úc", "name": "Úc", "type": "country", "relation": "visited"}]}
    got = {
        "partners": [{"quote": "Australia", "name": "Australia", "mentions": ["Australia", "ÚC"]}]
    }
    assert score([(label, got, "Úc, Australia")])["partners"].paired == 1
    assert macro_f1(score([(label, got, "Úc, Australia")])) == 1
