"""What the directory says of a day: bodies, who answers for whom, holders, relations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from diemcau.directory.models import (
    Agreement,
    Body,
    Holding,
    Level,
    Partner,
    RelationLevel,
    Stage,
    Succession,
)
from vanban.directory.names import bare, key
from vanban.directory.succession import Link, follow
from vanban.directory.succession import Succession as Followed

__all__ = [
    "Answers",
    "Held",
    "agreements_of",
    "answers_for",
    "bodies_on",
    "current_level",
    "holders_on",
    "is_valid_on",
    "levels_on",
    "links_by_body",
    "list_partners",
    "responsible_on",
    "words_match",
]


def words_match(words: str) -> Q:
    """Rows whose names hold these words, with or without marks and in any case."""
    folded = bare(key(words))
    return Q(folded__contains=folded) if folded else Q()


def bodies_on(day: date, *, kinds: Iterable[str] = (), words: str = "") -> QuerySet[Body]:
    """The bodies that existed on a day, in Vietnamese order."""
    found = Body.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
    )
    kinds = list(kinds)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.filter(words_match(words))


def is_valid_on(body: Body, day: date) -> bool:
    """Whether a body existed on a day."""
    return (body.valid_from is None or body.valid_from <= day) and (
        body.valid_to is None or day <= body.valid_to
    )


# Who answers


@dataclass(frozen=True, slots=True)
class Answers:
    """The bodies whose work a body answers for on a day.

    Args:
        whole: ids of bodies that came to it by merger or new name, itself not among them.
        to_confirm: ids of bodies whose work was divided, and it may have a part.
    """

    whole: tuple[str, ...]
    to_confirm: tuple[str, ...]


def links_by_body(*, beside: Body | None = None) -> dict[str, list[Link]]:
    """Every succession, by the id of the body before; one statement.

    Args:
        beside: only those that can concern this body: a department is followed by departments
            alone, and by nothing else is one followed.
    """
    rows = Succession.objects.order_by("on", "id")
    if beside is not None and beside.kind == "department":
        rows = rows.filter(before__kind="department")
    elif beside is not None:
        rows = rows.exclude(before__kind="department")
    found: dict[str, list[Link]] = defaultdict(list)
    for before, after, kind, on, what, source, sure in rows.values_list(
        "before__ref", "after__ref", "kind", "on", "what", "source_id", "sure"
    ):
        found[before].append(Link(before, after, kind, on.isoformat(), what, source, sure))
    return found


def responsible_on(ref: str, day: date, *, links: dict[str, list[Link]] | None = None) -> Followed:
    """Who answers on a day for what was given to a body.

    Args:
        ref: id of the body the work was given to.
        links: from `links_by_body`, where many are asked.
    """
    return follow(ref, on=day.isoformat(), links=links_by_body() if links is None else links)


def answers_for(ref: str, day: date, *, links: dict[str, list[Link]] | None = None) -> Answers:
    """The bodies whose work a body answers for, or may answer for, on a day."""
    links = links_by_body() if links is None else links
    backward: dict[str, set[str]] = defaultdict(set)
    for before, steps in links.items():
        for step in steps:
            if step.on <= day.isoformat() and step.kind != "functions_moved":
                backward[step.after].add(before)
    met: set[str] = set()
    open_ = [ref]
    while open_:
        for before in backward[open_.pop()] - met - {ref}:
            met.add(before)
            open_.append(before)
    whole, to_confirm = [], []
    for before in sorted(met):
        followed = responsible_on(before, day, links=links)
        if followed.responsible == ref:
            whole.append(before)
        elif ref in followed.candidates:
            to_confirm.append(before)
    return Answers(tuple(whole), tuple(to_confirm))


# Who holds an office


@dataclass(frozen=True, slots=True)
class Held:
    """A person in an office on a day, and how that is known.

    Args:
        how: "held" (the day lies between the days a source gives), "seen" (a source saw the
            person in it that day), "last_seen" (seen before; nothing says it ended).
        day: the day of the last source, for "seen" and "last_seen".
    """

    holding: Holding
    how: str
    day: str = ""


def holders_on(body: Body, day: date) -> list[Held]:
    """Holders of the offices of a body on a day, as far as sources tell."""
    found = []
    iso = day.isoformat()
    holdings = Holding.objects.filter(office__body=body).select_related(
        "person", "office", "source"
    )
    later: dict[int, str] = {}
    rows = list(holdings)
    for row in rows:
        if row.since and _began(row.since, iso):
            later[row.office_id] = max(later.get(row.office_id, ""), row.since)
    for row in rows:
        if row.until and _ended(row.until, iso):
            continue
        if row.since:
            if _began(row.since, iso):
                found.append(Held(row, "held"))
            continue
        seen = [d for d in row.seen if d <= iso]
        if iso in row.seen:
            found.append(Held(row, "seen", iso))
        elif seen and not later.get(row.office_id, "") > max(seen):
            found.append(Held(row, "last_seen", max(seen)))
    order = {"held": 0, "seen": 0, "last_seen": 1}
    return sorted(found, key=lambda h: (h.holding.office_id, order[h.how], h.holding.person.sort))


def _began(partial: str, day: str) -> bool:
    return partial <= day[: len(partial)]


def _ended(partial: str, day: str) -> bool:
    return partial < day[: len(partial)]


# Partners


def list_partners(*, kind: str = "", words: str = "") -> QuerySet[Partner]:
    """Partners in Vietnamese order; Viet Nam itself is none."""
    found = Partner.objects.exclude(ref="vn").filter(words_match(words))
    return found.filter(kind=kind) if kind else found


def levels_on(day: date) -> dict[int, RelationLevel]:
    """The level of relations with each partner on a day, by the partner's key; one statement."""
    found: dict[int, RelationLevel] = {}
    for row in RelationLevel.objects.exclude(level=Level.SECTORAL_STRATEGIC):
        if not row.on or _began(row.on, day.isoformat()):
            found[row.partner_id] = row
    return found


def current_level(levels: Iterable[RelationLevel], day: date) -> RelationLevel | None:
    """The level that holds on a day, of one partner's rows in order of their days."""
    held = [
        row
        for row in levels
        if row.level != Level.SECTORAL_STRATEGIC and (not row.on or _began(row.on, day.isoformat()))
    ]
    return held[-1] if held else None


def agreements_of(partner: Partner, *, blocs: Iterable[int]) -> list[tuple[Agreement, list[Stage]]]:
    """Agreements a partner, or a bloc it belongs to, is a side of, each with its stages.

    The stages of other members of the bloc are left out.
    """
    blocs = list(blocs)
    agreements = (
        Agreement.objects.filter(sides__in=[partner.pk, *blocs])
        .distinct()
        .select_related("partner")
        .prefetch_related(Prefetch("stages", Stage.objects.select_related("side", "source")))
        .order_by("partner__sort")
    )
    wanted = {None, partner.pk, *blocs}
    return [
        (
            agreement,
            sorted(
                (
                    s
                    for s in agreement.stages.all()
                    if s.side_id in wanted or (s.side and s.side.ref == "vn")
                ),
                key=lambda s: s.on or s.known_on,
            ),
        )
        for agreement in agreements
    ]
