"""What an entry says changed, as a person reads it: before → after, and what else is said."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.accounts.models import Role
from diemcau.accounts.tokens import Scope
from diemcau.audit.models import AuditEntry
from diemcau.audit.words import ACTION_WORDS, ORIGIN_WORDS
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.actions.expanding import Group
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import (
    Answer,
    AssignmentRole,
    Completion,
    EvidenceKind,
    SlipReason,
    SlipState,
    Stage,
)
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import SuccessionKind
from diemcau.documents.models import StatementKind, StatementState
from diemcau.engagements.models import EventKind
from diemcau.exchange.columns import COLUMNS
from diemcau.exchange.taking_out import LISTS
from diemcau.gate.telling import mark_words
from diemcau.signin.models import LinkKind
from diemcau.web.days import say_instant, say_period
from diemcau.web.directory.kinds import kind_name

__all__ = [
    *("LABELS", "Change", "action_words", "changes_of", "facts_of", "origin_words"),
    "said_in_a_line",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what it is called, what stood before, what stands after."""

    label: str
    before: str
    after: str


LABELS: Mapping[str, str | Promise] = {
    "added": gettext_lazy("Added"),
    "again": gettext_lazy("Tried before"),
    "agreement": gettext_lazy("Agreement number"),
    "alone": gettext_lazy("Decided alone: nobody else could"),
    "already": gettext_lazy("Was so already"),
    "answer": gettext_lazy("Answer"),
    "apart": gettext_lazy("Set apart"),
    "asked": gettext_lazy("Tasks asked for a report"),
    "asked_of": gettext_lazy("Asked of"),
    "assignment": gettext_lazy("Assignment number"),
    "bodies": gettext_lazy("Bodies"),
    "body": gettext_lazy("Body"),
    "by": gettext_lazy("Replaced by number"),
    "by_invitation": gettext_lazy("By invitation"),
    "cause": gettext_lazy("Cause"),
    "changed": gettext_lazy("Changed"),
    "closes": gettext_lazy("Closes"),
    "code": gettext_lazy("Code"),
    "commitment": gettext_lazy("Commitment number"),
    "completion": gettext_lazy("Complete"),
    "confirmation": gettext_lazy("Confirmation number"),
    "counts": gettext_lazy("Statements read"),
    "day": gettext_lazy("Day"),
    "days": gettext_lazy("Days"),
    "deadline": gettext_lazy("Deadline"),
    "decided": gettext_lazy("Decided on before"),
    "decision": gettext_lazy("Decision number"),
    "device": gettext_lazy("Device"),
    "digest": gettext_lazy("Digest"),
    "directives": gettext_lazy("Orders"),
    "document": gettext_lazy("Document number"),
    "done": gettext_lazy("Done"),
    "due_to": gettext_lazy("Last day of the deadline"),
    "earlier_lead": gettext_lazy("Earlier lead"),
    "echo": gettext_lazy("Pair number"),
    "echoes": gettext_lazy("Pairs"),
    "ended": gettext_lazy("Session ended"),
    "ends_on": gettext_lazy("Last day"),
    "engine": gettext_lazy("Version of the reader"),
    "event": gettext_lazy("Event number"),
    "evidence": gettext_lazy("Evidence number"),
    "expires_at": gettext_lazy("Expires"),
    "faults": gettext_lazy("Faults found"),
    "fields": gettext_lazy("Fields changed"),
    "file": gettext_lazy("File"),
    "filters": gettext_lazy("Filters"),
    "form": gettext_lazy("Format"),
    "found": gettext_lazy("Found"),
    "from": gettext_lazy("Out of"),
    "grant": gettext_lazy("Grant number"),
    "groups": gettext_lazy("Groups"),
    "id": gettext_lazy("Item number"),
    "instead_of": gettext_lazy("Instead of number"),
    "into": gettext_lazy("Into statement number"),
    "is_active": gettext_lazy("May sign in"),
    "is_closed": gettext_lazy("Closed"),
    "issued_on": gettext_lazy("Day of issue"),
    "issuer": gettext_lazy("Issuer"),
    "its_address": gettext_lazy("From address"),
    "kept": gettext_lazy("As before"),
    "kind": gettext_lazy("Kind"),
    "kinds": gettext_lazy("Kinds"),
    "last": gettext_lazy("Last entry"),
    "leads_before": gettext_lazy("Led before"),
    "left_out": gettext_lazy("Left out"),
    "letters": gettext_lazy("Letters"),
    "letters_before": gettext_lazy("Letters before"),
    "level": gettext_lazy("Level that decides"),
    "limit_reached": gettext_lazy("Limit reached"),
    "link": gettext_lazy("Link number"),
    "list": gettext_lazy("List"),
    "marks": gettext_lazy("Marks of secrecy"),
    "merged": gettext_lazy("Merged with number"),
    "minimum": gettext_lazy("Least confidence"),
    "mode": gettext_lazy("Way"),
    "move": gettext_lazy("Move"),
    "n": gettext_lazy("How many"),
    "n_ended": gettext_lazy("Sessions ended"),
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("English name"),
    "near_copy_of": gettext_lazy("Near copy of document number"),
    "new": gettext_lazy("New"),
    "note": gettext_lazy("Note"),
    "notices": gettext_lazy("Notices"),
    "number": gettext_lazy("Number"),
    "obstacle": gettext_lazy("Obstacle number"),
    "office": gettext_lazy("Office"),
    "official": gettext_lazy("Task of the notice"),
    "on": gettext_lazy("Day"),
    "opens": gettext_lazy("Opens"),
    "owner": gettext_lazy("Owner"),
    "parent": gettext_lazy("Under"),
    "parts": gettext_lazy("Parts"),
    "passkey": gettext_lazy("Passkey"),
    "period": gettext_lazy("Time it plans for"),
    "person": gettext_lazy("Person"),
    "place": gettext_lazy("Place in it"),
    "product": gettext_lazy("Product"),
    "progress": gettext_lazy("Report number"),
    "reading": gettext_lazy("Reading number"),
    "recovery_codes": gettext_lazy("Recovery codes made"),
    "role": gettext_lazy("Role"),
    "roles": gettext_lazy("Roles"),
    "n_changed": gettext_lazy("Tasks changed"),
    "n_moved": gettext_lazy("Tasks moved"),
    "n_recorded": gettext_lazy("Tasks recorded"),
    "n_reported": gettext_lazy("Reports written"),
    "n_slips": gettext_lazy("Deadlines asked for or set"),
    "n_undone": gettext_lazy("Tasks put back"),
    "row": gettext_lazy("Row"),
    "rows": gettext_lazy("Rows"),
    "rule": gettext_lazy("Counted by"),
    "rules": gettext_lazy("Rules"),
    "scope": gettext_lazy("Scope"),
    "sees_closed": gettext_lazy("Sees what is closed"),
    "serving": gettext_lazy("Link number"),
    "sha256": "SHA-256",
    "shared_with": gettext_lazy("Seen by bodies"),
    "side": gettext_lazy("Side"),
    "signed_on": gettext_lazy("Signed on"),
    "signer": gettext_lazy("Signed by"),
    "since": gettext_lazy("Since"),
    "slip": gettext_lazy("Request number"),
    "source": gettext_lazy("Source"),
    "split": gettext_lazy("Taken apart from number"),
    "stage": gettext_lazy("Stage"),
    "stages_taken_back": gettext_lazy("Stages taken back, by number"),
    "starts_on": gettext_lazy("First day"),
    "state": gettext_lazy("State"),
    "statement": gettext_lazy("Statement number"),
    "statements": gettext_lazy("Statement numbers"),
    "status": gettext_lazy("State"),
    "step": gettext_lazy("Step"),
    "strong": gettext_lazy("Other names"),
    "subject": gettext_lazy("Subject"),
    "successor": gettext_lazy("Followed by"),
    "superseded": gettext_lazy("No longer read"),
    "sure": gettext_lazy("Certainty"),
    "take_over": gettext_lazy("Take-over number"),
    "task": gettext_lazy("Task number"),
    "text_version": gettext_lazy("Version of the text"),
    "thread": gettext_lazy("Matter number"),
    "title": gettext_lazy("Title"),
    "to": gettext_lazy("Over to"),
    "tokens_revoked": gettext_lazy("Access tokens revoked"),
    "total": gettext_lazy("Entries"),
    "undone": gettext_lazy("Put back"),
    "until": gettext_lazy("Until"),
    "valid_from": gettext_lazy("First day"),
    "valid_to": gettext_lazy("Last day"),
    "view": gettext_lazy("Saved view number"),
    "ways": gettext_lazy("Signed in by"),
    "weak": gettext_lazy("Short names"),
    "what": gettext_lazy("What"),
    "worked": gettext_lazy("Worked"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$")
_STATE = gettext_lazy("State")

_VALUES: Mapping[str, Mapping[str, str | Promise]] = {
    "": {s.value: s.label for s in StatementState}
    | {s.value: s.label for s in Status}
    | {"confirmed": gettext_lazy("Confirmed"), "dismissed": gettext_lazy("Dismissed")},
    "ways": {
        "password": gettext_lazy("Password"),
        "provider": gettext_lazy("An outside provider"),
        "app": gettext_lazy("Code of the application"),
        "passkey": gettext_lazy("Passkey"),
        "recovery_code": gettext_lazy("Recovery code"),
    },
    "step": {
        "password": gettext_lazy("Password"),
        "factor": gettext_lazy("Second factor"),
        "passkey": gettext_lazy("Passkey"),
        "provider": gettext_lazy("An outside provider"),
        "confirm": gettext_lazy("Confirming who one is"),
    },
    "roles": {r.value: r.label for r in Role},
    "role": {r.value: r.label for r in (*Role, *AssignmentRole)},
    "list": LISTS,
    "answer": {a.value: a.label for a in Answer},
    "completion": {c.value: c.label for c in Completion},
    "earlier_lead": {one.value: one.label for one in EarlierLead},
    "groups": {g.value: g.label for g in Group},
    "status": {s.value: s.label for s in Status},
    "scope": {s.value: s.label for s in Scope},
    "stage": {s.value: s.label for s in Stage},
    "move": {m.value: m.label for m in Move},
    "state": {s.value: s.label for s in SlipState},
    "code": {r.value: r.label for r in SlipReason},
    "cause": {r.value: r.label for r in SlipReason},
    "rule": {r.value: r.label for r in DueRule},
    "kind": {
        k.value: k.label
        for k in (*StatementKind, *SuccessionKind, *EvidenceKind, *EventKind, *LinkKind)
    },
    "kinds": {k.value: k.label for k in StatementKind},
    "counts": {k.value: k.label for k in StatementKind},
}
"""Words of the values of closed lists, by key; "" is a state before and after."""


def action_words(name: str) -> str:
    """An action in words; its dotted name where it has none."""
    return str(ACTION_WORDS.get(name, name))


def origin_words(name: str) -> str:
    """Where an action was asked from, in words."""
    return str(ORIGIN_WORDS.get(name, name))


def changes_of(entry: AuditEntry) -> list[Change]:
    """What changed, one line each; a value that stayed the same is left out."""
    return [change for change in _changes(entry.detail) if change.before != change.after]


def facts_of(entry: AuditEntry, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """What else the entry says: (what, value); what `changes_of` tells is left out.

    Args:
        names: of the people, by id.
    """
    told = _told(entry.detail)
    people = ("person", "to") if entry.target_type.startswith("accounts.") else ()
    return [
        (_label(key), names.get(value, str(value)) if key in people else _words(key, value))
        for key, value in entry.detail.items()
        if key not in told and value not in (None, "", [], {})
    ]


def said_in_a_line(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """Everything `changes_of` and `facts_of` tell, as one text for a table."""
    told = [f"{c.label}: {c.before or '∅'} → {c.after or '∅'}" for c in changes_of(entry)]
    told += [f"{label}: {value}" for label, value in facts_of(entry, names)]
    return "; ".join(told)


def _changes(detail: dict[str, Any]) -> list[Change]:
    found: list[Change] = []
    changed = detail.get("changed")
    if isinstance(changed, dict):
        found += [_change(key, *pair) for key, pair in changed.items()]
    elif isinstance(changed, list):
        for _table, row, columns in changed:
            found += [_change(key, *pair, inside=str(row)) for key, pair in columns.items()]
    if "before" in detail:
        before = detail["before"]
        after = detail.get("after")
        if isinstance(before, dict):
            after = after if isinstance(after, dict) else detail
            found += [_change(key, old, after.get(key)) for key, old in before.items()]
        elif after is not None:
            found.append(Change(str(_STATE), _words("", before), _words("", after)))
        elif "to" in detail:
            found.append(_change("to", before, detail["to"]))
    return found


def _told(detail: dict[str, Any]) -> set[str]:
    if "changed" in detail:
        return {"changed"}
    before = detail.get("before")
    if isinstance(before, dict) and "after" not in detail:
        return {"before", *before}
    if before is not None and "after" not in detail:
        return {"before", "to"}
    return {"before", "after"}


def _change(key: str, before: Any, after: Any, *, inside: str = "") -> Change:
    label = f"{inside}: {_label(key)}" if inside else _label(key)
    return Change(label, _words(key, before), _words(key, after))


def _label(key: str) -> str:
    return str(LABELS.get(key) or _CELLS.get(key, key))


_CELLS = {one.name: one.label for one in COLUMNS}
"""What the columns of a file of tasks are called, for entries that keep what stood in a cell."""


def _words(key: str, value: Any) -> str:
    """A value of a detail as text: closed lists in words, lists joined, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        known = _VALUES.get(key, {})
        return ", ".join(f"{known.get(k, _label(k))}: {_words(k, v)}" for k, v in value.items())
    if key == "marks":
        return "; ".join(mark_words(value))
    if isinstance(value, list):
        return ", ".join(_words(key, one) for one in value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return say_period(value)
    if isinstance(value, str) and _INSTANT.match(value):
        return say_instant(dt.datetime.fromisoformat(value))
    known = _VALUES.get(key, {}).get(value)
    return kind_name(str(value)) if known is None and key == "kind" else str(known or value)
