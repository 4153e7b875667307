"""The columns of a file of tasks: one schema for XLSX and CSV, out and in.

Published as schema/tasks.schema.json; a test holds the two together.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.utils.translation import pgettext_lazy as pgettext

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature, SlipReason
from diemcau.delivery.models.tasks import TITLE_LENGTH
from diemcau.delivery.states import Standing, Status

__all__ = [
    *("COLUMNS", "NAMES", "REGISTER", "SCHEMA_ID"),
    *("Column", "Layout", "column_of", "schema"),
]

SCHEMA_ID = "diemcau/tasks/1"

Use = Literal["key", "change", "new", "say", "show"]
"""key: says which row of the register it is; change: may be changed; new: taken of a new task only;
say: said with a change, never exported; show: exported for reading, never taken."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: in CSV and for programs.
        label: in XLSX, in the reader's language; taken in either language.
        use: what an import does with it.
        what: what stands in it.
        form: "text", "whole", "day", "deadline", "bodies" or "choice".
        longest: letters that fit; 0 without a limit of its own.
        choices: value and label, of a choice.
        width: in a workbook, in letters.
        others: further headings it is known by, as forms in use have them.
    """

    name: str
    label: Promise
    use: Use
    what: Promise
    form: str = "text"
    longest: int = 0
    choices: tuple[tuple[str, str | Promise], ...] = ()
    width: int = 16
    others: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        pgettext("column", "Item number"),
        "key",
        _("Number in the register; empty is a new task."),
        "whole",
        width=8,
    ),
    Column(
        "version",
        pgettext("column", "Version"),
        "key",
        _("How often it was changed when the file was made; leave it as it is."),
        "whole",
        width=8,
    ),
    Column(
        "code",
        pgettext("column", "Code"),
        "change",
        _("The number another register knows it by."),
        longest=80,
    ),
    Column(
        "title",
        pgettext("column", "Task"),
        "change",
        _("What it is called; a new task needs it."),
        longest=TITLE_LENGTH,
        width=50,
    ),
    Column(
        "action",
        pgettext("column", "Content"),
        "change",
        _("What is to be done, in full; empty for a new task takes the title."),
        width=50,
    ),
    Column(
        "nature",
        pgettext("column", "Nature"),
        "new",
        _("What makes the work owed."),
        "choice",
        choices=tuple(Nature.choices),
    ),
    Column(
        "programme",
        pgettext("column", "Programme"),
        "change",
        _("The programme or plan it is counted under."),
        longest=200,
        width=24,
    ),
    Column(
        "product",
        pgettext("column", "Product"),
        "change",
        _("The output it is to have."),
        longest=300,
        width=24,
    ),
    Column(
        "parent",
        pgettext("column", "Part of item"),
        "new",
        _("Number of the task it is a part of."),
        "whole",
        width=8,
    ),
    Column(
        "issuer",
        pgettext("column", "Given by"),
        "change",
        _("Who gave it, as written."),
        longest=200,
        width=24,
    ),
    Column(
        "said_on",
        pgettext("column", "Day given"),
        "new",
        _("Day of the document or meeting that gave it."),
        "day",
        width=12,
    ),
    Column(
        "lead",
        pgettext("column", "Leading"),
        "change",
        _("Bodies that lead, as the directory names them; several with “;” between."),
        "bodies",
        width=28,
        others=("Đơn vị chủ trì", "Cơ quan thực hiện", "Đơn vị thực hiện"),
    ),
    Column(
        "coordinating",
        pgettext("column", "Coordinating"),
        "change",
        _("Bodies that coordinate; several with “;” between."),
        "bodies",
        width=28,
        others=("Đơn vị phối hợp",),
    ),
    Column(
        "following",
        pgettext("column", "Following"),
        "change",
        _("Bodies that follow it up; several with “;” between."),
        "bodies",
        width=20,
    ),
    Column(
        "deadline",
        pgettext("column", "Deadline"),
        "change",
        _(
            "A day or a period: 30/06/2026, 2026-06, 2026-Q2, 2026-H1, 2026. Of "
            "somebody else's task, another one is asked for, not set."
        ),
        "deadline",
        longest=30,
        width=14,
        others=("Hạn", "Thời hạn hoàn thành", "Thời gian hoàn thành"),
    ),
    Column(
        "due_rule",
        pgettext("column", "Counted by"),
        "new",
        _("Which year a period is part of."),
        "choice",
        choices=tuple(DueRule.choices),
        width=14,
    ),
    Column(
        "status",
        pgettext("column", "State"),
        "change",
        _("Changed only by a move of the table of states; a new task is new or in progress."),
        "choice",
        choices=tuple(Status.choices),
    ),
    Column(
        "reason",
        pgettext("column", "Reason of the change"),
        "say",
        _("Why the deadline or the state changes, where that needs a reason."),
        longest=500,
        width=28,
    ),
    Column(
        "reason_code",
        pgettext("column", "Kind of reason"),
        "say",
        _("Kind of reason of another deadline; “other” without it."),
        "choice",
        choices=tuple(SlipReason.choices),
    ),
    Column(
        "standing",
        pgettext("column", "Standing"),
        "show",
        _("Where it stood on the day of the file."),
        "choice",
        choices=tuple(Standing.choices),
    ),
    Column(
        "assigner",
        pgettext("column", "Assigning body"),
        "show",
        _("The body that passed it on."),
        width=24,
    ),
    Column(
        "document", pgettext("column", "Document"), "show", _("The document it rests on."), width=30
    ),
    Column(
        "place",
        pgettext("column", "Place in the document"),
        "show",
        _("Where in the document it stands."),
        width=12,
    ),
    Column(
        "last_word_on",
        pgettext("column", "Last word on"),
        "show",
        _("Day on which somebody last said how it goes."),
        "day",
        width=12,
    ),
    Column(
        "last_progress",
        pgettext("column", "Last progress report"),
        "show",
        _("What the last released report says was done."),
        width=40,
    ),
    Column(
        "evidence",
        pgettext("column", "Evidence"),
        "show",
        _("What shows the result; several with “;” between."),
        width=30,
    ),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of table that is taken.

    Args:
        form: "tasks" or "monthly", as `models.TaskImport.form` has it.
        needed: name of the column without which a table is not of this form.
        beside: columns that may stand in it too, as forms in use have them, and are not looked at.
    """

    form: str
    columns: tuple[Column, ...]
    needed: str
    beside: tuple[Column, ...] = ()


REGISTER = Layout("tasks", COLUMNS, "title")
NAMES = tuple(one.name for one in COLUMNS)
_BY_NAME = {one.name: one for one in COLUMNS}


def column_of(name: str) -> Column:
    """A column by its name."""
    return _BY_NAME[name]


def schema() -> dict[str, object]:
    """The columns as a JSON schema (2020-12) of one row, texts in English."""
    with override("en"):
        properties: dict[str, object] = {}
        for one in COLUMNS:
            said: dict[str, object] = {"type": "string", "title": str(one.label)}
            said["description"] = str(one.what)
            said["x-use"] = one.use
            if one.longest:
                said["maxLength"] = one.longest
            if one.choices:
                said["enum"] = ["", *(value for value, _label in one.choices)]
            elif one.form == "whole":
                said["pattern"] = "^[0-9]*$"
            elif one.form == "day":
                said["pattern"] = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
            properties[one.name] = said
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:{SCHEMA_ID}",
            "title": "A row of a file of tasks",
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
        }
