"""From a name in a text to a row of the directory: the engine's answer and the rows added here."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from diemcau.directory.models import BodyName, PartnerName
from vanban.directory.names import key
from vanban.directory.resolve import Resolution, resolve
from vanban.directory.rows import PARTNER_KINDS, Entry

__all__ = ["local_bearers", "resolve_name"]


def resolve_name(
    name: str,
    *,
    on: date | None = None,
    kinds: Collection[str] | None = None,
    within: str | None = None,
    local: Mapping[str, list[Entry]] | None = None,
) -> Resolution:
    """The one bearer of a name, or the candidates; rows added here count as the shipped ones do.

    Args:
        name, on, kinds, within: as `vanban.directory.resolve.resolve` takes them.
        local: of `local_bearers`, where many names are asked about at once.
    """
    shipped = resolve(name, on=on, kinds=kinds, within=within)
    bearers = (local_bearers([name]) if local is None else local).get(key(name), [])
    added = [
        one
        for one in bearers
        if (kinds is None or _is_of(one.kind, kinds))
        # A partner added here has no days.
        and (on is None or one.is_valid(on.isoformat()))
    ]
    if not added:
        return shipped
    candidates = tuple({e.id: e for e in (*shipped.candidates, *added)}.values())
    taken = shipped.candidates if shipped.id else ()
    if len({e.id for e in (*taken, *added)}) == 1:
        return Resolution(added[0].id, (added[0],), "unique")
    return Resolution(None, candidates, "several" if on else "needs_date")


def _is_of(kind: str, kinds: Collection[str]) -> bool:
    group = "partner" if kind in PARTNER_KINDS else "body"
    return kind in kinds or group in kinds


def local_bearers(names: Iterable[str]) -> dict[str, list[Entry]]:
    """The rows added here that go by some names, by the key of the name; asks twice for all."""
    keys = {key(name) for name in names}
    found: dict[str, dict[str, Entry]] = {}
    bodies = BodyName.objects.filter(key__in=keys, body__is_local=True).select_related("body")
    for row in bodies:
        body = row.body
        found.setdefault(row.key, {})[body.ref] = Entry(
            body.ref,
            body.kind,
            body.name,
            body.valid_from.isoformat() if body.valid_from else "",
            body.valid_to.isoformat() if body.valid_to else "",
        )
    partners = PartnerName.objects.filter(key__in=keys, partner__is_local=True)
    for name in partners.select_related("partner"):
        one = name.partner
        found.setdefault(name.key, {})[one.ref] = Entry(one.ref, one.kind, one.name)
    return {name: list(entries.values()) for name, entries in found.items()}
