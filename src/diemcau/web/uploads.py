"""How much a request may send: refused before it is read where it says so, cut off where not."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

from vanban.loaders.limits import FILE_LIMIT

__all__ = ["BodyLimit", "InMemory", "OverLimit", "takes_body"]

_MB = 1024 * 1024
_USUAL = 5 * _MB
_SIGNED_OUT = 64 * 1024
_QUERY = 8_000
"""Characters of an address behind its "?": a filter of forty words has 500."""
_TOO_LONG = "Địa chỉ quá dài. / The address is too long."
_DRAINED = 64 * _MB
"""What is read and thrown away, so that a browser hears the answer instead of a cut line."""


def takes_body(limit: int, *, file: int = FILE_LIMIT) -> Callable[[Callable], Callable]:
    """Let a view take a larger body than the usual one.

    Args:
        limit: bytes.
        file: bytes of each file in it.
    """

    def mark(view: Callable) -> Callable:
        view.body_limit = limit  # type: ignore[attr-defined]
        view.file_limit = file  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimit:
    """Answers 413 where a request says that it is larger than its page takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Looked at before the form's token, for which the whole body would be read."""
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if len(request.META.get("QUERY_STRING", "")) > _QUERY:
            return HttpResponseBadRequest(_TOO_LONG, content_type="text/plain; charset=utf-8")
        limit = getattr(view, "body_limit", _USUAL)
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            limit = min(limit, _SIGNED_OUT)
        if size <= limit:
            return None
        left = size if size <= limit + _DRAINED else 0
        while left > 0 and (piece := request.read(min(_MB, left))):
            left -= len(piece)
        context = {"size": size / _MB, "limit": limit / _MB}
        return render(request, "web/gate/too_large.html", context, status=413)


def _file_limit(request: HttpRequest | None) -> int:
    """Bytes of a file that the page asked for takes; a form is read when the page is known."""
    match = getattr(request, "resolver_match", None)
    return getattr(match.func, "file_limit", FILE_LIMIT) if match else FILE_LIMIT


class InMemory(MemoryFileUploadHandler):
    """Keeps a usual upload off the disk: of a file that is stopped nothing may touch it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Hold what may be one file of the page and its form; larger batches go by the disk."""
        self.activated = content_length <= _file_limit(self.request) + _MB


class OverLimit(FileUploadHandler):
    """Lets go of a file's bytes beyond the limit, so that the others of its batch are taken."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.size, self.limit = 0, _file_limit(self.request)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass the bytes on to the next handler as long as the file may still be taken."""
        self.size += len(raw_data)
        return raw_data if self.size <= self.limit else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """A file that is too large, without its bytes and with its size."""
        if self.size <= self.limit:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, self.size)
