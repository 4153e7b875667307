"""The register of agreements as a file."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diemcau.delivery.agreements import stage_on
from diemcau.delivery.models import Agreement
from diemcau.web.filters import Filters
from diemcau.web.sheets import Column, Sheet, said_filters

__all__ = ["agreements_sheet"]


def agreements_sheet(rows: QuerySet[Agreement], filters: Filters, *, on: dt.date) -> Sheet:
    """The agreements as the page has them, with their stage on a day.

    Args:
        rows: with document, sides and stages at hand.
    """
    columns = [
        Column(_("Item number"), lambda a: a.pk, 8),
        Column(_("Agreement text"), lambda a: a.title, 60),
        Column(_("Title in English"), lambda a: a.title_en, 40),
        Column(_("Legal type"), lambda a: a.kind, 18),
        Column(_("Number"), lambda a: a.number, 14),
        Column(_("Our side"), lambda a: _sides(a, ours=True), 36),
        Column(_("Partner"), lambda a: _sides(a, ours=False), 36),
        Column(_("Signed on"), lambda a: a.signed_on, 12),
        Column(_("Stage"), lambda a: _stage(a, on), 16),
        Column(_("In force until"), lambda a: a.valid_to, 12),
        Column(_("Field"), lambda a: a.field, 24),
        Column(_("Occasion"), lambda a: a.event, 30),
        Column(_("Commitments"), lambda a: a.n_commitments, 10),
        Column(_("Document"), lambda a: str(a.document), 40),
    ]
    return Sheet(
        "thoa-thuan",
        _("Register of agreements"),
        columns,
        rows.iterator(chunk_size=500),
        said_filters(filters),
    )


def _stage(agreement: Agreement, on: dt.date) -> str:
    held = stage_on(agreement, on=on).stage
    return str(held.label) if held else _("Stage not known")


def _sides(agreement: Agreement, *, ours: bool) -> str:
    return "; ".join(one.as_written for one in agreement.sides.all() if one.is_ours == ours)
