"""One shape of every refusal: what was found, what was expected, and where."""

import json
from collections.abc import Callable
from typing import Any, Literal

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

import vanban
from diemcau.delivery import refusals as ledger
from diemcau.engagements import refusals as engagements
from diemcau.review.corrections import InvalidValues
from diemcau.review.refusals import DecisionRefused, StatementMoved
from diemcau.urging import refusals as urging

__all__ = ["Error", "Problem", "Refused", "handle_errors"]

Code = Literal[
    "unauthenticated", "forbidden", "not_found", "moved", "refused", "invalid", "unreadable"
]


class Problem(Schema):
    """One thing that cannot stand."""

    where: str = Field(description="Parameter or field, as in query.limit or body.values.deadline.")
    found: str | None = Field(description="What was sent there; null if nothing was.")
    expected: str = Field(description="What can stand there, in the language asked for.")


class Error(Schema):
    """Why a request was not carried out; nothing was changed."""

    code: Code
    message: str = Field(description="One sentence for a person, in the language asked for.")
    problems: list[Problem] = []


class Refused(Exception):
    """A request that cannot stand, found out in a view.

    Args:
        where: the parameter or field.
        found: what stood there.
        expected: what can.
    """

    def __init__(self, where: str, found: object, expected: str) -> None:
        super().__init__(where)
        self.problem = {"where": where, "found": _shown(found), "expected": expected}


_LONGEST = 200


def _shown(found: object) -> str | None:
    if found is None:
        return None
    # A lone surrogate cannot be written as UTF-8.
    text = str(found).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _sent(request: HttpRequest, *path: str) -> str | None:
    """What stood at a place of the body that was sent as JSON; None if nothing did."""
    try:
        found = json.loads(request.body)
        for key in path:
            found = found[key]
    except (ValueError, LookupError, TypeError, RawPostDataException):
        return None
    return _shown(found)


_VERSIONS: dict[type[Exception], Callable[[Any], int]] = {
    StatementMoved: lambda exc: exc.statement.version,
    ledger.TaskMoved: lambda exc: exc.task.version,
    ledger.AgreementMoved: lambda exc: exc.agreement.version,
    engagements.EventMoved: lambda exc: exc.event.version,
    urging.RuleMoved: lambda exc: exc.version,
}
"""Refusals of who changes what is no longer as they saw it, and the version it has now."""


def handle_errors(api: NinjaAPI) -> None:
    """Answer every refusal of ours in the one shape; whatever else breaks is a fault of ours."""

    def answer(
        request: HttpRequest,
        status: int,
        code: Code,
        message: str,
        problems: list[dict[str, Any]] | None = None,
    ) -> HttpResponse:
        said = {"code": code, "message": message, "problems": problems or []}
        response = api.create_response(request, said, status=status)
        if status == 401:
            response["WWW-Authenticate"] = 'Bearer realm="Diem Cau"'
        return response

    def on(kind: type[Exception]) -> Callable:
        return api.exception_handler(kind)

    @on(AuthenticationError)
    def _unauthenticated(request: HttpRequest, _exc: Exception) -> HttpResponse:
        message = _("Sign in, or send an access token that still opens.")
        return answer(request, 401, "unauthenticated", message)

    @on(PermissionDenied)
    def _forbidden(request: HttpRequest, _exc: Exception) -> HttpResponse:
        return answer(request, 403, "forbidden", _("You may not do this; nothing was changed."))

    @on(Http404)
    def _not_found(request: HttpRequest, _exc: Exception) -> HttpResponse:
        return answer(request, 404, "not_found", _("There is no such thing here."))

    @on(HttpError)
    def _http(request: HttpRequest, exc: Exception) -> HttpResponse:
        assert isinstance(exc, HttpError)
        if exc.status_code == 403:
            return answer(request, 403, "forbidden", str(exc))
        return answer(request, 422, "unreadable", _("The body of the request cannot be read."))

    @on(ValidationError)
    def _invalid(request: HttpRequest, exc: Exception) -> HttpResponse:
        assert isinstance(exc, ValidationError)
        return answer(request, 422, "invalid", _("Something sent cannot stand."), exc.errors)

    @on(Refused)
    def _refused(request: HttpRequest, exc: Exception) -> HttpResponse:
        assert isinstance(exc, Refused)
        return answer(request, 422, "invalid", _("Something sent cannot stand."), [exc.problem])

    @on(InvalidValues)
    def _values(request: HttpRequest, exc: Exception) -> HttpResponse:
        assert isinstance(exc, InvalidValues)
        problems = [
            {
                "where": f"body.values.{name}",
                "found": _sent(request, "values", name),
                "expected": sentence,
            }
            for name, sentence in exc.problems.items()
        ]
        return answer(request, 422, "invalid", str(exc), problems)

    for kind, version_of in _VERSIONS.items():

        @on(kind)
        def _moved(
            request: HttpRequest, exc: Exception, version_of: Callable[[Any], int] = version_of
        ) -> HttpResponse:
            now = str(version_of(exc))
            found = _sent(request, "version")
            problem = {"where": "body.version", "found": found, "expected": now}
            return answer(request, 409, "moved", str(exc), [problem])

    @on(DecisionRefused)
    def _decision(request: HttpRequest, exc: Exception) -> HttpResponse:
        return answer(request, 409, "refused", str(exc))

    @on(ledger.ReportMoved)
    def _report_moved(request: HttpRequest, exc: Exception) -> HttpResponse:
        return answer(request, 409, "moved", str(exc))

    for kind in (ledger.Refused, engagements.Refused, urging.RuleRefused):

        @on(kind)
        def _ledger(request: HttpRequest, exc: Exception) -> HttpResponse:
            return answer(request, 422, "refused", str(exc))

    @on(vanban.DocumentError)
    def _document(request: HttpRequest, exc: Exception) -> HttpResponse:
        assert isinstance(exc, vanban.DocumentError)
        message = exc.en if request.LANGUAGE_CODE == "en" else exc.vi
        return answer(request, 422, "unreadable", message)

    for kind in (MultiPartParserError, BadRequest, SuspiciousOperation):

        @on(kind)
        def _unreadable(request: HttpRequest, _exc: Exception) -> HttpResponse:
            message = _("The body of the request cannot be read.")
            return answer(request, 422, "unreadable", message)


def problem_of(error: dict[str, Any]) -> dict[str, Any]:
    """One of pydantic's findings as a problem, its expectation in the language asked for."""
    where = ".".join(str(part) for part in error["loc"])
    found = None if error["type"] == "missing" else _shown(error.get("input"))
    return {"where": where, "found": found, "expected": _expected(error)}


def _expected(error: dict[str, Any]) -> str:
    limits = error.get("ctx") or {}
    match error["type"]:
        case "missing":
            return _("a value")
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return _("a whole number")
        case "greater_than_equal":
            return _("at least %(n)s") % {"n": limits["ge"]}
        case "less_than_equal":
            return _("at most %(n)s") % {"n": limits["le"]}
        case "string_too_long":
            return _("at most %(n)s characters") % {"n": limits["max_length"]}
        case "string_type" | "string_unicode" | "string_pattern_mismatch":
            return _("text")
        case "enum" | "literal_error":
            return _("one of %(choices)s") % {"choices": limits["expected"]}
        case "bool_parsing" | "bool_type":
            return _("true or false")
        case kind if kind.startswith("date"):
            return _("a day as 2025-12-31")
    return str(error["msg"])
