"""Who may see a document and what was read in it, and who may do what with it.

Everything a person is shown comes from documents, so one rule scopes it all: a row is seen where
every document it rests on is seen. Lists, counts, search, exports, the API and the item's page
filter by `seen`; nothing else decides. In its order: denial, then openness, then the grants over
the owner, then what was shared.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from diemcau.access.rules import covering, reached, use_grant
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, denied_bodies, held_by, holds_everywhere
from diemcau.documents.models import Document

__all__ = ["Reader", "kept_for", "library_of", "may_do", "require", "seen"]

Reader = User | None
"""Who asks; None is the installation itself, from which nothing is hidden."""

_NOTHING = Q(pk__in=[])


def seen(by: Reader, path: str = "document") -> Q:
    """The rows whose document a person may see today.

    Args:
        path: the way from the row to its document, "statement__document"; "pk" from a document.
            A row whose way ends at no document is seen by everybody who may see anything.
    """
    if by is None:
        return Q()
    held = held_by(by)
    if not held:
        return _NOTHING
    denied = reached(by, denied_bodies(by))
    hidden = Q(owner__in=denied) if denied else _NOTHING
    if not any(one.sees_closed and one.body is None for one in held):
        mine = reached(by, (one.body for one in held))
        own = reached(by, (one.body for one in held if one.sees_closed))
        hidden |= Q(is_closed=True) & ~Q(owner__in=own) & ~Q(shared_with__in=mine)
    elif not denied:
        return Q()
    return ~Q(**{f"{path}__in": Document.objects.filter(hidden).order_by().values("pk")})


def kept_for(by: Reader, duty: Duty, path: str = "document__") -> Q:
    """The rows whose document's owner a person may do something for: what is theirs to decide.

    Args:
        path: the way from the row to its document, "statement__document__"; "" from a document.
    """
    if by is None or holds_everywhere(by, duty):
        return Q()
    bodies = reached(by, (one.body for one in held_by(by) if one.has(duty)))
    return Q(**{f"{path}owner__in": bodies})


def library_of(by: Reader) -> QuerySet[Document]:
    """The documents a person may see that are listed, searched and cited: all but tables."""
    return Document.objects.filter(seen(by, "pk"), is_table=False)


def may_do(by: User, duty: Duty, document: Document) -> bool:
    """Whether a person may do something with a document they see."""
    return covering(by, duty, document.owner_id) is not None


def require(by: Reader, duty: Duty, *documents: Document) -> None:
    """Refuse who may not see all of these, or may do this with none of them.

    Where only a lent grant allows it, the log says on whose behalf.
    Raises:
        PermissionDenied: nothing was done.
    """
    if by is None:
        return
    wanted = {document.pk for document in documents}
    if Document.objects.filter(seen(by, "pk"), pk__in=wanted).count() != len(wanted):
        raise PermissionDenied(f"{duty}: hidden")
    found = (covering(by, duty, document.owner_id) for document in documents)
    able = [held for held in found if held is not None]
    if not able:
        raise PermissionDenied(f"{duty}: another body's")
    use_grant(min(able, key=lambda held: held.lender is not None))
