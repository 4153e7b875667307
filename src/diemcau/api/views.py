"""The description of the API: as OpenAPI for programs, as a page of ours for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja.errors import AuthenticationError, AuthorizationError

from diemcau.api.persons import WAYS
from diemcau.api.site import api

__all__ = ["docs", "openapi"]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and answers, made from the same description."""
    described = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "parameters": [
                        {**one, "type": _type_of(one["schema"])}
                        for one in operation.get("parameters", [])
                    ],
                    "body": _body_of(operation),
                    "answers": sorted(operation["responses"]),
                }
            )
    return render(request, "api/docs.html", {"groups": groups, "url": reverse("api_openapi")})


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description as OpenAPI 3.1, for whoever may ask the operations: by token or session."""
    try:
        if not any(way(request) for way in WAYS):
            raise AuthenticationError
    except (AuthenticationError, AuthorizationError) as refused:
        return api.on_exception(request, refused)
    return JsonResponse(api.get_openapi_schema())


def _type_of(schema: dict[str, Any]) -> str:
    """A parameter's type in a few words: "integer", "date", "late | near | none"."""
    if "anyOf" in schema:
        return " | ".join(_type_of(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    return str(schema.get("format") or schema.get("type") or "")


def _body_of(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return ", ".join(
        f"{media}: {_type_of(described['schema'])}" for media, described in content.items()
    )
