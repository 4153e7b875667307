"""The register as a file: a column for each of the page's, and the sentence it rests on."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diemcau.delivery.models import Task
from diemcau.delivery.states import Standing
from diemcau.web.days import say_period
from diemcau.web.filters import Filters
from diemcau.web.sheets import Column, Sheet, said_filters

__all__ = ["tasks_sheet"]


def tasks_sheet(rows: QuerySet[Task], filters: Filters) -> Sheet:
    """The tasks of the register as it stands filtered and sorted.

    Args:
        rows: of `queries.list_tasks`, with statement, document and assignments at hand.
    """
    states = {s.value: str(s.label) for s in Standing}
    columns = [
        Column(_("Item number"), lambda t: t.pk, 8),
        Column(_("Task"), lambda t: t.title, 60),
        Column(_("Assigned to"), _assigned, 36),
        Column(_("One lead"), lambda t: bool(t.has_lead), 8),
        Column(_("Deadline"), lambda t: say_period(t.deadline) or _("No deadline yet"), 18),
        Column(_("Last day of the deadline"), lambda t: t.due_to, 12),
        Column(_("Counted by"), lambda t: t.get_due_rule_display() if t.due_rule else "", 24),
        Column(_("State"), lambda t: states[t.standing], 14),
        Column(_("Given by"), lambda t: t.issuer or _("Not said"), 24),
        Column(_("Said"), lambda t: t.said_on, 12),
        Column(_("Times said"), lambda t: t.n_said or 1, 8),
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
