"""From a name in a text to a row of the directory: the engine's answer and the rows added here."""

from collections.abc import Collection
from datetime import date

from diemcau.directory.models import BodyName, PartnerName
from vanban.directory import PARTNER_KINDS, Entry
from vanban.names import key
from vanban.resolve import Resolution, resolve

__all__ = ["resolve_name"]


def resolve_name(
    name: str,
    *,
    on: date | None = None,
    kinds: Collection[str] | None = None,
    within: str | None = None,
) -> Resolution:
    """The one bearer of a name, or the candidates; rows added here count as the shipped ones do.

    Args:
        name, on, kinds, within: as `vanban.resolve.resolve` takes them.
    """
    shipped = resolve(name, on=on, kinds=kinds, within=within)
    local = [e for e in _local_entries(name, on) if kinds is None or _is_of(e.kind, kinds)]
    if not local:
        return shipped
    candidates = tuple({e.id: e for e in (*shipped.candidates, *local)}.values())
    taken = shipped.candidates if shipped.id else ()
    if len({e.id for e in (*taken, *local)}) == 1:
        return Resolution(local[0].id, (local[0],), "unique")
    return Resolution(None, candidates, "several" if on else "needs_date")


def _is_of(kind: str, kinds: Collection[str]) -> bool:
    group = "partner" if kind in PARTNER_KINDS else "body"
    return kind in kinds or group in kinds


def _local_entries(name: str, on: date | None) -> list[Entry]:
    wanted = key(name)
    found = {}
    for row in BodyName.objects.filter(key=wanted, body__is_local=True).select_related("body"):
        body = row.body
        entry = Entry(
            body.ref,
            body.kind,
            body.name,
            body.valid_from.isoformat() if body.valid_from else "",
            body.valid_to.isoformat() if body.valid_to else "",
        )
        if on is None or entry.is_valid(on.isoformat()):
            found[entry.id] = entry
    for row in PartnerName.objects.filter(key=wanted, partner__is_local=True).select_related(
        "partner"
    ):
        found[row.partner.ref] = Entry(row.partner.ref, row.partner.kind, row.partner.name)
    return list(found.values())
