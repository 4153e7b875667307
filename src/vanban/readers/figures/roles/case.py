"""A figure and whether it grows: what the rules of a role look at."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.patterns import Ending, regex
from vanban.readers.figures.mention import Mention, words_of
from vanban.readers.figures.roles.versus import versus_plan
from vanban.records import Compares, Role

__all__ = ["OF_ANOTHER", "REACH", "TARGET", "Answer", "Case", "Rule", "case_of"]

REACH = 40
"""Code points before a number in which the words stand that bind it."""


class Case(NamedTuple):
    """A figure and whether it grows.

    Args:
        before: the words before it that bind it.
        bound: its bound, as it stands there: "hơn ".
        grows: whether it is by how much something grew.
        compared: whether "so với" stands behind it.
        of_plan: whether a plan stands behind it, of which it is so much.
    """

    m: Mention
    before: str
    bound: str
    grows: bool
    compared: bool
    of_plan: bool


Answer = tuple[Role, Compares | None]
"""A role, and what the figure is compared with; None if with nothing."""
Rule = Callable[[Case], Answer | None]
"""The role a rule decides on; None if another has to."""
OF_ANOTHER: Answer = ("comparison", None)
"""Of a part of another figure, or of what another is measured by."""
TARGET: Answer = ("target", None)


def case_of(m: Mention) -> Case:
    """A figure and whether it grows, by the words around it. Source: `data/figures.yml`."""
    before, bound = m.before(REACH), m.text[m.q.start : m.q.number_start]
    grows = _grows().search(before) is not None or before.endswith(_SIGNED)
    if bound and not grows:
        grows = "vượt" in bound.lower() or _grows().search(before + bound) is not None
    compared = _COMPARED.search(m.near) is not None
    return Case(m, before, bound, grows, compared, versus_plan().match(m.near) is not None)


@cache
def _grows() -> Ending:
    source = rf"(?i)(?<!\w)(?:{words_of('grows')})(?: +(?:{words_of('grows_between')}))* *\(?$"
    data = load("figures")
    return Ending(source, [*data["grows"], *data["grows_between"]], skip=" (")


_SIGNED = ("(+", "(-", "(–", " +")
"""Right before a percentage, that it grew by so much: "208 tỷ đồng (+136%)"."""
_COMPARED = regex(r"so +(?:với|cùng|tháng|quý|năm)(?!\w)")
