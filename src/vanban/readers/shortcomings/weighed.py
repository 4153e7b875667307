"""What the words of a sentence, weighed on labelled texts, say of weaknesses: decision 45."""

from collections.abc import Callable

from vanban.learned import chance
from vanban.patterns import regex
from vanban.readers.shortcomings.sections import is_heading
from vanban.readers.tasks.clauses import split_clauses
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["weigh"]

_FROM = 0.8
"""The least chance from which words alone name a weakness."""
_CLAUSE = 0.4
"""The least chance of a clause beside others in its sentence."""
_BESIDE = 0.6
"""The same where a rule found one in the sentence, which may be all that it tells."""
_SHORTEST = 30
"""Code points; fewer are a label."""


def weigh(
    scan: Scan, sentence: Sentence, is_free: Callable[[int, int], bool], *, alone: bool
) -> list[tuple[int, int]]:
    """The clauses of a sentence that name a weakness by their words, as half-open runs.

    Args:
        scan: the document.
        sentence: one of its sentences.
        is_free: whether a run is no task, and no rule found a weakness in it.
        alone: whether no rule found one in the sentence.
    """
    start, end = sentence.start, sentence.end
    likely = chance("shortcomings", scan.words, start, end) >= _FROM
    if not likely or sentence.asks(scan.text) or is_heading(scan, sentence):
        return []
    clauses = split_clauses(scan.text, start, end)
    weighed = [
        (1.0 if len(clauses) == 1 else chance("shortcomings", scan.words, a, b), a, b)
        for a, b in clauses
        if b - a >= _SHORTEST
    ]
    return [
        (a, b)
        for one, a, b in weighed
        if one >= (_CLAUSE if alone else _BESIDE)
        and is_free(a, b)
        and not _IS_IN_FAVOUR.search(scan.text, a, b)
    ]


_IS_IN_FAVOUR = regex(r"(?<!\w)(?:có|là|tạo)(?: \w+)? (?:lợi thế|cơ hội|dịp) (?:khi|vì|do|nhờ) ")
"""What befalls others, to our advantage: "ta có lợi thế khi đối thủ bị áp thuế"."""
