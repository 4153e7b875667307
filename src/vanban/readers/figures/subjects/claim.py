"""What the rules on whose a figure is look at: where it stands, what it measures, its text."""

from collections.abc import Callable
from typing import NamedTuple

from vanban.data import load
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.topics import Topic
from vanban.records import Role

__all__ = ["Claim", "Rule", "has_other_side", "is_balance", "is_of_partners"]


class Claim(NamedTuple):
    """A figure of which it is asked whose it is.

    Args:
        m: where it stands.
        measure: what it measures, as `find_measure` gives it.
        role: as `find_role` gives it.
        topic: whom the whole text is about.
        says_measure: whether its sentence names a measure before it.
    """

    m: Mention
    measure: str
    role: Role
    topic: Topic
    says_measure: bool


Rule = Callable[[Claim], str | None]
"""One way a text says whose a figure is: the name as the text has it, None if it is not said so."""


def is_of_partners(claim: Claim) -> bool:
    """Whether each partner has the measure of its own, as it has trade or tourists."""
    return claim.measure in load("figures")["of_partners"]


def has_other_side(claim: Claim) -> bool:
    """Whether a text on two countries tells the measure of the other one."""
    return is_of_partners(claim) or claim.measure in load("figures")["of_both_sides"]


def is_balance(claim: Claim) -> bool:
    """Whether an amount is by how much trade is out of balance."""
    m = claim.m
    money = m.q.unit in ("USD", "VND")
    return money and m.says("balances", m.clause_from(m.left), m.q.start)
