"""Keeping a way to look at the register: under a name, for oneself or shared with a body."""

from urllib.parse import parse_qsl, urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.audit.actions import action, record_action
from diemcau.delivery.models import SavedView, StartView
from diemcau.delivery.refusals import Refused
from diemcau.delivery.saved import list_views
from diemcau.directory.models import Body

__all__ = ["choose_start_view", "delete_view", "rename_view", "save_view"]

_LONGEST = 2000
_NAME = 100


def can_keep_views(person: User) -> bool:
    """May keep views of the register: everybody who holds any role."""
    return bool(held_by(person))


@action("delivery.save_view", may=can_keep_views)
def save_view(
    actor: User | None, *, name: str, query: str, share: bool = False, body: Body | None = None
) -> SavedView:
    """Keep filters, columns and order under a name; a name of one's own is written anew.

    Args:
        query: the address's query.
        share: with the people of `body` and of those below it; without a body, with everybody.
    Raises:
        Refused: no name, a query too long, or a body the person holds no role over.
    """
    person = _somebody(actor)
    name = _named(name)
    query = urlencode(parse_qsl(query))
    if len(query) > _LONGEST:
        raise Refused(_("These filters are too long to be kept; take some out."))
    _may_share(person, share, body)
    before = SavedView.objects.filter(owner=person, name=name).first()
    view, _made = SavedView.objects.update_or_create(
        owner=person,
        name=name,
        defaults={
            "query": query,
            "is_shared": share,
            "body": body if share else None,
            "made_at": timezone.now(),
        },
    )
    record_action(view, detail=_told(view) | {"before": _told(before) if before else None})
    return view


@action("delivery.rename_view", may=can_keep_views)
def rename_view(
    actor: User | None, *, view: int, name: str, share: bool = False, body: Body | None = None
) -> SavedView:
    """Give a view of one's own another name, and say whom it is shared with.

    Raises:
        Refused: it is not theirs, the name is none or taken, or as `save_view`.
    """
    person = _somebody(actor)
    row = _own(person, view)
    name = _named(name)
    if SavedView.objects.filter(owner=person, name=name).exclude(pk=row.pk).exists():
        raise Refused(_("You have a view called “%(name)s” already.") % {"name": name})
    _may_share(person, share, body)
    before = _told(row)
    row.name, row.is_shared, row.body = name, share, body if share else None
    row.save(update_fields=["name", "is_shared", "body"])
    record_action(row, detail=_told(row) | {"before": before})
    return row


@action("delivery.delete_view", may=can_keep_views)
def delete_view(actor: User | None, *, view: int) -> None:
    """Delete a view of one's own; who began with it begins with the whole register again.

    Raises:
        Refused: it is not theirs.
    """
    row = _own(_somebody(actor), view)
    record_action(row, detail=_told(row))
    row.delete()


@action("delivery.choose_start_view", may=can_keep_views)
def choose_start_view(actor: User | None, *, view: int | None) -> None:
    """Say with which view one's register opens; None is the whole register.

    Raises:
        Refused: they may not see that view.
    """
    person = _somebody(actor)
    before = StartView.objects.filter(person=person).values_list("view", flat=True).first()
    if view is None:
        StartView.objects.filter(person=person).delete()
    elif list_views(person).filter(pk=view).exists():
        StartView.objects.update_or_create(person=person, defaults={"view_id": view})
    else:
        raise Refused(_("There is no such view that you may see."))
    record_action(person, detail={"view": view, "before": before})


def _somebody(actor: User | None) -> User:
    if actor is None:
        raise Refused(_("A view belongs to a person; sign in to keep one."))
    return actor


def _own(person: User, view: int) -> SavedView:
    row = SavedView.objects.select_for_update().filter(pk=view, owner=person).first()
    if row is None:
        raise Refused(_("There is no such view of yours."))
    return row


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Give the view a name."))
    if len(name) > _NAME:
        raise Refused(_("That is too long; say it in fewer words."))
    return name


def _may_share(person: User, share: bool, body: Body | None) -> None:
    if not share:
        return
    held = {one.body for one in held_by(person)}
    if (body.pk if body else None) not in held and None not in held:
        raise Refused(_("You can share a view with a body you hold a role in."))


def _told(view: SavedView) -> dict[str, object]:
    return {
        "name": view.name,
        "query": view.query,
        "shared": view.is_shared,
        "body": view.body.ref if view.body else None,
    }
