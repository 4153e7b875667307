"""Word lists to regular expressions that scan once, whatever the size of the list."""

import re
from collections.abc import Iterable
from typing import Any

__all__ = ["alternation", "phrase_pattern"]


def alternation(phrases: Iterable[str]) -> str:
    """A trie-shaped alternation of literal phrases, longest first at every branch.

    A flat alternation of 5,000 names takes 130 times as long (docs/decisions/0003).

    Args:
        phrases: literal texts; a blank in one matches any run of blanks, no-break ones too.
    Returns:
        Source of a regular expression without groups.
    Raises:
        ValueError: no phrase is given.
    """
    trie: dict[str, Any] = {}
    for phrase in phrases:
        node = trie
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    if not trie:
        raise ValueError("an alternation of nothing")
    return _source(trie)


def _source(node: dict[str, Any]) -> str:
    optional = "" in node
    branches = []
    for letter, child in sorted(node.items()):
        if letter == "":
            continue
        text = r"[ \u00a0]+" if letter == " " else re.escape(letter)
        # Chains of single letters are written out, not nested.
        while len(child) == 1 and "" not in child:
            (following, child), *_ = child.items()
            text += r"[ \u00a0]+" if following == " " else re.escape(following)
        branches.append(text + (_source(child) if child != {"": {}} else ""))
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not optional else f"(?:{'|'.join(branches)})"
    return f"{body}?" if optional else body


def phrase_pattern(phrases: Iterable[str], *, flags: int = 0) -> re.Pattern[str]:
    """A compiled pattern that finds any of the phrases as whole words."""
    return re.compile(rf"(?<!\w)(?:{alternation(phrases)})(?!\w)", flags)
