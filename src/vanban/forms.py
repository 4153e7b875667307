"""Patterns tried only on text that has letters they cannot match without."""

import re
from collections.abc import Iterable

from vanban.patterns import Match, regex

__all__ = ["Forms", "Rare", "needed", "rare"]


class Forms:
    """Patterns of which any may match, each tried only where a run of letters it needs stands.

    To look for a run costs a hundredth of a search for a pattern that begins in many ways, and a
    pattern is compiled by the first text that has its letters.

    Args:
        sources: regular expressions.
        method: how they are tried: "match", "search" or "fullmatch" of a compiled pattern.
        names: what `{names}` stands for in them; it may match nothing, so no letter of it is
            needed, and what is needed is found without it: it is longer than most patterns.
    """

    __slots__ = ("_forms", "_method", "_names", "_sources")

    def __init__(self, sources: Iterable[str], method: str = "search", *, names: str = "") -> None:
        self._sources = tuple(sources)
        self._method = method
        self._names = names
        self._forms: list[tuple[tuple[str, ...], str, list[Match]]] | None = None

    def any_in(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether one of the patterns matches in `text[start:end]`, as its own method tells."""
        if self._forms is None:
            self._forms = [
                (needed(s.replace("{names}", "(?:.)*")), s.replace("{names}", self._names), [])
                for s in self._sources
            ]
        for runs, source, compiled in self._forms:
            for run in runs:
                if run in text:
                    break
            else:
                continue
            if not compiled:
                compiled.append(getattr(regex(source), self._method))
            if compiled[0](text, start, len(text) if end is None else end):
                return True
        return False


class Rare:
    """A pattern looked for in most sentences and found in few: only where letters it needs stand.

    Args:
        source: a regular expression without flags.
    """

    __slots__ = ("_runs", "_search", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._runs: tuple[str, ...] | None = None
        self._search: Match | None = None

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As the search of a compiled pattern."""
        if self._runs is None:
            self._runs = needed(self._source)
        # To `re` what is before the text is its beginning, to `find` its end.
        low, high = start if start > 0 else 0, len(text) if end is None else end
        if low == 0 and end is None:
            for run in self._runs:
                if run in text:
                    break
            else:
                return None
        else:
            find = text.find
            for run in self._runs:
                if find(run, low, high) >= 0:
                    break
            else:
                return None
        if self._search is None:
            self._search = regex(self._source).search
        return self._search(text, low, high)


def rare(source: str) -> Rare:
    """A pattern to be searched for where few texts have it: four fifths of the tries cost nothing.

    Args:
        source: a regular expression without flags, every match of which has one of a few runs of
            letters (`needed`).
    """
    return Rare(source)


def needed(source: str) -> tuple[str, ...]:
    """Runs of letters of which every match of a pattern has one; `("",)` if that is not known.

    Args:
        source: a regular expression; what sets case aside or is no plain letter, class, group or
            repetition may match anything.
    """
    tokens = [*_TOKEN.findall(source), ")"]
    if any(token.startswith("(?") and token[-1] not in ":=!>" for token in tokens):
        return ("",)
    return _of_group(tokens, 0)[0]


_TOKEN = regex(
    r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\(\?(?::|[=!]|<[=!]|P<\w+>|[^:=!<])|(?:[*+?]|\{[\d,]*\})\??"
    r"|[\w ,;/\-]+(?![*+?{])|.",
    re.DOTALL,
)
"""Letters in a row, none of them repeated, are one token."""
_ENOUGH = 4
"""Letters of a run; a longer one is hardly rarer."""


def _of_group(tokens: list[str], at: int) -> tuple[tuple[str, ...], int]:
    """What a group needs whose tokens begin at `at`, and where the tokens behind it begin."""
    branches: list[tuple[str, ...]] = []
    parts: list[tuple[str, ...]] = []
    run = ""
    while True:
        token = tokens[at]
        at += 1
        letters = _letters(token)
        if letters and not _is_repeated(tokens, at):
            run += letters
            continue
        parts.append((run,))
        run = ""
        if letters and not _is_optional(tokens, at):
            parts.append((letters,))
        elif token in ("|", ")"):
            branches.append(max(parts, key=_worth))
            parts = []
            if token == ")":
                break
        elif token.startswith("("):
            runs, at = _of_group(tokens, at)
            if token[-1] in "(:>" and not _is_optional(tokens, at):
                parts.append(runs)
    if any("" in runs for runs in branches):
        return ("",), at
    return tuple(dict.fromkeys(run for runs in branches for run in runs)), at


def _is_repeated(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and tokens[at][0] in "*+?{"


def _is_optional(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and tokens[at].startswith(("*", "?", "{0", "{,"))


def _worth(runs: tuple[str, ...]) -> tuple[int, int]:
    return min(_ENOUGH, *map(len, runs)), -len(runs)


def _letters(token: str) -> str:
    """The letters that a token stands for; "" if it is something else."""
    if not token.startswith(_SPECIAL):
        return token
    if token.startswith(("\\x", "\\u")):
        return chr(int(token[2:], 16))
    return token[1] if token.startswith("\\") and not token[1].isalnum() else ""


_SPECIAL = tuple("\\.^$()[]|*+?{")
