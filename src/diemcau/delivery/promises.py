"""From an accepted commitment statement to the commitment and the task of keeping it.

Plain functions, called inside review's actions and by those beside them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from diemcau.delivery.days import day_promised, day_tied
from diemcau.delivery.doers.assignments import Assignee, is_collective
from diemcau.delivery.ledger import follow, keep_due, keep_task, shorten, withdraw_task
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Commitment,
    CommitmentParty,
    Nature,
    PromiseForm,
    Task,
)
from diemcau.directory.resolution import local_bearers, resolve_name
from diemcau.documents.models import Statement, StatementKind
from vanban.directory.lists import named_in
from vanban.letters import fold, with_any_marks

__all__ = [
    "Named",
    "asked_of",
    "is_partners",
    "named_partners",
    "names_partner",
    "only_counts",
    "partners_keep",
    "read_side",
    "record_commitment",
    "set_parties",
    "settle_commitment",
    "with_n_texts",
    "without_lead",
]

_OURS = {"viet nam", "phia viet nam", "ta", "phia ta", "chung ta"}
_BOTH = {"hai ben", "hai nuoc", "hai phia", "cac ben", "hai chinh phu"}
"""Names of both sides at once: whose promise it is, the words do not tell apart."""
_THEIRS = {"phia ban", "nuoc ban", "ban", "ben ban", "phia doi tac", "doi tac"}
"""Names of the other side that do not say which."""
_SIDE = re.compile(r"^(?:phía|bên|nước|chính phủ(?: nước)?)\s+", re.IGNORECASE)
"""What stands before the name of a country that speaks for itself: "phía Brazil"."""
_UNIT_OF_OURS = re.compile(
    r"^(?:vụ|sở|cục|ban|phòng|ubnd|hđnd|văn phòng|trung tâm|thương vụ|tham tán|hội|viện|tỉnh)\b",
    re.IGNORECASE,
)
"""Bodies of ours that may be named for the country they deal with: "Vụ Trung Quốc"."""
_PLACE = {"tại", "ở", "với", "sang", "từ"}
"""Before a country's name they make it a place, not an owner: "doanh nghiệp tại Nhật Bản"."""
_LONGEST_COUNTRY = 6
_SHORTEST_COUNTRY = 4
"""Letters of a country named by one word at the end of a name; "Anh" and "Nga" end people's."""


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


def names_partner(name: str) -> bool:
    """Whether words on the partner's side name somebody: "phía Bạn" does not."""
    return fold(" ".join(name.split())) not in _THEIRS


def named_partners() -> QuerySet[CommitmentParty]:
    """The parties on the partner's side that name somebody: `names_partner` as asked."""
    words = ([with_any_marks(word) for word in name.split()] for name in sorted(_THEIRS))
    nobody = "|".join(r"\s+".join(one) for one in words)
    # Whom the directory knows is somebody: the pattern is for the names that are left.
    return CommitmentParty.objects.filter(is_ours=False).exclude(
        ref="", as_written__iregex=rf"^\s*({nobody})\s*$"
    )


def read_side(name: str, *, on: dt.date | None) -> Named:
    """Whose side a name is on: a body of the directory is ours, a country or bloc is theirs."""
    name = " ".join(name.split())
    plain = fold(name)
    if plain in _OURS:
        return Named(name, "", True)
    if plain in _BOTH:
        return Named(name)
    if plain in _THEIRS:
        return Named(name, "", False)
    body = resolve_name(name, on=on, kinds=("body",))
    partner = resolve_name(name, on=on, kinds=("partner",))
    if body.id:
        return Named(name, body.id, True)
    if partner.id:
        return Named(name, partner.id, False)
    # One of several bodies of the name, before a day tells which, is ours all the same.
    sides = {True for _one in body.candidates} | {False for _one in partner.candidates}
    if len(sides) == 1:
        return Named(name, "", sides.pop())
    return Named(name) if sides else _by_country(name, on=on)


