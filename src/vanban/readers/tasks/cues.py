"""Clauses with a cue of their own: told, promised, due by a modal, planned."""

from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.needed import needed
from vanban.readers.tasks.planned import planned
from vanban.readers.tasks.promised import promised
from vanban.readers.tasks.sent import sent
from vanban.readers.tasks.tells import is_mere_wish, is_the_action, tells, was_assigned
from vanban.readers.tasks.told import told, told_passively

__all__ = ["clause_cue"]


def clause_cue(clause: Clause) -> list[Found] | None:
    """The task of a clause with its own cue; None if it has none, [] if the cue opens a list.

    Source: `data/tasks.yml`.
    """
    passive = told_passively(clause)
    if passive is not None:
        return passive
    for m in clause.find_all(grammar().directive):
        if not tells(clause, m):
            continue
        if is_the_action(clause, m):
            return None
        if is_mere_wish(clause, m) or was_assigned(clause, m):
            continue
        found = told(clause, m)
        if found is not None:
            return found
    for read in (promised, sent, needed, planned):
        found = read(clause)
        if found is not None:
            return found
    return None
