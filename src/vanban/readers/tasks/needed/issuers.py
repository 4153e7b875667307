"""Who says that something is needed, and what that tells of who has to do it."""

import re
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.tasks.frames import spoken
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.needed.modals import Modal
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.readers.tasks.promised import joint
from vanban.scan import Scan

__all__ = ["Need", "with_issuer"]


class Need(NamedTuple):
    """A task from `begin` on, who has to do it, and who says so.

    Args:
        named: whether anything stands before the modal that may be of who has to act.
    """

    modal: Modal
    named: bool
    begin: int
    assignees: tuple[str, ...]
    issuer: str | None = None


def with_issuer(need: Need) -> Need:
    """The need with who says so, and who has to, where only he who says so is named."""
    modal = need.modal
    by = _ACCORDING.search(modal.text, modal.clause.start, modal.start)
    need = _according_to(need, by) if by is not None else _as_said(need)
    if need.issuer is None:
        need = _as_agreed(need)
    state = modal.clause.state
    if not need.named and not need.assignees and (state.cued or state.assignees):
        # "...; phải ưu tiên ...": who has to is named in the clause before.
        need = need._replace(issuer=need.issuer or state.issuer, assignees=state.assignees)
    return need


def _according_to(need: Need, by: re.Match[str]) -> Need:
    """Who says so by "theo": "Theo Tham tán A, doanh nghiệp cần ..."."""
    modal = need.modal
    scan, at = modal.clause.scan, modal.start
    issuer = find_issuer(scan, by.start("who"), by.end("who"))
    own = _behind_title(scan, issuer, modal.text[by.end() : at].strip())
    if issuer is not None and grammar().assignee.pattern.match(own):
        return need._replace(begin=at, assignees=split_assignees(own), issuer=issuer)
    begin = by.end() if need.begin < by.end() < at else need.begin
    return need._replace(begin=begin, issuer=issuer)


_ACCORDING = regex(
    r"(?:(?<!\w)Theo|(?<=, )theo(?= (?:ông|bà|ngài|đồng chí|đại diện|[A-ZĐ])))"
    r" (?P<who>(?:(?:PGS|GS|TS|ThS|LS)\. ?)*[^,;.]{2,60}), "
)


def _behind_title(scan: Scan, name: str | None, words: str) -> str:
    """The words behind the offices of a person just named: "Tham tán ..., doanh nghiệp"."""
    for title in scan.titles_of.get(name or "", ()):
        if words.startswith(f"{title}, "):
            return words[len(title) + 2 :]
    return words


def _as_said(need: Need) -> Need:
    """Who says so by a word of speech: "Bộ trưởng A và Bộ trưởng B cho rằng hai bên cần ..."."""
    clause, at = need.modal.clause, need.modal.start
    said = spoken(clause.scan, clause.start, at)
    if said is None or said[0].lower() == "cũng":
        return need
    both = joint(clause, said.start())
    issuer = both if both is not None and " và " in both else None
    issuer = issuer or find_issuer(clause.scan, clause.start, said.start())
    return need._replace(issuer=issuer or find_issuer(clause.scan, clause.start, at))


def _as_agreed(need: Need) -> Need:
    """Who agrees to it: "Hai nhà lãnh đạo nhất trí ..., hai bên cần ..."."""
    scan, start = need.modal.clause.scan, need.modal.clause.start
    agreed = scan.words.find(grammar().promise, start, need.modal.start)
    issuer = find_issuer(scan, start, agreed.start()) if agreed is not None else None
    if issuer is not None and not need.named and not need.assignees:
        # "Hai bên nhất trí, trên cơ sở ..., cần ...": who agrees is who does.
        return need._replace(assignees=(issuer,), issuer=issuer)
    return need._replace(issuer=issuer)