def _sides(names: Iterable[str], *, on: dt.date | None) -> list[Named]:
    """Whose side each name is on; a list that names bodies of ours is each of them."""
    found = []
    for name in names:
        listed = named_in(name, on=on, kinds=("body",))
        found += [read_side(one, on=on) for one in ([part.name for part in listed] or [name])]
    return found


def _by_country(name: str, *, on: dt.date | None) -> Named:
    """Whose a name is by the country it ends with: "phía Brazil", "Bộ Nông nghiệp Brazil"."""
    bare = _SIDE.sub("", " ".join(re.sub(r"\([^)]*\)", " ", name).split()))
    if fold(bare).endswith(" viet nam"):
        ours = bare.rsplit(" ", 2)[0]
        body = resolve_name(ours, on=on, kinds=("body",))
        return Named(name, body.id or "", None if _ends(ours, on=on) else True)
    if "viet nam" in fold(bare) or _UNIT_OF_OURS.match(bare):
        return Named(name)
    partner = _ends(bare, on=on)
    return Named(name, partner, False) if partner else Named(name)


def _ends(words: str, *, on: dt.date | None) -> str:
    """Id of the country or bloc a name ends with, or is; "" if it ends with none."""
    tokens = words.split()
    ends = []
    for n in range(min(_LONGEST_COUNTRY, len(tokens)), 0, -1):
        end = " ".join(tokens[-n:])
        is_whole = n == len(tokens)
        before = tokens[-n - 1].casefold() if not is_whole else ""
        if is_whole or (before not in _PLACE and (n > 1 or len(end) >= _SHORTEST_COUNTRY)):
            ends.append(end)
    local = local_bearers(ends)
    found = (resolve_name(end, on=on, kinds=("partner",), local=local).id for end in ends)
    return next(filter(None, found), "")


def asked_of(
    parties: Sequence[Named], others: Sequence[Named], form: str
) -> list[tuple[Named, AssignmentRole]]:
    """The bodies of ours a promise concerns, and their part in it.

    Who promises leads, and so do both sides of a signed text. Whom it is promised to follows: it
    has nothing to keep.
    """
    other = AssignmentRole.LEAD if form == PromiseForm.SIGNED else AssignmentRole.FOLLOWING
    sides = ((AssignmentRole.LEAD, parties), (other, others))
    return [(one, role) for role, side in sides for one in side if one.is_ours]


def settle_commitment(statement: Statement) -> Task | None:
    """Let the register follow an accepted commitment statement.

    A sentence that only counts texts ("ký 253 thỏa thuận") names no promise anybody could keep, and
    several outlets tell the same count: it stays a statement, and no task stands for it.
    """
    if only_counts(statement):
        withdraw_task(statement)
        return None
    return record_commitment(statement)


def only_counts(statement: Statement) -> bool:
    """Whether a commitment statement tells how many texts there are, and names none to keep."""
    return (statement.values.get("n_texts") or 0) > 1


