"""Kinds of work the tests do: each step writes one row, which shows how often it was done."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from diemcau.jobs.asking import ask
from diemcau.jobs.kinds import Step, Stopped, kind
from diemcau.jobs.models import Job

__all__ = ["marks"]

_NEVER = timedelta(days=3650)


@kind("tests.count", "Đếm")
def _count(job):
    n, pause = job.arguments["n"], job.arguments.get("pause", 0)

    def step(job):
        at = job.cursor.get("at", 0)
        if at == job.arguments.get("stop_at"):
            raise Stopped("thiếu tệp số 3")
        if at == job.arguments.get("break_at"):
            raise KeyError("at")
        ask("tests.mark", by=None, arguments={"at": at}, not_before=timezone.now() + _NEVER)
        if pause:
            with (Path(os.environ["DIEMCAU_HOME"]) / "began").open("a") as file:
                file.write(f"{at}\n")
            time.sleep(pause)
        return Step({"at": at + 1}, at + 1, n, at + 1 == n, {"counted": at + 1})

    return step


def marks():
    """The steps that were done and kept, in their order."""
    return list(Job.objects.filter(kind="tests.mark").order_by("pk").values_list("arguments__at"))
