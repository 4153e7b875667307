"""Whole readings of some fourteen hundred texts, one a line, to compare two versions of the engine.

PYTHONPATH=src:. python bench/same.py FILE

A change that must not change what is read is shown by this command before and after it, and `cmp`
of the two files. The texts are the samples, the labelled texts, the seeds if they are at hand, the
pages of furniture, the phrases of the corpora, and of these: phrases put together, pieces cut out
and shuffled, and letters changed at random, the same every time.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from tests.vanban.pages import compose

from vanban import Document, load, load_bytes, read

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("DIEMCAU_SHARED", ROOT / ".." / "shared"))
PAGES = 120
TOGETHER, SHUFFLED, SPOILT = 300, 150, 100
MARKS = [",", ";", "(", ")", ".", " ", "  ", "\n", "\u00a0", ":", "“", "7", "Đ", "%", "-", "–", "/"]
READABLE = (".txt", ".html", ".docx", ".pdf")


def main(path: str) -> int:
    """Write the readings and say how many there are."""
    n = 0
    with Path(path).open("w", encoding="utf-8") as out:
        for name, document in documents():
            blocks = [(b.start, b.end, b.kind) for b in document.blocks]
            told = [read(document).to_dict(), blocks, document.title, document.published]
            out.write(f"{name}\t{json.dumps(told, ensure_ascii=False)}\n")
            n += 1
    print(f"{n} readings in {path}")
    return 0


def documents() -> Iterator[tuple[str, Document]]:
    """Every document, with a name that says where it is from."""
    files = [p for p in sorted((ROOT / "samples").iterdir()) if p.suffix in READABLE]
    files += sorted((ROOT / "tests" / "vanban" / "gold").glob("*/*.txt"))
    files += sorted((SHARED / "seeds").glob("*.txt"))
    whole = [(f"{p.parent.name}/{p.name}", load(p)) for p in files]
    yield from whole
    for seed in range(PAGES):
        page = compose(seed)
        yield f"page {seed}", load_bytes(page.data, name=page.name)
    phrases = list(_phrases())
    for name, text in [*phrases, *_made(phrases, [d.text for _, d in whole])]:
        yield name, Document.from_text(text)


def _phrases() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests" / "vanban" / "corpus").glob("*.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for n, row in enumerate(data.get("rows", ())):
            yield f"{path.stem} {n}", row["text"]


def _made(phrases: list[tuple[str, str]], texts: list[str]) -> Iterator[tuple[str, str]]:
    chance = random.Random(7)
    rows = [text for _, text in phrases]
    words = " \n".join(texts).split(" ")
    for n in range(TOGETHER):
        yield f"together {n}", "\n".join(chance.choices(rows, k=chance.randint(2, 25)))
    for n in range(SHUFFLED):
        cuts = [chance.randrange(len(words)) for _ in range(chance.randint(3, 30))]
        pieces = [" ".join(words[at : at + chance.randint(1, 12)]) for at in cuts]
        yield f"shuffled {n}", " ".join(pieces)
    for n in range(SPOILT):
        letters = list(" ".join(chance.choices(rows, k=2)))
        for _ in range(chance.randint(1, 12)):
            letters[chance.randrange(len(letters))] = chance.choice(MARKS)
        yield f"spoilt {n}", "".join(letters)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
