"""Who signed a document: a name alone on its line, an office in capitals above it."""

import re

from vanban.layers import Layers
from vanban.letters import UPPER, is_vietnamese_syllable
from vanban.person_words import TOKEN, PersonMention, lexicon

__all__ = ["find_signatures"]

_SIGNED_BLOCKS = 14
"""Blocks at the end of a document in which its signature stands."""

_SIGNATURE = re.compile(rf"(?:^ *| {{3,}}|\| )((?:{TOKEN} ){{1,3}}{TOKEN}) *$")
_SIGNED_OFFICE = re.compile(rf"(?:^ *| {{3,}}|\| )([{UPPER}][{UPPER} ]{{5,50}}) *$")


def find_signatures(layers: Layers) -> list[PersonMention]:
    """The signatory of an official document: a name alone, under an office in capitals."""
    text, blocks = layers.text, layers.document.blocks
    found = []
    for at in range(max(1, len(blocks) - _SIGNED_BLOCKS), len(blocks)):
        line = text[blocks[at].start : blocks[at].end][-_LONGEST_LINE:]
        # A name stands alone on its line, or in a column of its own.
        if len(line) > _LONGEST_NAME and "|" not in line and "   " not in line:
            continue
        name = _SIGNATURE.search(line)
        if name is None or name[1].isupper():
            continue
        syllables = name[1].split()
        if syllables[0] not in lexicon().surnames:
            continue
        if not all(map(is_vietnamese_syllable, syllables)):
            continue
        for above in range(at - 1, max(at - 5, -1), -1):
            line = text[blocks[above].start : blocks[above].end][-_LONGEST_LINE:]
            if (office := _SIGNED_OFFICE.search(line)) is not None:
                end = blocks[at].end - (len(name.string) - name.end(1))
                start = end - len(name[1])
                title = lexicon().signed.sub(
                    lambda m: m[0].capitalize(), office[1].strip().capitalize()
                )
                found.append(PersonMention(start, end, start, name[1], (title,)))
                break
    return found


_LONGEST_NAME = 60
_LONGEST_LINE = 300
"""Code points at the end of a line in which a signature is looked for."""
