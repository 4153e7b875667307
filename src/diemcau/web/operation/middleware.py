"""Every request gets a number, is counted by its route, and has one line in the log; a connection
that has just answered is not asked whether it would."""

import logging
import re
import threading
import time
import uuid
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from diemcau.operation.logs import request_id
from diemcau.operation.metrics import count_request

__all__ = ["JustAnswered", "Observed"]

logger = logging.getLogger("diemcau.request")
_NUMBER = re.compile(r"[0-9a-f]{16,64}")


class Observed:
    """The outermost one, so that what the others refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _NUMBER.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            self._note(request, response, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        count_request(route, request.method or "", response.status_code, seconds)
        # Whoever the session says; asking it now would be one more query, or fail once more.
        person = getattr(request, "_cached_user", None)
        logger.log(
            logging.ERROR if response.status_code >= 500 else logging.INFO,
            "request",
            extra={
                "route": route,
                "method": request.method,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "account": getattr(person, "pk", None),
            },
        )


class JustAnswered:
    """Trusts a connection that answered within a second; an older one is looked at first.

    A look is a statement of its own, as long as the one a page given again asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # A connection belongs to its thread.
        self.last = threading.local()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wrapped = connection.connection
        if wrapped is not None and getattr(self.last, "wrapped", None) is wrapped:
            connection.health_check_done = time.monotonic() - self.last.at < 1
        response = self.get_response(request)
        # One that failed is looked at by Django itself when the request ends.
        if connection.connection is not None and not connection.errors_occurred:
            self.last.wrapped, self.last.at = connection.connection, time.monotonic()
        return response
