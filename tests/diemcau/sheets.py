"""Lists taken out as files, as the buttons of their pages do it."""

from urllib.parse import urlencode

from django.urls import reverse

__all__ = ["take_sheet"]


def take_sheet(client, name, form, query=None, *, args=(), **typed):
    """The answer to a page posted as a file.

    Args:
        form: "xlsx", "csv" or "docx".
        query: the filters of the page's address.
        typed: what else the form sends.
    """
    address = f"{reverse(name, args=args)}?{urlencode(query or {}, doseq=True)}"
    return client.post(address, {"xuat": form, **typed})
