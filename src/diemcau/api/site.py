"""The API as one object: its rooms, who may ask, and its description."""

from typing import Any

from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext

from diemcau.api import (
    agreements,
    directory,
    documents,
    echoes,
    events,
    figures,
    files,
    following,
    matters,
    statements,
    statistics,
    tasks,
    urging,
)
from diemcau.api.asking import refuse_unread
from diemcau.api.errors import handle_errors, problem_of
from diemcau.api.persons import WAYS

__all__ = ["api"]

_DESCRIPTION = """\
Everything here asks the same queries and calls the same actions as the pages, so it shows and
changes what the person could on a page, no more; every write leaves one entry in the audit log.

Sign in with the header `Authorization: Bearer …` and an access token made on the page “Access
tokens”, or with the session of this site and its CSRF token in `X-CSRFToken`.

Messages and choices come in Vietnamese or English, by `?lang=vi|en` or `Accept-Language`.
Lists are cut into pages of at most 200 rows; send `next` as `after` for the page that follows.
"""


class _Api(NinjaAPI):
    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext]
    ) -> ValidationError:
        """Keep what was sent, which the library leaves out."""
        problems: list[dict[str, Any]] = []
        for context in error_contexts:
            model = context.model
            for error in context.pydantic_validation_error.errors(include_url=False):
                place = model.__ninja_flatten_map_reverse__.get(error["loc"], error["loc"])
                loc = (model.__ninja_param_source__, *place)
                problems.append(problem_of({**error, "loc": loc}))
        return ValidationError(problems)


api = _Api(
    title="Điểm Cầu",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=WAYS,
)
handle_errors(api)
for room in (
    documents,
    statements,
    tasks,
    *following.ROOMS,
    agreements,
    events,
    figures,
    echoes,
    matters,
    statistics,
    urging,
    files,
    directory,
):
    refuse_unread(room.router)
    api.add_router("", room.router)
