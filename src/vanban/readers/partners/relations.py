"""How a clause speaks of a partner: the first relation of the schema's list that its words say."""

import re
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.forms import Forms
from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.partners.marks import BEHIND_A_FRAME, NAME, NAMES, OTHER, Clause
from vanban.readers.partners.vetoes import is_vetoed
from vanban.sentences import Sentence

__all__ = ["COUNTED", "MOST_JUDGED", "masked", "relation_said"]

_BEHIND = 170
"""Code points behind a name that may say how it is spoken of."""
COUNTED = "counted"
"""What is said of a partner whose share or rank is told: a market, if it is a share of such."""
_FRAMES = ("Với", "Đối với", "Riêng với")
_BEFORE = 1000
"""Code points before it; more than a clause of any official text has."""
MOST_JUDGED = 100
"""Names in one sentence; no list of countries is longer."""


class _Relation(NamedTuple):
    """A way in which a partner is spoken of.

    Args:
        kinds: the types of partner it is said of.
        needs: words of which a clause needs one.
        counted: whether it is only said where what is counted is such.
        behind: the cues that begin with the partner's name; `before`: those that end with it;
            `around`: all others.
    """

    name: str
    kinds: frozenset[str]
    needs: tuple[str, ...]
    counted: bool
    behind: Forms
    before: Forms
    around: Forms

    def is_said(self, clause: str, at: int) -> bool:
        """Whether a cue matches in a clause whose partner's name is the mark at `at`."""
        return (
            self.behind.any_in(clause, at)
            or self.before.any_in(clause, 0, at + 1)
            or self.around.any_in(clause)
        )


@cache
def _relations() -> list[_Relation]:
    """Relations, the one that counts most first."""
    return [
        _Relation(
            row["relation"],
            frozenset(row.get("kinds", _TYPES)),
            tuple(map(_without_case, row["needs"])),
            row.get("counted", False),
            *(_forms_of(row["cues"], side) for side in _SIDES),
        )
        for row in load("relations")
    ]


def _without_case(word: str) -> str:
    """A word to look for, without its first letter where that may be a capital."""
    return word[1:] if len(word) > _LEAST_WORD and word[0].islower() else word


_LEAST_WORD = 3


def _either_case(cue: str) -> str:
    """The cue, the words it may begin with at the head of a sentence too."""
    found = []
    depth, begins = 0, True
    grouped = cue.startswith("(?:")
    for at, letter in enumerate(cue):
        if grouped and at < len("(?:"):
            found.append(letter)
            continue
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
        if depth < 0:
            return "".join(found) + cue[at:]
        either = begins and depth == 0 and letter.islower()
        found.append(f"[{letter.upper()}{letter}]" if either else letter)
        if not grouped:
            return "".join(found) + cue[at + 1 :]
        begins = letter == "|" and depth == 0
    return "".join(found)


_MARK = r"\x00"
"""The partner's name in a cue of `data/relations.yml`."""
_SIDES = ("behind", "before", "around")


def _side(cue: str) -> str:
    """Where the words of a cue stand; the name stands in it once."""
    if cue.replace(rf"[^{_MARK}", "").count(_MARK) != 1 or not _is_one(cue):
        return "around"
    return "behind" if cue.startswith(_MARK) else "before" if cue.endswith(_MARK) else "around"


def _is_one(cue: str) -> bool:
    """Whether a cue is no alternation at its top."""
    bare = re.sub(r"\\.|\[[^\]]*\]", "", cue)
    while bare != (inner := re.sub(r"\([^()]*\)", "", bare)):
        bare = inner
    return "|" not in bare


def _forms_of(cues: list[str], side: str) -> Forms:
    return Forms(
        (_either_case(cue) for cue in cues if _side(cue) == side),
        "match" if side == "behind" else "search",
        names=NAMES,
    )


_TYPES = ("country", "bloc", "region", "agreement")
_PARLIAMENTS = ("Quốc hội ", "Hạ viện ", "Thượng viện ", "Nghị viện ")
_RATIFIES = regex(
    r"[^\x01;.]*phê chuẩn (?:các |những |một số )?(?:[Hh]iệp định|văn kiện|th(?:ỏa|oả) thuận)"
)
"""What the parliament of a partner is asked for in the same sentence."""
_CLAUSE = regex(
    r";|\.(?<!\.\.\.)(?<!\b[A-ZĐ]\.)(?<!\bT[Pp]\.)(?<!\bTX\.)(?<!\b[GTB]S\.)(?<!\bJr\.)\s"
    r"|, (?:đồng thời|trong đó"
    r"(?! có (?:[A-ZĐ\x01]|(?:nhiều |các |những )?"
    r"(?:nước|đối tác|thị trường|tập đoàn|doanh nghiệp)))"
    r"|song|nhưng|bởi|trong khi"
    r"|do(?! ông| bà| đồng chí| [Nn]gài)) "
)


def masked(text: str, sentence: Sentence, named: list[PartnerMention]) -> str:
    """The sentence with every country, bloc and region hidden behind marks of the same length."""
    pieces, at = [], sentence.start
    for mention in named:
        if mention.type != "agreement" and mention.start >= at:
            pieces += [text[at : mention.start], OTHER * (mention.end - mention.start)]
            at = mention.end
    found = "".join([*pieces, text[at : sentence.end]])
    # A heading in capitals says what it says in small letters.
    return found.lower() if found.isupper() else found


def relation_said(text: str, sentence: Sentence, mention: PartnerMention, known: str) -> str:
    """How the clause around a mention speaks of the partner.

    Args:
        text: the sentence as `masked` makes it.
        known: how other mentions do; only what counts more is looked for.

    Returns:
        the relation; `COUNTED` for a market if what is counted around it is what we sell.
    """
    start, end = mention.start - sentence.start, mention.end - sentence.start
    begin = _clause(text, max(0, start - _BEFORE), start)
    # "Với Nhật Bản, Thủ tướng đề nghị ...": the whole clause is about it.
    framed = text[begin:start].strip() in _FRAMES
    reach = min(len(text), end + (BEHIND_A_FRAME if framed else _BEHIND))
    stop = _CLAUSE.search(text, end, reach)
    before = text[begin:start]
    clause = f"{before}{NAME}{text[end : stop.start() if stop else reach]}"
    for relation in _relations():
        name = relation.name
        if name == known:
            return known
        if mention.type not in relation.kinds:
            continue
        if name == "ratification" and before.endswith(_PARLIAMENTS) and _RATIFIES.match(text, end):
            return name
        for word in relation.needs:
            if word in clause:
                if relation.is_said(clause, len(before)) and not is_vetoed(
                    name, Clause(mention, text, start, end, before, clause)
                ):
                    return COUNTED if relation.counted else name
                break
    return known


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause that leads up to `end` begins; marks inside brackets end none."""
    begin = start
    for m in _CLAUSE.finditer(text, start):
        if m.end() > end:
            break
        opened = text.count("(", start, m.start()) > text.count(")", start, m.start())
        closed_later = text.count("(", m.end(), end) < text.count(")", m.end(), end)
        if not opened and not closed_later:
            begin = m.end()
    return begin
