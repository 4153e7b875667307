"""The labelled sentences that words are weighed on (decision 45): where they are, and a sum of all.

The texts of `gold/learnt` were written and labelled by hands that knew no rule; the lines of its
`.tsv` files begin with "+" where the sentence names a weakness, the clause in brackets ⟦ ⟧ if one
of several does, and with "-" where it only looks so.
"""

import hashlib
from pathlib import Path

from tests.vanban.phrases import CORPUS

__all__ = ["GOLD", "WEIGHED", "digest", "sentences", "sources"]

GOLD = Path(__file__).parent / "gold"
WEIGHED = ("shortcomings", "tasks")
"""The kinds of record whose words are weighed."""


def sources() -> list[Path]:
    """The files learnt from, in order."""
    texts = [p for folder in ("composed", "learnt") for p in (GOLD / folder).glob("*.*")]
    return sorted([*texts, *(CORPUS / f"{kind}.yml" for kind in WEIGHED)])


def sentences() -> list[tuple[str, int, bool, str]]:
    """The single sentences: file, line, whether it names a weakness, words."""
    found = []
    for path in sorted((GOLD / "learnt").glob("*.tsv")):
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            sign, _, text = line.partition("\t")
            if sign not in ("+", "-") or not text:
                raise ValueError(f"{path.name}, line {n}: {line[:40]!r} is no labelled sentence")
            plain = text.replace("⟦", "").replace("⟧", "")
            found.append((path.stem, n, sign == "+", plain))
    return found


def digest() -> str:
    """What tells whether weights are of these files: SHA-256 of their names and contents."""
    whole = hashlib.sha256()
    for path in sources():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
