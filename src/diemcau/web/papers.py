"""Official papers as downloads: who issues and signs one is asked, nothing is made up."""

import io
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from diemcau.directory.models import Body
from diemcau.reports.official import DOCX, Head
from diemcau.reports.tasks import Signing
from diemcau.web.sheets import FORM, record_taking

__all__ = ["Asked", "answer_docx", "asks_paper", "read_signing", "site_of"]

_LONGEST = 150
_BELOW = ("unit", "department", "office", "foreign_affairs_office")
"""Kinds of bodies whose papers name the body above them, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a paper shows: as typed, or what is likely."""

    issuer: str
    above: str
    symbol: str
    place: str
    office: str
    authority: str

    @property
    def head(self) -> Head:
        """What stands above the paper; number and day are left to be filled in."""
        return Head(
            issuer=self.issuer or "…", above=self.above, symbol=self.symbol, place=self.place
        )

    @property
    def signing(self) -> Signing:
        """Who signs it."""
        return Signing(self.office, self.authority)


def asks_paper(request: HttpRequest) -> bool:
    """Whether the page is asked for as an official document."""
    return request.method == "POST" and request.POST.get(FORM) == "docx"


def read_signing(request: HttpRequest, likely: Body | None, *, symbol: str = "") -> Asked:
    """Who issues and signs a paper: as typed; else the body that is likely.

    Source: Nghị định 30/2020/NĐ-CP, Annex I: the body above is named by those that are not
    ministries or provinces.
    Args:
        likely: with its parent at hand.
        symbol: the one that is likely.
    """
    get = request.POST.get
    issuer = get("co-quan-ky", "").strip()
    above = get("co-quan-tren", "").strip()
    if not issuer and likely is not None:
        issuer = likely.name
        if likely.kind in _BELOW and likely.parent is not None:
            above = likely.parent.name
    return Asked(
        issuer[:_LONGEST],
        above[:_LONGEST],
        get("ky-hieu", "").strip()[:40] or symbol,
        get("dia-danh", "").strip()[:60] or "Hà Nội",
        get("chuc-vu", "").strip()[:80] or "Thủ trưởng cơ quan",
        get("thay-mat", "").strip()[:80],
    )


def site_of(request: HttpRequest) -> str:
    """The address of this installation, for links that leave the screen."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def answer_docx(
    request: HttpRequest,
    data: bytes,
    name: str,
    *,
    what: str,
    rows: int | None = None,
    about: Model | None = None,
) -> HttpResponseBase:
    """A paper as a download; that it was taken is in the log before.

    Args:
        name: of the file, without its instant and ending.
        what: the list it is made of, of `exchange.taking_out.LISTS`.
        rows: how many tasks it tells of, where it names them one by one.
        about: the object it is of, where it is of one.
    Raises:
        PermissionDenied: the person holds no role.
    """
    record_taking(request, what, "docx", rows, about)
    return FileResponse(
        io.BytesIO(data),
        as_attachment=True,
        filename=f"{name}-{timezone.localtime():%Y%m%d-%H%M}.docx",
        content_type=DOCX,
    )
