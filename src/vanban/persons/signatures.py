"""Who signed a document: a name alone on its line, an office in capitals above it."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER, is_vietnamese_syllable
from vanban.patterns import alternation, regex
from vanban.persons.words import TOKEN, PersonMention, lexicon

__all__ = ["find_signatures"]

_SIGNED_BLOCKS = 14
"""Blocks at the end of a document in which its signature stands."""

_SIGNATURE = regex(rf"(?:^ *| {{3,}}|\| )((?:{TOKEN} ){{1,3}}{TOKEN}) *$")
_SIGNED_OFFICE = regex(rf"(?:^ *| {{3,}}|\| )([{UPPER}][{UPPER} ,./]{{5,80}}) *$")


_CELL = regex(
    rf"\| [^|]*[{UPPER}] (?:\([^()|]{{2,30}}\) )?(?P<name>(?:{TOKEN} ){{1,3}}{TOKEN}) *\|? *$"
)
"""Office and name in one cell of a row, as pages saved as plain text give the foot of a paper."""


def find_signatures(layers: Layers) -> list[PersonMention]:
    """The signatory of an official document: a name alone, under an office in capitals."""
    text, blocks = layers.text, layers.document.blocks
    found = []
    for at in range(max(1, len(blocks) - _SIGNED_BLOCKS), len(blocks)):
        line = text[blocks[at].start : blocks[at].end][-_LONGEST_LINE:]
        if blocks[at].kind == "row" and (cell := _CELL.search(line)) is not None:
            offices = [*_office_in_capitals().finditer(line, cell.start(), cell.start("name"))]
            if offices and _is_a_name(cell["name"]):
                start = blocks[at].end - len(line) + cell.start("name")
                found.append(_mention(start, cell["name"], offices[-1][0]))
            continue
        # A name stands alone on its line, or in a column of its own.
        if len(line) > _LONGEST_NAME and "|" not in line and "   " not in line:
            continue
        name = _SIGNATURE.search(line)
        if name is None or not _is_a_name(name[1]):
            continue
        for above in range(at - 1, max(at - 5, -1), -1):
            line = text[blocks[above].start : blocks[above].end][-_LONGEST_LINE:]
            if (office := _SIGNED_OFFICE.search(line)) is not None:
                end = blocks[at].end - (len(name.string) - name.end(1))
                found.append(_mention(end - len(name[1]), name[1], office[1]))
                break
    return found


@cache
def _office_in_capitals() -> re.Pattern[str]:
    """An office as it stands above a signature: "KT. BỘ TRƯỞNG THỨ TRƯỞNG" has two."""
    words = alternation([word.upper() for word in load("titles")["signed"]])
    return regex(rf"(?<!\w)(?:PHÓ )?(?:{words})(?!\w)")


def _is_a_name(words: str) -> bool:
    syllables = words.split()
    known = not words.isupper() and syllables[0] in lexicon().surnames
    if _NUMERAL.fullmatch(syllables[-1]):
        # "Chương I"
        return False
    return known and all(map(is_vietnamese_syllable, syllables))


def _mention(start: int, name: str, office: str) -> PersonMention:
    """Who signed, by the place of the name and the office in capitals."""
    if _FOR_ANOTHER.match(office):
        # "KT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM": the last one is the signatory's.
        # "T/M BAN BÍ THƯ" is a body.
        own = [
            m[0]
            for m in _office_in_capitals().finditer(office)
            if not office.endswith("BAN ", 0, m.start())
        ]
        offices = own[-1:]
    else:
        offices = office.split(",")
    titles = [o.strip(" .").capitalize() for o in offices if o.strip(" .")]
    titles = [lexicon().signed.sub(lambda m: m[0].capitalize(), title) for title in titles]
    return PersonMention(start, start + len(name), start, name, tuple(titles))


_NUMERAL = regex(r"[IVX]+")
_FOR_ANOTHER = regex(r"(?:KT|TM|TL|TUQ|T/M|K/T)[./ ]")


_LONGEST_NAME = 60
_LONGEST_LINE = 300
"""Code points at the end of a line in which a signature is looked for."""
