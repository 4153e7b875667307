"""What the monthly table of a body says of each of its tasks now."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from diemcau.delivery.among import rows_among
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Instrument, Progress, ProgressState, Task
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.periods import Span, read_span
from diemcau.delivery.queries import find_tasks
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.statistics.sixfields import of_the_period
from diemcau.delivery.wordings import whole_wordings
from diemcau.directory.models import Body
from diemcau.directory.reach import reached_refs
from diemcau.documents.rules import Reader
from diemcau.exchange.cells import fitting
from diemcau.exchange.monthly.notices import SaidNotice, said_notices

__all__ = ["MonthlyRow", "fill_monthly", "month_of", "tasks_of", "tasks_of_month"]


@dataclass(frozen=True, slots=True)
class MonthlyRow:
    """One row: the task and the words of its cells.

    Args:
        result: of the last report that was released, the body's own or the desk's for it.
        status: in words, in the language of who asks.
        reported_on: day of that report; None if there is none.
    """

    task: Task
    notice: str
    subject: str
    content: str
    result: str
    status: str
    reported_on: dt.date | None = None

    def cell(self, name: str) -> str:
        """The words of a column."""
        return str(self.task.pk) if name == "id" else str(getattr(self, name, ""))


def month_of(name: str) -> Span | None:
    """The days of a reporting month, "2026-11": 15 October to 14 November; None for another form.

    Source: Nghị định 09/2019/NĐ-CP, monthly reports.
    """
    if re.fullmatch(r"\d{4}-\d{2}", name) is None:
        return None
    return read_span(name, DueRule.ADMINISTRATIVE)


def tasks_of(by: Reader, body: Body, *, on: dt.date) -> QuerySet[Task]:
    """The tasks a person sees that a body is to do, those under it and what it took over too."""
    return find_tasks(by, TaskFilter(body=body.ref), on=on)


def tasks_of_month(by: Reader, body: Body, span: Span, *, on: dt.date) -> QuerySet[Task]:
    """Those of them the table of a month has: given by its end, and not done before it began."""
    tasks = of_the_period(tasks_of(by, body, on=on), span, on=span.day_asked(on))
    return tasks.order_by("said_on", "pk")


def fill_monthly(
    by: Reader, tasks: QuerySet[Task] | Sequence[Task], body: Body
) -> list[MonthlyRow]:
    """The rows of some tasks, in their order; six statements at most, whatever their number.

    Args:
        by: who asks.
        tasks: seen by them; of a query, or fetched with `directive__instrument` and `document`.
    """
    if isinstance(tasks, QuerySet):
        tasks = list(tasks.select_related("directive__instrument", "document"))
    released = Progress.objects.filter(
        Q(body=None) | Q(body__ref__in=reached_refs(body.ref)), state=ProgressState.RELEASED
    ).order_by("released_at", "pk")
    # The words of a report they do not see come back from no form as words of theirs.
    known = with_words(by, released).exclude(told_words=None)
    # Of several the latest stays.
    said = {one.task_id: one for one in rows_among(known, [task.pk for task in tasks])}
    whole = whole_wordings(tasks)
    numbers = said_notices(
        [one for one in tasks if one.directive is None or one.directive.instrument is None]
    )
    return [_row(task, whole[task.pk], said.get(task.pk), numbers.get(task.pk)) for task in tasks]


def _row(task: Task, content: str, report: Progress | None, said: SaidNotice | None) -> MonthlyRow:
    instrument = task.directive.instrument if task.directive is not None else None
    if instrument is not None:
        notice, subject = _named(instrument), instrument.subject or str(task.document)
    elif said is not None:
        # What another document is about, whose number the row names, is known to nobody here.
        notice, subject = said.words, str(task.document) if said.is_own else ""
    else:
        notice, subject = "", str(task.document)
    released_at = report.released_at if report else None
    return MonthlyRow(
        task,
        notice=fitting(notice),
        subject=fitting(subject),
        content=fitting(content),
        result=fitting(report.words) if report else "",
        status=str(task.get_status_display()),
        reported_on=timezone.localdate(released_at) if released_at else None,
    )


def _named(instrument: Instrument) -> str:
    """As the form has it: "Thông báo 65/TB-VPCP ngày 04/02/2026, Trần Văn Sơn"."""
    day = f" ngày {instrument.issued_on:%d/%m/%Y}" if instrument.issued_on else ""
    signer = f", {instrument.signer}" if instrument.signer else ""
    return f"{instrument}{day}{signer}"
