"""How a task is called in short."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import tone_variants
from vanban.patterns import regex

__all__ = ["action_of"]

_MOST_ACTION_WORDS, _FEWEST_ACTION_WORDS = 24, 10
"""Words of a line; words before which no comma ends it."""
_LOOSE = " ,;:("
"""What no line ends with."""
_TOGETHER = regex(r"(?:chủ trì,? )?phối hợp (?:chặt chẽ )?(?:với|cùng) ", re.IGNORECASE)
"""What opens so names who helps, and what for behind "để"."""


@cache
def _asides() -> tuple[str, ...]:
    """What a purpose or an aside begins with, blanks around its words."""
    ends = {form for words in load("tasks")["action_ends"] for form in tone_variants(words)}
    return (*(f" {words} " for words in ends), ";", ":", "…", "(", "...")


def action_of(clause: str) -> str:
    """What is to be done: the clause up to its purpose or an aside.

    Where that is longer than a line, it ends at the last comma or "và" that fits, and shows by "…"
    that words were left out where there is neither.
    """
    words = " ".join(clause.split())
    start = 0
    if (helping := _TOGETHER.match(words)) is not None and (to := words.find(" để ")) >= 0:
        # "phối hợp với Bộ A để gỡ vướng": what is to be done is the purpose.
        start = max(helping.end(), to + 1)
    asides = (at for aside in _asides() if (at := words.find(aside, start)) >= 0)
    words = words[: min(asides, default=len(words))].rstrip(_LOOSE)
    kept = words.split(" ")
    if len(kept) <= _MOST_ACTION_WORDS:
        return words
    begun = " ".join(kept[:_MOST_ACTION_WORDS])
    fewest = len(" ".join(kept[:_FEWEST_ACTION_WORDS]))
    end = begun.rfind(", ", fewest)
    if end < 0:
        end = begun.rfind(" và ", fewest)
    return begun[:end].rstrip(_LOOSE) if end >= 0 else f"{begun.rstrip(_LOOSE)}…"
