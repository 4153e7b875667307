"""The views of the register a person keeps or was given."""

from django.db.models import Q, QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.delivery.models import SavedView
from diemcau.directory.reach import above

__all__ = ["list_views", "start_query"]


def list_views(by: User) -> QuerySet[SavedView]:
    """A person's own views, and those shared with a body they belong to or one above it."""
    held = {one.body for one in held_by(by)}
    shared = Q(is_shared=True)
    if None not in held:
        # Nobody is told what was shared with those who hold a role, while they hold none.
        bodies = above(one for one in held if one is not None)
        shared &= Q(body__in=bodies) | Q(body=None) if held else Q(pk__in=[])
    views = SavedView.objects.filter(Q(owner=by) | shared)
    return views.select_related("owner", "body").order_by("name", "pk")


def start_query(by: User) -> str:
    """The query a person's register opens with; "" is the whole register."""
    view = list_views(by).filter(starts__person=by).first()
    return view.query if view else ""
