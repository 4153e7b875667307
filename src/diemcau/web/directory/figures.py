"""Figures of provinces and ministries: as they were, beside the units of a day."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diemcau.indicators.by_unit import ByUnit, UnitRow, by_unit, list_choices
from diemcau.indicators.measures import measure_name
from diemcau.web.days import say_period
from diemcau.web.directory.days import read_days
from diemcau.web.numbers import say_amount
from vanban.names import sort_key

__all__ = ["figures_by_unit"]

_BETWEEN = "|"


@require_safe
def figures_by_unit(request: HttpRequest) -> HttpResponse:
    """One measure of one period by body, twice: the sums of both lists are equal."""
    days = read_days(request)
    choices = {_BETWEEN.join(choice): choice for choice in list_choices(request.user)}
    chosen = request.GET.get("so", "")
    if chosen not in choices:
        chosen = next(iter(choices), "")
    context = {
        "days": days,
        "chosen": chosen,
        "choices": [(value, _label(*choice)) for value, choice in choices.items()],
    }
    if chosen:
        unit = choices[chosen][2]
        table = by_unit(request.user, *choices[chosen], on=days.day)
        context |= {
            "table": table,
            "as_it_was": _rows(table.as_it_was, unit),
            "today": _rows(table.today, unit),
            **_totals(table, unit),
        }
    return render(request, "web/directory/figures_by_unit.html", context)


def _label(measure: str, period: str, unit: str) -> str:
    return _("%(measure)s, %(period)s (%(unit)s)") % {
        "measure": measure_name(measure),
        "period": say_period(period),
        "unit": unit,
    }


def _rows(rows: list[UnitRow], unit: str) -> list[tuple[UnitRow, str]]:
    """Rows in Vietnamese order with their value in words; what no one unit answers for last."""
    ordered = sorted(
        rows, key=lambda row: (row.unit is None, sort_key(row.unit.name) if row.unit else "")
    )
    return [(row, _say(row.value, unit)) for row in ordered]


def _totals(table: ByUnit, unit: str) -> dict[str, str]:
    return {"total": _say(table.total, unit), "total_today": _say(table.total_today, unit)}


def _say(value: Decimal | None, unit: str) -> str:
    return "" if value is None else say_amount(value, unit)
