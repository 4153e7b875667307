"""Weigh the words of labelled sentences, for `vanban.learned` (decision 45).

PYTHONPATH=src:. python bench/learn.py [--save]

Learnt from are the sentences of the labelled texts of ours that are no held-out ones, the phrases
of the corpora, and single sentences written for it (`tests/vanban/gold/learnt/*.tsv`, "+" or "-"
before each). Printed is what the words tell of texts they were not weighed on, a fifth of the
documents at a time, beside what the rules alone read. --save writes
`src/vanban/data/learned.json`.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tests.vanban.learnt import GOLD, WEIGHED, digest, sentences, sources
from tests.vanban.phrases import phrases, read_phrase

from vanban import Document, learned, load, read
from vanban.layers import Layers
from vanban.learned import features
from vanban.words import Words

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "vanban" / "data" / "learned.json"
STRENGTH = 0.3
"""Inverse of how much a weight costs: chosen among 0.03, 0.1, 0.3 and 1 by the fifths."""
LEAST = 2
"""Sentences a word or pair stands in before it is weighed."""
SMALLEST = 2
"""Hundredths; a smaller weight is left out."""
FOLDS = 5


class Row(NamedTuple):
    """A sentence: whether a person labelled it, its words, whether a rule read it, its document."""

    is_one: bool
    told: frozenset[str]
    is_read: bool
    document: str


def main(arguments: Sequence[str]) -> int:
    """Print how well the words tell, and keep their weights."""
    kept = {}
    # Where every weight is nothing, the rules alone decide.
    learned.weights = lambda _kind: learned.Weights(0, {}, {})
    for kind in WEIGHED:
        rows = rows_of(kind)
        _print_folds(kind, rows)
        kept[kind] = _weights(*_fit(rows))
        n = len(kept[kind].words) + sum(map(len, kept[kind].pairs.values()))
        print(f"{n} weights from {len(rows)} sentences\n")
    if "--save" in arguments:
        content = {"learnt_from": digest(), "weights": kept}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        WEIGHTS.write_text(text + "\n", "utf-8")
    return 0


def rows_of(kind: str) -> list[Row]:
    """The labelled sentences for a kind of record."""
    alone = _of_sentences() if kind == "shortcomings" else []
    return [*_of_texts(kind), *_of_phrases(kind), *alone]


def _of_texts(kind: str) -> list[Row]:
    rows = []
    for path in (p for p in sources() if p.suffix == ".json"):
        labels: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if kind not in labels:
            continue
        document = load(path.with_suffix(".txt"))
        layers = Layers(document)
        labelled = [document.text.find(one["quote"]) for one in labels[kind]]
        found = [one.anchor.start for one in read(document).of(kind)]
        for s in layers.sentences:
            rows.append(
                Row(
                    any(s.start <= at < s.end for at in labelled),
                    frozenset(features(layers.words, s.start, s.end)),
                    any(s.start <= at < s.end for at in found),
                    path.stem,
                )
            )
    return rows


def _of_phrases(kind: str) -> list[Row]:
    """The sentences of the corpus of a kind; not of phrases whose records it does not quote."""
    rows = []
    for phrase in phrases(kind):
        expected = phrase.expected.get(kind)
        if expected is None or any("says" not in one for one in expected):
            continue
        reading = read_phrase(phrase)
        layers = Layers(reading.document)
        found = [one.anchor.start for one in reading.of(kind)]
        for s in layers.sentences:
            text = layers.text[s.start : s.end]
            told = frozenset(features(layers.words, s.start, s.end))
            is_read = any(s.start <= at < s.end for at in found)
            rows.append(Row(any(o["says"] in text for o in expected), told, is_read, phrase.place))
    return rows


def _of_sentences() -> list[Row]:
    rows = []
    for file, n, is_one, text in sentences():
        is_read = bool(read(Document.from_text(text)).of("shortcomings"))
        told = frozenset(features(Words(text), 0, len(text)))
        rows.append(Row(is_one, told, is_read, f"{file}:{n // 25}"))
    return rows


def _fit(rows: Sequence[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    seen: dict[str, int] = {}
    for row in rows:
        for one in row.told:
            seen[one] = seen.get(one, 0) + 1
    names = DictVectorizer()
    counts = names.fit_transform([{o: 1 for o in r.told if seen[o] >= LEAST} for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced")
    return names, model.fit(counts, [row.is_one for row in rows])


def _weights(names: DictVectorizer, model: LogisticRegression) -> learned.Weights:
    words: dict[str, int] = {}
    pairs: dict[str, dict[str, int]] = {}
    for name, weight in zip(names.get_feature_names_out(), model.coef_[0], strict=True):
        hundredths = round(100 * float(weight))
        if abs(hundredths) < SMALLEST:
            continue
        first, _, second = str(name).partition(" ")
        if second:
            pairs.setdefault(first, {})[second] = hundredths
        else:
            words[first] = hundredths
    return learned.Weights(round(100 * float(model.intercept_[0])), words, pairs)


def _print_folds(kind: str, rows: Sequence[Row]) -> None:
    documents = sorted({row.document for row in rows})
    fold_of = {name: at % FOLDS for at, name in enumerate(documents)}
    chance = np.zeros(len(rows))
    for fold in range(FOLDS):
        names, model = _fit([r for r in rows if fold_of[r.document] != fold])
        left = [at for at, r in enumerate(rows) if fold_of[r.document] == fold]
        told = names.transform([dict.fromkeys(rows[at].told, 1) for at in left])
        chance[left] = model.predict_proba(told)[:, 1]
    for name, of in (
        ("all", lambda _r: True),
        ("the texts learnt from, read at first sight", _is_of_a_new_text),
    ):
        at = [i for i, r in enumerate(rows) if of(r)]
        if at:
            _print_part(f"{kind}, {name}", [rows[i] for i in at], chance[at])


def _is_of_a_new_text(row: Row) -> bool:
    return (GOLD / "learnt" / f"{row.document}.json").is_file()


def _print_part(name: str, rows: Sequence[Row], chance: np.ndarray) -> None:
    truth = np.array([r.is_one for r in rows])
    ruled = np.array([r.is_read for r in rows])
    print(
        f"{name}: {len(rows)} sentences, {truth.sum()} labelled, "
        f"AUC {roc_auc_score(truth, chance):.3f}; rules {_told(truth, ruled)}"
    )
    added = [f"{at:.2f} {_told(truth, ruled | (chance > at))}" for at in (0.6, 0.7, 0.8, 0.9)]
    kept = [f"{at:.2f} {_told(truth, ruled & (chance >= at))}" for at in (0.05, 0.1, 0.15, 0.2)]
    print(f"  added from {'  '.join(added)}")
    print(f"  kept from  {'  '.join(kept)}")


def _told(truth: np.ndarray, found: np.ndarray) -> str:
    right = (truth & found).sum()
    precision, recall = right / max(found.sum(), 1), right / max(truth.sum(), 1)
    return f"{precision:.3f}/{recall:.3f} = {2 * precision * recall / (precision + recall):.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
