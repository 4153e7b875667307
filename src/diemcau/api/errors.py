"""One shape of every refusal: what was found, what was expected, and where."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What is answered, as `Error` has it."""

    status: int
    code: Code
    message: str
    problems: Sequence[dict[str, Any]] = ()


def _unauthenticated(_request: HttpRequest, _exc: Exception) -> _Told:
    message = _("Sign in, or send an access token that still opens.")
    return _Told(401, "unauthenticated", message)


def _forbidden(_request: HttpRequest, _exc: Exception) -> _Told:
    return _Told(403, "forbidden", _("You may not do this; nothing was changed."))


def _not_found(_request: HttpRequest, _exc: Exception) -> _Told:
    return _Told(404, "not_found", _("There is no such thing here."))


def _unreadable(_request: HttpRequest, _exc: Exception) -> _Told:
    return _Told(422, "unreadable", _("The body of the request cannot be read."))


def _of_ninja(request: HttpRequest, exc: HttpError) -> _Told:
    if exc.status_code == 403:
        return _Told(403, "forbidden", str(exc))
    return _unreadable(request, exc)


def _invalid(_request: HttpRequest, exc: ValidationError) -> _Told:
    return _Told(422, "invalid", _("Something sent cannot stand."), exc.errors)


def _found_out(_request: HttpRequest, exc: Refused) -> _Told:
    return _Told(422, "invalid", _("Something sent cannot stand."), [exc.problem])


def _invalid_values(request: HttpRequest, exc: InvalidValues) -> _Told:
    problems = [
        {
            "where": f"body.values.{name}",
            "found": _sent(request, "values", name),
            "expected": sentence,
        }
        for name, sentence in exc.problems.items()
    ]
    return _Told(422, "invalid", str(exc), problems)


def _moved(version_of: Callable[[Any], int], request: HttpRequest, exc: Exception) -> _Told:
    now = str(version_of(exc))
    found = _sent(request, "version")
    problem = {"where": "body.version", "found": found, "expected": now}
    return _Told(409, "moved", str(exc), [problem])


def _in_its_words(status: int, code: Code, _request: HttpRequest, exc: Exception) -> _Told:
    return _Told(status, code, str(exc))


def _no_document(request: HttpRequest, exc: vanban.DocumentError) -> _Told:
    return _Told(422, "unreadable", exc.en if request.LANGUAGE_CODE == "en" else exc.vi)


_VERSIONS: dict[type[Exception], Callable[[Any], int]] = {
    StatementMoved: lambda exc: exc.statement.version,
    ledger.TaskMoved: lambda exc: exc.task.version,
    ledger.AgreementMoved: lambda exc: exc.agreement.version,
    engagements.EventMoved: lambda exc: exc.event.version,
    urging.RuleMoved: lambda exc: exc.version,
}
"""Refusals of who changes what is no longer as they saw it, and the version it has now."""
_TELLS: dict[type[Exception], Callable[[HttpRequest, Any], _Told]] = {
    AuthenticationError: _unauthenticated,
    PermissionDenied: _forbidden,
    Http404: _not_found,
    HttpError: _of_ninja,
    ValidationError: _invalid,
    Refused: _found_out,
    InvalidValues: _invalid_values,
    **{kind: partial(_moved, version_of) for kind, version_of in _VERSIONS.items()},
    ledger.ReportMoved: partial(_in_its_words, 409, "moved"),
    DecisionRefused: partial(_in_its_words, 409, "refused"),
    ledger.Refused: partial(_in_its_words, 422, "refused"),
    engagements.Refused: partial(_in_its_words, 422, "refused"),
    urging.RuleRefused: partial(_in_its_words, 422, "refused"),
    vanban.DocumentError: _no_document,
    MultiPartParserError: _unreadable,
    BadRequest: _unreadable,
    SuspiciousOperation: _unreadable,
}
"""How each refusal is told; of one that is of several kinds, the nearest holds."""


def handle_errors(api: NinjaAPI) -> None:
    """Answer every refusal of ours in the one shape; whatever else breaks is a fault of ours."""

    def answer(tell: Callable, request: HttpRequest, exc: Exception) -> HttpResponse:
        told = tell(request, exc)
        said = {"code": told.code, "message": told.message, "problems": list(told.problems)}
        response = api.create_response(request, said, status=told.status)
        if told.status == 401:
            response["WWW-Authenticate"] = 'Bearer realm="Diem Cau"'
        return response

    for kind, tell in _TELLS.items():
        api.add_exception_handler(kind, partial(answer, tell))


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
