"""Clauses that name a weakness, an obstacle or a limitation."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation
from vanban.readers.tasks.clauses import split_clauses
from vanban.records import Shortcoming, Task
from vanban.scan import Scan

__all__ = ["read_shortcomings"]


@cache
def _cues() -> re.Pattern[str]:
    rows = load("shortcomings")["cues"]
    return re.compile("|".join(f"(?P<{row['id']}>(?<!\\w)(?i:{row['pattern']}))" for row in rows))


@cache
def _triggers() -> re.Pattern[str]:
    words = load("shortcomings")["triggers"]
    return re.compile(alternation({f for w in words for f in (w, w[0].upper() + w[1:])}))


@cache
def _phrases(name: str) -> re.Pattern[str]:
    words = alternation(load("shortcomings")[name])
    return re.compile(rf"(?<!\w)(?i:{words})(?!\w)")


def read_shortcomings(scan: Scan, tasks: list[Task]) -> list[Shortcoming]:
    """The weaknesses a text admits, one per clause; what is to be done about them is a task.

    Source: `data/shortcomings.yml`.
    """
    text = scan.text
    taken = sorted((t.anchor.start, t.anchor.end) for t in tasks)
    found: list[Shortcoming] = []
    section = False
    for sentence in scan.sentences:
        words = scan.sentence_text(sentence)
        if _is_heading(scan, sentence.start, sentence.end, heading=sentence.heading):
            section = (
                _phrases("openers").search(words) is not None and "nhiệm vụ" not in words.lower()
            )
            continue
        listed = False
        for n, (start, end) in enumerate(split_clauses(text, sentence.start, sentence.end)):
            colon = re.compile(r":\s").search(text, start, end) if n == 0 else None
            if colon is not None and _phrases("openers").search(text, start, colon.start()):
                listed = True
                start = colon.end()
            if any(a < end and start < b for a, b in taken):
                continue
            rule = _rule(text, start, end, listed=listed, section=section)
            if rule is None:
                continue
            begin = _begin(text, start, end)
            found.append(
                Shortcoming(
                    anchor=scan.document.anchor(begin, end),
                    rule=f"shortcoming.{rule}",
                    confidence=0.6 if rule in ("only", "hard", "section") else 0.75,
                    what=" ".join(text[begin:end].split()[:14]),
                )
            )
    return found


def _is_heading(scan: Scan, start: int, end: int, *, heading: bool) -> bool:
    words = scan.text[start:end].strip()
    return heading or (
        len(words) < 90
        and not re.search(r"[.;,…]$", words)
        and (
            words.isupper() or re.match(r"(?:\d+(?:\.\d+)*|[IVX]+|[a-z])[.)]\s", words) is not None
        )
    )


def _rule(text: str, start: int, end: int, *, listed: bool, section: bool) -> str | None:
    """The cue by which a clause names a weakness; None if it does not."""
    if _phrases("world").search(text, start, min(end, start + 60)):
        return None
    cues = _cues().finditer(text, start, end) if _triggers().search(text, start, end) else ()
    for m in cues:
        turn = _TURN.search(text, start, m.start())
        if _phrases("not_in").search(
            text, max(turn.end() if turn else start, m.start() - 34), m.start()
        ):
            continue
        return m.lastgroup
    if listed and end - start > 18:
        return "list"
    if (
        section
        and end - start > 24
        and not re.match(r"(?i)nguyên nhân|trong đó|cụ thể", text[start:end])
    ):
        return "section"
    return None


_TURN = re.compile(r"(?<!\w)(?:song|nhưng|tuy nhiên)(?!\w)(?! song)")
_FRAME = re.compile(
    r"(?:[-–+•]\s*)?(?:(?:Tuy nhiên|Song|Dù vậy|Bên cạnh đó|Ngoài ra|Cùng với đó|Mặt khác|Đồng thời|Tuy vậy|Thực tế|Thực tế cho thấy),?\s*)?"
    r"(?:[^,;:]{0,120}?(?:nhìn nhận|thừa nhận|cho biết|cho rằng|nhận định|thẳng thắn chỉ ra|chỉ ra|chỉ rõ|nêu rõ)(?: rằng)?[:,]?\s+)?"
)


def _begin(text: str, start: int, end: int) -> int:
    m = _FRAME.match(text, start, end)
    return m.end() if m is not None and m.end() < end - 10 else start
