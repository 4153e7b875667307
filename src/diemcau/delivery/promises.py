"""From an accepted commitment statement to the commitment and the task of keeping it.

Plain functions, called inside review's actions and by those beside them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from diemcau.delivery.doers.assignments import Assignee, is_collective
from diemcau.delivery.ledger import follow, keep_due, keep_task, shorten
from diemcau.delivery.models import (
    AssignmentRole,
    Commitment,
    CommitmentParty,
    Nature,
    PromiseForm,
    Task,
)
from diemcau.directory.resolution import resolve_name
from diemcau.documents.models import Statement, StatementKind
from diemcau.indicators.periods import read_day
from vanban.letters import fold

__all__ = ["Named", "read_side", "record_commitment", "set_parties"]

_OURS = {"viet nam", "phia viet nam", "ta", "phia ta", "chung ta"}
_BOTH = {"hai ben", "hai nuoc", "hai phia", "cac ben", "hai chinh phu"}
"""Names of both sides at once: whose promise it is, the words do not tell apart."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party of a commitment or a side of an agreement, as written and as it is known.

    Args:
        ref: id of the body or the partner in the directory; "" if it is not one of them.
        is_ours: None if the words name both sides, or nobody the directory knows.
    """

    as_written: str
    ref: str = ""
    is_ours: bool | None = None


def read_side(name: str, *, on: dt.date | None) -> Named:
    """Whose side a name is on: a body of the directory is ours, a country or bloc is theirs."""
    name = " ".join(name.split())
    plain = fold(name)
    if plain in _OURS:
        return Named(name, "", True)
    if plain in _BOTH:
        return Named(name)
    body = resolve_name(name, on=on, kinds=("body",))
    partner = resolve_name(name, on=on, kinds=("partner",))
    if body.id:
        return Named(name, body.id, True)
    if partner.id:
        return Named(name, partner.id, False)
    # One of several bodies of the name, before a day tells which, is ours all the same.
    sides = {True for _one in body.candidates} | {False for _one in partner.candidates}
    return Named(name, "", sides.pop() if len(sides) == 1 else None)


def record_commitment(statement: Statement) -> Task:
    """Make or refresh the commitment an accepted statement stands for, and the task of keeping it.

    Whose promise it is follows the names: bodies of ours are asked to keep it, one alone leads.
    Where the words name both sides or nobody known, nobody is asked until a person says who.
    Raises:
        ValueError: the statement is of another kind.
    """
    if statement.kind != StatementKind.COMMITMENT:
        raise ValueError(f"statement {statement.pk} is of kind {statement.kind}, not a commitment")
    values = statement.values
    said_on = read_day(values.get("date")) or (
        statement.document.event_on or statement.document.published_on
    )
    kept = Task.objects.filter(statement=statement).first()
    fields: dict[str, Any] = {
        "document": statement.document,
        "nature": Nature.COMMITMENT,
        "title": shorten(" ".join(statement.quote.split())),
        "action": values.get("what") or statement.quote,
        "said_on": said_on,
        "withdrawn_at": None,
        "folded": _folded(statement),
        **keep_due(values.get("deadline"), kept),
    }
    task = keep_task(kept, statement, fields)
    commitment, _new = Commitment.objects.update_or_create(
        task=task,
        defaults={
            "form": values.get("form") or PromiseForm.UNKNOWN,
            "content": values.get("what") or statement.quote,
            "n_texts": values.get("n_texts") or None,
            "event": (values.get("event") or "")[:300],
        },
    )
    parties = [read_side(name, on=said_on) for name in values.get("parties") or []]
    others = [read_side(name, on=said_on) for name in values.get("counterparts") or []]
    set_parties(commitment, parties, others)
    ours = [one for one in parties + others if one.is_ours]
    follow(task, [_asked(one) for one in ours])
    return task


def set_parties(commitment: Commitment, parties: list[Named], others: list[Named]) -> None:
    """Put down who promises and to whom; a name of neither side stays where it was said."""
    commitment.parties.all().delete()
    CommitmentParty.objects.bulk_create(
        CommitmentParty(
            commitment=commitment,
            as_written=one.as_written[:300],
            ref=one.ref,
            is_ours=default if one.is_ours is None else one.is_ours,
        )
        for default, side in ((True, parties), (False, others))
        for one in side
    )


def _asked(one: Named) -> Assignee:
    """A body of ours as one that is asked to keep a promise."""
    is_many = is_collective(one.as_written) or not one.ref
    return Assignee(one.as_written, AssignmentRole.LEAD, is_many, one.ref)


def _folded(statement: Statement) -> str:
    values = statement.values
    names = [*(values.get("parties") or []), *(values.get("counterparts") or [])]
    parts = [values.get("what"), values.get("event"), *names, statement.quote]
    return fold(" ".join(" ".join(filter(None, parts)).split()))
