"""Whether a cell can stand, and what it means: the same for a new row and for a changed one."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from diemcau.delivery.deadlines import read_deadline, typed_period
from diemcau.directory.cells import number_in
from diemcau.exchange.columns import COLUMNS, Column
from diemcau.exchange.reading import day_in
from vanban.letters import fold

__all__ = ["WrongCell", "read_cell", "said_deadline"]


class WrongCell(ValueError):
    """A cell cannot stand; the words say what was expected."""


def read_cell(column: Column, text: str) -> Any:
    """What a cell means.

    Args:
        text: of `reading.read_table`, not empty.
    Returns:
        str; int for "whole"; an ISO day for "day".
    Raises:
        WrongCell: says what was expected.
    """
    if column.longest and len(text) > column.longest:
        counts = {"found": len(text), "most": column.longest}
        raise WrongCell(_("%(found)d letters are too many: at most %(most)d fit.") % counts)
    if column.form == "whole":
        number = number_in(text)
        if number is None:
            raise WrongCell(_("A whole number is expected here."))
        return number
    if column.form == "day":
        day = day_in(text)
        if day is None:
            raise WrongCell(_("A day is expected here, such as 30/06/2026."))
        return day.isoformat()
    if column.form == "deadline":
        said = said_deadline(text)
        if said is None:
            raise WrongCell(
                _("A day or a period is expected: 30/06/2026, 2026-06, 2026-Q2, 2026-H1 or 2026.")
            )
        return said
    if column.form == "choice":
        value = _CHOICES.get(column.name, {}).get(_key(text))
        if value is None:
            known = ", ".join(str(label) for _value, label in column.choices)
            raise WrongCell(_("One of these is expected: %(known)s.") % {"known": known})
        return value
    return text


def said_deadline(text: str) -> str | None:
    """A day or a period in the form the ledger keeps: "2026-06-30", "2026-Q2"; None if neither.

    Takes what people write, as `typed_period` does wherever a deadline is typed.
    """
    if (day := day_in(text)) is not None:
        return day.isoformat()
    said = typed_period(text)
    return said if read_deadline(said) is not None else None


def _key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").split())


def _choices() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language in ("en", "vi"):
        with override(language):
            for one in COLUMNS:
                known = found.setdefault(one.name, {})
                for value, label in one.choices:
                    known[_key(str(label))] = value
                    known[_key(value)] = value
    return found


_CHOICES = _choices()
