"""Rows that a report told before have the report's row beside them; its words stand there alone."""

import datetime as dt
from collections import defaultdict

from django.db import migrations, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

_AT_ONCE = 500
_FIELDS = ("reported_state", "reported_result")
_IN_A_CLOSED_ONE = "Kết quả nêu trong một báo cáo hạn chế người xem."
_NEUTRAL = {_IN_A_CLOSED_ONE, "What came of it stands in a closed report."}
_OF_ANOTHER = {"Báo cáo nói về việc khác.", "The report is of another matter."}


def _values(statement):
    return statement.data if statement.corrected is None else statement.corrected


def _told_at(statement):
    day = statement.document.event_on or statement.document.published_on
    if day is None or statement.decided_at is None:
        return statement.decided_at
    return min(
        statement.decided_at, timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    )


def _by_task(rows):
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.task_id].append(row)
    return found


def _reports_of(apps, tasks):
    """The reports each task may have been told by: its own row, and those tied to it."""
    own = dict(tasks.values_list("pk", "statement"))
    tied = defaultdict(set)
    sayings = apps.get_model("delivery", "Saying").objects
    for way, task in (("statement__task", "pk"), ("statement__task__replaced_by", "replaced_by")):
        pairs = sayings.filter(**{f"{way}__in": list(own)}).values_list(way, "thread")
        for pk, thread in pairs:
            tied[thread].add(pk)
    members = defaultdict(set)
    for thread, statement in sayings.filter(thread__in=list(tied)).values_list(
        "thread", "statement"
    ):
        for pk in tied[thread]:
            members[pk].add(statement)
    for pk, statement in own.items():
        if statement is not None:
            members[pk].add(statement)
    rows = apps.get_model("documents", "Statement").objects.filter(
        pk__in=set().union(*members.values())
    )
    rows = rows.select_related("document").only(
        *("data", "corrected", "decided_at", "decided_by"),
        *("document__event_on", "document__published_on"),
    )
    reports = {
        one.pk: one
        for one in rows
        if any(_values(one).get(name) for name in _FIELDS) and one.decided_at is not None
    }
    return own, {
        # What its own row says first; nothing that another row told moved it.
        pk: [
            reports[one]
            for one in sorted(all_of, key=lambda one: (one != own[pk], one))
            if one in reports
        ]
        for pk, all_of in members.items()
    }


def _link_words(task, own, reports, said):
    linked = {}
    for report in reports:
        words = {_values(report).get("reported_result") or "", *_NEUTRAL} - {""}
        for one in said:
            is_then = report.pk == own or one.released_at == _told_at(report)
            if one.report_id is None and one.done in words and is_then:
                one.report_id, one.done = report.pk, ""
                linked[report.pk] = one
                break
    return linked


def _link_moves(reports, moves):
    linked, last = [], None
    for one in moves:
        found = None
        if one.body_id is None and one.move in ("submit", "start", "take_back"):
            found = next((r for r in reports if one.at == _told_at(r)), None)
        if found is not None:
            one.report_id = found.pk
        elif one.move == "take_back" and one.reason in _OF_ANOTHER and last is not None:
            one.report_id = last.report_id
        if one.report_id is not None:
            linked.append(one)
        last = one
    return linked


def _save(tasks, rows, linked, own, columns):
    """What a task's own row told is nearly all there is, and is written in one statement."""
    mine = [one.pk for one in linked if one.report_id == own[one.task_id]]
    statement = Subquery(tasks.filter(pk=OuterRef("task")).values("statement"))
    rows.filter(pk__in=mine).update(report=statement, **columns)
    tied = [one for one in linked if one.report_id != own[one.task_id]]
    rows.bulk_update(tied, ["report", *columns])


def link(apps, schema_editor):
    """As they were found until now: by words and instant.

    Each batch is a transaction of its own; run again, it comes to the same.
    """
    progress = apps.get_model("delivery", "Progress").objects
    transition = apps.get_model("delivery", "Transition").objects
    tasks = apps.get_model("delivery", "Task").objects
    told = progress.filter(report=None, body=None, state="released")
    moved = transition.filter(
        report=None, body=None, move__in=("submit", "start", "take_back")
    )
    ids = sorted(
        {*told.values_list("task", flat=True), *moved.values_list("task", flat=True)}
    )
    for at in range(0, len(ids), _AT_ONCE):
        batch = ids[at : at + _AT_ONCE]
        own, reports = _reports_of(apps, tasks.filter(pk__in=batch))
        batch = [pk for pk in batch if reports.get(pk)]
        words, moves = _by_task(told.filter(task__in=batch)), _by_task(
            transition.filter(task__in=batch).exclude(move="")
        )
        known = set(
            progress.filter(task__in=batch, report__isnull=False).values_list("task", "report")
        )
        said, made, went = [], [], []
        for pk in batch:
            linked = _link_words(pk, own[pk], reports[pk], words[pk])
            said += linked.values()
            by_report = _link_moves(reports[pk], moves[pk])
            went += by_report
            last = moves[pk][-1] if moves[pk] else None
            if last is None or last.report_id is None or last.move == "take_back":
                continue
            # A state without words was told too.
            report = next((r for r in reports[pk] if r.pk == last.report_id), None)
            if report is not None and report.pk not in linked and (pk, report.pk) not in known:
                made.append(
                    progress.model(
                        task_id=pk,
                        report=report,
                        state="released",
                        written_by_id=report.decided_by_id,
                        written_at=timezone.now(),
                        released_by_id=report.decided_by_id,
                        released_at=last.at,
                    )
                )
        with transaction.atomic(using=progress.db):
            _save(tasks, progress, said, own, {"done": ""})
            _save(tasks, transition, went, own, {})
            progress.bulk_create(made)


def unlink(apps, schema_editor):
    """The words are copied to the tasks again; what tells none goes."""
    progress = apps.get_model("delivery", "Progress").objects
    rows = progress.exclude(report=None).select_related("report__document", "task__document")
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = batch[-1].pk
        for one in batch:
            is_kept = one.report.document.is_closed and not one.task.document.is_closed
            told = _values(one.report).get("reported_result") or ""
            one.report, one.done = None, _IN_A_CLOSED_ONE if is_kept else told
        with transaction.atomic(using=progress.db):
            progress.bulk_update(batch, ["report", "done"])
            progress.filter(pk__in=[one.pk for one in batch if not one.done]).delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("delivery", "0022_told_by_a_report")]

    operations = [migrations.RunPython(link, unlink)]
