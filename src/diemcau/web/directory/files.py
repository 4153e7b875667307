"""The directory out as a file, and a file in: first what it would do, then doing it."""

import json
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import diemcau.directory
from diemcau.accounts.models import User
from diemcau.audit.actions import origin
from diemcau.directory.checks import Fault
from diemcau.directory.columns import COLUMNS
from diemcau.directory.exchange import (
    UnreadableFile,
    read_file,
    write_csv,
    write_json,
    write_xlsx,
)
from diemcau.directory.imports import RefusedRows, import_tables, plan_import
from diemcau.directory.rules import can_edit_directory
from diemcau.web.directory.sending import CSV, JSON, XLSX, as_file

__all__ = ["download", "take_in"]

_SCHEMA = Path(diemcau.directory.__file__).parent / "schema" / "directory.schema.json"
_MAX_BYTES = 20 * 1024 * 1024


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The directory as `danh-ba.xlsx`, `danh-ba.json` (and its schema) or one table as CSV."""
    stem, _dot, ending = name.rpartition(".")
    if name == "danh-ba.xlsx":
        return as_file(write_xlsx(), name, XLSX)
    if name == "danh-ba.json":
        return as_file(json.dumps(write_json(), ensure_ascii=False, indent=1), name, JSON)
    if name == "danh-ba.schema.json":
        return as_file(_SCHEMA.read_bytes(), name, JSON)
    if ending == "csv" and stem in COLUMNS:
        return as_file(write_csv(stem), name, CSV)
    raise Http404


def take_in(request: HttpRequest) -> HttpResponse:
    """Say what a file would change; with `apply`, change it. Nothing of a faulty file is taken."""
    person = request.user
    if not isinstance(person, User) or not can_edit_directory(person):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "web/directory/import.html", {"tables": list(COLUMNS)})
    file = request.FILES.get("file")
    faults: list[Fault] = []
    plan, name = None, ""
    if not isinstance(file, UploadedFile):
        faults = [Fault("", 0, "", _("Choose a file first."))]
    elif (file.size or 0) > _MAX_BYTES:
        faults = [Fault("", 0, "", _("The file is larger than 20 MB."))]
    else:
        name = file.name or ""
        try:
            tables = read_file(file.read(), name=name)
            if request.POST.get("apply"):
                with origin("import"):
                    plan = import_tables(person, tables, name=name)
                n = len(plan.added) + len(plan.changed)
                messages.success(request, _("%(n)d rows were written.") % {"n": n})
                return redirect("directory")
            plan = plan_import(tables)
            faults = plan.faults
        except (UnreadableFile, RefusedRows) as refused:
            faults = refused.faults
    context = {
        "tables": list(COLUMNS),
        "name": name,
        "plan": None if faults else plan,
        "faults": faults,
    }
    return render(request, "web/directory/import.html", context, status=422 if faults else 200)
