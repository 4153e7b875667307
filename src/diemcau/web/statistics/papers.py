"""Answering with an official report: who issues and signs it is asked, nothing is made up."""

import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from diemcau.accounts.rules import held_by
from diemcau.directory.models import Body
from diemcau.reports.official import DOCX, Head
from diemcau.reports.tasks import Signing, commitments_report, statistics_report
from diemcau.web.sheets import FORM
from diemcau.web.statistics.scope import Scope

__all__ = ["answer_paper", "asks_paper", "read_signing"]

_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a report shows: as typed, or what is likely."""

    issuer: str
    symbol: str
    place: str
    office: str
    authority: str


def asks_paper(request: HttpRequest) -> bool:
    """Whether the address asks for an official document."""
    return request.GET.get(FORM) == "docx"


def read_signing(request: HttpRequest, body: str) -> Asked:
    """Who issues and signs a report: as typed; else the body asked about, or the person's own.

    Args:
        body: id of the body asked about; "" if none is.
    """
    get = request.GET.get
    refs = Body.objects.all()
    if body:
        likely = refs.filter(ref=body)
    else:
        likely = refs.filter(pk__in=[one.body for one in held_by(request.user) if one.body])
    issuer = get("co-quan-ky", "").strip()
    if not issuer:
        issuer = likely.values_list("name", flat=True).first() or ""
    return Asked(
        issuer[:_LONGEST],
        get("ky-hieu", "").strip()[:40] or "BC",
        get("dia-danh", "").strip()[:60] or "Hà Nội",
        get("chuc-vu", "").strip()[:80] or "Thủ trưởng cơ quan",
        get("thay-mat", "").strip()[:80],
    )


def answer_paper(request: HttpRequest, scope: Scope, kind: str, **told: Any) -> HttpResponseBase:
    """A report as a DOCX download.

    Args:
        kind: "six_fields" or "statistics".
        told: what the report is of, as its function takes it.
    """
    asked = read_signing(request, scope.filter.body)
    now = timezone.localtime()
    head = Head(
        issuer=asked.issuer or "…",
        symbol=asked.symbol,
        place=asked.place,
    )
    signing = Signing(asked.office, asked.authority)
    site = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    common: dict[str, Any] = {
        "head": head,
        "signing": signing,
        "scope": [chip.label for chip in scope.asked.filters.active],
        "link": lambda **more: site + scope.link(**more),
        "site": site,
    }
    if kind == "six_fields":
        data = commitments_report(**common, **told)
        name = f"bao-cao-sau-noi-dung-{told['span'].name.replace('/', '-')}"
    else:
        data = statistics_report(**common, **told, on=scope.on)
        name = "bao-cao-thong-ke-nhiem-vu"
    return FileResponse(
        io.BytesIO(data),
        as_attachment=True,
        filename=f"{name}-{now:%Y%m%d-%H%M}.docx",
        content_type=DOCX,
    )
