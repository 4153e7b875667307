"""What a request may ask by: a parameter nobody reads is refused, not passed over."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.operation import Operation

from diemcau.api.errors import Refused

__all__ = ["refuse_unread"]

_OF_EVERY = frozenset({"lang"})
"""Parameters that every address reads, whatever it answers."""


def refuse_unread(router: Router) -> None:
    """Let the addresses of a router refuse parameters that they do not read.

    "?stat=late" for "?state=late" would else be answered with every task, as if all were late.
    """
    for path in router.path_operations.values():
        for operation in path.operations:
            operation.view_func = _strict(operation.view_func, _read_by(operation))


def _read_by(operation: Operation) -> frozenset[str]:
    return _OF_EVERY | {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }


def _strict(view: Callable[..., Any], names: frozenset[str]) -> Callable[..., Any]:
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        for name in request.GET:
            if name not in names:
                expected = ", ".join(sorted(names))
                raise Refused(
                    f"query.{name}",
                    request.GET[name],
                    _("no such parameter here; there are: %(names)s") % {"names": expected},
                )
        return view(request, *args, **kwargs)

    return run
