"""What people do to matters by hand: join statements into one, set some apart, take it back."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.matters.reported import settle_reports
from diemcau.delivery.matters.threads import retie
from diemcau.delivery.models import Echo, EchoState, Saying, ThreadChange, ThreadChangeKind
from diemcau.delivery.refusals import Refused
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.order import said_order
from diemcau.documents.rules import require

__all__ = ["join_matters", "part_matter", "undo_thread_change"]


@action("delivery.join_matters", may=can_confirm)
def join_matters(actor: User | None, *, first: int, second: int, reason: str) -> ThreadChange:
    """Say that two statements nothing tied together are one matter; their threads become one.

    Where they are one matter already and a report of it waits to be told of its order, who may tell
    it does so by this.
    Args:
        first, second: ids of task statements that hold, of two documents or two places of one.
        reason: why, in the person's words.
    Raises:
        Refused: they are one matter already and nothing waits for the actor, or no reason is given;
            nothing was done.
    """
    reason = _reasoned(reason)
    if first == second:
        raise Refused(_("Choose two different statements."))
    earlier, later = sorted(_statements({first, second}), key=said_order)
    require(actor, Duty.CONFIRM, earlier.document, later.document)
    threads = Saying.objects.filter(statement__in=(first, second)).values_list("thread", flat=True)
    if len(threads) == 2 and threads[0] == threads[1]:
        members = Saying.objects.filter(thread=threads[0]).values_list("statement", flat=True)
        if not settle_reports([set(members)], by=actor):
            raise Refused(_("The two are one matter already."))
        made = _change(actor, ThreadChangeKind.JOIN, [], (earlier, later), reason)
        record_action(made, detail={"statements": sorted({first, second})}, reason=reason)
        return made
    echo = (
        Echo.objects.select_for_update()
        .filter(Q(earlier=earlier, later=later) | Q(earlier=later, later=earlier))
        .first()
    )
    if echo is None:
        echo = Echo.objects.create(
            earlier=earlier,
            later=later,
            score=0,
            shared="",
            n_shared=0,
            by_hand=True,
            state=EchoState.DISMISSED,
        )
    made = _change(actor, ThreadChangeKind.JOIN, [echo], (earlier, later), reason)
    _decide(actor, {echo.pk: EchoState.CONFIRMED})
    retie([earlier, later], by=actor)
    record_action(
        made, detail={"statements": sorted({first, second}), "echo": echo.pk}, reason=reason
    )
    return made


@action("delivery.part_matter", may=can_confirm)
def part_matter(
    actor: User | None, *, thread: int, apart: Collection[int], reason: str
) -> ThreadChange:
    """Say that some statements of a thread are another matter than the rest.

    Every echo between the two sides is dismissed; those inside each side hold.
    Args:
        thread: its id.
        apart: ids of its statements that go; at least one stays.
        reason: why, in the person's words.
    Raises:
        Refused: the statements are not of the thread, or none would stay; nothing was done.
    """
    reason = _reasoned(reason)
    said = set(Saying.objects.filter(thread=thread).values_list("statement", flat=True))
    gone = set(apart)
    if not gone or not gone <= said:
        raise Refused(_("Choose statements of this matter."))
    if gone == said:
        raise Refused(_("Leave at least one statement: setting all apart changes nothing."))
    rows = _statements(said)
    require(actor, Duty.CONFIRM, *{row.document_id: row.document for row in rows}.values())
    stay = said - gone
    across = list(
        Echo.objects.select_for_update().filter(
            Q(earlier__in=gone, later__in=stay) | Q(earlier__in=stay, later__in=gone),
            state=EchoState.CONFIRMED,
        )
    )
    went = [row for row in rows if row.pk in gone]
    made = _change(actor, ThreadChangeKind.PART, across, went, reason)
    _decide(actor, {echo.pk: EchoState.DISMISSED for echo in across})
    retie(rows, by=actor)
    record_action(made, detail={"thread": thread, "apart": sorted(gone)}, reason=reason)
    return made


@action("delivery.undo_thread_change", may=can_confirm)
def undo_thread_change(actor: User | None, *, change: int) -> ThreadChange:
    """Take a joining or setting apart back: every echo gets the state it had before.

    Raises:
        Refused: it was taken back already, it tied nothing, or an echo of it was decided anew.
    """
    row = ThreadChange.objects.select_for_update(of=("self",)).get(pk=change)
    if row.undone_at is not None:
        raise Refused(_("This change was taken back already."))
    echoes = list(
        Echo.objects.select_for_update(of=("self",))
        .select_related("earlier__document", "later__document")
        .filter(pk__in=[int(pk) for pk in row.before])
    )
    documents = {s.document_id: s.document for e in echoes for s in (e.earlier, e.later)}
    documents |= {s.document_id: s.document for s in row.statements.select_related("document")}
    require(actor, Duty.CONFIRM, *documents.values())
    if not echoes:
        raise Refused(_("They were one matter before; set the report apart instead."))
    led_to = EchoState.CONFIRMED if row.kind == ThreadChangeKind.JOIN else EchoState.DISMISSED
    if any(echo.state != led_to for echo in echoes):
        raise Refused(_("Since then somebody decided otherwise; decide on the matter as it is."))
    _decide(actor, {echo.pk: EchoState(row.before[str(echo.pk)]) for echo in echoes})
    retie([s for e in echoes for s in (e.earlier, e.later)], by=actor)
    row.undone_by, row.undone_at = actor, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    record_action(row, detail={"kind": row.kind, "echoes": sorted(e.pk for e in echoes)})
    return row


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    return reason.strip()[:500]


def _statements(pks: Collection[int]) -> list[Statement]:
    rows = list(
        Statement.objects.filter(pk__in=pks, kind=StatementKind.TASK, state__in=LIVE)
        .select_related("document")
        .defer("folded")
    )
    if len(rows) != len(pks):
        raise Refused(_("A statement of these no longer holds, or is of no task."))
    return rows


def _change(
    actor: User | None,
    kind: ThreadChangeKind,
    echoes: Iterable[Echo],
    statements: Iterable[Statement],
    reason: str,
) -> ThreadChange:
    made = ThreadChange.objects.create(
        kind=kind,
        before={str(echo.pk): echo.state for echo in echoes},
        reason=reason,
        made_by=actor,
        made_at=timezone.now(),
    )
    made.statements.set(statements)
    return made


def _decide(actor: User | None, states: dict[int, EchoState]) -> None:
    now = timezone.now()
    for pk, state in states.items():
        proposed = state == EchoState.PROPOSED
        Echo.objects.filter(pk=pk).update(
            state=state,
            decided_by=None if proposed else actor,
            decided_at=None if proposed else now,
        )
