"""The task of a clause under an order given before."""

from vanban.readers.tasks.bare.bodies import by_who_acts
from vanban.readers.tasks.bare.orders import Order, by_its_own_words
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found

__all__ = ["bare"]


def bare(clause: Clause, start: int, rule: str) -> list[Found]:
    """A clause that begins with a verb, or with a body and a verb, under somebody's order.

    Args:
        start: where the verb or the body begins.
        rule: name of the rule by which the order goes on.
    """
    press = clause.context.own is None
    story = press and not clause.state.listed
    order = Order(clause, clause.scan.text, start, clause.end, rule, press, story)
    found = by_its_own_words(order)
    return found if found is not None else by_who_acts(order)
