"""Answering with an official report over the tasks a page is about."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from diemcau.accounts.rules import held_by
from diemcau.directory.models import Body
from diemcau.reports.commitments import commitments_report
from diemcau.reports.statistics import statistics_report
from diemcau.web import papers
from diemcau.web.papers import Asked, answer_docx, asks_paper, site_of
from diemcau.web.statistics.scope import Scope, read_scope

__all__ = ["answer_paper", "asks_paper", "read_signing"]


def read_signing(request: HttpRequest, scope: Scope) -> Asked:
    """Who issues and signs a report: as typed; else the person's own body, or the one asked about,
    for who acts for several or for all."""
    refs = Body.objects.select_related("parent")
    if of := scope.own or scope.filter.body:
        likely = refs.filter(ref=of)
    else:
        likely = refs.filter(pk__in=[one.body for one in held_by(request.user) if one.body])
    is_typed = request.POST.get("co-quan-ky", "").strip()
    return papers.read_signing(request, None if is_typed else likely.first(), symbol="BC")


def answer_paper(request: HttpRequest, scope: Scope, kind: str, **told: Any) -> HttpResponseBase:
    """A report as a DOCX download.

    Args:
        kind: "six_fields" or "statistics".
        told: what the report is of, as its function takes it.
    """
    asked = read_signing(request, scope)
    site = site_of(request)
    # A paper names and narrows in its own language, whatever the screen's.
    with translation.override("vi"):
        on_paper = read_scope(request)
        whose, within = on_paper.whose, [chip.label for chip in on_paper.asked.filters.active]
    common: dict[str, Any] = {
        "head": asked.head,
        "signing": asked.signing,
        "whose": whose,
        "scope": within,
        "link": lambda **more: site + scope.link(**more),
    }
    if kind == "six_fields":
        name = f"bao-cao-sau-noi-dung-{told['span'].name.replace('/', '-')}"
        data = commitments_report(**common, **told, site=site)
        return answer_docx(request, data, name, what="sau-noi-dung", rows=len(told["rows"]))
    data = statistics_report(**common, **told, on=scope.on)
    return answer_docx(request, data, "bao-cao-thong-ke-nhiem-vu", what="thong-ke-nhiem-vu")
