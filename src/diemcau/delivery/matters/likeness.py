"""How alike two clauses are: telling words shared, and the longest run of words in common.

Marks and the place of tone marks do not count (both are folded away), so "thoả thuận", "thỏa
thuận" and "THOA THUAN" are the same words.
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from vanban.letters import fold

__all__ = [
    "clause_end",
    "containment",
    "gram_hash",
    "grams",
    "is_office_talk",
    "longest_run",
    "syllables",
]

_SYLLABLE = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[;\n]|[.!?…](?=\s|$)")
_LONGEST_CLAUSE = 800

_OFFICE = frozenset(
    fold(
        "các bộ ngành địa phương cơ quan đơn vị Trung ương Thủ tướng Chính phủ Phó Bộ trưởng "
        "yêu cầu đề nghị giao chỉ đạo nhấn mạnh tiếp tục đẩy mạnh tăng cường triển khai thực hiện "
        "chủ động tích cực quyết liệt khẩn trương kịp thời đồng bộ hiệu quả thực chất nâng cao "
        "phối hợp chặt chẽ tập trung trong thời gian tới năm tháng đầu cuối "
        "công tác nhiệm vụ trọng tâm và với của về cho để là có được đã cần phải sẽ cũng như những "
        "một số này đó trên theo từ tại ở nhất việc"
    ).split()
)
"""Syllables every such report is full of; a run of nothing else is a habit, not a matter."""


def clause_end(text: str, start: int, end: int) -> int:
    """Where the clause that holds text[start:end] stops: at ";", a sentence's or a line's end.

    Args:
        text: NFC text of the document.
        start: begin of the statement, in code points.
        end: its end; the clause never stops before it, nor goes on for more than 800 beyond start.
    """
    match = _CLAUSE_END.search(text, end, max(end, start + _LONGEST_CLAUSE))
    return match.start() if match else max(end, min(len(text), start + _LONGEST_CLAUSE))


def syllables(text: str) -> list[tuple[str, int, int]]:
    """The folded syllables of a text, each with its half-open offsets in it."""
    return [(fold(m[0]), m.start(), m.end()) for m in _SYLLABLE.finditer(text)]


def grams(words: Sequence[str]) -> set[str]:
    """The single words and the pairs of neighbours of a clause."""
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def is_office_talk(gram: str) -> bool:
    """Whether a word or run of words has only such words as every report has."""
    return all(word in _OFFICE for word in gram.split())


def gram_hash(gram: str) -> int:
    """A signed 64-bit number for a gram, the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), signed=True)


def containment(left: set[int], right: set[int], weight: Callable[[int], float]) -> float:
    """Share of the lighter clause's weight that the other one has too.

    Args:
        left: grams of one clause.
        right: grams of the other.
        weight: how telling a gram is: its inverse document frequency.
    Returns:
        0..1; 0 if either is empty.
    """
    smaller = min(_weigh(left, weight), _weigh(right, weight))
    return min(1.0, _weigh(left & right, weight) / smaller) if smaller else 0.0


def _weigh(some: Iterable[int], weight: Callable[[int], float]) -> float:
    # Summed exactly, so that the order of a set never changes a score.
    return math.fsum(weight(gram) for gram in some)


def longest_run(left: Sequence[str], right: Sequence[str]) -> tuple[int, int, int]:
    """The longest run of words both clauses have, by dynamic programming over word pairs.

    Returns:
        (start in left, start in right, number of words); (0, 0, 0) if they share no word. Of
        several longest the first in `left` wins.
    """
    best = (0, 0, 0)
    previous: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for j, word in enumerate(right):
        places.setdefault(word, []).append(j)
    for i, word in enumerate(left):
        current: dict[int, int] = {}
        for j in places.get(word, ()):
            current[j] = length = previous.get(j - 1, 0) + 1
            if length > best[2]:
                best = (i - length + 1, j - length + 1, length)
        previous = current
    return best
