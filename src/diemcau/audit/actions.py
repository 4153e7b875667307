"""`@action`: the one shape of a write; permission, transaction and audit row are not optional.

    @action("documents.store", may=can_add_documents)
    def store_document(actor: User, *, data: bytes, name: str) -> Document:
        ...
        record_action(document, detail={"sha256": document.sha256})
        return document

The decorator refuses who may not, opens the transaction, and rolls back if the function did not
record exactly one entry. An action may not call another action: what two actions share is a plain
function beside them, so that one thing a person did is one entry.

An action over some hundred rows that say different things, such as those of a file, names what it
does to one of them (`each`): every row it writes leaves an entry of that name (`record_each`),
and the stroke itself leaves its own one after them. `docs/decisions/0024-rows-of-a-file.md`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.audit.chain import append

__all__ = [
    *("ACTIONS", "EACH", "action", "came_from", "origin"),
    *("part_of_actions", "record_action", "record_each", "stands_in_for"),
]

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action by name; a test walks them."""
EACH: dict[str, str] = {}
"""What actions over many rows do to one of them, and the action each is of; "" is of any."""

_origin: ContextVar[str] = ContextVar("origin", default="python")
_address: ContextVar[str] = ContextVar("address", default="")


@dataclass
class _Running:
    name: str
    actor: User | None
    on_behalf_of: User | None = None
    entries: list[dict[str, Any]] = field(default_factory=list)
    each: list[dict[str, Any]] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("running", default=None)


@contextmanager
def origin(name: str) -> Iterator[None]:
    """Say where the actions inside come from: "web", "api", "cli", "import", "job"."""
    token = _origin.set(name)
    try:
        yield
    finally:
        _origin.reset(token)


@contextmanager
def came_from(address: str) -> Iterator[None]:
    """Say which network address the actions inside were asked from."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def stands_in_for(absent: User) -> None:
    """Say that the running action uses the right of somebody absent, who lent it to the actor."""
    if (running := _running.get()) is not None:
        running.on_behalf_of = absent


def action(
    name: str, *, may: Callable[[User], bool], each: Iterable[str] = ()
) -> Callable[[Callable[Concatenate[User | None, P], R]], Callable[Concatenate[User | None, P], R]]:
    """Make a function the one write path of what it does.

    Args:
        name: dotted name, "documents.store"; unique.
        may: predicate over the actor. The actor None is the installation itself (command line,
            first set-up) and is not asked.
        each: what it does to one of many rows, "exchange.write_task"; unique names like its own.
    Returns:
        A decorator; the function's first argument is the actor.
    """

    def decorate(
        function: Callable[Concatenate[User | None, P], R],
    ) -> Callable[Concatenate[User | None, P], R]:
        @wraps(function)
        def run(actor: User | None, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _running.get() is not None:
                raise RuntimeError(f"{name} was called inside {_running.get()}")
            if actor is not None and not may(actor):
                raise PermissionDenied(name)
            running = _Running(name, actor)
            token = _running.set(running)
            try:
                with transaction.atomic():
                    result = function(actor, *args, **kwargs)
                    if len(running.entries) != 1:
                        n = len(running.entries)
                        raise RuntimeError(f"{name} recorded {n} entries, not one")
                    # Last: whoever holds the end of the chain makes every other writer wait, and
                    # two who took it before their other locks could wait for each other.
                    entries = [*running.each, *running.entries]
                    lender = running.on_behalf_of.pk if running.on_behalf_of else None
                    for entry in entries:
                        entry["on_behalf_of_id"] = lender
                    append(entries)
                    return result
            finally:
                _running.reset(token)

        for known in (name, *each):
            if known in ACTIONS or known in EACH:
                raise RuntimeError(f"two actions are called {known}")
        ACTIONS[name] = run
        EACH.update(dict.fromkeys(each, name))
        return run

    return decorate


def part_of_actions(name: str) -> str:
    """Name what any action may do to further rows beside its own, as `record_each` takes it.

    Raises:
        RuntimeError: an action or a part of one is called so already.
    """
    if name in ACTIONS or name in EACH:
        raise RuntimeError(f"two actions are called {name}")
    EACH[name] = ""
    return name


def record_action(
    target: models.Model, *, detail: dict[str, Any] | None = None, reason: str = ""
) -> None:
    """Say what the running action did; its entry is written when it ends, in its transaction.

    Args:
        target: the saved object the action is about.
        detail: what changed, JSON types only; no text of confidential fields.
        reason: why, in the person's words, where the action asks for it.
    Raises:
        RuntimeError: no action is running.
    """
    running = _running.get()
    if running is None:
        raise RuntimeError("record_action is called inside an @action only")
    running.entries.append(_entry(running, running.name, target._meta, target.pk, detail, reason))


def record_each(
    name: str,
    model: type[models.Model],
    pk: int,
    *,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Say what the running action did to one of its many rows: one entry for each row written.

    Args:
        name: one of those the action names in `each`, or of `part_of_actions`.
        model, pk: what the row is of, and its id.
        detail, reason: as `record_action` takes them.
    Raises:
        RuntimeError: no action of which that is a part is running.
    """
    running = _running.get()
    if running is None or EACH.get(name) not in ("", running.name):
        raise RuntimeError(f"{name} is recorded inside its @action only")
    running.each.append(_entry(running, name, model._meta, pk, detail, reason))


def _entry(
    running: _Running,
    name: str,
    meta: Any,
    pk: Any,
    detail: dict[str, Any] | None,
    reason: str,
) -> dict[str, Any]:
    """The columns of an entry, but for those the chain sets."""
    return {
        "at": timezone.now(),
        "actor_id": running.actor.pk if running.actor else None,
        "action": name,
        "target_type": meta.label_lower,
        "target_id": str(pk),
        "detail": detail or {},
        "reason": reason,
        "origin": _origin.get(),
        "address": _address.get(),
    }
