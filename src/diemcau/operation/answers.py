"""Whole answers kept until somebody writes: most of a day a register is read, not written.

A page is kept for one person, address, language and day. What is of the one request, the token of
its forms, is put in anew; an answer that is more than a page (another status, a message, a cookie)
is not kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from diemcau.accounts.rules import asker
from diemcau.audit.kept import are_kept, kept

__all__ = ["keep_answer"]

_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
_KINDS = ("text/html", "application/json")
_LARGEST = 300_000
"""Bytes; a larger answer is made anew each time, so that what is kept stays small."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer, cut where a form has its token."""

    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]


class _NotKept(Exception):
    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def keep_answer(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose answer to a person is given again until somebody writes.

    Only for views whose answer rests on rows that actions write, on the address, on the person and
    on the day; not on what the session holds or the hour is. What else it rests on is
    given to it by position.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by = request.user
        if request.method != "GET" or not by.is_authenticated or not are_kept():
            return view(request, *args, **kwargs)
        # Asking for the count leaves the messages where they are.
        if len(messages.get_messages(request)):
            return view(request, *args, **kwargs)
        htmx = tuple(request.headers.get(name, "") for name in ("HX-Request", "HX-Target"))
        # What comes by keyword is read from the address.
        of = (request.get_full_path(), get_language(), htmx, asker(by), args)

        def find() -> _Answer:
            return _cut(view(request, *args, **kwargs))

        try:
            return _answer(request, kept("answer", of, find))
        except _NotKept as other:
            return other.response

    return run


def _cut(response: HttpResponseBase) -> _Answer:
    def leave() -> NoReturn:
        raise _NotKept(response)

    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        leave()
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith(_KINDS) or len(response.content) > _LARGEST:
        leave()
    return _Answer(tuple(_TOKEN.split(response.content)), tuple(response.items()))


def _answer(request: HttpRequest, found: _Answer) -> HttpResponse:
    token = get_token(request).encode() if len(found.parts) > 1 else b""
    response = HttpResponse(token.join(found.parts))
    for name, value in found.headers:
        response[name] = value
    return response
