"""What the rules on the time of a figure look at, and what they answer."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from vanban.readers.figures.frames import Frame
from vanban.readers.figures.mention import Mention
from vanban.records import Compares, Role

__all__ = ["AIMS", "Claim", "From", "Period", "Rule"]

From = Literal[
    "behind", "said", "sentence", "occasion", "frame", "heading", "mean", "nowhere", "previous"
]
"""Where a period is from, the surest first; "mean" and a stock have none, "nowhere" is unknown."""


class Period(NamedTuple):
    """The period of a figure.

    Args:
        value: in the schema's notation; None if there is none, or none is known.
        inferred: whether it was taken from around the sentence, or its year from the document.
        source: where it is from, by which a reading is believed more or less.
    """

    value: str | None
    inferred: bool
    source: From


class Claim(NamedTuple):
    """A figure of which it is asked what period it is for.

    Args:
        m: where it stands.
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """

    m: Mention
    role: Role
    compares: Compares | None
    measure: str
    frame: Frame


Rule = Callable[[Claim], Period | None]
"""One way a text says when a figure was or is to be; None if it is not said so."""
AIMS = ("target", "plan")
"""The roles of what is to come."""
