"""A file as the answer to a request."""

from django.http import HttpResponse

__all__ = ["CSV", "JSON", "XLSX", "as_file"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"


def as_file(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    """An answer that is saved under a name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