def with_n_texts(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements with `n_texts`, how many texts each stands for as read or corrected; 0 if none."""

    def told(where: str) -> Cast:
        return Cast(KeyTextTransform("n_texts", where), IntegerField())

    held = Case(When(corrected__isnull=True, then=told("data")), default=told("corrected"))
    return rows.annotate(n_texts=Coalesce(held, Value(0)))


def record_commitment(statement: Statement) -> Task:
    """Make or refresh the commitment an accepted statement stands for, and the task of keeping it.

    Whose promise it is follows the names: bodies of ours that promise are asked to keep it, one
    alone leads; those it is promised to follow it. Where the words name both sides or nobody known,
    nobody is asked until a person says who.
    Raises:
        ValueError: the statement is of another kind.
    """
    if statement.kind != StatementKind.COMMITMENT:
        raise ValueError(f"statement {statement.pk} is of kind {statement.kind}, not a commitment")
    values = statement.values
    kept = Task.objects.filter(statement=statement).first()
    said_on = day_promised(statement) or _day_kept(kept)
    parties = _sides(values.get("parties") or [], on=said_on)
    others = _sides(values.get("counterparts") or [], on=said_on)
    fields: dict[str, Any] = {
        "document": statement.document,
        "nature": Nature.COMMITMENT,
        "title": _title(statement, parties),
        "action": values.get("what") or statement.quote,
        "said_on": said_on,
        "withdrawn_at": None,
        "folded": _folded(statement),
        **keep_due(values.get("deadline"), kept),
    }
    task = keep_task(kept, statement, fields)
    form = values.get("form") or PromiseForm.UNKNOWN
    commitment, _new = Commitment.objects.update_or_create(
        task=task,
        defaults={
            "form": form,
            "content": values.get("what") or statement.quote,
            "n_texts": values.get("n_texts") or None,
            "event": (values.get("event") or "")[:300],
        },
    )
    set_parties(commitment, parties, others)
    follow(task, [_asked(one, role) for one, role in asked_of(parties, others, form)])
    return task


def _day_kept(kept: Task | None) -> dt.date | None:
    """The day a person entered, else of what the commitment was tied to."""
    if kept is None:
        return None
    if kept.day_by_hand is not None:
        return kept.day_by_hand
    made = Commitment.objects.filter(task=kept).select_related("occasion", "agreement").first()
    return day_tied(made) if made is not None else None


def _title(statement: Statement, parties: list[Named]) -> str:
    """The words of the promise; the other side's promise bears its name, or it reads as ours."""
    words = " ".join(statement.quote.split())
    theirs = [one.as_written for one in parties if one.is_ours is False]
    if theirs and len(theirs) == len(parties) and not any(name in words for name in theirs):
        words = f"{', '.join(theirs)}: {words}"
    return shorten(words)


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


def is_partners(
    form: str, *, parties: Iterable[tuple[str, bool]], given: Iterable[tuple[str, str]]
) -> bool:
    """Whether the other side alone said a promise, so that no body of ours is to keep it.

    Args:
        parties: names of those it names, and whether they are ours.
        given: to whom its task is given as written, and in which role.
    """
    named, roles = list(parties), dict(given)
    only_follow = set(roles.values()) <= {AssignmentRole.FOLLOWING}
    ours = {name for name, is_ours in named if is_ours}
    return (
        form == PromiseForm.SAID and len(ours) < len(named) and only_follow and ours <= set(roles)
    )


def partners_keep() -> Q:
    """Tasks whose promise the partner's side keeps, by who has them now: `is_partners` as asked."""
    given = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None)
    parties = CommitmentParty.objects.filter(commitment__task=OuterRef("pk"))
    named = Assignment.objects.filter(
        task=OuterRef("commitment__task"), ended_at=None, as_written=OuterRef("as_written")
    )
    said = Commitment.objects.filter(task=OuterRef("pk"), form=PromiseForm.SAID)
    return (
        Q(lead="", nature=Nature.COMMITMENT)
        & Q(Exists(said))
        & Q(Exists(parties.filter(is_ours=False)))
        & ~Q(Exists(given.exclude(role=AssignmentRole.FOLLOWING)))
        & ~Q(Exists(parties.filter(~Exists(named), is_ours=True)))
    )


def without_lead() -> Q:
    """Tasks that some body of ours is to lead, and no single one does."""
    return Q(lead="") & ~partners_keep()


def _asked(one: Named, role: AssignmentRole) -> Assignee:
    """A body of ours as one that has a part in a promise."""
    is_many = is_collective(one.as_written) or not one.ref
    return Assignee(one.as_written, role, is_many, one.ref)


def _folded(statement: Statement) -> str:
    values = statement.values
    names = [*(values.get("parties") or []), *(values.get("counterparts") or [])]
    parts = [values.get("what"), values.get("event"), *names, statement.quote]
    return fold(" ".join(" ".join(filter(None, parts)).split()))
