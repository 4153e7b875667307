"""Which clause of a document a place stands in: "3.b", by the numbers its lines begin with."""

import re

__all__ = ["clause_of"]

_NUMBER = re.compile(
    r"^\s*(?:Điều\s+(\d{1,3})[.:]?|([IVX]{1,5})[.)]|(\d{1,2}(?:\.\d{1,2})*)[.)]|([a-zđ])[.)])\s",
    re.M,
)
_DEPTH = {1: 0, 2: 0, 3: 1, 4: 2}
"""Articles and Roman parts hold numbers, and numbers hold letters."""


def clause_of(text: str, place: int) -> str:
    """The number of the clause a place of a text stands in.

    Source: Nghị định 30/2020/NĐ-CP, appendix I: part, article, clause (1.), point (a)).
    Args:
        text: the whole text.
        place: offset in code points.
    Returns:
        "3.b", "II.4", "Điều 5.2.a"; "" if no line before numbers it.
    """
    stop = text.find("\n", place)
    found: dict[int, str] = {}
    for match in _NUMBER.finditer(text, 0, stop if stop >= 0 else len(text)):
        if match.start() > place:
            break
        group = match.lastindex or 0
        label = match.group(group)
        depth = _DEPTH[group]
        found = {d: kept for d, kept in found.items() if d < depth}
        found[depth] = f"Điều {label}" if group == 1 else label
    return ".".join(found[depth] for depth in sorted(found))[:40]
