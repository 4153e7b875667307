"""Who may do what with a task: those it was given to do it, those who gave it judge it.

Seeing is `documents.rules.seen` over the document a task rests on, and nothing else. A body that
was given a task acts through its people, and through those of whatever took its work over.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.access.rules import covering, reached, use_grant
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, Held, held_by, holds
from diemcau.audit.kept import kept
from diemcau.delivery.models import (
    AgreementStage,
    Assignment,
    AssignmentRole,
    Handover,
    ProgressState,
    Stage,
    Task,
)
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Party
from diemcau.directory.models import Body
from diemcau.directory.queries import is_valid_on, links_by_body, responsible_on
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, may_do, seen

__all__ = [
    "acting_bodies",
    "acting_body",
    "acting_for",
    "can_follow_up",
    "duty_to_take_back",
    "given_to",
    "giver",
    "held_bodies",
    "is_divided",
    "is_released",
    "judged_by",
    "may_act_for",
    "may_take_back",
    "parties_of",
    "releases",
    "require_acting",
    "require_party",
    "sees_progress",
]


def can_follow_up(person: User) -> bool:
    """May say what became of a task: everyone who works with them, not those who only read."""
    return holds(person, Duty.ADD)


def duty_to_take_back(stage: AgreementStage) -> Duty:
    """What taking back a stage of an agreement asks of a person: as much as recording it did."""
    return Duty.CONFIRM if stage.stage == Stage.REPLACED else Duty.ADD


def may_take_back(by: User, stage: AgreementStage) -> bool:
    """Whether a stage stands and a person may take it back; for pages, which ask before they offer.

    Args:
        stage: with its agreement, of a document the person sees, at hand.
    """
    agreement = stage.agreement
    stands = stage.taken_back_at is None and agreement.withdrawn_at is None
    return stands and may_do(by, duty_to_take_back(stage), agreement.document)


def giver(task: Task) -> int | None:
    """Id of the body that gave a task and judges its result; None is the installation's desk.

    Whose document it rests on says nothing of that: its owner keeps it (`doers.givers`).
    """
    return task.assigner_id


def acting_bodies(task: Task) -> list[Body]:
    """The bodies that do a task today: those it is given to, or who took their work over.

    One that only follows a task does nothing in it. One whose work was divided acts through the
    successor a person named, and through nobody before that.
    """
    given = task.assignments.filter(ended_at=None).exclude(body="")
    named = given.exclude(role=AssignmentRole.FOLLOWING).values_list("body", flat=True)
    return list(acting_for(task, set(named)).values())


def acting_body(task: Task, assignment: Assignment) -> Body | None:
    """The body that acts today for one that was given a task.

    Returns:
        None where the directory does not know it, or it was divided and nobody said who answers.
    """
    return acting_for(task, {assignment.body}).get(assignment.body) if assignment.body else None


def acting_for(task: Task, named: set[str]) -> dict[str, Body]:
    """Who answers today for each of some bodies, by id of the body named."""
    if not named:
        return {}
    said = dict(Handover.objects.filter(task=task).values_list("from_ref", "to_ref"))
    known = {ref: said.get(ref, ref) for ref in named}
    bodies = {one.ref: one for one in Body.objects.filter(ref__in=set(known.values()))}
    today = timezone.localdate()
    if any(not is_valid_on(one, today) for one in bodies.values()):
        links = links_by_body()
        # An ended body nobody follows still answers for itself: its people close what is open.
        known = {
            ref: responsible_on(to, today, links=links).responsible or ""
            for ref, to in known.items()
        }
        bodies |= {one.ref: one for one in Body.objects.filter(ref__in=set(known.values()))}
    found = {ref: bodies[to] for ref, to in known.items() if to in bodies}
    return dict(sorted(found.items(), key=lambda pair: pair[1].pk))


def parties_of(by: Reader, task: Task, *, bodies: list[Body] | None = None) -> set[Party]:
    """On which sides of a task a person stands; for pages, which ask before they offer.

    Args:
        bodies: those it is given to, where they are at hand.
    """
    if by is None:
        return set(Party)
    return {party for party in Party if _held(by, task, party, bodies) is not None}


def require_party(by: Reader, task: Task, party: Party) -> Body | None:
    """Refuse who does not see a task, or does not stand on that side of it.

    Writing stands on the side of who was given it, confirming on the side of who gave it.
    Returns:
        The body in whose name they act; None is the desk that keeps the register.
    Raises:
        PermissionDenied: nothing was done.
    """
    if by is None:
        return None
    held, body = _held(by, task, party) or (None, None)
    _act_by(by, held, task, party)
    return body


def may_act_for(by: Reader, body: Body | None, duty: Duty = Duty.ADD) -> bool:
    """Whether a person acts for a body; for pages, which ask before they offer."""
    if by is None:
        return True
    if body is not None and covering(by, duty, body.pk) is not None:
        return True
    return covering(by, Duty.CONFIRM, None) is not None


def require_acting(
    by: Reader, task: Task, assignment: Assignment, duty: Duty = Duty.ADD
) -> Body | None:
    """Refuse who does not act for the body of one assignment of a task they see.

    Returns:
        The body that acts today; None if the directory does not know the one named.
    Raises:
        PermissionDenied: they are not of that body, nor of the desk that keeps the register.
        Refused: the body was divided, and nobody said yet which successor answers.
    """
    body = acting_body(task, assignment)
    if body is None and is_divided(assignment.body):
        raise Refused(
            _("%(name)s was divided; say first which of its successors answers for this task.")
            % {"name": assignment.as_written}
        )
    if by is None:
        return body
    held = covering(by, duty, body.pk) if body is not None else None
    _act_by(by, held or covering(by, Duty.CONFIRM, None), task, Party.ASSIGNEE)
    return body


def _act_by(by: User, held: Held | None, task: Task, party: Party) -> None:
    """Refuse who does not see a task or holds nothing that lets them act; say whose right it is."""
    if not Document.objects.filter(seen(by, "pk"), pk=task.document_id).exists():
        raise PermissionDenied(f"{party}: hidden")
    if held is None:
        raise PermissionDenied(f"{party}: another body's")
    use_grant(held)


def is_divided(ref: str) -> bool:
    """Whether the work of a body went to several, so that a person says who answers."""
    return bool(ref) and responsible_on(ref, timezone.localdate()).responsible is None


def _held(
    by: User,
    task: Task,
    party: Party,
    bodies: list[Body] | None = None,
) -> tuple[Held, Body | None] | None:
    if party == Party.ASSIGNER:
        held = covering(by, Duty.CONFIRM, giver(task))
        return (held, task.assigner) if held else None
    for body in acting_bodies(task) if bodies is None else bodies:
        if held := covering(by, Duty.ADD, body.pk):
            return held, body
    # The desk that keeps the register writes down what a body without people here told it.
    held = covering(by, Duty.CONFIRM, None)
    return (held, None) if held else None


def given_to(
    refs: Collection[str] | QuerySet[Body, str],
    *,
    leads: bool = False,
    acts: bool = False,
    looks: bool = False,
) -> Q | Exists:
    """Tasks any of these bodies is to do, as a person may have said after a division.

    Args:
        refs: ids in the directory.
        leads: only those that one of these leads alone.
        acts: only those in which one of these has more to do than to follow.
        looks: first ask whether a person ever said where the work of one of these went, one
            statement more, for a condition that an index answers where nobody did.
    """
    if looks and not isinstance(refs, QuerySet) and not _handed_over(refs):
        mine = _held_by(refs, acts=acts).filter(task=OuterRef("pk"))
        return Q(lead__in=refs) if leads else Exists(mine)
    said_away = Handover.objects.filter(task=OuterRef("task"), from_ref=OuterRef("body"))
    mine = _held_by(refs, acts=acts).exclude(Exists(said_away.exclude(to_ref__in=refs)))
    said_here = Handover.objects.filter(to_ref__in=refs)
    if not leads:
        held = _standing_assignments(acts=acts).filter(
            task=OuterRef("task"), body=OuterRef("from_ref")
        )
        said_here = said_here.filter(Exists(held))
        # Asked of each task: a page of fifty then looks at some hundred, not at all of them.
        return Exists(mine.filter(task=OuterRef("pk"))) | Q(pk__in=said_here.values("task"))
    of_the_lead = Handover.objects.filter(from_ref=F("task__lead"))
    gone = of_the_lead.filter(from_ref__in=refs).exclude(to_ref__in=refs)
    led = Q(lead__in=refs) & ~Q(pk__in=gone.values("task"))
    return led | Q(pk__in=said_here.filter(from_ref=F("task__lead")).values("task"))


def _standing_assignments(*, acts: bool) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(ended_at=None)
    return rows.exclude(role=AssignmentRole.FOLLOWING) if acts else rows


def _held_by(refs: Collection[str] | QuerySet[Body, str], *, acts: bool) -> QuerySet[Assignment]:
    return _standing_assignments(acts=acts).filter(body__in=refs)


def _handed_over(refs: Collection[str]) -> bool:
    """Whether a person said anything of who answers for one of these bodies."""
    return not kept("handed over", None, _named_in_handovers).isdisjoint(refs)


def _named_in_handovers() -> frozenset[str]:
    pairs = Handover.objects.order_by().values_list("from_ref", "to_ref").distinct()
    return frozenset(ref for pair in pairs for ref in pair)


def held_bodies(by: Reader, duty: Duty | None = None) -> tuple[bool, set[int]]:
    """Whether a person holds a role over everything, and ids of all the bodies they hold one over.

    Args:
        duty: what the role must let them do; any role without it.
    """
    if by is None:
        return True, set()
    held = [one for one in held_by(by) if duty is None or one.has(duty)]
    return any(one.body is None for one in held), reached(by, (one.body for one in held))


def judged_by(by: Reader) -> Q:
    """Tasks whose result and deadline a person judges: those given by a body they confirm for."""
    everything, bodies = held_bodies(by, Duty.CONFIRM)
    if everything:
        return Q()
    return Q(assigner__in=bodies)


def releases(by: Reader) -> Q:
    """Progress reports a person releases: of bodies they confirm for; the desk's, who keep it."""
    everything, bodies = held_bodies(by, Duty.CONFIRM)
    if by is None:
        return Q()
    own = Q(body__in=bodies)
    return own | Q(body=None) if everything else own


def is_released(path: str = "") -> Q:
    """Progress reports that are out, or what came with one or with none; nobody's draft.

    Args:
        path: the way to the report, "progress__".
    """
    released = Q(**{f"{path}state": ProgressState.RELEASED})
    return released | Q(**{path.removesuffix("__"): None}) if path else released


def sees_progress(by: Reader, path: str = "") -> Q:
    """Progress reports, or what came with them, that a person may see beside seeing the task.

    A draft is its body's own until its approver releases it: nobody else sees it, however open the
    document is. What a report told and that was taken back is nobody's draft.
    Args:
        path: the way to the report, "progress__"; rows that came with none are seen.
    """
    if by is None:
        return Q()
    held = [one for one in held_by(by) if one.has(Duty.ADD)]
    if any(one.body is None for one in held):
        own = Q(**{f"{path}body": None}) | Q(**{f"{path}written_by": by})
    else:
        own = Q(pk__in=[])
    bodies = reached(by, (one.body for one in held))
    drafts = (own | Q(**{f"{path}body__in": bodies})) & Q(**{f"{path}report": None})
    return is_released(path) | drafts
