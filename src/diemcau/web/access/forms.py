"""What a person typed about bodies, posts, days and people, made into rows or into a refusal."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from diemcau.access.queries import find_bodies, find_office
from diemcau.accounts.models import User
from diemcau.directory.models import Body, Office

__all__ = ["read_body", "read_day", "read_office", "read_person"]


def read_body(typed: str, *, name: str = "body") -> Body | None:
    """The body typed; None where nothing was.

    Raises:
        ValidationError: under `name`: no body, or several, go by that name today; says which.
    """
    if not typed.strip():
        return None
    found = find_bodies(typed, on=timezone.localdate())
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError({name: _("No body goes by this name today.")})
    choices = "; ".join(f"{body.name} ({body.ref})" for body in found)
    raise ValidationError(
        {
            name: _("Several bodies are meant; type the id of one: %(choices)s")
            % {"choices": choices}
        }
    )


def read_office(typed: str, body: Body | None) -> Office | None:
    """The post typed, one of the body; None where nothing was.

    Raises:
        ValidationError: under "office": there is none of that name; says which there are.
    """
    if not typed.strip():
        return None
    if body is None:
        raise ValidationError({"office": _("Say the body of the post first.")})
    found = find_office(typed, body)
    if found is None:
        there = "; ".join(office.name for office in body.offices.all()[:8]) or _("none")
        raise ValidationError(
            {"office": _("That body has no such post. It has: %(there)s") % {"there": there}}
        )
    return found


def read_day(typed: str, *, name: str) -> date | None:
    """The day typed; None where nothing was.

    Raises:
        ValidationError: under `name`: it is no day.
    """
    if not typed.strip():
        return None
    try:
        found = parse_date(typed.strip())
    except ValueError:
        found = None
    if found is None:
        raise ValidationError({name: _("“%(typed)s” is no day.") % {"typed": typed[:40]}})
    return found


def read_person(typed: str, *, name: str = "to") -> User:
    """The person with that user name.

    Raises:
        ValidationError: under `name`: nobody has it.
    """
    found = User.objects.filter(username=typed.strip(), is_active=True).first()
    if found is None:
        raise ValidationError(
            {name: _("Nobody signs in as “%(typed)s”.") % {"typed": typed.strip()[:60]}}
        )
    return found
