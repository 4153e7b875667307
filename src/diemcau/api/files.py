"""Files: the register under the filters of its list, and the paper of a letter of urging."""

import tempfile
from typing import Any, Literal

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, Text, answers
from diemcau.api.tasks import TasksNarrowed, narrowing_of
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.queries import find_tasks
from diemcau.exchange.taking_out import take_list_out, take_out
from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
from diemcau.reports.official import DOCX, Head, Signing
from diemcau.reports.reminders import write_reminder
from diemcau.urging.rules import reminders_seen

router = Router(tags=["files"])

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv"


def _told_as(*kinds: str) -> dict[str, Any]:
    """What the description says of an answer that is a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {kind: {"schema": {"type": "string"}} if kind == _CSV else binary for kind in kinds}
    return {"responses": {200: {"description": "The file.", "content": content}}}


class _Register(TasksNarrowed):
    form: Literal["csv", "xlsx"] = "csv"


class _Paper(Schema):
    issuer: Text = Field("", description="The body that issues it; the sender without it.")
    above: Text = Field("", description="The body above it, where the layout names it.")
    symbol: Text = Field("", description="BNG-NGKT")
    place: Text = "Hà Nội"
    office: Text = Field("Thủ trưởng cơ quan", description="Of who signs.")
    authority: Text = Field("", description="KT. Bộ trưởng")


@router.get(
    "/exports/tasks",
    response=answers(None),
    openapi_extra=_told_as(_CSV, _XLSX),
    summary=_("The register as a file that can be sent back in; states are those of today"),
    description=_("Who takes the register out is in the log."),
)
def export_tasks(request: HttpRequest, asked: Query[_Register]) -> Any:
    if "on" in request.GET:
        expected = say("no day: the file comes back in, so its states are those of today")
        raise Refused("query.on", request.GET["on"], expected)
    narrowed = narrowing_of(asked)
    today = timezone.localdate()
    of = None if narrowed == TaskFilter() else find_tasks(request.auth, narrowed, on=today)
    filters = asked.model_dump(mode="json", exclude={"form"}, exclude_defaults=True)
    take_out(request.auth, form=asked.form, of=of, filters=filters)
    rows = exported_tasks(request.auth, of=None if of is None else of.values_list("pk", flat=True))
    name = f"nhiem-vu-{timezone.localtime():%Y%m%d-%H%M}.{asked.form}"
    if asked.form == "xlsx":
        file = write_xlsx(rows, who=str(request.auth))
        return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    for piece in write_csv(rows):
        file.write(piece.encode())
    file.seek(0)
    kind = f"{_CSV}; charset=utf-8"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


@router.get(
    "/reminders/{int:pk}/paper",
    response=answers(None),
    openapi_extra=_told_as(DOCX),
    summary=_("A letter of urging as an official document to be edited and signed"),
    description=_("Who takes a list out is in the log."),
)
def reminder_paper(request: HttpRequest, pk: Id, asked: Query[_Paper]) -> Any:
    rows = reminders_seen(request.auth).select_related("body", "sender")
    row = get_object_or_404(rows, pk=pk)
    issuer = asked.issuer or (row.sender.name if row.sender else "…")
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    file.write(
        write_reminder(
            request.auth,
            row,
            head=Head(issuer=issuer, above=asked.above, symbol=asked.symbol, place=asked.place),
            signing=Signing(asked.office, asked.authority),
            site=settings.SITE_URL or request.build_absolute_uri("/").rstrip("/"),
        )
    )
    file.seek(0)
    take_list_out(
        request.auth,
        what="cong-van-don-doc",
        form="docx",
        filters={},
        rows=row.items.count(),
        about=row,
    )
    name = f"cong-van-don-doc-{row.body.ref}.docx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=DOCX)
