"""Files of tasks out: the register in the columns it comes back in, and rows to mend."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from diemcau.exchange.columns import schema
from diemcau.exchange.queries import list_imports, rows_to_mend
from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
from diemcau.web.directory.sending import CSV, JSON, XLSX, as_file

__all__ = ["download", "left_out"]


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The tasks a person sees as `nhiem-vu.xlsx` or `.csv`, and the schema of a row."""
    if name == "nhiem-vu.schema.json":
        return as_file(json.dumps(schema(), ensure_ascii=False, indent=1), name, JSON)
    stamp = f"nhiem-vu-{timezone.localtime():%Y%m%d-%H%M}"
    if name == "nhiem-vu.csv":
        return _csv(write_csv(exported_tasks(request.user)), f"{stamp}.csv")
    if name == "nhiem-vu.xlsx":
        file = write_xlsx(exported_tasks(request.user), who=str(request.user))
        return FileResponse(file, as_attachment=True, filename=f"{stamp}.xlsx", content_type=XLSX)
    raise Http404


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
