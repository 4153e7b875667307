"""Move the open phrases that are read by now to the files of their matter.

    python -m tests.vanban.settle

A row leaves `corpus/open.yml` without its `why` and stands at the end of the file of the first kind
of record it speaks of.
"""

import re

from tests.vanban.phrases import CORPUS, amiss, phrases
from vanban.records import KINDS

__all__ = ["settle"]


def settle() -> int:
    """Move the rows; returns how many went."""
    path = CORPUS / "open.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if line.startswith("  - ")]
    ends = [*starts[1:], len(lines)]
    chunks = {start + 1: lines[start:end] for start, end in zip(starts, ends, strict=True)}
    moved = 0
    for phrase in phrases("open"):
        if amiss(phrase):
            continue
        chunk = "".join(chunks.pop(phrase.line))
        kind = next(kind for kind in KINDS if kind in phrase.expected)
        target = CORPUS / f"{kind}.yml"
        row = re.sub(r"(?m)^    why: .*\n", "", chunk)
        if phrase.published is not None and "\n    published:" not in row:
            row = row.rstrip("\n") + f'\n    published: "{phrase.published}"\n'
        target.write_text(target.read_text("utf-8").rstrip("\n") + "\n" + row, "utf-8")
        moved += 1
    head = "".join(lines[: starts[0]])
    path.write_text(head + "".join("".join(chunk) for chunk in chunks.values()), "utf-8")
    return moved


if __name__ == "__main__":
    settle()
