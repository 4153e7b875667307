"""Which task a row without a number means: found by its words, and only proposed."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diemcau.delivery.matters.likeness import containment, gram_hash, grams, syllables
from diemcau.exchange.monthly.rows import MonthlyRow
from vanban.letters import fold

__all__ = ["Proposal", "Words"]

_ENOUGH = 0.75
"""Share of the telling words two contents have in common, from which one is proposed."""
_APART = 0.1
"""By so much the likeliest must be likelier than the next."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The task a row may mean.

    Args:
        row: None if no task is like enough, or several are alike.
        why: in words, what speaks for it, or which several it may be.
    """

    row: MonthlyRow | None
    why: str


class Words:
    """Looks for the tasks of a body by the words of a row.

    Args:
        rows: every task it may mean.
    """

    def __init__(self, rows: Sequence[MonthlyRow]) -> None:
        self._rows = [(one, _plain(one.content), _hashes(one.content)) for one in rows]
        self._weight = _rarity([hashes for _row, _words, hashes in self._rows])

    def find(self, cells: Mapping[str, str]) -> Proposal:
        """The task whose content a row repeats, word for word or nearly, of the same document."""
        content = cells.get("content", "")
        words, hashes = _plain(content), _hashes(content)
        notice = fold(cells.get("notice", ""))
        scored = []
        for row, its_words, its_hashes in self._rows:
            share = 1.0 if its_words == words else containment(hashes, its_hashes, self._weight)
            if share < _ENOUGH:
                continue
            number = _number_of(row)
            is_of_it = bool(number and notice and number in notice)
            # Another document that says the same is another task.
            if number and notice and not is_of_it and its_words != words:
                continue
            scored.append((is_of_it, share, its_words == words, row))
        scored.sort(key=lambda one: (-one[0], -one[1], one[3].task.pk))
        if not scored:
            return Proposal(None, _("no task of this body has these words; put its number"))
        best = scored[0]
        rivals = [one for one in scored[1:] if one[0] == best[0] and one[1] > best[1] - _APART]
        if rivals:
            numbers = ", ".join(str(one[3].task.pk) for one in (best, *rivals)[:5])
            return Proposal(
                None,
                _("several tasks have these words (%(numbers)s); put the number of one")
                % {"numbers": numbers},
            )
        told = _("the same words")
        if not best[2]:
            told = _("%(share)d%% of the telling words are the same") % {
                "share": math.floor(best[1] * 100)
            }
        if best[0]:
            told = _("%(words)s, the same document") % {"words": told}
        return Proposal(best[3], told)


def _plain(words: str) -> str:
    return " ".join(one for one, _start, _end in syllables(words))


def _hashes(words: str) -> set[int]:
    return {gram_hash(one) for one in grams([word for word, _s, _e in syllables(words)])}


def _number_of(row: MonthlyRow) -> str:
    directive = row.task.directive
    instrument = directive.instrument if directive is not None else None
    return fold(instrument.number) if instrument is not None else ""


def _rarity(all_hashes: Sequence[set[int]]) -> Callable[[int], float]:
    """How telling a gram is among these tasks: what stands in all of them tells nothing."""
    counts = Counter(one for hashes in all_hashes for one in hashes)
    n = len(all_hashes)
    return lambda gram: math.log((n + 2) / (counts.get(gram, 0) + 1))
