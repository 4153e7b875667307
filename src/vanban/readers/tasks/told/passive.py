"""Told by whom is not said: "Bộ Xây dựng được giao bổ sung quy hoạch"."""

from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.fronts import verb_after
from vanban.readers.tasks.grammar import LONGEST_SUBJECT, grammar
from vanban.readers.tasks.people import split_assignees
from vanban.readers.tasks.tells import is_of_swindlers

__all__ = ["told_passively"]


def told_passively(clause: Clause) -> list[Found] | None:
    """A body that is told: "Bộ Xây dựng được giao bổ sung quy hoạch"."""
    g, scan, state = grammar(), clause.scan, clause.state
    named = scan.words.match(g.assignee, clause.front, clause.end) or _LETTERS.match(
        scan.text, clause.front, clause.end
    )
    m = scan.words.find(g.passive, clause.front, clause.end) if named is not None else None
    if named is None or m is None or m.start() - clause.front > LONGEST_SUBJECT:
        return None
    if scan.words.has(g.done, clause.front, m.start()):
        return None
    if _ITS_OWN.search(scan.text, clause.front, m.start()):
        return None
    if "được đề nghị" in m[0] and is_of_swindlers(clause, clause.front):
        return None
    verb = verb_after(scan, m.end(), clause.end)
    if verb is None or verb[0] - m.end() > 30:
        return None
    # "Bộ A là cơ quan thường trực, có trách nhiệm ..."
    told = scan.text[clause.front : m.start()].split(" là ")[0]
    state.assignees = split_assignees(told)
    if not state.assignees and (letters := _LETTERS.match(told)) is not None:
        state.assignees = (letters[0],)
    state.issuer = clause.context.speaker
    state.cued = True
    return [clause.task(verb[0], clause.end, "task.passive", 0.7)]


_LETTERS = regex(rf"[{UPPER}][{UPPER}&-]{{2,9}}(?!\w)")
_ITS_OWN = regex(r"(?:nhiệm vụ|quyền hạn|chức năng|công việc|phần việc) $")
"""Before "được giao", what everybody has to do anyway: "theo nhiệm vụ được giao"."""
