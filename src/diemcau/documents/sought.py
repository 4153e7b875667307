"""What a statement is found by: its words and the names among its values, folded."""

from collections.abc import Mapping
from typing import Any

from vanban.letters import fold

__all__ = ["sought_of"]

_NAMES = ("name", "titles", "subject", "issuer", "assignees", "action", "what", "chair", "number")
_APART = " ; "
"""Between two of them, so that no phrase runs from one into the next."""


def sought_of(quote: str, values: Mapping[str, Any]) -> str:
    """The folded text search looks in.

    Args:
        quote: the statement's words.
        values: what holds for it, the person's correction first.
    """
    parts = [quote]
    for key in _NAMES:
        value = values.get(key)
        parts += value if isinstance(value, list) else [value]
    return fold(_APART.join(dict.fromkeys(str(part) for part in parts if part)))
