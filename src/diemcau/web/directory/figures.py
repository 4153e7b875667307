"""Figures of provinces and ministries: as they were, beside the units of a day."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemcau.directory.exchange import write_workbook
from diemcau.indicators.by_unit import ByUnit, UnitRow, by_unit, list_choices
from diemcau.indicators.measures import measure_name
from diemcau.operation.answers import keep_answer
from diemcau.web.days import say_period
from diemcau.web.directory.days import read_days
from diemcau.web.directory.sending import XLSX, as_file
from diemcau.web.numbers import say_amount
from diemcau.web.sheets import record_taking
from vanban.directory.names import sort_key

__all__ = ["figures_by_unit", "figures_by_unit_file"]

_BETWEEN = "|"


@require_safe
@keep_answer
def figures_by_unit(request: HttpRequest) -> HttpResponse:
    """One measure of one period by body, twice: the sums of both lists are equal."""
    days = read_days(request)
    choices, chosen = _choose(request)
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


@require_POST
def figures_by_unit_file(request: HttpRequest) -> HttpResponse:
    """Both lists as a workbook, a sheet each; the exact values of either add up to one sum.

    That it was taken is in the log.
    """
    days = read_days(request)
    choices, chosen = _choose(request)
    if not chosen:
        raise Http404
    measure, period, unit = choices[chosen]
    table = by_unit(request.user, measure, period, unit, on=days.day)
    body, value, said, now = _("Body"), _("Value"), _("Said in"), days.day.isoformat()
    today, since, until = _("In the units of the day"), _("Since"), _("Until")
    part, missing = _("Given for"), _("Without an exact figure")
    # Old and new Bắc Ninh are told apart by their days. A cell is empty where no one exact number
    # is claimed; the documents say what is.
    first = [
        {
            body: _name(row),
            until: row.unit.valid_to if row.unit else "",
            value: _cell(row.value),
            said: _documents(row),
        }
        for row, _words in _rows(table.as_it_was, unit)
    ]
    second = [
        {
            today: _name(row),
            since: row.unit.valid_from if row.unit else "",
            part: _name(one),
            until: one.unit.valid_to if one.unit else "",
            value: _cell(one.value),
            missing: ", ".join(gap.name for gap in row.missing),
        }
        for row, _words in _rows(table.today, unit)
        for one in row.parts
    ]
    sheets = {
        _("As it was"): ((body, until, value, said), first),
        now: ((today, since, part, until, value, missing), second),
        _("Figure"): ((_("Figure"),), [{_("Figure"): _label(measure, period, unit)}]),
    }
    book = write_workbook(sheets)
    record_taking(request, "so-lieu-theo-don-vi", "xlsx", len(first) + len(second))
    return as_file(book, f"so-lieu-theo-don-vi-{now}.xlsx", XLSX)


def _choose(request: HttpRequest) -> tuple[dict[str, tuple[str, str, str]], str]:
    """What can be shown, and which of it was asked for."""
    choices = {_BETWEEN.join(choice): choice for choice in list_choices(request.user)}
    chosen = request.GET.get("so", "")
    return choices, chosen if chosen in choices else next(iter(choices), "")


def _name(row: UnitRow) -> str:
    return row.unit.name if row.unit else _("divided: no one unit")


def _cell(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value


def _documents(row: UnitRow) -> str:
    return "; ".join(dict.fromkeys(str(f.statement.document) for f in row.figures))


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
