"""Checking the figures somebody else's report states of tasks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from diemcau.delivery.statistics.reported import (
    Cell,
    Checked,
    Found,
    How,
    Reported,
    Sum,
    check,
    read_number,
    read_reported,
    read_share,
)
from diemcau.web.numbers import say_number
from diemcau.web.statistics.scope import read_scope

__all__ = ["checked_figures"]

WORDS: dict[str, tuple[str, str | Promise]] = {
    "giao": (Cell.ASSIGNED, gettext_lazy("Assigned")),
    "xong": (Cell.DONE, gettext_lazy("Done")),
    "dung-han": (Cell.ON_TIME, gettext_lazy("Done on time")),
    "xong-muon": (Cell.LATE, gettext_lazy("Done late")),
    "chua": (Cell.OPEN, gettext_lazy("Not done")),
    "trong-han": (Cell.IN_TIME, gettext_lazy("Not done, in time")),
    "qua-han": (Cell.OVERDUE, gettext_lazy("Not done, overdue")),
}
"""The fields of the form by their parameter; a share is asked as the name with "-phan"."""
_LABEL = dict(WORDS.values())
_BASES = {
    "assigned": gettext_lazy("of all assigned"),
    "due": gettext_lazy("of those that fell due: done, or overdue"),
    "done": gettext_lazy("of those done"),
    "open": gettext_lazy("of those not done"),
}


@dataclass(frozen=True)
class _Example:
    label: str | Promise
    source: str
    url: str
    asked: dict[str, str]

    @property
    def query(self) -> str:
        return urlencode(self.asked)


EXAMPLES = (
    _Example(
        gettext_lazy("Year 2017, to 25 December"),
        "Báo cáo 1270/BC-TCTTTg, 27/12/2017",
        "https://thuviennhadat.vn/vbpl/bao-cao-1270-bc-tctttg-2017-ket-qua-thuc-hien-nhiem-vu-cua-"
        "chinh-phu-thu-tuong-chinh-phu-giao-371983.html",
        {
            "giao": "21914",
            "xong": "16051",
            "xong-phan": "98,62",
            "dung-han": "14068",
            "xong-muon": "1983",
            "trong-han": "5640",
            "qua-han": "223",
            "qua-han-phan": "1,38",
        },
    ),
    _Example(
        gettext_lazy("1 January to 20 October 2025"),
        "Thời báo Tài chính Việt Nam, 21/10/2025",
        "https://thoibaotaichinhvietnam.vn/thu-tuong-ra-soat-hoan-thanh-cac-cong-viec-toi-cuoi-nam-"
        "theo-thu-tu-uu-tien-185478.html",
        {
            "giao": "9831",
            "xong": "7892",
            "xong-phan": "80,3",
            "trong-han": "1602",
            "trong-han-phan": "16,47",
            "qua-han": "319",
            "qua-han-phan": "3,23",
        },
    ),
    _Example(
        gettext_lazy("1 January to 24 October 2025"),
        "vietnam.vn, 25/10/2025",
        "https://www.vietnam.vn/en/tap-trung-thuc-hien-cac-nhiem-vu-trong-tam-cuoi-nam-2025-theo-"
        "thu-tu-uu-tien",
        {
            "giao": "9831",
            "xong": "8150",
            "xong-phan": "82,9",
            "trong-han": "1620",
            "trong-han-phan": "16,47",
            "qua-han": "61",
            "qua-han-phan": "0,62",
        },
    ),
)
"""Figures as published; the addresses are where they were read."""


@require_GET
def checked_figures(request: HttpRequest) -> HttpResponse:
    """Whether the figures of a report add up, and what its percentages are of."""
    scope = read_scope(request)
    told, wrong = _read(request)
    checked = check(told) if told.counts else None
    context = {
        "fields": [
            {
                "name": name,
                "label": label,
                "value": _typed(request, name, told.counts.get(Cell(cell))),
                "share": _typed(request, f"{name}-phan", told.shares.get(Cell(cell))),
                "has_share": cell != Cell.ASSIGNED,
            }
            for name, (cell, label) in WORDS.items()
        ],
        "text": request.GET.get("cau", ""),
        "wrong": wrong,
        "checked": checked,
        "sums": [_sum_words(one) for one in checked.sums] if checked else [],
        "shares": _share_words(told, checked) if checked else [],
        "examples": EXAMPLES,
        **scope.context(),
    }
    return render(request, "web/statistics/checking.html", context)


def _typed(request: HttpRequest, name: str, known: Any) -> str:
    typed = request.GET.get(name, "").strip()
    return typed or ("" if known is None else _n(known))


def _read(request: HttpRequest) -> tuple[Reported, list[str]]:
    """What was typed, over what its sentence says; and what was typed that is no number."""
    read = read_reported(request.GET.get("cau", "")[:5000])
    counts, shares, wrong = dict(read.counts), dict(read.shares), []
    for name, (cell, label) in WORDS.items():
        for part, parse, into in (("", read_number, counts), ("-phan", read_share, shares)):
            typed = request.GET.get(name + part, "").strip()
            if not typed:
                continue
            value = parse(typed)
            if value is None:
                words = {"label": label, "typed": typed[:30]}
                said = (
                    _("%(label)s: “%(typed)s” is no share between 0 and 100%%.")
                    if part
                    else _("%(label)s: “%(typed)s” is not a number of tasks.")
                )
                wrong.append(said % words)
            else:
                into[Cell(cell)] = value
    return Reported(counts, {cell: s for cell, s in shares.items() if cell in counts}), wrong


def _n(value: int | Decimal) -> str:
    return say_number(Decimal(value))


def _sum_words(one: Sum) -> dict[str, Any]:
    words = {
        "whole": _n(one.stated),
        "added": _n(one.added),
        "missing": _n(abs(one.missing)),
        "label": _LABEL[one.whole],
        "parts": " + ".join(str(_LABEL[cell]) for cell in one.parts),
    }
    if one.missing == 0:
        sentence = _("%(label)s %(whole)s: the cells add up to %(added)s.") % words
    elif one.missing > 0:
        sentence = (
            _("%(label)s %(whole)s; the cells add up to %(added)s, %(missing)s missing.") % words
        )
    else:
        sentence = (
            _("%(label)s %(whole)s; the cells add up to %(added)s, %(missing)s too many.") % words
        )
    swaps = [
        _("with %(would)s instead of %(stated)s (%(label)s) it fits")
        % {"would": _n(swap.would_be), "stated": _n(swap.stated), "label": _LABEL[swap.cell]}
        for swap in one.swaps
    ]
    return {
        "holds": one.missing == 0,
        "sentence": sentence,
        "parts": words["parts"],
        "swaps": swaps,
    }


def _share_words(told: Reported, checked: Checked) -> list[dict[str, Any]]:
    return [
        {
            "label": _LABEL[cell],
            "stated": f"{_n(told.shares[cell])}%",
            "found": [_found_words(one) for one in found[:4]],
        }
        for cell, found in checked.shares.items()
    ]


def _found_words(one: Found) -> str:
    if one.how == How.REST:
        rest = " − ".join(_n(share) for share in one.others)
        return _("what the others leave of a hundred: 100 − %(rest)s") % {"rest": rest}
    words = {
        "part": _n(one.part),
        "whole": _n(one.whole),
        "base": _BASES[one.base],
        "exact": _n(one.exact),
    }
    if one.how == How.CUT:
        said = _("%(part)s/%(whole)s %(base)s = %(exact)s%%, further digits dropped, not rounded")
    else:
        said = _("%(part)s/%(whole)s %(base)s")
    said = said % words
    if one.swap is not None:
        swap = {"would": _n(one.swap.would_be), "stated": _n(one.swap.stated)}
        said += " " + _("(with %(would)s instead of %(stated)s)") % swap
    return said
