"""The columns of the register: which a person chose for the page, and all of them as a file."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from diemcau.delivery.models import Task
from diemcau.delivery.states import Standing, Status
from diemcau.web.days import say_period
from diemcau.web.filters import Filters
from diemcau.web.sheets import Column, Sheet, said_filters

__all__ = ["COLUMNS", "chosen_columns", "tasks_sheet"]

COLUMNS: dict[str, tuple[Promise, bool]] = {
    "giao-cho": (gettext_lazy("Assigned to"), True),
    "han": (gettext_lazy("Deadline"), True),
    "tinh-trang": (gettext_lazy("Standing"), True),
    "trang-thai": (gettext_lazy("State of the work"), False),
    "tin": (gettext_lazy("Last word"), True),
    "giao-boi": (gettext_lazy("Given by"), True),
    "noi": (gettext_lazy("Said"), True),
    "chuong-trinh": (gettext_lazy("Programme"), False),
    "van-ban": (gettext_lazy("Instrument"), False),
    "ma": (gettext_lazy("Code"), False),
}
"""Name, and whether it is shown to who has not chosen."""


def chosen_columns(asked: Iterable[str]) -> list[str]:
    """The columns asked for, in the register's order; the usual ones where none is."""
    wanted = set(asked)
    found = [name for name in COLUMNS if name in wanted]
    return found or [name for name, (_label, usual) in COLUMNS.items() if usual]


def tasks_sheet(rows: QuerySet[Task], filters: Filters) -> Sheet:
    """The tasks of the register as it stands filtered and sorted.

    Args:
        rows: of `queries.list_tasks`, with statement, document and assignments at hand.
    """
    standings = {s.value: str(s.label) for s in Standing}
    states = {s.value: str(s.label) for s in Status}
    columns = [
        Column(pgettext("column", "Item number"), lambda t: t.pk, 8),
        Column(pgettext("column", "Code"), lambda t: t.code, 14),
        Column(_("Task"), lambda t: t.title, 60),
        Column(_("Nature"), lambda t: t.get_nature_display(), 12),
        Column(_("Assigned to"), _assigned, 36),
        Column(_("One lead"), lambda t: bool(t.has_lead), 8),
        Column(_("Deadline"), lambda t: say_period(t.deadline) or _("No deadline yet"), 18),
        Column(_("Last day of the deadline"), lambda t: t.held_due, 12),
        Column(_("Counted by"), lambda t: t.get_due_rule_display() if t.due_rule else "", 24),
        Column(_("Standing"), lambda t: standings[t.standing], 16),
        Column(_("State of the work"), lambda t: states[t.held_status], 16),
        Column(_("Delivered on"), lambda t: t.held_delivered, 12),
        Column(_("Last word"), lambda t: t.held_word, 18),
        Column(_("Given by"), lambda t: t.issuer or _("Not said"), 24),
        Column(_("Said"), lambda t: t.said_on, 12),
        Column(_("Times said"), lambda t: t.n_said or 1, 8),
        Column(_("Programme"), lambda t: t.programme, 30),
        Column(_("Document"), lambda t: str(t.document), 40),
        Column(_("Words of the document"), lambda t: t.statement.quote if t.statement else "", 60),
    ]
    return Sheet(
        "so-theo-doi",
        _("Register"),
        columns,
        rows.iterator(chunk_size=1000),
        said_filters(filters),
    )


def _assigned(task: Task) -> str:
    """As the page has it: who was asked, with the role where it is not to lead."""
    return "; ".join(
        one.as_written if one.role == "lead" else f"{one.as_written} ({one.get_role_display()})"
        for one in task.assignments.all()
    )
