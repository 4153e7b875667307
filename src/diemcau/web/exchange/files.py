"""Files of tasks out: the register in the columns it comes back in, and rows to mend."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from diemcau.exchange.columns import schema
from diemcau.exchange.queries import list_imports, rows_to_mend
from diemcau.exchange.taking_out import FORMS, take_out
from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
from diemcau.web.directory.sending import CSV, JSON, XLSX, as_file

__all__ = ["left_out", "row_schema", "taken_out"]


@require_safe
def row_schema(request: HttpRequest) -> HttpResponseBase:
    """What a row of the file is, for programs."""
    said = json.dumps(schema(), ensure_ascii=False, indent=1)
    return as_file(said, "nhiem-vu.schema.json", JSON)


@require_POST
def taken_out(request: HttpRequest) -> HttpResponseBase:
    """The tasks a person sees as XLSX or CSV; that they took them is in the log."""
    form = next((one for one in FORMS if one == request.POST.get("form")), None)
    if form is None:
        raise Http404
    take_out(request.user, form=form)
    name = f"nhiem-vu-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    if form == "csv":
        return _csv(write_csv(exported_tasks(request.user)), name)
    file = write_xlsx(exported_tasks(request.user), who=str(request.user))
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def left_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows of a file that were not written, to mend and send again."""
    batch = get_object_or_404(list_imports(request.user), pk=pk)
    rows = rows_to_mend(batch)
    return _csv(write_csv(rows), f"can-sua-{batch.pk}.csv")


def _csv(pieces: Iterator[str], name: str) -> StreamingHttpResponse:
    language = translation.get_language() or "vi"

    def spoken() -> Iterator[str]:
        while True:
            with translation.override(language):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    response = StreamingHttpResponse(spoken(), content_type=CSV)
    response["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    )
    return response
