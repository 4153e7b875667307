"""The one country a short text tells of, where a sentence of its own names nobody."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.topics import first_name

__all__ = ["lone_partner"]

_HEAD = 300
"""Code points in which a text on one market names it."""
_OF_THE_WHOLE = regex(
    r"(?<!\w)(?:[Cc]ả nước|[Tt]oàn quốc|[Tt]oàn ngành|thế giới|toàn cầu|các thị trường"
    r"|(?:của|[Cc]ủa) (?:Việt Nam|nước ta)(?! (?:sang|vào|với|tại|ở|đi|cho|từ|đến|tới))(?!\w))"
)
"""What the sentence tells is of the whole country, or of all its markets."""
_IT_IS = regex(
    r"(?:(?:sang|vào|với|từ|tại|ở|giữa|của|đến|tới|cho|và|[-–])(?: (?:thị trường|nước))? ?"
    r"|[Tt]hị trường |^)$"
)
"""Before a country, what makes a text one on trade with it."""


def lone_partner(m: Mention) -> str | None:
    """The only country or bloc a text names, named at its head with trade or capital of ours.

    None where the sentence speaks of the whole country, or of a province.
    """
    named = [p for p in m.scan.partners if p.type in ("country", "bloc")]
    if not named or len({p.ref for p in named}) > 1 or m.scan.places:
        return None
    first = named[0]
    start = m.scan.document.blocks[0].start
    if first.start > start + _HEAD or first.start > m.q.start:
        return None
    end = m.text.find(";", m.q.end, m.stop)
    end = min(m.q.end + _BEHIND, m.stop if end < 0 else end)
    if _OF_THE_WHOLE.search(m.text, m.clause, end):
        return None
    if _IT_IS.search(m.text[max(start, first.start - _BEFORE) : first.start]) is None:
        return None
    return first_name(m.scan, first.ref)


_BEHIND = 40
_BEFORE = 24
