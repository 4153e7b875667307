"""What rows of people, offices and holders must satisfy."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from diemcau.directory.checks.checker import Checker, Fault, Known
from diemcau.directory.columns import Row, parts

__all__ = ["check_holders", "check_offices", "check_people"]


def check_people(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of person rows."""
    check = Checker("people", rows, known)
    for number, cells in check.each_row():
        check.check_name(number, cells, _("Name the person."))
    return check.faults


def check_offices(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of office rows."""
    check = Checker("offices", rows, known)
    for number, cells in check.each_row():
        check.check_name(number, cells, _("Name the office."))
        check.check_body(number, "body", cells["body"])
    return check.faults


def check_holders(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of rows that say who held an office when."""
    check = Checker("holders", rows, known)
    for number, cells in check.each_row():
        check.check_person(number, "person", cells["person"])
        check.check_office(number, "office", cells["office"])
        check.check_partial_days(number, cells, "since", "until")
        for day in parts(cells["seen"]):
            check.read_day(number, "seen", day)
        if cells["acting"] not in ("", "1"):
            check.fault(number, "acting", _("Write 1 for yes, or leave it empty."))
    return check.faults
