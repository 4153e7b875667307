"""Every address of the platform."""

from functools import lru_cache
from typing import Any

from django.urls import URLResolver, include, path
from django.urls.resolvers import ResolverMatch, RoutePattern

handler500 = "diemcau.web.operation.trouble.server_error"


class _Remembered(URLResolver):
    """Remembers where an address leads: trying over a hundred patterns is an eighth of a page
    given again."""

    def __init__(self, patterns: list[Any]) -> None:
        super().__init__(RoutePattern(""), patterns)
        # An address that leads nowhere raises, and so is not remembered.
        self._find = lru_cache(maxsize=1000)(super().resolve)

    def resolve(self, path: Any) -> ResolverMatch:
        return self._find(str(path))


urlpatterns = [
    _Remembered(
        [
            path("api/", include("diemcau.api.urls")),
            path("", include("diemcau.web.urls")),
        ]
    )
]
