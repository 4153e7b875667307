"""Gather what a text says was signed and promised."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from vanban.meetings.visits import day_of_visit
from vanban.patterns import Cue, regex
from vanban.readers.commitments.occasions import document_occasion, occasion_at
from vanban.readers.commitments.said import pledges, promise, promises_itself
from vanban.readers.commitments.signed import signed_texts, signing
from vanban.readers.commitments.words import cue_of
from vanban.records import Commitment, Task
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_commitments"]


def read_commitments(scan: Scan, tasks: Sequence[Task]) -> list[Commitment]:
    """What the sides of a text sign or promise, one record for each text or promise.

    Signed: every text named behind "ký", "trao"; a number of texts where they are only counted.
    Said: every promise of a side to do something itself. An order or a request to somebody else is
    a task alone.

    Source: `data/commitments.yml`; the labelling rules of `docs/reading.md`.
    Args:
        scan: the document.
        tasks: its tasks; one that its issuer is to do is a promise.
    """
    found: list[Commitment] = []
    to_come = sorted(t.anchor.start for t in tasks if _TO_SIGN.match(scan.text, t.anchor.start))
    for sentence in _speaking_of(scan, signing()):
        # A task that begins with "ký" is to sign another day.
        found += [
            c for c in signed_texts(scan, sentence) if not _is_named_by(to_come, c.anchor.start)
        ]
    for sentence in _speaking_of(scan, cue_of("pledges")):
        found += pledges(scan, sentence)
    taken = [(c.anchor.start, c.anchor.end) for c in found]
    for task in tasks:
        said = promise(scan, task) if promises_itself(task) else None
        if said is not None and not any(
            a < said.anchor.end and said.anchor.start < b for a, b in taken
        ):
            found.append(said)
    if not found:
        return []
    placed = _placed(scan, sorted(found, key=lambda c: c.anchor))
    return sorted(placed, key=lambda c: c.anchor)


def _is_named_by(to_come: list[int], at: int) -> bool:
    """Whether what begins at an offset is what a task to sign something names.

    Args:
        to_come: where such tasks begin, in order.
    """
    n = bisect_right(to_come, at)
    return n > 0 and at < to_come[n - 1] + _NAMED_NEXT


_TO_SIGN = regex(r"(?i:(?:sớm |tiếp tục |tiến tới )?ký(?: kết)?(?: tắt)?|trao(?! đổi)) ")
_NAMED_NEXT = 24
"""Code points of a task to sign something in which what is signed begins."""


def _speaking_of(scan: Scan, what: Cue) -> list[Sentence]:
    """The sentences that hold a cue, found in one pass over the text."""
    found: list[Sentence] = []
    at = 0
    for m in scan.words.find_all(what, 0, len(scan.text)):
        while at < len(scan.sentences) and scan.sentences[at].end <= m.start():
            at += 1
        if at == len(scan.sentences):
            break
        sentence = scan.sentences[at]
        if sentence.start <= m.start() and (not found or found[-1] is not sentence):
            found.append(sentence)
    return found


def _is_of_the_visit(scan: Scan, commitment: Commitment) -> bool:
    """Whether a text was signed, on its own day, in the month of the visit reported and on it."""
    began, day = scan.once(day_of_visit), commitment.date
    return began is not None and day is not None and began <= day and began[:7] == day[:7]


def _placed(scan: Scan, found: list[Commitment]) -> list[Commitment]:
    """With the occasion of each; of a text that says on which day it was signed, only the visit."""
    whole = document_occasion(scan)
    ends = [sentence.end for sentence in scan.sentences]
    placed = []
    for commitment in found:
        at = commitment.anchor.start
        if commitment.date is None and (i := bisect_right(ends, at)) < len(ends):
            told = occasion_at(scan, scan.sentences[i], at, whole)
            commitment = replace(commitment, event=told.words, date=told.day)
        elif _is_of_the_visit(scan, commitment):
            commitment = replace(commitment, event=whole.words)
        placed.append(commitment)
    return placed
