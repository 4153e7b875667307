"""The page for a failure: that the service is away and comes back, or that the program is wrong."""

import sys
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from diemcau.operation.logs import request_id
from diemcau.review.outcomes import NO_ROOM

__all__ = ["is_passing", "server_error"]

_AGAIN_SECONDS = 10
_READ_ONLY = "25006"


def is_passing(problem: BaseException | None) -> bool:
    """Whether a failure is of the database or the disk, and may be over in a moment."""
    if isinstance(problem, OperationalError | InterfaceError):
        return True
    if isinstance(problem, InternalError):
        return getattr(problem.__cause__, "sqlstate", "") == _READ_ONLY
    return isinstance(problem, OSError) and problem.errno in NO_ROOM


@requires_csrf_token
def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """503 where the database or the disk is away, else 500; both say the request's number."""
    passing = is_passing(sys.exc_info()[1])
    template = loader.get_template("503.html" if passing else "500.html")
    # Without the request: a page about a failed database must not ask it who is reading.
    page = template.render({"number": request_id.get()})
    response = HttpResponse(page, status=503 if passing else 500)
    if passing:
        response.headers["Retry-After"] = str(_AGAIN_SECONDS)
    return response
