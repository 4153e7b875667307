"""Every request gets a number, is counted by its route, and has one line in the log."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from diemcau.operation.logs import request_id
from diemcau.operation.metrics import count_request

__all__ = ["Observed"]

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
