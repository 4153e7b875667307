"""Which body a person means by a name they typed, and whether its people can see a document."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from diemcau.access.queries import find_bodies
from diemcau.delivery.doers.assignments import is_collective
from diemcau.delivery.refusals import Refused
from diemcau.directory.models import Body
from diemcau.directory.queries import is_valid_on, responsible_on
from diemcau.directory.reach import reaches
from diemcau.directory.resolution import resolve_name
from diemcau.documents.models import Document
from diemcau.indicators.days import say_day
from vanban.directory.names import key
from vanban.letters import fold

__all__ = ["body_named", "refuse_hidden"]


def body_named(words: str, *, on: dt.date, below: Collection[int] = ()) -> Body:
    """The one body of the directory that goes by a name or id on a day.

    Args:
        below: ids of those asked for first: of two of the name, the one among them is meant.
    Raises:
        Refused: nobody does, several do, or the name stands for many; says which.
    """
    words = " ".join(words.split())
    if not words:
        raise Refused(_("Name the body, as the directory has it."))
    if below:
        near = _with_words(words, find_bodies(words, on=on, among=below))
        if len(near) == 1 and is_valid_on(near[0], on):
            return near[0]
    found = _with_words(words, find_bodies(words, on=on))
    if len(found) == 1 and is_valid_on(found[0], on):
        return found[0]
    # A name made of parts, or written another way, has no row of its own in the directory.
    meant = resolve_name(words, on=on, kinds=("body",)).id
    composed = Body.objects.filter(ref=meant).first() if meant else None
    if composed is not None and is_valid_on(composed, on):
        return composed
    if len(found) > 1:
        raise Refused(
            _("“%(name)s” may be several bodies. Write the name of one in full: %(choices)s.")
            % {"name": words[:80], "choices": _told_apart(found)}
        )
    if is_collective(words):
        raise Refused(
            _("“%(name)s” stands for many bodies; name one, or say which bodies are meant.")
            % {"name": words[:80]}
        )
    ended = found[0] if found else Body.objects.filter(ref=words).first()
    if ended is None:
        bearers = Body.objects.filter(names__key=key(words), names__is_strong=True)
        ended = bearers.order_by("-valid_to").first()
    if ended is not None:
        raise Refused(_told_ended(ended, on))
    raise Refused(
        _("No body goes by “%(name)s” on %(day)s. Choose one of the directory, or add it there.")
        % {"name": words[:80], "day": say_day(on)}
    )


def _with_words(words: str, bodies: Iterable[Body]) -> list[Body]:
    """Those of that id, or whose names have each of the words whole: no “Bộ Ma” in “Bộ Mạnh”."""
    wanted = _syllables(words)
    return [
        body
        for body in bodies
        if body.ref == words
        or any(key(name) == key(words) for name in _names(body))
        or wanted <= {one for name in _names(body) for one in _syllables(name)}
    ]


def _names(body: Body) -> list[str]:
    """What a body is called: what is made of its kind and its province has its one name alone."""
    return [body.name, *(one.name for one in body.names.all())]


def _syllables(name: str) -> set[str]:
    return set(re.findall(r"\w+", fold(name)))


def _told_apart(bodies: list[Body]) -> str:
    names = Counter(one.name for one in bodies)
    return "; ".join(
        one.name if names[one.name] == 1 else f"{one.name} ({one.ref})" for one in bodies
    )


def _told_ended(body: Body, on: dt.date) -> str:
    if body.valid_from and body.valid_from > on:
        return _("%(name)s stands since %(day)s only.") % {
            "name": body.name,
            "day": say_day(body.valid_from),
        }
    followed = responsible_on(body.ref, on)
    after = Body.objects.filter(ref__in=followed.candidates).exclude(pk=body.pk)
    names = "; ".join(f"{one.name} ({one.ref})" for one in after)
    ended = say_day(body.valid_to) if body.valid_to else "?"
    if not names:
        return _("%(name)s ended on %(day)s.") % {"name": body.name, "day": ended}
    return _("%(name)s ended on %(day)s; its work went to: %(after)s.") % {
        "name": body.name,
        "day": ended,
        "after": names,
    }


def refuse_hidden(document: Document, bodies: Iterable[Body]) -> None:
    """Refuse to give a task to bodies whose people could not be let see the document it rests on.

    Raises:
        Refused: names them.
    """
    if not document.is_closed:
        return
    allowed = set(document.shared_with.values_list("pk", flat=True)) | {document.owner_id}
    bodies = list(bodies)
    under = reaches(one.pk for one in bodies)
    hidden = [one.name for one in bodies if not under[one.pk] & allowed]
    if hidden:
        raise Refused(
            _("The document is closed to %(names)s; share it with them first.")
            % {"names": ", ".join(hidden[:5])}
        )
