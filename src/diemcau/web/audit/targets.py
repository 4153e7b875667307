"""What an entry is about, in words, with the page that opens it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.models import AuditEntry
from diemcau.audit.words import TARGET_WORDS
from diemcau.delivery.models import Agreement, Task
from diemcau.delivery.orders.instruments import seen_instruments
from diemcau.directory.models import Body
from diemcau.documents.models import Statement
from diemcau.documents.rules import seen
from diemcau.engagements.models import Event
from diemcau.exchange.queries import documents_to_open
from diemcau.web.filters import id_of

__all__ = ["Target", "targets_of"]

_SHORT = 90
_ABOUT_A_PERSON = ("accounts.grant", "accounts.delegation", "accounts.denial")


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry is about.

    Args:
        kind: in words.
        key: its id in the log.
        name: "" where it has none, or is not there any more.
        url: "" where there is no page the person may open.
    """

    kind: str
    key: str
    name: str = ""
    url: str = ""


def targets_of(
    entries: Iterable[AuditEntry], *, person: User, names: dict[int, str]
) -> dict[int, Target]:
    """The target of each entry by the entry's id; at most one statement a kind, for all of them.

    Args:
        person: who looks, and what they may open.
        names: of the people, by id.
    """
    entries = list(entries)
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if (pk := id_of(entry.target_id)) is not None:
            ids[entry.target_type].add(pk)
    known = _look_up(ids, person, names)
    return {
        entry.pk: Target(
            str(TARGET_WORDS.get(entry.target_type, entry.target_type)),
            entry.target_id,
            *known.get((entry.target_type, entry.target_id), _beside(entry, person, names)),
        )
        for entry in entries
    }


def _look_up(
    ids: dict[str, set[int]], person: User, names: dict[int, str]
) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}

    def add(target_type: str, pk: int, name: str, url: str) -> None:
        found[target_type, str(pk)] = (Truncator(" ".join(name.split())).chars(_SHORT), url)

    if wanted := ids.get("documents.document"):
        for document in documents_to_open(person).filter(pk__in=wanted):
            url = reverse("document", args=[document.pk])
            add("documents.document", document.pk, str(document), url)
    if wanted := ids.get("documents.statement"):
        rows = Statement.objects.filter(seen(person), pk__in=wanted).values_list("pk", "quote")
        for pk, quote in rows:
            add("documents.statement", pk, quote, reverse("statement", args=[pk]))
    if wanted := ids.get("delivery.task"):
        tasks = Task.objects.filter(seen(person), pk__in=wanted)
        for task in tasks.select_related("statement"):
            url = (
                "" if task.withdrawn_at or task.replaced_by_id else reverse("task", args=[task.pk])
            )
            add("delivery.task", task.pk, task.title, url)
    if wanted := ids.get("delivery.agreement"):
        agreements = Agreement.objects.filter(seen(person), pk__in=wanted)
        for agreement in agreements:
            url = reverse("agreement", args=[agreement.pk])
            add("delivery.agreement", agreement.pk, agreement.title, url)
    if wanted := ids.get("engagements.event"):
        for event in Event.objects.filter(seen(person), pk__in=wanted):
            url = "" if event.withdrawn_at else reverse("event", args=[event.pk])
            add("engagements.event", event.pk, event.title, url)
    if wanted := ids.get("delivery.instrument"):
        for made in seen_instruments(person).filter(pk__in=wanted):
            url = reverse("instrument", args=[made.pk])
            add("delivery.instrument", made.pk, str(made), url)
    if wanted := ids.get("directory.body"):
        for pk, ref, name in Body.objects.filter(pk__in=wanted).values_list("pk", "ref", "name"):
            add("directory.body", pk, name, reverse("directory_body", args=[ref]))
    may_open = can_manage_accounts(person)
    for pk in ids.get("accounts.user", ()):
        url = reverse("account", args=[pk]) if may_open else ""
        add("accounts.user", pk, names.get(pk, ""), url)
    return found


def _beside(entry: AuditEntry, person: User, names: dict[int, str]) -> tuple[str, str]:
    """A name and an address made of what the entry itself says."""
    said = entry.detail
    if entry.target_type in _ABOUT_A_PERSON and isinstance(said.get("person"), int):
        about = said["person"]
        url = reverse("account", args=[about]) if can_manage_accounts(person) else ""
        return names.get(about, ""), url
    match entry.target_type:
        case "accounts.accesstoken":
            return str(said.get("name", "")), ""
        case "delivery.echo":
            return "", f"{reverse('echoes')}#e{entry.target_id}"
        case "indicators.comparison":
            return "", reverse("clash", args=[entry.target_id])
        case "review.batch" if isinstance(said.get("document"), int):
            return "", reverse("review_document", args=[said["document"]])
        case "audit.audithead":
            return "", reverse("audit_log")
        case "directory.source" | "directory.holding" | "directory.succession":
            return " · ".join(
                str(said[k]) for k in ("file", "person", "office", "from", "to") if said.get(k)
            ), reverse("directory")
    return "", ""
