"""A worker killed in the middle of writing a file, on a database of its own."""

import json
import os
import signal
import subprocess
import sys
import time

_BRING = """
import sys, django; django.setup()
from django.utils import translation
translation.activate("vi")
from diemcau.exchange import taking
from diemcau.exchange.applying import start_applying
from diemcau.jobs.worker import run_job
rows = "".join(f"T-{n},Việc {n},Bộ Công Thương,2026-06-30\\n" for n in range(300))
batch, _new = taking.bring(None, data=f"code,title,lead,deadline\\n{rows}".encode(), name="a.csv")
start_applying(None, batch=batch.pk, mode="all")
"""
_WORK = """
import sys, os, time, django; django.setup()
from datetime import timedelta
from pathlib import Path
from diemcau.exchange import applying, jobs
from diemcau.jobs.worker import Worker
applying.CHUNK = 20
real = jobs.apply_rows
def slowly(*args, **kwargs):
    done = real(*args, **kwargs)
    with (Path(os.environ["DIEMCAU_HOME"]) / "began").open("a") as file:
        file.write("x\\n")
    time.sleep(float(sys.argv[1]))
    return done
jobs.apply_rows = slowly
Worker(lease=timedelta(seconds=1)).run(once=True)
"""
_SEE = """
import json, django; django.setup()
from diemcau.audit.chain import verify
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Assignment, Task, Transition
from diemcau.exchange.models import TaskImport, Written
batch = TaskImport.objects.get()
entries = AuditEntry.objects.filter(action="exchange.apply_rows")
said = sorted(
    int(one.target_id) for one in AuditEntry.objects.filter(action="exchange.record_task")
)
print(json.dumps([
    batch.state, batch.job.result, len(set(Task.objects.values_list("code", flat=True))),
    Task.objects.count(), Assignment.objects.count(), Transition.objects.count(),
    Written.objects.count(), entries.count(), verify().is_whole,
    said == sorted(Task.objects.values_list("pk", flat=True)),
]))
"""


def test_nothing_of_a_file_is_doubled_or_lost(make_installation):
    one = make_installation()
    assert one.run("prepare").returncode == 0
    one.do(_BRING)
    began = one.home / "began"
    began.touch()

    def start(pause):
        return subprocess.Popen([sys.executable, "-c", _WORK, str(pause)], env=one.env)

    for n in (2, 5):
        worker, until = start(0.3), time.monotonic() + 60
        while len(began.read_text().splitlines()) < n:
            assert time.monotonic() < until, "the worker did not come on"
            time.sleep(0.01)
        # It sleeps inside its step, with everything written and nothing committed.
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        time.sleep(1.1)
    assert start(0).wait(60) == 0
    assert json.loads(one.do(_SEE)) == [
        *("applied", {"created": 300, "left": 0}),
        *(300, 300, 300, 300, 300),
        *(15, True, True),
    ]
    assert len(began.read_text().splitlines()) == 17
