"""Official papers as downloads: who issues and signs one is asked, nothing is made up."""

import io
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from diemcau.directory.models import Body
from diemcau.reports.official import DOCX, Head, Signing
from diemcau.web.sheets import FORM, record_taking

__all__ = ["Asked", "answer_docx", "asks_paper", "read_signing", "site_of"]

_LONGEST = 150
_MISSIONS = ("embassy", "consulate_general", "permanent_mission", "representative_office")
_BELOW = ("unit", "department", "office", "foreign_affairs_office", *_MISSIONS)
"""Kinds of bodies whose papers name the body above them, too."""
_LOCAL = ("province", "city")
_CAPITAL = "Hà Nội"
_HEADS = {
    "ministry": "Bộ trưởng",
    "peoples_committee": "Chủ tịch",
    "foreign_affairs_office": "Giám đốc",
    "embassy": "Đại sứ",
    "consulate_general": "Tổng Lãnh sự",
}
"""Who heads a body of a kind, where its kind alone tells."""
_ANY_HEAD = "Thủ trưởng cơ quan"


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
    place, office = _CAPITAL, _ANY_HEAD
    if not issuer and likely is not None:
        issuer = likely.name
        above, place, office = _above(likely), _place(likely), _head(likely)
    return Asked(
        issuer[:_LONGEST],
        above[:_LONGEST],
        get("ky-hieu", "").strip()[:40] or symbol,
        get("dia-danh", "").strip()[:60] or place,
        get("chuc-vu", "").strip()[:80] or office,
        get("thay-mat", "").strip()[:80],
    )


def _above(body: Body) -> str:
    """The body whose name stands above: of a province's departments its People's Committee."""
    if body.kind not in _BELOW or body.parent is None:
        return ""
    if body.parent.kind not in _LOCAL:
        return body.parent.name
    committees = Body.objects.filter(parent=body.parent, kind="peoples_committee", valid_to=None)
    return (committees.first() or body.parent).name


def _place(body: Body) -> str:
    """The place of issue: the city a mission is in, the province a local body is of."""
    if body.city:
        return body.city
    local = body if body.kind in _LOCAL else body.parent
    return local.name if local is not None and local.kind in _LOCAL else _CAPITAL


def _head(body: Body) -> str:
    """The office of who signs, where the kind of the body tells."""
    if body.kind == "department" and body.name.startswith("Sở "):
        return "Giám đốc"
    return _HEADS.get(body.kind, _ANY_HEAD)


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
