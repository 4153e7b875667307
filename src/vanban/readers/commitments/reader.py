"""Gather what a text says was signed and promised."""

from collections.abc import Sequence

from vanban.readers.commitments.occasions import document_occasion
from vanban.readers.commitments.said import pledges, promise, promises_itself
from vanban.readers.commitments.signed import signed_texts, signing
from vanban.readers.commitments.words import cue_of
from vanban.records import Commitment, Task
from vanban.scan import Scan

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
    own = [task for task in tasks if promises_itself(task)]
    words = scan.words
    sentences = [
        s
        for s in scan.sentences
        if words.has(signing(), s.start, s.end) or words.has(cue_of("pledges"), s.start, s.end)
    ]
    if not own and not sentences:
        return []
    occasion = document_occasion(scan)
    found: list[Commitment] = []
    for sentence in sentences:
        found += signed_texts(scan, sentence, occasion)
        found += pledges(scan, sentence, occasion)
    taken = [(c.anchor.start, c.anchor.end) for c in found]
    for task in own:
        said = promise(scan, task, occasion)
        if said is not None and not any(
            a < said.anchor.end and said.anchor.start < b for a, b in taken
        ):
            found.append(said)
    return sorted(found, key=lambda c: c.anchor)
