"""Countries called by another name: "xứ cờ hoa", "đất nước tỷ dân"."""

from functools import cache

from vanban.data import load
from vanban.directory.rows import partners
from vanban.patterns import Cue, cue
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.topics import first_name
from vanban.scan import Scan

__all__ = ["called"]


@cache
def _nicknames() -> tuple[Cue, dict[str, str]]:
    rows = {name: ref for ref, names in load("figures")["nicknames"].items() for name in names}
    return cue(rows), rows


def _named(scan: Scan) -> frozenset[str]:
    """The partners a text names, by their keys."""
    return frozenset(p.ref for p in scan.partners)


def called(m: Mention) -> str | None:
    """The country that a nickname before a figure stands for, as the text first calls it.

    Source: `data/figures.yml`.
    Returns:
        None where no nickname stands in the clause, or a country is named behind it.
    """
    what, rows = _nicknames()
    said = list(m.scan.words.find_all(what, m.clause_from(m.left), m.q.start))
    if not said or m.scan.partners_between(said[-1].end(), m.q.start):
        return None
    ref = rows[said[-1][0]]
    if ref in m.scan.once(_named):
        return first_name(m.scan, ref)
    entry = partners().get(ref)
    return entry.name if entry is not None else None
