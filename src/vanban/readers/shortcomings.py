"""Clauses that name a weakness, an obstacle or a limitation."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import phrase_pattern
from vanban.readers.tasks.clauses import split_clauses
from vanban.records import Shortcoming, Task
from vanban.scan import Scan

__all__ = ["read_shortcomings"]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = load("shortcomings")
    strong = re.compile("|".join(f"(?<!\\w)(?:{p})(?!\\w)" for p in data["strong"]))
    return strong, phrase_pattern(data["openers"]), phrase_pattern(data["not_in"])


def read_shortcomings(scan: Scan, tasks: list[Task]) -> list[Shortcoming]:
    """The weaknesses a text admits, one per clause; what is to be done about them is a task."""
    strong, _, not_in = _patterns()
    text = scan.text
    taken = [(t.anchor.start, t.anchor.end) for t in tasks]
    found = []
    for sentence in scan.sentences:
        if sentence.heading or not strong.search(text, sentence.start, sentence.end):
            continue
        for start, end in split_clauses(text, sentence.start, sentence.end):
            m = strong.search(text, start, end)
            if m is None or any(a < m.end() and m.start() < b for a, b in taken):
                continue
            if not_in.search(text, max(start, m.start() - 45), m.start()):
                continue
            begin = _begin(text, start, m.start())
            found.append(
                Shortcoming(
                    anchor=scan.document.anchor(begin, end),
                    rule="shortcoming.cue",
                    confidence=0.7,
                    what=" ".join(text[begin:end].split()[:14]),
                )
            )
    return found


_FRAME = re.compile(
    r"(?:Tuy nhiên|Song|Dù vậy|Bên cạnh đó|Ngoài ra|Cùng với đó|Mặt khác|Đồng thời|Tuy vậy)?,?\s*"
    r"(?:[^,;:]{0,120}(?:nhìn nhận|thừa nhận|cho biết|cho rằng|nhận định|thẳng thắn|chỉ ra|chỉ rõ|nêu rõ|như|là)(?: rằng)?[:,]?\s+)?"
)


def _begin(text: str, start: int, cue: int) -> int:
    m = _FRAME.match(text, start, cue)
    return m.end() if m is not None and m.end() < cue else start
