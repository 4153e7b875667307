"""The long work of a file: comparing its rows, writing them, taking them back."""

from itertools import islice

from django.utils.translation import gettext_lazy as _

from diemcau.audit.rows import count_anew
from diemcau.exchange.applying import ImportRefused, apply_rows
from diemcau.exchange.models import Mode, TaskImport, TaskRow, Written
from diemcau.exchange.monthly.applying import report_rows, take_back_reports
from diemcau.exchange.monthly.form import MONTHLY
from diemcau.exchange.reading import UnreadableFile
from diemcau.exchange.taking import compare_rows, comparer_of, settle_compared, table_of
from diemcau.exchange.undoing import undo_rows
from diemcau.exchange.writable import Applied
from diemcau.jobs.kinds import Step, Stopped, Work, kind
from diemcau.jobs.models import Job

__all__ = ["STEP"]

STEP = 1_000
"""Rows compared in one step."""


@kind("exchange.compare", _("Comparing a file of tasks"))
def _compare(job: Job) -> Work:
    batch = _batch(job)
    try:
        table = table_of(batch)
    except UnreadableFile as error:
        raise Stopped(str(error)) from None
    comparer = comparer_of(batch, table)
    rows, at = table.rows(), job.cursor.get("at", 0)
    comparer.remember(islice(rows, at))

    def step(job: Job) -> Step:
        nonlocal at
        # The file is read on; a step that did not hold is taken again with the file opened anew.
        assert job.cursor.get("at", 0) == at
        some = list(islice(rows, STEP))
        compare_rows(batch, comparer, some)
        at += len(some)
        is_last = at >= batch.n_rows or not some
        if is_last:
            settle_compared(batch)
        return Step({"at": at}, at, batch.n_rows, is_last)

    return step


@kind("exchange.apply", _("Writing the rows of a file of tasks"))
def _apply(job: Job) -> Work:
    batch = _batch(job)
    count_anew(TaskRow)

    def step(job: Job) -> Step:
        counts = dict(job.result)
        try:
            if batch.form == MONTHLY.form:
                return _reported(job, counts, report_rows(job.asked_by, batch.pk))
            if job.cursor.get("back"):
                gone = undo_rows(job.asked_by, batch=batch.pk)
                counts["undone"] = counts.get("undone", 0) + len(gone.undone)
                counts["kept"] = counts.get("kept", 0) + len(gone.kept)
                return Step(job.cursor, job.done, job.total, gone.is_last, _said(counts))
            done = apply_rows(job.asked_by, batch=batch.pk)
        except ImportRefused as refused:
            raise Stopped(str(refused)) from None
        for name in ("created", "changed", "slips", "moved", "left"):
            counts[name] = counts.get(name, 0) + len(getattr(done, name))
        n = job.done + len(done.created) + len(done.changed) + len(done.left)
        if counts["left"] and batch.mode == Mode.ALL:
            return Step({"back": True}, n, job.total, False, _said(counts))
        return Step({"rows": n}, n, job.total, done.is_last, _said(counts))

    return step


@kind("exchange.undo", _("Undoing a file of tasks"))
def _undo(job: Job) -> Work:
    batch = _batch(job)
    count_anew(TaskRow, Written)

    def step(job: Job) -> Step:
        try:
            if batch.form == MONTHLY.form:
                done = take_back_reports(job.asked_by, batch.pk)
            else:
                done = undo_rows(job.asked_by, batch=batch.pk)
        except ImportRefused as refused:
            raise Stopped(str(refused)) from None
        counts = dict(job.result)
        counts["undone"] = counts.get("undone", 0) + len(done.undone)
        counts["kept"] = counts.get("kept", 0) + len(done.kept)
        n = job.done + len(done.undone) + len(done.kept)
        return Step({"rows": n}, n, job.total, done.is_last, _said(counts))

    return step


def _reported(job: Job, counts: dict[str, int], done: Applied) -> Step:
    for name in ("reported", "moved", "left"):
        counts[name] = counts.get(name, 0) + len(getattr(done, name))
    n = job.done + len(done.changed) + len(done.left)
    return Step({"rows": n}, n, job.total, done.is_last, _said(counts))


def _said(counts: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if n or name == "left"}


def _batch(job: Job) -> TaskImport:
    return TaskImport.objects.select_related("document", "made_by", "body").get(
        pk=job.arguments["batch"]
    )
