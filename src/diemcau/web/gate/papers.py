"""Documents that exist on paper only: number, date, issuer, where the paper is; no content."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diemcau.gate.actions import GateRefused, record_paper
from diemcau.gate.queries import list_papers
from diemcau.gate.rules import can_record_paper

__all__ = ["paper_of", "papers"]

_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """The list of paper records, and the form that adds one."""
    problem, typed = "", {}
    if request.method == "POST":
        if not can_record_paper(request.user):
            raise PermissionDenied("gate.record_paper")
        typed = {k: v.strip() for k, v in request.POST.items()}
        try:
            record_paper(request.user, **paper_of(typed))
        except GateRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The paper is recorded."))
            return redirect("papers")
    words = request.GET.get("q", "").strip()
    page = Paginator(list_papers(words=words), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "problem": problem,
        "typed": typed,
        "may_add": can_record_paper(request.user),
    }
    return render(request, "web/gate/papers.html", context, status=422 if problem else 200)


def paper_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a paper record as typed in a form.

    Raises:
        GateRefused: the day is none.
    """
    return {
        "number": typed.get("number", ""),
        "issued_on": _day(typed.get("issued_on", "")),
        "issuer": typed.get("issuer", ""),
        "kept_at": typed.get("kept_at", ""),
    }


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if m := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            return date(int(m[3]), int(m[2]), int(m[1]))
        return date.fromisoformat(text)
    except ValueError as e:
        raise GateRefused(
            _("“%(text)s” is no day; write it as 20/12/2024.") % {"text": text[:30]}
        ) from e
