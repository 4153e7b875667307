"""Who asks: a person signed in on this site, or a program with an access token of theirs."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer, SessionAuth

from diemcau.access.rules import recall
from diemcau.accounts.models import User
from diemcau.accounts.tokens import Scope, note_use
from diemcau.signin.known import token_of

__all__ = ["WAYS"]

_SAFE = ("GET", "HEAD", "OPTIONS")


class _ByToken(HttpBearer):
    """Every request by token passes here, and nothing is known of it before: the place where a
    limit of tries a minute belongs."""

    def authenticate(self, request: HttpRequest, token: str) -> User:
        opened = token_of(token)
        if opened is None:
            # A token that does not open is no reason to look for a session.
            raise AuthenticationError
        found, person = opened
        if found.scope == Scope.READ and request.method not in _SAFE:
            raise AuthorizationError(403, _("This access token may only read."))
        note_use(found)
        request.user = person
        if request.method == "GET":
            recall(person)
        return person


class _BySession(SessionAuth):
    """The session of this site; a write needs its CSRF token in the header X-CSRFToken."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


WAYS = [_ByToken(), _BySession()]
"""The token first: with one, nothing rests on a cookie and no CSRF token is needed."""
