"""What every request of a signed-in person passes: the session is in use, and may it go on."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from diemcau.access.rules import recall
from diemcau.signin.rules import must_have_second_factor

__all__ = ["SessionInUse"]

_OPEN_TO_HELD = {
    *("login", "logout", "set_language", "password", "security", "confirm", "confirm_begin"),
    *("app_add", "passkey_add", "passkey_add_begin", "recovery_codes", "reset", "invitation"),
}


class SessionInUse:
    """Writes once a minute that a session is in use, and then looks whether it must be held.

    Whoever must have a second factor and came without one reaches the pages that set it up, and no
    other. New rules and new roles hold an open session within a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if request.method == "GET":
            recall(request.user)
        session, now = request.session, timezone.now()
        if session.is_due(now):
            session.touch(now)
            held = not session.get("strong") and must_have_second_factor(request.user)
            if held != session.get("held", False):
                session["held"] = held
        if not session.get("held") or request.resolver_match.url_name in _OPEN_TO_HELD:
            return None
        if request.headers.get("HX-Request") == "true":
            return render(request, "web/signin/_held.html", status=403)
        return redirect("security")
