"""The stored documents a form of orders offers, and the one chosen among them."""

from django.db.models import QuerySet
from django.http import HttpRequest

from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, library_of
from diemcau.web.filters import id_of

__all__ = ["chosen_document", "offered_documents"]

_OFFERED = 100


def offered_documents(by: Reader) -> QuerySet[Document]:
    """The newest of those a person may cite; any other is chosen by its number."""
    return library_of(by).order_by("-added_at", "-pk")[:_OFFERED]


def chosen_document(request: HttpRequest) -> Document | None:
    """The document the field holds, as a number or as it is offered: "12 Báo cáo quý I".

    None where it holds nothing, or nothing the person may cite.
    """
    number, _space, _title = request.POST.get("document", "").partition(" ")
    return library_of(request.user).filter(pk=id_of(number) or 0).first()
